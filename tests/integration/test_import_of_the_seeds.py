"""The five texts in seeds/ come out as people read them: field by field, line by line."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from toasoan.config import Config, read_config
from toasoan.content.front_matter import Document, read_document
from toasoan.diagnostics import Report
from toasoan.ingest.importing import Imported, Outcome, import_files

REPOSITORY = Path(__file__).parents[2]
SEEDS = REPOSITORY / "seeds"
TRUTH: list[dict[str, Any]] = yaml.safe_load((REPOSITORY / "tests/ground_truth.yaml").read_text("utf-8"))["seeds"]
SECTIONS = ("heritage", "figure", "enterprise", "current-events", "political-system", "local", "product")
FIELDS = (
    *("title", "language", "slug", "date", "section", "authors", "publisher"),
    *("source_url", "story", "summary", "translation", "images"),
)
LANGUAGES = ("vi", "en", "ru", "uk")
PUBLISHERS = """
[publishers.bao-chinh-phu]
name = "Báo Chính Phủ"
hosts = ["baochinhphu.vn", "chinhphu.vn"]

[publishers.cong-luan]
name = "Công Luận"
hosts = ["congluan.vn"]

[publishers.ngay-nay]
name = "Ngày Nay"
hosts = ["ngaynay.vn"]

[publishers.vietnamplus]
name = "VietnamPlus"
hosts = ["vietnamplus.vn"]
"""


def portal_at(root: Path) -> Config:
    names = "\n".join(f'{tag} = "…"' for tag in LANGUAGES)
    settings = [
        'title = "Portal"\nbase_url = "https://portal.example"',
        *(f"[languages.{tag}]" for tag in LANGUAGES),
        *(f"[sections.{key}]\n{names}" for key in SECTIONS),
    ]
    (root / "site").mkdir(parents=True)
    (root / "site/site.toml").write_text("\n".join(settings), "utf-8")
    (root / "site/publishers.toml").write_text(PUBLISHERS, "utf-8")
    config = read_config(root, Report())
    assert config is not None
    return config


class Import:
    """One import of the seeds into an empty portal, with its results at hand by the raw file's name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config = portal_at(root)
        self.report = Report()
        outcomes = import_files(root, [SEEDS], self.config, self.report)
        self.outcomes = {outcome.source: outcome for outcome in outcomes}

    def of(self, truth: dict[str, Any]) -> Imported:
        return self.outcomes[truth["file"]]

    def article(self, truth: dict[str, Any]) -> Document:
        path = self.of(truth).article
        assert path is not None
        report = Report()
        document = read_document((self.root / path).read_text("utf-8"), path, report)
        assert document is not None, list(report)
        return document

    def fates(self, truth: dict[str, Any]) -> list[dict[str, Any]]:
        receipt = self.root / "site/import/receipts" / truth["file"].replace(".txt", ".json")
        lines: list[dict[str, Any]] = json.loads(receipt.read_text("utf-8"))["lines"]
        return lines


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Import:
    return Import(tmp_path_factory.mktemp("portal"))


def origin_of(field: str, outcome: Imported) -> str:
    if field in outcome.found:
        return "found"
    return "derived" if field in outcome.derived else "missing"


def rendered_blocks(body: str) -> list[tuple[str, str]]:
    """The kind and the plain text of every block, as readers get it."""
    tokens = MarkdownIt("commonmark", {"html": False}).parse(body)
    return [
        (opening.tag, "".join(child.content for child in inline.children or []))
        for opening, inline in pairwise(tokens)
        if inline.type == "inline"
    ]


each_seed = pytest.mark.parametrize("truth", TRUTH, ids=lambda truth: truth["file"][:3])


def test_all_seeds_are_written_without_a_complaint(imported: Import) -> None:
    assert [outcome.outcome for outcome in imported.outcomes.values()] == [Outcome.WRITTEN] * 5
    assert list(imported.report) == []


@each_seed
def test_the_plain_fields_are_right(imported: Import, truth: dict[str, Any]) -> None:
    fields = imported.article(truth).front_matter

    assert fields.language == truth["language"]
    assert fields.summary == truth["summary"]
    assert list(fields.authors) == truth["authors"]
    assert fields.source_url == truth["source_url"]
    assert fields.section == truth["section"]
    assert fields.story == truth["story"]
    assert fields.translation == truth["translation"]


@each_seed
@pytest.mark.parametrize("field", ["title", "publisher", "date"])
def test_a_field_is_right_and_says_how_it_was_come_by(imported: Import, truth: dict[str, Any], field: str) -> None:
    value = getattr(imported.article(truth).front_matter, field)

    assert (str(value) if value else None) == truth[field]["value"]
    assert origin_of(field, imported.of(truth)) == truth[field]["origin"]


@each_seed
def test_every_field_is_found_derived_or_missing_and_the_file_says_the_same(
    imported: Import, truth: dict[str, Any]
) -> None:
    outcome, record = imported.of(truth), imported.article(truth).front_matter.import_

    assert record is not None
    assert (record.found, record.derived, record.missing) == (outcome.found, outcome.derived, outcome.missing)
    assert sorted([*outcome.found, *outcome.derived, *outcome.missing]) == sorted(FIELDS)
    assert all(outcome.derived.values())


@each_seed
def test_photos_have_their_captions_and_credits(imported: Import, truth: dict[str, Any]) -> None:
    photos = imported.article(truth).front_matter.images

    assert [{"caption": photo.caption, "credit": photo.credit} for photo in photos] == truth["photos"]
    assert all(photo.src is None and photo.alt is None for photo in photos)


@each_seed
def test_the_text_has_its_headings_paragraphs_and_photos(imported: Import, truth: dict[str, Any]) -> None:
    body = imported.article(truth).body
    blocks = rendered_blocks(body)
    paragraphs = [text for tag, text in blocks if tag == "p" and text]

    assert [text for tag, text in blocks if tag == "h2"] == truth["headings"]
    assert len(paragraphs) == len(truth["lines"]["paragraph"])
    assert paragraphs[0] == truth["first_paragraph"]
    assert paragraphs[-1] == truth["last_paragraph"]
    assert [f"![](image:{number})" in body for number in range(1, 6)] == [
        number <= len(truth["photos"]) for number in range(1, 6)
    ]


@each_seed
def test_every_line_becomes_what_it_is(imported: Import, truth: dict[str, Any]) -> None:
    became: dict[str, list[int]] = {}
    for line in imported.fates(truth):
        became.setdefault(line["fate"], []).append(line["line"])

    assert became == truth["lines"]


@each_seed
def test_no_line_is_lost_and_none_is_dropped_without_a_reason(imported: Import, truth: dict[str, Any]) -> None:
    text = (SEEDS / truth["file"]).read_text("utf-8")
    fates = imported.fates(truth)

    assert [line["line"] for line in fates] == [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert all(("reason" in line) == (line["fate"] == "dropped") for line in fates)


@each_seed
def test_no_word_of_the_text_is_lost_or_added(imported: Import, truth: dict[str, Any]) -> None:
    raw = (SEEDS / truth["file"]).read_text("utf-8").split("\n")
    blocks = rendered_blocks(imported.article(truth).body)
    wanted = [n for kind in ("paragraph", "heading") for n in truth["lines"].get(kind, [])]

    def letters(text: str) -> str:
        return "".join(filter(str.isalnum, text))

    assert letters("".join(text for _, text in blocks)) == letters(
        "".join(raw[number - 1].removeprefix(" date 2025-12-17") for number in sorted(wanted))
    )


def test_only_the_two_translations_of_one_original_share_a_story_and_a_slug(imported: Import) -> None:
    stories = {truth["file"][:3]: imported.article(truth).front_matter.story for truth in TRUTH}
    slugs = {source[:3]: Path(outcome.article or "").stem for source, outcome in imported.outcomes.items()}

    assert stories["000"] == stories["003"] == slugs["000"] == slugs["003"]
    assert [key for key, story in stories.items() if story == stories["000"]] == ["000", "003"]
    assert len(set(slugs.values())) == 4


def test_the_day_of_an_event_is_suggested_and_never_taken_for_the_day_of_publication(imported: Import) -> None:
    (undated,) = [truth for truth in TRUTH if truth["date"]["value"] is None]
    outcome = imported.of(undated)

    assert (outcome.article or "").startswith("site/content/ru/undated/")
    assert outcome.suggested["date"].startswith(undated["suggested_date"] + ": ")
    assert any(undated["suggested_date"] in sentence for sentence in outcome.to_review)


def test_what_was_derived_for_want_of_a_title_is_up_for_review(imported: Import) -> None:
    derived = [truth["file"] for truth in TRUTH if truth["title"]["origin"] == "derived"]

    assert [
        source
        for source, outcome in imported.outcomes.items()
        if any("title" in sentence for sentence in outcome.to_review)
    ] == derived


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    first = Import(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    times = {path: path.stat().st_mtime_ns for path in before}

    again = import_files(tmp_path, [SEEDS], first.config, Report())

    assert {outcome.outcome for outcome in again} == {Outcome.UNCHANGED}
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert {path: path.stat().st_mtime_ns for path in before} == times


def test_the_order_of_the_paths_makes_no_difference(tmp_path: Path) -> None:
    files = sorted(SEEDS.glob("*.txt"))
    trees = []
    for name, paths in (("there", files), ("back", files[::-1])):
        root = tmp_path / name
        import_files(root, paths, portal_at(root), Report())
        trees.append({str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()})

    assert trees[0] == trees[1]
