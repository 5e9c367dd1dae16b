"""Atom (RFC 4287) with the newest articles of a tag, an author or an agency, each with its summary.

`updated` is the moment of the last change that readers could see, never that of a build. Atom wants it for each
entry, so articles whose date nobody knows stand in no such feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from toasoan import routes
from toasoan.model.article import Article
from toasoan.outputs.feed_channel import XHTML, Channel, heading, introduction, style_instruction
from toasoan.outputs.full_text import makers, terms
from toasoan.render.edition import Edition
from toasoan.xml_text import xml_attribute, xml_text

LONGEST = 20
"""Articles in a feed."""


class AtomEntry(NamedTuple):
    """An article as it stands in feeds."""

    text: str
    updated: datetime


def atom(channel: Channel, entries: Sequence[AtomEntry]) -> bytes:
    """A feed with one entry at least."""
    hub = f'<link rel="hub" href={xml_attribute(channel.hub)}/>\n' if channel.hub else ""
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"{style_instruction(channel)}"
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:h="{XHTML}" xml:lang={xml_attribute(channel.language)}>\n'
        f"<id>{xml_text(channel.page)}</id>\n"
        f"<title>{xml_text(channel.title)}</title>\n"
        f"<updated>{max(entry.updated for entry in entries).isoformat()}</updated>\n"
        f"<author><name>{xml_text(channel.portal)}</name><uri>{xml_text(channel.home)}</uri></author>\n"
        f"<icon>{xml_text(channel.icon)}</icon>\n"
        f'<link rel="alternate" type="text/html" href={xml_attribute(channel.page)}/>\n'
        f'<link rel="self" type="application/atom+xml" href={xml_attribute(channel.address)}/>\n'
        f"{hub}{introduction(channel)}"
        f"{''.join(entry.text for entry in entries)}</feed>\n"
    )
    return text.encode("utf-8")


def atom_entry(article: Article, edition: Edition) -> AtomEntry | None:
    """An article in feeds; None if nobody knows its date."""
    if article.published is None:
        return None
    changed = article.updated or article.published
    link = edition.site.absolute(routes.article(article.id))
    authors = "".join(f"<author><name>{xml_text(name)}</name></author>\n" for name in makers(article, edition))
    categories = "".join(f"<category term={xml_attribute(term)}/>\n" for term in terms(article, edition))
    text = (
        "<entry>\n"
        f"<id>{xml_text(link)}</id>\n"
        f"<title>{xml_text(article.title)}</title>\n"
        f'<link rel="alternate" type="text/html" href={xml_attribute(link)}/>\n'
        f"<published>{article.published.instant.isoformat()}</published>\n"
        f"<updated>{changed.instant.isoformat()}</updated>\n"
        f"{authors}{categories}"
        f"{heading(article, link, edition)}"
        f"<summary>{xml_text(article.description)}</summary>\n"
        "</entry>\n"
    )
    return AtomEntry(text, changed.instant)
