"""The gate that no build passes whose language versions do not all name each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.builders import REPOSITORY, built, codes, portal, text_of, tree, write
from toasoan import plan
from toasoan.build import build
from toasoan.catalog.catalog import Catalog
from toasoan.plan import Page, Reading
from toasoan.targets import Target

HEAD = (REPOSITORY / "templates/partials/head.html").read_text("utf-8")
CYRILLIC = "Сьогодні на ринку продають свіжу рибу, овочі та квіти, а ввечері співають пісень. " * 3


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return portal(
        tmp_path,
        {
            "vi/cho.md": text_of("Chợ", story="cho"),
            "en/cho.md": text_of("Market", story="cho"),
            "en/b.md": text_of("Boats"),
        },
    )


@pytest.mark.parametrize(
    ("there", "instead", "code"),
    [
        ('<link rel="canonical" href="{{ head.canonical }}">', "", "wrong-canonical"),
        ('href="{{ head.canonical }}">', 'href="{{ head.canonical }}?">', "wrong-canonical"),
        ('hreflang="{{ alternate.tag }}"', 'hreflang="{{ alternate.tag }}-x"', "wrong-alternates"),
        ("{% for alternate in head.alternates %}", "{% for alternate in head.alternates[1:] %}", "wrong-alternates"),
        ('href="{{ alternate.address }}"', 'href="{{ alternate.address }}#"', "wrong-alternates"),
    ],
)  # fmt: skip
def test_a_template_that_says_something_else_stops_the_build(there: str, instead: str, code: str, root: Path) -> None:
    assert there in HEAD
    write(root, "site/templates/partials/head.html", HEAD.replace(there, instead))

    found = codes(build(root, root / "public").report)

    assert set(found) == {code}
    assert not (root / "public").exists() or not tree(root / "public")


def test_a_page_in_another_language_than_it_says_stops_the_build(root: Path) -> None:
    base = (REPOSITORY / "templates/layouts/base.html").read_text("utf-8")
    write(root, "site/templates/layouts/base.html", base.replace('lang="{{ shell.language }}"', 'lang="fr"'))

    assert set(codes(build(root, root / "public").report)) == {"wrong-page-language"}


def test_a_head_written_in_another_way_is_read_all_the_same(root: Path) -> None:
    other = HEAD.replace(
        '<link rel="alternate" hreflang="{{ alternate.tag }}" href="{{ alternate.address }}">',
        "<link href={{ alternate.address }} rel=alternate hreflang={{ alternate.tag }}>",
    )
    assert other != HEAD
    write(root, "site/templates/partials/head.html", other)

    built(root)


def changed_plan(monkeypatch: pytest.MonkeyPatch, language: str, alternates: dict[str, str] | None) -> None:
    """Have the article `cho` of one language name other versions than there are."""
    whole = plan.pages_of

    def pages_of(target: Target, key: str, catalog: Catalog) -> Iterator[Page]:
        for page in whole(target, key, catalog):
            is_it = isinstance(page.subject, Reading) and page.address == f"/{language}/cho/"
            named = MappingProxyType(alternates) if alternates else None
            yield replace(page, alternates=named, x_default="/vi/cho/" if named else None) if is_it else page

    monkeypatch.setattr("toasoan.production.pages_of", pages_of)


@pytest.mark.parametrize(
    "alternates",
    [
        None,
        {"en": "/en/cho/", "vi": "/vi/cho/", "uk": "/uk/cho/"},
        {"en": "/en/cho/", "vi": "/vi/boats/"},
    ],
    ids=["not named back", "one that is not there", "another page"],
)
def test_versions_that_do_not_agree_stop_the_build(
    alternates: dict[str, str] | None, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed_plan(monkeypatch, "en", alternates)

    assert set(codes(build(root, root / "public").report)) == {"versions-disagree"}


def test_a_page_that_does_not_name_itself_stops_the_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed_plan(monkeypatch, "en", {"vi": "/vi/cho/", "fr": "/en/cho/"})

    assert "wrong-alternates" in codes(build(root, root / "public").report)


def test_a_small_build_looks_at_the_versions_that_it_touches(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(root)
    changed_plan(monkeypatch, "en", None)
    write(root, "site/content/en/cho.md", text_of("Fish market", story="cho"))

    found = build(root, root / "public").report

    assert [str(one.location) for one in found] == ["vi/cho/index.html"]
    monkeypatch.undo()
    built(root)
    built(root, root / "clean")
    assert tree(root / "public") == tree(root / "clean")


def test_a_text_in_the_letters_of_another_language_stops_the_build(root: Path) -> None:
    write(root, "site/content/en/b.md", text_of("Boats", CYRILLIC))

    (said,) = build(root, root / "public").report

    assert (str(said.location), said.code) == ("site/content/en/b.md", "wrong-script")
    assert "Cyrillic" in said.message


def test_foreign_names_and_short_texts_do_not(root: Path) -> None:
    write(
        root,
        "site/content/en/b.md",
        text_of("Boats", f"{CYRILLIC[:80]} is what the song says, and it goes on and on."),
    )
    write(root, "site/content/en/cho.md", text_of("Market", CYRILLIC[:50]))

    built(root)
