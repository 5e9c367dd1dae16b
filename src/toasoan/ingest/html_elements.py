"""What single elements of HTML and NITF say: their words, where they link to, which picture they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin

from lxml import etree

from toasoan.ingest.cleaning import legible
from toasoan.web_address import parts_of

LONGEST_LINK = 2000

_INLINE_NAMES = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span
    strike
    strong sub sup time tt u var wbr chron event location money num org person
"""
INLINE = frozenset(_INLINE_NAMES.split())
"""Elements inside a line; all others begin a new one."""

_SILENT = frozenset(["script", "style", "noscript", "template"])
_CREDIT = re.compile(r"\b(?:credit|photographer|copyright|media-producer|photo-author)", re.IGNORECASE)


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace, in small letters; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """All words of an element, with single spaces."""
    if not len(element):
        return legible(element.text or "")
    words: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        name = local_name(one)
        apart = "" if name in INLINE else " "
        if event == "start":
            if name and name not in _SILENT:
                words += [apart, one.text or ""]
            else:
                walk.skip_subtree()
        else:
            words += [apart, (one.tail or "") if one is not element else ""]
    return legible("".join(words))


def link_to(address: str | None, base: str | None) -> str | None:
    """An address that a text may link to; None for scripts, places in the same page, and what is no address."""
    if not address or address.startswith("#") or len(address) > LONGEST_LINK:
        return None
    try:
        whole = urljoin(base, address.strip()) if base else address.strip()
    except ValueError:
        return None
    parts = parts_of(whole)
    if parts.scheme == "mailto":
        return whole if re.fullmatch(r"mailto:[\w.+-]+@[\w.-]+", whole, re.ASCII) else None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.-]+(?::\d{1,5})?", parts.netloc, re.ASCII):
        return None
    return quote(whole, safe="/:?#@!$&'*+,;=%~.-_[]").replace("[", "%5B").replace("]", "%5D").replace("*", "%2A")


def images_in(element: etree._Element) -> Iterator[etree._Element]:
    """The pictures in an element, itself among them."""
    return (one for one in element.iter() if local_name(one) in ("img", "amp-img", "media-reference"))


def caption_element(element: etree._Element) -> etree._Element | None:
    """Where a figure has its caption."""
    return next((one for one in element.iter() if local_name(one) in ("figcaption", "media-caption")), None)


def credit_element(element: etree._Element) -> etree._Element | None:
    """The element whose name or class says that it is a credit."""
    for one in element.iter():
        marks = " ".join([local_name(one), one.get("class") or "", one.get("itemprop") or ""])
        if one is not element and local_name(one) != "figcaption" and _CREDIT.search(marks):
            return one
    return None


def address_of_image(image: etree._Element) -> str | None:
    """Where the picture is; pages that load pictures late keep the address beside a placeholder."""
    candidates = [image.get(key) for key in ("data-src", "data-original", "data-lazy-src", "src", "source")]
    candidates += [_largest_of(image.get("data-srcset") or image.get("srcset") or "")]
    for candidate in candidates:
        address = (candidate or "").strip()
        scheme = parts_of(address).scheme
        if address and scheme in ("", "http", "https") and len(address) <= LONGEST_LINK:
            return address
    return None


def joined_address(base: str, address: str) -> str:
    """An address that may be relative, made whole."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _largest_of(srcset: str) -> str | None:
    found = re.findall(r"(\S+)\s+(\d{1,5})(?:\.\d)?[wx]", srcset[:10_000])
    return str(max(found, key=lambda one: int(one[1]))[0]).rstrip(",") if found else None


def is_tiny(image: etree._Element) -> bool:
    """Whether a picture is there to count visits, not to be seen."""
    sizes = [image.get("width") or "", image.get("height") or ""]
    return any(re.fullmatch(r"[012](?:px)?", size.strip()) for size in sizes)
