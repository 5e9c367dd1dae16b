"""What follows from an import for people: the queue of what to look at brought up to date, their answers used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path, PurePosixPath

from toasoan.content.front_matter import Document, format_document, read_document
from toasoan.diagnostics import Location, Report
from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.files import write_file
from toasoan.ingest.attempts import Outcome, bytes_of
from toasoan.ingest.draft import ORIGINAL_LANGUAGE
from toasoan.ingest.ledger import LedgerRow, fingerprint, read_ledger, write_ledger
from toasoan.ingest.places import id_of
from toasoan.ingest.placing import CONFIRMED, Imported
from toasoan.ingest.review import Answer, ArticleToReview, Review, StoryToReview
from toasoan.ingest.same_story import Told, suggestions, told_by
from toasoan.parallel import in_parallel

UNTOLD = (Outcome.FAILED, Outcome.SKIPPED, Outcome.SUPERSEDED)
"""Outcomes that say nothing of the article that lies in the portal."""


class ReviewQueue:
    """What people should look at, noted while articles are placed; every answer stays as it is."""

    def __init__(self, review: Review, root: Path) -> None:
        self.review = review
        self.root = root
        self._look_at: dict[str, tuple[str, ...]] = {}
        """What is to be seen of each article that was told of, by its path; nothing where all is well."""

        self._sources: dict[str, str] = {}
        self._fresh: set[str] = set()
        self._planned: dict[str, Told | None] = {}
        self._alike: dict[tuple[str, ...], tuple[str, ...]] = {}
        """The same few sentences stand below most articles, so they are kept once."""

    def note(self, it: Imported) -> None:
        """Note what became of an item, as far as people should look at it."""
        if it.article is None or it.outcome in UNTOLD:
            return
        self._look_at[it.article] = self._alike.setdefault(it.to_review, it.to_review)
        self._sources[it.article] = it.source
        if it.outcome in (Outcome.WRITTEN, Outcome.UPDATED):
            self._fresh.add(it.article)

    def planned(self, path: str, data: bytes) -> None:
        """Note an article that a dry run would write."""
        self._planned[path] = _told_by(data, path)

    def brought_up_to_date(
        self, rows: Mapping[str, LedgerRow], jobs: int
    ) -> tuple[Review, tuple[StoryToReview, ...]]:
        """The queue after an import, and those suggestions in it that are new."""
        known = {row.article for row in rows.values()}
        stories = self.review.same_story
        kept = [one for one in stories if one.answer is not Answer.OPEN or known.issuperset(one.articles)]
        there = {one.articles for one in kept}
        new = [
            StoryToReview(it.articles, it.confidence, it.because)
            for it in suggestions(self._told(known, jobs), self._fresh)
            if it.articles not in there
        ]
        ordered = sorted((*kept, *new), key=lambda it: (it.answer is not Answer.OPEN, -it.confidence, it.articles))
        return Review(tuple(self._articles(known)), tuple(ordered)), tuple(new)

    def _articles(self, known: set[str]) -> Iterator[ArticleToReview]:
        before = {one.path: one for one in self.review.article}
        for path in sorted(known):
            earlier, look_at = before.get(path), self._look_at.get(path)
            if look_at is None:
                if earlier is not None:
                    yield earlier
            else:
                note = earlier.note if earlier else None
                done = not look_at or (earlier is not None and earlier.done and earlier.look_at == look_at)
                if look_at or note:
                    yield ArticleToReview(path, self._sources[path], look_at, done, note)

    def _told(self, known: set[str], jobs: int) -> list[Told]:
        """What the fresh articles tell, and those in the folders of the same years: others are too far away."""
        years = {PurePosixPath(path).parent.name for path in self._fresh}
        paths = sorted(path for path in known if PurePosixPath(path).parent.name in years)
        there = [path for path in paths if path not in self._planned]
        found = in_parallel(lambda path: _told_by(bytes_of(self.root / path), path), there, jobs)
        return [told for told in chain(self._planned.values(), found) if told is not None]


def _told_by(data: bytes | None, path: str) -> Told | None:
    document = _document(data, path)
    if document is None:
        return None
    front = document.front_matter
    day = front.date.date() if isinstance(front.date, datetime) else front.date
    language = front.language or id_of(path).language
    return told_by(path, language, front.story, day, front.source_url, front.title, document.body)


def _document(data: bytes | None, path: str) -> Document | None:
    try:
        return None if data is None else read_document(decode_utf8(data), path, Report())
    except NotUtf8Error:
        return None


# ---- answers


def confirmed_stories(review: Review, root: Path) -> Mapping[str, str]:
    """The key of the story of each article that a person confirmed to be a version of one."""
    groups: dict[str, set[str]] = {}
    for one in review.same_story:
        if one.answer is Answer.YES:
            together = set(one.articles).union(*(groups.get(path, ()) for path in one.articles))
            groups.update(dict.fromkeys(together, together))
    return {path: _key_of(group, root) for path, group in groups.items()}


def _key_of(group: set[str], root: Path) -> str:
    """A key that one of them has already, that of the original before others; else the slug of the original."""
    paths = sorted(group, key=lambda path: (id_of(path).language != ORIGINAL_LANGUAGE, path))
    for path in paths:
        document = _document(bytes_of(root / path), path)
        if document is not None and document.front_matter.story:
            return document.front_matter.story
    return id_of(paths[0]).slug


def stories_to_write(
    stories: Mapping[str, str], rows: Mapping[str, LedgerRow], root: Path, report: Report
) -> Mapping[str, str]:
    """Of the stories that a person confirmed, those that don't stand in their articles yet.

    Whoever edited an article is told what to write in it.
    """
    of_article = {row.article: row for row in rows.values() if row.article in stories}
    found = {}
    for path, key in sorted(stories.items()):
        row, data = of_article.get(path), bytes_of(root / path)
        document = _document(data, path)
        if row is None or data is None or document is None or document.front_matter.story == key:
            continue
        if fingerprint(data) == row.article_sha256:
            found[path] = key
        else:
            report.warning(
                "story-not-written",
                "review.toml says that this is a version of another article, but a person edited it",
                Location(path),
                f'add story = "{key}" to its front matter',
            )
    return found


def write_stories(stories: Mapping[str, str], rows: dict[str, LedgerRow], root: Path) -> None:
    """Give articles the stories that a person confirmed, unless they got them when they were updated.

    The ledger's rows learn what the articles look like then. Raises OSError when the disk refuses.
    """
    of_article = {row.article: row for row in rows.values() if row.article in stories}
    for path, key in stories.items():
        row, data = of_article.get(path), bytes_of(root / path)
        document = _document(data, path)
        if row is None or data is None or document is None or document.front_matter.story == key:
            continue
        if fingerprint(data) != row.article_sha256:
            continue
        record = document.front_matter.import_
        if record is not None:
            missing = tuple(name for name in record.missing if name != "story")
            record = replace(record, missing=missing, derived={**record.derived, "story": CONFIRMED})
        front_matter = replace(document.front_matter, story=key, import_=record)
        written = format_document(front_matter, document.body).encode()
        write_file(root / path, written)
        rows[row.source] = replace(row, article_sha256=fingerprint(written))


def join_confirmed(root: Path, review: Review, report: Report) -> None:
    """Give the articles that a person confirmed to be one story its key now, without waiting for the next import.

    Whoever edited one is told what to write in it. Raises OSError when the disk refuses.
    """
    ledger = read_ledger(root, report)
    if ledger is not None:
        rows = dict(ledger)
        write_stories(stories_to_write(confirmed_stories(review, root), rows, root, report), rows, root)
        write_ledger(root, rows)
