"""Receipts of imports: for each item, what became of each line or part, for people who wonder where one went."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from toasoan.files import write_text
from toasoan.ingest.draft import Draft
from toasoan.ingest.lines import Fate
from toasoan.ingest.stated_page import PartFate, excerpt

RECEIPTS_FOLDER = "site/import/receipts"
LONGEST_NAME = 200
"""Bytes of a receipt's name before its ending: file systems stop at 255."""

_PLAIN_NAME = re.compile(r"[^/\\\x00-\x1f:*?\"<>|#%]+\.[^/\\\x00-\x1f:*?\"<>|#%]+")


def receipt_path(source: str) -> str:
    """Where an item's receipt lies, relative to the portal's root."""
    stem = source.removesuffix(".txt") or source
    is_plain = _PLAIN_NAME.fullmatch(source) and source != f"{stem}.json"
    if not is_plain or len(stem.encode()) > LONGEST_NAME:
        mark = hashlib.sha256(source.encode(errors="surrogateescape")).hexdigest()[:12]
        stem = f"{re.sub(r'[^0-9A-Za-z._-]+', '-', stem)[:50].strip('.-')}-{mark}"
        if is_plain:
            stem = f"{source.removesuffix('.txt')[:50]}-{mark}"
    return f"{RECEIPTS_FOLDER}/{stem}.json"


def format_receipt(source: str, sha256: str, article: str, to_review: Sequence[str], draft: Draft) -> str:
    """A receipt as JSON, one line of it for each line of a raw file, or for each field and part of another source."""
    head: dict[str, object] = {"source": source, "sha256": sha256, "article": article, "to_review": list(to_review)}
    if draft.cleaned:
        head["cleaned"] = dict(draft.cleaned)
    if draft.fetched:
        head["media"] = dict(draft.fetched)
    opening = "".join(f"  {_json(key)}: {_json(value)},\n" for key, value in head.items())
    if draft.parts:
        fields = ",\n".join(f"    {_json(row)}" for row in _field_rows(draft))
        parts = ",\n".join(f"    {_json(_part(part))}" for part in draft.parts)
        return f'{{\n{opening}  "fields": [\n{fields}\n  ],\n  "parts": [\n{parts}\n  ]\n}}\n'
    rows = ",\n".join([f'    {{"line": {fate.number}, {_became(fate.fate, fate.reason)}}}' for fate in draft.fates])
    return f'{{\n{opening}  "lines": [\n{rows}\n  ]\n}}\n'


def write_receipt(root: Path, source: str, text: str) -> None:
    """Put a receipt into its place."""
    write_text(root / receipt_path(source), text)


def read_to_review(root: Path, source: str) -> tuple[str, ...]:
    """What an item's receipt asks a person to look at; nothing where there is no receipt."""
    try:
        sentences = json.loads((root / receipt_path(source)).read_bytes())["to_review"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(str(sentence) for sentence in sentences) if isinstance(sentences, list) else ()


def read_media(root: Path, source: str) -> Mapping[str, str]:
    """The photos that were fetched for an item earlier: names below the media folder, by their addresses."""
    try:
        media = json.loads((root / receipt_path(source)).read_bytes()).get("media", {})
    except (OSError, ValueError, AttributeError):
        return {}
    return {str(address): str(name) for address, name in media.items()} if isinstance(media, dict) else {}


def _field_rows(draft: Draft) -> list[dict[str, object]]:
    rows = []
    for name, field in draft.fields.items():
        row: dict[str, object] = {"field": name, "origin": str(field.origin)}
        if field.evidence:
            row["where"] = field.evidence
        if field.value is not None and name != "images":
            row["value"] = excerpt(str(field.value))
        rows.append(row)
    return rows


def _part(part: PartFate) -> dict[str, object]:
    row: dict[str, object] = {"part": part.part, "fate": str(part.fate), "text": part.text}
    return row | {"reason": part.reason} if part.reason else row


@lru_cache(maxsize=1_000)
def _became(fate: Fate, reason: str | None) -> str:
    """The end of a line's row: there are few different ones."""
    row = {"fate": str(fate), "reason": reason} if reason else {"fate": str(fate)}
    return _json(row)[1:-1]


_json = json.JSONEncoder(ensure_ascii=False).encode
