"""Whether sitemaps name the pages that search engines may list, all of them, and no others.

After https://www.sitemaps.org/protocol.html, and Google's rules for languages, pictures and news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from toasoan.audit.addresses import Addresses
from toasoan.audit.findings import Fault
from toasoan.audit.xml_document import Element, read_xml, text_of

_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
_LINK = "{http://www.w3.org/1999/xhtml}link"
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?")
MOST_ADDRESSES = 50_000
LARGEST = 50 * 1024 * 1024
MOST_NEWS = 1_000
_HINT = "build from nothing; if it stays, tell the makers"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap, or the index of all of them."""

    path: str
    names: tuple[str, ...] = ()
    """The files of the portal that it names: pages, or sitemaps."""

    is_index: bool = False
    is_news: bool = False
    alternates: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """The language versions that it has for pages, by file, as `Page.alternates` has them."""

    faults: tuple[Fault, ...] = field(default=())


def read_sitemap(path: str, data: bytes, addresses: Addresses) -> Sitemap:
    """Look at a sitemap."""
    root = read_xml(data)
    if isinstance(root, Fault):
        return Sitemap(path, faults=(root,))
    is_index = root.tag == f"{_MAP}sitemapindex"
    if not is_index and root.tag != f"{_MAP}urlset":
        return Sitemap(path, faults=(wrong_sitemap(f"it begins with <{root.tag}>, which is no sitemap"),))
    faults: list[Fault] = []
    if len(data) > LARGEST:
        faults.append(wrong_sitemap(f"it has more than {LARGEST // 1024 // 1024} MB"))
    entries = root.findall(f"{_MAP}sitemap" if is_index else f"{_MAP}url")
    news = [it for entry in entries for it in entry.findall(f"{_NEWS}news")]
    if len(entries) > (most := MOST_NEWS if news else MOST_ADDRESSES):
        faults.append(wrong_sitemap(f"it names {len(entries)} addresses, and {most} is the most"))
    names, alternates = [], []
    for entry in entries:
        link = text_of(entry, f"{_MAP}loc")
        goal = addresses.goal(link, "/") if link.startswith(addresses.site.origin) else None
        if goal is None or goal.file is None or not goal.is_there:
            faults.append(wrong_sitemap(f"it names {link!r}, where the portal has nothing"))
            continue
        names.append(goal.file)
        versions = sorted((it.get("hreflang") or "", it.get("href") or "") for it in entry.findall(_LINK))
        if not is_index and not news:
            alternates.append((goal.file, tuple(versions)))
        faults += _of_entry(entry, addresses)
    for item in news:
        faults += _of_news(item)
    return Sitemap(path, tuple(names), is_index, bool(news), tuple(alternates), tuple(faults))


def _of_entry(entry: Element, addresses: Addresses) -> Iterator[Fault]:
    date = text_of(entry, f"{_MAP}lastmod")
    if date and not _DATE.fullmatch(date):
        yield wrong_sitemap(f"{date!r} is no date as sitemaps have it")
    for picture in entry.iter(f"{_IMAGE}loc"):
        link = (picture.text or "").strip()
        if not link.startswith(("https://", "http://")) or not addresses.goal(link, "/").is_there:
            yield wrong_sitemap(f"it names the picture {link!r}, which is not there")


def _of_news(item: Element) -> Iterator[Fault]:
    for name in ("publication/name", "publication/language", "publication_date", "title"):
        if not text_of(item, "/".join(f"{_NEWS}{part}" for part in name.split("/"))):
            yield wrong_sitemap(f"an article has no news:{name.rpartition('/')[2]}")


def wrong_sitemap(message: str) -> Fault:
    """That something is wrong with a sitemap."""
    return Fault("wrong-sitemap", message, _HINT)
