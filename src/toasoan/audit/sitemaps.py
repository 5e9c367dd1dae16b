"""Whether sitemaps name the pages that search engines may list, all of them, and no others.

After https://www.sitemaps.org/protocol.html, and Google's rules for languages, pictures and news.
"""

from __future__ import annotations

from collections.abc import Iterator

from toasoan.audit.addresses import Addresses
from toasoan.audit.dates import is_day_or_moment
from toasoan.audit.facts import Pairs, Sitemap
from toasoan.audit.findings import Fault
from toasoan.audit.xml_document import Element, read_xml, text_of

_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
_LINK = "{http://www.w3.org/1999/xhtml}link"
MOST_ADDRESSES = 50_000
LARGEST = 50 * 1024 * 1024
MOST_NEWS = 1_000
_HINT = "build from nothing; if it stays, tell the makers"


def read_sitemap(data: bytes) -> Sitemap:
    """Look at a sitemap."""
    root = read_xml(data)
    if isinstance(root, Fault):
        return Sitemap(False, False, (), (), (root,))
    is_index = root.tag == f"{_MAP}sitemapindex"
    if not is_index and root.tag != f"{_MAP}urlset":
        fault = wrong_sitemap(f"it begins with <{root.tag}>, which is no sitemap")
        return Sitemap(False, False, (), (), (fault,))
    faults: list[Fault] = []
    if len(data) > LARGEST:
        faults.append(wrong_sitemap(f"it has more than {LARGEST // 1024 // 1024} MB"))
    elements = root.findall(f"{_MAP}sitemap" if is_index else f"{_MAP}url")
    news = [it for element in elements for it in element.findall(f"{_NEWS}news")]
    if len(elements) > (most := MOST_NEWS if news else MOST_ADDRESSES):
        faults.append(wrong_sitemap(f"it names {len(elements)} addresses, and {most} is the most"))
    entries = []
    for element in elements:
        versions = sorted((it.get("hreflang") or "", it.get("href") or "") for it in element.findall(_LINK))
        entries.append((text_of(element, f"{_MAP}loc"), tuple(versions)))
        date = text_of(element, f"{_MAP}lastmod")
        if date and not is_day_or_moment(date):
            faults.append(wrong_sitemap(f"{date!r} is no date as sitemaps have it"))
    pictures = tuple(dict.fromkeys((it.text or "").strip() for it in root.iter(f"{_IMAGE}loc")))
    for item in news:
        faults += _of_news(item)
    return Sitemap(is_index, bool(news), tuple(entries), pictures, tuple(faults))


def named_files(sitemap: Sitemap, addresses: Addresses) -> Iterator[tuple[str | None, Pairs, Fault | None]]:
    """The file of each entry, with its language versions; where there is none, what is wrong."""
    origin = addresses.site.origin
    for link, versions in sitemap.entries:
        goal = addresses.goal(link, "/") if link.startswith(origin) else None
        if goal is None or goal.file is None or not goal.is_there:
            yield None, versions, wrong_sitemap(f"it names {link!r}, where the portal has nothing")
        else:
            yield goal.file, versions, None


def missing_pictures(sitemap: Sitemap, addresses: Addresses) -> Iterator[Fault]:
    """The pictures that a sitemap names and that are not there."""
    for link in sitemap.pictures:
        if not link.startswith(("https://", "http://")) or not addresses.goal(link, "/").is_there:
            yield wrong_sitemap(f"it names the picture {link!r}, which is not there")


def _of_news(item: Element) -> Iterator[Fault]:
    for name in ("publication/name", "publication/language", "publication_date", "title"):
        if not text_of(item, "/".join(f"{_NEWS}{part}" for part in name.split("/"))):
            yield wrong_sitemap(f"an article has no news:{name.rpartition('/')[2]}")


def wrong_sitemap(message: str) -> Fault:
    """That something is wrong with a sitemap."""
    return Fault("wrong-sitemap", message, _HINT)
