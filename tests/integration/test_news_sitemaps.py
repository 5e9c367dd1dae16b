"""News sitemaps: two days of news in each language, and the clock that empties them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.builders import portal, text_of, tree, write
from tests.pictures import photo
from toasoan.build import build
from toasoan.build_result import BuildResult
from toasoan.content.front_matter import PhotoFields

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
VIETNAM = dt.timezone(dt.timedelta(hours=7))


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def at(root: Path, now: str, folder: str = "public") -> BuildResult:
    result = build(root, root / folder, now=moment(now))
    assert not result.report.has_errors
    return result


def news(root: Path, language: str = "vi") -> list[str] | None:
    """The titles in a language's news sitemap; None if there is none."""
    file = root / f"public/sitemap-news-{language}.xml"
    if not file.exists():
        return None
    return [title.text or "" for title in ET.fromstring(file.read_bytes()).iterfind(".//n:title", NAMES)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return portal(
        tmp_path,
        {
            "vi/old.md": text_of("Cũ", date=moment("2025-06-01T08:00")),
            "vi/first.md": text_of("Sáng", date=moment("2025-06-10T08:00")),
            "vi/second.md": text_of("Chiều & tối", date=moment("2025-06-10T17:30")),
            "en/old.md": text_of("Old", date=moment("2025-06-01T08:00")),
        },
    )


def test_news_of_the_last_two_days_stand_in_it_with_all_that_is_asked_for(root: Path) -> None:
    at(root, "2025-06-10T18:00")

    entry, *others = ET.fromstring((root / "public/sitemap-news-vi.xml").read_bytes())
    assert len(others) == 1
    assert entry.findtext("s:loc", None, NAMES) == "https://portal.example/vi/second/"
    of_it = entry.find("n:news", NAMES)
    assert of_it is not None
    assert of_it.findtext("n:publication/n:name", None, NAMES) == "Tin thử"
    assert of_it.findtext("n:publication/n:language", None, NAMES) == "vi"
    assert of_it.findtext("n:publication_date", None, NAMES) == "2025-06-10T17:30:00+07:00"
    assert of_it.findtext("n:title", None, NAMES) == "Chiều & tối"


def test_the_index_names_it_and_a_language_without_news_has_none(root: Path) -> None:
    at(root, "2025-06-10T18:00")

    index = (root / "public/sitemap.xml").read_text()
    assert "https://portal.example/sitemap-news-vi.xml" in index
    assert "sitemap-news-en" not in index
    assert news(root, "en") is None


def test_the_clock_alone_takes_an_article_out_of_it(root: Path) -> None:
    at(root, "2025-06-10T18:00")
    assert at(root, "2025-06-12T07:59").published == at(root, "2025-06-12T07:59").published
    assert news(root) == ["Chiều & tối", "Sáng"]

    published = at(root, "2025-06-12T08:00").published

    assert news(root) == ["Chiều & tối"]
    assert published
    assert published.written == 1, "months, pages and the index stay as they are"
    at(root, "2025-06-12T17:30")
    assert news(root) is None
    assert "sitemap-news" not in (root / "public/sitemap.xml").read_text()
    at(root, "2025-06-12T17:30", "clean")
    assert tree(root / "public") == tree(root / "clean")


def test_another_title_a_new_article_and_a_withdrawal_are_in_it_at_once(root: Path) -> None:
    at(root, "2025-06-10T18:00")
    write(root, "site/content/vi/first.md", text_of("Sớm", date=moment("2025-06-10T08:00")))
    write(root, "site/content/en/new.md", text_of("New", date=moment("2025-06-10T12:00")))
    (root / "site/content/vi/second.md").unlink()

    at(root, "2025-06-10T18:00")

    assert news(root) == ["Sớm"]
    assert news(root, "en") == ["New"]


def test_old_months_stay_as_they_are_when_there_is_news(root: Path) -> None:
    at(root, "2025-06-10T18:00")
    write(root, "site/content/vi/new.md", text_of("Mới", date=moment("2025-07-01T08:00")))
    before = (root / "public/sitemap-vi-2025-06.xml").stat()

    at(root, "2025-07-01T09:00")

    after = (root / "public/sitemap-vi-2025-06.xml").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert news(root) == ["Mới"]


def test_photos_of_an_article_stand_in_its_sitemap(tmp_path: Path) -> None:
    images = (
        PhotoFields("a.png", "Chợ", credit="An"),
        PhotoFields("https://x.example/b.jpg?a=1&b=2", "Cá", credit="B"),
    )
    root = portal(
        tmp_path,
        {"media/a.png": photo(), "vi/cho.md": text_of("Chợ", images=images, date=moment("2025-06-01T08:00"))},
    )
    at(root, "2025-06-10T18:00")

    places = ET.fromstring((root / "public/sitemap-vi-2025-06.xml").read_bytes()).iter(
        "{http://www.google.com/schemas/sitemap-image/1.1}loc"
    )
    own, other = [place.text or "" for place in places]
    assert (root / "public" / own.removeprefix("https://portal.example/")).is_file()
    assert other == "https://x.example/b.jpg?a=1&b=2"
