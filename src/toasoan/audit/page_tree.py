"""The elements of a page, by name: gone through once, for to find them is most of what looking at a page costs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

_MISMATCH = frozenset(("ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED", "ERR_LTSLASH_REQUIRED", "ERR_GT_REQUIRED"))


Element = etree._Element


@dataclass(frozen=True, slots=True)
class PageTree:
    """A page as libxml2 understands it, which is nearly as browsers do."""

    root: Element
    html: str
    by_name: Mapping[str, Sequence[Element]]
    ids: Sequence[str]
    """In the order of the page, so that one may be there twice."""

    mismatches: tuple[str, ...]
    """What the parser said of tags that do not match."""

    def elements(self, *names: str) -> Iterable[Element]:
        """All elements of these names."""
        for name in names:
            yield from self.by_name.get(name, ())

    def values(self, *wanted: tuple[str, str]) -> Iterable[str]:
        """The values of attributes, by names of elements and attributes; each once, however often the page has it."""
        found: dict[str, None] = {}
        for name, attribute in wanted:
            for element in self.by_name.get(name, ()):
                value = element.get(attribute)
                if value is not None:
                    found[value.strip()] = None
        return found

    def children(self, *names: str) -> Iterable[tuple[Element, Element]]:
        """The elements that stand in elements of these names, each after the one in which it stands."""
        for element in self.elements(*names):
            for child in element.iterchildren(etree.Element):
                yield element, child

    def having(self, attribute: str) -> Iterable[Element]:
        """All elements that have an attribute."""
        # A text may have such words as well, so they only tell where looking is worth while.
        return self.root.iterfind(f".//*[@{attribute}]") if f"{attribute}=" in self.html else ()


def page_tree(data: bytes) -> PageTree | None:
    """The tree of a page; None if there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return None
    by_name: dict[str, list[Element]] = {}
    ids = []
    for element in root.iter(etree.Element):
        by_name.setdefault(element.tag, []).append(element)
        if (id_ := element.get("id")) is not None:
            ids.append(id_)
    said = [re.sub(r"\s+", " ", str(it.message)).strip() for it in parser.error_log if str(it.type_name) in _MISMATCH]
    return PageTree(root, data.decode("utf-8", "replace"), by_name, ids, tuple(said))
