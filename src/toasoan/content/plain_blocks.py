"""A Markdown text cut into what is plainly a paragraph, a heading or a photo's place, and what a parser has to read.

News is mostly paragraphs without any markup. To a parser each is as much work as any other text, so the plain ones
are found here, by a few comparisons, where nobody who knows CommonMark could read anything else:

- A plain block stands between empty lines and begins, without a blank, with a character that begins no list,
  quotation, table, code or rule. So whatever stood before it has ended there, unless it was fenced code: a text that
  may have fences is not cut at all.
- In its lines is no character that begins markup. Where there is some, the lines may be a parser's, but still one by
  one, unless definitions of links stand elsewhere: a text that may have them is not cut either.

What is left goes to the parser in pieces, each from one plain block to the next. Property tests compare with the
parser's reading of whole texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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

    QUOTATION = "quotation"
    """A quotation of one line, without any markup."""

    LIST = "list"
    """A list without numbers, each line an item without any markup."""

    MARKDOWN = "markdown"
    """Anything; nothing before or behind it changes what it means."""


class Block(NamedTuple):
    """A piece of a text, with all its meaning in itself."""

    kind: Kind
    text: str
    """Of a photo's place, its number; of a line and of Markdown, the Markdown; else the words, without marks."""

    line: int
    """1-based line of the text on which it begins."""

    level: int = 0
    """Of a heading."""


_UNCUTTABLE = {"`": "```", "~": "~~~", "[": "]:", "\r": "\r", "\x00": "\x00"}
"""What reaches beyond its block, by the character it begins with: fences, definitions of links. The last two are
characters that a parser takes for others before it reads anything."""

_MARKUP = ("*", "_", "[", "<", "&", "`", "\\", "~", "\r", "\x00")
"""What markup inside of a line begins with. Pictures begin with a bracket too, and attributes stand behind others."""

_CHARACTER_REFERENCE = re.compile(r"&[#0-9A-Za-z]+;")
"""Any other & is nothing but itself."""

_BLOCK_MARKS = frozenset(["", *"#>-+*_`~|:=[<!\\"])
"""What a line may begin with that is no line of a paragraph: all of that, and a few more to be on the safe side."""

_NUMBER = re.compile(r"[0-9]{1,9}[.)](?:[ \t]|$)")
"""An item of a numbered list begins with it."""

_BEGINS_WITH_MARKUP = re.compile(r"\*{1,2}[^\W_]|!?\[")
"""Neither a list nor a rule: words in bold or italics, a link, a picture."""

_HEADING = re.compile(r"(#{2,6}) (?=\S)(.*[^\s#])")
_PHOTO = re.compile(r"!\[\]\(image:([0-9]{1,4})\)")


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks of a text, in order; the parser's readings of all of them, joined, are that of the whole text."""
    markup = [mark for mark in _MARKUP if mark in markdown]
    if any(mark in _UNCUTTABLE and _UNCUTTABLE[mark] in markdown for mark in markup):
        yield Block(Kind.MARKDOWN, markdown, 1)
        return
    if "&" in markup and not _CHARACTER_REFERENCE.search(markdown):
        markup.remove("&")
    left: list[str] = []  # pieces since the last plain block, among which there may be empty ones
    left_line = line = 1
    for piece in markdown.split("\n\n"):
        text = piece.strip("\n")
        leading = 0 if len(text) == len(piece) else len(piece) - len(piece.lstrip("\n"))
        block = _plain_block(text, line + leading, markup) if text else None
        if block is not None:
            if left:
                yield _left_block([*left, ""], left_line, markup)
                left = []
            yield block
        elif text or left:
            left_line = left_line if left else line
            left.append(piece)
        line += piece.count("\n") + 2
    if left:
        yield _left_block(left, left_line, markup)


def _plain_block(text: str, line: int, markup: Sequence[str]) -> Block | None:
    """The block that a text between empty lines is; None where one must know what stands around it, or parse it.

    `markup` are those of _MARKUP that are anywhere in the whole text.
    """
    if _is_plain_line(text):
        if "\n" not in text:
            return Block(Kind.LINE if _has_any(markup, text) else Kind.PARAGRAPH, text, line)
        if not _has_any(markup, text) and all(map(_is_plain_line, text.split("\n"))):
            return Block(Kind.PARAGRAPH, text, line)
        return None
    if (heading := _HEADING.fullmatch(text)) and not _has_any(markup, text):
        return Block(Kind.HEADING, heading[2], line, len(heading[1]))
    if photo := _PHOTO.fullmatch(text):
        return Block(Kind.PHOTO, photo[1], line)
    if _BEGINS_WITH_MARKUP.match(text) and "\n" not in text and not text[-1].isspace():
        return Block(Kind.LINE, text, line)
    return None


def _left_block(pieces: Sequence[str], line: int, markup: Sequence[str]) -> Block:
    """The block of all the pieces between two that tell by themselves that they are not of one block with them."""
    markdown = "\n\n".join(pieces)
    text = markdown.strip("\n")
    if not _has_any(markup, text):
        lines = text.split("\n")
        words = [line[2:] for line in lines]
        if all(map(_is_plain_line, words)):
            if len(lines) == 1 and text.startswith("> "):
                return Block(Kind.QUOTATION, words[0], line)
            if all(line.startswith("- ") for line in lines):
                return Block(Kind.LIST, "\n".join(words), line)
    return Block(Kind.MARKDOWN, markdown, line)


def _has_any(marks: Sequence[str], text: str) -> bool:
    for mark in marks:  # noqa: SIM110  # several times as fast as any() for so few
        if mark in text:
            return True
    return False


def _is_plain_line(line: str) -> bool:
    """Whether a line begins and ends as nothing but a line of a paragraph does."""
    first = line[:1]
    if first.isalpha():
        return not line[-1].isspace()
    return not (
        first in _BLOCK_MARKS
        or first.isspace()
        or line[-1].isspace()
        or ("0" <= first <= "9" and _NUMBER.match(line) is not None)
    )
