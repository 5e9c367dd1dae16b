"""Lines of a raw text, and what became of each: none may vanish without a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from toasoan.ingest.cleaning import legible


class Fate(StrEnum):
    """What a line of the raw text became."""

    TITLE = "title"
    SUMMARY = "summary"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    AUTHOR = "author"
    SOURCE = "source"
    QUOTE = "quote"
    LIST = "list"
    PHOTO = "photo"
    FIELD = "field"
    """A stated value that became a field of the front matter."""

    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank."""

    number: int
    """1-based, as an editor shows it."""

    text: str
    """In NFC, without invisible characters, white space mended to single spaces; may be empty after that."""


class LineFate(NamedTuple):
    """What became of one line; a tuple, since dozens of them travel between processes with each article."""

    number: int
    fate: Fate
    reason: str | None = None
    """Why it was dropped: "photo label"; None for a line that was kept."""


@dataclass(frozen=True, slots=True)
class CrawlerMark:
    """What a crawler glued in front of a text: ` date 2025-12-17 `, or only the month."""

    text: str
    year: int
    month: int
    day: int | None


_CRAWLER_MARK = re.compile(r"date (\d{4})-(\d{2})(?:-(\d{2}))?(?: |$)")


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text that aren't blank."""
    return tuple(Line(number, legible(raw)) for number, raw in enumerate(text.split("\n"), 1) if raw.strip())


def without_crawler_mark(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], CrawlerMark | None]:
    """The lines with a crawler's mark taken off the first one, and that mark."""
    found = _CRAWLER_MARK.match(lines[0].text) if lines else None
    if found is None:
        return lines, None
    first = Line(lines[0].number, lines[0].text[found.end() :].strip())
    day = int(found[3]) if found[3] else None
    return (first, *lines[1:]), CrawlerMark(found[0].strip(), int(found[1]), int(found[2]), day)
