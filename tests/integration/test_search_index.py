"""What a build leaves for searching, and what of it changes."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.builders import SETTINGS, built, page_text, portal, text_of, tree, write


def stories(count: int) -> dict[str, str]:
    days = [date(2025, 1, 1) + timedelta(days=number) for number in range(count)]
    return {
        f"en/s{number}.md": text_of(f"Story {number}", f"Word{number} and lagoon.", date=day)
        for number, day in enumerate(days)
    }


def index_of(root: Path, language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / f"public/{language}/search/index.json").read_text("utf-8"))
    return found


def names(root: Path, language: str = "en") -> set[str]:
    return {path.name for path in (root / f"public/{language}/search").iterdir()}


def test_every_language_has_a_page_and_a_directory(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("Đường sắt")})
    built(root)
    assert names(root, "en") == {"index.html", "index.json"}
    assert index_of(root, "en")["segments"] == []
    assert len(names(root, "vi")) == 5
    page = (root / "public/vi/search/index.html").read_text("utf-8")
    assert 'name="robots" content="noindex"' in page
    assert 'href="/en/search/"' in page


def told(root: Path) -> set[str]:
    """The files that a reader's browser may ask for."""
    found = {"index.html", "index.json"}
    for segment in index_of(root)["segments"]:
        found |= {line.split(" ")[1] for line in segment["shards"].split("\n")}
        found |= {*segment["cards"].split(" "), segment["traits"]}
    return found


def test_the_directory_names_exactly_the_files_that_there_are(tmp_path: Path) -> None:
    root = portal(tmp_path, stories(150))
    built(root)
    assert names(root) == told(root)
    for number in range(100):
        (root / f"site/content/en/s{number}.md").unlink()
    built(root)  # what is left has one segment where there were several
    assert len(index_of(root)["segments"]) == 1
    assert names(root) == told(root)


def test_segments_that_say_the_same_do_not_share_files(tmp_path: Path) -> None:
    def story(year: int, number: int) -> tuple[str, str]:
        return f"en/s{year}-{number}.md", text_of("Same", "Same words.", date=date(year, 1, 1 + number % 28))

    root = portal(tmp_path, dict(story(year, number) for year in (2024, 2025) for number in range(40)))
    built(root)
    (root / "site/content/en/s2024-0.md").unlink()
    built(root)
    assert names(root) == told(root)


def test_a_new_article_changes_few_files(tmp_path: Path) -> None:
    root = portal(tmp_path, stories(400))
    built(root)
    before = tree(root / "public/en/search")
    write(root, "site/content/en/new.md", text_of("Newest", "Fresh words.", date=date(2026, 2, 5)))
    built(root)
    after = tree(root / "public/en/search")
    changed = {path for path in after if before.get(path) != after[path]}
    assert "index.json" in changed
    assert 3 * len(changed) < len(after)


def test_a_story_in_another_language_changes_nothing_here(tmp_path: Path) -> None:
    root = portal(tmp_path, stories(3) | {"vi/a.md": text_of("Đường sắt")})
    built(root)
    before = tree(root / "public/en/search")
    write(root, "site/content/vi/b.md", text_of("Đường biển"))
    built(root)
    assert tree(root / "public/en/search") == before


def test_what_is_gone_is_not_found(tmp_path: Path) -> None:
    root = portal(tmp_path, {"en/a.md": text_of("Kept"), "en/b.md": text_of("Xylophone")})
    built(root)
    assert b"xylophone" in b"".join(tree(root / "public/en/search").values())
    (root / "site/content/en/b.md").unlink()
    built(root)
    assert b"ylophone" not in b"".join(tree(root / "public/en/search").values())


def test_a_text_that_changed_is_found_by_its_new_words(tmp_path: Path) -> None:
    def text(body: str) -> str:
        return text_of("Kept", body, summary="As it was.")

    root = portal(tmp_path, {"en/a.md": text("Old words."), "en/b.md": text_of("Other")})
    built(root)
    write(root, "site/content/en/a.md", text("Zither."))
    built(root)
    assert b"zither" in b"".join(tree(root / "public/en/search").values())


def test_nothing_under_embargo_is_in_it(tmp_path: Path) -> None:
    later = text_of("Xylophone", "Secretword.", date=date(2190, 1, 1))
    draft = text_of("Draftword", status="draft")
    root = portal(tmp_path, {"en/a.md": text_of("Kept"), "en/b.md": later, "en/c.md": draft})
    built(root)
    whole = b"".join(tree(root / "public").values()).lower()
    assert b"xylophone" not in whole
    assert b"secretword" not in whole
    assert b"draftword" not in whole


def test_edits_and_builds_from_nothing_give_the_same_files(tmp_path: Path) -> None:
    root = portal(tmp_path / "one", stories(120))
    built(root)
    write(root, "site/content/en/s5.md", text_of("Story changed", "Other words.", date=date(2025, 1, 6)))
    (root / "site/content/en/s7.md").unlink()
    write(root, "site/content/en/old.md", text_of("Backdated", "Old words.", date=date(2020, 1, 6)))
    built(root)
    built(root, tmp_path / "fresh")
    assert tree(root / "public/en/search") == tree(tmp_path / "fresh/en/search")


def test_a_portal_can_do_without(tmp_path: Path) -> None:
    root = portal(tmp_path, {"en/a.md": text_of("Kept")}, settings=f"{SETTINGS}\n[pages]\nsearch = false\n")
    built(root)
    assert not (root / "public/en/search").exists()
    home = (root / "public/en/index.html").read_text("utf-8")
    assert "data-search-link" not in home
    assert "SearchAction" not in home
    (root / "site/site.toml").write_text(SETTINGS, "utf-8")
    built(root)
    home = (root / "public/en/index.html").read_text("utf-8")
    assert "https://portal.example/en/search/?q={search_term_string}" in home
    assert (root / "public/en/search/index.json").exists()


def test_a_static_page_may_not_take_the_address(tmp_path: Path) -> None:
    root = portal(tmp_path, {"en/a.md": text_of("Kept"), "pages/en/search.md": page_text("Mine")})
    from toasoan.build import build

    result = build(root, root / "public")
    assert any("search" in str(it) for it in result.report if it.code == "duplicate-address")
