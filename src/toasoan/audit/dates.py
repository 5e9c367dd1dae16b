"""Dates as the formats of the web write them."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_W3C = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?")


def is_day_or_moment(text: str) -> bool:
    """Whether a text is a day, or a moment with its offset: https://www.w3.org/TR/NOTE-datetime."""
    return _W3C.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """Whether a text is a moment with its offset, by RFC 3339."""
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def is_mail_date(text: str) -> bool:
    """Whether a text is a date with its offset, by RFC 822."""
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False
