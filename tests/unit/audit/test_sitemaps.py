"""Sitemaps that are right pass, and a mistake of each kind is told."""

from __future__ import annotations

import pytest

from tests.conftest import BuiltSite
from toasoan.audit.addresses import Addresses
from toasoan.audit.sitemaps import MOST_ADDRESSES, missing_pictures, named_files, read_sitemap
from toasoan.routes import Site

ORIGIN = "https://portal.example"


def faults(data: bytes, tiny: BuiltSite) -> list[str]:
    """What is wrong with a sitemap, in it and around it."""
    addresses, sitemap = Addresses(Site(ORIGIN), frozenset(tiny.files), {}), read_sitemap(data)
    named = [fault for _, _, fault in named_files(sitemap, addresses) if fault]
    return [it.message for it in (*sitemap.faults, *named, *missing_pictures(sitemap, addresses))]


def test_the_sitemaps_of_a_portal_are_right(tiny: BuiltSite) -> None:
    sitemaps = {path: data for path, data in tiny.files.items() if path.startswith("sitemap")}

    assert len(sitemaps) > 3
    assert [fault for data in sitemaps.values() for fault in faults(data, tiny)] == []
    index = read_sitemap(sitemaps.pop("sitemap.xml"))
    assert index.is_index
    assert {link for link, _ in index.entries} == {f"{ORIGIN}/{path}" for path in sitemaps}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</urlset>", "", "it is no XML"),
        ("urlset", "urls", "it begins with <{http://www.sitemaps.org/schemas/sitemap/0.9}urls>"),
        (f"<loc>{ORIGIN}/", f"<loc>{ORIGIN}/none/", f"it names '{ORIGIN}/none/"),
        (f"<loc>{ORIGIN}/", "<loc>https://elsewhere.example/", "it names 'https://elsewhere.example/"),
        ("<lastmod>", "<lastmod>x", "'x"),
        ("<url>", "<url><image:image><image:loc>/a.jpg</image:loc></image:image>", "it names the picture '/a.jpg'"),
    ],
)
def test_a_mistake_is_told(old: str, new: str, fault: str, tiny: BuiltSite) -> None:
    text = next(
        text for path, data in tiny.files.items() if path.startswith("sitemap-vi-") and old in (text := data.decode())
    )
    text = text.replace("<urlset ", '<urlset xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" ').replace(
        ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"', "", text.count("xmlns:image=")
    )

    told = faults(text.replace(old, new, text.count(old) if old == "urlset" else 1).encode(), tiny)

    assert any(it.startswith(fault) for it in told), told


def test_too_many_addresses_are_told(tiny: BuiltSite) -> None:
    url = f"<url><loc>{ORIGIN}/vi/</loc></url>"
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'

    told = faults(f"{head}{url * (MOST_ADDRESSES + 1)}</urlset>".encode(), tiny)

    assert told == ["it names 50001 addresses, and 50000 is the most"]


def test_an_article_in_a_news_sitemap_needs_all_that_search_engines_ask_for(tiny: BuiltSite) -> None:
    head = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    )
    url = f"<url><loc>{ORIGIN}/vi/</loc><news:news><news:title>A</news:title></news:news></url>"

    assert faults(f"{head}{url}</urlset>".encode(), tiny) == [
        "an article has no news:name",
        "an article has no news:language",
        "an article has no news:publication_date",
    ]
