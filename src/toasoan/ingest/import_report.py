"""The table that `toasoan import --report` prints: one row for each article."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from toasoan.ingest.placing import Imported

WIDEST = 48
"""Columns of a cell; what is longer is cut in the middle, for names differ at both ends."""

HEADINGS = ("article", "outcome", "language", "found", "derived", "missing", "to look at")


def table_of(imported: Sequence[Imported]) -> Iterator[str]:
    """The lines of the table; counts stand for fields, and the missing ones are named below it."""
    rows = [HEADINGS, *(_cells(one) for one in imported)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for number, row in enumerate(rows):
        yield "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)
    often: dict[str, int] = {}
    for name in (name for one in imported for name in one.missing):
        often[name] = often.get(name, 0) + 1
    if often:
        named = ", ".join(f"{name} {count}" for name, count in sorted(often.items(), key=lambda item: -item[1]))
        yield ""
        yield f"missing: {named}"


def _cells(one: Imported) -> tuple[str, ...]:
    counts = (len(one.found), len(one.derived), len(one.missing), len(one.to_review))
    name = (one.article or one.source).removeprefix("site/content/")
    return (_cut(name), str(one.outcome), one.language or "", *(str(count) if count else "" for count in counts))


def _cut(text: str) -> str:
    text = "".join(character if character.isprintable() else "?" for character in text)
    return text if len(text) <= WIDEST else f"{text[: WIDEST // 2 - 1]}…{text[-WIDEST // 2 :]}"


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, marks on letters none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
