"""An item: one article of a source, before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from toasoan.diagnostics import Location
from toasoan.ingest.stated_page import StatedPage


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a source."""

    name: str
    """What the ledger knows it by."""

    location: Location
    sha256: str
    """Of the file, or of the item's part of it."""

    content: str | StatedPage
    """The text of a raw page, or what a structured source states."""

    id: str = ""
    """A name that is unique in the world, where the source gives one."""

    version: str = ""
    """Later versions sort behind earlier ones; empty where the source doesn't say."""


def unique_id(text: str) -> str:
    """A source's id if no other source can have the same: an address, a URN or a tag URI; else nothing."""
    text = text.strip()
    if text.startswith(("urn:", "tag:")) and len(text) > 8:
        return text
    try:
        return text if urlsplit(text).scheme in ("http", "https") and urlsplit(text).hostname else ""
    except ValueError:
        return ""
