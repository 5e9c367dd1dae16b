"""`toasoan import`: it carries the import out, and tells what became of each item."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from toasoan.config import read_config
from toasoan.diagnostics import Report
from toasoan.ingest.attempts import Outcome
from toasoan.ingest.import_report import cleaning_told, plan_of, queue_told, table_of
from toasoan.ingest.importing import import_files
from toasoan.ingest.outcome_log import OutcomeLog
from toasoan.ingest.placing import Imported
from toasoan.ingest.review import REVIEW_FILE
from toasoan.terminal import Terminal


class NoSuchSourceError(Exception):
    """The command line names a file or folder that isn't there."""


def import_sources(options: argparse.Namespace, terminal: Terminal, report: Report) -> None:
    """Carry out the command and tell its result; mistakes stand in the report.

    Raises NoSuchSourceError before anything is done.
    """
    for path in options.sources:
        if isinstance(path, Path) and not path.exists():
            raise NoSuchSourceError(f"there is no {path}")
    config = read_config(options.root, report)
    if config is None:
        terminal.tell(report)
        terminal.result({"articles": []}, report)
        return
    with terminal.progress() as progress:
        log = import_files(
            options.root,
            options.sources,
            config,
            report,
            dry_run=options.dry_run,
            progress=lambda done, total: progress("sources", done, total),
            jobs=options.jobs,
            fetch_media=options.fetch_media,
        )
    terminal.tell(report)
    terminal.result(
        {
            "articles": (_as_table(one) for one in log),
            "joined": dict(log.joined),
            "asked": [
                {"articles": list(one.articles), "confidence": one.confidence, "because": one.because}
                for one in log.asked
            ],
        },
        report,
    )
    for line in _told(log, options):
        terminal.say(line)


def _told(log: OutcomeLog, options: argparse.Namespace) -> Iterator[str]:
    """The result for people."""
    counts = ", ".join(f"{log.counts[outcome]} {outcome}" for outcome in Outcome if log.counts[outcome])
    yield f"{'would import' if options.dry_run else 'imported'}: {counts or 'nothing to import'}"
    if options.report:
        yield ""
        yield from table_of(log)
        yield from cleaning_told(log)
    for one in log:
        yield from _to_look_at(one)
    if options.dry_run:
        yield from plan_of(log)
    elif log.review and (log.review.open_articles or log.review.open_stories):
        yield ""
        yield f"{REVIEW_FILE}: {queue_told(log.review)}"


def _to_look_at(one: Imported) -> Iterator[str]:
    if one.to_review:
        yield ""
        yield f"{one.article or one.source}  (from {one.source})"
        yield from (f"  look at: {sentence}" for sentence in one.to_review)
    if one.difference:
        yield from (f"  {line}" for line in one.difference.split("\n"))


def _as_table(one: Imported) -> dict[str, object]:
    """An outcome for machines."""
    return {
        "source": one.source,
        "article": one.article,
        "outcome": str(one.outcome),
        "language": one.language,
        "title": one.title,
        "found": list(one.found),
        "derived": dict(one.derived),
        "missing": list(one.missing),
        "suggested": dict(one.suggested),
        "cleaned": dict(one.cleaned),
        "to_review": list(one.to_review),
        "difference": one.difference,
    }
