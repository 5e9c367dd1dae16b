"""What the desk knows of the files: searched by words and states, brought up to date by reading what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import config, portal, text_of, write
from toasoan.config import Config
from toasoan.content.articles import ReadFile, read_article
from toasoan.content.front_matter import read_document
from toasoan.desk import index as module
from toasoan.desk.index import DeskIndex, Show, Story
from toasoan.diagnostics import Report
from toasoan.model.article import Status, Translation
from toasoan.translations.parts import parts_of
from toasoan.translations.staleness import record_of

NOW = dt.datetime(2025, 12, 20, tzinfo=dt.UTC)
DAY = dt.date(2025, 12, 1)
CONFIG = config(("vi", "en", "uk"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "vi/cho.md": text_of("Chợ nổi", story="cho", translation=Translation.ORIGINAL, date=DAY, section="local"),
        "en/cho.md": text_of("Floating market", story="cho", translation=Translation.MACHINE, date=DAY),
        "vi/nhap.md": text_of("Bản nháp", status=Status.DRAFT),
        "vi/mai.md": text_of("Ngày mai", date=dt.date(2026, 1, 1)),
        "vi/het.md": text_of("Đã hết", date=DAY, expires=dt.date(2025, 12, 2)),
        "vi/rut.md": text_of("Đã rút", status=Status.WITHDRAWN, date=DAY),
        "vi/sai.md": "+++\ntitle = \n+++\n",
    }
    return portal(tmp_path, files)


@pytest.fixture
def index(root: Path) -> Iterator[DeskIndex]:
    found = DeskIndex(root, CONFIG, root / "desk.sqlite")
    read_all(found)
    yield found
    found.close()


def read_all(index: DeskIndex) -> None:
    index.look()
    while index.read_some():
        pass


def stories(index: DeskIndex, show: Show = Show.ALL, words: str = "") -> list[str]:
    return [story.title for story in index.stories(show, words, NOW, 0, 50)[0]]


def story(index: DeskIndex, path: str = "site/content/vi/cho.md") -> Story:
    found = index.story_of(path, NOW)
    assert found
    return found


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (Show.DRAFTS, ["Bản nháp"]),
        (Show.SCHEDULED, ["Ngày mai"]),
        (Show.PUBLISHED, ["Chợ nổi", "Đã hết"]),
        (Show.WITHDRAWN, ["Đã rút"]),
        (Show.MISTAKES, ["sai"]),
        (Show.STALE, []),
    ],
)
def test_stories_by_state(show: Show, expected: list[str], index: DeskIndex) -> None:
    assert sorted(stories(index, show)) == expected


def test_all_stories_the_newest_first_the_undated_last(index: DeskIndex) -> None:
    found = stories(index)

    assert found[0] == "Ngày mai"
    assert set(found[-2:]) == {"Bản nháp", "sai"}
    assert len(found) == 6


def test_counts(index: DeskIndex) -> None:
    counts = index.counts(NOW)

    assert (counts[Show.ALL], counts[Show.PUBLISHED], counts[Show.MISTAKES]) == (6, 3, 1)


def test_a_story_with_its_languages(index: DeskIndex) -> None:
    found = story(index)

    assert [(it.language, it.state, it.origin) for it in found.versions] == [
        ("vi", "published", "original"), ("en", "published", "machine"),
    ]  # fmt: skip
    assert found.missing == ("uk",)
    assert found.original == "site/content/vi/cho.md"
    assert found.section == "local"


def test_states_of_versions(index: DeskIndex) -> None:
    found = [it for story in index.stories(Show.ALL, "", NOW, 0, 50)[0] for it in story.versions]
    states = {Path(it.path).name: it.state for it in found if it.language == "vi"}

    assert states == {
        "cho.md": "published", "nhap.md": "draft", "mai.md": "scheduled", "het.md": "expired", "rut.md": "withdrawn",
        "sai.md": "mistaken",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cho noi", ["Chợ nổi"]),
        ("MARKET", ["Chợ nổi"]),
        ("noi ngay", []),
        ("%", []),
        ("_", []),
        ("vi/nhap", ["Bản nháp"]),
    ],
)
def test_words_are_found_without_tones_in_every_language(words: str, expected: list[str], index: DeskIndex) -> None:
    assert stories(index, words=words) == expected


def test_pages(index: DeskIndex) -> None:
    first, total = index.stories(Show.ALL, "", NOW, 0, 4)
    second, _ = index.stories(Show.ALL, "", NOW, 4, 4)

    assert (len(first), len(second), total) == (4, 2, 6)
    assert not {it.key for it in first} & {it.key for it in second}


def test_a_changed_file_is_read_again_and_a_removed_one_forgotten(root: Path, index: DeskIndex) -> None:
    write(root, "site/content/vi/nhap.md", text_of("Khác", status=Status.DRAFT))
    (root / "site/content/en/cho.md").unlink()

    index.look(["site/content/vi/nhap.md", "site/content/en/cho.md", "site/site.toml"])
    index.read_some()

    assert stories(index, Show.DRAFTS) == ["Khác"]
    assert story(index).missing == ("en", "uk")


def test_a_folder_that_is_moved_takes_its_articles_along(root: Path, index: DeskIndex) -> None:
    (root / "site/content/vi").rename(root / "site/content/aside")

    index.look(["site/content/vi", "site/content/aside"])
    while index.read_some():
        pass

    assert index.story_of("site/content/vi/cho.md", NOW) is None
    assert index.story_of("site/content/aside/cho.md", NOW) is not None


def test_only_changed_files_are_read_the_next_time(
    root: Path, index: DeskIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.close()
    read: list[str] = []

    def note(root: Path, path: str, config: Config) -> ReadFile:
        read.append(path)
        return read_article(root, path, config)

    monkeypatch.setattr(module, "read_article", note)
    again = DeskIndex(root, CONFIG, root / "desk.sqlite")

    again.look()
    assert again.is_complete
    assert stories(again) != []
    assert read == []
    again.close()


def test_other_settings_make_it_read_everything_again(root: Path, index: DeskIndex) -> None:
    """A language that comes makes articles of files that were none."""
    write(root, "site/content/fr/marche.md", text_of("Marché"))
    read_all(index)
    assert "marche" in stories(index, Show.MISTAKES)
    index.close()
    write(root, "site/site.toml", (root / "site/site.toml").read_text("utf-8") + "# other\n")

    again = DeskIndex(root, config(("vi", "en", "uk", "fr")), root / "desk.sqlite")
    read_all(again)

    assert stories(again, Show.MISTAKES) == ["sai"]
    assert "Marché" in stories(again)
    again.close()


def test_many_files_are_read_in_turns(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    index = DeskIndex(root, CONFIG, root / "other.sqlite")
    index.look()

    assert index.waiting == 7
    assert index.read_some()
    assert index.waiting == 5
    while index.read_some():
        pass
    assert len(stories(index)) == 6
    index.close()


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0 but broken" * 200])
def test_a_damaged_file_is_made_anew(damage: bytes, root: Path) -> None:
    write(root, "desk.sqlite", damage)

    index = DeskIndex(root, CONFIG, root / "desk.sqlite")
    read_all(index)

    assert len(stories(index)) == 6
    index.close()


def test_a_translation_is_stale_once_its_original_has_changed(root: Path, index: DeskIndex) -> None:
    document = read_document((root / "site/content/vi/cho.md").read_text("utf-8"), "cho.md", Report())
    assert document
    record = record_of("vi", parts_of(document))
    text = text_of("Floating market", story="cho", translation=Translation.HUMAN, date=DAY, translated=record)
    write(root, "site/content/en/cho.md", text)
    read_all(index)
    assert stories(index, Show.STALE) == []

    original = text_of("Chợ nổi", "Chữ mới.", story="cho", translation=Translation.ORIGINAL, date=DAY)
    write(root, "site/content/vi/cho.md", original)
    read_all(index)

    assert stories(index, Show.STALE) == ["Chợ nổi"]
    assert [it.stale for it in story(index).versions] == [None, ("text.1",)]


def test_dates_make_stale_where_nothing_was_noted(root: Path, index: DeskIndex) -> None:
    fields: dict[str, Any] = {"story": "cho", "date": DAY, "updated": dt.date(2025, 12, 5)}
    write(root, "site/content/vi/cho.md", text_of("Chợ nổi", translation=Translation.ORIGINAL, **fields))
    read_all(index)

    assert [it.stale for it in story(index).versions] == [None, ()]
