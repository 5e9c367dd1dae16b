"""What the clock alone makes due, and how cron, a timer or a workflow is told."""

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.builders import portal, text_of, write
from toasoan.build import build, nothing_due
from toasoan.build_result import no_progress
from toasoan.cli import run

NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC)
APPEARS = dt.datetime(2025, 6, 3, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def build_at(root: Path, moment: dt.datetime) -> dt.datetime | None:
    result = build(root, root / "public", no_progress, 1, moment)
    assert not result.report.has_errors
    return result.next_due


def scheduled(folder: Path) -> Path:
    return portal(folder, {"vi/cu.md": text_of("Cũ", date=dt.date(2020, 1, 1)), "vi/moi.md": text_of(date=APPEARS)})


def test_a_build_says_when_the_next_article_appears(tmp_path: Path) -> None:
    root = scheduled(tmp_path)

    assert build_at(root, NOON) == APPEARS
    assert build_at(root, NOON) == APPEARS
    assert not (root / "public/vi/moi").exists()


def test_news_that_are_no_longer_news_make_a_build_due(tmp_path: Path) -> None:
    root = scheduled(tmp_path)

    assert build_at(root, APPEARS) == APPEARS + dt.timedelta(days=2)
    assert (root / "public/vi/moi/index.html").exists()
    assert build_at(root, APPEARS + dt.timedelta(days=2)) is None


def test_nothing_is_due_until_the_moment_comes(tmp_path: Path) -> None:
    root = scheduled(tmp_path)
    assert nothing_due(root, root / "public", NOON) is None  # it was never built
    build_at(root, NOON)

    nothing = nothing_due(root, root / "public", APPEARS - dt.timedelta(seconds=1))
    assert nothing is not None
    assert nothing.until == APPEARS
    assert nothing_due(root, root / "public", APPEARS) is None
    assert nothing_due(root, root / "public", NOON - dt.timedelta(days=1)) is None  # the clock was set back


def test_build_due_builds_when_something_is_due_and_else_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = scheduled(tmp_path)

    def due(moment: dt.datetime) -> dict[str, object]:
        assert run(["build", "--root", str(root), "--due", "--json", "--now", moment.isoformat()]) == 0
        told: dict[str, object] = json.loads(capsys.readouterr().out)
        return told

    assert due(NOON)["written"]
    write(root, "site/content/vi/sua.md", text_of("Sửa", date=dt.date(2020, 1, 2)))
    assert due(NOON + dt.timedelta(hours=1)) == {
        "due": False, "next_due": "2025-06-03T01:00:00+00:00", "diagnostics": []
    }  # fmt: skip
    assert not (root / "site/public/vi/sua").exists()
    assert due(APPEARS)["written"]
    assert (root / "site/public/vi/moi/index.html").exists()


def test_the_moment_is_told_in_words_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = scheduled(tmp_path)
    run(["build", "--root", str(root), "--now", NOON.isoformat()])
    assert "next build due: 2025-06-03T01:00:00+00:00" in capsys.readouterr().out
    run(["build", "--root", str(root), "--due", "--now", NOON.isoformat()])
    assert capsys.readouterr().out == "nothing is due\nnext build due: 2025-06-03T01:00:00+00:00\n"
