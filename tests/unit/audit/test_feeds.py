"""Feeds that are right pass, and a mistake of each kind is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import BuiltSite
from toasoan.audit.addresses import Addresses
from toasoan.audit.feeds import faults_between, read_feed
from toasoan.routes import Site

ORIGIN = "https://portal.example"


def faults(path: str, data: bytes, tiny: BuiltSite) -> list[str]:
    addresses, feed = Addresses(Site(ORIGIN), frozenset(tiny.files), {}), read_feed(data, f"{ORIGIN}/{path}")
    found = [*feed.faults, *faults_between(feed, addresses)]
    assert {it.code for it in found} <= {"wrong-feed", "invalid-xml"}
    return [it.message for it in found]


def test_the_feeds_of_a_portal_are_right(tiny: BuiltSite) -> None:
    feeds = [path for path in tiny.files if path.endswith(("feed.xml", "atom.xml", "feed.json", "feeds.opml"))]
    assert {path.rpartition("/")[2] for path in feeds} == {"feed.xml", "atom.xml", "feed.json", "feeds.opml"}

    assert [fault for path in feeds for fault in faults(path, tiny.files[path], tiny)] == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</channel>", "", "it is no XML: "),
        ("<rss ", "<rdf ", "it is no XML: "),
        ("<description>", "<about>", "it is no XML: "),
        ("/vi/feed.xml", "/vi/rss.xml", f"it does not say that its own address is {ORIGIN}/vi/feed.xml"),
        (f"<link>{ORIGIN}/vi/", f"<link>{ORIGIN}/vi/none/", f"it leads to {ORIGIN}/vi/none/"),
        (f"<link>{ORIGIN}/vi/", "<link>/vi/", "the address '/vi/"),
        ("+0700</pubDate>", "</pubDate>", "the date "),
        (f'href="{ORIGIN}/', 'href="/', "a text has a link that is not absolute"),
    ],
)
def test_a_mistake_in_rss_is_told(old: str, new: str, fault: str, tiny: BuiltSite) -> None:
    text = tiny.files["vi/feed.xml"].decode()
    assert old in text or old.startswith("href")
    if old.startswith("href"):
        old, new = "<content:encoded>", '<content:encoded>&lt;a href="/vi/"&gt;a&lt;/a&gt;'
        text = text.replace("<![CDATA[", '<![CDATA[<a href="/vi/">a</a>')

    told = faults("vi/feed.xml", text.replace(old, new).encode(), tiny)

    assert any(it.startswith(fault) for it in told), told


def test_two_items_with_one_id_are_told(tiny: BuiltSite) -> None:
    text = tiny.files["vi/feed.xml"].decode()
    item = text[text.index("<item>") : text.index("</item>") + len("</item>")]

    (fault,) = faults("vi/feed.xml", text.replace(item, item + item, 1).encode(), tiny)

    assert fault.startswith("2 items have the id")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<updated>", "<updated>x", "the date 'x"),
        ("<id>", "<id/><was>", "it is no XML"),
        ("<name>", "<name>", None),
        ("<author>", "<was>", "it is no XML"),
    ],
)
def test_a_mistake_in_atom_is_told(old: str, new: str, fault: str | None, tiny: BuiltSite) -> None:
    path = next(path for path in tiny.files if path.endswith("atom.xml"))
    text = tiny.files[path].decode()
    assert old in text

    told = faults(path, text.replace(old, new, 1).encode(), tiny)

    assert (told == []) if fault is None else any(it.startswith(fault) for it in told)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": "2"}, "it does not say which version of JSON Feed it is"),
        ({"title": ""}, "it has no title"),
        ({"feed_url": f"{ORIGIN}/feed.json"}, "it does not say that its own address is"),
        ({"items": [{"id": "", "url": f"{ORIGIN}/vi/", "content_html": "a"}]}, "an item has no id"),
        ({"items": [{"id": "1", "url": f"{ORIGIN}/vi/"}]}, "an item has no text"),
        ({"items": [{"id": "1", "url": f"{ORIGIN}/none/", "content_html": "a"}]}, "it leads to"),
        (
            {"items": [{"id": "1", "url": f"{ORIGIN}/vi/", "content_html": "a", "date_published": "2025-06-01"}]},
            "the date '2025-06-01' is not as RFC 3339 has it",
        ),
    ],
)
def test_a_mistake_in_a_json_feed_is_told(change: dict[str, Any], fault: str, tiny: BuiltSite) -> None:
    feed = {**json.loads(tiny.files["vi/feed.json"]), **change}

    (told,) = faults("vi/feed.json", json.dumps(feed).encode(), tiny)

    assert told.startswith(fault)
