"""What an import tells: every outcome, what the cleaning did, and the plan of a dry run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import config, write
from tests.sources import TEXT
from tests.unit.ingest.test_import_of_files import BYLINE, Portal, page
from tests.unit.ingest.test_same_story import ENGLISH, UKRAINIAN
from toasoan.diagnostics import Report
from toasoan.ingest import importing, outcome_log
from toasoan.ingest.attempts import Outcome
from toasoan.ingest.import_report import cleaning_told, plan_of, table_of
from toasoan.ingest.importing import import_files
from toasoan.ingest.ledger import LEDGER_FILE, Ledger, write_ledger
from toasoan.ingest.outcome_log import OutcomeLog
from toasoan.ingest.placing import Imported
from toasoan.ingest.review import REVIEW_FILE

CONFIG = config(languages=("vi", "en", "uk"))


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(tmp_path)


@pytest.fixture
def two_versions(tmp_path: Path) -> Path:
    write(tmp_path, "raw/port-en.txt", f" date 2025-11-17 The port of Hai Phong grows\n\n{ENGLISH}\n")
    write(tmp_path, "raw/port-uk.txt", f" date 2025-11-17 Порт Хайфон росте\n\n{UKRAINIAN}\n")
    return tmp_path


def imported(root: Path, dry_run: bool = False) -> OutcomeLog:
    return import_files(root, [root / "raw"], CONFIG, Report(), dry_run)


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_outcomes_come_out_as_they_went_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome_log, "TOGETHER", 2)
    outcomes = [Imported(f"{number}.txt", None, Outcome.FAILED) for number in range(5)]
    log = OutcomeLog()

    for outcome in outcomes:
        log.add(outcome)

    assert list(log) == outcomes == list(log)
    assert (len(log), log.counts[Outcome.FAILED]) == (5, 5)


def test_a_dry_run_tells_what_people_would_be_asked(two_versions: Path) -> None:
    before = files(two_versions)
    planned = imported(two_versions, dry_run=True)
    assert files(two_versions) == before

    done = imported(two_versions)

    assert [one.articles for one in planned.asked] == [
        ("site/content/en/2025/the-port-of-hai-phong-grows.md", "site/content/uk/2025/port-khaifon-roste.md")
    ]
    assert planned.asked == done.asked
    assert planned.review == done.review
    assert any("would be asked: are they one story?" in line for line in plan_of(planned))


def test_what_was_asked_before_is_not_new(two_versions: Path) -> None:
    imported(two_versions)

    again = imported(two_versions)

    assert again.asked == ()
    assert again.review is not None
    assert again.review.open_stories == 1


def test_a_dry_run_tells_which_stories_would_be_joined(two_versions: Path) -> None:
    imported(two_versions)
    queue = two_versions / REVIEW_FILE
    queue.write_text(queue.read_text("utf-8").replace('answer = ""', 'answer = "yes"'), "utf-8")
    before = files(two_versions)

    planned = imported(two_versions, dry_run=True)

    assert files(two_versions) == before
    assert [line for line in plan_of(planned) if "would become" in line] == [
        "  would become a version of the story 'the-port-of-hai-phong-grows': a person said so"
    ] * 2
    assert imported(two_versions).joined == planned.joined
    assert imported(two_versions).joined == {}


def test_the_steps_of_the_cleaning_are_counted(portal: Portal) -> None:
    spoilt = (
        TEXT.replace("the bank", "the\u00a0bank").replace(", among", " , among").replace("oldest", "old\u00adest")
    )
    portal.put(
        "a.txt", "A museum of boats", BYLINE, spoilt, "It is a long- term plan of the city and of the village."
    )
    portal.put("b.txt", *page("B museum of boats"))

    log = import_files(portal.root, [portal.raw], portal.config, Report())

    assert [dict(one.cleaned) for one in log] == [
        {"invisible-characters": 1, "white-space": 1, "space-before-stops": 1, "torn-hyphens": 1},
        {},
    ]
    assert list(cleaning_told(log)) == [
        "cleaned: invisible-characters 1, white-space 1, space-before-stops 1, torn-hyphens 1"
    ]
    assert '"torn-hyphens": 1' in (portal.root / "site/import/receipts/a.json").read_text("utf-8")


def test_a_saved_page_is_cleaned_and_counted_too(portal: Portal) -> None:
    portal.put(
        "a.html", f"<html lang=en><article><h1>Boats</h1><p>{TEXT.replace(', among', ' , among')}</p></article>"
    )

    (one,) = import_files(portal.root, [portal.raw], portal.config, Report())

    assert one.cleaned == {"space-before-stops": 1}


def test_the_table_is_as_wide_as_what_stands_in_it(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    portal.put_bytes("b.txt", b"")

    head, rule, first, second, *_ = table_of(import_files(portal.root, [portal.raw], portal.config, Report()))

    assert head.startswith("article                       outcome  language")
    assert rule.startswith("----------------------------  -------  --------")
    assert first.startswith("en/2025/a-museum-of-boats.md  written  en")
    assert second == "b.txt                         failed"


def test_a_long_ledger_is_written_seldom(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LEDGER_EVERY", 2)
    sizes: list[int] = []

    def noting(root: Path, ledger: Ledger) -> None:
        sizes.append(len(ledger))
        write_ledger(root, ledger)

    monkeypatch.setattr("toasoan.ingest.importing.write_ledger", noting)
    for number in range(25):
        portal.put(f"{number:02}.txt", *page(f"A museum of boats {number}"))

    portal.run()

    assert sizes == [2, 4, 6, 8, 10, 13, 17, 22, 25]
    assert len((portal.root / LEDGER_FILE).read_text("utf-8").splitlines()) == 25
