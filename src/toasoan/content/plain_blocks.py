"""A Markdown text cut into what is plainly a paragraph, a heading or a photo's place, and what a parser has to read.

News is mostly paragraphs without any markup. To a parser each is as much work as any other text, so the plain ones
are found here, by a few comparisons. Nothing is decided that a reader of CommonMark could doubt:

- A block begins after an empty line with a character that no list, quotation, table, code or rule begins with. So it
  ends whatever stood before it, but for fenced code; a text that may have fences is not cut at all.
- It has no character that begins any markup inside of a line. So no definition of a link elsewhere can matter to it,
  and a text that may have such definitions is not cut either, for they may be the parser's at both ends.

What is left goes to the parser piece by piece. A property test compares with the parser's reading of whole texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a block is, as far as it can be told without a parser."""

    PARAGRAPH = "paragraph"
    """One or several lines without any markup."""

    HEADING = "heading"
    """Of the second level or below, without markup in its line."""

    PHOTO = "photo"
    """A photo's place, alone in its paragraph."""

    LINE = "line"
    """A paragraph of one line, in which there may be markup."""

    MARKDOWN = "markdown"
    """Anything; nothing before or behind it changes what it means."""


class Block(NamedTuple):
    """A piece of a text, with all its meaning in itself."""

    kind: Kind
    text: str
    """Of a paragraph or heading, the words; of a photo's place, its number; else Markdown."""

    line: int
    """1-based line of the text on which it begins."""

    level: int = 0
    """Of a heading."""


_UNCUTTABLE = ("```", "~~~", "]:", "\r", "\x00")
"""Fences reach over empty lines and definitions over the whole text; a parser puts others for the last two."""

_MARKUP = ("*", "_", "[", "<", "&", "`", "\\", "~")
"""What markup inside of a line begins with. Pictures begin with a bracket too, and attributes stand behind others."""

_BLOCK_MARKS = frozenset("#>-+*_`~|:=[<!\\&")
"""What a line may begin with that is no line of a paragraph: all of that, and a few more to be on the safe side."""

_NUMBER = re.compile(r"[0-9]{1,9}[.)]")
"""An item of a numbered list begins with it."""

_BEGINS_WITH_MARKUP = re.compile(r"\*{1,2}[^\W_]|!?\[")
"""Neither a list nor a rule: words in bold or italics, a link, a picture."""

_HEADING = re.compile(r"(#{2,6}) (?=\S)(.*[^\s#])")
_PHOTO = re.compile(r"!\[\]\(image:([0-9]{1,4})\)")


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks of a text, in order; the parser's readings of all of them, joined, are that of the whole text."""
    if any(mark in markdown for mark in _UNCUTTABLE):
        yield Block(Kind.MARKDOWN, markdown, 1)
        return
    markup = [mark for mark in _MARKUP if mark in markdown]
    position, line = 0, 1
    left: tuple[int, int] | None = None  # where the pieces begin that a parser has to read, and on which line
    for piece in markdown.split("\n\n"):
        text = piece.strip("\n")
        block = _plain_block(text, line, markup) if text else None
        if block is not None:
            if left is not None:
                yield Block(Kind.MARKDOWN, markdown[left[0] : position], left[1])
                left = None
            yield block if text[0] == piece[0] else block._replace(line=line + piece.index(text[0]))
        elif text and left is None:
            left = position, line
        position += len(piece) + len("\n\n")
        line += piece.count("\n") + 2
    if left is not None:
        yield Block(Kind.MARKDOWN, markdown[left[0] :], left[1])


def _plain_block(text: str, line: int, markup: list[str]) -> Block | None:
    """The block that a text between empty lines is; None where that takes a parser to tell.

    `markup` are those of _MARKUP that are anywhere in the whole text.
    """
    is_plain = not any(mark in text for mark in markup)
    if "\n" in text:
        if is_plain and all(map(_is_plain_line, text.split("\n"))):
            return Block(Kind.PARAGRAPH, text, line)
        return None
    if _is_plain_line(text):
        return Block(Kind.PARAGRAPH if is_plain else Kind.LINE, text, line)
    if is_plain and (heading := _HEADING.fullmatch(text)):
        return Block(Kind.HEADING, heading[2], line, len(heading[1]))
    if photo := _PHOTO.fullmatch(text):
        return Block(Kind.PHOTO, photo[1], line)
    if _BEGINS_WITH_MARKUP.match(text) and not text[-1].isspace():
        return Block(Kind.LINE, text, line)
    return None


def _is_plain_line(line: str) -> bool:
    """Whether a line begins and ends as nothing but a line of a paragraph does."""
    first = line[0]
    return not (
        first in _BLOCK_MARKS
        or first.isspace()
        or line[-1].isspace()
        or ("0" <= first <= "9" and _NUMBER.match(line) is not None)
    )
