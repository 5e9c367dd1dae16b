"""HTML into blocks: the one way by which markup of pages, feeds and exports reaches an article.

Nothing of the markup survives but what a block can hold: words, links to pages, photos. Scripts, frames, forms and
hidden elements fall away, and each is noted. NITF, the markup of agencies, has the same elements under other names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from toasoan.ingest.cleaning import legible
from toasoan.ingest.html_elements import (
    INLINE,
    address_of_image,
    caption_element,
    credit_element,
    images_in,
    is_tiny,
    joined_address,
    link_to,
    local_name,
    text_of,
)
from toasoan.ingest.lines import Fate
from toasoan.ingest.stated_page import BlockKind, PartFate, Piece, Row, StatedBlock, StatedPhoto, excerpt, plain

DEEPEST = 200
"""Elements inside each other; pages that people made have some dozens."""

MOST_PARTS = 20_000
"""An article has some hundred elements."""

LONGEST_CAPTION = 500
"""Characters of text beside the picture of a layout table that may be its caption."""

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"])
_DROPPED = {
    **dict.fromkeys(["script", "style", "noscript", "template", "link", "meta", "title", "base"], "no text"),
    **dict.fromkeys(["iframe", "object", "embed", "applet", "frame", "frameset"], "embedded page"),
    **dict.fromkeys(["audio", "video", "canvas", "svg", "math"], "embedded media"),
    **dict.fromkeys(["form", "button", "input", "select", "textarea", "dialog"], "form"),
    **dict.fromkeys(["nav", "aside", "footer", "menu"], "stands beside the article"),
}
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


@dataclass(slots=True)
class HtmlBody:
    """What a piece of markup holds."""

    blocks: list[StatedBlock] = field(default_factory=list)
    parts: list[PartFate] = field(default_factory=list)


def html_tree(markup: str) -> etree._Element | None:
    """The tree of a page or a fragment, which never opens a connection; None for nothing."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        data = markup.replace("\0", "").encode("utf-8", "replace")
        root: etree._Element | None = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def blocks_of_markup(markup: str, base: str | None = None, prefix: str = "") -> HtmlBody:
    """The blocks of a piece of HTML; `base` is the address that links are relative to."""
    tree = html_tree(markup) if markup.strip() else None
    return blocks_of_elements([tree] if tree is not None else [], base, prefix)


def blocks_of_elements(
    elements: Iterable[etree._Element], base: str | None = None, prefix: str = "", has_files: bool = False
) -> HtmlBody:
    """The blocks of elements of HTML or NITF; `prefix` goes before their names in the receipt.

    Where a page `has_files` beside it, addresses of pictures stay as they are.
    """
    walk = _Walk(base, prefix, has_files)
    for element in elements:
        walk.container(element, 0)
        walk.flush("text")
    return walk.body


def blocks_of_text(text: str, prefix: str = "") -> HtmlBody:
    """The blocks of a plain text: a paragraph for each line that isn't blank."""
    body = HtmlBody()
    for line in text.split("\n")[:MOST_PARTS]:
        if row := settled_row([Piece(line)]):
            body.blocks.append(StatedBlock(BlockKind.PARAGRAPH, (row,), None, len(body.parts)))
            body.parts.append(PartFate(f"{prefix}line", Fate.PARAGRAPH, excerpt(plain(row))))
    return body


def settled_row(pieces: Iterable[Piece]) -> Row:
    """Pieces in a legible form: single spaces, none at the ends and none inside a link's edges."""
    row: list[Piece] = []
    space = False
    for piece in pieces:
        words = legible(piece.text)
        space = space or piece.text[:1].isspace()
        if words:
            before = " " if space and row else ""
            if row and row[-1].link == piece.link:
                row[-1] = Piece(row[-1].text + before + words, piece.link)
            else:
                if before and row[-1].link is None:
                    row[-1] = Piece(row[-1].text + " ")
                elif before and piece.link is None:
                    words = " " + words
                elif before:
                    row.append(Piece(" "))
                row.append(Piece(words, piece.link))
            space = piece.text[-1:].isspace()
        else:
            space = space or any(map(str.isspace, piece.text))
    return tuple(row)


@dataclass(slots=True)
class _Walk:
    base: str | None
    prefix: str
    has_files: bool = False
    body: HtmlBody = field(default_factory=HtmlBody)
    line: list[Piece] = field(default_factory=list)

    def note(self, name: str, fate: Fate, text: str, reason: str | None = None) -> int:
        if len(self.body.parts) >= MOST_PARTS:
            return -1
        self.body.parts.append(PartFate(f"{self.prefix}{name}", fate, excerpt(text), reason))
        return len(self.body.parts) - 1

    def flush(self, name: str) -> None:
        """End a paragraph; two line breaks in a row end one as well."""
        pieces, self.line = self.line, []
        rows: list[list[Piece]] = [[]]
        for piece in pieces:
            first, *others = re.split(r"\x1e\s*\x1e[\s\x1e]*", piece.text)
            rows[-1].append(Piece(first.replace("\x1e", "\n"), piece.link))
            rows += [[Piece(other.replace("\x1e", "\n"), piece.link)] for other in others]
        for row in rows:
            if settled := settled_row(row):
                self.add(BlockKind.PARAGRAPH, (settled,), name, Fate.PARAGRAPH)

    def add(self, kind: BlockKind, rows: tuple[Row, ...], name: str, fate: Fate) -> None:
        part = self.note(name, fate, " ".join(map(plain, rows)))
        if part >= 0:
            self.body.blocks.append(StatedBlock(kind, rows, None, part))

    def container(self, element: etree._Element, depth: int) -> None:
        self.say(element.text, None)
        for child in element:
            self.element(child, depth + 1, None)
            self.say(child.tail, None)

    def say(self, text: str | None, link: str | None) -> None:
        if text:
            self.line.append(Piece(text.replace("\x1e", " "), link))

    def element(self, element: etree._Element, depth: int, link: str | None) -> None:
        name = local_name(element)
        reason = _why_dropped(element, name, depth)
        if not name:
            return
        if reason:
            text = text_of(element)
            if text or name in ("iframe", "object", "embed", "video", "audio"):
                self.note(name, Fate.DROPPED, text or element.get("src") or "", reason)
        elif name == "br":
            if self.line and self.line[-1].text.rstrip(" \t\n").endswith("\x1e"):
                self.line[-1] = Piece(self.line[-1].text + "\x1e", self.line[-1].link)
            else:
                self.line.append(Piece("\x1e"))
        elif name in ("img", "amp-img", "image"):
            self.picture(element, [element], None)
        elif name in INLINE:
            self.inline(element, depth, link_to(element.get("href"), self.base) if name == "a" else link)
        else:
            self.flush("text")
            self.block(element, name, depth)

    def inline(self, element: etree._Element, depth: int, link: str | None) -> None:
        self.say(element.text, link)
        for child in element:
            self.element(child, depth + 1, link)
            self.say(child.tail, link)

    def block(self, element: etree._Element, name: str, depth: int) -> None:
        if name in HEADINGS:
            if words := text_of(element):
                self.add(BlockKind.HEADING, ((Piece(words),),), name, Fate.HEADING)
            self.pictures_in(element)
        elif name in ("ul", "ol"):
            self.items(element, name, depth)
        elif name in ("blockquote", "bq"):
            self.quotation(element, name, depth)
        elif name in ("figure", "media") or (name == "table" and self.is_layout(element)):
            self.picture(element, list(images_in(element)), caption_element(element))
        elif name == "table":
            self.table(element)
        elif name == "p":
            self.inline(element, depth, None)
            self.flush(name)
        else:
            self.container(element, depth)
            self.flush(name)

    def within(self, element: etree._Element, depth: int) -> HtmlBody:
        """The blocks of an element whose parts are noted as one."""
        walk = _Walk(self.base, self.prefix, self.has_files)
        walk.container(element, depth)
        walk.flush("text")
        self.body.parts += [part for part in walk.body.parts if part.fate is Fate.DROPPED]
        return walk.body

    def items(self, element: etree._Element, name: str, depth: int) -> None:
        inside = [self.within(item, depth + 1) for item in element if local_name(item)]
        rows = [row for body in inside for block in body.blocks for row in block.rows]
        if rows:
            kind = BlockKind.NUMBERED_LIST if name == "ol" else BlockKind.LIST
            self.add(kind, tuple(rows), name, Fate.LIST)
        self.take_photos(inside)

    def quotation(self, element: etree._Element, name: str, depth: int) -> None:
        inside = self.within(element, depth + 1)
        rows = [row for block in inside.blocks for row in block.rows]
        if rows:
            self.add(BlockKind.QUOTE, tuple(rows), name, Fate.QUOTE)
        self.take_photos([inside])

    def take_photos(self, bodies: Iterable[HtmlBody]) -> None:
        for block in (block for body in bodies for block in body.blocks if block.photo):
            if block.photo:
                self.add_photo("img", block.photo)

    def table(self, element: etree._Element) -> None:
        for row in element.iter():
            if local_name(row) == "tr":
                cells = [text_of(cell) for cell in row if local_name(cell) in ("td", "th")]
                if words := " | ".join(filter(None, cells)):
                    self.add(BlockKind.PARAGRAPH, ((Piece(words),),), "tr", Fate.PARAGRAPH)
        self.pictures_in(element)

    def is_layout(self, table: etree._Element) -> bool:
        """Whether a table only holds a picture and its caption together."""
        return next(images_in(table), None) is not None and len(text_of(table)) <= LONGEST_CAPTION

    def pictures_in(self, element: etree._Element) -> None:
        for image in images_in(element):
            self.picture(image, [image], None)

    def picture(self, element: etree._Element, images: list[etree._Element], caption: etree._Element | None) -> None:
        name = local_name(element)
        if images and element is not images[0]:
            self.flush("text")
        credited = credit_element(element)
        credit = text_of(credited) if credited is not None else None
        words = text_of(caption) if caption is not None else text_of(element)
        if credit and words.endswith(credit):
            words = words[: -len(credit)].rstrip(" -–—|(")
        if not images:
            if name in ("figure", "media") and words:
                self.add(BlockKind.PARAGRAPH, ((Piece(words),),), name, Fate.PARAGRAPH)
            return
        for number, image in enumerate(images):
            self.one_picture(image, words if number == len(images) - 1 else "", credit)

    def one_picture(self, image: etree._Element, caption: str, credit: str | None) -> None:
        name, alt = local_name(image), legible(image.get("alt") or "")
        address = address_of_image(image)
        if "emoji" in (image.get("class") or "") or "smiley" in (image.get("class") or ""):
            self.line.append(Piece(alt))
        elif is_tiny(image):
            self.note(name, Fate.DROPPED, address or "", "tracking pixel")
        elif address is None:
            self.note(name, Fate.DROPPED, alt, "picture without an address")
        else:
            self.flush("text")
            whole = joined_address(self.base, address) if self.base and not self.has_files else address
            self.add_photo(name, StatedPhoto(whole, alt or None, caption or None, credit or None))

    def add_photo(self, name: str, photo: StatedPhoto) -> None:
        part = self.note(name, Fate.PHOTO, photo.caption or photo.address)
        if part >= 0:
            self.body.blocks.append(StatedBlock(BlockKind.PHOTO, (), photo, part))


def _why_dropped(element: etree._Element, name: str, depth: int) -> str | None:
    if depth > DEEPEST:
        return f"nested deeper than {DEEPEST} elements"
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hidden or _HIDDEN.search(element.get("style") or ""):
        return "hidden"
    return _DROPPED.get(name)
