"""`toasoan new`: what it begins builds, and what was there stays as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import built, portal, text_of, tree, write
from toasoan.cli import run
from toasoan.scaffold import lay_out_portal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    lay_out_portal(tmp_path)
    return tmp_path


def new(root: Path, *words: str) -> int:
    return run(["new", *words, "--root", str(root)])


ORIGINAL = """+++
# The agency's own words.
title = "A day at the market"
date = 2025-06-03
tags = ["markets"]

[[images]]
alt = "Boats"
+++

Boats, at dawn.
"""


def test_a_translation_is_a_draft_of_the_same_story(root: Path) -> None:
    write(root, "site/content/en/2025/market.md", ORIGINAL)

    assert new(root, "translation", "market", "--language", "vi") == 0

    copy = root / "site/content/vi/2025/market.md"
    text = copy.read_text("utf-8")
    for line in (
        'language = "vi"',
        'slug = "market"',
        'story = "market"',
        'translation = "human"',
        'status = "draft"',
    ):
        assert line in text
    assert "Boats, at dawn." in text
    assert 'alt = "Boats"' in text
    original = (root / "site/content/en/2025/market.md").read_text("utf-8")
    assert original == ORIGINAL.replace("+++\n", '+++\nstory = "market"\n', 1)

    copy.write_text(text.replace('status = "draft"\n', "").replace("A day at the market", "Chợ"), "utf-8")
    built(root)
    assert 'hreflang="vi"' in (root / "public/en/market/index.html").read_text("utf-8")


def test_a_translation_by_a_machine_is_told_to_be_one(root: Path) -> None:
    write(root, "site/content/en/market.md", ORIGINAL)
    assert new(root, "translation", "site/content/en/market.md", "--language", "vi", "--machine") == 2
    assert new(root, "translation", str(root / "site/content/en/market.md"), "--language", "vi", "--machine") == 0
    assert 'translation = "machine"' in (root / "site/content/vi/market.md").read_text("utf-8")


def test_front_matter_in_yaml_with_windows_line_ends_stays_what_it_is(root: Path) -> None:
    text = b"---\r\ntitle: A day  # as the agency has it\r\n---\r\n\r\nBoats.\r\n"
    write(root, "site/content/en/market.md", text)
    assert new(root, "translation", "en/market", "--language", "vi") == 0
    assert (root / "site/content/en/market.md").read_bytes() == text.replace(
        b"---\r\n", b'---\r\nstory: "market"\r\n', 1
    )
    built(root)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["translation", "markt", "--language", "vi"], "did you mean 'market'?"),
        (["translation", "market"], "a translation needs a language"),
        (["translation", "market", "--language", "fr"], "this portal has no language 'fr'"),
        (["translation", "market", "--language", "en"], "tells this story in 'en'"),
        (["section", "Sport!", "--name", "vi=Thể thao", "--name", "en=Sport"], "use small letters"),
        (["section", "agency", "--name", "vi=Báo", "--name", "en=Press"], "lists of its own at this address"),
        (["section", "heritage"], "there is a section 'heritage'"),
        (["section", "chess", "--name", "vi=Cờ"], '--name en="…"'),
        (["section", "chess", "--name", "vi"], "--name takes a key and a name"),
        (["section", "chess", "--name", "fr=Échecs"], "this portal has no language 'fr'"),
        (["language", "vi"], "this portal has the language 'vi'"),
        (["language", "xx"], "is no language"),
        (["language", "sw"], "has not been translated into 'sw'"),
        (["language", "fr", "--name", "sport=Sport"], "this portal has no section 'sport'"),
    ],
)
def test_what_can_not_be_begun_is_explained_and_nothing_is_written(
    root: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, "site/content/en/market.md", ORIGINAL)
    before = tree(root)
    assert new(root, *words) == 2
    assert told in capsys.readouterr().err
    assert tree(root) == before


def test_a_section_stands_below_the_others_and_comments_stay(root: Path) -> None:
    before = (root / "site/site.toml").read_text("utf-8")
    assert new(root, "section", "chess", "--name", "en=Chess", "--name", "vi=Cờ vua") == 0
    after = (root / "site/site.toml").read_text("utf-8")
    assert after == before + '\n[sections.chess]\nvi = "Cờ vua"\nen = "Chess"\n'
    built(root)


def test_a_language_knows_what_usual_sections_are_called(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(root, "language", "fr", "--name", "local=Provinces") == 0
    settings = (root / "site/site.toml").read_text("utf-8")
    assert 'tagline = "News in many languages"\n\n[languages.fr]\n\n# A section needs a name' in settings
    assert 'fr = "Provinces"' in settings
    assert "heritage is called" in capsys.readouterr().out
    write(root, "site/content/fr/a.md", text_of("Bonjour"))
    built(root)
    assert (root / "public/fr/a/index.html").is_file()


def test_a_section_that_the_portal_has_no_name_for_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = 'title = "T"\nbase_url = "https://t.example"\n\n[languages.vi]\n\n[sections.chess]\nvi = "Cờ vua"\n'
    root = portal(tmp_path, {"vi/a.md": text_of()}, settings)
    assert new(root, "language", "fr") == 2
    assert '--name chess="…"' in capsys.readouterr().err
    assert (root / "site/site.toml").read_text("utf-8") == settings
