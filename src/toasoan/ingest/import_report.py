"""What `toasoan import` prints: a table with one row for each article, the cleaning, and the plan of a dry run."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from toasoan.ingest.outcome_log import OutcomeLog
from toasoan.ingest.placing import Imported
from toasoan.ingest.review import Review

WIDEST = 48
"""Columns of a cell; what is longer is cut in the middle, for names differ at both ends."""

HEADINGS = ("article", "outcome", "language", "found", "derived", "missing", "to look at")


def table_of(imported: Iterable[Imported]) -> Iterator[str]:
    """The lines of the table; counts stand for fields, and the missing ones are named below it."""
    widths = [_width(heading) for heading in HEADINGS]
    often: Counter[str] = Counter()
    for one in imported:
        widths = [max(width, _width(cell)) for width, cell in zip(widths, _cells(one), strict=True)]
        often.update(one.missing)
    yield _row(HEADINGS, widths)
    yield "  ".join("-" * width for width in widths)
    for one in imported:
        yield _row(_cells(one), widths)
    if often:
        yield ""
        yield f"missing: {_named(often)}"


def cleaning_told(imported: Iterable[Imported]) -> Iterator[str]:
    """Which steps of the cleaning mended how many lines and texts; nothing where all were clean."""
    mended: Counter[str] = Counter()
    for one in imported:
        mended.update(one.cleaned)
    if mended:
        yield f"cleaned: {_named(mended)}"


def plan_of(log: OutcomeLog) -> Iterator[str]:
    """What a dry run found of stories: what answers would join, and what people would be asked."""
    for path, key in log.joined.items():
        yield ""
        yield f"{path}"
        yield f"  would become a version of the story {key!r}: a person said so"
    for one in log.asked:
        yield ""
        yield " and ".join(one.articles)
        yield f"  would be asked: are they one story? {one.confidence}: {one.because}"
    if log.review and (log.review.open_articles or log.review.open_stories):
        yield ""
        yield f"the queue would have {queue_told(log.review)}"


def queue_told(review: Review) -> str:
    """How much waits for a person."""
    return f"{review.open_articles} to look at, {review.open_stories} that may be one story with another"


def _named(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _row(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(_padded(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


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
