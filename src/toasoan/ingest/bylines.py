"""The line below a headline: who published, and when.

Portal pages print the agency twice and glue the date to it ("Báo Chính PhủBáo Chính Phủ17/12/2025"); some put a
bullet between them. Text that merely ends in a date is no byline: a wrong agency would be worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time

from toasoan.ingest.dates import day_of_calendar

LONGEST = 160
"""Characters: an agency's name twice, and a date."""

LONGEST_NAME = 60
LONGEST_HEAD = 500
"""Of a line that has the title, and the byline glued to it."""

_END = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ ,|-]{1,3}(\d{1,2}):(\d{2}))?$")
_WITHIN = re.compile(r"\d{1,2}/\d{1,2}/\d{4} (?=\S)")
_BULLETS = "•·|・‧∙●▪"
_TWICE = re.compile(rf"(.{{2,}}?)[\s{_BULLETS},–-]*\1")
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
_WITHOUT_SPACES = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER"})
"""Scripts in which a date stands right beside a word in any sentence."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says."""

    publisher: str | None
    """None where it has only a date."""

    published: date | datetime | None
    """None where the calendar has no such day."""

    text: str

    before: str = ""
    """What stands on the same line before it: the title, where a whole page is on few lines."""


def byline_of(text: str) -> Byline | None:
    """What a line says if it is a byline; None if it isn't one. Digits and names may be of any script."""
    plain = text.translate(_DIRECTION_MARKS).rstrip()
    end = _END.search(plain) if len(plain) <= LONGEST_HEAD else None
    if end is None:
        return None
    if (end[2] == "/" and end.start()) and (glued := _glued_to_title(plain[: end.start()])):
        return Byline(glued[1], _published(end), text, before=glued[0])
    if len(plain) > LONGEST:
        return None
    before = plain[: end.start()]
    name = before.strip(f" {_BULLETS},-–")
    if not name:
        return Byline(None, _published(end), text)
    twice = _TWICE.fullmatch(name)
    has_bullet = before.rstrip()[-1] in _BULLETS
    if twice or has_bullet or (end[2] == "/" and _is_glued(before[-1])):
        return Byline(twice[1].strip() if twice else name, _published(end), text)
    return None


def byline_within(text: str) -> tuple[Byline, str] | None:
    """A byline in the middle of a line, with the title before it, and the text behind it; None where there is none.

    So it is where a whole page stands on one line. Only an agency said twice and a date glued to it are believed.
    """
    found = _WITHIN.search(text, 0, LONGEST_HEAD)
    byline = byline_of(text[: found.end()]) if found else None
    return (byline, text[found.end() :]) if found and byline and byline.before else None


def _glued_to_title(text: str) -> tuple[str, str] | None:
    """A title and the agency whose name stands twice behind it; None if the line is another one."""
    if not _is_glued(text[-1]) or _TWICE.fullmatch(text.strip(f" {_BULLETS},-–")):
        return None
    for start in (match.end() for match in re.finditer(r"\s", text)):
        twice = _TWICE.fullmatch(text, start)
        if twice and twice[1][0].isupper() and 2 < len(twice[1]) <= LONGEST_NAME:
            return text[:start].strip(), twice[1].strip()
    return None


def _is_glued(last: str) -> bool:
    """Whether the letter before a date shows that a name was glued to it."""
    is_letter = last.isalpha() or unicodedata.category(last).startswith("M")
    return is_letter and unicodedata.name(last, "").split(" ", 1)[0] not in _WITHOUT_SPACES


def _published(end: re.Match[str]) -> date | datetime | None:
    day = day_of_calendar(int(end[4]), int(end[3]), int(end[1]))
    if day is None or end[5] is None:
        return day
    hour, minute = int(end[5]), int(end[6])
    return datetime.combine(day, time(hour, minute)) if hour < 24 and minute < 60 else day
