"""Text becomes Markdown that renders to that very text, escaped only where it must be."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from toasoan.ingest.markdown_text import heading_markdown, paragraph_markdown

ACTING = [
    "1. Welke boten varen nog",
    "12) twelfth",
    "* a star",
    "- a dash",
    "+ a plus",
    "_an underscore_",
    "# a hash",
    "###### six",
    "> a quotation",
    ">tight",
    "see [1] and [the rest](https://a.example)",
    "![a picture](a.jpg)",
    "[1]: https://a.example",
    "[^1]: a note",
    "<b>bold</b>",
    "<https://a.example>",
    "<!-- a comment -->",
    "a `tick` and ``two``",
    "&amp; and &#65; and &copy;",
    "~~~ a fence",
    "```",
    "~~struck~~",
    "**bold** and __bold__",
    "---",
    "* * *",
    "___",
    "a backslash \\* before a star",
    "a*b*c",
    ": a definition",
    "::: a container",
    "-",
    "#",
    "1.",
]
IDLE = [
    "GD&TĐ and R&D",
    "2 * 3 = 6",
    "DNUM_DAZAFZCACF and snake_case",
    "5 < 6 > 4",
    "a | b | c",
    "| a cell |",
    "~5 per cent",
    "C:\\temp",
    "10.5 per cent",
    "2026 is a year.",
    "-5 degrees",
    "#hashtag",
    "+84 24 123",
    "(Chinhphu.vn) – text",
    "wow! [sic",
    "« oui » : non",
    "a = b == c",
    "14-й съезд, 0,84%",
    "Đà Nẵng: \"yes\" 'no'",
    "...",
    "*",
]


def rendered(markdown: str) -> tuple[str, str]:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    opening, inline, _ = parser.parse(markdown)
    assert {child.type for child in inline.children or []} <= {"text", "text_special"}
    return opening.tag, "".join(child.content for child in inline.children or [])


@pytest.mark.parametrize("text", ACTING)
def test_what_markdown_would_act_on_is_escaped(text: str) -> None:
    assert "\\" in paragraph_markdown(text)
    assert rendered(paragraph_markdown(text)) == ("p", text)


@pytest.mark.parametrize("text", IDLE)
def test_what_markdown_leaves_alone_stays_readable(text: str) -> None:
    assert rendered(paragraph_markdown(text)) == ("p", text)
    if text != "*":
        assert paragraph_markdown(text) == text


@pytest.mark.parametrize("text", [*ACTING, *IDLE, "A heading #", "A heading ##", "C#", "A heading \\#"])
def test_a_heading_keeps_its_text_too(text: str) -> None:
    assert rendered(heading_markdown(text)) == ("h2", text)
