"""Dates as machines write them: ISO 8601 and RFC 5322. A zone that is given is kept, and none is made up."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?\d\d.{0,20})?")


def moment_of(text: str) -> dt.date | dt.datetime | None:
    """What a text of a feed, a meta element or an export means; None if it is no date of the calendar.

    A moment without a zone is given as it is, in no zone; one in a zone that nobody knows, as its day.
    """
    text = text.strip()
    if len(text) > 60:
        return None
    if _ISO.fullmatch(text):
        try:
            if len(text) in (8, 10):
                return dt.date.fromisoformat(text)
            return _written(dt.datetime.fromisoformat(re.sub(r" (?=[+-]\d\d:?\d\d$)|(?<=\d) (?=UTC|Z)", "", text)))
        except ValueError:
            return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None and not text.endswith("-0000"):
        return moment.date()
    return _written(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))


def _written(moment: dt.datetime) -> dt.datetime:
    """A moment as front matter can hold it: whole seconds, zones in whole minutes."""
    offset = moment.utcoffset()
    if offset is not None and offset.total_seconds() % 60:
        moment = moment.astimezone(dt.UTC)
    return moment.replace(microsecond=0)


def in_utc(text: str) -> dt.datetime | None:
    """A moment that is known to be in UTC, as WordPress writes it: "2025-12-17 02:36:00"; zeros mean none."""
    moment = moment_of(text)
    return moment.replace(tzinfo=dt.UTC) if isinstance(moment, dt.datetime) else None


def day_of(moment: dt.date | dt.datetime) -> dt.date:
    """The day of a day or a moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def sortable(moment: object) -> str:
    """A day or moment as a text by which versions of an article sort; empty for anything else."""
    if isinstance(moment, dt.datetime):
        try:
            moment = moment if moment.tzinfo is None else moment.astimezone(dt.UTC)
        except OverflowError:
            return ""
        return moment.strftime("%Y-%m-%dT%H:%M:%S")
    return moment.isoformat() if isinstance(moment, dt.date) else ""
