"""What a reader wrote below an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LONGEST_NAME = 80
"""Characters of a reader's name that are kept."""

LONGEST_TEXT = 10_000
"""Characters of a comment that are kept."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that editors have approved: what readers see of it, and nothing else of who wrote it."""

    id: int
    """The comments server's own number for it, by which its address goes."""

    parent: int | None
    """The comment that it answers; None where it answers the article."""

    author: str | None
    """As readers called themselves; None if they gave no name."""

    date: datetime
    """When it was sent, with a zone."""

    text: str
    """Plain text: nothing in it is markup."""
