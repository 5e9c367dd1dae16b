"""What a feed says of itself, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass

from toasoan import routes
from toasoan.catalog.catalog import ListKind
from toasoan.model.article import Article
from toasoan.model.language import Direction
from toasoan.plan import Listing
from toasoan.render.edition import Edition
from toasoan.render.names import page_name
from toasoan.xml_text import xml_attribute, xml_text

STYLE = "feeds/feed.css"
"""The theme's style sheet for feeds that somebody opens in a browser."""

XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed without its items; all addresses are full ones."""

    title: str
    about: str
    language: str
    direction: Direction
    address: str
    """Its own."""

    page: str
    """Of the list whose feed it is."""

    portal: str
    """The name of the portal."""

    home: str
    """The portal's home page in this language."""

    icon: str
    """A square picture of the portal."""

    style: str
    """Of a style sheet."""

    explanation: str
    """What a feed is, for whoever opens it in a browser."""

    hub: str | None
    """Where programs subscribe to be told of news at once (WebSub)."""


def channel_of(listing: Listing, address: str, edition: Edition) -> Channel:
    """The feed of a list, at an address of its own."""
    site, shell = edition.site, edition.shell
    is_everything = listing.kind is ListKind.LANGUAGE and listing.month is None
    title = shell.portal if is_everything else f"{page_name(listing, edition)} – {shell.portal}"
    home = site.absolute(routes.home(edition.tag))
    return Channel(
        title=title,
        about=(shell.description or shell.tagline or title) if is_everything else title,
        language=edition.tag,
        direction=edition.language.direction,
        address=site.absolute(address),
        page=home if is_everything and listing.number is None else site.absolute(listing.page_address),
        portal=shell.portal,
        home=home,
        icon=site.origin + shell.touch_icon,
        style=edition.asset(STYLE),
        explanation=edition.say(
            "This is a feed. Copy its address into a feed reader, and new articles will come to you there."
        ),
        hub=edition.config.settings.feeds.hub,
    )


def style_instruction(channel: Channel) -> str:
    """What has a browser show an XML feed as a page, after https://www.w3.org/TR/xml-stylesheet/."""
    return f'<?xml-stylesheet type="text/css" href={xml_attribute(channel.style)}?>\n'


def introduction(channel: Channel) -> str:
    """What stands above the items in a browser, with links that can be followed; feed readers pass over it."""
    return (
        f'<h:header lang={xml_attribute(channel.language)} dir="{channel.direction}">'
        f"<h:p><h:a href={xml_attribute(channel.home)}>{xml_text(channel.portal)}</h:a></h:p>"
        f"<h:h1><h:a href={xml_attribute(channel.page)}>{xml_text(channel.title)}</h:a></h:h1>"
        f"<h:p>{xml_text(channel.explanation)}</h:p></h:header>\n"
    )


def heading(article: Article, link: str, edition: Edition) -> str:
    """An item's title as a link for browsers, which follow no links of feeds, and its date in words."""
    language = f'lang={xml_attribute(edition.tag)} dir="{edition.language.direction}"'
    when = edition.when(article.published)
    date = f"<h:p {language}>{xml_text(when.words)}</h:p>" if when else ""
    return f"<h:a href={xml_attribute(link)} {language}>{xml_text(article.title)}</h:a>{date}\n"
