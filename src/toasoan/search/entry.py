"""What an article is found by: its words, each with where it stands, packed into a few kilobytes.

An entry depends on the article alone, so it is made when the article is read and kept until that changes.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import cache

from toasoan.search.folding import Folding, terms_of

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""The 64 characters in which numbers are written."""

STRETCH = 16
"""Words that make up a stretch: two words are near each other if they stand in the same or in neighbouring ones."""

STRETCHES = len(ALPHABET)
"""What stands behind counts as in the last one."""

IN_TITLE, IN_LEDE = 8, 4
"""What a word counts for, besides how often it is used, if it stands in the title; in the summary or among names."""

MOST_USES = 3
"""Further uses that count."""

_STRETCH_OF = [ALPHABET[min(place // STRETCH, STRETCHES - 1)] for place in range(STRETCH * STRETCHES)]
_LAST = len(_STRETCH_OF) - 1

_LINK_TARGET = re.compile(r"\]\([^)\n]*\)|\]\[[^\]\n]*\]|<https?://[^>\n]*>|https?://\S+|\{[^}\n]*\}")
"""Addresses and attributes: parts of a Markdown text that no reader sees."""


def search_entry(title: str, lede: Sequence[str], markdown: str, folding: Folding) -> bytes:
    """The words of an article, packed; `lede` has the summary and what the article names: tags, authors, captions.

    Of each word it is told what it weighs, and in which stretch it stands for the first and for the last time.
    """
    in_title, in_lede = folding.forms(title), folding.forms("\n".join(lede))
    words = [*in_title, *in_lede, *folding.forms(_LINK_TARGET.sub(" ", markdown))]
    # Nothing here is done word by word in Python that a dict does by itself: an article has more than a thousand.
    uses, last = Counter(words), dict(zip(words, range(len(words)), strict=True))
    first = dict(zip(reversed(words), range(len(words) - 1, -1, -1), strict=True))
    weights = dict.fromkeys(in_lede, IN_LEDE)
    for form in in_title:
        weights[form] = weights.get(form, 0) | IN_TITLE
    terms, payloads = [], []
    for form, count in uses.items():
        weight = weights.get(form, 0) + (count - 1 if count <= MOST_USES else MOST_USES)
        begin, end = _STRETCH_OF[min(first[form], _LAST)], _STRETCH_OF[min(last[form], _LAST)]
        payload = f"{ALPHABET[weight * 4 + 1]}{begin}" if begin == end else f"{ALPHABET[weight * 4 + 2]}{begin}{end}"
        for term in terms_of(form, folding):
            terms.append(term)
            payloads.append(payload)
    return zlib.compress(f"{chr(9).join(terms)}\n{' '.join(payloads)}".encode(), 1)


def words_of(entry: bytes) -> tuple[list[str], list[str]]:
    """The terms of an entry, each a key and, where that differs, a form; and what each weighs and where it is."""
    terms, _, payloads = zlib.decompress(entry).decode().partition("\n")
    return (terms.split("\t"), payloads.split(" ")) if terms else ([], [])


@cache
def folding_of(language: str) -> Folding:
    """The folding of a language."""
    return Folding(language)
