"""What is wrong with a page's HTML, by the rules of the HTML standard (https://html.spec.whatwg.org) and of ARIA.

Not all of what the standard forbids is looked for, but what templates and texts get wrong: tags that do not match,
elements in the wrong place, ids that are there twice or not at all, and what readers who do not see are not told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from toasoan.audit.findings import Fault
from toasoan.audit.page_tree import Element, PageTree


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HTML = _names(
    "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code "
    "col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map "
    "mark math menu meta meter nav noscript object ol optgroup option output p picture pre progress q rp rt ruby "
    "s samp script search section select slot small source span strong style sub summary sup svg table tbody td "
    "template textarea tfoot th thead time title tr track u ul var video wbr"
)
_DRAWING = _names(
    "animate circle clippath defs desc ellipse fegaussianblur filter foreignobject g image line lineargradient "
    "marker mask metadata path pattern polygon polyline radialgradient rect stop switch symbol text textpath "
    "tspan use view annotation mfrac mi mn mo mover mrow ms msqrt mstyle msub msubsup msup mtable mtd mtext mtr "
    "munder semantics"
)

_BLOCKS = _names(
    "address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section table ul"
)
_WITHOUT_BLOCKS = _names(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label mark p pre q s samp small span "
    "strong sub sup time u var"
)
_PARENTS: Mapping[str, frozenset[str]] = {
    child: _names(parents)
    for child, parents in {
        "li": "ul ol menu template",
        "dt": "dl div template",
        "dd": "dl div template",
        "tr": "table tbody thead tfoot template",
        "td": "tr template",
        "th": "tr template",
        "caption": "table",
        "tbody": "table template",
        "thead": "table",
        "tfoot": "table",
        "option": "select datalist optgroup",
        "source": "picture video audio source",
        "track": "video audio source track",
        "figcaption": "figure",
        "legend": "fieldset",
        "summary": "details",
        "title": "head svg symbol g",
        "base": "head",
        "style": "head noscript svg",
    }.items()
}
"""In which elements others stand. libxml2 takes a source or a track for the parent of what follows it."""

_LISTS = _names("ul ol menu")
_IN_LISTS = _names("li script template")
_CLICKABLE = _names("input select textarea label iframe details button")
_FIELDS = _names("input select textarea")
_WITHOUT_LABEL = _names("hidden submit reset button image")
_ONCE = ("title", "main", "h1")

_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "list", "headers")
_OBSOLETE = ("align", "bgcolor", "border")
_TEMPLATE = "correct the template, or the text if it comes from there"


def html_faults(tree: PageTree) -> Iterator[Fault]:
    """What is wrong with a page."""
    for message in tree.mismatches:
        yield _invalid(message)
    for name in tree.by_name:
        if name not in _HTML and name not in _DRAWING and "-" not in name:
            yield _invalid(f"there is no element <{name}>")
    for name in _ONCE:
        count = len(tree.by_name.get(name, ()))
        if count != 1 and not (name == "title" and count and "svg" in tree.by_name):
            yield _invalid(f"the page has {count or 'no'} <{name}>, and should have one")
    yield from _misplaced(tree)
    for attribute in _OBSOLETE:
        if any(element.tag not in _DRAWING for element in tree.having(attribute)):
            yield _invalid(f"the attribute {attribute!r} is obsolete")
    yield from _of_ids(tree)
    yield from _of_readers(tree)


def _misplaced(tree: PageTree) -> Iterator[Fault]:
    """Elements that may not be where they are."""
    for name in tree.by_name.keys() & (_PARENTS.keys() | _BLOCKS):
        allowed, is_block = _PARENTS.get(name), name in _BLOCKS
        for element in tree.by_name[name]:
            parent = element.getparent()
            above = "" if parent is None else parent.tag
            if (allowed is not None and above not in allowed) or (is_block and above in _WITHOUT_BLOCKS):
                yield _invalid(f"<{name}> stands in <{above}>")
    for list_, element in tree.children(*_LISTS):
        if element.tag not in _IN_LISTS:
            yield _invalid(f"<{element.tag}> stands in <{list_.tag}>, where only <li> may")
    for element in tree.elements(*_CLICKABLE):
        for outer in element.iterancestors("a", "button"):
            message = f"<{element.tag}> stands in <{outer.tag}>, so that nobody knows what a click means"
            yield _invalid(message)


def _of_ids(tree: PageTree) -> Iterator[Fault]:
    ids = Counter(tree.ids)
    for id_, count in ids.items():
        if count > 1 or not id_ or re.search(r"\s", id_):
            what = "is there twice" if count > 1 else "is empty or has a space"
            yield Fault("wrong-id", f"the id {id_!r} {what}", _TEMPLATE)
    for attribute in _REFERENCES:
        for element in tree.having(attribute):
            for id_ in element.get(attribute, "").split():
                if id_ not in ids:
                    message = f"{attribute} names {id_!r}, and nothing on the page has that id"
                    yield Fault("wrong-id", message, _TEMPLATE)


def _of_readers(tree: PageTree) -> Iterator[Fault]:
    """What readers who do not see are not told, or see jumping."""
    for element in tree.elements("a", "button"):
        if not _is_named(element) and (element.tag == "button" or element.get("href") is not None):
            yield _unheard(f"a {'link' if element.tag == 'a' else 'button'} has no words")
    for picture in tree.elements("img"):
        if picture.get("alt") is None:
            yield _unheard('a picture has no alt text; alt="" says that it is decoration')
        if picture.get("width") is None or picture.get("height") is None:
            message = "a picture has no width and height, so that the page moves when it comes"
            hint = "give both, in pixels: browsers make of them the shape of its place"
            yield Fault("no-picture-size", message, hint)
    if any(not frame.get("title") for frame in tree.elements("iframe")):
        yield _unheard("a frame has no title")
    for field in tree.elements(*_FIELDS):
        if not _is_labelled(field, tree):
            yield _unheard("a field of a form has no label")


def _is_named(element: Element) -> bool:
    if element.text and not element.text.isspace():
        return True
    if _has_label(element) or any(text and not text.isspace() for text in element.itertext()):
        return True
    return any(it.get("alt") or it.get("aria-label") for it in element.iter("img", "svg", "span"))


def _is_labelled(field: Element, tree: PageTree) -> bool:
    if (
        field.get("type") in _WITHOUT_LABEL
        or _has_label(field)
        or next(field.iterancestors("label"), None) is not None
    ):
        return True
    return any(label.get("for") == field.get("id", "") for label in tree.elements("label"))


def _has_label(element: Element) -> bool:
    return bool(element.get("aria-label") or element.get("aria-labelledby") or element.get("title"))


def _invalid(message: str) -> Fault:
    return Fault("invalid-html", message, _TEMPLATE)


def _unheard(message: str) -> Fault:
    return Fault("not-for-everybody", message, f"{_TEMPLATE}: screen readers have nothing to say")
