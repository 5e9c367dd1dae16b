"""The line below a headline: who published, and when.

Portal pages print the agency twice and glue the date to it ("Báo Chính PhủBáo Chính Phủ17/12/2025"); some put a
bullet between them. Text that merely ends in a date is no byline: a wrong agency would be worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from toasoan.ingest.dates import day_of_calendar

LONGEST = 160
"""Characters: an agency's name twice, and a date."""

_END = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ ,|-]{1,3}(\d{1,2}):(\d{2}))?$")
_SEPARATORS = "•·|"


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says."""

    publisher: str | None
    """None where it has only a date."""

    published: date | datetime | None
    """None where the calendar has no such day."""

    text: str


def byline_of(text: str) -> Byline | None:
    """What a line says if it is a byline; None if it isn't one."""
    end = _END.search(text) if len(text) <= LONGEST else None
    if end is None:
        return None
    before = text[: end.start()]
    name = before.strip(f" {_SEPARATORS},-–")
    if not name:
        return Byline(None, _published(end), text)
    once = _said_once(name)
    glued = before[-1].isalpha() or before.rstrip()[-1] in _SEPARATORS
    return Byline(once, _published(end), text) if once != name or glued else None


def _said_once(name: str) -> str:
    """ "Công LuậnCông Luận" is one name; so is "Công Luận Công Luận"."""
    half = len(name) // 2
    first, second = name[:half].strip(), name[half:].strip()
    return first if first and first == second else name


def _published(end: re.Match[str]) -> date | datetime | None:
    day = day_of_calendar(int(end[3]), int(end[2]), int(end[1]))
    if day is None or end[4] is None:
        return day
    hour, minute = int(end[4]), int(end[5])
    return datetime.combine(day, time(hour, minute)) if hour < 24 and minute < 60 else day
