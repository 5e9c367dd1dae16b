"""The sitemaps. After sitemaps.org/protocol and Google's rules for alternates.

Articles stand in one sitemap for each language and month, so the months of the past never change; lists and other
pages of a language stand in one of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.model.article import Article, PublicationDate
from toasoan.pictures import photo_address
from toasoan.plan import Home, Listing, Page, Reading
from toasoan.routes import Site
from toasoan.xml_text import xml_attribute, xml_text

LARGEST = 50_000
"""Addresses that the protocol allows in one file."""


MOST_IMAGES = 1_000
"""Of one page, after https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps."""


def part_of(page: Page) -> str:
    """The sitemap in which a page stands: "vi", or "vi-2025-12" for an article."""
    if isinstance(page.subject, Reading) and (published := page.subject.article.published):
        return f"{page.language}-{published.day:%Y-%m}"
    return page.language


def entry(page: Page, catalog: Catalog, site: Site) -> str:
    """What the sitemap says of a page."""
    changed = _last_change(page, catalog)
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    alternates = dict(page.alternates or {}) | ({"x-default": page.x_default} if page.x_default else {})
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={xml_attribute(tag)} href={xml_attribute(site.absolute(address))}/>'
        for tag, address in alternates.items()
    )
    photos = page.subject.article.photos if isinstance(page.subject, Reading) else ()
    images = "".join(
        f"<image:image><image:loc>{xml_text(address)}</image:loc></image:image>"
        for photo in photos[:MOST_IMAGES]
        if (address := photo_address(photo, site))
    )
    return f"<url><loc>{xml_text(site.absolute(page.address))}</loc>{lastmod}{links}{images}</url>\n"


def _last_change(page: Page, catalog: Catalog) -> PublicationDate | None:
    """When readers last got something new on a page: its article, or the newest one that it lists."""
    articles: Sequence[Article] = ()
    if isinstance(page.subject, Reading):
        articles = (page.subject.article,)
    elif isinstance(page.subject, Listing):
        articles = catalog.articles(page.subject.articles)
    elif isinstance(page.subject, Home) and page.subject.lead is not None:
        articles = catalog.articles((page.subject.lead, *page.subject.newest))
    dates = [changed for article in articles if (changed := article.updated or article.published)]
    return max(dates, key=lambda date: date.instant, default=None)


def sitemap_files(part: str, entries: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files of a part, by their addresses: one, or several where one would be too large."""
    entries = list(entries)
    for start in range(0, len(entries), LARGEST):
        name = part if start == 0 else f"{part}-{start // LARGEST + 1}"
        yield routes.sitemap_part(name), _url_set(entries[start : start + LARGEST])


def sitemap_index(addresses: Iterable[str], site: Site) -> bytes:
    """The sitemap that leads to the others."""
    entries = "".join(f"<sitemap><loc>{xml_text(site.absolute(address))}</loc></sitemap>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</sitemapindex>\n'
    ).encode()


def _url_set(entries: Iterable[str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
        ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
        f"{''.join(entries)}</urlset>\n"
    ).encode()
