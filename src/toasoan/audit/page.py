"""One page of a built portal: what it says of itself, where it leads, and what is wrong with it alone."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toasoan.audit.facts import Page, Pairs
from toasoan.audit.findings import Fault, advice
from toasoan.audit.html_faults import html_faults
from toasoan.audit.page_tree import PageTree, page_tree
from toasoan.audit.structured_data import addresses_of, data_faults, parsed

_CANDIDATE = re.compile(r"([^\s,]\S*)\s+[\d.]+[wx]")
_READ = (("a", "href"), ("area", "href"))
_SHOWN = (
    ("img", "src"), ("source", "src"), ("video", "src"), ("video", "poster"), ("audio", "src"), ("track", "src"),
    ("iframe", "src"), ("object", "data"), ("use", "href"), ("form", "action"),
)  # fmt: skip
_CHOSEN = (("img", "srcset"), ("source", "srcset"))
_AT_ONCE = frozenset(("stylesheet", "preload", "modulepreload"))
_LATER = frozenset(("icon", "apple-touch-icon", "manifest", "alternate"))
_PICTURES_OF_CARDS = ("og:image", "og:video", "twitter:image")


def read_page(data: bytes, canonical: str) -> Page:
    """Look at a page whose absolute address is `canonical`."""
    tree = page_tree(data)
    if tree is None:
        fault = Fault("invalid-html", "the page is empty", "see what its template makes")
        return Page("", False, (), (), (), (), (), (), (), 0, None, None, None, (fault,))
    faults, head = list(html_faults(tree)), _Head.of(tree)
    objects, wrong = parsed(head.data)
    faults += wrong
    if head.is_indexed:
        faults += _of_head(head, canonical)
        faults += data_faults(objects, head.canonical, head.language)
    article = next((it for it in objects if isinstance(it, dict) and it.get("@type") == "NewsArticle"), {})
    original = article.get("translationOfWork")
    return Page(
        language=head.language,
        is_indexed=head.is_indexed,
        alternates=head.alternates,
        read=tuple(tree.values(*_READ)),
        unvouched=tuple(
            {it.get("href", "").strip(): None for it in tree.elements("a") if "nofollow" in it.get("rel", "")}
        ),
        loaded=tuple(dict.fromkeys(_loaded(tree))),
        shown=tuple(dict.fromkeys((*_shown(tree), *head.pictures()))),
        named=tuple(dict.fromkeys(addresses_of(objects))) if head.is_indexed else (),
        ids=tuple(dict.fromkeys((*tree.ids, *tree.values(("a", "name"))))),
        # The quick way gives somewhat more than hosts do, and mostly less than enough to matter.
        size=len(zlib.compress(data, 1)),
        modified=article.get("dateModified"),
        published=article.get("datePublished"),
        original=original.get("url") if isinstance(original, dict) else None,
        faults=tuple(faults),
    )


def _loaded(tree: PageTree) -> Iterator[str]:
    yield from (it.get("href", "") for it in tree.elements("link") if it.get("rel") in _AT_ONCE)
    yield from tree.values(("script", "src"))


def _shown(tree: PageTree) -> Iterator[str]:
    yield from tree.values(*_SHOWN)
    for link in tree.elements("link"):
        if link.get("rel") in _LATER and link.get("hreflang") is None:
            yield link.get("href", "")
    for srcset in tree.values(*_CHOSEN):
        yield from _CANDIDATE.findall(srcset)


@dataclass(frozen=True, slots=True)
class _Head:
    language: str
    is_indexed: bool
    canonical: str | None
    alternates: Pairs
    properties: Mapping[str, list[str]]
    data: list[str]

    @staticmethod
    def of(tree: PageTree) -> _Head:
        canonical, alternates, properties, is_indexed = None, [], dict[str, list[str]](), True
        for link in tree.elements("link"):
            if link.get("rel") == "canonical":
                canonical = link.get("href")
            elif link.get("rel") == "alternate" and (language := link.get("hreflang")):
                alternates.append((language, link.get("href") or ""))
        for meta in tree.elements("meta"):
            name = meta.get("property") or meta.get("name")
            if name == "robots":
                is_indexed = "noindex" not in (meta.get("content") or "")
            elif name:
                properties.setdefault(name, []).append(meta.get("content") or "")
        data = [it.text or "" for it in tree.elements("script") if it.get("type") == "application/ld+json"]
        return _Head(tree.root.get("lang") or "", is_indexed, canonical, tuple(sorted(alternates)), properties, data)

    def pictures(self) -> Iterator[str]:
        """What those see with whom the page is shared."""
        for name in _PICTURES_OF_CARDS:
            yield from self.properties.get(name, ())


def _of_head(head: _Head, canonical: str) -> Iterator[Fault]:
    """What is wrong with the head of a page that search engines may list."""
    hint = "compare it with partials/head.html"
    if not head.language:
        yield Fault("wrong-page-language", "<html> names no language", hint)
    if head.canonical != canonical:
        said = head.canonical or "missing"
        yield Fault("wrong-canonical", f"the canonical address should be {canonical!r}, and is {said}", hint)
    for name in ("description", "og:title", "og:url"):
        if not any(head.properties.get(name, ())):
            yield advice(Fault("missing-description", f"the page has no {name}", hint))
