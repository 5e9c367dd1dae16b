"""The demo portal: complete in all its languages, built without a complaint, the same each time."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from tests.builders import built, tree
from tests.pictures import photo
from toasoan.cli import run
from toasoan.demo.demo_portal import ALL_ARTICLES, STORIES, lay_out_demo, photo_name
from toasoan.demo.demo_texts import LANGUAGES, demo_texts
from toasoan.demo.photographs import SCENES, photograph
from toasoan.scaffold import FolderInUseError

OTHERS = [tag for tag in LANGUAGES if tag != "en"]


def shape(markdown: str) -> list[str]:
    """Of each line whether it begins a heading, a quotation, an item of a list or none of these."""
    return [re.match(r"##|>|-|", line)[0] for line in markdown.split("\n") if line]  # type: ignore[index]


def drawn(key: str, number: int) -> bytes:
    """A stand-in for a photograph."""
    return photo((number, len(key), 90))


@pytest.mark.parametrize("tag", OTHERS)
def test_each_language_has_all_that_english_has_part_by_part(tag: str) -> None:
    english, texts = demo_texts("en"), demo_texts(tag)

    assert list(texts.sections) == list(english.sections)
    assert {slug: shape(page.body) for slug, page in texts.pages.items()} == {
        slug: shape(page.body) for slug, page in english.pages.items()
    }
    for ours, theirs in zip(texts.stories, english.stories, strict=True):
        assert ours.key == theirs.key
        assert shape(ours.body) == shape(theirs.body), ours.key
        for name in ("tags", "captions", "alts"):
            assert len(getattr(ours, name)) == len(getattr(theirs, name)), (ours.key, name)
        assert all((ours.title, ours.summary, *ours.tags, *ours.captions, *ours.alts)), ours.key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_texts_are_composed_and_have_no_invisible_characters_but_those_of_their_script(tag: str) -> None:
    text = repr(demo_texts(tag))
    allowed = {"\u200c"} if tag == "fa" else set()

    assert unicodedata.is_normalized("NFC", text)
    assert {c for c in text if unicodedata.category(c) in ("Cf", "Co", "Cn")} <= allowed


def test_every_story_has_its_texts_and_each_photograph_its_scene() -> None:
    stories = demo_texts("en").stories

    assert {story.key for story in stories} == {story.key for story in STORIES}
    assert set(SCENES) == {(story.key, number + 1) for story in stories for number in range(len(story.captions))}


def test_a_scene_is_the_same_picture_each_time() -> None:
    first = photograph("kite-teacher", 1)

    assert first.startswith(b"\xff\xd8\xff")
    assert photograph("kite-teacher", 1) == first


def test_the_demo_builds_without_a_complaint_in_all_languages(tmp_path: Path) -> None:
    made = lay_out_demo(tmp_path, 3 * len(LANGUAGES), drawn)
    published = built(tmp_path).published

    assert made == 3 * len(LANGUAGES)
    assert published is not None
    for tag in LANGUAGES:
        for page in ("", "about/", "accessibility/", "photos/", "bell-casters/"):
            assert (tmp_path / f"public/{tag}/{page}index.html").is_file()


def test_two_demos_are_the_same(tmp_path: Path) -> None:
    for name in ("one", "other"):
        lay_out_demo(tmp_path / name, 40, drawn)

    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_with_more_articles_than_texts_the_stories_come_again(tmp_path: Path) -> None:
    assert lay_out_demo(tmp_path, ALL_ARTICLES + 2, drawn) == ALL_ARTICLES + 2

    again = (tmp_path / "site/content/vi/bell-casters-2.md").read_text("utf-8")
    assert 'slug = "bell-casters-2"' in again
    assert f'src = "{photo_name("bell-casters", 1)}"' in again


def test_a_portal_is_never_laid_over_another_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out_demo(tmp_path, 1, drawn)
    before = tree(tmp_path)

    with pytest.raises(FolderInUseError):
        lay_out_demo(tmp_path, 1, drawn)
    assert run(["demo", str(tmp_path)]) == 2
    assert "already has a portal" in capsys.readouterr().err
    assert tree(tmp_path) == before
