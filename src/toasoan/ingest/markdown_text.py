"""A text as Markdown that renders to that very text and still reads well: escaped only where Markdown would act.

The judge is CommonMark with tables and strikethrough, without raw HTML; a property test holds it to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_INLINE = re.compile(
    rf"\\(?=[{_PUNCTUATION}])"  # a backslash that would escape something
    r"|`"
    r"|\*+|_+|~~+"  # emphasis and strikethrough: judged by what stands around
    r"|\["
    r"|<(?=[A-Za-z/!?])"  # addresses and HTML
    r"|&(?=#?\w+;)"  # entities; GD&TĐ is none
)
_BEGINNINGS = re.compile(r"[\\`*_~\[<&]")
"""What each of these begins with."""

_MARKS = re.compile(r"[\\`*_\[\]<>&~!{}|]")
"""What could act beside a link: escaped wherever it stands."""

BACKSLASH = r"\\\g<0>"
_RULE = re.compile(r"([-*_])(?: ?\1){2,} ?")
_BLOCK_START = re.compile(
    r"(?P<mark>#{1,6}|[-+*]|>|:)(?: |$)|(?P<tight>>|:::)|(?P<number>\d{1,9})(?P<end>[.)])(?: |$)|(?P<fence>~~~)"
)


def paragraph_markdown(text: str) -> str:
    """A paragraph of one line; the text must have no white space around it."""
    return f"\\{text}" if _RULE.fullmatch(text) else _with_block_start_escaped(text)


def linked_markdown(pieces: Sequence[tuple[str, str | None]]) -> str:
    """A paragraph of one line whose pieces may link to addresses; those must be quoted, as URLs are."""
    if len(pieces) == 1 and pieces[0][1] is None:
        return paragraph_markdown(pieces[0][0])
    written = []
    for number, (text, link) in enumerate(pieces):
        escaped = _MARKS.sub(BACKSLASH, text)
        if number == 0 and link is None:
            escaped = _start_escaped(text) or escaped
        written.append(escaped if link is None else f"[{escaped}]({link})")
    return "".join(written)


def list_markdown(rows: Sequence[str], is_numbered: bool, is_second: bool = False) -> str:
    """A list of items that are Markdown already; `is_second` keeps it apart from a list just before it."""
    if is_numbered:
        mark = ")" if is_second else "."
        return "\n".join(f"{number}{mark} {row}" for number, row in enumerate(rows, 1))
    return "\n".join(f"{'*' if is_second else '-'} {row}" for row in rows)


def quote_markdown(rows: Sequence[str]) -> str:
    """A quotation of paragraphs that are Markdown already."""
    return "\n>\n".join(f"> {row}" for row in rows)


def _start_escaped(text: str) -> str | None:
    """The first piece of a paragraph if it would begin a block; None if it wouldn't."""
    found = _BLOCK_START.match(text)
    if found is None:
        return None
    if found["number"]:
        return f"{found['number']}\\{found['end']}{_MARKS.sub(BACKSLASH, text[found.end('end') :])}"
    return f"\\{text[0]}{_MARKS.sub(BACKSLASH, text[1:])}"


def heading_markdown(text: str) -> str:
    """A heading of the second level."""
    escaped = escaped_inline(text)
    return f"## {re.sub(r'(^| )(#+)$', lambda hashes: f'{hashes[1]}{chr(92)}{hashes[2]}', escaped)}"


def photo_markdown(number: int) -> str:
    """The place of an article's nth photo."""
    return f"![](image:{number})"


def escaped_inline(text: str) -> str:
    """A text in which no character acts inside a line."""
    if not _BEGINNINGS.search(text):
        return text
    last_bracket = text.rfind("]")

    def escaped(found: re.Match[str]) -> str:
        run = found[0]
        if run[0] in "*_" and _stands_idle(
            run[0], text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        ):
            return run
        if run == "[" and found.start() > last_bracket:
            return run
        return "".join(f"\\{character}" for character in run)

    return _INLINE.sub(escaped, text)


def _stands_idle(mark: str, before: str, after: str) -> bool:
    """Stars and underscores between spaces mark nothing; underscores after a letter can't begin an emphasis."""
    between_spaces = before in ("", " ") and after in ("", " ")
    return between_spaces or (mark == "_" and before.isalnum())


def _with_block_start_escaped(text: str) -> str:
    found = _BLOCK_START.match(text)
    if found is None or found["fence"]:
        return escaped_inline(text)
    if found["number"]:
        return f"{found['number']}\\{found['end']}{escaped_inline(text[found.end('end') :])}"
    mark = found["mark"] or found["tight"]
    return f"\\{mark}{escaped_inline(text[len(mark) :])}"
