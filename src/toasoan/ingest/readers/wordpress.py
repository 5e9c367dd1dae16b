"""Exports of WordPress (WXR): posts with their authors, categories, tags, pictures and status.

Only what is published there is published here. Pages, menus and revisions are no articles and are passed over;
attachments are looked up where a post names one as its picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from toasoan.diagnostics import Location
from toasoan.ingest.html_blocks import HtmlBody, blocks_of_markup
from toasoan.ingest.html_elements import local_name
from toasoan.ingest.item import Item, unique_id
from toasoan.ingest.ledger import fingerprint
from toasoan.ingest.lines import Fate
from toasoan.ingest.moments import in_utc, sortable
from toasoan.ingest.readers.stating import Stating
from toasoan.ingest.safe_xml import BrokenXmlError, Record, line_of, records_of
from toasoan.ingest.stated_page import BlockKind, PartFate, Stated, StatedBlock, StatedPhoto, Usage
from toasoan.slug import slug_fault

MOST_ATTACHMENTS = 200_000

_CAPTION = re.compile(r"\[caption[^\]]{0,500}\](.*?)\[/caption\]", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(r"((?:<a\b[^>]{0,2000}>\s*)?<img\b[^>]{0,5000}>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]{2,30}(?:\s[^\]]{0,2000})?/?\]")
_WITHDRAWN = {"trash": "the WordPress post is in the trash"}


@dataclass(slots=True)
class _Library:
    """What the posts of an export refer to."""

    authors: dict[str, str] = field(default_factory=dict)
    """Names for readers, by login."""

    pictures: dict[str, StatedPhoto] = field(default_factory=dict)
    """By the attachment's post_id."""


def read_wordpress(open_stream: Callable[[], BinaryIO], source: str, location: Location) -> Iterator[Item]:
    """The posts of an export, read twice. Raises BrokenXmlError where it ends to be readable."""
    library = _library(open_stream)
    with open_stream() as stream:
        for record in records_of(stream, {"item"}, {"author", "category", "tag", "term"}):
            if local_name(record.element) == "item" and _said(record.element, "post_type") in ("post", ""):
                yield _item(record, library, source, location)


def _library(open_stream: Callable[[], BinaryIO]) -> _Library:
    library = _Library()
    with open_stream() as stream:
        try:
            for record in records_of(stream, {"item"}, {"author"}):
                _collect(record.element, library)
        except BrokenXmlError:
            pass  # the second reading tells of it, after what comes before
    return library


def _collect(element: etree._Element, library: _Library) -> None:
    if local_name(element) == "author":
        login, name = _said(element, "author_login"), _said(element, "author_display_name")
        if login and name and len(library.authors) < MOST_ATTACHMENTS:
            library.authors[login] = name
    elif _said(element, "post_type") == "attachment" and len(library.pictures) < MOST_ATTACHMENTS:
        address = _said(element, "attachment_url")
        if re.search(r"\.(?:jpe?g|png|gif|webp|avif)$", address, re.IGNORECASE):
            caption = _said(element, "encoded", "excerpt")
            library.pictures[_said(element, "post_id")] = StatedPhoto(address, None, caption or None)


def _item(record: Record, library: _Library, source: str, location: Location) -> Item:
    element = record.element
    page, usage, reason = Stating(), *_usage(element)
    page.say_markup("title", _said(element, "title"), "WordPress title")
    _say_dates(element, page)
    slug = _said(element, "post_name")
    if slug and "%" not in slug and slug_fault(slug) is None:
        page.say("slug", slug, "wp:post_name")
    page.say_address("source_url", _said(element, "link"), "WordPress link")
    login = _said(element, "creator")
    page.say("authors", library.authors.get(login), "wp:author_display_name")
    if login and login not in library.authors:
        page.remarks.append(f"the export names no author for the login «{login}»")
    for category in element.iter("category"):
        domain = category.get("domain") or "category"
        if domain in ("category", "post_tag") and category.get("nicename") != "uncategorized":
            page.say("tags", category.text, "WordPress category" if domain == "category" else "WordPress tag")
    page.say_markup("summary", _said(element, "encoded", "excerpt"), "WordPress excerpt")
    page.say("publisher", record.said.get("title"), "title of the WordPress site", is_sure=False)
    page.say("language", record.said.get("language"), "language of the WordPress site")
    body = _body(element, page)
    _add_featured(element, body, library)
    post_id = _said(element, "post_id")
    sha256 = fingerprint(etree.tostring(element, with_tail=False))
    version = next((sortable(one.value) for one in page.stated.get("updated", ())), "")
    return Item(
        f"{source}#{post_id or sha256[:16]}",
        Location(location.path, line_of(element)),
        sha256,
        page.page(body, usage=usage, usage_reason=reason),
        unique_id(_said(element, "guid")),
        version,
    )


def _usage(element: etree._Element) -> tuple[Usage, str]:
    status = _said(element, "status") or "publish"
    if status in _WITHDRAWN:
        return Usage.WITHDRAWN, _WITHDRAWN[status]
    if _said(element, "post_password"):
        return Usage.HELD_BACK, "the WordPress post has a password"
    return (Usage.USABLE, "") if status == "publish" else (Usage.HELD_BACK, f"the WordPress status is {status}")


def _say_dates(element: etree._Element, page: Stating) -> None:
    for name, gmt, local in (
        ("date", "post_date_gmt", "post_date"),
        ("updated", "post_modified_gmt", "post_modified"),
    ):
        if moment := in_utc(_said(element, gmt)):
            page.stated.setdefault(name, []).append(Stated(moment, f"wp:{gmt}"))
            page.parts.append(PartFate(f"wp:{gmt}", Fate.FIELD, _said(element, gmt)))
        elif (text := _said(element, local)) and not text.startswith("0000"):
            page.say_date(name, text, f"wp:{local}")


def _body(element: etree._Element, page: Stating) -> HtmlBody:
    markup = _CAPTION.sub(_as_figure, _said(element, "encoded", "content"))
    for shortcode in dict.fromkeys(found[0] for found in _SHORTCODE.finditer(markup)):
        page.parts.append(PartFate("shortcode", Fate.DROPPED, shortcode[:80], "WordPress would have filled it in"))
    markup = _SHORTCODE.sub("", markup)
    # WordPress itself makes paragraphs of blank lines (wpautop).
    return blocks_of_markup(
        re.sub(r"\n[ \t\r]{0,50}\n", "<br><br>", markup.replace("\r\n", "\n")), _said(element, "link") or None
    )


def _as_figure(found: re.Match[str]) -> str:
    picture = _PICTURE.match(found[1].strip())
    return f"<figure>{picture[1]}<figcaption>{picture[2]}</figcaption></figure>" if picture else found[1]


def _add_featured(element: etree._Element, body: HtmlBody, library: _Library) -> None:
    meta = {_said(one, "meta_key"): _said(one, "meta_value") for one in element if local_name(one) == "postmeta"}
    photo = library.pictures.get(meta.get("_thumbnail_id", ""))
    if photo and not any(block.photo and _same_file(block.photo, photo) for block in body.blocks):
        body.parts.append(PartFate("featured image", Fate.PHOTO, photo.address[:80]))
        body.blocks.insert(0, StatedBlock(BlockKind.PHOTO, (), photo, len(body.parts) - 1))


def _same_file(one: StatedPhoto, other: StatedPhoto) -> bool:
    """WordPress keeps smaller copies beside a picture: "boat-300x200.jpg"."""
    names = [re.sub(r"-\d{2,5}x\d{2,5}(?=\.\w{3,4}$)", "", photo.address) for photo in (one, other)]
    return names[0] == names[1]


def _said(element: etree._Element, name: str, namespace: str = "") -> str:
    """The text of a child by its local name; `namespace` parts content:encoded from excerpt:encoded."""
    for child in element:
        if isinstance(child.tag, str) and local_name(child) == name and namespace in child.tag:
            return (child.text or "").strip()
    return ""
