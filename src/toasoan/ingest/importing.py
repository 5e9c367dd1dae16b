"""The import of raw texts into a portal: articles, receipts and the ledger.

Import keeps its hands off what people did: an article that was edited stays as it is, one that was deleted stays
deleted, and a file that import didn't write is never overwritten.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath

from toasoan.config import Config
from toasoan.content.front_matter import LONGEST, format_document, read_document
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.files import delete_file, write_file
from toasoan.ingest.draft import Draft, draft_of
from toasoan.ingest.language_detection import detect_language_of_page
from toasoan.ingest.ledger import CONTENT_FOLDER, LEDGER_FILE, LedgerRow, fingerprint, read_ledger, write_ledger
from toasoan.ingest.portal_page import PortalText
from toasoan.ingest.portal_text import read_portal_text
from toasoan.ingest.raw_files import RawFile, find_raw_files, location_of, read_raw_file
from toasoan.ingest.receipts import format_receipt, read_to_review, write_receipt
from toasoan.ingest.words import Words, all_words
from toasoan.model.article import ArticleId, Status
from toasoan.slug import folded_address, unique_slug

LEDGER_EVERY = 200
"""After so many raw files the ledger is written, so that a run that is cut short loses little."""


class Outcome(StrEnum):
    """What import did with one raw file."""

    WRITTEN = "written"
    UPDATED = "updated"
    """The raw file had changed, and nobody had edited the article."""

    UNCHANGED = "unchanged"
    KEPT = "kept"
    """A person edited the article: it stays as it is."""

    REMOVED = "removed"
    """A person deleted the article: it isn't made again."""

    FAILED = "failed"
    """Nothing could be made; the report says why."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One raw file's outcome, as an import report shows it."""

    source: str
    """The raw file's name."""

    article: str | None
    """Path of the article's file, relative to the portal's root; None if nothing could be made."""

    outcome: Outcome
    language: str | None = None
    title: str = ""
    found: tuple[str, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    suggested: Mapping[str, str] = field(default_factory=dict)
    to_review: tuple[str, ...] = ()
    """Sentences for a person who should look at the article."""


def import_files(
    root: Path,
    paths: Sequence[Path],
    config: Config,
    report: Report,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Imported, ...]:
    """Import raw files, or folders of them, into the portal below `root`; `dry_run` writes nothing.

    What can't be imported stands in the report. The outcomes are sorted by the raw files' names.
    """
    ledger = read_ledger(root, report)
    if ledger is None:
        return ()
    run = _Run(root, config, report, dict(ledger), dry_run, datetime.now(config.zone).date(), all_words())
    files = find_raw_files(root, paths, report)
    outcomes: list[Imported] = []
    for number, path in enumerate(files, 1):
        same_name = [other for other in files[: number - 1][-1:] if other.name == path.name]
        outcomes.append(_refused_twin(path, same_name[0], run) if same_name else _import_one(path, run))
        if number % LEDGER_EVERY == 0:
            _save_ledger(run)
        if progress:
            progress(number, len(files))
    _save_ledger(run)
    return tuple(outcomes)


@dataclass(slots=True)
class _Run:
    """What one import knows and has done so far."""

    root: Path
    config: Config
    report: Report
    rows: dict[str, LedgerRow]
    dry_run: bool
    today: date
    words: Words
    taken: dict[str, set[str]] = field(default_factory=dict)
    """Slugs in use, folded, by language."""

    _imported: dict[ArticleId, str] = field(init=False)

    def __post_init__(self) -> None:
        self._imported = {_id_of(row.article): row.article for row in self.rows.values()}

    def slugs_in_use(self, language: str) -> set[str]:
        if language not in self.taken:
            self.taken[language] = set(_slugs_below(self.root / CONTENT_FOLDER / language))
        return self.taken[language]

    @property
    def imported(self) -> Mapping[ArticleId, str]:
        """Paths of the articles that the ledger knows."""
        return self._imported

    def note(self, row: LedgerRow) -> None:
        """Remember what became of a raw file."""
        self.rows[row.source] = row
        self._imported[_id_of(row.article)] = row.article


def _refused_twin(path: Path, other: Path, run: _Run) -> Imported:
    run.report.error(
        "source-twice",
        f"two raw files are called {path.name!r}: the other one is {location_of(run.root, other).path}",
        location_of(run.root, path),
        "rename one of them: articles remember raw files by their names",
    )
    return Imported(path.name, None, Outcome.FAILED)


def _import_one(path: Path, run: _Run) -> Imported:
    raw = read_raw_file(run.root, path, run.report)
    row = run.rows.get(path.name)
    if raw is None:
        return Imported(path.name, row.article if row else None, Outcome.FAILED)
    article = _bytes_of(run.root / row.article) if row else None
    settled = outcome_without_reading(row, raw.sha256, fingerprint(article) if article is not None else None)
    if row and settled:
        return _untouched(row, raw, settled, article, run)
    page = read_portal_text(raw.text, run.words)
    draft = _draft(page, raw, run)
    if draft is None:
        return Imported(raw.source, row.article if row else None, Outcome.FAILED)
    return _written(raw, draft, row, run)


def outcome_without_reading(row: LedgerRow | None, raw_sha256: str, article_sha256: str | None) -> Outcome | None:
    """What the fingerprints alone decide; None where the article is to be made, for the first time or again."""
    if row is None:
        return None
    if article_sha256 is None:
        return Outcome.REMOVED
    if article_sha256 != row.article_sha256:
        return Outcome.KEPT
    return Outcome.UNCHANGED if raw_sha256 == row.sha256 else None


def _untouched(row: LedgerRow, raw: RawFile, outcome: Outcome, article: bytes | None, run: _Run) -> Imported:
    """The outcome for an article that stays as it is, told with what its front matter says."""
    language = _id_of(row.article).language
    to_review = _left_to_review(row, raw, outcome, run)
    told = Imported(raw.source, row.article, outcome, language, to_review=to_review)
    try:
        document = read_document(decode_utf8(article), row.article, Report()) if article is not None else None
    except NotUtf8Error:
        document = None
    if document is None:
        return told
    front_matter = document.front_matter
    told = replace(told, title=front_matter.title)
    if record := front_matter.import_:
        told = replace(
            told,
            found=record.found,
            derived=record.derived,
            missing=record.missing,
            suggested=record.suggested,
        )
    return told


def _left_to_review(row: LedgerRow, raw: RawFile, outcome: Outcome, run: _Run) -> tuple[str, ...]:
    """What its receipt asks of an article that nobody has edited since; an edited one counts as looked at."""
    if outcome is Outcome.UNCHANGED:
        return read_to_review(run.root, raw.source)
    if outcome is Outcome.KEPT and raw.sha256 != row.sha256:
        return ("the raw file changed after a person had edited the article: compare the two",)
    return ()


def _draft(page: PortalText, raw: RawFile, run: _Run) -> Draft | None:
    """The article of a page in a language of the portal; None otherwise, which then stands in the report."""
    if not any(character.isalnum() for character in page.own_text):
        run.report.error(
            "empty-source",
            "the file has no text of an article, only what stands around one",
            raw.location,
            "fetch the page again",
        )
        return None
    language = detect_language_of_page(page.own_text, run.words.languages)
    if language is None:
        _tell_language(run, raw.location, "its language can't be told", "write the article's file by hand")
        return None
    if language.tag not in run.config.languages:
        hint = did_you_mean(language.tag, run.config.languages) or f"add a table [languages.{language.tag}]"
        _tell_language(run, raw.location, f"it is in {language.tag!r}, which is no language of this portal", hint)
        return None
    draft = draft_of(page, run.words, run.config, run.today)
    if draft is None:
        run.report.error("empty-source", "the file has a title but no text", raw.location, "fetch the page again")
    return draft


def _tell_language(run: _Run, location: Location, message: str, hint: str) -> None:
    run.report.error("unknown-source-language", f"the text isn't imported: {message}", location, hint)


# --- writing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    """A draft with its place and the bytes that go there."""

    article: str
    data: bytes
    to_review: tuple[str, ...]


def _written(raw: RawFile, draft: Draft, row: LedgerRow | None, run: _Run) -> Imported:
    stays = row is not None and row.article.startswith(f"{CONTENT_FOLDER}/{draft.language}/")
    placed = _updated(raw, draft, row.article, run) if row and stays else _placed(raw, draft, run)
    outcome = Outcome.UPDATED if row else Outcome.WRITTEN
    told = Imported(
        raw.source,
        placed.article,
        outcome,
        draft.language,
        str(draft.fields["title"].value),
        draft.found,
        draft.derived,
        draft.missing,
        draft.suggested,
        placed.to_review,
    )
    if _has_too_much_front_matter(raw, placed, run) or (not run.dry_run and not _write(raw, draft, placed, run)):
        return replace(told, article=None, outcome=Outcome.FAILED)
    if row and row.article != placed.article and not run.dry_run:
        delete_file(run.root / row.article)
    run.note(LedgerRow(raw.source, raw.sha256, placed.article, fingerprint(placed.data)))
    return told


def _has_too_much_front_matter(raw: RawFile, placed: _Placed, run: _Run) -> bool:
    """Whether nobody could read the article back: thousands of captions are no article's."""
    if placed.data.find(b"\n+++\n") <= LONGEST:
        return False
    run.report.error("huge-source", "the text has too many photos for one article", raw.location)
    return True


def _write(raw: RawFile, draft: Draft, placed: _Placed, run: _Run) -> bool:
    receipt = format_receipt(raw.source, raw.sha256, placed.article, placed.to_review, draft.fates)
    try:
        write_receipt(run.root, raw.source, receipt)
        write_file(run.root / placed.article, placed.data)
    except OSError as error:
        run.report.error("cannot-write", f"the file can't be written: {error.strerror}", Location(placed.article))
        return False
    return True


def _updated(raw: RawFile, draft: Draft, article: str, run: _Run) -> _Placed:
    """An article made again keeps its path, whatever its title has become: readers have its address."""
    twin = _twin(draft, run, article)
    status = Status.DRAFT if twin else Status.PUBLISHED
    data = _document(raw, draft, _id_of(article).slug, status)
    return _Placed(article, data, (*draft.to_review, *_about_twin(twin)))


def _placed(raw: RawFile, draft: Draft, run: _Run) -> _Placed:
    """A place that is free, or one where a run that was cut short left this very article."""
    day = draft.fields["date"].value
    folder = f"{CONTENT_FOLDER}/{draft.language}/{day.year if day else 'undated'}"
    taken = run.slugs_in_use(draft.language)
    twin = _twin(draft, run)
    status = Status.DRAFT if twin else Status.PUBLISHED
    slug = unique_slug(draft.slug, _InUse(taken, run.root, folder, raw, draft, status))
    taken.add(folded_address(slug))
    data = _document(raw, draft, slug, status)
    return _Placed(f"{folder}/{slug}.md", data, (*draft.to_review, *_about_slug(draft, slug, twin)))


@dataclass(frozen=True, slots=True)
class _InUse:
    """Slugs that are taken, but for a file that holds exactly what would be written.

    It names the raw file and its fingerprint, so only an import of this very file can have written it.
    """

    taken: set[str]
    root: Path
    folder: str
    raw: RawFile
    draft: Draft
    status: Status

    def __contains__(self, slug: object) -> bool:
        if slug not in self.taken:
            return False
        wanted = _document(self.raw, self.draft, str(slug), self.status)
        return _bytes_of(self.root / f"{self.folder}/{slug}.md") != wanted


def _twin(draft: Draft, run: _Run, own: str | None = None) -> str | None:
    """Another imported article that tells the same story in the same language; None if there is none."""
    if draft.fields["story"].value is None:
        return None
    twin = run.imported.get(ArticleId(draft.language, draft.slug))
    return twin if twin != own else None


def _about_twin(twin: str | None) -> tuple[str, ...]:
    remark = f"the same story in the same language is {twin}: this one is a draft until a person keeps one of them"
    return (remark,) if twin else ()


def _about_slug(draft: Draft, slug: str, twin: str | None) -> tuple[str, ...]:
    if twin:
        return _about_twin(twin)
    return (f"another article has the slug {draft.slug!r}: is it the same one?",) if slug != draft.slug else ()


def _document(raw: RawFile, draft: Draft, slug: str, status: Status) -> bytes:
    front_matter = replace(draft.front_matter(raw.source, raw.sha256, slug), status=status)
    return format_document(front_matter, draft.body).encode()


def _save_ledger(run: _Run) -> None:
    if run.dry_run:
        return
    try:
        write_ledger(run.root, run.rows)
    except OSError as error:
        run.report.error("cannot-write", f"the ledger can't be written: {error.strerror}", Location(LEDGER_FILE))


def _id_of(article: str) -> ArticleId:
    """The language and slug that an article's path below the content folder means."""
    path = PurePosixPath(article)
    return ArticleId(path.parts[2], path.stem)


def _bytes_of(path: Path) -> bytes | None:
    """A file's bytes; None where there is no file. One that can't be read isn't what import wrote."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return b""


_SLUG_FIELD = re.compile(r"""^slug\s{0,9}[=:]\s{0,9}["']?([^"'\n]{1,300})""", re.MULTILINE)


def _slugs_below(folder: Path) -> Iterator[str]:
    """The folded slugs of all articles in a language's folder: their files' names, and what a person gave instead."""
    for where, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".md"):
                yield folded_address(name.removesuffix(".md"))
                head = (_bytes_of(Path(where) / name) or b"")[:20_000].decode("utf-8", errors="replace")
                if given := _SLUG_FIELD.search(head):
                    yield folded_address(given[1].strip())
