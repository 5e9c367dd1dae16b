"""What a reader of structured sources gives: fields with the places that state them, blocks, and each part's fate.

A raw text has lines and is judged by its layout (`portal_page.py`). A saved page, a feed or an export *states*
things, so every value here comes with the place where it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from toasoan.ingest.lines import Fate

EXCERPT = 80
"""Characters of a part that a receipt repeats."""


class BlockKind(StrEnum):
    """What a block of the body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    NUMBERED_LIST = "numbered list"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, with the address that it links to."""

    text: str
    link: str | None = None


Row = tuple[Piece, ...]
"""A paragraph, a heading, or an item of a list."""


@dataclass(frozen=True, slots=True)
class StatedPhoto:
    """A picture as a source has it."""

    address: str
    """Where the picture lies: an address on the web, or a path beside the page."""

    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class StatedBlock:
    """A block of the body."""

    kind: BlockKind
    rows: tuple[Row, ...] = ()
    photo: StatedPhoto | None = None
    part: int = -1
    """Its place in the page's parts; -1 where it has none."""

    @property
    def text(self) -> str:
        """The words, each row on a line of its own."""
        if self.photo is not None:
            return self.photo.caption or ""
        return "\n".join(plain(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class PartFate:
    """What became of an element or a stated value."""

    part: str
    """ "p", "JSON-LD headline"."""

    fate: Fate
    text: str = ""
    """How it begins."""

    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and where the source states it."""

    value: Any
    where: str
    is_sure: bool = True
    """Whether the place means just this; og:site_name names a site, which need not be the publisher."""


class Usage(StrEnum):
    """What the source allows."""

    USABLE = "usable"
    HELD_BACK = "held back"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class StatedPage:
    """All that a source says of one article."""

    stated: Mapping[str, tuple[Stated, ...]] = field(default_factory=dict)
    """By field of the front matter, the most trusted place first; several values for tags and authors."""

    blocks: tuple[StatedBlock, ...] = ()
    parts: tuple[PartFate, ...] = ()
    usage: Usage = Usage.USABLE
    usage_reason: str = ""
    """ "the WordPress status is private"."""

    embargo: dt.datetime | None = None
    base: str | None = None
    """The page's own address, to which addresses of pictures may be relative."""

    notes: tuple[str, ...] = ()
    """Notes to editors and rights, to be shown to a person."""

    remarks: tuple[str, ...] = ()

    @property
    def own_text(self) -> str:
        """All that is the article's, for telling its language."""
        said = [str(one.value) for name in ("title", "summary") for one in self.stated.get(name, ())[:1]]
        return "\n".join([*said, *(block.text for block in self.blocks)])


def plain(row: Row) -> str:
    """The words of a row."""
    return "".join(piece.text for piece in row)


def excerpt(text: str) -> str:
    """How a text begins, for a receipt."""
    text = " ".join(text[: 4 * EXCERPT].split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"
