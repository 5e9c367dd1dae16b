"""Looks at built pages as a browser, a search engine or a feed reader does."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from lxml import html as lxml_html

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
"""Elements without an end tag."""

DRAWN_VOID = frozenset(["circle", "path"])
"""The same inside SVG, where they end with a slash."""


def document(page: str) -> Any:
    """A page as lxml reads it."""
    return lxml_html.document_fromstring(page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))


def links(page: str) -> set[str]:
    """Every address that a page names in `href` or `src`."""
    return {str(address) for address in document(page).xpath("//@href | //@src")}


def duplicate_ids(page: str) -> list[str]:
    """Ids that stand more than once."""
    counts = Counter(str(id_) for id_ in document(page).xpath("//@id"))
    return sorted(id_ for id_, count in counts.items() if count > 1)


def json_ld(page: str) -> Iterator[dict[str, Any]]:
    """Everything that a page tells machines about itself."""
    for script in document(page).xpath('//script[@type="application/ld+json"]'):
        yield from json.loads(script.text)["@graph"]


def dangers(page: str) -> list[str]:
    """What could run in a reader's browser and is not the theme's own."""
    tree = document(page)
    scripts = tree.xpath('//script[not(@src) and not(@type="application/ld+json")]')
    forms = tree.xpath('//form[not(@role="search" and starts-with(@action, "/") and parent::*/@data-search)]')
    framed = [*tree.xpath("//iframe | //object | //embed | //base"), *forms]
    events = tree.xpath("//@*[starts-with(name(), 'on')]")
    addresses = [
        address
        for address in tree.xpath("//@href | //@src | //@action")
        if re.match(r"(javascript|vbscript|data):", re.sub(r"[\s\x00-\x1f]", "", str(address)).lower())
    ]
    return [str(found) for found in (*scripts, *framed, *events, *addresses)]


def unbalanced(page: str) -> list[str]:
    """Tags that open without closing or close without opening, with their lines."""
    reader = _Balance()
    reader.feed(page)
    reader.close()
    return reader.faults + [f"<{tag}> in line {line} is not closed" for tag, line in reader.open]


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, int]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> in line {self.getpos()[0]} has an attribute twice")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID | DRAWN_VOID:
            self.faults.append(f"<{tag}/> in line {self.getpos()[0]}")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> in line {self.getpos()[0]} closes nothing")
