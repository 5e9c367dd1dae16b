"""What people are asked after an import, and what becomes of their answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import codes, config, write
from tests.unit.ingest.test_same_story import ENGLISH, UKRAINIAN
from toasoan.diagnostics import Report
from toasoan.ingest.attempts import Outcome
from toasoan.ingest.importing import import_files
from toasoan.ingest.ledger import read_ledger
from toasoan.ingest.placing import Imported
from toasoan.ingest.review import REVIEW_FILE, read_review, write_review
from toasoan.ingest.reviewing import ReviewQueue

CONFIG = config(languages=("vi", "en", "uk"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "raw/port-en.txt", f" date 2025-11-17 The port of Hai Phong grows\n\n{ENGLISH}\n")
    write(tmp_path, "raw/port-uk.txt", f" date 2025-11-17 Порт Хайфон росте\n\n{UKRAINIAN}\n")
    return tmp_path


def imported(root: Path, expected: tuple[str, ...] = ()) -> dict[str, Imported]:
    report = Report()
    outcomes = import_files(root, [root / "raw"], CONFIG, report)
    assert codes(report) == list(expected)
    return {it.source: it for it in outcomes}


def answered(root: Path, before: str, after: str) -> None:
    path = root / REVIEW_FILE
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def story_of(root: Path, it: Imported) -> list[str]:
    assert it.article is not None
    lines = (root / it.article).read_text("utf-8").split("\n")
    return [line for line in lines if line.startswith('story = "') and "person" not in line]


def test_import_asks_whether_two_articles_are_one_story(root: Path) -> None:
    imported(root)

    review = read_review(root, Report())
    assert review is not None
    assert [one.confidence >= 60 for one in review.same_story] == [True]
    assert review.open_stories == 1
    assert {one.source for one in review.article} == {"port-en.txt", "port-uk.txt"}


def test_a_yes_ties_the_articles_together_for_good(root: Path) -> None:
    imported(root)
    answered(root, 'answer = ""', 'answer = "yes"')

    done = imported(root)
    stories = [story_of(root, it) for it in done.values()]
    assert stories[0] == stories[1] != []

    with (root / "raw/port-en.txt").open("a", encoding="utf-8") as raw:
        raw.write("\nOne more paragraph about the port, which everybody in the city talks about these days.\n")
    again = imported(root)
    assert again["port-en.txt"].outcome == "updated"
    assert story_of(root, again["port-en.txt"]) == stories[0]
    assert 'answer = "yes"' in (root / REVIEW_FILE).read_text("utf-8")


def test_a_no_is_not_asked_again(root: Path) -> None:
    imported(root)
    answered(root, 'answer = ""', 'answer = "no"')
    with (root / "raw/port-uk.txt").open("a", encoding="utf-8") as raw:
        raw.write("\nЩе один абзац про порт, про який цими днями говорять усі мешканці міста.\n")

    done = imported(root)
    review = read_review(root, Report())
    assert review is not None
    assert (review.open_stories, len(review.same_story)) == (0, 1)
    assert [story_of(root, it) for it in done.values()] == [[], []]


def test_a_yes_does_not_touch_what_a_person_edited(root: Path) -> None:
    first = imported(root)
    edited = root / str(first["port-uk.txt"].article)
    edited.write_text(edited.read_text("utf-8") + "\nМоє.\n", "utf-8")
    answered(root, 'answer = ""', 'answer = "yes"')
    before = edited.read_bytes()

    imported(root, ("story-not-written",))

    assert edited.read_bytes() == before


def test_what_was_looked_at_stays_done_until_there_is_something_new(root: Path) -> None:
    imported(root)
    answered(root, "done = false", "done = true")

    imported(root)
    review = read_review(root, Report())
    assert review is not None
    assert review.open_articles == 0


def test_a_note_stays_and_the_file_says_that_comments_do_not(root: Path) -> None:
    imported(root)
    answered(root, "done = false", 'done = false\nnote = "An asks the agency"\n# a comment')
    answered(root, 'answer = ""', 'answer = ""\nnote = "the same port?"')
    with (root / "raw/port-uk.txt").open("a", encoding="utf-8") as raw:
        raw.write("\nЩе один абзац про порт, про який цими днями говорять усі мешканці міста.\n")

    imported(root)

    text = (root / REVIEW_FILE).read_text("utf-8")
    assert 'note = "An asks the agency"' in text
    assert 'note = "the same port?"' in text
    assert "# a comment" not in text
    assert "Comments are lost; write note = " in text


def test_a_note_outlives_what_was_to_look_at(root: Path) -> None:
    imported(root)
    answered(root, "done = false", 'done = false\nnote = "An asks the agency"')
    review = read_review(root, Report())
    assert review is not None
    noted = next(one for one in review.article if one.note)
    queue = ReviewQueue(review, root)
    queue.note(Imported(noted.source, noted.path, Outcome.UPDATED))
    rows = read_ledger(root, Report())
    assert rows is not None

    after, _ = queue.brought_up_to_date(rows, 1)

    kept = next(one for one in after.article if one.note)
    assert (kept.path, kept.look_at, kept.done, kept.note) == (noted.path, (), True, "An asks the agency")
    write_review(root, after)
    assert read_review(root, Report()) == after


def test_a_queue_with_a_mistake_is_told_and_left_alone(root: Path) -> None:
    imported(root)
    answered(root, 'answer = ""', 'answer = "maybe"')
    before = (root / REVIEW_FILE).read_bytes()
    report = Report()

    import_files(root, [root / "raw"], CONFIG, report)

    assert report.has_errors
    assert (root / REVIEW_FILE).read_bytes() == before
