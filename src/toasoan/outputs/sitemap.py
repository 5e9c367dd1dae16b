"""The sitemap, and robots.txt which names it. After sitemaps.org/protocol and Google's rules for alternates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from toasoan import routes
from toasoan.model.article import Article, PublicationDate
from toasoan.model.output import Output
from toasoan.plan import Home, Listing, Page, Reading
from toasoan.routes import Site

LARGEST = 50_000
"""Addresses that the protocol allows in one file."""


def sitemap(pages: Iterable[Page], site: Site) -> Iterator[Output]:
    """All pages that search engines are to list; with an index over several files where one would be too large."""
    entries = [_entry(page, site) for page in pages if page.indexable]
    if len(entries) <= LARGEST:
        yield Output(routes.file_of(routes.SITEMAP), _url_set(entries))
    else:
        addresses = []
        for number, start in enumerate(range(0, len(entries), LARGEST), start=1):
            address = routes.sitemap_part(number)
            addresses.append(address)
            yield Output(routes.file_of(address), _url_set(entries[start : start + LARGEST]))
        yield Output(routes.file_of(routes.SITEMAP), _index(addresses, site))
    yield Output(
        routes.file_of(routes.ROBOTS),
        f"User-agent: *\nAllow: /\nSitemap: {site.absolute(routes.SITEMAP)}\n".encode(),
    )


def _entry(page: Page, site: Site) -> str:
    changed = _last_change(page)
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    alternates = dict(page.alternates or {}) | ({"x-default": page.x_default} if page.x_default else {})
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(site.absolute(address))}/>'
        for tag, address in alternates.items()
    )
    return f"<url><loc>{escape(site.absolute(page.address))}</loc>{lastmod}{links}</url>\n"


def _last_change(page: Page) -> PublicationDate | None:
    """When readers last got something new on a page: its article, or the newest one that it lists."""
    if isinstance(page.subject, Reading):
        return _changed(page.subject.article)
    articles: tuple[Article, ...] = ()
    if isinstance(page.subject, Listing):
        articles = page.subject.articles
    elif isinstance(page.subject, Home) and page.subject.lead:
        articles = (page.subject.lead, *page.subject.newest)
    dates = [changed for article in articles if (changed := _changed(article))]
    return max(dates, key=lambda date: date.instant, default=None)


def _changed(article: Article) -> PublicationDate | None:
    return article.updated or article.published


def _url_set(entries: Iterable[str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{''.join(entries)}</urlset>\n"
    ).encode()


def _index(addresses: Iterable[str], site: Site) -> bytes:
    entries = "".join(f"<sitemap><loc>{escape(site.absolute(address))}</loc></sitemap>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</sitemapindex>\n'
    ).encode()
