"""Addresses that people write: taken apart without ever failing."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult:
    """The parts of an address; all of them are empty where it can't be one, as in "https://[x"."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")
