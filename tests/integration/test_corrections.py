"""A correction in one language is told in all others until they have caught up."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import built, portal, text_of, tree, write
from tests.reading import document, json_ld
from toasoan.content.front_matter import CorrectionFields
from toasoan.model.article import Status, Translation

CORRECTED = (CorrectionFields("Chợ họp lúc năm giờ.", dt.date(2025, 6, 3)),)


def version(title: str, **fields: Any) -> str:
    return text_of(title, story="cho", **{"date": dt.date(2025, 6, 1), **fields})


def flags(root: Path, path: str) -> list[str]:
    """Which versions a page says were corrected."""
    page = document((root / "public" / path / "index.html").read_text("utf-8"))
    found: Any = page.xpath("//aside[contains(@class, 'box')]/a/@hreflang")
    return [str(tag) for tag in found]


def test_every_other_version_is_flagged_until_it_changes(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/cho.md": version("Chợ"), "en/cho.md": version("Market")})
    built(root)
    assert flags(root, "en/cho") == []

    write(root, "site/content/vi/cho.md", version("Chợ", corrections=CORRECTED))
    built(root)

    assert flags(root, "en/cho") == ["vi"]
    assert flags(root, "vi/cho") == []
    page = document((root / "public/en/cho/index.html").read_text("utf-8"))
    assert page.xpath("string(//aside/a[@hreflang='vi']/@href)") == "/vi/cho/"
    assert page.xpath("string(//aside/time/@datetime)") == "2025-06-03"
    built(root, root / "clean")
    assert tree(root / "public") == tree(root / "clean")

    write(root, "site/content/en/cho.md", version("Market", updated=dt.date(2025, 6, 4)))
    built(root)
    assert flags(root, "en/cho") == []


def test_a_version_that_came_after_the_correction_is_not_flagged(tmp_path: Path) -> None:
    later = version("Market", date=dt.date(2025, 6, 5))
    built(portal(tmp_path, {"vi/cho.md": version("Chợ", corrections=CORRECTED), "en/cho.md": later}))

    assert flags(tmp_path, "en/cho") == []


def test_a_version_with_the_same_correction_is_not_flagged(tmp_path: Path) -> None:
    own = (CorrectionFields("The market opens at five.", dt.date(2025, 6, 3)),)
    files: dict[str, str | bytes] = {
        "vi/cho.md": version("Chợ", corrections=CORRECTED),
        "en/cho.md": version("Market", corrections=own),
    }
    built(portal(tmp_path, files))

    assert flags(tmp_path, "en/cho") == flags(tmp_path, "vi/cho") == []


def test_a_correction_whose_day_nobody_knows_is_told_too(tmp_path: Path) -> None:
    undated = (CorrectionFields("Chợ họp lúc năm giờ."),)
    built(portal(tmp_path, {"vi/cho.md": version("Chợ", corrections=undated), "en/cho.md": version("Market")}))

    assert flags(tmp_path, "en/cho") == ["vi"]


def test_a_correction_is_a_change_for_readers_feeds_and_search_engines(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/cho.md": version("Chợ", corrections=CORRECTED, tags=("cá",))})
    built(root)

    files = tree(root / "public")
    (article,) = (it for it in json_ld(files["vi/cho/index.html"].decode()) if it["@type"] == "NewsArticle")
    assert article["dateModified"] == "2025-06-03"
    assert b"<lastmod>2025-06-03</lastmod>" in files["sitemap-vi-2025-06.xml"]
    assert b"<updated>2025-06-03T00:00:00+07:00</updated>" in files["vi/tag/ca/atom.xml"]
    assert json.loads(files["vi/feed.json"])["items"][0]["date_modified"] == "2025-06-03T00:00:00+07:00"


def test_a_correction_on_the_day_of_publication_does_not_make_the_article_older(tmp_path: Path) -> None:
    published = dt.datetime(2025, 6, 3, 8, 0)  # noqa: DTZ001  # in the zone of the portal
    root = portal(tmp_path, {"vi/cho.md": version("Chợ", corrections=CORRECTED, date=published)})
    built(root)

    page = (root / "public/vi/cho/index.html").read_text("utf-8")
    (article,) = (it for it in json_ld(page) if it["@type"] == "NewsArticle")
    assert article["dateModified"] == article["datePublished"] == "2025-06-03T08:00:00+07:00"


WITHDRAWN = Status.WITHDRAWN


def withdrawn(root: Path, path: str) -> list[tuple[str, str]]:
    """Which versions a page says were withdrawn, and when."""
    page = document((root / "public" / path / "index.html").read_text("utf-8"))
    found: Any = page.xpath("//aside[contains(@class, 'box')]/span[@lang]")
    return [(it.get("lang"), it.xpath("string(following-sibling::time[1]/@datetime)")) for it in found]


def test_every_other_version_is_flagged_when_one_is_withdrawn(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/cho.md": version("Chợ"), "en/cho.md": version("Market")})
    built(root)
    assert withdrawn(root, "en/cho") == []

    write(root, "site/content/vi/cho.md", version("Chợ", status=WITHDRAWN, corrections=CORRECTED))
    built(root)

    assert withdrawn(root, "en/cho") == [("vi", "2025-06-03")]
    assert flags(root, "en/cho") == []
    files = tree(root / "public")
    assert not any(path.startswith("vi/cho/") for path in files)
    assert not any("năm giờ".encode() in data or b"/vi/cho/" in data for data in files.values())
    built(root, root / "clean")
    assert tree(root / "clean") == files

    write(root, "site/content/en/cho.md", version("Market", updated=dt.date(2025, 6, 4)))
    built(root)
    assert withdrawn(root, "en/cho") == []


def cover_of(root: Path, path: str) -> Any:
    """Where the cover lies that was drawn for a page."""
    page = document((root / "public" / path / "index.html").read_text("utf-8"))
    return page.xpath("//img[contains(@src, '/cover')]/@src")


@pytest.mark.parametrize("again", ["published", "another text", "deleted", "a draft"])
def test_the_flag_goes_with_the_withdrawal(again: str, tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/cho.md": version("Chợ", status=WITHDRAWN), "en/cho.md": version("Market")})
    built(root)
    assert withdrawn(root, "en/cho") == [("vi", "")]

    if again == "deleted":
        (root / "site/content/vi/cho.md").unlink()
    elif again == "another text":
        write(root, "site/content/vi/cho-moi.md", version("Chợ mới"))
    else:
        write(root, "site/content/vi/cho.md", version("Chợ", status=Status.DRAFT if again == "a draft" else None))
    built(root)

    assert withdrawn(root, "en/cho") == []
    built(root, root / "clean")
    assert tree(root / "clean") == tree(root / "public")


@pytest.mark.parametrize(
    ("gone", "there"),
    [
        ({"source_url": "https://a.example/1"}, {"source_url": "https://www.a.example/1/"}),
        ({"translation": Translation.ORIGINAL}, {"story": "cho"}),
        ({"story": "market"}, {"translation": Translation.ORIGINAL}),
        ({"story": "x", "source_url": "https://a.example/1"}, {"source_url": "https://a.example/1"}),
    ],
    ids=["of one source", "named by its slug", "names the slug", "named for its source"],
)
def test_a_withdrawn_version_belongs_to_the_story_that_it_told(
    gone: dict[str, Any], there: dict[str, Any], tmp_path: Path
) -> None:
    root = portal(tmp_path, {"vi/cho.md": text_of("Chợ", **gone), "en/market.md": text_of("Market", **there)})
    built(root)
    cover = cover_of(root, "en/market")
    assert cover

    write(root, "site/content/vi/cho.md", text_of("Chợ", status=WITHDRAWN, **gone))
    built(root)

    assert withdrawn(root, "en/market") == [("vi", "")]
    assert cover_of(root, "en/market") == cover
    built(root, root / "clean")
    assert tree(root / "clean") == tree(root / "public")
