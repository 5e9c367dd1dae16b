"""What an article is found by: its words, each with where it stands, packed into a few kilobytes.

An entry depends on the article alone, so it is made when the article is read and kept until that changes.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import repeat

from toasoan.search.folding import Folding

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

_ONE, _TWO = ([ALPHABET[4 * max(0, count - 1) + places] for count in range(MOST_USES + 2)] for places in (1, 2))
"""What stands before the one or the two stretches of a word, by how often it is used."""

_STRETCH_OF = "".join([ALPHABET[min(place // STRETCH, STRETCHES - 1)] for place in range(STRETCH * STRETCHES)])
"""The stretch of each word, as it is written."""

_LINK_TARGET = re.compile(r"\]\([^)\n]*\)|\]\[[^\]\n]*\]|<https?://[^>\n]*>|https?://\S+|\{[^}\n]*\}")
"""Addresses and attributes: parts of a Markdown text that no reader sees."""


def search_entry(title: str, lede: Sequence[str], markdown: str, folding: Folding) -> bytes:
    """The words of an article, packed; `lede` has the summary and what the article names: tags, authors, captions.

    Of each word it is told what it weighs, and in which stretch it stands for the first and for the last time.
    """
    in_title, in_lede = folding.forms(title), folding.forms("\n".join(lede))
    words = [*in_title, *in_lede, *folding.forms(_LINK_TARGET.sub(" ", markdown))]
    stretches = _STRETCH_OF[: len(words)].ljust(len(words), _STRETCH_OF[-1])
    # Nothing here is done word by word in Python that a dict does by itself: an article has more than a thousand.
    uses = Counter(words)
    first, last = (
        dict(zip(reversed(words), reversed(stretches), strict=True)),
        dict(zip(words, stretches, strict=True)),
    )
    counts = map(min, uses.values(), repeat(MOST_USES + 1))
    stands = zip(uses, counts, map(first.__getitem__, uses), last.values(), strict=True)
    said = {
        form: _ONE[count] + begin if begin == end else _TWO[count] + begin + end for form, count, begin, end in stands
    }
    for form in {*in_title, *in_lede}:
        weight = (form in in_title) * IN_TITLE | (form in in_lede) * IN_LEDE
        said[form] = _with_weight(weight, said[form])
    return zlib.compress(f"{' '.join(said)}\n{' '.join(said.values())}".encode(), 1)


def _with_weight(weight: int, said: str) -> str:
    return ALPHABET[ALPHABET.index(said[0]) + 4 * weight] + said[1:]


def words_of(entry: bytes) -> tuple[list[str], list[str]]:
    """The forms of an entry; and of each what it weighs and where it is."""
    forms, _, said = zlib.decompress(entry).decode().partition("\n")
    return (forms.split(" "), said.split(" ")) if forms else ([], [])


@cache
def folding_of(language: str) -> Folding:
    """The folding of a language."""
    return Folding(language)
