"""How Markdown is read by the library alone, as a whole: what the shorter ways for plain texts are compared with."""

from __future__ import annotations

import json
import re
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin

from toasoan.content.markdown import Body, _BodyInTheMaking
from toasoan.content.plain_blocks import Block, Kind

COMMONMARK_EXAMPLES: tuple[str, ...] = tuple(
    json.loads(Path(__file__).with_name("commonmark_examples.json").read_text("utf-8"))["examples"]
)
"""The Markdown of all examples of the CommonMark Spec."""


def read_as_a_whole(markdown: str, language: str, base_path: str = "") -> Body:
    """The body that the library makes of a text when nothing is taken from it before."""
    making = _BodyInTheMaking(language, base_path, has_names=True)
    making.add(Block(Kind.MARKDOWN, markdown, 1))
    return making.finished()


def library_html(markdown: str) -> str:
    """The HTML of a library with our options and nothing else of ours, but for headings of the first level."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["table", "strikethrough"])
    parser.use(attrs_plugin, spans=True, allowed={"lang", "dir"})
    return re.sub(r"(</?h)1>", r"\g<1>2>", str(parser.render(markdown)))


def html_without_anchors(body: Body) -> str:
    """The HTML of a body that has no photos, as it is before headings get their anchors."""
    return re.sub(r'(<h[2-6]) id="[^"]*"', r"\1", "".join(part for part in body.parts if isinstance(part, str)))
