"""Addresses that people write: taken apart without ever failing."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0?#%\"'<>\\^`{|}*:;$]")
LONGEST_PATH = 1_000
"""Characters of a path that somebody gave."""


def parts_of(address: str) -> SplitResult:
    """The parts of an address; all of them are empty where it can't be one, as in "https://[x"."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def path_fault(path: str) -> str | None:
    """Why a text can't be the path of an address on every host; None if it can."""
    if not path.startswith("/"):
        return "does not begin with a slash"
    if found := _FORBIDDEN.search(path):
        return f"has {found[0]!r}, which hosts understand in different ways"
    parts = path[1:].removesuffix("/").split("/")
    if "" in parts or {".", ".."} & set(parts):
        return "is the front page" if path == "/" else "is no path"
    return f"is longer than {LONGEST_PATH} characters" if len(path) > LONGEST_PATH else None
