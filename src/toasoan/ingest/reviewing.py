"""What follows from an import for people: the queue of what to look at brought up to date, their answers used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from toasoan.content.front_matter import Document, format_document, read_document
from toasoan.diagnostics import Location, Report
from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.files import write_file
from toasoan.ingest.attempts import Outcome, bytes_of
from toasoan.ingest.draft import ORIGINAL_LANGUAGE
from toasoan.ingest.ledger import LedgerRow, fingerprint
from toasoan.ingest.places import id_of
from toasoan.ingest.placing import CONFIRMED, Imported
from toasoan.ingest.review import Answer, ArticleToReview, Review, StoryToReview
from toasoan.ingest.same_story import Told, suggestions, told_by
from toasoan.parallel import in_parallel

UNTOLD = (Outcome.FAILED, Outcome.SKIPPED, Outcome.SUPERSEDED)
"""Outcomes that say nothing of the article that lies in the portal."""


def brought_up_to_date(
    review: Review, outcomes: Sequence[Imported], rows: Mapping[str, LedgerRow], root: Path, jobs: int
) -> Review:
    """The queue after an import: what is new to look at, what may be one story, and every answer as it was."""
    known = {row.article for row in rows.values()}
    articles = tuple(_articles(review, outcomes, known))
    answered = [one for one in review.same_story if one.answer is not Answer.OPEN or known.issuperset(one.articles)]
    there = {one.articles for one in answered}
    fresh = {it.article for it in outcomes if it.article and it.outcome in (Outcome.WRITTEN, Outcome.UPDATED)}
    new = [
        StoryToReview(it.articles, it.confidence, it.because)
        for it in suggestions(_told(known, fresh, root, jobs), fresh)
        if it.articles not in there
    ]
    stories = sorted((*answered, *new), key=lambda it: (it.answer is not Answer.OPEN, -it.confidence, it.articles))
    return Review(articles, tuple(stories))


def _articles(review: Review, outcomes: Sequence[Imported], known: set[str]) -> Iterator[ArticleToReview]:
    before = {one.path: one for one in review.article}
    now = {it.article: it for it in outcomes if it.article and it.outcome not in UNTOLD}
    for path in sorted(known):
        earlier, it = before.get(path), now.get(path)
        if it is None:
            if earlier is not None:
                yield earlier
        elif it.to_review:
            done = earlier is not None and earlier.done and earlier.look_at == it.to_review
            yield ArticleToReview(path, it.source, it.to_review, done)


def _told(known: set[str], fresh: set[str], root: Path, jobs: int) -> list[Told]:
    """What the fresh articles tell, and those that lie in the folders of the same years: others are too far away."""
    years = {PurePosixPath(path).parent.name for path in fresh}
    paths = sorted(path for path in known if PurePosixPath(path).parent.name in years)
    found = in_parallel(lambda path: _told_of(root, path), paths, jobs)
    return [told for told in found if told is not None]


def _told_of(root: Path, path: str) -> Told | None:
    document = _document(bytes_of(root / path), path)
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


def write_stories(stories: Mapping[str, str], rows: dict[str, LedgerRow], root: Path, report: Report) -> None:
    """Give articles the stories that a person confirmed; whoever edited one is told what to write in it.

    The ledger's rows learn what the articles look like then. Raises OSError when the disk refuses.
    """
    of_article = {row.article: row for row in rows.values()}
    for path, key in sorted(stories.items()):
        row, data = of_article.get(path), bytes_of(root / path)
        document = _document(data, path)
        if row is None or data is None or document is None or document.front_matter.story == key:
            continue
        if fingerprint(data) != row.article_sha256:
            report.warning(
                "story-not-written",
                "review.toml says that this is a version of another article, but a person edited it",
                Location(path),
                f'add story = "{key}" to its front matter',
            )
            continue
        record = document.front_matter.import_
        if record is not None:
            missing = tuple(name for name in record.missing if name != "story")
            record = replace(record, missing=missing, derived={**record.derived, "story": CONFIRMED})
        front_matter = replace(document.front_matter, story=key, import_=record)
        written = format_document(front_matter, document.body).encode()
        write_file(root / path, written)
        rows[row.source] = replace(row, article_sha256=fingerprint(written))
