"""A Markdown text in the pieces that a translator takes one after the other: paragraphs, headings, lists, pictures.

What stands in the file is kept as it stands, so a text can be put together again from passages of another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from toasoan.content.markdown import PLACE, outermost_blocks
from toasoan.content.plain_blocks import Kind, blocks


class PassageKind(StrEnum):
    """What a passage is; one translates into one of the same kind."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTATION = "quotation"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    RULE = "rule"
    PHOTO = "photo"
    VIDEO = "video"
    DEFINITIONS = "definitions"
    """Where links lead that the text names by a word; readers see nothing of it."""


WITHOUT_WORDS = frozenset(
    [PassageKind.CODE, PassageKind.RULE, PassageKind.PHOTO, PassageKind.VIDEO, PassageKind.DEFINITIONS]
)
"""Passages that are the same in every language."""

_OF_PLAIN_BLOCK = {
    Kind.PARAGRAPH: PassageKind.PARAGRAPH,
    Kind.HEADING: PassageKind.HEADING,
    Kind.PHOTO: PassageKind.PHOTO,
    Kind.LINE: PassageKind.PARAGRAPH,
    Kind.QUOTATION: PassageKind.QUOTATION,
    Kind.LIST: PassageKind.LIST,
}

_OF_TOKEN = {
    "paragraph_open": PassageKind.PARAGRAPH,
    "heading_open": PassageKind.HEADING,
    "blockquote_open": PassageKind.QUOTATION,
    "bullet_list_open": PassageKind.LIST,
    "ordered_list_open": PassageKind.LIST,
    "table_open": PassageKind.TABLE,
    "fence": PassageKind.CODE,
    "code_block": PassageKind.CODE,
    "hr": PassageKind.RULE,
}
"""By the name that markdown-it has for a block."""

_OTHER_LINE_ENDS = re.compile(r"\r\n?")
_HEADING = re.compile(r"(#{1,6}[ \t]+)(.*)", re.DOTALL)
_WHOLE_PLACE = re.compile(rf"!\[[^\]]*\]\({PLACE.pattern}\)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text between empty lines."""

    kind: PassageKind
    markdown: str
    """As it stands in the file, without empty lines around it."""

    line: int
    """1-based line of the text on which it begins."""

    number: int = 0
    """The level of a heading; which photo or video it is that is placed here."""

    @property
    def has_words(self) -> bool:
        """Whether there is something to translate in it."""
        return self.kind not in WITHOUT_WORDS

    @property
    def words(self) -> str:
        """What a translator sees of it: a heading without its marks."""
        heading = _HEADING.fullmatch(self.markdown) if self.kind is PassageKind.HEADING else None
        return heading[2] if heading else self.markdown

    def in_words(self, words: str) -> Passage:
        """The same passage in other words, as of another language."""
        heading = _HEADING.match(self.markdown) if self.kind is PassageKind.HEADING else None
        return replace(self, markdown=f"{heading[1]}{words}" if heading else words)


def passages(markdown: str) -> tuple[Passage, ...]:
    """The passages of a text, in order. Together they are the text but for the number of empty lines."""
    return tuple(_passages(markdown))


def joined(parts: Iterable[Passage]) -> str:
    """The text that passages make."""
    return "\n\n".join(part.markdown for part in parts)


def _passages(markdown: str) -> Iterator[Passage]:
    markdown = _OTHER_LINE_ENDS.sub("\n", markdown)
    lines = markdown.split("\n")
    found = list(blocks(markdown))
    ends = [*(block.line - 1 for block in found[1:]), len(lines)]
    for block, end in zip(found, ends, strict=False):
        if block.kind is Kind.MARKDOWN:
            yield from _parsed(block.text, block.line)
        else:
            text, _ = _trimmed(lines[block.line - 1 : end], 0)
            number = int(block.text) if block.kind is Kind.PHOTO else block.level
            yield _placed(Passage(_OF_PLAIN_BLOCK[block.kind], text, block.line, number))


def _parsed(markdown: str, first_line: int) -> Iterator[Passage]:
    """The passages of a piece that only a parser understands; what it says nothing of are definitions of links."""
    lines = markdown.split("\n")
    read = list(outermost_blocks(markdown))
    edges = [0, *(edge for block in read for edge in (block.start, block.end)), len(lines)]
    for position, (start, end) in enumerate(pairwise(edges)):
        text, line = _trimmed(lines[start:end], start)
        if not text:
            continue
        if position % 2 == 0:
            yield Passage(PassageKind.DEFINITIONS, text, first_line + line)
        else:
            block = read[position // 2]
            kind = _OF_TOKEN.get(block.type, PassageKind.PARAGRAPH)
            yield _placed(Passage(kind, text, first_line + line, block.level))


def _trimmed(lines: Sequence[str], line: int) -> tuple[str, int]:
    """Lines without empty ones around them, and the number of the first that is left."""
    full = [place for place, text in enumerate(lines) if text.strip(" \t")]
    if not full:
        return "", line
    return "\n".join(lines[full[0] : full[-1] + 1]).rstrip(" \t"), line + full[0]


def _placed(passage: Passage) -> Passage:
    """A paragraph that does nothing but place a photo or video is one."""
    found = _WHOLE_PLACE.fullmatch(passage.markdown) if passage.kind is PassageKind.PARAGRAPH else None
    if found is None:
        return passage
    kind = PassageKind.PHOTO if found[1] == "image" else PassageKind.VIDEO
    return replace(passage, kind=kind, number=int(found[2]))
