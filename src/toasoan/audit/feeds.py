"""Whether feeds are what readers of feeds expect: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1 and OPML 2.0."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from toasoan.audit.addresses import Addresses
from toasoan.audit.dates import is_mail_date, is_moment
from toasoan.audit.facts import Feed
from toasoan.audit.findings import Fault
from toasoan.audit.xml_document import Element, read_xml, text_of

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ABSOLUTE = ("https:", "http:", "mailto:", "tel:")
_HINT = "it comes from the texts that it names; build from nothing, and if it stays, tell the makers"


class _Reading:
    """A feed while it is looked at."""

    def __init__(self, address: str) -> None:
        self.address = address
        """Its own absolute one."""

        self.links: dict[str, None] = {}
        self.faults: list[Fault] = []

    def wrong(self, message: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault("wrong-feed", message, _HINT))

    def lead(self, links: Iterable[str]) -> None:
        """Note where the feed leads."""
        for link in links:
            if link.startswith(("https://", "http://")):
                self.links[link] = None
            else:
                self.wrong(f"the address {link!r} is not absolute")

    def named_itself(self, named: list[str | None]) -> None:
        """Look at the address that the feed says is its own."""
        if named != [self.address]:
            self.wrong(f"it does not say that its own address is {self.address}")

    def told_apart(self, ids: list[str]) -> None:
        """Look at the ids of all items."""
        for id_, count in Counter(ids).items():
            if count > 1 or not id_:
                self.wrong(f"{count} items have the id {id_!r}" if id_ else "an item has no id")


def read_feed(data: bytes, address: str) -> Feed:
    """Look at a feed, or a list of feeds, whose absolute address is given."""
    reading = _Reading(address)
    if address.endswith(".json"):
        _read_json_feed(data, reading)
    elif isinstance(root := read_xml(data), Fault):
        reading.faults.append(root)
    elif root.tag == "rss":
        _read_rss(root, reading)
    elif root.tag == f"{_ATOM}feed":
        _read_atom(root, reading)
    elif root.tag == "opml":
        named = (it.get(name) for it in root.iter("outline") for name in ("xmlUrl", "htmlUrl", "url"))
        reading.lead(link for link in named if link)
    else:
        reading.wrong(f"it begins with <{root.tag}>, which is no feed")
    return Feed(tuple(reading.links), tuple(reading.faults))


def faults_between(feed: Feed, addresses: Addresses) -> Iterator[Fault]:
    """What is wrong with where a feed leads."""
    for link in feed.links:
        if not addresses.goal(link, "/").is_there:
            yield Fault("wrong-feed", f"it leads to {link}, where nothing is", _HINT)


def _read_rss(root: Element, reading: _Reading) -> None:
    channel = root.find("channel")
    if channel is None:
        reading.wrong("it has no channel")
        return
    for name in ("title", "link", "description"):
        if not text_of(channel, name):
            reading.wrong(f"the channel has no {name}")
    reading.named_itself([it.get("href") for it in channel.findall(f"{_ATOM}link[@rel='self']")])
    items = channel.findall("item")
    reading.told_apart([text_of(it, "guid") for it in items])
    for item in items:
        if not text_of(item, "title"):
            reading.wrong("an item has no title")
        date = text_of(item, "pubDate")
        if date and not is_mail_date(date):
            reading.wrong(f"the date {date!r} is not as RFC 822 has it")
        if _has_relative_link(text_of(item, _CONTENT)):
            reading.wrong(
                "a text has a link that is not absolute: readers of feeds do not know to which site it leads"
            )
        for enclosure in item.findall("enclosure"):
            if not (enclosure.get("length") or "").isdigit() or not enclosure.get("type"):
                reading.wrong("an enclosure has no length or type")
    links = [text_of(it, "link") for it in items]
    links += [it.get("url") or "" for it in channel.iter("enclosure")]
    reading.lead([text_of(channel, "link"), *links])


def _read_atom(root: Element, reading: _Reading) -> None:
    entries = root.findall(f"{_ATOM}entry")
    for what, elements in (("feed", [root]), ("entry", entries)):
        for element in elements:
            for name in ("id", "title", "updated"):
                if not text_of(element, f"{_ATOM}{name}"):
                    reading.wrong(f"the {what} has no {name}")
            for name in ("updated", "published"):
                date = text_of(element, f"{_ATOM}{name}")
                if date and not is_moment(date):
                    reading.wrong(f"the date {date!r} is not as RFC 3339 has it")
    if not root.findall(f"{_ATOM}author") and not all(it.findall(f"{_ATOM}author") for it in entries):
        reading.wrong("neither the feed nor each of its entries names an author")
    reading.named_itself([it.get("href") for it in root.findall(f"{_ATOM}link[@rel='self']")])
    reading.told_apart([text_of(it, f"{_ATOM}id") for it in entries])
    links = [
        it.get("href") or ""
        for it in root.iter(f"{_ATOM}link")
        if it.get("rel") not in ("self", "hub", "related", "via")
    ]
    reading.lead(links)


def _read_json_feed(data: bytes, reading: _Reading) -> None:
    try:
        feed = json.loads(data)
    except ValueError as error:
        reading.wrong(f"it is no JSON: {error}")
        return
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/1"):
        reading.wrong("it does not say which version of JSON Feed it is")
    if not feed.get("title"):
        reading.wrong("it has no title")
    reading.named_itself([feed.get("feed_url")])
    items = feed.get("items") or []
    reading.told_apart([str(it.get("id") or "") for it in items])
    for item in items:
        if not item.get("content_html") and not item.get("content_text"):
            reading.wrong("an item has no text")
        if _has_relative_link(item.get("content_html") or ""):
            reading.wrong(
                "a text has a link that is not absolute: readers of feeds do not know to which site it leads"
            )
        for name in ("date_published", "date_modified"):
            if name in item and not is_moment(str(item[name])):
                reading.wrong(f"the date {item[name]!r} is not as RFC 3339 has it")
    links = [str(it.get("url") or "") for it in items]
    links += [str(one.get("url") or "") for it in items for one in it.get("attachments") or []]
    reading.lead(links)


def _has_relative_link(html: str) -> bool:
    # To count is many times as fast as to search for a pattern.
    return any(
        html.count(f'{name}="') != sum(html.count(f'{name}="{scheme}') for scheme in _ABSOLUTE)
        for name in ("href", "src")
    )
