"""Isso's database, read and never written. The one door to it; a state of builds is no matter of this."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from toasoan.isso.kept_comment import kept_comment
from toasoan.model.comment import Comment

_APPROVED = """SELECT uri, comments.id, parent, created, author, text FROM comments
    JOIN threads ON threads.id = comments.tid WHERE mode = 1 ORDER BY comments.id"""
_WAITING = "SELECT count(*) FROM comments WHERE mode = 2"
_PATIENCE = 10
"""Seconds to wait for Isso to finish writing."""


class NoDatabaseError(Exception):
    """The file is no database of Isso's; says why."""


def approved_comments(file: Path) -> Mapping[str, tuple[Comment, ...]]:
    """All approved comments by the link of their page. Raises NoDatabaseError."""
    found: dict[str, list[Comment]] = {}
    for link, *kept in _rows(file, _APPROVED):
        comment = kept_comment(*kept)
        if comment is not None and isinstance(link, str):
            found.setdefault(link, []).append(comment)
    return {link: tuple(comments) for link, comments in found.items()}


def waiting_comments(file: Path) -> int:
    """How many comments wait for approval. Raises NoDatabaseError."""
    return int(_rows(file, _WAITING)[0][0])


def _rows(file: Path, query: str) -> list[Any]:
    try:
        address = f"{file.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            return connection.execute(query).fetchall()
    except sqlite3.Error as error:
        raise NoDatabaseError(str(error)) from None
