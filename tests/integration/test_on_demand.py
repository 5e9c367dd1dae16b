"""Pages that are made when somebody asks for them: they are those that a build makes, and no others are there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import SETTINGS, built, page_text, portal, text_of, tree, write
from tests.pictures import photo
from toasoan.answer import Answer, Gone, InFile, JustMade, Later, Missing, Mistaken, Moved
from toasoan.content.front_matter import PhotoFields
from toasoan.workshop import Touched, Workshop

MORE = "\narticles_per_page = 2\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A portal with a page of each kind."""
    settings = SETTINGS.replace("\n[languages.vi]", f"{MORE}\n[languages.vi]", 1)
    images = tuple(PhotoFields(f"p{number}.png", f"Photo {number}", credit="An") for number in range(2))
    articles = {
        f"{tag}/t{number}.md": text_of(
            f"Tin {number}", section="local", tags=("Chợ nổi",), authors=("An",), publisher="Sông Mây",
            date=dt.date(2025, 1 + number % 3, 5), images=images if number == 1 else (), translation="original",
        )
        for tag in ("vi", "en") for number in range(9)
    }  # fmt: skip
    pages = {"pages/vi/gioi-thieu.md": page_text(), "pages/en/about.md": page_text("About")}
    files = {f"media/p{number}.png": photo(size=(400 + number, 225)) for number in range(2)}
    return portal(tmp_path, {**articles, **pages, **files}, settings)


@pytest.fixture
def workshop(root: Path) -> Iterator[Workshop]:
    workshop = Workshop(root, root / "preview")
    yield workshop
    workshop.close()


def content(answer: Answer) -> bytes:
    if isinstance(answer, InFile):
        return answer.file.read_bytes()
    assert isinstance(answer, JustMade), answer
    return answer.data


def test_every_page_is_made_as_a_build_makes_it(root: Path, workshop: Workshop, tmp_path: Path) -> None:
    built(root, tmp_path / "clean")
    taken = workshop.take_in()
    assert taken.touched is Touched.PAGES
    assert not taken.is_finished

    wanted = {path: data for path, data in tree(tmp_path / "clean").items() if path.endswith(".html")}
    assert {path.count("/") for path in wanted} == {0, 1, 2, 3, 4}
    for path, data in wanted.items():
        assert content(workshop.file(path)) == data, path
    assert not (root / "preview").exists()


def test_what_pages_lead_to_can_be_had_before_it_is_made(root: Path, workshop: Workshop, tmp_path: Path) -> None:
    built(root, tmp_path / "clean")
    workshop.take_in()
    clean = tree(tmp_path / "clean")
    for page in ("vi/index.html", "en/local/index.html", "vi/t1/index.html"):
        html = content(workshop.file(page)).decode()
        leads_to = set(re.findall(r"(?<=/)(?:covers|assets)/[\w./-]+\w", html)) & clean.keys()
        assert len(leads_to) > 3
        for path in leads_to:
            assert content(workshop.file(path)) == clean[path], path
        photographs = set(re.findall(r"(?<=/)media/[\w./-]+\w", html))
        assert photographs
        for path in photographs:  # shown from their own files, until their renditions are made
            answer = workshop.file(path)
            assert isinstance(answer, InFile)
            assert answer.file.parent == (root / "site/media").resolve()


@pytest.mark.parametrize(
    "path", ["vi/nothing/index.html", "fr/index.html", "vi/2031/01/index.html", "vi/local/99/index.html", "x.html"]
)
def test_what_is_not_there_is_missing(path: str, workshop: Workshop) -> None:
    workshop.take_in()
    assert workshop.file(path) == Missing()


@pytest.mark.parametrize("path", ["vi/feed.xml", "sitemap.xml", "vi/search/index.json", "covers/unknown.svg"])
def test_what_is_put_together_from_all_comes_later(path: str, workshop: Workshop) -> None:
    workshop.take_in()
    assert workshop.file(path) == Later()


def test_a_change_is_seen_before_the_rest_is_made(root: Path, workshop: Workshop, tmp_path: Path) -> None:
    workshop.build()
    text = write(root, "site/content/vi/t3.md", text_of("Tin đã sửa", section="local", date=dt.date(2025, 1, 5)))

    assert workshop.take_in({text}).touched is Touched.PAGES
    built(root, tmp_path / "clean")
    for path in ("vi/t3/index.html", "vi/index.html", "vi/local/index.html", "vi/t4/index.html", "en/t3/index.html"):
        assert content(workshop.file(path)) == (tmp_path / "clean" / path).read_bytes(), path
    assert b"Tin 3" in (root / "preview/vi/t3/index.html").read_bytes()


def test_what_was_cut_short_is_made_with_the_next_change(root: Path, workshop: Workshop, tmp_path: Path) -> None:
    workshop.take_in()
    for number in (2, 5):
        text = write(root, f"site/content/vi/t{number}.md", text_of(f"Khác {number}", section="heritage"))
        workshop.take_in({text})
    workshop.finish()
    built(root, tmp_path / "clean")
    assert tree(root / "preview") == tree(tmp_path / "clean")


def test_a_style_sheet_alone_touches_no_page(root: Path, workshop: Workshop) -> None:
    workshop.build()
    style = write(root, "site/static/css/own.css", "@layer components { h1 { color: red } }")
    taken = workshop.take_in({style})
    assert taken.touched is Touched.STYLE
    assert taken.style is not None
    assert b"color: red" in content(workshop.file(taken.style.removeprefix("/")))
    taken = workshop.take_in({style})
    assert (taken.touched, taken.is_finished) == (Touched.NOTHING, False)  # the rest is still to be made
    workshop.finish()
    assert workshop.take_in({style}).touched is Touched.NOTHING


def test_a_page_with_a_mistake_says_so_and_others_are_there(root: Path, workshop: Workshop) -> None:
    workshop.take_in()
    (root / "site/content/vi/t3.md").unlink()
    answer = workshop.file("vi/t3/index.html")
    assert isinstance(answer, Mistaken)
    assert [it.code for it in answer.report] == ["unreadable-file"]
    assert isinstance(workshop.file("vi/t4/index.html"), JustMade)


def test_old_addresses_lead_on_or_are_gone(root: Path, workshop: Workshop) -> None:
    settings = (root / "site/site.toml").read_text("utf-8") + '\n[redirects]\nformats = ["nginx"]\n'
    write(root, "site/site.toml", settings)
    write(root, "site/content/vi/t0.md", text_of("Tin", aliases=("/old/",)))
    ledger = '{"address": "/vi/lost/", "source": "site/content/vi/lost.md"}\n'
    write(root, "site/urls.jsonl", ledger)
    assert [str(it) for it in workshop.build().report] == []
    workshop.take_in(set(), in_any_case=True)
    assert workshop.file("old/index.html") == Moved("/vi/t0/")
    assert workshop.file("vi/lost/index.html") == Gone()


def test_files_that_come_and_go_cost_no_look_at_all_others(
    root: Path, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.build()

    def look(*_: object) -> None:
        raise AssertionError("all files were looked at")

    monkeypatch.setattr("toasoan.workshop.snapshot", look)
    folder = root / "site/content/vi"
    (folder / ".t3.md.swp").write_bytes(b"x")
    text = write(root, "site/content/vi/t3.md", text_of("Khác"))
    gone = {folder / "4913", folder / "t3.md~", folder / "t3.md.new"}
    assert workshop.take_in({text, folder / ".t3.md.swp", *gone}).touched is Touched.PAGES
