"""What import asked and the desk answers: one decision, and what follows from it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import codes, write
from tests.integration.test_review import imported, root, story_of
from toasoan.desk.decisions import BrokenQueueError, QueueChangedError, answer_story, mark_article, shown_queue
from toasoan.desk.history import History
from toasoan.diagnostics import Report
from toasoan.ingest.ledger import fingerprint, read_ledger
from toasoan.ingest.review import REVIEW_FILE, Answer

__all__ = ["root"]


def asked(root: Path) -> tuple[tuple[str, ...], str]:
    """The articles that may be one story, and the state of the queue."""
    review, digest = shown_queue(root)
    return review.same_story[0].articles, digest


def test_a_yes_joins_the_articles_at_once_and_for_later_imports(root: Path) -> None:
    done = imported(root)
    articles, digest = asked(root)

    report = answer_story(root, digest, articles, Answer.YES)

    assert codes(report) == []
    stories = [story_of(root, it) for it in done.values()]
    assert stories[0] == stories[1] != []
    # Import knows that this was no person's edit: it may bring the articles up to date later on.
    ledger = read_ledger(root, Report())
    assert ledger
    assert all(fingerprint((root / row.article).read_bytes()) == row.article_sha256 for row in ledger.values())
    assert {it.outcome for it in imported(root).values()} == {"unchanged"}


def test_a_no_leaves_them_alone(root: Path) -> None:
    done = imported(root)
    articles, digest = asked(root)

    answer_story(root, digest, articles, Answer.NO)

    assert [story_of(root, it) for it in done.values()] == [[], []]
    assert shown_queue(root)[0].open_stories == 0


def test_what_a_person_edited_is_told_and_not_touched(root: Path) -> None:
    done = imported(root)
    edited = root / str(done["port-uk.txt"].article)
    edited.write_text(edited.read_text("utf-8") + "\nМоє.\n", "utf-8")
    before = edited.read_bytes()
    articles, digest = asked(root)

    assert codes(answer_story(root, digest, articles, Answer.YES)) == ["story-not-written"]

    assert edited.read_bytes() == before


def test_an_article_is_looked_at(root: Path) -> None:
    imported(root)
    review, digest = shown_queue(root)

    mark_article(root, digest, review.article[0].path, done=True)

    assert shown_queue(root)[0].open_articles == len(review.article) - 1


def test_a_queue_that_changed_meanwhile_is_not_written(root: Path) -> None:
    imported(root)
    articles, digest = asked(root)
    path = root / REVIEW_FILE
    path.write_text(path.read_text("utf-8").replace("done = false", "done = true", 1), "utf-8")
    before = path.read_bytes()

    with pytest.raises(QueueChangedError):
        answer_story(root, digest, articles, Answer.YES)
    with pytest.raises(QueueChangedError):
        mark_article(root, digest, articles[0], done=True)

    assert path.read_bytes() == before


def test_what_the_queue_was_can_be_had_again(root: Path) -> None:
    imported(root)
    before = (root / REVIEW_FILE).read_bytes()
    articles, digest = asked(root)

    answer_story(root, digest, articles, Answer.NO)

    history = History(root)
    assert [history.text(REVIEW_FILE, it.number) for it in history.of(REVIEW_FILE)] == [before]


def test_strange_questions_and_broken_queues(root: Path) -> None:
    imported(root)
    _, digest = asked(root)
    with pytest.raises(LookupError):
        answer_story(root, digest, ("a", "b"), Answer.YES)
    with pytest.raises(LookupError):
        mark_article(root, digest, "a", done=True)
    write(root, REVIEW_FILE, "[[article]\n")
    with pytest.raises(BrokenQueueError):
        shown_queue(root)
