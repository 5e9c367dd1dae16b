"""Dates in raw texts: which are believable, and which ones a text mentions.

A date that a text mentions is an event's. It may be suggested to a person; it is never taken for the day of
publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from toasoan.ingest.words import DateWords, alternatives

FIRST_YEAR = 1990
"""No page of the web is older."""

LONGEST_SEARCHED = 200_000
"""Characters of a text in which dates are looked for."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A place where a text names a date, or a part of one."""

    text: str
    start: int
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
    return tuple(_mentions(text[:LONGEST_SEARCHED], words))


def _mentions(text: str, words: DateWords) -> Iterator[DateMention]:
    end = 0
    found = [(m.start(), -m.end(), m) for pattern in _patterns(words) for m in pattern.finditer(text)]
    for start, _, match in sorted(found, key=lambda item: item[:2]):
        if start < end:
            continue  # a part of a longer date
        groups = match.groupdict()
        month = int(groups["number"]) if groups.get("number") else _month_number(groups["month"], words)
        if not 1 <= month <= 12:
            continue
        day, year = groups.get("day"), groups.get("year")
        yield DateMention(match[0], start, int(day) if day else None, month, int(year) if year else None)
        end = match.end()


@cache
def _patterns(words: DateWords) -> tuple[re.Pattern[str], ...]:
    names = alternatives(name for names in words.months for name in names)
    endings = f"(?:{alternatives(words.day_endings)})?" if words.day_endings else ""
    parts = {
        r"\{day\}": rf"(?P<day>\d{{1,2}}){endings}",
        r"\{month\}": f"(?P<month>{names})",
        r"\{number\}": r"(?P<number>\d{1,2})",
        r"\{year\}": r"(?P<year>(?:19|20)\d\d)",
    }
    patterns = []
    for form in (*words.full, *words.day_and_month, *words.month_and_year):
        pattern = re.escape(form)
        for placeholder, part in parts.items():
            pattern = pattern.replace(placeholder, part)
        patterns.append(re.compile(rf"(?<![\w/.-]){pattern}(?![\w/])", re.IGNORECASE))
    return tuple(patterns)


def _month_number(name: str, words: DateWords) -> int:
    folded = name.casefold()
    return next(n for n, names in enumerate(words.months, 1) if folded in (own.casefold() for own in names))


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
