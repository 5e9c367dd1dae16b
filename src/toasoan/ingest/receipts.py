"""Receipts of imports: for each raw file, what became of each line, for people who wonder where one went."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from toasoan.files import write_text
from toasoan.ingest.lines import LineFate

RECEIPTS_FOLDER = "site/import/receipts"
LONGEST_NAME = 200
"""Bytes of a receipt's name before its ending: file systems stop at 255."""


def receipt_path(source: str) -> str:
    """Where a raw file's receipt lies, relative to the portal's root."""
    stem = source.removesuffix(".txt") or source
    if len(stem.encode()) > LONGEST_NAME:
        stem = f"{stem[:50]}-{hashlib.sha256(source.encode()).hexdigest()[:12]}"
    return f"{RECEIPTS_FOLDER}/{stem}.json"


def format_receipt(
    source: str, sha256: str, article: str, to_review: Sequence[str], fates: Sequence[LineFate]
) -> str:
    """A receipt as JSON, one line of it for each line of the raw file."""
    head = {"source": source, "sha256": sha256, "article": article, "to_review": list(to_review)}
    opening = "".join(f"  {_json(key)}: {_json(value)},\n" for key, value in head.items())
    rows = ",\n".join(f"    {_json(_row(fate))}" for fate in fates)
    return f'{{\n{opening}  "lines": [\n{rows}\n  ]\n}}\n'


def write_receipt(root: Path, source: str, text: str) -> None:
    """Put a receipt into its place."""
    write_text(root / receipt_path(source), text)


def read_to_review(root: Path, source: str) -> tuple[str, ...]:
    """What a raw file's receipt asks a person to look at; nothing where there is no receipt."""
    try:
        sentences = json.loads((root / receipt_path(source)).read_bytes())["to_review"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(str(sentence) for sentence in sentences) if isinstance(sentences, list) else ()


def _row(fate: LineFate) -> dict[str, object]:
    row: dict[str, object] = {"line": fate.number, "fate": str(fate.fate)}
    return row | {"reason": fate.reason} if fate.reason else row


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
