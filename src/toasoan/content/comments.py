"""Readers' comments in their files, `site/comments/<language>/<slug>.json`, read and written.

A file is a list of tables, one for each comment, by their numbers: `id`, `parent`, `author`, `date` and `text`.
`parent` and `author` may be missing. docs/reference/urls-and-files.md shows one.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toasoan.diagnostics import Location, Report
from toasoan.encoding import without_controls
from toasoan.model.article import ArticleId
from toasoan.model.comment import LONGEST_NAME, LONGEST_TEXT, Comment
from toasoan.source_text import source_text

ENDING = ".json"
FIELDS = ("id", "parent", "author", "date", "text")

_BLANK = re.compile(r"[ \t\n\r]*")
_LARGEST_NUMBER = 1 << 53
"""Beyond it programs that read JSON disagree about numbers."""


class _WrongCommentError(ValueError):
    """What is wrong with a comment, in words for people."""


def comments_file(id_: ArticleId, folder: str) -> str:
    """Where below `folder` the comments on an article lie."""
    return f"{folder}/{id_.language}/{id_.slug}{ENDING}"


def article_of_file(path: str, folder: str) -> ArticleId | None:
    """The article on which a file below `folder` has comments; None if its name is of another form."""
    language, _, name = path.removeprefix(f"{folder}/").partition("/")
    if not name.endswith(ENDING) or "/" in name:
        return None
    return ArticleId(language, unicodedata.normalize("NFC", name.removesuffix(ENDING)))


def read_comments(root: Path, path: str, report: Report) -> tuple[Comment, ...]:
    """The comments in the file at `path` below `root`, by their numbers; none if it is wrong or gone.

    What is wrong stands in the report.
    """
    try:
        data = (root / path).read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        report.error("unreadable-file", f"the file can't be read: {error.strerror}", Location(path))
        return ()
    return comments_of(data, path, report)


def comments_of(data: bytes, path: str, report: Report) -> tuple[Comment, ...]:
    """The comments in the bytes of a file; none if anything is wrong, which then stands in the report."""
    text = source_text(data, path, report)
    if text is None:
        return ()
    found: dict[int, Comment] = {}
    line = 1
    try:
        for begins, value in _elements(text):
            line = begins
            comment = _comment(value)
            if comment.id in found:
                raise _WrongCommentError(f"a second comment has the id {comment.id}")
            found[comment.id] = comment
    except json.JSONDecodeError as error:
        line, wrong = error.lineno, f"this is no JSON: {error.msg}"
    except (RecursionError, ValueError) as error:
        wrong = str(error) if isinstance(error, _WrongCommentError) else "this is no JSON that could be read"
    else:
        return tuple(found[number] for number in sorted(found))
    report.error(
        "broken-comments",
        f"the comments can't be read: {wrong}",
        Location(path, line),
        "remove the file and run `toasoan comments`, which writes it anew",
    )
    return ()


def _elements(text: str) -> Iterator[tuple[int, Any]]:
    """The elements of a list in JSON, each with the line on which it begins."""
    decoder = json.JSONDecoder()
    at, line, counted = _behind_blanks(text, 0), 1, 0
    if text[at : at + 1] != "[":
        raise json.JSONDecodeError("a list must stand here, beginning with [", text, at)
    at = _behind_blanks(text, at + 1)
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, at = decoder.raw_decode(text, at)
        yield line, value
        at = _behind_blanks(text, at)
        if text[at : at + 1] == ",":
            at = _behind_blanks(text, at + 1)
            if text[at : at + 1] == "]":
                raise json.JSONDecodeError("another comment must follow the comma", text, at)
        elif text[at : at + 1] != "]":
            raise json.JSONDecodeError("a comma or ] must stand here", text, at)
    at = _behind_blanks(text, at + 1)
    if at < len(text):
        raise json.JSONDecodeError("nothing may follow the list", text, at)


def _behind_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _comment(value: Any) -> Comment:
    if not isinstance(value, Mapping):
        raise _WrongCommentError("a comment must be a table, beginning with {")
    for key in value:
        if key not in FIELDS:
            raise _WrongCommentError(f"a comment has no field {str(key)[:40]!r}; it has {', '.join(FIELDS)}")
    text = text_of(_words(value, "text") or "")
    if not text:
        raise _WrongCommentError("a comment has no text")
    author = _words(value, "author")
    number = _number(value, "id")
    if number is None:
        raise _WrongCommentError("a comment has no id")
    return Comment(number, _number(value, "parent"), name_of(author), _moment(value.get("date")), text)


def _words(table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise _WrongCommentError(f"{key!r} must be a text")
    return value


def _number(table: Mapping[str, Any], key: str) -> int | None:
    value = table.get(key)
    if value is None:
        return None
    if type(value) is not int or not 0 < value < _LARGEST_NUMBER:
        raise _WrongCommentError(f"{key!r} must be a whole number above 0")
    return value


def _moment(value: Any) -> dt.datetime:
    """A moment, in UTC; years at the ends of the calendar have none in every zone."""
    try:
        moment = dt.datetime.fromisoformat(value)
        if moment.tzinfo is not None and 1 < moment.year < dt.MAXYEAR:
            return moment.astimezone(dt.UTC)
    except (TypeError, ValueError):
        pass
    raise _WrongCommentError("'date' must be a moment with its zone, as in \"2025-12-17T02:36:00+00:00\"")


def name_of(author: str | None) -> str | None:
    """A reader's name as it is kept: one line, not too long; None for nothing."""
    return " ".join(_sound(author or "").split())[:LONGEST_NAME].strip() or None


def text_of(text: str) -> str:
    """A comment's text as it is kept: without control characters, not too long."""
    return _sound(text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_TEXT].strip()


def _sound(text: str) -> str:
    """A text that can be written: JSON may hold halves of letters."""
    return without_controls(text.encode("utf-8", "replace").decode("utf-8"))


def format_comments(comments: Iterable[Comment]) -> str:
    """The text of a file: the same comments always give the same."""
    tables = [
        {key: value for key, value in asdict(it).items() if value is not None}
        | {"date": it.date.astimezone(dt.UTC).isoformat(timespec="seconds")}
        for it in sorted(comments, key=lambda it: it.id)
    ]
    return json.dumps(tables, ensure_ascii=False, indent=2) + "\n"
