"""RSS 2.0 with full texts and photographs, for languages and sections.

After https://www.rssboard.org/rss-specification (2.0.11) and its profile; `content:encoded` holds the text, Media RSS
the photographs, and the one `enclosure` that readers of RSS understand is the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from email.utils import format_datetime

from toasoan import routes
from toasoan.content.markdown import Body
from toasoan.model.article import Article
from toasoan.outputs.feed_channel import XHTML, Channel, heading, introduction, style_instruction
from toasoan.outputs.full_text import full_text, makers, terms
from toasoan.pictures import large_rendition
from toasoan.render.edition import Edition
from toasoan.xml_text import xml_attribute, xml_text

LONGEST = 40
"""Articles in a feed with full texts."""

_LENGTH = re.compile("\0([^\0]*)\0")
"""A file whose length is to stand here: photographs are encoded long after an item was made. No text has a NUL."""


def rss(channel: Channel, items: Iterable[str], size_of: Callable[[str], int]) -> bytes:
    """A feed with items that `rss_item` made; `size_of` tells the bytes of a file of the output folder."""
    hub = f'<atom:link rel="hub" href={xml_attribute(channel.hub)}/>\n' if channel.hub else ""
    whole = "".join(items)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"{style_instruction(channel)}"
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:media="http://search.yahoo.com/mrss/" xmlns:h="{XHTML}">\n'
        "<channel>\n"
        f"<title>{xml_text(channel.title)}</title>\n"
        f"<link>{xml_text(channel.page)}</link>\n"
        f"<description>{xml_text(channel.about)}</description>\n"
        f"<language>{xml_text(channel.language)}</language>\n"
        f"<image><url>{xml_text(channel.icon)}</url><title>{xml_text(channel.title)}</title>"
        f"<link>{xml_text(channel.page)}</link></image>\n"
        f'<atom:link rel="self" type="application/rss+xml" href={xml_attribute(channel.address)}/>\n'
        f"{hub}{introduction(channel)}"
        f"{_LENGTH.sub(lambda found: str(size_of(found[1])), whole)}</channel>\n</rss>\n"
    )
    return text.encode("utf-8")


def rss_item(article: Article, edition: Edition, body: Body) -> str:
    """An article in RSS feeds, with its full text."""
    link = edition.site.absolute(routes.article(article.id))
    date = f"<pubDate>{format_datetime(article.published.instant)}</pubDate>\n" if article.published else ""
    changed = f"<atom:updated>{article.updated.instant.isoformat()}</atom:updated>\n" if article.updated else ""
    creators = "".join(f"<dc:creator>{xml_text(name)}</dc:creator>\n" for name in makers(article, edition))
    categories = "".join(f"<category>{xml_text(term)}</category>\n" for term in terms(article, edition))
    return (
        "<item>\n"
        f"<title>{xml_text(article.title)}</title>\n"
        f"<link>{xml_text(link)}</link>\n"
        f'<guid isPermaLink="true">{xml_text(link)}</guid>\n'
        f"{date}{changed}{creators}{categories}"
        f"{heading(article, link, edition)}"
        f"<description>{xml_text(article.description)}</description>\n"
        f"<content:encoded>{xml_text(full_text(article, body, edition))}</content:encoded>\n"
        # Behind the text: some programs take the first thing that is called a description for the article's.
        f"{''.join(_photographs(article, edition))}"
        "</item>\n"
    )


def _photographs(article: Article, edition: Edition) -> Iterator[str]:
    is_first = True
    for photo in article.photos:
        found = large_rendition(photo)
        if found is None:
            continue
        link = xml_attribute(edition.site.absolute(found.address))
        if is_first:
            yield f'<enclosure url={link} type="image/jpeg" length="\0{routes.file_of(found.address)}\0"/>\n'
            is_first = False
        words = (
            f'<media:description type="plain">{xml_text(photo.caption)}</media:description>' if photo.caption else ""
        )
        credit = f"<media:credit>{xml_text(photo.credit)}</media:credit>" if photo.credit else ""
        yield (
            f'<media:content url={link} type="image/jpeg" medium="image"'
            f' width="{found.width}" height="{found.height}">'
            f"{words}{credit}</media:content>\n"
        )
