"""Placing: what becomes of a drafted item, given the ledger and what people did since.

Import keeps its hands off what people did: an article that was edited stays as it is, one that was deleted stays
deleted, and a file that import didn't write is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from toasoan.content.front_matter import Document, PhotoFields, format_document, read_document
from toasoan.content.photographs import is_media_file
from toasoan.diagnostics import Location, Report
from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.fetching import CannotFetchError, fetched
from toasoan.files import delete_file, write_file
from toasoan.ingest.attempts import Attempt, Outcome, bytes_of, outcome_without_reading
from toasoan.ingest.differences import differences
from toasoan.ingest.draft import Draft, Field
from toasoan.ingest.import_source import LARGEST_PICTURE, ImportSource
from toasoan.ingest.ledger import LedgerRow, fingerprint
from toasoan.ingest.media_files import media_name, put_media
from toasoan.ingest.places import Place, has_too_much_front_matter, id_of, place_found, place_kept, slugs_below
from toasoan.ingest.receipts import format_receipt, read_media, read_to_review, write_receipt
from toasoan.ingest.stated_page import Usage
from toasoan.model.article import ArticleId, Status
from toasoan.portal_folders import CONTENT_FOLDER

CONFIRMED = "a person said so in review.toml"
TAKEN_BACK = "the source has withdrawn this article"


@dataclass(frozen=True, slots=True)
class Imported:
    """One item's outcome, as an import report shows it."""

    source: str
    """The item's name."""

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

    cleaned: Mapping[str, int] = field(default_factory=dict)
    """How many lines or texts each step of the cleaning mended; of articles that were made now."""

    difference: str = ""
    """Where a person edited the article and the source changed as well: from the person's text to the new one."""


@dataclass(slots=True)
class Placing:
    """What one import knows and has done so far."""

    root: Path
    report: Report
    rows: dict[str, LedgerRow]
    dry_run: bool
    fetch_from: Collection[str] | None = None
    """Hosts that may be private ones if photos are to be fetched; None if they aren't."""

    stories: Mapping[str, str] = field(default_factory=dict)
    """Keys of stories that a person confirmed, by the paths of their articles."""

    plan: Callable[[str, bytes], None] | None = None
    """Is told the path and the bytes of each article that a dry run would write."""

    taken: dict[str, set[str]] = field(default_factory=dict)
    """Slugs in use, folded, by language."""

    by_id: dict[str, str] = field(init=False)
    """Names of items by the ids of their articles."""

    imported: dict[ArticleId, str] = field(init=False)
    """Paths of the articles that the ledger knows."""

    taken_back: dict[str, str] = field(default_factory=dict)
    """Versions of withdrawals that came before the article itself, by its id."""

    def __post_init__(self) -> None:
        self.imported = {id_of(row.article): row.article for row in self.rows.values()}
        self.by_id = {row.id: row.source for row in self.rows.values() if row.id}

    def placed(self, attempt: Attempt, source: ImportSource) -> Imported:
        """Put an attempt into its place, or leave it; say what was done."""
        row = self.rows.get(attempt.name)
        other = self.rows.get(self.by_id.get(attempt.id, "")) if attempt.id and row is None else None
        if attempt.failed:
            return Imported(attempt.name, row.article if row else None, Outcome.FAILED)
        if other is not None:
            if not _is_newer(attempt, other):
                return _superseded(attempt, other)
            row = other
        if attempt.usage is Usage.WITHDRAWN:
            return self._withdrawn(attempt, row)
        if row is None and attempt.id in self.taken_back and not attempt.version > self.taken_back[attempt.id]:
            return Imported(attempt.name, None, Outcome.SKIPPED, to_review=(TAKEN_BACK,))
        article = bytes_of(self.root / row.article) if row else None
        settled = outcome_without_reading(row, attempt.sha256, fingerprint(article) if article is not None else None)
        if row and settled and (settled is not Outcome.UNCHANGED or attempt.draft is None):
            return self._untouched(row, attempt, settled, article)
        if attempt.draft is None:
            return Imported(attempt.name, row.article if row else None, Outcome.FAILED)
        return self._written(
            attempt, self._with_photos(attempt.draft, row.source if row else attempt.name), row, source
        )

    def slugs_in_use(self, language: str) -> set[str]:
        """The folded slugs of a language, those of articles that people wrote among them."""
        if language not in self.taken:
            self.taken[language] = set(slugs_below(self.root / CONTENT_FOLDER / language))
        return self.taken[language]

    def _free_place(self, attempt: Attempt, draft: Draft) -> Place:
        return place_found(attempt, draft, self.root, self.slugs_in_use(draft.language), self.imported)

    def note(self, row: LedgerRow, instead: LedgerRow | None = None) -> None:
        """Remember what became of an item, which may stand in for one of another name."""
        if instead is not None and instead.source != row.source:
            self.rows.pop(instead.source, None)
        self.rows[row.source] = row
        self.imported[id_of(row.article)] = row.article
        if row.id:
            self.by_id[row.id] = row.source

    # --- articles that stay ---------------------------------------------------------------------------------

    def _untouched(self, row: LedgerRow, attempt: Attempt, outcome: Outcome, article: bytes | None) -> Imported:
        """The outcome for an article that stays as it is, told with what its front matter says."""
        told = Imported(attempt.name, row.article, outcome, id_of(row.article).language)
        if outcome is Outcome.UNCHANGED:
            told = replace(told, to_review=read_to_review(self.root, row.source))
        elif outcome is Outcome.KEPT and attempt.sha256 != row.sha256:
            told = replace(
                told, to_review=("the raw file changed after a person had edited the article: compare the two",)
            )
            if attempt.draft is not None and article is not None:
                new = place_kept(attempt, attempt.draft, row.article, self.imported).data
                told = replace(told, difference=differences(article, new))
        document = _document_of(article, row.article)
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

    def _withdrawn(self, attempt: Attempt, row: LedgerRow | None) -> Imported:
        """Withdraw the article that was imported earlier; one that a person edited is that person's to withdraw."""
        if row is None:
            if attempt.id:
                self.taken_back[attempt.id] = attempt.version
            return Imported(attempt.name, None, Outcome.SKIPPED, to_review=(TAKEN_BACK,))
        article = bytes_of(self.root / row.article)
        if article is None:
            return Imported(attempt.name, row.article, Outcome.REMOVED)
        document = _document_of(article, row.article)
        told = Imported(attempt.name, row.article, Outcome.WITHDRAWN, id_of(row.article).language)
        if document is not None:
            told = replace(told, title=document.front_matter.title)
            if document.front_matter.status is Status.WITHDRAWN:
                return replace(told, outcome=Outcome.UNCHANGED)
        if document is None or fingerprint(article) != row.article_sha256:
            self.report.error(
                "withdrawn-but-edited",
                "the source has withdrawn this article, but a person edited it, so import leaves it as it is",
                Location(row.article),
                'set status = "withdrawn" in it, or delete it',
            )
            return replace(told, outcome=Outcome.KEPT, to_review=(TAKEN_BACK,))
        data = format_document(replace(document.front_matter, status=Status.WITHDRAWN), document.body).encode()
        if not self.dry_run and not self._write(row.article, data):
            return replace(told, outcome=Outcome.FAILED)
        version = attempt.version or row.version
        self.note(LedgerRow(attempt.name, attempt.sha256, row.article, fingerprint(data), attempt.id, version), row)
        return replace(told, to_review=("the source has withdrawn this article, and so is it here",))

    # --- articles that are written --------------------------------------------------------------------------

    def _written(self, attempt: Attempt, draft: Draft, row: LedgerRow | None, source: ImportSource) -> Imported:
        stays = row is not None and row.article.startswith(f"{CONTENT_FOLDER}/{draft.language}/")
        if row and row.article in self.stories:
            draft = draft.with_story(self.stories[row.article], CONFIRMED)
        placed = (
            place_kept(attempt, draft, row.article, self.imported)
            if row and stays
            else self._free_place(attempt, draft)
        )
        told = Imported(
            attempt.name,
            placed.article,
            Outcome.UPDATED if row else Outcome.WRITTEN,
            draft.language,
            str(draft.fields["title"].value),
            draft.found,
            draft.derived,
            draft.missing,
            draft.suggested,
            placed.to_review,
            draft.cleaned,
        )
        if row and fingerprint(placed.data) == row.article_sha256 and attempt.sha256 == row.sha256:
            return replace(told, outcome=Outcome.UNCHANGED)
        if has_too_much_front_matter(placed):
            self.report.error("huge-source", "the text has too many photos for one article", attempt.location)
            return replace(told, article=None, outcome=Outcome.FAILED)
        if self.plan:
            self.plan(placed.article, placed.data)
        if not self.dry_run and not self._write_all(attempt, draft, placed, source):
            return replace(told, article=None, outcome=Outcome.FAILED)
        if row and row.article != placed.article and not self.dry_run:
            delete_file(self.root / row.article)
        article_sha256 = fingerprint(placed.data)
        self.note(
            LedgerRow(attempt.name, attempt.sha256, placed.article, article_sha256, attempt.id, attempt.version), row
        )
        return told

    def _write_all(self, attempt: Attempt, draft: Draft, placed: Place, source: ImportSource) -> bool:
        receipt = format_receipt(attempt.name, attempt.sha256, placed.article, placed.to_review, draft)
        try:
            for media in draft.media:
                data = source.beside(media.address)
                if data is not None and media_name(data) == media.name:
                    put_media(self.root, media.name, data)
            write_receipt(self.root, attempt.name, receipt)
        except OSError as error:
            self._tell_refusal(error, placed.article)
            return False
        return self._write(placed.article, placed.data)

    def _write(self, article: str, data: bytes) -> bool:
        try:
            write_file(self.root / article, data)
        except OSError as error:
            self._tell_refusal(error, article)
            return False
        return True

    def _tell_refusal(self, error: OSError, article: str) -> None:
        self.report.error("cannot-write", f"the file can't be written: {error.strerror}", Location(article))

    def _with_photos(self, draft: Draft, item: str) -> Draft:
        """A draft with the photos that lie elsewhere: fetched earlier, or now if that is asked for; else noted."""
        if not draft.remote:
            return draft
        known = read_media(self.root, item)
        photos = list(draft.fields["images"].value or ())
        had: dict[str, str] = {}
        lost: dict[str, str] = {}
        for number, address in draft.remote.items():
            if address in lost:
                continue
            name = had.get(address) or known.get(address)
            try:
                if name is None or not is_media_file(self.root, name):
                    if self.fetch_from is None or self.dry_run:
                        continue
                    name = self._fetched_photo(address)
                had[address] = name
                photos[number] = replace(photos[number], src=name)
            except (CannotFetchError, OSError) as error:
                lost[address] = f"the photo {address} wasn't fetched: {error}"
        remarks = [*lost.values()]
        if left := len(set(draft.remote.values()) - had.keys() - lost.keys()):
            remarks.append(_about_remote(left, would_fetch=self.fetch_from is not None))
        images: Field[tuple[PhotoFields, ...]] = replace(draft.fields["images"], value=tuple(photos))
        fields = {**draft.fields, "images": images}
        return replace(draft, fields=fields, remarks=(*draft.remarks, *remarks), fetched=had)

    def _fetched_photo(self, address: str) -> str:
        """The name of a photo below the media folder. Raises CannotFetchError, or OSError where the disk refuses."""
        data, _ = fetched(address, self.fetch_from or (), LARGEST_PICTURE)
        name = media_name(data)
        if name is None:
            raise CannotFetchError("it is no picture that browsers show")
        put_media(self.root, name, data)
        return name


def _is_newer(attempt: Attempt, row: LedgerRow) -> bool:
    """Whether another source's version of an article comes after the one that was imported."""
    if attempt.usage is Usage.WITHDRAWN and not (attempt.version and row.version):
        return True
    return attempt.version > row.version


def _superseded(attempt: Attempt, row: LedgerRow) -> Imported:
    return Imported(attempt.name, row.article, Outcome.SUPERSEDED, id_of(row.article).language)


def _about_remote(count: int, would_fetch: bool) -> str:
    """What is said of photos that lie elsewhere; those that were to be fetched are left by a dry run alone."""
    if would_fetch:
        return f"{'a photo lies' if count == 1 else f'{count} photos lie'} elsewhere and would be fetched"
    if count == 1:
        return "a photo lies elsewhere and was only noted: --fetch-media takes it over"
    return f"{count} photos lie elsewhere and were only noted: --fetch-media takes them over"


def _document_of(article: bytes | None, path: str) -> Document | None:
    try:
        return read_document(decode_utf8(article), path, Report()) if article is not None else None
    except NotUtf8Error:
        return None
