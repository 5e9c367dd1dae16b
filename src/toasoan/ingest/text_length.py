"""How much a reader reads: lengths that mean the same in every script, and cuts that part no letter from its marks.

A Chinese sentence has about a third of the characters of its translation into a European language, a Korean or a
Japanese one less than half. Measured on the texts in tests/samples: the rules that say how long a heading or a title
may be would otherwise take whole Chinese paragraphs for headings. Thai, Lao and Khmer have nearly as many characters
as English, since their vowels are letters of their own.
"""

from __future__ import annotations

import re
import unicodedata

IDEOGRAPH = 3
"""Letters of an alphabet that say as much as one ideograph."""

SYLLABLE = 2
"""Letters of an alphabet that say as much as one kana or one Hangul syllable."""

_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
_PERHAPS_DENSE = re.compile("[\u3040-\U0010ffff]")
"""A single range is looked for in half the time, and most scripts stand below it."""

_SYLLABLES = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")

_LEADING_VOWELS = "เแโใไເແໂໃໄ"
"""Written before the consonant after which they are spoken."""

_FOLLOWING_VOWELS = "ะาำๅະາຳຽ"
"""Letters to Unicode, but never read without the consonant before them."""

_JOINED_TO_NEXT = "\u094d\u09cd\u17d2\u200d"
"""Viramas, the sign that stacks Khmer consonants, the zero-width joiner: the next letter belongs to them."""


def reading_length(text: str) -> int:
    """The length of a text in letters of an alphabet."""
    if text.isascii() or not _PERHAPS_DENSE.search(text) or not _DENSE.search(text):
        return len(text)
    others = len(_DENSE.sub("", text))
    ideographs = len(_SYLLABLES.sub("", text)) - others
    syllables = len(text) - others - ideographs
    return others + SYLLABLE * syllables + IDEOGRAPH * ideographs


def index_of_length(text: str, longest: int) -> int:
    """How many characters of a text have at most this reading length."""
    if reading_length(text[: longest + 1]) <= longest + 1:  # an alphabet's
        return min(len(text), longest)
    length = 0
    for index, character in enumerate(text):
        length += reading_length(character)
        if length > longest:
            return index
    return len(text)


def whole_letters(text: str, end: int) -> str:
    """At most `end` characters of a text, so that no letter is parted from its marks."""
    while 0 < end < len(text) and _is_inside_a_sign(text[end - 1], text[end]):
        end -= 1
    return text[:end]


def _is_inside_a_sign(before: str, after: str) -> bool:
    return (
        unicodedata.category(after).startswith("M")
        or after in _FOLLOWING_VOWELS
        or after in _JOINED_TO_NEXT
        or before in _JOINED_TO_NEXT
        or before in _LEADING_VOWELS
    )
