"""A comment as Isso keeps it into one as the portal's files have it."""

from __future__ import annotations

import datetime as dt

from toasoan.content.comments import name_of, text_of
from toasoan.model.comment import Comment

_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""Isso writes these letters of names so, and the last one first."""


def kept_comment(number: object, parent: object, created: object, author: object, text: object) -> Comment | None:
    """What readers are to see of a comment; None if there is nothing, or if it is not what Isso keeps."""
    if not isinstance(number, int) or not isinstance(created, int | float) or not isinstance(text, str):
        return None
    try:
        date = dt.datetime.fromtimestamp(int(created), dt.UTC)
    except (OverflowError, OSError, ValueError):
        return None
    words = text_of(text)
    if not words:
        return None
    return Comment(number, parent if isinstance(parent, int) else None, _name(author), date, words)


def _name(author: object) -> str | None:
    if not isinstance(author, str):
        return None
    for escaped, letter in _ESCAPED:
        author = author.replace(escaped, letter)
    return name_of(author)
