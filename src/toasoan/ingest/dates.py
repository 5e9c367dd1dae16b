"""Dates in raw texts: which are believable, and which ones a text mentions.

A date that a text mentions is an event's. It may be suggested to a person; it is never taken for the day of
publication.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from toasoan.ingest.words import DateWords, alternatives

FIRST_YEAR = 1990
"""No page of the web is older."""

LONGEST_SEARCHED = 200_000
"""Characters of a text in which dates are looked for."""

BUDDHIST_ERA = 543
"""Years by which the Buddhist era of Thailand and Laos is ahead: CLDR's calendar "buddhist"."""

FIRST_BUDDHIST_YEAR = 2500
"""No text writes of a Gregorian year so late."""

ISO_8601 = "{year}-{number}-{day}"
"""A form that means the same in every language."""

_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
"""Arabic and Hebrew have them between the parts of a date."""

_ASCII_DIGITS = {
    code: str(unicodedata.digit(chr(code)))
    for code in range(0x80, 0x10000)
    if unicodedata.category(chr(code)) == "Nd"
}
"""Arabic, Bengali, Thai and other digits by the digit that they mean."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A place where a text names a date, or a part of one."""

    text: str
    start: int
    """Characters before it, direction marks not counted."""

    day: int | None
    month: int
    year: int | None

    @property
    def date(self) -> date | None:
        """The whole date; None where a part is missing or the calendar has no such day."""
        return day_of_calendar(self.year, self.month, self.day) if self.year and self.day else None


@dataclass(frozen=True, slots=True)
class SuggestedDate:
    """A day that a person may want to take over, and where the text has it."""

    day: date
    evidence: str


def day_of_calendar(year: int, month: int, day: int) -> date | None:
    """The date; None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_plausible(day: date, today: date) -> bool:
    """Whether an article can have been published then: not before the web, not after tomorrow."""
    return day.year >= FIRST_YEAR and day <= today + timedelta(days=1)


def event_date(paragraphs: Sequence[str], words: DateWords, today: date) -> SuggestedDate | None:
    """The day that an article tells of: the opening's first date, its year taken from elsewhere if need be.

    Where the opening has none, the only full date of the whole text.
    """
    if not paragraphs:
        return None
    everywhere = date_mentions("\n".join(paragraphs), words)
    opening = next((m for m in date_mentions(paragraphs[0], words) if m.day), None)
    suggested = _completed(opening, everywhere) if opening else _only_one(everywhere)
    return suggested if suggested and is_plausible(suggested.day, today) else None


def date_mentions(text: str, words: DateWords) -> tuple[DateMention, ...]:
    """Every date that a text names, in the order of the text; the fullest reading of each place."""
    return tuple(_mentions(text[:LONGEST_SEARCHED].translate(_DIRECTION_MARKS), words))


def _mentions(text: str, words: DateWords) -> Iterator[DateMention]:
    plain = text.translate(_ASCII_DIGITS)
    end = 0
    found = [
        (match.start(), -match.end(), match, in_either_order)
        for pattern, in_either_order in _patterns(words)
        for match in pattern.finditer(plain)
    ]
    for start, _, match, in_either_order in sorted(found, key=lambda item: item[:2]):
        if start < end:
            continue  # a part of a longer date
        mention = _mention(text, match, words, in_either_order)
        if mention:
            yield mention
            end = match.end()


def _mention(text: str, match: re.Match[str], words: DateWords, in_either_order: bool) -> DateMention | None:
    """What a match says; None where no month has this number, or where day and month may be each other's."""
    groups = match.groupdict()
    month = (
        int(groups["number"]) if groups.get("number") else _month_numbers(words)[_plain_name(groups["month"], words)]
    )
    day = int(groups["day"]) if groups.get("day") else None
    if in_either_order and day is not None and day != month:
        if day <= 12 and month <= 12:
            return None
        day, month = max(day, month), min(day, month)
    if not 1 <= month <= 12:
        return None
    year = int(groups["year"]) if groups.get("year") else None
    if year and year >= FIRST_BUDDHIST_YEAR:
        year -= BUDDHIST_ERA
    return DateMention(text[match.start() : match.end()], match.start(), day, month, year)


def _plain_name(name: str, words: DateWords) -> str:
    folded = name.casefold()
    return folded if folded in _month_numbers(words) else folded.removesuffix(".")


@cache
def _patterns(words: DateWords) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Each way to write a date, and whether its day and month stand in either order."""
    names = _either(words.months)
    any_names = rf"{names}|{_either(words.short_months)}\.?" if words.short_months else names
    beginnings = f"(?:{alternatives(words.day_beginnings)})?" if words.day_beginnings else ""
    endings = f"(?:{alternatives(words.day_endings)})?" if words.day_endings else ""
    years = r"(?:19|20|25)\d\d" if words.buddhist_years else r"(?:19|20)\d\d"
    parts = {
        r"\{day\}": rf"{beginnings}(?P<day>\d{{1,2}}){endings}",
        r"\{number\}": r"(?P<number>\d{1,2})",
        r"\{year\}": rf"(?P<year>{years})",
    }
    before, after = (r"(?<![\da-zA-Z/.-])", r"(?![\d/])") if words.glued else (r"(?<![\w/.-])", r"(?![\w/])")
    forms = [(form, False) for form in (*words.full, *words.day_and_month, *words.month_and_year, ISO_8601)]
    patterns = []
    for form, in_either_order in (*forms, *((form, True) for form in words.either_order)):
        is_full = "{day}" in form and "{year}" in form
        pattern = re.escape(form).replace(r"\{month\}", f"(?P<month>{any_names if is_full else names})")
        for placeholder, part in parts.items():
            pattern = pattern.replace(placeholder, part)
        patterns.append((re.compile(f"{before}{pattern}{after}", re.IGNORECASE), in_either_order))
    return tuple(patterns)


def _either(lists: Sequence[Sequence[str]]) -> str:
    return alternatives(name for names in lists for name in names)


@cache
def _month_numbers(words: DateWords) -> Mapping[str, int]:
    """The number of each month by its names in small letters."""
    return {
        name.casefold(): number
        for lists in (words.short_months, words.months)
        for number, names in enumerate(lists, 1)
        for name in names
    }


def _completed(opening: DateMention, everywhere: Sequence[DateMention]) -> SuggestedDate | None:
    if opening.date:
        return SuggestedDate(opening.date, f"«{opening.text}» in the opening")
    dated = [mention for mention in everywhere if mention.year]
    same_month = [mention for mention in dated if mention.month == opening.month]
    of_year = next((m for m in same_month if m.day), None) or next(iter(same_month), None)
    of_year = of_year or max(dated, key=lambda mention: mention.year or 0, default=None)
    if of_year is None or of_year.year is None or opening.day is None:
        return None
    day = day_of_calendar(of_year.year, opening.month, opening.day)
    evidence = f"«{opening.text}» in the opening, with the year of «{of_year.text}»"
    return SuggestedDate(day, evidence) if day else None


def _only_one(mentions: Sequence[DateMention]) -> SuggestedDate | None:
    full = {mention.date: mention for mention in reversed(mentions) if mention.date}
    if len(full) != 1:
        return None
    day, mention = next(iter(full.items()))
    return SuggestedDate(day, f"«{mention.text}», the only full date of the text")
