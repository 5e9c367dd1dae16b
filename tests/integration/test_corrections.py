"""A correction in one language is told in all others until they have caught up."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from tests.builders import built, portal, text_of, tree, write
from tests.reading import document, json_ld
from toasoan.content.front_matter import CorrectionFields

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
