"""Whether feeds are what readers of feeds expect: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1 and OPML 2.0."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from toasoan import routes
from toasoan.audit.addresses import Addresses
from toasoan.audit.findings import Fault
from toasoan.audit.xml_document import Element, read_xml, text_of

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ABSOLUTE = ("https:", "http:", "mailto:", "tel:")
_HINT = "it comes from the texts that it names; build from nothing, and if it stays, tell the makers"


def feed_faults(path: str, data: bytes, addresses: Addresses) -> Iterator[Fault]:
    """What is wrong with a feed or a list of feeds."""
    if path.endswith(".json"):
        yield from _of_json_feed(path, data, addresses)
        return
    root = read_xml(data)
    if isinstance(root, Fault):
        yield root
    elif root.tag == "rss":
        yield from _of_rss(path, root, addresses)
    elif root.tag == f"{_ATOM}feed":
        yield from _of_atom(path, root, addresses)
    elif root.tag == "opml":
        links = [it.get(name) or "" for it in root.iter("outline") for name in ("xmlUrl", "htmlUrl", "url")]
        yield from _of_links(filter(None, links), addresses)
    else:
        yield _wrong(f"it begins with <{root.tag}>, which is no feed")


def _of_rss(path: str, root: Element, addresses: Addresses) -> Iterator[Fault]:
    channel = root.find("channel")
    if channel is None:
        yield _wrong("it has no channel")
        return
    for name in ("title", "link", "description"):
        if not text_of(channel, name):
            yield _wrong(f"the channel has no {name}")
    yield from _of_self([it.get("href") for it in channel.findall(f"{_ATOM}link[@rel='self']")], path, addresses)
    items = channel.findall("item")
    yield from _of_ids([text_of(it, "guid") for it in items])
    for item in items:
        if not text_of(item, "title"):
            yield _wrong("an item has no title")
        date = text_of(item, "pubDate")
        if date and not _is_mail_date(date):
            yield _wrong(f"the date {date!r} is not as RFC 822 has it")
        if _has_relative_link(text_of(item, _CONTENT)):
            yield _wrong(
                "a text has a link that is not absolute: readers of feeds do not know to which site it leads"
            )
        for enclosure in item.findall("enclosure"):
            if not (enclosure.get("length") or "").isdigit() or not enclosure.get("type"):
                yield _wrong("an enclosure has no length or type")
    links = [text_of(it, "link") for it in items]
    links += [it.get("url") or "" for it in channel.iter("enclosure")]
    yield from _of_links([text_of(channel, "link"), *links], addresses)


def _of_atom(path: str, root: Element, addresses: Addresses) -> Iterator[Fault]:
    entries = root.findall(f"{_ATOM}entry")
    for what, elements in (("feed", [root]), ("entry", entries)):
        for element in elements:
            for name in ("id", "title", "updated"):
                if not text_of(element, f"{_ATOM}{name}"):
                    yield _wrong(f"the {what} has no {name}")
            for name in ("updated", "published"):
                date = text_of(element, f"{_ATOM}{name}")
                if date and not _is_moment(date):
                    yield _wrong(f"the date {date!r} is not as RFC 3339 has it")
    if not root.findall(f"{_ATOM}author") and not all(it.findall(f"{_ATOM}author") for it in entries):
        yield _wrong("neither the feed nor each of its entries names an author")
    yield from _of_self([it.get("href") for it in root.findall(f"{_ATOM}link[@rel='self']")], path, addresses)
    yield from _of_ids([text_of(it, f"{_ATOM}id") for it in entries])
    links = [
        it.get("href") or ""
        for it in root.iter(f"{_ATOM}link")
        if it.get("rel") not in ("self", "hub", "related", "via")
    ]
    yield from _of_links(links, addresses)


def _of_json_feed(path: str, data: bytes, addresses: Addresses) -> Iterator[Fault]:
    try:
        feed = json.loads(data)
    except ValueError as error:
        yield _wrong(f"it is no JSON: {error}")
        return
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/1"):
        yield _wrong("it does not say which version of JSON Feed it is")
    if not feed.get("title"):
        yield _wrong("it has no title")
    yield from _of_self([feed.get("feed_url")], path, addresses)
    items = feed.get("items") or []
    yield from _of_ids([str(it.get("id") or "") for it in items])
    for item in items:
        if not item.get("content_html") and not item.get("content_text"):
            yield _wrong("an item has no text")
        if _has_relative_link(item.get("content_html") or ""):
            yield _wrong(
                "a text has a link that is not absolute: readers of feeds do not know to which site it leads"
            )
        for name in ("date_published", "date_modified"):
            if name in item and not _is_moment(str(item[name])):
                yield _wrong(f"the date {item[name]!r} is not as RFC 3339 has it")
    links = [str(it.get("url") or "") for it in items]
    links += [str(one.get("url") or "") for it in items for one in it.get("attachments") or []]
    yield from _of_links(links, addresses)


def _of_self(named: list[str | None], path: str, addresses: Addresses) -> Iterator[Fault]:
    wanted = addresses.site.absolute(routes.address_of(path))
    if named != [wanted]:
        yield _wrong(f"it does not say that its own address is {wanted}")


def _of_ids(ids: list[str]) -> Iterator[Fault]:
    for id_, count in Counter(ids).items():
        if count > 1 or not id_:
            yield _wrong(f"{count} items have the id {id_!r}" if id_ else "an item has no id")


def _of_links(links: Iterable[str], addresses: Addresses) -> Iterator[Fault]:
    for link in dict.fromkeys(links):
        if not link.startswith(("https://", "http://")):
            yield _wrong(f"the address {link!r} is not absolute")
        elif not addresses.goal(link, "/").is_there:
            yield _wrong(f"it leads to {link}, where nothing is")


def _has_relative_link(html: str) -> bool:
    # To count is many times as fast as to search for a pattern.
    return any(
        html.count(f'{name}="') != sum(html.count(f'{name}="{scheme}') for scheme in _ABSOLUTE)
        for name in ("href", "src")
    )


def _is_mail_date(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _wrong(message: str) -> Fault:
    return Fault("wrong-feed", message, _HINT)
