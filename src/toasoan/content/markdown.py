"""An article's Markdown into HTML and photo places. The one door to markdown-it-py.

Raw HTML is off: it is shown as the text it is. Photos are listed in the front matter and placed by number, so
the HTML here has none: a template decides what a figure looks like.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin

from toasoan.content.foreign import fragments
from toasoan.slug import slug_of, unique_slug
from toasoan.web_address import parts_of

WORDS_A_MINUTE = 200
"""Of silent reading, for languages that part words by spaces (Brysbaert 2019 gives 238 for English; slower for
translations and phones)."""

LETTERS_A_MINUTE = 500
"""For languages that do not."""

IDS_OF_THE_PAGE = frozenset(["main", "toc", "versions", "related", "same-author", "same-section"])
"""Ids that the templates of pages with a text have themselves: no heading gets one of them."""

_PHOTO = re.compile(r"image:(\d{1,4})")
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

    parts: tuple[str | PhotoPlace, ...]
    """HTML and photos in the order of the text."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    faults: tuple[Fault, ...] = ()
    plain: str = ""
    """The words without any markup, paragraphs parted by line feeds."""

    @property
    def minutes(self) -> int:
        """How long it takes to read, at least one minute."""
        unspaced = len(_UNSPACED.findall(self.plain))
        spaced = len(_UNSPACED.sub(" ", self.plain).split())
        return max(1, math.ceil(spaced / WORDS_A_MINUTE + unspaced / LETTERS_A_MINUTE))


def render_body(markdown: str, language: str, base_path: str = "") -> Body:
    """Turn a text into HTML parts and photo places.

    `base_path` goes in front of addresses that begin with a slash, for a portal that lives below a folder of
    its host. Faults are told in the result; nothing is raised.
    """
    tokens = _parser().parse(markdown, {"language": language})
    found = _Findings(language)
    found.read(tokens)
    _prefix_links(tokens, base_path)
    return Body(
        tuple(_parts(tokens)),
        tuple(found.headings),
        tuple(found.links),
        tuple(found.faults),
        "\n".join(_plain_text(token.children or ()) for token in tokens if token.type == "inline"),
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["table", "strikethrough"])
    parser.use(attrs_plugin, spans=True, allowed={"lang", "dir"})
    parser.core.ruler.push("foreign", _mark_foreign_fragments)
    return parser


def _mark_foreign_fragments(state: StateCore) -> None:
    language = state.env.get("language", "")
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_with_foreign_spans(token.children, language))


def _with_foreign_spans(children: Sequence[Token], language: str) -> Iterator[Token]:
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


class _Findings:
    """What one walk over the tokens brings together: headings, links, faults."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.faults: list[Fault] = []
        self._anchors: set[str] = set(IDS_OF_THE_PAGE)

    def read(self, tokens: Sequence[Token]) -> None:
        """Read all tokens, giving headings their anchors on the way."""
        for position, token in enumerate(tokens):
            line = _line(token)
            if token.type == "heading_open":
                self._read_heading(token, tokens[position + 1], tokens[position + 2], line)
            elif token.type == "inline":
                photo_alone = _photo_number(tokens, position - 1) is not None
                for child in token.children or ():
                    self._read_inline(child, line, photo_alone)

    def _read_heading(self, opening: Token, inline: Token, closing: Token, line: int) -> None:
        level = int(opening.tag[1])
        if level == 1:
            self.faults.append(
                Fault(
                    "heading-level", "a heading of the first level", line, "the title is the page's: write ## instead"
                )
            )
            opening.tag = closing.tag = "h2"
        text = _plain_text(inline.children or ())
        anchor = unique_slug(slug_of(text, self.language), self._anchors)
        self._anchors.add(anchor)
        opening.attrSet("id", anchor)
        self.headings.append(Heading(anchor, text, max(level, 2)))

    def _read_inline(self, token: Token, line: int, photo_alone: bool) -> None:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
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
        elif token.type == "image" and not photo_alone:
            self.faults.append(
                Fault(
                    "photo-in-text",
                    f"the picture {token.attrGet('src')!r} can't stand here",
                    line,
                    "list it as [[images]] in the front matter and put ![](image:1) into a paragraph of its own",
                )
            )


def _is_complete(address: str) -> bool:
    if address.startswith(("/", "#")):
        return not address.startswith("//")
    return parts_of(address).scheme in _ALLOWED_SCHEMES


def _prefix_links(tokens: Sequence[Token], base_path: str) -> None:
    for token in tokens:
        for child in token.children or ():
            address = str(child.attrGet("href") or "")
            if child.type == "link_open" and address.startswith("/"):
                child.attrSet("href", base_path + address)


def _photo_number(tokens: Sequence[Token], position: int) -> int | None:
    """The photo that the paragraph opened at `position` places, if it does nothing else."""
    if tokens[position].type != "paragraph_open" or tokens[position].level != 0:
        return None
    children = tokens[position + 1].children or []
    if len(children) != 1 or children[0].type != "image":
        return None
    number = _PHOTO.fullmatch(str(children[0].attrGet("src") or ""))
    return int(number[1]) if number else None


def _parts(tokens: Sequence[Token]) -> Iterator[str | PhotoPlace]:
    html: list[Token] = []
    position = 0
    while position < len(tokens):
        number = _photo_number(tokens, position)
        if number is None:
            html.append(tokens[position])
            position += 1
            continue
        if html:
            yield _html(html)
            html = []
        yield PhotoPlace(number, _line(tokens[position]))
        position += 3  # the paragraph's opening, its inline token, its end
    if html:
        yield _html(html)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _html(tokens: Sequence[Token]) -> str:
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def _plain_text(children: Sequence[Token]) -> str:
    return "".join(
        child.content if child.type in ("text", "code_inline") else "\n" if child.type.endswith("break") else ""
        for child in children
    )
