"""An item read and drafted: all of an import that changes nothing, and so can be done by several processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from toasoan.config import Config
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.ingest.cleaning import lines_mended
from toasoan.ingest.draft import Draft
from toasoan.ingest.import_source import ImportSource
from toasoan.ingest.item import Item
from toasoan.ingest.items import items_of
from toasoan.ingest.language_detection import detect_language_of_page
from toasoan.ingest.ledger import LedgerRow, fingerprint
from toasoan.ingest.portal_draft import draft_of
from toasoan.ingest.portal_text import read_portal_text
from toasoan.ingest.stated_draft import UnknownLanguageError, stated_draft_of
from toasoan.ingest.stated_page import StatedPage, Usage
from toasoan.ingest.words import Words


class Outcome(StrEnum):
    """What import did with one item."""

    WRITTEN = "written"
    UPDATED = "updated"
    """The source had changed, and nobody had edited the article."""

    UNCHANGED = "unchanged"
    KEPT = "kept"
    """A person edited the article: it stays as it is."""

    REMOVED = "removed"
    """A person deleted the article: it isn't made again."""

    SUPERSEDED = "superseded"
    """Another source has the same article, and this one is no newer."""

    WITHDRAWN = "withdrawn"
    """The source took the article back."""

    SKIPPED = "skipped"
    """The source took an article back that was never imported."""

    FAILED = "failed"
    """Nothing could be made; the report says why."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An item as far as it can be taken without writing."""

    name: str
    location: Location
    sha256: str
    id: str = ""
    version: str = ""
    usage: Usage = Usage.USABLE
    draft: Draft | None = None
    failed: bool = False
    """Whether nothing can be made of it; the report says why."""


@dataclass(frozen=True, slots=True)
class Attempted:
    """What one source gave."""

    attempts: tuple[Attempt, ...]
    report: Report


@dataclass(frozen=True)
class Drafting:
    """What is known while items are drafted."""

    root: Path
    config: Config
    words: Words
    today: date
    rows: Mapping[str, LedgerRow]
    every: bool = False
    """Whether items that haven't changed are drafted as well."""

    def attempted(self, source: ImportSource) -> Attempted:
        """All items of a source at once."""
        report = Report()
        return Attempted(tuple(self.attempts(source, report)), report)

    def attempts(self, source: ImportSource, report: Report) -> Iterator[Attempt]:
        """The items of a source, one after the other; one that gave nothing is an attempt that failed."""
        count = 0
        for item in items_of(source, self.words, report):
            count += 1
            yield self.attempt(item, source, report)
        if not count:
            yield Attempt(source.name, source.location, "", failed=True)

    def attempt(self, item: Item, source: ImportSource, report: Report) -> Attempt:
        """An item with its draft, unless the ledger alone says what becomes of it."""
        usage = item.content.usage if isinstance(item.content, StatedPage) else Usage.USABLE
        attempt = Attempt(item.name, item.location, item.sha256, item.id, item.version, usage)
        if usage is Usage.WITHDRAWN or self._is_settled(item):
            return attempt
        draft = self._draft(item, source, report)
        return replace(attempt, draft=draft, failed=draft is None)

    def _is_settled(self, item: Item) -> bool:
        row = self.rows.get(item.name)
        if row is None or self.every:
            return False
        article = bytes_of(self.root / row.article)
        settled = outcome_without_reading(row, item.sha256, fingerprint(article) if article is not None else None)
        # Of an edited article the new text is wanted, so that the two can be compared.
        return settled is not None and (settled is not Outcome.KEPT or item.sha256 == row.sha256)

    def _draft(self, item: Item, source: ImportSource, report: Report) -> Draft | None:
        if isinstance(item.content, str):
            return self._draft_of_text(item.content, item.location, report)
        try:
            draft = stated_draft_of(item.content, self.words, self.config, self.today, source.beside)
        except UnknownLanguageError as error:
            self._tell_language(report, item.location, str(error), error.tag)
            return None
        if draft is None:
            report.error(
                "empty-source",
                "the article has no text",
                item.location,
                "look whether the source has it whole: some feeds have headlines alone",
            )
        return draft

    def _draft_of_text(self, text: str, location: Location, report: Report) -> Draft | None:
        page = read_portal_text(text, self.words)
        if not any(character.isalnum() for character in page.own_text):
            report.error(
                "empty-source",
                "the file has no text of an article, only what stands around one",
                location,
                "fetch the page again",
            )
            return None
        language = detect_language_of_page(page.own_text, self.words.languages)
        if language is None:
            self._tell_language(report, location, "its language can't be told", None)
            return None
        if language.tag not in self.config.languages:
            message = f"it is in {language.tag!r}, which is no language of this portal"
            self._tell_language(report, location, message, language.tag)
            return None
        draft = draft_of(page, self.words, self.config, self.today, language)
        if draft is None:
            report.error("empty-source", "the file has a title but no text", location, "fetch the page again")
            return None
        return replace(draft, cleaned={**lines_mended(text), **draft.cleaned})

    def _tell_language(self, report: Report, location: Location, message: str, tag: str | None) -> None:
        hint = "write the article's file by hand"
        if tag is not None:
            hint = did_you_mean(tag, self.config.languages) or f"add a table [languages.{tag}]"
        report.error("unknown-source-language", f"the text isn't imported: {message}", location, hint)


def outcome_without_reading(row: LedgerRow | None, sha256: str, article_sha256: str | None) -> Outcome | None:
    """What the fingerprints alone decide; None where the article is to be made, for the first time or again."""
    if row is None:
        return None
    if article_sha256 is None:
        return Outcome.REMOVED
    if article_sha256 != row.article_sha256:
        return Outcome.KEPT
    return Outcome.UNCHANGED if sha256 == row.sha256 else None


def bytes_of(path: Path) -> bytes | None:
    """A file's bytes; None where there is no file. One that can't be read isn't what import wrote."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return b""
