"""The demo portal's texts, a file for each language: `texts/en.toml` says what there is, the others translate it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = (
    "vi", "en", "ar", "bn", "cs", "de", "el", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "km", "ko", "lo", "ms",
    "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "ur", "zh",
)  # fmt: skip
"""Tags in the portal's order: the main language, English, the others by their letters."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story in one language."""

    key: str
    title: str
    summary: str
    tags: tuple[str, ...]
    captions: tuple[str, ...]
    """Of its photographs."""

    alts: tuple[str, ...]
    """What the photographs show, in the same order."""

    body: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A static page in one language."""

    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class DemoTexts:
    """All texts of one language."""

    tagline: str
    description: str
    sections: Mapping[str, str]
    """Names by key."""

    pages: Mapping[str, PageText]
    """By the last part of their address."""

    stories: tuple[StoryText, ...]


@cache
def demo_texts(language: str) -> DemoTexts:
    """The texts of a language. Raises FileNotFoundError for a language that the demo does not have."""
    file = resources.files("toasoan.demo") / "texts" / f"{language}.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return DemoTexts(
        table["tagline"],
        table["description"],
        table["sections"],
        {slug: PageText(**page) for slug, page in table["pages"].items()},
        tuple(
            StoryText(
                story["key"],
                story["title"],
                story["summary"],
                tuple(story["tags"]),
                tuple(story["captions"]),
                tuple(story["alts"]),
                story["body"],
            )
            for story in table["stories"]
        ),
    )
