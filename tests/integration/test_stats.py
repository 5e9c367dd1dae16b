"""`toasoan stats`: the numbers of what readers see, whether they come from the files or from the last build."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.builders import built, portal, text_of, write
from toasoan.cli import run
from toasoan.month_chart import month_chart
from toasoan.statistics import Counts, Statistics

AGENCY = "Sông Mây"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    articles = {
        "vi/a.md": text_of("A", section="local", publisher=AGENCY, date=dt.date(2025, 5, 1)),
        "vi/b.md": text_of("B", section="local", date=dt.date(2025, 7, 1)),
        "en/a.md": text_of("A", publisher=AGENCY, section="heritage", date=dt.date(2025, 5, 31)),
        "en/undated.md": text_of("U"),
        "en/draft.md": text_of("D", status="draft"),
        "en/gone.md": text_of("G", status="withdrawn"),
        "en/later.md": text_of("L", date=dt.date(2190, 1, 1)),
        "en/expired.md": text_of("E", date=dt.date(2020, 1, 1), expires=dt.date(2020, 2, 1)),
    }
    return portal(tmp_path, articles)


def told(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert run(["stats", "--json", "--root", str(root), *more]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


WHOLE = {
    "articles": 4,
    "sections": {"local": 2, "heritage": 1, "": 1},
    "agencies": {AGENCY: 2, "": 2},
    "months": {"2025-07": 1, "2025-05": 2, "": 1},
}


def test_what_readers_see_is_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(root, capsys)
    assert {name: found[name] for name in WHOLE} == WHOLE
    assert found["languages"]["vi"] == {
        "articles": 2, "sections": {"local": 2}, "agencies": {AGENCY: 1, "": 1},
        "months": {"2025-07": 1, "2025-05": 1},
    }  # fmt: skip
    assert found["languages"]["en"]["articles"] == 2
    assert told(root, capsys, "--now", "2191-01-01")["articles"] == 5


def test_the_last_build_tells_the_same_as_the_files(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(root, capsys)
    built(root, root / "site/public")
    capsys.readouterr()

    def read(*_: object) -> None:
        raise AssertionError("the files are not to be read")

    with monkeypatch.context() as patched:
        patched.setattr("toasoan.stats_command.read_article", read)
        assert told(root, capsys) == before
    write(root, "site/content/en/new.md", text_of("New"))
    assert told(root, capsys)["articles"] == 5


def test_people_get_tables(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    for words in ("Tiếng Việt", "Địa phương", AGENCY, "2025-05", "(none)", "4 articles"):
        assert words in said
    assert run(["stats", "--by", "agency", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert AGENCY in said
    assert "2025-05" not in said


def test_the_chart_shows_every_month_and_says_its_numbers(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(root, capsys, "--chart", str(root / "months.svg"))
    chart = ET.parse(root / "months.svg").getroot()  # our own
    words = [text.text for text in chart.iter("{http://www.w3.org/2000/svg}text")]
    assert [word for word in words if word and word.startswith("2025-")] == ["2025-05", "2025-06", "2025-07"]
    titles = [text.text for text in chart.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[1:] == ["2025-05, Tiếng Việt: 1", "2025-05, English: 1", "2025-07, Tiếng Việt: 1"]
    described = chart.find("{http://www.w3.org/2000/svg}desc")
    assert described is not None
    assert described.text == "2025-05 to 2025-07: Tiếng Việt 2, English 1"


def test_a_portal_without_dates_has_an_empty_chart() -> None:
    chart = month_chart(Statistics(Counts(), {}), {}, "Nothing <yet>")
    assert "Nothing &lt;yet&gt;" in chart
    assert "There is no article with a date." in chart


def test_many_languages_share_a_colour() -> None:
    whole, languages = Counts(), {f"l{number}": Counts() for number in range(9)}
    for number, counts in enumerate(languages.values()):
        for _ in range(9 - number):
            counts.add("", "", "2025-01")
            whole.add("", "", "2025-01")
    chart = month_chart(Statistics(whole, languages), {}, "T")
    assert "2025-01, others: 6" in chart  # the three smallest
