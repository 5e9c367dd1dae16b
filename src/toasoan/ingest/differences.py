"""What a person would have to look at where an article was edited and its source changed as well."""

from __future__ import annotations

import difflib

MOST_LINES = 120
LONGEST_LINE = 400
LARGEST = 400_000
"""Bytes of a text that is compared: the comparison takes time that grows faster than the text."""


def differences(mine: bytes, theirs: bytes) -> str:
    """A unified diff from the person's article to what import would write now, cut where it gets long.

    Fingerprints of the source are left out, for they tell a person nothing.
    """
    if max(len(mine), len(theirs)) > LARGEST:
        return "the texts are too long to be compared here"
    before, after = (
        [line for line in data.decode("utf-8", "replace").split("\n") if not line.startswith("sha256 = ")]
        for data in (mine, theirs)
    )
    lines = list(
        difflib.unified_diff(
            before, after, "the article as a person edited it", "as its source is now", n=1, lineterm=""
        )
    )
    shown = [line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        shown.append(f"… and {len(lines) - MOST_LINES} more lines")
    return "\n".join(shown)
