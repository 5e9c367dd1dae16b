"""News sitemaps: what appeared within the last two days, in one file for each language.

After https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap: articles of the last two
days, at most 1,000 in a file, always at the same address. The clock alone changes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from toasoan import routes
from toasoan.model.article import Article
from toasoan.render.edition import Edition
from toasoan.xml_text import xml_text

NEWS_AGE = timedelta(days=2)
"""How long an article is news, from the moment of its publication."""

MOST = 1_000
"""Articles in one file."""


def news_sitemap(articles: Iterable[Article], edition: Edition) -> bytes:
    """The news sitemap of a language, of articles whose date is known."""
    publication = (
        f"<news:publication><news:name>{xml_text(edition.shell.portal)}</news:name>"
        f"<news:language>{xml_text(edition.tag)}</news:language></news:publication>"
    )
    entries = "".join(
        f"<url><loc>{xml_text(edition.site.absolute(routes.article(article.id)))}</loc>"
        f"<news:news>{publication}<news:publication_date>{article.published}</news:publication_date>"
        f"<news:title>{xml_text(article.title)}</news:title></news:news></url>\n"
        for article in articles
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        f"{entries}</urlset>\n"
    ).encode()
