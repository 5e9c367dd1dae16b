"""Where a line may end, in every script.

The rules are those of Unicode: line breaking (https://www.unicode.org/reports/tr14/) and grapheme clusters
(https://www.unicode.org/reports/tr29/). Thai, Lao and Khmer have no spaces between words, and UAX #14 leaves them to
a dictionary: that of ICU where PyICU is installed. Without it BudouX tells the words of Thai; a line of Lao or Khmer
ends at a space or a zero-width space, and where a part between two of these is too long, between two syllables as far
as their letters tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import TYPE_CHECKING, Any

from uniseg.graphemecluster import grapheme_clusters
from uniseg.linebreak import line_break_units

if TYPE_CHECKING:
    from budoux import Parser

BY_DICTIONARY = ("th", "lo", "km")
"""Languages whose words only a dictionary tells."""

NO_DICTIONARY = "none"

_KEEPS_NEXT = frozenset(
    "\u0e40\u0e41\u0e42\u0e43\u0e44"  # Thai vowels that are written before their consonant
    "\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"  # the same of Lao
)
"""A line does not end behind these."""

_KEPT = frozenset(
    "\u0e30\u0e32\u0e33\u0e45\u0e46\u0e2f"  # Thai vowels behind their consonant, repetition and abbreviation signs
    "\u0eb0\u0eb2\u0eb3\u0ebd\u0ec6\u0eaf"  # the same of Lao
    "\u17d4\u17d5\u17d6\u17d7\u17da"  # Khmer punctuation and repetition
)
"""No line begins with these."""


@lru_cache(maxsize=256)
def line_units(text: str, language: str) -> tuple[str, ...]:
    """A text in parts between which a line may end; joined they are the text, spaces included.

    Korean lines end between words, as headlines in newspapers do: UAX #14 leaves the choice.
    """
    base = language.partition("-")[0]
    if base in BY_DICTIONARY and (icu := _icu()) is not None:
        return tuple(_by_icu(text, base, icu))
    if base == "th":
        return tuple(unit for part, space in _words_and_space(text) for unit in _thai_units(part, space))
    return tuple(unit for part in _SURE_BREAK.split(text) for unit in _units(part))


def _units(part: str) -> tuple[str, ...]:
    """The units of a part of a text that ends where a line may end."""
    if _ONE_WORD(part):
        return (part,)
    units: list[str] = []
    for unit in line_break_units(part):
        if units and _KATAKANA(units[-1][-1]) and _KATAKANA(unit[0]):
            units[-1] += unit  # a foreign word in Japanese: it may be broken, but no headline should
        else:
            units.append(unit)
    return tuple(units)


_KATAKANA = re.compile("[\u30a1-\u30ff]").match


_IDEOGRAPHS = "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\uffef\U0001f000-\U0003ffff"
"""Signs beside which a line may end without a space."""

# The rules take uniseg a fifth of a millisecond for each letter, and most letters stand in words between spaces.
_SURE_BREAK = re.compile(r"(?<=[^\W_][ ])(?=[^\W_])|(?<=[^\W_][,.;:][ ])(?=[^\W_])")
_ONE_WORD = re.compile(rf"[^\W_{_IDEOGRAPHS}]+[,.;:]?[ ]?").fullmatch


@lru_cache(maxsize=1024)
def clusters(text: str) -> tuple[str, ...]:
    """What readers take for the letters of a text: a part of a line that has no other place to end may end here."""
    return tuple(cluster for word in _WORD_OR_SPACE(text) for cluster in _clusters_of(word))


_WORD_OR_SPACE = re.compile(r"[ ]|[^ ]+").findall


@lru_cache(maxsize=8192)
def _clusters_of(word: str) -> Iterable[str]:
    kinds = [unicodedata.category(char) for char in word]
    # UAX #29 takes uniseg half a millisecond for a word, so only words with emoji or parts of Hangul go there.
    parts: list[str] = []
    if not _RARE.isdisjoint(kinds) or any("\u1100" <= char <= "\u11ff" for char in word):
        pieces = [(cluster, unicodedata.category(cluster[0])) for cluster in grapheme_clusters(word)]
    else:
        pieces = list(zip(word, kinds, strict=True))
    for piece, kind in pieces:
        if parts and (kind[0] == "M" or piece[0] in _KEPT or _keeps_next(parts[-1][-1])):
            parts[-1] += piece
        else:
            parts.append(piece)
    return tuple(parts)


_RARE = frozenset(["So", "Sk", "Cf", "Cn", "Co", "Cs"])
"""Categories of emoji, of their joiners and tones, and of what nobody can foresee."""


def _keeps_next(char: str) -> bool:
    """Whether the next letter is joined to one that ends so: by the sign of a conjunct, or behind a vowel."""
    return char in _KEEPS_NEXT or char == "\u200d" or unicodedata.combining(char) == VIRAMA


VIRAMA = 9
"""The combining class of signs that join two consonants of an Indic script; Khmer's coeng is one of them."""


def lacks_dictionary(language: str) -> bool:
    """Whether lines of a language end at words only by chance, for nothing here knows its words."""
    return dictionary(language) == NO_DICTIONARY


@cache
def dictionary(language: str) -> str:
    """What knows the words of a language: part of all that a picture is made from. Empty where nothing need know."""
    if language.partition("-")[0] not in BY_DICTIONARY:
        return ""
    if (icu := _icu()) is not None:
        return f"ICU {icu.ICU_VERSION}"
    return f"BudouX {version('budoux')}" if language.partition("-")[0] == "th" else NO_DICTIONARY


def _by_icu(text: str, language: str, icu: Any) -> Iterator[str]:
    breaks = icu.BreakIterator.createLineInstance(icu.Locale(language))
    # ICU counts in UTF-16, where some characters take two units.
    units = text.encode("utf-16-le", "surrogatepass")
    breaks.setText(text)
    start = 0
    for end in breaks:
        yield units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        start = end


_words_and_space = re.compile(r"([^ \u200b]*)([ \u200b]+|$)").findall


def _thai_units(words: str, space: str) -> tuple[str, ...]:
    *units, last = _thai_parser().parse(words) if words else [""]
    return tuple(unit for unit in (*units, last + space) if unit)


@cache
def _thai_parser() -> Parser:
    from budoux import load_default_thai_parser

    return load_default_thai_parser()


@cache
def _icu() -> ModuleType | None:
    try:
        return import_module("icu")
    except ImportError:
        return None
