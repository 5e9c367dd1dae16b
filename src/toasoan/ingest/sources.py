"""Addresses of originals, and what they tell: the agency's host, a slug, an id that holds a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from toasoan.ingest.dates import day_of_calendar
from toasoan.ingest.words import DatedAddress, Words

LONGEST_ADDRESS = 2000
FEWEST_SLUG_WORDS = 3
"""A slug of fewer words ("tin-moi") is a column's, not an article's."""

_LINE = re.compile(r"(?P<word>[^:：៖]{1,40}?)\s?(?:[:：៖]\s?(?P<address>https?://\S+)?)?$", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z]{2,5}\d?$", re.IGNORECASE)
_ID = re.compile(
    r"-(?:[a-z]{1,8}\d{3,}|\d{5,}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,})$",  # a number, with letters or in hexadecimal
    re.IGNORECASE,
)
_MIXED_ID = re.compile(r"-(?=[^-]*\d)(?=[^-]*[A-Z])(?=[^-]*[a-z])[A-Za-z0-9]{6,}$")
"""A slug has small letters only, so that one part with capitals and digits is no word of it."""

_MOMENT = re.compile(r"(?<!\d)\d{0,3}(\d{2})(\d{2})(\d{2})([01]\d|2[0-3])[0-5]\d[0-5]\d\d{3}(?!\d)")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The line that names the original."""

    url: str | None
    """None where only the word survived."""


def source_line_of(text: str, words: Words) -> SourceLine | None:
    """What a line says about the original: "Source: https://…", or the bare word; None if it is another line."""
    found = _LINE.match(text) if len(text) <= LONGEST_ADDRESS + 50 else None
    if found is None or found["word"].strip().casefold() not in words.sources:
        return None
    if found["address"] is None:
        return SourceLine(None)
    return SourceLine(found["address"]) if is_address(found["address"]) else None


def is_address(url: str) -> bool:
    """Whether this is an address on the web that one can link to."""
    if len(url) > LONGEST_ADDRESS or any(character in '<>"\\^`{|}' or character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and (parts.port or 1) > 0
    except ValueError:
        return False


def slug_in_address(url: str) -> str | None:
    """The words at the end of an address, without its id and ending; None where there are too few."""
    last = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
    slug = _ENDING.sub("", last)
    while without_id := _ID.sub("", _MIXED_ID.sub("", slug)):
        if without_id == slug:
            break
        slug = without_id
    parts = slug.split("-")
    sound = re.fullmatch(r"[A-Za-z0-9-]+", slug) is not None
    return slug.lower() if sound and len([part for part in parts if part]) >= FEWEST_SLUG_WORDS else None


def reads_as_vietnamese(slug: str) -> bool:
    """Whether a slug's parts are Vietnamese syllables without their marks; English words mostly aren't."""
    words = [part for part in slug.split("-") if part and not part.isdigit()]
    syllables = sum(_SYLLABLE.fullmatch(word) is not None for word in words)
    return len(words) >= FEWEST_SLUG_WORDS and syllables >= 0.85 * len(words)


def day_in_address(url: str, schemes: Iterable[DatedAddress]) -> date | None:
    """The day in an article's id, where the agency's way of making ids is known."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for scheme in schemes:
        if any(host == own or host.endswith(f".{own}") for own in scheme.hosts):
            path = urlsplit(url).path
            found = re.search(rf"(?<!\d){re.escape(scheme.prefix)}(\d{{2}})(\d{{2}})(\d{{2}})\d{{9}}(?!\d)", path)
            return day_of_calendar(2000 + int(found[1]), int(found[2]), int(found[3])) if found else None
    return None


def day_that_an_id_resembles(url: str) -> date | None:
    """The day that an id seems to hold, on a host whose way is not known: to be suggested, not used."""
    found = _MOMENT.search(urlsplit(url).path)
    return day_of_calendar(2000 + int(found[1]), int(found[2]), int(found[3])) if found else None
