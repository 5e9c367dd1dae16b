"""One page of a built portal: what it says of itself, where it leads, and what is wrong with it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toasoan import routes
from toasoan.audit.addresses import Addresses, Goal, is_on_the_web
from toasoan.audit.findings import Fault, advice
from toasoan.audit.html_faults import html_faults
from toasoan.audit.page_tree import PageTree, page_tree
from toasoan.audit.structured_data import addresses_of, data_faults, parsed
from toasoan.audit.weights import Weights

_CANDIDATE = re.compile(r"([^\s,]\S*)\s+[\d.]+[wx]")
_READ = (("a", "href"), ("area", "href"))
_SHOWN = (
    ("img", "src"), ("source", "src"), ("video", "src"), ("video", "poster"), ("audio", "src"), ("track", "src"),
    ("iframe", "src"), ("object", "data"), ("use", "href"), ("form", "action"),
)  # fmt: skip
_CHOSEN = (("img", "srcset"), ("source", "srcset"))
_AT_ONCE = frozenset(("stylesheet", "preload", "modulepreload"))
_LATER = frozenset(("icon", "apple-touch-icon", "manifest", "alternate"))
_PICTURE_OF_CARD = ("og:image", "og:video", "twitter:image")


@dataclass(frozen=True, slots=True)
class Page:
    """A page, as far as it matters to the whole."""

    path: str
    language: str
    is_indexed: bool
    """Whether search engines may list it."""

    alternates: tuple[tuple[str, str], ...] = ()
    """The languages that it names, each with the absolute address of that version, by language; x-default too."""

    leads_to: tuple[str, ...] = ()
    """Files of the portal to which links on it lead, but for versions of the page in other languages."""

    parts: tuple[tuple[str, str, str], ...] = ()
    """Links to parts of other pages: as written, with the file and the part."""

    outside: tuple[str, ...] = ()
    """Links to pages elsewhere."""

    modified: str | None = None
    """When its article last changed, as its structured data has it."""

    published: str | None = None
    original: str | None = None
    """The absolute address of the article that it translates."""

    faults: tuple[Fault, ...] = ()


def read_page(path: str, data: bytes, addresses: Addresses, weights: Weights) -> Page:
    """Look at a page of the portal."""
    tree = page_tree(data)
    if tree is None:
        return Page(
            path, "", False, faults=(Fault("invalid-html", "the page is empty", "see what its template makes"),)
        )
    faults = list(html_faults(tree))
    head = _Head.of(tree)
    address = routes.address_of(path)
    links = _Links(tree, address, addresses)
    for name in _PICTURE_OF_CARD:
        for value in head.properties.get(name, ()):
            links.lead(value)
    objects, wrong = parsed(head.data)
    faults += wrong
    canonical = head.canonical
    if head.is_indexed:
        faults += _of_head(head, addresses.site.absolute(address))
        faults += data_faults(objects, canonical, head.language)
        for value in dict.fromkeys(addresses_of(objects)):
            goal = addresses.goal(value, address)
            if goal.file is not None and not goal.is_there and not value.endswith(".html"):
                faults.append(
                    Fault("wrong-structured-data", f"it names {value}, where nothing is", "remove the address")
                )
    versions = set()
    for _, link in head.alternates:
        goal = addresses.goal(link, address)
        versions.add(goal.file)
        if not goal.is_there:
            message = f"a language version at {link} is named, and there is none"
            faults.append(Fault("wrong-alternates", message, "compare the page with partials/head.html"))
    faults += weights.faults(data, links.loaded)
    article = next((it for it in objects if isinstance(it, dict) and it.get("@type") == "NewsArticle"), {})
    original = article.get("translationOfWork") or {}
    ids = _ids(tree)
    own = addresses.site.link(address)
    for link, fragment in links.own_parts:
        if fragment not in ids and fragment not in ("", "top"):
            links.faults.append(missing_part(link, own, fragment))
    return Page(
        path,
        head.language,
        head.is_indexed,
        head.alternates,
        tuple(file for file in links.leads_to if file not in versions),
        tuple(links.parts),
        tuple(links.outside),
        article.get("dateModified"),
        article.get("datePublished"),
        original.get("url") if isinstance(original, dict) else None,
        (*faults, *links.faults),
    )


def ids_of(data: bytes) -> frozenset[str]:
    """The parts of a page to which links can lead."""
    tree = page_tree(data)
    return frozenset() if tree is None else _ids(tree)


def _ids(tree: PageTree) -> frozenset[str]:
    return frozenset((*tree.ids, *tree.values(("a", "name"))))


def missing_part(link: str, page: str, fragment: str) -> Fault:
    """That a link leads to a part of a page that is not there."""
    message = f"the page {page} has no part {fragment!r}"
    return Fault(
        "missing-part", message, "see what the headings are called now, or link to the page alone", link=link
    )


@dataclass(frozen=True, slots=True)
class _Head:
    language: str
    is_indexed: bool
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
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


def _of_head(head: _Head, address: str) -> Iterator[Fault]:
    """What is wrong with the head of a page that search engines may list."""
    hint = "compare it with partials/head.html"
    if not head.language:
        yield Fault("wrong-page-language", "<html> names no language", hint)
    if head.canonical != address:
        said = head.canonical or "missing"
        yield Fault("wrong-canonical", f"the canonical address should be {address!r}, and is {said}", hint)
    for name in ("description", "og:title", "og:url"):
        if not any(head.properties.get(name, ())):
            yield advice(Fault("missing-description", f"the page has no {name}", hint))


class _Links:
    """All links of a page."""

    def __init__(self, tree: PageTree, page: str, addresses: Addresses) -> None:
        self._page, self._addresses = page, addresses
        self._own = routes.file_of(page)
        self.leads_to: dict[str, None] = {}
        self.loaded: dict[str, None] = {}
        self.own_parts: list[tuple[str, str]] = []
        self.parts: list[tuple[str, str, str]] = []
        self.outside: list[str] = []
        self.faults: list[Fault] = []
        # Nobody vouches for these: the portal's own share links, and what readers write.
        unvouched = {it.get("href", "").strip() for it in tree.elements("a") if "nofollow" in it.get("rel", "")}
        for link in tree.values(*_READ):
            self._follow(link, link not in unvouched)
        loaded = [it.get("href", "") for it in tree.elements("link") if it.get("rel") in _AT_ONCE]
        for link in (*loaded, *tree.values(("script", "src"))):
            if (file := self.lead(link).file) is not None:
                self.loaded[file] = None
        others = (it for it in tree.elements("link") if it.get("rel") in _LATER and it.get("hreflang") is None)
        for link in (*tree.values(*_SHOWN), *(it.get("href", "") for it in others)):
            self.lead(link)
        for srcset in tree.values(*_CHOSEN):
            for link in _CANDIDATE.findall(srcset):
                self.lead(link)

    def _follow(self, link: str, is_vouched_for: bool) -> None:
        """Note where a reader may go."""
        goal = self.lead(link)
        if goal.file is None:
            if is_vouched_for and is_on_the_web(link):
                self.outside.append(link)
        elif goal.is_there and goal.file == self._own:
            self.own_parts.append((link, goal.fragment))
        elif goal.is_there:
            self.leads_to[goal.file] = None
            if goal.fragment:
                self.parts.append((link, goal.file, goal.fragment))

    def lead(self, link: str) -> Goal:
        """Where a link leads; what is not there is noted."""
        goal = self._addresses.goal(link, self._page)
        if goal.file is not None and not goal.is_there:
            if goal.moved_to:
                message, hint = f"the page {link} has moved to {goal.moved_to}", f"write {goal.moved_to}"
                self.faults.append(advice(Fault("moved-link", message, hint, link=link)))
            else:
                hint = "correct the address, or remove the link"
                self.faults.append(Fault("broken-link", f"the portal has no page or file {link}", hint, link=link))
        return goal
