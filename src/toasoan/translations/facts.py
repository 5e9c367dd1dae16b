"""Numbers, dates and names that one version of a text has and another one lacks.

Found without understanding: a person looks at what is told. Numbers up to twelve are not told, for many languages
write them as words; neither is how a number is written, for each language has its own way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial

from toasoan import cldr
from toasoan.search.folding import folded

SMALL = 12
"""Numbers up to it are often written as words."""

LATEST_DAY = 31
BUDDHIST_ERA = 543
"""Years by which Thailand's calendar is ahead."""


class FactKind(StrEnum):
    """What differs."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class MissingFact:
    """Something that one text says and the other does not."""

    kind: FactKind
    words: str
    """As the text that has it writes it; a date as 17.12.2025."""


_SPACES = "\u0020\u00a0\u2009\u202f"
_NUMBER = re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)|\d+(?:[.,'’\u066b\u066c]\d+)*")
_SEPARATORS = re.compile(rf"[{_SPACES}.,'’\u066b\u066c]")
_ROMAN = re.compile(r"\b[IVXLC]{2,7}\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WELL_FORMED_ROMAN = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

_SLASHED = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\b(?![/.-]?\d)")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_EAST_ASIAN = re.compile(r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_VIETNAMESE = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:(?:\s+năm|,)?\s+(\d{4}))?", re.IGNORECASE)
_ENDINGS = r"(?:st|nd|rd|th|er|º|ª|\.|-?[a-zа-яіїєґ]{1,3})?"

_FREQUENT_SURNAMES = """
bui cao chau chu dam dang dao dinh do doan duong ha ho hoang huynh khuat kieu la lai lam le luong luu ly mac mai ngo
nguyen ninh nong pham phan phung quach ta tang thai to ton tong tran trieu trinh truong tu van vo vu vuong
"""
SURNAMES = frozenset(_FREQUENT_SURNAMES.split())
"""Of Vietnamese people, without tones: the most frequent ones."""

_VIETNAMESE_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|kh?|l|m|nh?|ngh?|ph?|qu|r|s|t[hr]?|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
"""What a Vietnamese syllable is made of, without tones: "nguyen", but not "bronze"."""

_SYLLABLES = re.compile(r"[^\W\d_]+(?:[ \u00a0][^\W\d_]+)*")


def missing_facts(text: str, language: str, other: str, other_language: str) -> Iterator[MissingFact]:
    """What a text says that its version in another language does not."""
    own, theirs = _Facts(text, language), _Facts(other, other_language)
    for date in sorted(own.dates - theirs.dates):
        # Where no date is recognised, its day may still stand there as a number.
        if not (date[2] in theirs.days or any(their[1:] == date[1:] for their in theirs.dates)):
            yield MissingFact(FactKind.DATE, ".".join(str(it) for it in reversed(date) if it))
    for value, words in own.numbers.items():
        if value not in theirs.all_numbers:
            yield MissingFact(FactKind.NUMBER, words)
    if cldr.script(language) == cldr.script(other_language) == "Latn":
        there = f" {' '.join(_plain_words(other))} "
        for name in _names(text):
            plain = " ".join(_plain_words(name))
            if f" {plain} " not in there and f" {plain}s " not in there:  # the genitive of Germanic languages
                yield MissingFact(FactKind.NAME, name)


class _Facts:
    """What is looked at of a text."""

    def __init__(self, text: str, language: str) -> None:
        text = _in_plain_digits(text)
        self.dates: set[tuple[int, int, int]] = set()
        """Year (0 where none is said), month and day."""

        rest = self._without_dates(text, language)
        found = {_SEPARATORS.sub("", it[0]).lstrip("0") or "0": it[0] for it in _NUMBER.finditer(rest)}
        romans = {str(value): it[0] for it in _ROMAN.finditer(rest) if (value := _roman(it[0]))}
        found = {_common_year(value, language): words for value, words in found.items()}
        self.numbers = {
            value: words for value, words in {**found, **romans}.items() if len(value) > 2 or int(value) > SMALL
        }
        years = {str(year) for year, _, _ in self.dates if year}
        self.numbers.update((year, year) for year in years)
        self.days = {int(value) for value in found if len(value) <= 2 and 1 <= int(value) <= LATEST_DAY}
        self.all_numbers = {*self.numbers, *(str(day) for _, _, day in self.dates)}

    def _without_dates(self, text: str, language: str) -> str:
        """The text without the dates in it, which are noted."""
        for pattern, order in _date_patterns(language):
            text = pattern.sub(partial(self._note, order, language), text)
        return text

    def _note(self, order: str, language: str, found: re.Match[str]) -> str:
        parts = dict(zip(order, found.groups(), strict=True))
        month = parts["m"]
        number = int(month) if month.isdigit() else cldr.month_names(language)[month.casefold().rstrip(".")]
        day, year = int(parts["d"]), int(_common_year(parts.get("y") or "0", language))
        if not (1 <= number <= 12 and 1 <= day <= LATEST_DAY):
            return found[0]
        self.dates.add((year, number, day))
        return " "


def _common_year(value: str, language: str) -> str:
    """What a number probably means: in Thai texts years are counted from the death of the Buddha."""
    if language != "th" or len(value) != 4:
        return value
    return str(int(value) - BUDDHIST_ERA) if 2400 <= int(value) <= 2700 else value


@cache
def _date_patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """How dates are written in a language, each with the order of year, month and day."""
    names = [name for name in cldr.month_names(language) if not name[-1].isdigit()]
    patterns = [(_ISO, "ymd"), (_EAST_ASIAN, "ymd"), (_VIETNAMESE, "dmy"), (_SLASHED, "dmy")]
    if names:
        words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        after = rf"\b(\d{{1,2}}){_ENDINGS}\s+(?:de\s+|of\s+)?({words})\b\.?(?:,?\s+(?:de\s+|năm\s+)?(\d{{4}}))?"
        before = rf"\b({words})\.?\s+(\d{{1,2}}){_ENDINGS}\b(?:,?\s+(\d{{4}}))?"
        patterns = [
            (re.compile(after, re.IGNORECASE), "dmy"), (re.compile(before, re.IGNORECASE), "mdy"), *patterns,
        ]  # fmt: skip
    return tuple(patterns)


def _in_plain_digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(mark)) if mark.isdecimal() else mark for mark in text)


def _roman(letters: str) -> int:
    """The number that is written so; 0 if none is."""
    if not _WELL_FORMED_ROMAN.fullmatch(letters):
        return 0
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    return sum(-value if value < max(values[place + 1 :], default=0) else value for place, value in enumerate(values))


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", folded(text.casefold()))


def _is_part_of_a_name(syllable: str) -> bool:
    return syllable.istitle() and _VIETNAMESE_SYLLABLE.fullmatch(folded(syllable.casefold())) is not None


def _names(text: str) -> Iterator[str]:
    """Names of Vietnamese people: a surname, and two or three more syllables with large initials."""
    for run in _SYLLABLES.finditer(text):
        syllables = run[0].replace("\u00a0", " ").split(" ")
        place = 0
        while place < len(syllables):
            length = 0
            while place + length < len(syllables) and length < 4 and _is_part_of_a_name(syllables[place + length]):
                length += 1
            if length >= 3 and folded(syllables[place].casefold()) in SURNAMES:
                yield " ".join(syllables[place : place + length])
                place += length
            else:
                place += 1
