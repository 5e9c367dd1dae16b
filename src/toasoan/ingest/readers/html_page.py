"""Saved pages: what JSON-LD, meta elements and links state, then the body where the page marks it.

Where a page doesn't mark its article, trafilatura finds it if it is installed (`toasoan[html]`); without it the
element with the most text in paragraphs is taken, and a person is asked to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice

from lxml import etree

from toasoan.encoding import without_controls
from toasoan.ingest.html_blocks import HtmlBody, blocks_of_elements, html_tree
from toasoan.ingest.html_elements import local_name, text_of
from toasoan.ingest.lines import Fate
from toasoan.ingest.readers.json_ld import article_of, image_of, nodes_of, say_article
from toasoan.ingest.readers.stating import Stating
from toasoan.ingest.stated_page import BlockKind, PartFate, Stated, StatedBlock, StatedPage, StatedPhoto, excerpt

SHORTEST_BODY = 150
"""Characters of text that an article has at least."""

MOST_OUTSIDE = 1000
"""Parts around the article that a receipt lists."""

CLEARLY_MOST = 0.6
"""Of several <article> elements, the page's own has at least this part of their text: others are cards."""

CLEARLY_ALL = 0.8
"""The element that holds the article has at least this part of what was recognised as its text."""

LONGEST_FOUND = 200_000
"""Characters of an article in which paragraphs are looked for."""

MOST_COMPARED = 5_000
"""Paragraphs that are looked for."""

BESIDE = 0.4
"""What a class calls related or shared has at most this part of the text; else the class means something else."""

_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:related|share|sharing|social|comments?|newsletter|subscribe|advert\w*|ads|promo|breadcrumbs?|"
    r"recommend\w*|read-?more|outbrain|taboola)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,6}\)(https?://[^\s>]{4,2000}) -->")
_DATES = ("article:published_time", "datepublished", "pubdate", "publishdate", "dc.date.issued", "date")


def read_html(text: str, address: str | None = None) -> StatedPage | None:
    """What a page states; `address` is where it was fetched. None if it holds nothing."""
    root = html_tree(text)
    if root is None:
        return None
    page = Stating()
    meta = _meta(root)
    headings = [text_of(one) for one in root.iter("h1")]
    canonical = [href for href in _links(root, "canonical") if href.startswith("http")]
    saved = _SAVED_FROM.search(text[:3000])
    addresses = [*canonical, *meta.get("og:url", ()), *([saved[1]] if saved else ()), *([address] if address else ())]
    scripts = [one.text or "" for one in root.iter("script") if "ld+json" in (one.get("type") or "")]
    nodes = nodes_of(scripts)
    article = article_of(nodes, addresses, headings)
    for one in canonical:
        page.say_address("source_url", one, "link rel=canonical")
    if article is not None:
        say_article(article, nodes, page)
    elif any("headline" in node for node in nodes):
        page.remarks.append(
            "the page's JSON-LD describes several articles, and none of them as its own: it wasn't used"
        )
    _say_meta(root, meta, headings, page)
    page.say_address("source_url", next(iter(meta.get("og:url", ())), None), "og:url")
    page.say_address("source_url", saved[1] if saved else None, "the address in the saved page's first comment")
    if address and "source_url" not in page.stated:
        page.say_address("source_url", address, "the address that was fetched")
    base = addresses[0] if addresses else None
    body = _body(root, text, base, page)
    _add_lead_picture(body, image_of(article, nodes) if article else None, meta)
    stated = page.page(body, base=base)
    alternates = tuple(_alternates(root))
    return replace(stated, stated={**stated.stated, "alternates": alternates}) if alternates else stated


def _say_meta(
    root: etree._Element, meta: Mapping[str, Sequence[str]], headings: Sequence[str], page: Stating
) -> None:
    if len(headings) == 1:
        page.say("title", headings[0], "the only h1")
    for name in ("og:title", "twitter:title"):
        for value in meta.get(name, ())[:1]:
            page.say("title", value, name)
    page.say("title", next((text_of(one) for one in root.iter("title")), None), "title element", is_sure=False)
    for name in ("og:description", "description"):
        for value in meta.get(name, ())[:1]:
            page.say("summary", value, f"meta {name}", is_sure=not value.endswith(("…", "...")))
    for name in _DATES:
        for value in meta.get(name, ())[:1]:
            page.say_date("date", value, f"meta {name}")
    for value in meta.get("article:modified_time", ())[:1]:
        page.say_date("updated", value, "meta article:modified_time")
    for name in ("article:author", "author"):
        for value in meta.get(name, ()):
            if not value.startswith("http"):
                page.say("authors", value, f"meta {name}")
    for value in meta.get("article:section", ())[:1]:
        page.say("section", value, "meta article:section")
    for value in meta.get("article:tag", ()):
        page.say("tags", value, "meta article:tag")
    for name in ("news_keywords", "keywords"):
        for value in meta.get(name, ())[:1]:
            for keyword in value.split(","):
                page.say("tags", keyword, f"meta {name}")
    page.say("publisher", next(iter(meta.get("og:site_name", ())), None), "og:site_name", is_sure=False)
    page.say("language", root.get("lang"), "html lang")
    page.say("language", next(iter(meta.get("og:locale", ())), None), "og:locale")
    if "date" not in page.stated:
        times = [one.get("datetime") for one in root.iter("time") if one.get("datetime")]
        if len(set(times)) == 1:
            page.say_date("date", times[0], "the only time element", is_sure=False)


def _meta(root: etree._Element) -> Mapping[str, list[str]]:
    """The contents of meta elements by name or property, and of itemprops that state a date."""
    found: dict[str, list[str]] = {}
    for one in root.iter("meta"):
        name = (one.get("property") or one.get("name") or one.get("itemprop") or "").strip().lower()
        content = (one.get("content") or "").strip()
        if name and content and len(found) < 500:
            found.setdefault(name, []).append(content)
    for one in root.iter("time", "span"):
        if (one.get("itemprop") or "").lower() == "datepublished" and one.get("datetime"):
            found.setdefault("datepublished", []).append(one.get("datetime") or "")
    return found


def _links(root: etree._Element, relation: str) -> Iterator[str]:
    for one in root.iter("link"):
        if relation in (one.get("rel") or "").lower().split() and one.get("href"):
            yield (one.get("href") or "").strip()


def _alternates(root: etree._Element) -> Iterator[Stated]:
    """The page in other languages: language tags with addresses."""
    for one in root.iter("link"):
        language, href = one.get("hreflang") or "", one.get("href") or ""
        if "alternate" in (one.get("rel") or "").lower() and language and href.startswith("http"):
            yield Stated((language.lower(), href.strip()), "link hreflang")


# --- the body ---------------------------------------------------------------------------------------------------


def _body(root: etree._Element, text: str, base: str | None, page: Stating) -> HtmlBody:
    chosen = _marked(root) or _found_by_trafilatura(root, text)
    if not chosen:
        chosen = _densest(root)
        page.remarks.append(
            "the page doesn't mark its article; what has the most text was taken: compare it with the page, "
            "or install toasoan[html], which looks closer"
        )
    beside = [part for one in chosen for part in _without_what_stands_beside(one)]
    body = blocks_of_elements(chosen, base, "", has_files=True)
    body.parts += beside
    _note_outside(root, chosen, body)
    return body


def _marked(root: etree._Element) -> list[etree._Element]:
    """The elements that the page itself calls its article."""
    bodies = [one for one in root.iter(etree.Element) if (one.get("itemprop") or "").lower() == "articlebody"]
    if sum(len(text_of(one)) for one in bodies) >= SHORTEST_BODY:
        return bodies
    articles = [one for one in root.iter("article") if next(one.iterancestors("article"), None) is None]
    lengths = [len(text_of(one)) for one in articles]
    if articles and max(lengths) >= max(SHORTEST_BODY, CLEARLY_MOST * sum(lengths)):
        return [articles[lengths.index(max(lengths))]]
    mains = [*root.iter("main"), *(one for one in root.iter("div") if one.get("role") == "main")]
    return mains[:1] if mains and len(text_of(mains[0])) >= SHORTEST_BODY else []


def _densest(root: etree._Element) -> list[etree._Element]:
    """The element whose own paragraphs have the most text; the whole page where there are no paragraphs."""
    lengths: dict[etree._Element, int] = {}
    for one in root.iter("p"):
        parent = one.getparent()
        if parent is not None:
            lengths[parent] = lengths.get(parent, 0) + len(text_of(one))
    if not lengths or max(lengths.values()) < SHORTEST_BODY:
        return list(root.iter("body"))[:1]
    return [max(lengths, key=lambda one: lengths[one])]


def _without_what_stands_beside(article: etree._Element) -> list[PartFate]:
    """Take away what classes call shared, related or advertised; say what it was."""
    parts = []
    whole = max(1, len(text_of(article)))
    for one in list(article.iter(etree.Element)):
        marks = f"{one.get('class') or ''} {one.get('id') or ''}"
        parent = one.getparent()
        if one is article or parent is None or len(marks) > 1000 or not _BESIDE.search(marks):
            continue
        words = text_of(one)
        if len(words) <= BESIDE * whole:
            if words:
                parts.append(
                    PartFate(local_name(one), Fate.DROPPED, excerpt(words), f"its class is «{marks.strip()[:60]}»")
                )
            _take_out(one)
    return parts


def _take_out(element: etree._Element) -> None:
    """Remove an element; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        # The parser reads control characters that it refuses to be given.
        if before is None:
            parent.text = without_controls((parent.text or "") + element.tail)
        else:
            before.tail = without_controls((before.tail or "") + element.tail)
    parent.remove(element)


def _note_outside(root: etree._Element, chosen: Sequence[etree._Element], body: HtmlBody) -> None:
    """Note every part of the page that isn't the article's."""
    for one in chosen:
        if one.getparent() is not None and local_name(one) != "body":
            _take_out(one)
        else:
            return
    outside = blocks_of_elements(list(root.iter("body"))[:1])
    body.parts += [
        replace(part, fate=Fate.DROPPED, reason=part.reason or "stands outside of the article")
        for part in outside.parts[:MOST_OUTSIDE]
    ]


def _found_by_trafilatura(root: etree._Element, text: str) -> list[etree._Element]:
    """The innermost element with nearly all that trafilatura takes for the article; none where it isn't installed.

    Only the place is its: it leaves out captions, lists and headings that it isn't sure of.
    """
    if find_spec("trafilatura") is None:
        return []
    try:
        import trafilatura
    except ImportError:  # it is installed, but not all that it needs
        return []
    said = trafilatura.extract(text, output_format="txt", include_comments=False) or ""
    found = " ".join(str(said[:LONGEST_FOUND]).split())
    lengths: dict[etree._Element, int] = {}
    for one in islice(root.iter("p", "li"), MOST_COMPARED):
        if (words := text_of(one)) and words in found:
            for outer in one.iterancestors():
                lengths[outer] = lengths.get(outer, 0) + len(words)
    wanted = CLEARLY_ALL * lengths.get(root, 0)
    if wanted < SHORTEST_BODY:
        return []
    holding = [one for one, length in lengths.items() if length >= wanted]
    return [max(holding, key=lambda one: len(list(one.iterancestors())))]


def _add_lead_picture(
    body: HtmlBody, image: tuple[str, str | None] | None, meta: Mapping[str, Sequence[str]]
) -> None:
    """The picture that the page names for itself, where the body shows none."""
    if any(block.photo for block in body.blocks):
        return
    where, found = "JSON-LD image", image
    if found is None:
        where, found = "og:image", next(((one, None) for one in meta.get("og:image", ())), None)
    if found is not None and found[0].startswith("http"):
        body.parts.append(PartFate(where, Fate.PHOTO, excerpt(found[0])))
        photo = StatedPhoto(found[0], None, found[1])
        body.blocks.insert(0, StatedBlock(BlockKind.PHOTO, (), photo, len(body.parts) - 1))
