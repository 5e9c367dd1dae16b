"""What the files of a portal say of themselves, each looked at alone: nothing of it depends on any other file.

So it is known for ever of a file that does not change, and a check looks at the others only. Where links lead, and
what is wrong between files, is found out anew each time from this.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Any

from toasoan.audit.findings import Fault

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page."""

    language: str
    is_indexed: bool
    """Whether search engines may list it."""

    alternates: Pairs
    """The languages that it names, each with the absolute address of that version, by language; x-default too."""

    read: tuple[str, ...]
    """Links that readers may follow."""

    unvouched: tuple[str, ...]
    """Those of them for which the portal does not vouch: its share links, and what readers write."""

    loaded: tuple[str, ...]
    """Links to what comes with the page at once: style sheets, scripts, fonts."""

    shown: tuple[str, ...]
    """Links to all else that browsers load."""

    named: tuple[str, ...]
    """Absolute addresses in its structured data."""

    ids: tuple[str, ...]
    """Parts of it to which links can lead."""

    size: int
    """Bytes of it as it travels, or somewhat more."""

    modified: str | None
    """When its article last changed, as its structured data has it."""

    published: str | None
    original: str | None
    """The absolute address of the article that it translates."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or a list of feeds."""

    links: tuple[str, ...]
    """Absolute ones, to pages and files."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap, or the index of all of them."""

    is_index: bool
    is_news: bool
    entries: tuple[tuple[str, Pairs], ...]
    """Absolute addresses of pages, or of sitemaps; each with its language versions, as a page has them."""

    pictures: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an article."""

    faults: tuple[Fault, ...]


Facts = Page | Feed | Sitemap | Text

_KINDS: dict[str, Callable[..., Facts]] = {kind.__name__: kind for kind in (Page, Feed, Sitemap, Text)}


def written(facts: Facts) -> str:
    """Facts as a line of JSON."""
    values = [getattr(facts, name) for name in facts.__slots__]
    return json.dumps([type(facts).__name__, *values], ensure_ascii=False, separators=(",", ":"), default=astuple)


def read(line: str) -> Facts:
    """The facts of a line. Raises ValueError, TypeError or KeyError if it is none."""
    kind, *values, faults = json.loads(line)
    return _KINDS[kind](*map(_as_tuple, values), tuple(map(Fault.of_values, faults)))


def _as_tuple(value: Any) -> Any:
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value
