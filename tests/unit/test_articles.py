from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import codes, page_text, portal, text_of
from toasoan.config import read_config
from toasoan.content.articles import read_articles
from toasoan.content.front_matter import PhotoFields
from toasoan.content.static_pages import read_static_pages
from toasoan.diagnostics import Report
from toasoan.model.article import Article, ArticleId
from toasoan.model.photo_file import PhotoFile

PHOTO = PhotoFile("0" * 32, 1600, 900, "123", credit="VGP")


def read(folder: Path, files: dict[str, str | bytes]) -> tuple[tuple[Article, ...], list[str]]:
    root = portal(folder, files)
    config = read_config(root, Report())
    assert config is not None
    report = Report()
    return tuple(read_articles(root, config, report, lambda _: PHOTO)), codes(report)


def read_one(folder: Path, **fields: Any) -> Article:
    (one,), told = read(folder, {"vi/office.md": text_of(**fields)})
    assert told == []
    return one


def test_language_and_slug_come_from_the_path_where_the_file_says_nothing(tmp_path: Path) -> None:
    assert read_one(tmp_path).id == ArticleId("vi", "office")


def test_front_matter_comes_before_the_path(tmp_path: Path) -> None:
    (one,), told = read(tmp_path, {"tea.md": text_of(language="en", slug="coffee")})

    assert (one.id, told) == (ArticleId("en", "coffee"), [])


def test_slugs_have_one_unicode_form_whatever_the_file_system_keeps(tmp_path: Path) -> None:
    (by_name, by_field), told = read(
        tmp_path, {"vi/pho\u031b\u0309.md": text_of(), "vi/x.md": text_of(slug="bu\u0301n")}
    )

    assert told == []
    assert (by_name.slug, by_field.slug) == ("phở", "bún")


def test_a_day_begins_and_a_moment_falls_in_the_portals_zone(tmp_path: Path) -> None:
    text = "+++\ntitle = 'a'\ndate = {}\n+++\n"
    files: dict[str, str | bytes] = {
        "vi/day.md": text.format("2025-12-17"),
        "vi/local.md": text.format("2025-12-17T09:36:00"),
        "vi/utc.md": text.format("2025-12-17T20:00:00Z"),
        "vi/first.md": text.format("0001-01-01T00:00:00+14:00"),
        "vi/last.md": text.format("9999-12-31T23:59:59-11:00"),
    }

    given, told = read(tmp_path, files)

    assert told == []
    assert {one.slug: str(one.published) for one in given} == {
        "day": "2025-12-17",
        "local": "2025-12-17T09:36:00+07:00",
        "utc": "2025-12-18T03:00:00+07:00",
        "first": "0001-01-01T00:00:00+14:00",
        "last": "9999-12-31T23:59:59-11:00",
    }


def test_blanks_repetitions_and_control_characters_are_dropped(tmp_path: Path) -> None:
    one = read_one(
        tmp_path,
        title=" Trà\x00 ",
        body="Chữ\x07.",
        tags=("trà", " ", "trà ", "\x01"),
        publisher=" ",
        summary="\x00",
        images=(PhotoFields("https://x.example/a.png", caption="a\x1b", credit="An"),),
    )

    assert (one.title, one.description, one.tags, one.publisher, one.summary) == ("Trà", "Chữ.", ("trà",), None, None)
    assert one.photos[0].caption == "a"


@pytest.mark.parametrize("src", ["a.png", "b/c.png", "https://x.example/a.png"])
def test_a_photo_that_is_there_is_fine(src: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"media/a.png": b"", "media/b/c.png": b""}

    given, told = read(tmp_path, {**files, "vi/a.md": text_of(images=(PhotoFields(src, credit="VGP"),))})

    assert (len(given), told) == (1, [])


@pytest.mark.parametrize(
    "src",
    [
        "b.png",
        "A.png",
        "../site.toml",
        "b/../../site.toml",
        "b/../a.png",
        "./a.png",
        "b//c.png",
        "/etc/passwd",
        "b",
        "",
        "a\x00.png",
        "x" * 5000,
        "http://x.example/a.png",
        "https://",
        "https://[x",
        "data:image/png,x",
        "javascript:x",
        "C:\\a.png",
    ],
    ids=lambda src: repr(src[:20]),
)
def test_a_photo_that_is_nowhere_or_outside_is_told(src: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"media/a.png": b"", "media/b/c.png": b""}

    given, told = read(tmp_path, {**files, "vi/a.md": text_of(images=(PhotoFields(src),))})

    assert given == ()
    assert told in (["missing-image"], ["wrong-address"])


def test_a_photo_behind_a_link_that_leads_outside_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"")
    root = portal(tmp_path / "portal", {"media/a.png": b""})
    (root / "site/media/link.png").symlink_to(secret)

    assert read(root, {"vi/a.md": text_of(images=(PhotoFields("link.png"),))}) == ((), ["missing-image"])


@pytest.mark.parametrize(
    "url", ["baothu.example", "ftp://x.example", "https://", "https://[x", "javascript:alert(1)"]
)
def test_a_source_that_is_no_address_is_told(url: str, tmp_path: Path) -> None:
    assert read(tmp_path, {"vi/a.md": text_of(source_url=url)}) == ((), ["wrong-address"])


def test_what_is_in_no_language_of_the_portal_is_left_out(tmp_path: Path) -> None:
    given, told = read(tmp_path, {"fr/a.md": text_of(), "fr/b.md": text_of(), "vi/c.md": text_of()})

    assert [one.slug for one in given] == ["c"]
    assert told == []  # how many there are is told once for each language


def test_static_pages_go_by_their_names(tmp_path: Path) -> None:
    root = portal(tmp_path)
    (root / "site/pages/vi").mkdir(parents=True)
    (root / "site/pages/vi/gio\u031b\u0301i-thieu.md").write_text(page_text(" Giới\x00 thiệu "), "utf-8")
    (root / "site/pages/vi/empty.md").write_text(page_text("\t\x01"), "utf-8")
    config = read_config(root, Report())
    assert config is not None
    report = Report()

    pages = read_static_pages(root, config, report)

    assert [(page.slug, page.title) for page in pages] == [("giới-thieu", "Giới thiệu")]
    assert codes(report) == ["empty-title"]
