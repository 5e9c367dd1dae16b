"""What Unicode's CLDR knows of languages: names, directions, dates, numbers. The one door to Babel's data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from toasoan.model.language import Direction, Language

WORDS_KEPT = 10_000
"""Dates, months and numbers in words that each process keeps at most: pages that are made one after the other have
the same."""

_ZEROS = {"arabext": "\u06f0", "beng": "\u09e6", "deva": "\u0966", "mymr": "\u1040"}
"""The zeros of CLDR's numbering systems that are some language's own; the other digits follow them in Unicode."""

_ENDONYMS = {"id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}
"""Names by which people call their language where CLDR's is short for a column of them."""

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
    name = _ENDONYMS.get(tag) or locale.get_display_name() or tag
    direction: Direction = "rtl" if locale.text_direction == "rtl" else "ltr"
    return Language(tag, name[0].upper() + name[1:], direction)


@lru_cache(maxsize=WORDS_KEPT)
def long_date(day: date, tag: str) -> str:
    """A date in words, without the day of the week: "17 грудня 2025 р."."""
    return in_own_digits(format_date(day, "long", locale=_locale(tag)), tag)


def long_moment(instant: datetime, tag: str) -> str:
    """A date in words and the time of day with its zone: "17 грудня 2025 р., 09:36 (GMT+7)".

    Raises ValueError for an instant without a zone.
    """
    moment = str(_locale(tag).datetime_formats["medium"]).replace("'", "")
    return moment.format(f"{clock(instant, tag)} ({_offset(instant, tag)})", long_date(instant.date(), tag))


@cache
def month_names(tag: str) -> Mapping[str, int]:
    """The words for the months in a language, in small letters and in every form of CLDR, with their numbers."""
    found: dict[str, int] = {}
    for of_context in _locale(tag).months.values():
        for width in ("abbreviated", "wide"):
            found |= {name.casefold().rstrip("."): number for number, name in of_context[width].items()}
    return found


@lru_cache(maxsize=WORDS_KEPT)
def month_and_year(year: int, month: int, tag: str) -> str:
    """A month as it stands alone, in a heading or a list: "Грудень 2025 р."."""
    name = in_own_digits(format_skeleton("yMMMM", date(year, month, 1), locale=_locale(tag)), tag)
    return name[0].upper() + name[1:]


@lru_cache(maxsize=WORDS_KEPT)
def number(value: int, tag: str) -> str:
    """A whole number with the language's own digits and groups: "1 284"."""
    return in_own_digits(format_decimal(value, locale=_locale(tag), numbering_system="default"), tag)


def in_own_digits(text: str, tag: str) -> str:
    """A text with the digits that CLDR gives as a language's usual ones: those of Persian and Bengali are its own."""
    digits = _digits(tag)
    return text.translate(digits) if digits else text


@cache
def _digits(tag: str) -> dict[int, int]:
    zero = _ZEROS.get(_locale(tag).default_numbering_system)
    return {ord("0") + digit: ord(zero) + digit for digit in range(10)} if zero else {}


@cache
def separators(count: int, tag: str) -> tuple[str, ...]:
    """What stands after each of so many names in a row: ", ", " et " and nothing for three in French."""
    if count == 0:
        return ()
    return tuple(format_list(["\0"] * count, locale=_locale(tag)).split("\0")[1:])


def _offset(instant: datetime, tag: str) -> str:
    """ "GMT+7", "GMT-3:30": readers far away know it better than a zone's name."""
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError("an instant must have a time zone")
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    hours_and_minutes = f"{hours}:{rest:02}" if rest else str(hours)
    return f"GMT{sign}{in_own_digits(hours_and_minutes, tag)}" if minutes else "GMT"


def clock(instant: datetime, tag: str) -> str:
    """The time of day, written alike in all languages but for the digits: "09:36"."""
    return in_own_digits(f"{instant.hour:02}:{instant.minute:02}", tag)


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
