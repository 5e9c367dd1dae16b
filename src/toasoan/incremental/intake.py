"""Changed sources into the catalog, and with it what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from toasoan.catalog.beside import shown_beside
from toasoan.catalog.catalog import Catalog
from toasoan.catalog.likeness import Holders
from toasoan.catalog.postings import AllPostings, Postings
from toasoan.catalog.update import Shown, Update
from toasoan.diagnostics import Report
from toasoan.incremental.clock import note_scheduled
from toasoan.incremental.comments import look_at_comments, tell_lost_comments
from toasoan.incremental.order import Order
from toasoan.incremental.reading import (
    forget_articles,
    note_missing_media,
    read_articles_anew,
    read_pages_anew,
    tell_reading,
    to_read_again,
)
from toasoan.incremental.redirects import look_at_ledger
from toasoan.incremental.samples import learn_common_words
from toasoan.incremental.sources import (
    SourceChanges,
    digest_of,
    forget_source,
    note_folders,
    note_source,
)
from toasoan.parallel import LEAST, in_parallel
from toasoan.portal_folders import ADDRESS_LEDGER, CONTENT_FOLDER, MEDIA_FOLDER, PAGES_FOLDER
from toasoan.source_files import settled
from toasoan.state import State, path_of

MANY = 5
"""Where one in so many articles is to be related anew, it pays to have all postings in memory."""


def bring_up_to_date(catalog: Catalog, order: Order, is_first: bool, report: Report) -> None:
    """Sources into the catalog."""
    state, seen, stages = catalog.state, order.seen, order.stages
    changed = SourceChanges(frozenset(seen.files), frozenset()) if is_first else order.changed
    update = Update(catalog, is_first)
    with stages("reading"):
        forget_articles(update, changed)
        note_missing_media(state, changed)
        common, relearned = learn_common_words(state, order.root, catalog.config, seen.files, changed)
        paths = to_read_again(state, changed, seen, order.now)
        if relearned:
            # Articles of these languages are described in other words than before.
            folders = tuple(f"{CONTENT_FOLDER}/{language}/" for language in relearned)
            paths |= {path for path in seen.files if path.startswith(folders)}
            paths |= _described_apart(state, relearned)
        read_articles_anew(
            sorted(paths), order.root, catalog.config, seen, update, order.now, common, order.jobs,
            lambda done, total: order.progress("articles", done, total),
        )  # fmt: skip
        strays = any(file.path.startswith(f"{PAGES_FOLDER}/") for file in seen.strays)
        if is_first or changed.within(PAGES_FOLDER) or strays:
            read_pages_anew(catalog, order.root, seen, changed, report)
        look_at_comments(state, order.root, seen, changed)
        look_at_ledger(state, order.root, seen, changed)
        _note_other_sources(state, order, changed)
        note_folders(state, seen)
    with stages("lists and related articles"):
        update.settle(lambda numbers: _shown_beside(catalog, numbers, order.jobs))
    tell_reading(state, seen, report)
    tell_lost_comments(state, seen, report)
    state.note("strays", [file.path for file in seen.strays])
    note_scheduled(state, order.now)


def _described_apart(state: State, languages: Collection[str]) -> set[str]:
    """Articles in these languages that lie in other folders."""
    return {
        path_of(path)
        for language in languages
        for path in state.rows("SELECT path FROM article WHERE language = ?", language)
    }


def _note_other_sources(state: State, order: Order, changed: SourceChanges) -> None:
    # Media are noted when they are looked at or copied: what is known already is not.
    folders = (CONTENT_FOLDER, PAGES_FOLDER, MEDIA_FOLDER, order.seen.comments_folder)
    noted_elsewhere = (*(f"{folder}/" for folder in folders), ADDRESS_LEDGER)
    for path in changed.changed:
        if not path.startswith(noted_elsewhere):
            stamp = settled(order.seen.files[path], order.seen.taken_ns)
            note_source(state, path, stamp, digest_of(order.root, path))
    for path in changed.gone:
        if not path.startswith(noted_elsewhere):
            forget_source(state, path)


def _shown_beside(catalog: Catalog, numbers: Sequence[int], jobs: int) -> Iterable[Shown]:
    if jobs > 1 and len(numbers) >= LEAST:
        catalog.state.save()  # forks read what is in the file
    articles = catalog.state.row("SELECT count(*) FROM article")
    holders: Holders = AllPostings(catalog.state) if MANY * len(numbers) > articles else Postings(catalog.state)
    return in_parallel(lambda number: shown_beside(number, catalog, holders), numbers, jobs)
