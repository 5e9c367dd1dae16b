"""Feeds: RSS 2.0 (rssboard.org/rss-specification) with its content, dc and media modules, and Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from lxml import etree

from toasoan.diagnostics import Location
from toasoan.ingest.html_blocks import HtmlBody, blocks_of_elements, blocks_of_markup, blocks_of_text
from toasoan.ingest.item import Item, unique_id
from toasoan.ingest.ledger import fingerprint
from toasoan.ingest.lines import Fate
from toasoan.ingest.moments import sortable
from toasoan.ingest.readers.stating import Stating
from toasoan.ingest.safe_xml import line_of, records_of
from toasoan.ingest.stated_page import BlockKind, PartFate, StatedBlock, StatedPage, StatedPhoto

CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def read_rss(stream: BinaryIO, source: str, location: Location) -> Iterator[Item]:
    """The items of an RSS feed. Raises BrokenXmlError where it ends to be readable."""
    for record in records_of(stream, {"item"}):
        element = record.element
        page = _rss_page(element, record.said)
        guid, link = _text(element, "guid"), _text(element, "link")
        sha256 = fingerprint(etree.tostring(element, with_tail=False))
        moved = page.stated.get("updated") or page.stated.get("date") or ()
        version = sortable(moved[0].value) if moved else ""
        name = guid or link or sha256[:16]
        yield Item(f"{source}#{name}", _at(location, element), sha256, page, unique_id(guid or link), version)


def read_atom(stream: BinaryIO, source: str, location: Location) -> Iterator[Item]:
    """The entries of an Atom feed. Raises BrokenXmlError where it ends to be readable."""
    for record in records_of(stream, {"entry"}):
        element = record.element
        page = _atom_page(element, record.said)
        atom_id = _text(element, f"{ATOM}id")
        sha256 = fingerprint(etree.tostring(element, with_tail=False))
        moved = page.stated.get("updated") or page.stated.get("date") or ()
        version = sortable(moved[0].value) if moved else ""
        name = f"{source}#{atom_id or sha256[:16]}"
        yield Item(name, _at(location, element), sha256, page, unique_id(atom_id), version)


def _rss_page(element: etree._Element, said: Mapping[str, str]) -> StatedPage:
    page = Stating()
    page.say_markup("title", _text(element, "title"), "RSS title")
    page.say_date("date", _text(element, "pubDate"), "RSS pubDate")
    page.say_date("date", _text(element, f"{DC}date"), "dc:date")
    page.say_date("updated", _text(element, f"{ATOM}updated"), "atom:updated")
    link, guid = _text(element, "link"), element.find("guid")
    page.say_address("source_url", link, "RSS link")
    if not link and guid is not None and guid.get("isPermaLink", "true") == "true":
        page.say_address("source_url", guid.text, "RSS guid")
    for creator in element.findall(f"{DC}creator"):
        page.say("authors", creator.text, "dc:creator")
    page.say("authors", _name_of_mailbox(_text(element, "author")), "RSS author")
    for category in element.findall("category"):
        page.say("tags", category.text, "RSS category")
    page.say("publisher", _text(element, "source"), "RSS source")
    page.say("publisher", _text(element, f"{DC}publisher"), "dc:publisher")
    page.say("publisher", said.get("title"), "title of the RSS channel", is_sure=False)
    page.say("language", _text(element, f"{DC}language"), "dc:language")
    page.say("language", said.get("language"), "language of the RSS channel")
    content, description = _text(element, f"{CONTENT}encoded"), _text(element, "description")
    base = link or None
    if content:
        page.say_markup("summary", description, "RSS description")
        body = blocks_of_markup(content, base, "content:encoded ")
    else:
        body = blocks_of_markup(description, base, "RSS description ")
    _add_media(element, body, page)
    return page.page(body)


def _atom_page(element: etree._Element, said: Mapping[str, str]) -> StatedPage:
    page = Stating()
    page.say_markup("title", _plain_of(element.find(f"{ATOM}title")), "Atom title")
    page.say_date("date", _text(element, f"{ATOM}published"), "Atom published")
    page.say_date("updated", _text(element, f"{ATOM}updated"), "Atom updated")
    if "date" not in page.stated:
        page.say_date("date", _text(element, f"{ATOM}updated"), "Atom updated", is_sure=False)
    links = element.findall(f"{ATOM}link")
    own = next((one.get("href") for one in links if one.get("rel", "alternate") == "alternate"), None)
    page.say_address("source_url", own, "Atom link")
    for name in element.findall(f"{ATOM}author/{ATOM}name"):
        page.say("authors", name.text, "Atom author")
    for category in element.findall(f"{ATOM}category"):
        page.say("tags", category.get("label") or category.get("term"), "Atom category")
    page.say("publisher", _text(element, f"{ATOM}source/{ATOM}title"), "title of the Atom source")
    page.say("publisher", said.get("title"), "title of the Atom feed", is_sure=False)
    content = element.find(f"{ATOM}content")
    language = next(
        (one.get(f"{XML}lang") for one in (content, element) if one is not None and one.get(f"{XML}lang")), ""
    )
    page.say("language", language or said.get("@lang"), "xml:lang")
    if rights := _text(element, f"{ATOM}rights"):
        page.notes.append(f"rights: {rights}")
    summary = element.find(f"{ATOM}summary")
    body = _construct(content, own, "Atom content ")
    if body.blocks:
        page.say_markup("summary", _plain_of(summary), "Atom summary")
    else:
        body = _construct(summary, own, "Atom summary ")
    _add_media(element, body, page)
    return page.page(body)


def _construct(element: etree._Element | None, base: str | None, prefix: str) -> HtmlBody:
    """The blocks of an Atom text construct (RFC 4287, 3.1 and 4.1.3)."""
    if element is None:
        return HtmlBody()
    base = element.get(f"{XML}base") or base
    kind = element.get("type", "text")
    if kind in ("xhtml", "application/xhtml+xml"):
        return blocks_of_elements(list(element), base, prefix)
    if kind in ("html", "text/html"):
        return blocks_of_markup(element.text or "", base, prefix)
    return blocks_of_text(element.text or "", prefix)


def _plain_of(element: etree._Element | None) -> str:
    if element is None:
        return ""
    text = "".join(map(str, element.itertext()))
    # Of the type "text" a "<" is a "<"; markup is looked for in the others alone.
    return text if element.get("type", "text") != "text" else text.replace("&", "&amp;").replace("<", "&lt;")


def _add_media(element: etree._Element, body: HtmlBody, page: Stating) -> None:
    """The picture that stands beside the text, first, unless the text shows it itself."""
    for media in [*element.iter(f"{MEDIA}content"), *element.findall("enclosure")]:
        address, kind = media.get("url") or "", media.get("type") or media.get("medium") or ""
        where = "media:content" if media.tag == f"{MEDIA}content" else "RSS enclosure"
        if not kind.startswith("image") and media.get("medium") != "image":
            page.parts.append(PartFate(where, Fate.DROPPED, address[:80], "no picture"))
        elif any(block.photo and block.photo.address == address for block in body.blocks):
            page.parts.append(PartFate(where, Fate.DROPPED, address[:80], "the text has this picture"))
        elif any(block.photo for block in body.blocks):
            page.parts.append(PartFate(where, Fate.DROPPED, address[:80], "the text has pictures of its own"))
        else:
            caption = _text(media, f"{MEDIA}description") or _text(media, f"{MEDIA}title") or None
            credit = _text(media, f"{MEDIA}credit") or None
            body.parts.append(PartFate(where, Fate.PHOTO, address[:80]))
            photo = StatedPhoto(address, None, caption, credit)
            body.blocks.insert(0, StatedBlock(BlockKind.PHOTO, (), photo, len(body.parts) - 1))


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""


def _name_of_mailbox(text: str) -> str:
    """ "an@news.example (An)": RSS has mailboxes for authors, and only the name is for readers."""
    if "@" not in text:
        return text
    return text[text.find("(") + 1 : text.rfind(")")] if "(" in text and text.endswith(")") else ""


def _at(location: Location, element: etree._Element) -> Location:
    return Location(location.path, line_of(element))
