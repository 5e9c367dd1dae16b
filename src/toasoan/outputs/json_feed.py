"""JSON Feed 1.1, after https://www.jsonfeed.org/version/1.1/.

With full texts and photographs for languages and sections, and with a summary of each article for every other page
of a list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from toasoan import routes
from toasoan.content.markdown import Body
from toasoan.model.article import Article
from toasoan.outputs.feed_channel import Channel
from toasoan.outputs.full_text import full_text, makers, terms
from toasoan.pictures import large_rendition, photo_address
from toasoan.plan import Listing
from toasoan.render.edition import Edition
from toasoan.routes import Site


def json_feed(channel: Channel, items: Iterable[str], next_page: str | None = None) -> bytes:
    """A feed with items that `json_item` made; `next_page` is the address of one with older articles."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.address,
        "description": channel.about,
        "icon": channel.icon,
        "language": channel.language,
    }
    if next_page is not None:
        feed["next_url"] = next_page
    if channel.hub:
        feed["hubs"] = [{"type": "WebSub", "url": channel.hub}]
    joined = ",\n".join(items)
    return f'{_json(feed)[:-1]},"items":[\n{joined}\n]}}\n'.encode()


def older_page(listing: Listing, site: Site) -> str | None:
    """The full address of the feed of the next older page of a list; None where there is none."""
    number = listing.pages if listing.number is None else listing.number - 1
    return site.absolute(routes.json_feed(routes.numbered(listing.front, number))) if number > 0 else None


def json_item(article: Article, edition: Edition, body: Body | None = None) -> str:
    """An article in a feed: with its full text where that is given, else with a summary."""
    link = edition.site.absolute(routes.article(article.id))
    item: dict[str, Any] = {"id": link, "url": link, "title": article.title, "language": article.language}
    if body is None:
        item["content_text"] = article.description
    else:
        item["content_html"] = full_text(article, body, edition)
        item["summary"] = article.description
    if article.source_url:
        item["external_url"] = article.source_url
    if picture := next(filter(None, (photo_address(it, edition.site) for it in article.photos)), None):
        item["image"] = picture
    if article.published:
        item["date_published"] = article.published.instant.isoformat()
    if article.updated:
        item["date_modified"] = article.updated.instant.isoformat()
    if names := makers(article, edition):
        item["authors"] = [{"name": name} for name in names]
    if article.section or article.tags:
        item["tags"] = terms(article, edition)
    if body is not None and (photos := list(_attachments(article, edition.site))):
        item["attachments"] = photos
    return _json({name: value for name, value in item.items() if value != ""})


def _attachments(article: Article, site: Site) -> Iterator[Mapping[str, str]]:
    for photo in article.photos:
        if large := large_rendition(photo):
            words = ", ".join(text for text in (photo.caption, photo.credit) if text)
            title = {"title": words} if words else {}
            yield {"url": site.absolute(large.address), "mime_type": "image/jpeg", **title}


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
