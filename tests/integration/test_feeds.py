"""Feeds as feed readers take them: full texts, photographs, the lists of feeds."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import html

from tests.builders import SETTINGS, built, codes, portal, text_of, tree, write
from tests.conftest import BuiltSite
from tests.pictures import photo
from toasoan import routes
from toasoan.build import build
from toasoan.content.front_matter import CorrectionFields, PhotoFields

ORIGIN = "https://portal.example"
NAMES = {"a": "http://www.w3.org/2005/Atom"}


def feeds_of(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    """All feeds of a file name, read by a feed reader's own library."""
    return {path: feedparser.parse(data) for path, data in files.items() if path.endswith(name)}


def found(page: str, path: str) -> list[str]:
    """What an XPath finds in a page."""
    values: Any = html.fromstring(page).xpath(path)
    return [str(value) for value in values]


def test_feeds_are_read_without_a_complaint(tiny: BuiltSite) -> None:
    for name in ("feed.xml", "atom.xml"):
        feeds = feeds_of(tiny.files, name)
        assert feeds
        for path, feed in feeds.items():
            assert not feed.bozo, path
            assert feed.feed.language == path.split("/")[0]
            for entry in feed.entries:
                assert routes.file_of(urlsplit(entry.link).path) in tiny.files


def test_rss_has_whole_texts_with_full_addresses(tiny: BuiltSite) -> None:
    feed = feedparser.parse(tiny.files["vi/feed.xml"])

    assert [entry.link for entry in feed.entries] == [
        f"{ORIGIN}/vi/{slug}/" for slug in ("bao-tang", "cho-noi", "lang-gom", "khong-ngay")
    ]
    newest, *_, undated = feed.entries
    assert newest.published == "Wed, 17 Dec 2025 09:36:00 +0700"
    assert newest.updated == "2025-12-18T00:00:00+07:00"
    assert "published" not in undated
    text = newest.content[0].value
    assert f'href="{ORIGIN}/vi/heritage/"' in text
    (picture,) = re.findall(rf'src="{ORIGIN}/([^"]+)"', text)
    assert re.fullmatch(r"media/bao-tang-[0-9a-f]{10}-16\.jpg", picture)
    assert picture in tiny.files


def test_json_feeds_of_languages_and_sections_have_the_same_texts_as_rss(tiny: BuiltSite) -> None:
    for path in ("vi/", "en/", "vi/heritage/"):
        entries = feedparser.parse(tiny.files[f"{path}feed.xml"]).entries
        items = json.loads(tiny.files[f"{path}feed.json"])["items"]
        assert [item["url"] for item in items] == [entry.link for entry in entries]
        for item, element in zip(items, ET.fromstring(tiny.files[f"{path}feed.xml"]).iter("item"), strict=True):
            encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
            assert item["content_html"] == element.findtext(encoded)
            assert item["summary"] == element.findtext("description")


def test_every_other_list_has_a_json_feed_with_every_item(tiny: BuiltSite) -> None:
    feeds = {path: json.loads(data) for path, data in tiny.files.items() if path.endswith("feed.json")}
    summaries = {
        path: feed for path, feed in feeds.items() if f"{path.removesuffix('feed.json')}feed.xml" not in tiny.files
    }

    assert summaries
    for path, feed in summaries.items():
        page = tiny.pages[routes.file_of(urlsplit(feed["home_page_url"]).path)]
        assert feed["feed_url"] == f"{ORIGIN}/{path}"
        shown = found(page, '//main//article[contains(@class, "card")]//h2/a/@href')
        assert {urlsplit(item["url"]).path for item in feed["items"]} == set(shown)
        assert feed.get("next_url", feed["feed_url"]).removeprefix(f"{ORIGIN}/") in tiny.files
        for item in feed["items"]:
            assert item["id"] == item["url"]
            assert item["content_text"]


def test_tags_authors_and_agencies_have_atom_feeds_of_their_dated_articles(tiny: BuiltSite) -> None:
    feed = ET.fromstring(tiny.files["vi/tag/gom/atom.xml"])

    links = [link.get("href") for link in feed.iterfind("a:entry/a:link", NAMES)]
    assert links == [f"{ORIGIN}/vi/bao-tang/", f"{ORIGIN}/vi/cho-noi/"]
    assert feed.findtext("a:updated", None, NAMES) == "2025-12-18T00:00:00+07:00"
    assert feed.findtext("a:id", None, NAMES) == f"{ORIGIN}/vi/tag/gom/"
    for entry in feed.iterfind("a:entry", NAMES):
        assert entry.findtext("a:summary", None, NAMES)
        assert entry.findtext("a:author/a:name", None, NAMES)
    assert {path.split("/")[1] for path in tiny.files if path.endswith("atom.xml")} == {"tag", "author", "agency"}


def test_a_list_without_a_date_has_no_atom_feed_and_none_is_named(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A", tags=("gốm",))})

    built(root)

    files = tree(root / "public")
    assert "vi/tag/gom/index.html" in files
    assert not [path for path, data in files.items() if path.endswith("atom.xml") or b"atom.xml" in data]


def test_pages_name_their_feeds_and_each_is_there(tiny: BuiltSite) -> None:
    for path, page in tiny.pages.items():
        links = found(page, "//link[@rel='alternate'][@type]/@href")
        assert {routes.file_of(link) for link in links} <= tiny.files.keys(), path
    tag = found(tiny.pages["vi/tag/gom/index.html"], "//link[@type='application/atom+xml']/@href")
    assert tag == ["/vi/tag/gom/atom.xml"]


# ---- photographs


def with_photos(folder: Path, **fields: Any) -> Path:
    images = (
        PhotoFields("a.jpg", "Người bán cá", "Chợ & cá", "VGP/An"),
        PhotoFields("b.jpg", "Thuyền", None, "Bình"),
    )
    media = {"media/a.jpg": photo(size=(900, 600)), "media/b.jpg": photo(size=(700, 500))}
    article = text_of("Chợ", "Đầu.\n\n![](image:2)\n\nCuối.", images=images, date=dt.date(2025, 6, 1), **fields)
    return portal(folder, {"vi/cho.md": article, **media})


def test_photographs_are_enclosed_with_their_true_size(tmp_path: Path) -> None:
    root = with_photos(tmp_path)
    built(root)

    (entry,) = feedparser.parse((root / "public/vi/feed.xml").read_bytes()).entries
    (enclosure,) = entry.enclosures
    file = root / "public" / enclosure.href.removeprefix(f"{ORIGIN}/")
    assert int(enclosure.length) == file.stat().st_size
    assert enclosure.type == "image/jpeg"
    first, second = entry.media_content
    assert (first["url"], first["width"], first["height"]) == (enclosure.href, "900", "600")
    assert (second["width"], second["height"]) == ("700", "500")
    (item,) = json.loads((root / "public/vi/feed.json").read_bytes())["items"]
    assert [it["url"] for it in item["attachments"]] == [first["url"], second["url"]]
    assert item["attachments"][0]["title"] == "Chợ & cá, VGP/An"


def test_a_photograph_that_the_text_does_not_place_stands_above_it(tmp_path: Path) -> None:
    root = with_photos(tmp_path)
    built(root)

    (item,) = json.loads((root / "public/vi/feed.json").read_bytes())["items"]
    order = [item["content_html"].index(text) for text in ("Người bán cá", "Đầu.", "Thuyền", "Cuối.")]
    assert order == sorted(order)


def test_another_photo_under_the_same_name_has_its_own_size(tmp_path: Path) -> None:
    root = with_photos(tmp_path)
    built(root)
    write(root, "site/media/a.jpg", photo(size=(640, 360)))
    built(root)

    (entry,) = feedparser.parse((root / "public/vi/feed.xml").read_bytes()).entries
    file = root / "public" / entry.enclosures[0].href.removeprefix(f"{ORIGIN}/")
    assert int(entry.enclosures[0].length) == file.stat().st_size
    built(root, root / "clean")
    assert tree(root / "public") == tree(root / "clean")


def test_corrections_are_told_in_feeds_before_the_text(tmp_path: Path) -> None:
    corrections = (CorrectionFields("Chợ họp lúc năm giờ.", dt.date(2025, 6, 3)),)
    root = portal(tmp_path, {"vi/cho.md": text_of("Chợ", "Chữ.", date=dt.date(2025, 6, 1), corrections=corrections)})
    built(root)

    text = feedparser.parse((root / "public/vi/feed.xml").read_bytes()).entries[0].content[0].value
    assert text.index("Chợ họp lúc năm giờ.") < text.index("Chữ.")


# ---- a hub, lists of feeds, browsers


def test_a_hub_is_named_in_every_feed(tmp_path: Path) -> None:
    settings = f'{SETTINGS}\n[feeds]\nhub = "https://hub.example/?a=1&b=2"\n'
    files: dict[str, str | bytes] = {"vi/a.md": text_of("A", tags=("gốm",), date=dt.date(2025, 6, 1))}
    root = portal(tmp_path, files, settings)
    built(root)

    for path, data in tree(root / "public").items():
        if path.endswith(("feed.xml", "atom.xml")):
            hubs = [
                it.get("href") for it in ET.fromstring(data).iter(f"{{{NAMES['a']}}}link") if it.get("rel") == "hub"
            ]
            assert hubs == ["https://hub.example/?a=1&b=2"], path
        if path.endswith("feed.json"):
            assert json.loads(data)["hubs"] == [{"type": "WebSub", "url": "https://hub.example/?a=1&b=2"}]


@pytest.mark.parametrize("hub", ["hub.example", "ftp://hub.example", "javascript:alert(1)", ""])
def test_a_hub_that_is_no_address_is_told(hub: str, tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")}, f'{SETTINGS}\n[feeds]\nhub = "{hub}"\n')

    assert codes(build(root, None).report) == ["wrong-address"]


def test_a_link_to_a_part_of_the_text_leads_to_the_page_from_feeds(tmp_path: Path) -> None:
    text = text_of("A", "## Chợ\n\nXem [chợ](#cho).", date=dt.date(2025, 6, 1))
    built(portal(tmp_path, {"vi/a.md": text}))

    wanted = f'href="{ORIGIN}/vi/a/#cho"'
    assert wanted in (tmp_path / "public/vi/feed.xml").read_text("utf-8")
    (item,) = json.loads((tmp_path / "public/vi/feed.json").read_text("utf-8"))["items"]
    assert wanted in item["content_html"]


def test_an_article_without_a_text_has_its_title_in_feeds(tmp_path: Path) -> None:
    built(portal(tmp_path, {"vi/a.md": text_of("Chợ & làng", "", date=dt.date(2025, 6, 1))}))

    (item,) = json.loads((tmp_path / "public/vi/feed.json").read_text("utf-8"))["items"]
    assert item["content_html"] == "<p>Chợ &amp; làng</p>\n"


def outlines(root: Path, path: str) -> list[str]:
    all_ = ET.fromstring((root / "public" / path).read_bytes()).iter("outline")
    return [address for it in all_ if (address := it.get("xmlUrl") or it.get("url"))]


def test_lists_of_feeds_name_every_feed_and_no_other(tiny: BuiltSite) -> None:
    opml = {path: ET.fromstring(data) for path, data in tiny.files.items() if path.endswith(".opml")}
    assert opml.keys() == {"feeds.opml", "vi/feeds.opml", "en/feeds.opml"}
    named = {it.get("xmlUrl") for list_ in opml.values() for it in list_.iter("outline") if it.get("xmlUrl")}
    feeds = {f"{ORIGIN}/{path}" for path in tiny.files if path.endswith(("feed.xml", "atom.xml"))}

    # A section without articles has a feed, which nobody need follow.
    assert {it for it in feeds - named if not it.endswith("feed.xml")} == set()
    assert named <= feeds
    assert [it.get("url") for it in opml["feeds.opml"].iter("outline")] == [
        f"{ORIGIN}/vi/feeds.opml",
        f"{ORIGIN}/en/feeds.opml",
    ]


def test_a_list_of_feeds_follows_tags_that_come_change_and_go(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A", tags=("gốm",)), "en/a.md": text_of("A")})
    built(root)
    feed = f"{ORIGIN}/vi/tag/gom/atom.xml"
    assert feed not in outlines(root, "vi/feeds.opml")

    steps: list[tuple[dict[str, Any], bool]] = [
        ({"date": dt.date(2025, 6, 1), "tags": ("gốm",)}, True),
        ({"date": dt.date(2025, 6, 1), "tags": ("Gốm",)}, True),
        ({"date": dt.date(2025, 6, 1), "tags": ("gom", "gốm")}, True),
        ({"tags": ("gốm",)}, False),
        ({"date": dt.date(2025, 6, 1)}, False),
    ]
    for fields, is_there in steps:
        write(root, "site/content/vi/a.md", text_of("A", **fields))
        built(root)
        assert (feed in outlines(root, "vi/feeds.opml")) == is_there
        built(root, root / "clean")
        assert tree(root / "public") == tree(root / "clean")


def test_agencies_stand_by_name_in_a_list_of_feeds_however_much_they_write(tmp_path: Path) -> None:
    day = dt.date(2025, 6, 1)
    of = {"vi/a.md": "Anh", "vi/b.md": "Bình", "vi/c.md": "Bình"}
    root = portal(tmp_path, {path: text_of("A", publisher=name, date=day) for path, name in of.items()})
    built(root)
    by_name = outlines(root, "vi/feeds.opml")
    assert [it.rsplit("/", 2)[1] for it in by_name if "/agency/" in it] == ["anh", "binh"]

    for path in ("vi/b.md", "vi/c.md"):
        write(root, f"site/content/{path}", text_of("A", publisher="Anh" if path == "vi/c.md" else "Bình", date=day))
    built(root)
    assert outlines(root, "vi/feeds.opml") == by_name


def test_a_feed_has_a_style_sheet_and_an_explanation_for_browsers(tiny: BuiltSite) -> None:
    for path in ("vi/feed.xml", "vi/tag/gom/atom.xml"):
        data = tiny.files[path].decode()
        style = re.search(r'<\?xml-stylesheet type="text/css" href="/([^"]+)"\?>', data)
        assert style
        assert style[1] in tiny.files
        assert "Đây là nguồn cấp tin" in data
