"""Changed files into the catalog and the state."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toasoan.catalog.catalog import Catalog
from toasoan.catalog.record import article_of, moment_of
from toasoan.catalog.signature import Signature, signature
from toasoan.catalog.update import AT_ONCE, Update
from toasoan.checks.texts import check_text
from toasoan.config import Config
from toasoan.content.articles import Manuscript, read_article, tell_left_out, tell_strays
from toasoan.content.markdown import render_body
from toasoan.content.static_pages import read_static_pages
from toasoan.diagnostics import Report
from toasoan.incremental.photo_files import PhotoFiles, SeenPhoto, note_photos
from toasoan.incremental.samples import CommonWords
from toasoan.incremental.search_index import entry_of
from toasoan.incremental.sources import (
    Snapshot,
    SourceChanges,
    diagnostics_of,
    forget_source,
    note_source,
)
from toasoan.model.article import Article, PublicationDate, Status
from toasoan.parallel import in_parallel
from toasoan.pictures import drawings
from toasoan.portal_folders import CONTENT_FOLDER, MEDIA_FOLDER, PAGES_FOLDER
from toasoan.source_files import content_digest, settled
from toasoan.state import State, path_of, stored_path
from toasoan.targets import Target, due

Step = Callable[[int, int], None]
"""Told how many things are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a worker sends back of a file."""

    path: str
    digest: bytes | None
    report: Report
    left_out: str | None
    article: Article | None
    """None if nobody is to see it, or not yet; its versions tell of one that was withdrawn."""

    due_at: int | None
    """The moment, in microseconds before 1970, at which readers are to see it; None if it is not a matter of time."""

    signature: Signature = ()
    """What the article is described by."""

    entry: bytes | None = None
    """What readers find the article by; None where nobody searches."""

    photos: tuple[SeenPhoto, ...] = ()
    """Files of photographs that were looked at for it."""


def read_articles_anew(
    paths: Sequence[str], root: Path, config: Config, snapshot: Snapshot, update: Update, now: datetime,
    common: CommonWords, jobs: int, step: Step,
) -> None:  # fmt: skip
    """Read the articles at `paths`, and take in those that readers are to see at the moment `now`."""
    state = update.state
    files = PhotoFiles(root, state, snapshot.taken_ns)
    readings = in_parallel(lambda path: _read(root, path, config, now, common, files), paths, jobs)
    for done, it in enumerate(readings, start=1):
        stamp = settled(snapshot.files[it.path], snapshot.taken_ns)
        note_source(state, it.path, stamp, it.digest, it.report, it.left_out, it.due_at)
        note_photos(state, it.photos)
        if it.article is None:
            update.drop(it.path)
        elif it.article.status is Status.WITHDRAWN:
            update.withdraw(it.article)
        else:
            update.put(it.article, it.digest or b"", it.signature, it.entry)
        if update.is_first and done % AT_ONCE == 0:
            update.flush()
            state.save()
        step(done, len(paths))


def _read(root: Path, path: str, config: Config, now: datetime, common: CommonWords, files: PhotoFiles) -> _Reading:
    read = read_article(root, path, config, now, files)
    article, digest = read.article, content_digest(read.data) if read.data else None
    if article is None or article.status is not Status.PUBLISHED:
        withdrawn = article if article and article.status is Status.WITHDRAWN else None
        return _Reading(path, digest, read.report, read.left_out, withdrawn, None)
    if article.expires is not None and article.expires.instant <= now:
        return _Reading(path, digest, read.report, None, None, None)
    if article.published is not None and article.published.instant > now:
        # What is wrong with it is told today and not on the day when it would appear.
        manuscript = Manuscript(read.markdown, read.first_line)
        body = render_body(read.markdown, article.language)
        check_text(path, manuscript, body, article.language, article, read.report)
        return _Reading(path, digest, read.report, None, None, moment_of(article.published))
    described = signature(
        article.title, article.summary, article.tags, article.language, read.markdown, common[article.language]
    )
    entry = entry_of(article, read.markdown, config) if config.settings.pages.search else None
    ends = moment_of(article.expires) if article.expires else None
    return _Reading(path, digest, read.report, None, article, ends, described, entry, files.taken())


def to_read_again(state: State, changes: SourceChanges, snapshot: Snapshot, now: datetime) -> set[str]:
    """The articles to be read, because they changed, had mistakes, or because of what changed around them."""
    wanted = set(changes.within(CONTENT_FOLDER).changed)
    moment = moment_of_now(now)
    for query, values in (
        # What was wrong may have become right by a photo that was put into its place.
        ("""SELECT path FROM source WHERE diagnostics LIKE '%["error",%'""", ()),
        ("SELECT path FROM source WHERE due_at >= ?", (moment,)),
        *(
            [("SELECT path FROM article WHERE moment < ?", (moment,)), (_WITHOUT_ARTICLE, ())]
            if now.timestamp() < (state.fact("now") or 0.0)
            else []
        ),
    ):
        wanted.update(path_of(path) for path in state.rows(query, *values))
    if snapshot.folders:
        wanted.update(_with_unknown_media(state))
    media = changes.within(MEDIA_FOLDER)
    for path in media.changed | media.gone:
        # What an article says of its photos comes from their files.
        wanted.update(
            path_of(path)
            for path in state.rows(
                "SELECT article.path FROM need JOIN article ON key = number"
                " WHERE kind = 'article' AND what <> 'cover' AND origin = ?",
                path.removeprefix(f"{MEDIA_FOLDER}/"),
            )
        )
    return {path for path in wanted if path in snapshot.files and path.startswith(f"{CONTENT_FOLDER}/")}


def _with_unknown_media(state: State) -> Iterator[str]:
    """Articles that no build has come to yet: nobody has noted which files they need, and some may be gone since.

    Where a process was told of all changes since it looked last, it knows of these too.
    """
    for path, record in state.rows(_UNMADE):
        article = article_of(record, 0, "")
        if article.videos or any(drawings(article.photos)) or any(photo.file for photo in article.photos):
            yield path_of(path)


_WITHOUT_ARTICLE = "SELECT path FROM source WHERE NOT EXISTS (SELECT 1 FROM article WHERE article.path = source.path)"
"""Some of these may have expired."""

_UNMADE = """SELECT path, record FROM due JOIN article ON number = CAST(due.key AS INTEGER)
    WHERE kind = 'article' AND NOT EXISTS (SELECT 1 FROM need WHERE need.kind = 'article' AND need.key = due.key)"""


def note_missing_media(state: State, changes: SourceChanges) -> None:
    """Texts that lead to a file that is gone are to be looked at again."""
    for path in changes.within(MEDIA_FOLDER).gone:
        state.run(
            "INSERT OR IGNORE INTO due"
            " SELECT kind, key, ?1 || ' is gone' FROM need WHERE origin = ?2 AND what <> 'cover'",
            path, path.removeprefix(f"{MEDIA_FOLDER}/"),
        )  # fmt: skip


def moment_of_now(now: datetime) -> int:
    """A moment as the catalog has it."""
    return moment_of(PublicationDate(now, has_time=True))


def forget_articles(update: Update, changes: SourceChanges) -> None:
    """Take out articles whose files are gone."""
    for path in changes.within(CONTENT_FOLDER).gone:
        update.drop(path)
        forget_source(update.state, path)


def read_pages_anew(catalog: Catalog, root: Path, snapshot: Snapshot, changes: SourceChanges, report: Report) -> None:
    """Read all static pages: there are few."""
    state = catalog.state
    before = {(page.language, page.slug) for page in catalog.static_pages()}
    state.run("DELETE FROM static_page")
    found = read_static_pages(root, catalog.config, report)
    for page in found:
        row = (
            stored_path(page.path),
            page.language,
            page.slug,
            page.title,
            page.description,
            json.dumps(page.aliases),
        )
        state.run("INSERT INTO static_page VALUES (?, ?, ?, ?, ?, ?)", *row)
    for path in snapshot.files:
        if path.startswith(f"{PAGES_FOLDER}/"):
            data = (root / path).read_bytes() if (root / path).is_file() else b""
            note_source(state, path, settled(snapshot.files[path], snapshot.taken_ns), content_digest(data))
    for path in changes.within(PAGES_FOLDER).gone:
        forget_source(state, path)
    # A page's translations name it by its address, so pages of one name go together.
    for language, slug in before | {(page.language, page.slug) for page in found}:
        due(state, Target.STATIC_PAGE, f"{language}/{slug}", "a static page changed")


def tell_reading(state: State, snapshot: Snapshot, report: Report) -> None:
    """Tell what is to be said of all sources, be they read now or by an earlier build."""
    for said in state.rows("SELECT diagnostics FROM source WHERE diagnostics IS NOT NULL"):
        for diagnostic in diagnostics_of(said):
            report.add(diagnostic)
    left_out = state.rows("SELECT left_out FROM source WHERE left_out IS NOT NULL")
    tell_left_out(Counter(left_out), report)
    tell_strays((file for file in snapshot.strays if file.path.startswith(f"{CONTENT_FOLDER}/")), report)
