"""Feeds: RSS 2.0 with full texts for languages and sections, and every list as JSON Feed 1.1.

RSS after the RSS Advisory Board's specification 2.0.11; JSON Feed after jsonfeed.org/version/1.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from email.utils import format_datetime
from typing import Any

from toasoan import routes
from toasoan.catalog.catalog import ListKind
from toasoan.content.markdown import Body, VideoPlace
from toasoan.model.article import Article
from toasoan.pictures import photo_address
from toasoan.plan import Listing
from toasoan.render.edition import Edition
from toasoan.render.names import page_name
from toasoan.routes import Site
from toasoan.web_address import parts_of
from toasoan.xml_text import xml_attribute, xml_text

LONGEST = 40
"""Articles in an RSS feed."""


def rss(listing: Listing, address: str, edition: Edition, items: Iterable[str]) -> bytes:
    """The RSS feed at an address, with items that `rss_item` made."""
    site = edition.site
    title = _title(listing, edition)
    home = routes.section(edition.tag, listing.section) if listing.section else routes.home(edition.tag)
    about = edition.shell.description or edition.shell.tagline or title
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        "<channel>\n"
        f"<title>{xml_text(title)}</title>\n"
        f"<link>{xml_text(site.absolute(home))}</link>\n"
        f"<description>{xml_text(about)}</description>\n"
        f"<language>{xml_text(edition.tag)}</language>\n"
        f'<atom:link rel="self" type="application/rss+xml" href={xml_attribute(site.absolute(address))}/>\n'
        f"{''.join(items)}</channel>\n</rss>\n"
    )
    return text.encode("utf-8")


def _title(listing: Listing, edition: Edition) -> str:
    portal = edition.shell.portal
    return (
        portal
        if listing.kind is ListKind.LANGUAGE and listing.month is None
        else f"{page_name(listing, edition)} – {portal}"
    )


def rss_item(article: Article, edition: Edition, body: Body) -> str:
    """An article in RSS feeds, with its full text."""
    link = edition.site.absolute(routes.article(article.id))
    date = f"<pubDate>{format_datetime(article.published.instant)}</pubDate>\n" if article.published else ""
    creators = "".join(f"<dc:creator>{xml_text(name)}</dc:creator>\n" for name in _makers(article, edition))
    section = f"<category>{xml_text(edition.section_name(article.section))}</category>\n" if article.section else ""
    tags = "".join(f"<category>{xml_text(tag)}</category>\n" for tag in article.tags)
    html = full_text(article, body, edition.site)
    return (
        "<item>\n"
        f"<title>{xml_text(article.title)}</title>\n"
        f"<link>{xml_text(link)}</link>\n"
        f'<guid isPermaLink="true">{xml_text(link)}</guid>\n'
        f"{date}{creators}{section}{tags}"
        f"<description>{xml_text(article.description)}</description>\n"
        f"<content:encoded>{xml_text(html)}</content:encoded>\n"
        "</item>\n"
    )


def _makers(article: Article, edition: Edition) -> Sequence[str]:
    agency = edition.agency(article)
    return article.authors or ((agency.name,) if agency else ())


def full_text(article: Article, body: Body, site: Site) -> str:
    """An article's text for a feed reader: all links and pictures with full addresses."""
    html = []
    for part in body.parts:
        if isinstance(part, str):
            html.append(re.sub(r'(<a href=")/(?!/)', rf"\1{site.origin}/", part))
        elif isinstance(part, VideoPlace):
            video = article.videos[part.number - 1]
            src = video.src if parts_of(video.src).scheme else site.absolute(routes.media(video.src))
            html.append(f"<p><a href={xml_attribute(src)}>{xml_text(video.caption or src)}</a></p>\n")
        else:
            photo = article.photos[part.number - 1]
            words = " ".join(xml_text(text) for text in (photo.caption, photo.credit and f"({photo.credit})") if text)
            picture = ""
            if address := photo_address(photo, site):
                picture = f"<img src={xml_attribute(address)} alt={xml_attribute(photo.alt or photo.caption or '')}>"
            html.append(f"<figure>{picture}<figcaption>{words}</figcaption></figure>\n")
    return "".join(html)


def json_feed(listing: Listing, address: str, edition: Edition, items: Iterable[str]) -> bytes:
    """The JSON Feed at an address, with items that `json_item` made."""
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
    joined = ",\n".join(items)
    return f'{_json(feed)[:-1]},"items":[\n{joined}\n]}}\n'.encode()


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _older_page(listing: Listing) -> str | None:
    number = listing.pages if listing.number is None else listing.number - 1
    return routes.numbered(listing.front, number) if number > 0 else None


def json_item(article: Article, edition: Edition) -> str:
    """An article in JSON Feeds."""
    link = edition.site.absolute(routes.article(article.id))
    item: dict[str, Any] = {
        "id": link,
        "url": link,
        "title": article.title,
        "content_text": article.description,
        "language": article.language,
    }
    if article.source_url:
        item["external_url"] = article.source_url
    photos = (photo_address(photo, edition.site) for photo in article.photos)
    if picture := next(filter(None, photos), None):
        item["image"] = picture
    if article.published:
        item["date_published"] = article.published.instant.isoformat()
    if article.updated:
        item["date_modified"] = article.updated.instant.isoformat()
    if makers := _makers(article, edition):
        item["authors"] = [{"name": name} for name in makers]
    if article.section or article.tags:
        section = [edition.section_name(article.section)] if article.section else []
        item["tags"] = [*section, *article.tags]
    return _json(item)
