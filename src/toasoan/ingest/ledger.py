"""The ledger of imports: which item of which source became which article, and how both looked then.

By it import knows what changed, and what a person edited or removed: neither is ever overwritten or made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath

from toasoan.diagnostics import Location, Report
from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.files import write_text
from toasoan.portal_folders import CONTENT_FOLDER

LEDGER_FILE = "site/import/ledger.jsonl"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One item of a source and its article."""

    source: str
    """The item's name: the file's, or the file's with the item's id."""

    sha256: str
    """Of the file, or of the item's part of it."""

    article: str
    """Path relative to the portal's root."""

    article_sha256: str
    """Of the article as import wrote it."""

    id: str = ""
    """The source's own id of the article, if it is unique in the world; the same article may come in another file."""

    version: str = ""
    """Later versions sort behind earlier ones; empty where the source doesn't say."""


_FIELDS = tuple(one.name for one in fields(LedgerRow))

Ledger = Mapping[str, LedgerRow]
"""Rows by the items' names."""


def fingerprint(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_ledger(root: Path, report: Report) -> Ledger | None:
    """The ledger below `root`, empty where there is none; None if it is damaged, which then stands in the report."""
    try:
        text = decode_utf8((root / LEDGER_FILE).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, NotUtf8Error) as error:
        _tell_damage(report, 0, str(error))
        return None
    rows: dict[str, LedgerRow] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row = _row(line)
        if row is None or row.source in rows:
            _tell_damage(
                report, number, "this line is no row of a ledger, or it names a raw file for the second time"
            )
            return None
        rows[row.source] = row
    return rows


def write_ledger(root: Path, ledger: Ledger) -> None:
    """Write the rows, sorted by raw file, unless the file already says the same."""
    encoded = json.JSONEncoder(ensure_ascii=False).encode
    lines = [encoded(_table(ledger[source])) for source in sorted(ledger)]
    text = "".join(f"{line}\n" for line in lines)
    path = root / LEDGER_FILE
    if not path.exists() or path.read_bytes() != text.encode():
        write_text(path, text)


def _table(row: LedgerRow) -> dict[str, str]:
    """A row without what it doesn't say."""
    table = {name: getattr(row, name) for name in _FIELDS}
    return {key: value for key, value in table.items() if value or key not in ("id", "version")}


def _row(line: str) -> LedgerRow | None:
    try:
        table = json.loads(line)
        row = LedgerRow(**table)
    except (ValueError, TypeError, RecursionError):
        return None
    sound = all(isinstance(value, str) for value in table.values())
    return row if sound and _is_below_content(row.article) else None


def _is_below_content(path: str) -> bool:
    """Whether a path is one that import may write to: a ledger is a file like any other, and can be tampered with."""
    parts = PurePosixPath(path).parts
    below = path.startswith(f"{CONTENT_FOLDER}/") and ".." not in parts and len(parts) > 3
    return below and path.endswith(".md") and "\0" not in path


def _tell_damage(report: Report, line: int, message: str) -> None:
    report.error(
        "broken-ledger",
        f"the ledger of imports can't be read: {message}",
        Location(LEDGER_FILE, line),
        "restore the file from your version control; without it, import can't know which articles were edited",
    )
