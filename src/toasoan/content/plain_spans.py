"""A line of Markdown whose only markup is plain: words in bold, and links, which can be taken for nothing else.

News has hardly any other; a line that has is left to a parser. A property test compares with its reading of texts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKUP = re.compile(r"[*_\[<&`\\~\n\r\x00]")
_WORDS = r"[^*_\[\]<&`\\~\n\r\x00]"
_ADDRESS = r"(?:https?://[a-z0-9]+(?:[.-][a-z0-9]+)*)?(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*/?"
_PLAIN_MARKUP = re.compile(
    rf"""
    # Between a blank and a letter asterisks can only begin something; before a blank or a stop, they can end it.
    \*\* (?<![^\ ]\*\*) ([^\W_] (?:{_WORDS}*(?:[^\W_]|[.,;:?!)]))?) \*\* (?=[ .,;:?!)]|$)
    # Behind ! the brackets are a picture's; braces behind them would be attributes.
  | \[ (?<!!\[) ({_WORDS}+) \] \( ((?=[h/]){_ADDRESS}) \) (?!\{{)
    """,
    re.VERBOSE,
)


class Span(NamedTuple):
    """A stretch of a line."""

    text: str
    """The words, without marks."""

    is_bold: bool = False

    address: str | None = None
    """Of a link, as it stands there."""


def spans(line: str) -> tuple[Span, ...] | None:
    """The stretches of a line, in order; None where it takes a parser to tell them."""
    found: list[Span] = []
    end = 0
    for markup in _PLAIN_MARKUP.finditer(line):
        found.append(Span(line[end : markup.start()]))
        bold, linked, address = markup.groups()
        found.append(Span(linked, address=address) if bold is None else Span(bold, is_bold=True))
        end = markup.end()
    found.append(Span(line[end:]))
    if any(span.address is None and not span.is_bold and _MARKUP.search(span.text) for span in found):
        return None
    return tuple(span for span in found if span.text)
