"""The style guide: all pieces of a theme on one page, with what the portal has of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders import portal, write
from toasoan.cli import run
from toasoan.diagnostics import Report
from toasoan.render.fragments import KEPT_MACROS
from toasoan.styleguide import LANGUAGES, write_styleguide
from toasoan.theme import theme_folder


def guide_of(root: Path) -> str:
    report = Report()
    assert write_styleguide(root, root / "guide", report), list(map(str, report))
    return (root / "guide/index.html").read_text("utf-8")


def test_it_shows_every_macro_in_every_script(tmp_path: Path) -> None:
    page = guide_of(portal(tmp_path))

    assert re.findall(r'<section id="(\w+)"', page) == list(LANGUAGES)
    macros = {path.stem for path in (theme_folder("templates") / "macros").glob("*.html")} - {"named", "card"}
    for macro in (*macros, *KEPT_MACROS):
        assert page.count(f"{macro}(") >= 2 * len(LANGUAGES), macro


def test_whatever_it_links_to_lies_beside_it(tmp_path: Path) -> None:
    page = guide_of(portal(tmp_path))

    files = set(re.findall(r'(?:src|href)="((?:assets|covers)/[^"#]+)', page))
    assert files
    assert {file for file in files if not (tmp_path / "guide" / file).is_file()} == set()


OWN_HEAD = "{% macro section_head(title, link=none, id=none) %}<b>own</b>{% endmacro %}"


def test_it_shows_the_portals_own_macro_and_colour(tmp_path: Path) -> None:
    root = portal(tmp_path)
    write(
        root,
        "site/templates/macros/section_head.html",
        OWN_HEAD,
    )
    write(root, "site/static/css/components/own.css", ":root { --red: #0b5394; }")

    page = guide_of(root)

    assert "<b>own</b>" in page
    (style,) = (root / "guide/assets/css").glob("style.*.css")
    assert "--red: #0b5394" in style.read_text("utf-8")


def test_a_mistake_in_a_template_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(portal(tmp_path))
    write(tmp_path, "site/templates/macros/figure.html", "{% macro figure(it) %}\n{{ it.nothing }}{% endmacro %}")

    assert run(["styleguide"]) == 1
    assert "site/templates/macros/figure.html:2: error:" in capsys.readouterr().err
    assert not (tmp_path / "styleguide").exists()
