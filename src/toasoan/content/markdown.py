"""An article's Markdown into HTML and photo places. The one door to markdown-it-py.

Raw HTML is off: it is shown as the text it is. Photos are listed in the front matter and placed by number, so
the HTML here has none: a template decides what a figure looks like.

Paragraphs and headings without markup are most of a text, and mean the same to every reader of Markdown: they are
written down right away (`plain_blocks.py` says which they are), all else is read by the library.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toasoan.content.foreign import fragments, has_fragments
from toasoan.content.plain_blocks import Block, Kind, blocks
from toasoan.content.plain_spans import Span, spans
from toasoan.slug import slug_of, unique_slug
from toasoan.web_address import parts_of

# Imported when it is first needed: texts with little markup do without, and the import takes longer than they do.
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

WORDS_A_MINUTE = 200
"""Of silent reading, for languages that part words by spaces (Brysbaert 2019 gives 238 for English; slower for
translations and phones)."""

LETTERS_A_MINUTE = 500
"""For languages that do not."""

IDS_OF_THE_PAGE = frozenset(["main", "toc", "versions", "related", "same-author", "same-section"])
"""Ids that the templates of pages with a text have themselves: no heading gets one of them."""

PLACE = re.compile(r"(image|video):(\d{1,4})")
"""Address of a photo or video, by the place that it has in the front matter."""

_ALLOWED_SCHEMES = ("http", "https", "mailto", "tel")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class PhotoPlace:
    """Where a photo stands in a text."""

    number: int
    """1-based, as the front matter lists them."""

    line: int
    """1-based line of the Markdown."""


@dataclass(frozen=True, slots=True)
class VideoPlace:
    """Where a video stands in a text."""

    number: int
    """1-based, as the front matter lists them."""

    line: int
    """1-based line of the Markdown."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text, for its table of contents."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a text makes."""

    address: str
    line: int
    """1-based line of the Markdown."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the Markdown that can't be shown as it is meant."""

    code: str
    message: str
    line: int
    hint: str


@dataclass(frozen=True, slots=True)
class Body:
    """A text ready to be put into a page."""

    parts: tuple[str | PhotoPlace | VideoPlace, ...]
    """HTML, photos and videos in the order of the text."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    faults: tuple[Fault, ...] = ()
    plain: str = ""
    """The words without any markup, paragraphs parted by line feeds."""

    @property
    def minutes(self) -> int:
        """How long it takes to read, at least one minute."""
        spaced, unspaced = _UNSPACED.subn(" ", self.plain) if _may_have_unspaced(self.plain) else (self.plain, 0)
        return max(1, math.ceil(_number_of_words(spaced) / WORDS_A_MINUTE + unspaced / LETTERS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class OutermostBlock:
    """A block of Markdown that stands in no other one."""

    type: str
    """As markdown-it calls it: "paragraph_open"."""

    start: int
    """0-based line on which it begins."""

    end: int
    """The line behind its last one."""

    level: int
    """Of a heading, else 0."""


def outermost_blocks(markdown: str) -> Iterator[OutermostBlock]:
    """The blocks of a text, in order; definitions of links are none."""
    for token in _parser().parse(markdown):
        if token.level == 0 and token.nesting >= 0 and token.map:
            level = int(token.tag[1]) if token.type == "heading_open" else 0
            yield OutermostBlock(token.type, token.map[0], token.map[1], level)


def render_body(markdown: str, language: str, base_path: str = "") -> Body:
    """Turn a text into HTML parts and photo places.

    `base_path` goes in front of addresses that begin with a slash, for a portal that lives below a folder of
    its host. Faults are told in the result; nothing is raised.
    """
    making = _BodyInTheMaking(language, base_path, has_fragments(markdown, language))
    for block in blocks(markdown):
        making.add(block)
    return making.finished()


class _BodyInTheMaking:
    """What the blocks of a text bring together."""

    def __init__(self, language: str, base_path: str, has_names: bool) -> None:
        """`has_names` tells whether the plain words of the text may have pieces in another language."""
        self.language = language
        self.base_path = base_path
        self.parts: list[str | PhotoPlace | VideoPlace] = []
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.faults: list[Fault] = []
        self.plain: list[str] = []
        self._has_names = has_names
        self._html: list[str] = []  # what stands behind the last photo
        self._anchors: set[str] = set(IDS_OF_THE_PAGE)

    def finished(self) -> Body:
        """The body that all blocks make."""
        self._end_part()
        return Body(
            tuple(self.parts), tuple(self.headings), tuple(self.links), tuple(self.faults), "\n".join(self.plain)
        )

    def add(self, block: Block) -> None:
        """Add a block, which the library reads if it is not plain."""
        text = block.text
        match block.kind:
            case Kind.PARAGRAPH:
                self._html.append(f"<p>{self._words(text)}</p>\n")
                self.plain.append(text)
            case Kind.HEADING:
                anchor = self._add_heading(text, block.level)
                self._html.append(f'<h{block.level} id="{anchor}">{self._words(text)}</h{block.level}>\n')
                self.plain.append(text)
            case Kind.PHOTO:
                self._add_place(PhotoPlace(int(text), block.line))
                self.plain.append("")
            case Kind.LINE:
                self._add_line(text, block.line)
            case Kind.QUOTATION:
                self._html.append(f"<blockquote>\n<p>{self._words(text)}</p>\n</blockquote>\n")
                self.plain.append(text)
            case Kind.LIST:
                items = "".join(f"<li>{self._words(item)}</li>\n" for item in text.split("\n"))
                self._html.append(f"<ul>\n{items}</ul>\n")
                self.plain.append(text)
            case Kind.MARKDOWN:
                self._add_tokens(_parser().parse(text), block.line)

    def _words(self, text: str) -> str:
        """Plain words as HTML, names in another language marked as such."""
        if not self._has_names:
            return _escaped(text)
        return "\n".join(
            "".join(
                _escaped(piece.text)
                if piece.language is None
                else f'<span lang="{piece.language}">{_escaped(piece.text)}</span>'
                for piece in fragments(line, self.language)
            )
            for line in text.split("\n")
        )

    def _end_part(self) -> None:
        if joined := "".join(self._html):
            self.parts.append(joined)
            self._html = []

    def _add_place(self, place: PhotoPlace | VideoPlace) -> None:
        self._end_part()
        self.parts.append(place)

    def _add_heading(self, text: str, level: int) -> str:
        """Note a heading and give it an anchor."""
        anchor = unique_slug(slug_of(text, self.language), self._anchors)
        self._anchors.add(anchor)
        self.headings.append(Heading(anchor, text, level))
        return anchor

    def _add_line(self, text: str, line: int) -> None:
        """Add a paragraph of one line."""
        stretches = spans(text)
        if stretches is not None:
            self._html.append(f"<p>{''.join(self._span(span, line) for span in stretches)}</p>\n")
            self.plain.append("".join(span.text for span in stretches))
            return
        parser = _parser()
        (inline,) = parser.parseInline(text)
        place = _place(inline, line)
        self._read_inline(inline, line, place is not None)
        if place is not None:
            self._add_place(place)
        else:
            self._html.append(f"<p>{parser.renderer.render([inline], parser.options, {})}</p>\n")

    def _span(self, span: Span, line: int) -> str:
        if span.address is not None:
            return f'<a href="{self._add_link(span.address, line)}">{self._words(span.text)}</a>'
        return f"<strong>{self._words(span.text)}</strong>" if span.is_bold else self._words(span.text)

    def _add_tokens(self, tokens: Sequence[Token], first_line: int) -> None:
        """Add what the library made of Markdown that begins on `first_line`."""
        parser = _parser()
        shown_from = 0
        for position, token in enumerate(tokens):
            line = first_line + token.map[0] if token.map else 0
            if token.type == "heading_open":
                self._read_heading(token, tokens[position + 1], tokens[position + 2], line)
            elif token.type == "inline":
                opening = tokens[position - 1]
                alone = opening.type == "paragraph_open" and opening.level == 0
                place = _place(token, line) if alone else None
                self._read_inline(token, line, place is not None)
                if place is not None:
                    self._html.append(parser.renderer.render(tokens[shown_from : position - 1], parser.options, {}))
                    self._add_place(place)
                    shown_from = position + 2  # behind the end of the paragraph
        self._html.append(parser.renderer.render(tokens[shown_from:], parser.options, {}))

    def _read_heading(self, opening: Token, inline: Token, closing: Token, line: int) -> None:
        level = int(opening.tag[1])
        if level == 1:
            self.faults.append(
                Fault(
                    "heading-level", "a heading of the first level", line, "the title is the page's: write ## instead"
                )
            )
            opening.tag = closing.tag = "h2"
        opening.attrSet("id", self._add_heading(_plain_text(inline.children or ()), max(level, 2)))

    def _read_inline(self, inline: Token, line: int, is_place: bool) -> None:
        children = inline.children or []
        self.plain.append(_plain_text(children))
        for child in children:
            if child.type == "link_open":
                child.attrSet("href", self._add_link(str(child.attrGet("href") or ""), line))
            elif child.type == "image" and not is_place:
                self.faults.append(
                    Fault(
                        "photo-in-text",
                        f"the picture {child.attrGet('src')!r} can't stand here",
                        line,
                        "list it as [[images]] in the front matter and put ![](image:1) into a paragraph of its own, "
                        "or as [[videos]] and put ![](video:1)",
                    )
                )
        if self.language != "vi":
            inline.children = list(_with_foreign_spans(children, self.language))

    def _add_link(self, address: str, line: int) -> str:
        """Note a link; gives the address that it has in a page."""
        self.links.append(Link(address, line))
        if not _is_complete(address):
            self.faults.append(
                Fault(
                    "incomplete-link",
                    f"the link {address!r} leads nowhere",
                    line,
                    "write it in full (https://…), or from the portal's root (/vi/…/)",
                )
            )
        return self.base_path + address if address.startswith("/") else address


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["table", "strikethrough"])
    parser.use(attrs_plugin, spans=True, allowed={"lang", "dir"})
    return parser


def _with_foreign_spans(children: Sequence[Token], language: str) -> Iterator[Token]:
    from markdown_it.token import Token

    for child in children:
        if child.type != "text":
            yield child
            continue
        for fragment in fragments(child.content, language):
            text = Token("text", "", 0, content=fragment.text, level=child.level)
            if fragment.language is None:
                yield text
            else:
                yield Token("span_open", "span", 1, attrs={"lang": fragment.language}, level=child.level)
                yield text
                yield Token("span_close", "span", -1, level=child.level)


def _escaped(text: str) -> str:
    """As the library escapes texts: it lets ' stand."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _may_have_unspaced(text: str) -> bool:
    """Whether to look for letters of languages that do not part words by spaces: in UTF-8 they begin like this."""
    if text.isascii():
        return False
    data = text.encode("utf-8", "surrogatepass")
    return any(map(data.__contains__, b"\xe0\xe3\xe4\xe5\xe6\xe7\xe8\xe9")) or (
        b"\xe1" in data and (b"\xe1\x9e" in data or b"\xe1\x9f" in data)  # Vietnamese has others that begin so
    )


def _number_of_words(text: str) -> int:
    """As many as `text.split()` has."""
    line = text.strip().replace("\n\n", " ").replace("\n", " ")
    # Of all blanks only the space is printable, and counting it is several times faster than splitting.
    if line and line.isprintable() and "  " not in line:
        return line.count(" ") + 1
    return len(text.split())


def _is_complete(address: str) -> bool:
    if address.startswith(("/", "#")):
        return not address.startswith("//")
    return parts_of(address).scheme in _ALLOWED_SCHEMES


def _place(inline: Token, line: int) -> PhotoPlace | VideoPlace | None:
    """The photo or video that a paragraph's only content places."""
    children = inline.children or []
    if len(children) != 1 or children[0].type != "image":
        return None
    found = PLACE.fullmatch(str(children[0].attrGet("src") or ""))
    if not found:
        return None
    return (PhotoPlace if found[1] == "image" else VideoPlace)(int(found[2]), line)


def _plain_text(children: Sequence[Token]) -> str:
    return "".join(
        child.content if child.type in ("text", "code_inline") else "\n" if child.type.endswith("break") else ""
        for child in children
    )
