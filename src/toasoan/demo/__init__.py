"""A portal in 31 languages for trying things out: invented stories, people and agencies, drawn photographs."""
