"""Import does as well on the pages in tests/unseen as was once reached; `make test` need not know each page."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
UNSEEN = REPOSITORY / "tests/unseen"
LANGUAGES = frozenset(
    [
        *("vi", "en", "ru", "uk", "fr", "de", "es", "pt", "it", "pl", "cs"),
        *("tr", "ar", "fa", "he", "hi", "th", "ja", "ko", "zh", "id"),
    ]
)


@pytest.fixture(scope="module")
def totals() -> dict[str, dict[str, float]]:
    program = REPOSITORY / "benchmarks/import_quality.py"
    run = subprocess.run([sys.executable, program, "--json"], capture_output=True, text=True, check=True)
    read: dict[str, dict[str, float]] = json.loads(run.stdout)
    return read


@pytest.mark.parametrize("pages", ["all", "held", "second", "third", "fourth", "fifth", "sixth"])
def test_fields_are_as_right_as_the_standard_asks(totals: dict[str, dict[str, float]], pages: str) -> None:
    assert totals[pages]["fields"] >= 0.95
    assert totals[pages]["present"] >= 0.90


def test_what_is_called_found_is_right(totals: dict[str, dict[str, float]]) -> None:
    assert totals["all"]["found"] >= 0.99


def test_most_pages_are_suggested_a_section_and_hardly_any_a_wrong_one(totals: dict[str, dict[str, float]]) -> None:
    assert totals["all"]["sections"] >= 0.6
    assert totals["all"]["sections_wrong"] <= 0.02


def test_no_paragraph_is_lost(totals: dict[str, dict[str, float]]) -> None:
    assert totals["all"]["paragraphs_lost"] == 0


def test_hardly_a_line_of_the_frame_gets_into_a_text(totals: dict[str, dict[str, float]]) -> None:
    assert totals["all"]["boilerplate_in_body"] <= 0.01
    assert totals["all"]["lines"] >= 0.95


def test_the_pages_are_many_and_in_the_languages_of_the_portal(totals: dict[str, dict[str, float]]) -> None:
    truths = [tomllib.loads(path.read_text("utf-8")) for path in UNSEEN.glob("*.toml")]

    assert totals["all"]["pages"] == len(truths) == len(list(UNSEEN.glob("*.txt"))) >= 48
    assert {truth["language"] for truth in truths} >= LANGUAGES
    assert totals["held"]["pages"] == sum(truth.get("held", False) for truth in truths) >= 5


@pytest.mark.parametrize("truth", sorted(UNSEEN.glob("*.toml")), ids=lambda path: path.stem)
def test_every_line_of_a_page_has_its_truth(truth: Path) -> None:
    lines = truth.with_suffix(".txt").read_text("utf-8").split("\n")
    told = {line["line"] for line in tomllib.loads(truth.read_text("utf-8"))["lines"]}

    assert told == {number for number, line in enumerate(lines, 1) if line.strip()}
