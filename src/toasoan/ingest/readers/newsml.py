"""NewsML-G2, the IPTC's news in XML (iptc.org/standards/newsml-g2): a newsItem, or a newsMessage with several.

A packageItem says which pictures go with which text: that is all that is taken from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from toasoan.diagnostics import Location
from toasoan.ingest.html_blocks import HtmlBody, blocks_of_elements, blocks_of_markup, blocks_of_text
from toasoan.ingest.html_elements import local_name, text_of
from toasoan.ingest.item import Item, unique_id
from toasoan.ingest.ledger import fingerprint
from toasoan.ingest.lines import Fate
from toasoan.ingest.moments import moment_of, sortable
from toasoan.ingest.readers.ninjs import embargo_of
from toasoan.ingest.readers.stating import Stating
from toasoan.ingest.safe_xml import BrokenXmlError, line_of, records_of
from toasoan.ingest.stated_page import BlockKind, PartFate, StatedBlock, StatedPage, StatedPhoto, Usage

MOST_PICTURES = 20_000
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(slots=True)
class _Pictures:
    """The pictures of a message, and which texts they go with."""

    by_guid: dict[str, StatedPhoto] = field(default_factory=dict)
    of_text: dict[str, list[StatedPhoto]] = field(default_factory=dict)


def read_newsml(open_stream: Callable[[], BinaryIO], source: str, location: Location) -> Iterator[Item]:
    """The texts of a document, read twice. Raises BrokenXmlError where it ends to be readable."""
    pictures = _pictures(open_stream)
    with open_stream() as stream:
        for record in records_of(stream, {"newsItem"}, {"packageItem"}):
            if local_name(record.element) == "newsitem" and not _is_picture(record.element):
                yield _item(record.element, pictures, source, location)


def _pictures(open_stream: Callable[[], BinaryIO]) -> _Pictures:
    pictures = _Pictures()
    groups: list[list[str]] = []
    with open_stream() as stream:
        try:
            for record in records_of(stream, {"newsItem"}, {"packageItem"}):
                element = record.element
                if local_name(element) == "packageitem":
                    groups.append([one.get("residref") or "" for one in _all(element, "itemref")])
                elif _is_picture(element) and (photo := _photo(element)) and len(pictures.by_guid) < MOST_PICTURES:
                    pictures.by_guid[element.get("guid") or ""] = photo
        except BrokenXmlError:
            pass  # the second reading tells of it, after what comes before
    for group in groups:
        texts = [guid for guid in group if guid not in pictures.by_guid]
        if len(texts) == 1:
            photos = [pictures.by_guid[guid] for guid in group if guid in pictures.by_guid]
            pictures.of_text.setdefault(texts[0], []).extend(photos)
    return pictures


def _item(element: etree._Element, pictures: _Pictures, source: str, location: Location) -> Item:
    guid, version = element.get("guid") or "", element.get("version") or ""
    sha256 = fingerprint(etree.tostring(element, with_tail=False))
    moment = sortable(moment_of(_said(element, "versioncreated")))
    number = f" {int(version):012d}" if version.isascii() and version.isdigit() else ""
    return Item(
        f"{source}#{guid or sha256[:16]}",
        Location(location.path, line_of(element)),
        sha256,
        _page(element, pictures.of_text.get(guid, [])),
        unique_id(guid),
        f"{moment}{number}",
    )


def _page(element: etree._Element, photos: list[StatedPhoto]) -> StatedPage:
    page = Stating()
    meta, content = _first(element, "itemmeta"), _first(element, "contentmeta")
    for headline in _children(content, "headline"):
        page.say("title", text_of(headline), "NewsML-G2 headline")
    page.say("title", _said(meta, "title"), "NewsML-G2 title")
    created, version = _said(meta, "firstcreated"), _said(meta, "versioncreated")
    # When an item was made is near when it was published, and not the same.
    page.say_date("date", created, "NewsML-G2 firstCreated", is_sure=False)
    if not created:
        page.say_date("date", version, "NewsML-G2 versionCreated", is_sure=False)
    if created and version != created:
        page.say_date("updated", version, "NewsML-G2 versionCreated")
    for by in _children(content, "by"):
        page.say("authors", text_of(by), "NewsML-G2 by")
    for creator in _children(content, "creator"):
        page.say("authors", _said(creator, "name"), "NewsML-G2 creator")
    for subject in _children(content, "subject"):
        page.say("tags", _said(subject, "name"), "NewsML-G2 subject")
    for description in _children(content, "description"):
        page.say("summary", text_of(description), "NewsML-G2 description")
    provider = _first(meta, "provider")
    if provider is not None:
        page.say("publisher", _said(provider, "name") or provider.get("literal"), "NewsML-G2 provider")
    language = _first(content, "language")
    page.say("language", language.get("tag") if language is not None else None, "NewsML-G2 language")
    page.say("language", element.get(f"{XML}lang"), "NewsML-G2 xml:lang")
    page.say_address("source_url", element.get("guid"), "NewsML-G2 guid")
    for note in _children(meta, "ednote"):
        page.notes.append(f"note to editors: {text_of(note)}")
    rights = _first(element, "rightsinfo")
    for name, said in (
        ("copyrightnotice", "copyright"),
        ("copyrightholder", "copyright"),
        ("usageterms", "terms of use"),
    ):
        for one in _children(rights, name):
            if text := text_of(one) or one.get("literal") or "":
                page.notes.append(f"{said}: {text}")
    body = _body(element)
    for photo in reversed(photos):
        body.parts.append(PartFate("NewsML-G2 picture", Fate.PHOTO, photo.address[:80]))
        body.blocks.insert(0, StatedBlock(BlockKind.PHOTO, (), photo, len(body.parts) - 1))
    usage, reason = _usage(meta)
    embargo = None
    said_embargo = _first(meta, "embargoed")
    if said_embargo is not None:
        # An empty element is an embargo until further notice.
        embargo, usage, reason = embargo_of(text_of(said_embargo), usage, reason)
    return page.page(body, usage=usage, usage_reason=reason, embargo=embargo)


def _usage(meta: etree._Element | None) -> tuple[Usage, str]:
    status = _first(meta, "pubstatus")
    code = "usable" if status is None else (status.get("qcode") or status.get("uri") or "")
    code = code.replace("/", ":").rpartition(":")[2]
    if code == "usable":
        return Usage.USABLE, ""
    if code in ("canceled", "cancelled"):
        return Usage.WITHDRAWN, "the agency has canceled it (NewsML-G2 pubStatus)"
    return Usage.HELD_BACK, f"the NewsML-G2 pubStatus is {code[:40] or 'unknown'}"


def _body(element: etree._Element) -> HtmlBody:
    contents = _first(element, "contentset")
    for inline in _children(contents, "inlinexml"):
        whole = next((one for one in inline.iter() if local_name(one) in ("body.content", "body")), inline)
        inner = next((one for one in whole.iter() if local_name(one) == "body.content"), whole)
        return blocks_of_elements([inner], None, "NewsML-G2 ")
    for data in _children(contents, "inlinedata"):
        is_html = "html" in (data.get("contenttype") or "")
        return blocks_of_markup(data.text or "") if is_html else blocks_of_text(data.text or "", "NewsML-G2 ")
    return HtmlBody()


def _is_picture(element: etree._Element) -> bool:
    kind = _first(_first(element, "itemmeta"), "itemclass")
    code = (kind.get("qcode") or kind.get("uri") or "") if kind is not None else ""
    return bool(code) and not code.replace("/", ":").endswith((":text", ":composite"))


def _photo(element: etree._Element) -> StatedPhoto | None:
    remote = [one for one in _all(element, "remotecontent") if one.get("href")]
    if not remote:
        return None
    widest = max(remote, key=lambda one: int(width) if (width := one.get("width") or "").isdigit() else 0)
    content = _first(element, "contentmeta")
    caption = _said(content, "description") or _said(content, "headline")
    credit = _said(content, "creditline") or _said(content, "by")
    return StatedPhoto(widest.get("href") or "", None, caption or None, credit or None)


def _children(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else [one for one in element if local_name(one) == name]


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in element.iter() if local_name(one) == name]


def _first(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(iter(_children(element, name)), None)


def _said(element: etree._Element | None, name: str) -> str:
    """The text of the first child of this local name, in small letters; looked for in itemMeta as well."""
    found = _first(element, name)
    if found is None and element is not None and local_name(element) == "newsitem":
        found = _first(_first(element, "itemmeta"), name)
    return text_of(found) if found is not None else ""
