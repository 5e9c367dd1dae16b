"""Where a sentence ends, as well as that can be told without knowing the language."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

LONGEST_OPENING = 2000
"""Characters in which the end of a text's first sentence is looked for."""

_STOP = re.compile(r"(?<![.!?…])[.!?…]{1,4}[\"»”’')\]]{0,3}(?= )|[。！？]")
_OPENERS = "\"«“„‘'([—–- "


def is_single_sentence(text: str, abbreviations: Container[str]) -> bool:
    """Whether no sentence ends before the end of the text."""
    return next(_inner_ends(text, abbreviations), None) is None


def first_sentence(text: str, abbreviations: Container[str]) -> str:
    """The text up to the end of its first sentence, full stop included."""
    opening = text[:LONGEST_OPENING]
    return opening[: next(_inner_ends(opening, abbreviations), len(opening))]


def without_full_stop(text: str) -> str:
    """A sentence without its closing full stop; an ellipsis stays."""
    return text[:-1].rstrip() if text.endswith((".", "。")) and not text.endswith("..") else text


def _inner_ends(text: str, abbreviations: Container[str]) -> Iterator[int]:
    for stop in _STOP.finditer(text):
        rest = text[stop.end() : stop.end() + 8].lstrip(_OPENERS)
        if not rest or rest[0].islower():
            continue
        words_before = text[max(0, stop.start() - 24) : stop.start()].split()
        last_word = words_before[-1].lstrip('(«“"') if words_before else ""
        if stop[0] == "." and _is_short_for_something(last_word, stop.start(), abbreviations):
            continue
        yield stop.end()


def _is_short_for_something(word: str, at: int, abbreviations: Container[str]) -> bool:
    number_of_a_list = word.isdigit() and at == len(word)
    return number_of_a_list or (len(word) == 1 and word.isalpha()) or word.casefold() in abbreviations
