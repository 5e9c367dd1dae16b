"""The import of articles into a portal, from whatever sources a newsroom has.

Sources are found, read and drafted, which changes nothing and is shared among processes; then each draft is placed,
one after the other. `docs/explanation/how-an-import-works.md` tells the whole way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from toasoan.config import Config
from toasoan.diagnostics import Location, Report
from toasoan.fetching import host_of
from toasoan.ingest.attempts import Attempt, Drafting, Outcome
from toasoan.ingest.found_sources import find_sources
from toasoan.ingest.import_source import ImportSource
from toasoan.ingest.ledger import LEDGER_FILE, read_ledger, write_ledger
from toasoan.ingest.outcome_log import OutcomeLog
from toasoan.ingest.placing import Imported, Placing
from toasoan.ingest.raw_files import LARGEST
from toasoan.ingest.review import REVIEW_FILE, Review, read_review, write_review
from toasoan.ingest.reviewing import ReviewQueue, confirmed_stories, stories_to_write, write_stories
from toasoan.ingest.words import all_words
from toasoan.parallel import in_parallel

LEDGER_EVERY = 200
"""After so many items at least the ledger is written, so that a run that is cut short loses little."""

LEDGER_GROWS = 0.2
"""By this part at least a ledger grows before it is written again: a long one takes its time."""

CHUNK = 20
"""Sources that a worker takes at once: large drafts wait in memory for their turn."""

__all__ = ["Imported", "Outcome", "import_files"]


def import_files(
    root: Path,
    named: Sequence[Path | str],
    config: Config,
    report: Report,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
    jobs: int = 1,
    fetch_media: bool = False,
) -> OutcomeLog:
    """Import files, folders, archives and addresses into the portal below `root`; `dry_run` writes nothing.

    A text in `named` is an address and is fetched; nothing else is, but for photos where `fetch_media` asks for them.
    What can't be imported stands in the report. The outcomes are in the order of the sources' names.
    """
    log = OutcomeLog()
    ledger = read_ledger(root, report)
    if ledger is None:
        return log
    review = read_review(root, report)
    rows = dict(ledger)
    hosts = {host_of(one) for one in named if isinstance(one, str)}
    drafting = Drafting(root, config, all_words(), datetime.now(config.zone).date(), dict(rows), fetch_media)
    stories = confirmed_stories(review, root) if review else {}
    log.joined = stories_to_write(stories, rows, root, report)
    queue = None if review is None else ReviewQueue(review, root)
    placing = Placing(root, report, rows, dry_run, hosts if fetch_media else None, stories)
    if queue and dry_run:
        placing.plan = queue.planned
    for outcome in _placed(find_sources(root, named, report), drafting, placing, jobs, progress):
        log.add(outcome)
        if queue:
            queue.note(outcome)
    if queue:
        log.review, log.asked = queue.brought_up_to_date(rows, jobs)
        if not dry_run:
            _write_review(log.review, log.joined, placing)
    _save_ledger(placing)
    return log


def _placed(
    sources: Sequence[ImportSource],
    drafting: Drafting,
    placing: Placing,
    jobs: int,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Imported]:
    """What became of each item. Now and then the ledger is written."""
    seen: dict[str, str] = {}
    since = 0
    for number, (source, attempts) in enumerate(_attempted(sources, drafting, placing.report, jobs), 1):
        for attempt in attempts:
            if attempt.name in seen:
                yield _refused_twin(attempt, seen[attempt.name], placing.report)
                continue
            seen[attempt.name] = attempt.location.path
            yield placing.placed(attempt, source)
            since += 1
            if since >= max(LEDGER_EVERY, LEDGER_GROWS * len(placing.rows)):
                _save_ledger(placing)
                since = 0
        if progress:
            progress(number, len(sources))


def _write_review(review: Review, stories: Mapping[str, str], placing: Placing) -> None:
    try:
        write_stories(stories, placing.rows, placing.root)
        write_review(placing.root, review)
    except OSError as error:
        message = f"the queue of what to look at can't be written: {error.strerror}"
        placing.report.error("cannot-write", message, Location(REVIEW_FILE))


def _attempted(
    sources: Sequence[ImportSource], drafting: Drafting, report: Report, jobs: int
) -> Iterator[tuple[ImportSource, Iterator[Attempt]]]:
    """Every source with its attempts, in order. Large exports are read bit by bit, others by several processes."""
    for is_large, group in groupby(sources, key=lambda source: source.size > LARGEST):
        together = list(group)
        if is_large:
            for source in together:
                yield source, drafting.attempts(source, report)
        else:
            for source, attempted in zip(
                together, in_parallel(drafting.attempted, together, jobs, CHUNK), strict=True
            ):
                report.take_over(attempted.report)
                yield source, iter(attempted.attempts)


def _refused_twin(attempt: Attempt, other: str, report: Report) -> Imported:
    report.error(
        "source-twice",
        f"two sources are called {attempt.name!r}: the other one is {other}",
        attempt.location,
        "rename one of them: articles remember their sources by their names",
    )
    return Imported(attempt.name, None, Outcome.FAILED)


def _save_ledger(placing: Placing) -> None:
    if placing.dry_run:
        return
    try:
        write_ledger(placing.root, placing.rows)
    except OSError as error:
        placing.report.error("cannot-write", f"the ledger can't be written: {error.strerror}", Location(LEDGER_FILE))
