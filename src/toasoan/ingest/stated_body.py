"""The body of a stated page as Markdown, with its photos; what the fields say already is left out of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from toasoan.content.front_matter import PhotoFields
from toasoan.ingest.cleaning import legible
from toasoan.ingest.lines import Fate
from toasoan.ingest.markdown_text import (
    heading_markdown,
    linked_markdown,
    list_markdown,
    photo_markdown,
    quote_markdown,
)
from toasoan.ingest.media_files import MediaFile, media_name
from toasoan.ingest.photos import caption_with_credit
from toasoan.ingest.stated_page import BlockKind, PartFate, Row, StatedBlock, StatedPage, StatedPhoto
from toasoan.ingest.words import Words

_BY = re.compile(r"(?:by|par) ", re.IGNORECASE)
"""What bylines put before a name."""


@dataclass
class StatedBody:
    """A body while it is settled."""

    page: StatedPage
    words: Words
    clean: Callable[[str], str]
    """Mends a text as its language writes it."""

    beside: Callable[[str], bytes | None]
    title: str | None
    summary: str | None
    authors: tuple[str, ...]
    changed_parts: dict[int, PartFate] = field(default_factory=dict)
    """What became of parts otherwise than the reader thought, by their place."""

    media: list[MediaFile] = field(default_factory=list)
    remote: dict[int, str] = field(default_factory=dict)
    """Addresses of the photos that lie elsewhere, by their place among the photos."""

    def settle(self) -> tuple[list[StatedBlock], tuple[PhotoFields, ...]]:
        """The blocks without what the fields say already, and the photos in their order."""
        kept: list[StatedBlock] = []
        photos: list[PhotoFields] = []
        for block in self.page.blocks:
            if block.photo is not None:
                if photo := self._photo(block.photo, block.part, len(photos)):
                    photos.append(photo)
                    kept.append(block)
            elif reason := self._said_already(block, is_first=not any(one.rows for one in kept)):
                self._drop(block.part, reason)
            else:
                kept.append(block)
        return kept, tuple(photos)

    def _said_already(self, block: StatedBlock, is_first: bool) -> str | None:
        text = block.text
        if is_first and text == self.title:
            return "the title, once more"
        if is_first and text == self.summary:
            return "the lede, once more"
        return "the author's name" if len(self.authors) == 1 and bare_name(text) == self.authors[0] else None

    def _photo(self, photo: StatedPhoto, part: int, number: int) -> PhotoFields | None:
        caption, credit = photo.caption, photo.credit
        if caption and not credit and (split := caption_with_credit(legible(caption), self.words)):
            caption, credit = split.text, split.credit
        if credit and (split := caption_with_credit(legible(credit), self.words)) and split.text is None:
            credit = split.credit
        caption = self.clean(legible(caption)) if caption else None
        is_remote = photo.address.startswith(("http:", "https:"))
        data = None if is_remote else self.beside(photo.address)
        name = media_name(data) if data is not None else None
        if name:
            self.media.append(MediaFile(name, photo.address))
            return PhotoFields(name, photo.alt, caption, credit)
        address = _joined(self.page.base, photo.address)
        if address.startswith(("http:", "https:")):
            self.remote[number] = address
            self._note(part, f"remote, not fetched: {address[:200]}")
        elif not caption and not credit:
            self._drop(part, "no picture is there, and it has no caption")
            return None
        else:
            self._note(part, "no picture is there")
        return PhotoFields(None, photo.alt, caption, credit)

    def _drop(self, part: int, reason: str) -> None:
        if 0 <= part < len(self.page.parts):
            self.changed_parts[part] = replace(self.page.parts[part], fate=Fate.DROPPED, reason=reason)

    def _note(self, part: int, reason: str) -> None:
        if 0 <= part < len(self.page.parts):
            self.changed_parts[part] = replace(self.page.parts[part], reason=reason)

    def markdown(self, blocks: Sequence[StatedBlock]) -> str:
        """The blocks as Markdown."""
        written: list[str] = []
        photo, before, is_second = 0, None, False
        for block in blocks:
            is_second = block.kind is before and not is_second
            match block.kind:
                case BlockKind.PHOTO:
                    photo += 1
                    written.append(photo_markdown(photo))
                case BlockKind.HEADING:
                    written.append(heading_markdown(self.clean(block.text)))
                case BlockKind.QUOTE:
                    written.append(quote_markdown([text for row in block.rows if (text := self._row(row))]))
                case BlockKind.LIST | BlockKind.NUMBERED_LIST:
                    rows = [text for row in block.rows if (text := self._row(row))]
                    written.append(list_markdown(rows, block.kind is BlockKind.NUMBERED_LIST, is_second))
                case _:
                    written += [self._row(row) for row in block.rows]
            before = block.kind
        return "\n\n".join(text for text in written if text)

    def _row(self, row: Row) -> str:
        if len(row) == 1 and row[0].link is None:
            text = self.clean(row[0].text)
            return linked_markdown([(text, None)]) if text else ""
        return linked_markdown([(piece.text, piece.link) for piece in row])


def bare_name(text: str) -> str:
    """An author's name without what bylines put before it."""
    before = _BY.match(text)
    return text[before.end() :] if before else text


def _joined(base: str | None, address: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address
