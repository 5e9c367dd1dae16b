"""Where a sentence ends, as well as that can be told without knowing the language.

Thai and Lao have no full stop: a space stands between sentences, and inside them as well. A text in them is one
sentence here, and length alone must tell a heading.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from toasoan.ingest.words import all_words

LONGEST_OPENING = 2000
"""Characters in which the end of a text's first sentence is looked for."""

_STOP = re.compile(
    r"(?<![.!?…।॥؟۔])[.!?…।॥؟۔]{1,4}[\"»”’')\]]{0,3}(?= )"  # a space must follow
    r"|[。！？｡]{1,4}[”’』」）]{0,3}"
    r"|[។៕]"
)
_OPENERS = "\"«“„‘'([—–- "
_FULL_STOPS = (".", "。", "｡", "।", "۔", "។", "៕")
_ROMAN = re.compile(r"[IVX]{1,5}")
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}$")


def is_single_sentence(text: str, abbreviations: Container[str]) -> bool:
    """Whether no sentence ends before the end of the text."""
    return next(_inner_ends(text, abbreviations), None) is None


def first_sentence(text: str, abbreviations: Container[str]) -> str:
    """The text up to the end of its first sentence, full stop included."""
    opening = text[:LONGEST_OPENING]
    return opening[: next(_inner_ends(opening, abbreviations), len(opening))]


def without_full_stop(text: str) -> str:
    """A sentence without its closing full stop; an ellipsis stays."""
    return text[:-1].rstrip() if text.endswith(_FULL_STOPS) and not text.endswith("..") else text


def _inner_ends(text: str, abbreviations: Container[str]) -> Iterator[int]:
    for stop in _STOP.finditer(text):
        rest = text[stop.end() : stop.end() + 24].lstrip(_OPENERS)
        if not rest or rest[0].islower():
            continue
        if stop[0] == "." and _is_no_full_stop(text, stop.start(), rest, abbreviations):
            continue
        if stop[0][0] in "。！？｡" and _is_in_quotation(text, stop):
            continue
        yield stop.end()


def _is_no_full_stop(text: str, at: int, rest: str, abbreviations: Container[str]) -> bool:
    before = text[max(0, at - 24) : at]
    words_before = before.split()
    last_word = words_before[-1].lstrip('(«“"') if words_before else ""
    return _is_short_for_something(last_word, at, abbreviations) or (
        _ORDINAL.search(before) is not None and rest.split()[0].rstrip(".,;:") in _months_after_ordinals()
    )


def _is_short_for_something(word: str, at: int, abbreviations: Container[str]) -> bool:
    number_of_a_list = at == len(word) and (word.isdigit() or _ROMAN.fullmatch(word) is not None)
    return number_of_a_list or (len(word) == 1 and word.isalpha()) or word.casefold() in abbreviations


@cache
def _months_after_ordinals() -> frozenset[str]:
    """Months in languages that write "17. Dezember"."""
    languages = [words.dates for words in all_words().languages.values() if "." in words.dates.day_endings]
    return frozenset(name for dates in languages for names in (*dates.months, *dates.short_months) for name in names)


def _is_in_quotation(text: str, stop: re.Match[str]) -> bool:
    """Whether a stop is inside 「…」, or ends a quotation and the sentence goes on, as in 「…。」と述べた."""
    before = text[: stop.end()]
    if before.count("「") + before.count("『") > before.count("」") + before.count("』"):
        return True
    return stop[0][-1] in "」』" and text[stop.end()] != " "
