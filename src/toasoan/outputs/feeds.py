"""Feeds: RSS 2.0 with full texts for languages and sections, and every list as JSON Feed 1.1.

RSS after the RSS Advisory Board's specification 2.0.11; JSON Feed after jsonfeed.org/version/1.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.utils import format_datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from toasoan import routes
from toasoan.content.markdown import Body
from toasoan.model.article import Article
from toasoan.model.output import Output
from toasoan.pictures import lead_picture
from toasoan.plan import Listing, ListKind, Page
from toasoan.render.edition import Edition
from toasoan.render.names import page_name
from toasoan.render.summary import description_of
from toasoan.routes import Site

LONGEST = 40
"""Articles in an RSS feed."""

ITEMS_KEPT = 20_000
"""Items of JSON Feeds that are kept at most, about 1 KB each."""

_FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def feeds(pages: Sequence[Page], editions: Mapping[str, Edition], bodies: Mapping[str, Body]) -> Iterator[Output]:
    """The feeds of all lists."""

    @lru_cache(maxsize=ITEMS_KEPT)  # an article stands in some ten lists
    def item(article: Article) -> str:
        return _json(_json_item(article, editions[article.language], bodies))

    for page in pages:
        if isinstance(page.subject, Listing):
            edition = editions[page.language]
            if page.subject.json_feed:
                yield _json_feed(page.subject, page.subject.json_feed, edition, item)
            if page.subject.rss:
                yield _rss(page.subject, page.subject.rss, edition, bodies)


def _rss(listing: Listing, address: str, edition: Edition, bodies: Mapping[str, Body]) -> Output:
    site = edition.site
    title = _title(listing, edition)
    index = edition.catalog.languages[edition.tag]
    articles = index.sections[listing.section] if listing.section else index.articles
    home = routes.section(edition.tag, listing.section) if listing.section else routes.home(edition.tag)
    items = "".join(_rss_item(article, edition, bodies) for article in articles[:LONGEST])
    about = edition.shell.description or edition.shell.tagline or title
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        "<channel>\n"
        f"<title>{_xml(title)}</title>\n"
        f"<link>{_xml(site.absolute(home))}</link>\n"
        f"<description>{_xml(about)}</description>\n"
        f"<language>{_xml(edition.tag)}</language>\n"
        f'<atom:link rel="self" type="application/rss+xml" href={_attribute(site.absolute(address))}/>\n'
        f"{items}</channel>\n</rss>\n"
    )
    return Output(routes.file_of(address), text.encode("utf-8"))


def _title(listing: Listing, edition: Edition) -> str:
    portal = edition.shell.portal
    return portal if listing.kind is ListKind.LANGUAGE else f"{page_name(listing, edition)} – {portal}"


def _rss_item(article: Article, edition: Edition, bodies: Mapping[str, Body]) -> str:
    address = routes.article(article.id)
    link = edition.site.absolute(address)
    date = f"<pubDate>{format_datetime(article.published.instant)}</pubDate>\n" if article.published else ""
    creators = "".join(f"<dc:creator>{_xml(name)}</dc:creator>\n" for name in _makers(article, edition))
    section = f"<category>{_xml(edition.section_name(article.section))}</category>\n" if article.section else ""
    tags = "".join(f"<category>{_xml(tag)}</category>\n" for tag in article.tags)
    html = full_text(article, bodies[address], edition.site, edition.catalog.story_of[article.id])
    return (
        "<item>\n"
        f"<title>{_xml(article.title)}</title>\n"
        f"<link>{_xml(link)}</link>\n"
        f'<guid isPermaLink="true">{_xml(link)}</guid>\n'
        f"{date}{creators}{section}{tags}"
        f"<description>{_xml(description_of(article, bodies[address]))}</description>\n"
        f"<content:encoded>{_xml(html)}</content:encoded>\n"
        "</item>\n"
    )


def _makers(article: Article, edition: Edition) -> Sequence[str]:
    agency = edition.agency(article)
    return article.authors or ((agency.name,) if agency else ())


def full_text(article: Article, body: Body, site: Site, story: str) -> str:
    """An article's text for a feed reader: all links and pictures with full addresses."""
    html = []
    for part in body.parts:
        if isinstance(part, str):
            html.append(re.sub(r'(<a href=")/(?!/)', rf"\1{site.origin}/", part))
        else:
            photo = article.photos[part.number - 1]
            words = " ".join(escape(text) for text in (photo.caption, photo.credit and f"({photo.credit})") if text)
            picture = ""
            if photo.src:
                src = photo.src if photo.src.startswith("https://") else site.absolute(routes.media(photo.src))
                picture = f"<img src={_attribute(src)} alt={_attribute(photo.alt or photo.caption or '')}>"
            html.append(f"<figure>{picture}<figcaption>{words}</figcaption></figure>\n")
    return "".join(html)


def _json_feed(listing: Listing, address: str, edition: Edition, item: Callable[[Article], str]) -> Output:
    site = edition.site
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(listing, edition),
        "home_page_url": site.absolute(listing.page_address),
        "feed_url": site.absolute(address),
        "language": edition.tag,
    }
    if (older := _older_page(listing)) is not None:
        feed["next_url"] = site.absolute(routes.json_feed(older))
    items = ",\n".join(item(article) for article in listing.articles)
    return Output(routes.file_of(address), f'{_json(feed)[:-1]},"items":[\n{items}\n]}}\n'.encode())


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _older_page(listing: Listing) -> str | None:
    number = listing.pages if listing.number is None else listing.number - 1
    return routes.numbered(listing.front, number) if number > 0 else None


def _json_item(article: Article, edition: Edition, bodies: Mapping[str, Body]) -> Mapping[str, Any]:
    address = routes.article(article.id)
    link = edition.site.absolute(address)
    item: dict[str, Any] = {
        "id": link,
        "url": link,
        "title": article.title,
        "content_text": description_of(article, bodies[address]),
        "language": article.language,
    }
    if article.source_url:
        item["external_url"] = article.source_url
    picture = lead_picture(article, edition.catalog.story_of[article.id], edition.site)
    if not picture.drawn:
        item["image"] = picture.src if picture.src.startswith("https://") else edition.site.origin + picture.src
    if article.published:
        item["date_published"] = article.published.instant.isoformat()
    if article.updated:
        item["date_modified"] = article.updated.instant.isoformat()
    if makers := _makers(article, edition):
        item["authors"] = [{"name": name} for name in makers]
    if article.section or article.tags:
        section = [edition.section_name(article.section)] if article.section else []
        item["tags"] = [*section, *article.tags]
    return item


def _xml(text: str) -> str:
    return escape(_FORBIDDEN_IN_XML.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN_IN_XML.sub("", text))
