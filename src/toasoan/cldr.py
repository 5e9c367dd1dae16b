"""What Unicode's CLDR knows of languages: names, directions, dates, numbers. The one door to Babel's data."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from toasoan.model.language import Direction, Language

WORDS_KEPT = 10_000
"""Dates, months and numbers in words that each process keeps at most: pages that are made one after the other have
the same."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


@cache
def is_language(tag: str) -> bool:
    """Whether CLDR has a language of this BCP 47 tag, written in the usual case: "vi", "zh-Hant", "pt-BR"."""
    if not _TAG.fullmatch(tag):  # Babel would take "vi.x/../y" for Vietnamese
        return False
    try:
        _locale(tag)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def language(tag: str) -> Language:
    """The language of a tag, with its own name and direction. Raises ValueError for an unknown tag."""
    if not is_language(tag):
        raise ValueError(f"no language {tag!r} in CLDR")
    locale = _locale(tag)
    name = locale.get_display_name() or tag
    direction: Direction = "rtl" if locale.text_direction == "rtl" else "ltr"
    return Language(tag, name[0].upper() + name[1:], direction)


@lru_cache(maxsize=WORDS_KEPT)
def long_date(day: date, tag: str) -> str:
    """A date in words, without the day of the week: "17 грудня 2025 р."."""
    return format_date(day, "long", locale=_locale(tag))


def long_moment(instant: datetime, tag: str) -> str:
    """A date in words and the time of day with its zone: "17 грудня 2025 р., 09:36 (GMT+7)".

    Raises ValueError for an instant without a zone.
    """
    return f"{long_date(instant.date(), tag)}, {clock(instant)} ({_offset(instant)})"


@lru_cache(maxsize=WORDS_KEPT)
def month_and_year(year: int, month: int, tag: str) -> str:
    """A month as it stands alone, in a heading or a list: "Грудень 2025 р."."""
    name = format_skeleton("yMMMM", date(year, month, 1), locale=_locale(tag))
    return name[0].upper() + name[1:]


@lru_cache(maxsize=WORDS_KEPT)
def number(value: int, tag: str) -> str:
    """A whole number with the language's own digits and groups: "1 284"."""
    return format_decimal(value, locale=_locale(tag))


def _offset(instant: datetime) -> str:
    """ "GMT+7", "GMT-3:30": readers far away know it better than a zone's name."""
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError("an instant must have a time zone")
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"GMT{sign}{hours}:{rest:02}" if rest else f"GMT{sign}{hours}" if hours else "GMT"


def clock(instant: datetime) -> str:
    """The time of day, the same in all languages: "09:36"."""
    return f"{instant.hour:02}:{instant.minute:02}"


def script(tag: str) -> str:
    """ISO 15924 code of the script that a language is usually written in: "Latn", "Cyrl"."""
    return _likely(tag)[1]


def with_territory(tag: str) -> str:
    """A language with the country it is most at home in, as Open Graph wants it: "vi_VN"."""
    language_, _, territory = _likely(tag)
    return f"{language_}_{territory}"


@cache
def _likely(tag: str) -> tuple[str, str, str]:
    """Language, script and territory by CLDR's likely subtags."""
    locale = _locale(tag)
    known = get_global("likely_subtags")
    with_script = f"{locale.language}_{locale.script}"  # Chinese in traditional letters is at home elsewhere
    likely = (known.get(with_script) or known.get(locale.language) or f"{locale.language}_Latn_ZZ").split("_")
    return locale.language, locale.script or likely[1], locale.territory or likely[-1]
