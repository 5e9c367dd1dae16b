"""Scenes that are painted for the demo portal."""
