"""The queue of what people should look at after imports, answered at the desk: one decision, one click."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from toasoan.desk.history import History
from toasoan.diagnostics import Report
from toasoan.ingest.review import REVIEW_FILE, Answer, Review, read_review, write_review
from toasoan.ingest.reviewing import join_confirmed


class QueueChangedError(Exception):
    """The queue is another one than the one that was shown."""


class BrokenQueueError(Exception):
    """The queue's file has a mistake; says which."""


def shown_queue(root: Path) -> tuple[Review, str]:
    """The queue, and what tells this state of it from others. Raises BrokenQueueError."""
    report = Report()
    review = read_review(root, report)
    if review is None:
        raise BrokenQueueError(str(next(iter(report))))
    return review, _digest(root)


def _digest(root: Path) -> str:
    try:
        return hashlib.sha256((root / REVIEW_FILE).read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def answer_story(root: Path, digest: str, articles: tuple[str, ...], answer: Answer) -> Report:
    """Note whether articles are one story; if they are, they say so from now on, unless the report tells why not.

    Raises QueueChangedError, BrokenQueueError, LookupError.
    """
    review = _unchanged(root, digest)
    if all(one.articles != articles for one in review.same_story):
        raise LookupError(articles)
    stories = tuple(replace(one, answer=answer) if one.articles == articles else one for one in review.same_story)
    answered, report = replace(review, same_story=stories), Report()
    _write(root, answered)
    if answer is Answer.YES:
        join_confirmed(root, answered, report)
    return report


def mark_article(root: Path, digest: str, path: str, done: bool) -> None:
    """Note whether an article was looked at. Raises QueueChangedError, BrokenQueueError, LookupError."""
    review = _unchanged(root, digest)
    if all(one.path != path for one in review.article):
        raise LookupError(path)
    articles = tuple(replace(one, done=done) if one.path == path else one for one in review.article)
    _write(root, replace(review, article=articles))


def _unchanged(root: Path, digest: str) -> Review:
    review, now = shown_queue(root)
    if now != digest:
        raise QueueChangedError
    return review


def _write(root: Path, review: Review) -> None:
    """Import's own form of the file: comments in it are lost, as its head says, but older texts are kept here."""
    History(root).keep(REVIEW_FILE, (root / REVIEW_FILE).read_bytes())
    write_review(root, review)
