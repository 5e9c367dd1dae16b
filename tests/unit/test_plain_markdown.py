"""Plain Markdown is written down without the library, and exactly as the library would."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.builders import REPOSITORY
from tests.whole_reading import COMMONMARK_EXAMPLES, html_without_anchors, library_html, read_as_a_whole
from toasoan.content import markdown as markdown_module
from toasoan.content.front_matter import read_document
from toasoan.content.markdown import PhotoPlace, render_body
from toasoan.content.plain_blocks import Kind, blocks
from toasoan.content.plain_spans import spans
from toasoan.diagnostics import Report

ARTICLES = sorted((REPOSITORY / "site/content").rglob("*.md"))
NEIGHBOURS = ("{}", "Before.\n\n{}\n\nAfter.", "- Before.\n\n{}\n\n## After", "> Before.\n\n{}\n\n  After.")


def kinds(markdown: str) -> list[Kind]:
    return [block.kind for block in blocks(markdown)]


@pytest.mark.parametrize("neighbours", NEIGHBOURS)
def test_every_example_of_the_specification_reads_as_the_library_reads_it(neighbours: str) -> None:
    texts = [neighbours.format(example) for example in COMMONMARK_EXAMPLES]

    assert [html_without_anchors(render_body(text, "vi")) for text in texts] == [library_html(text) for text in texts]


def test_each_two_examples_of_the_specification_stay_apart_as_in_the_library() -> None:
    texts = ["\n\n".join(pair) for pair in pairwise(COMMONMARK_EXAMPLES)]

    assert [render_body(text, "en") for text in texts] == [read_as_a_whole(text, "en") for text in texts]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name[:40])
def test_the_articles_of_this_portal_read_as_the_library_reads_them(path: Path) -> None:
    document = read_document(path.read_text("utf-8"), "a.md", Report())

    assert document is not None
    for language in ("vi", "en", "ru"):
        assert render_body(document.body, language, "/tin") == read_as_a_whole(document.body, language, "/tin")


def test_news_is_read_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    news = """## Chợ nổi Cái Răng

![](image:1)


1.000 ghe, "xuồng" & more — mỗi ngày
ở Cần Thơ.

**Hà Nội,** 17-12: see [the market](/vi/cho/) and [more](https://x.example/a_b-1.htm).

- One.
- Hai, R&D.

(Three.)

> Bốn.
"""
    expected = read_as_a_whole(news, "en", "/tin")
    monkeypatch.setattr(markdown_module, "_parser", lambda: pytest.fail("the library was asked"))

    assert render_body(news, "en", "/tin") == expected
    assert PhotoPlace(1, 3) in expected.parts
    assert [(link.address, link.line) for link in expected.links] == [
        ("/vi/cho/", 9),
        ("https://x.example/a_b-1.htm", 9),
    ]


@pytest.mark.parametrize(
    "markdown",
    [
        "Text\n===",
        "Text\n---",
        "a | b\n--|--",
        "Text\n- item",
        "1. Text",
        "1) Text",
        "# Text",
        "##  Text",
        "«Text» ",
        "«Text»\t\nText",
        "a | b\n:-- | --",
        "## Text ##",
        "- Text\n\n- Text",
        "- Text\n\n  Text",
        "> Text\nText",
        "    Text",
        "Text  \nText",
        "***",
        "* * *",
        "![](image:1) Text",
    ],
)
def test_what_is_not_plain_is_left_to_the_library(markdown: str) -> None:
    assert kinds(f"Before.\n\n{markdown}\n\nAfter.") == [Kind.PARAGRAPH, Kind.MARKDOWN, Kind.PARAGRAPH] or (
        kinds(markdown) == [Kind.LINE] and spans(markdown) is None
    )


@pytest.mark.parametrize("reaching_far", ["```\n\nText\n\n```", "~~~\n\nText", "[Text]\n\n[Text]: /vi/"])
def test_a_text_with_fences_or_definitions_is_read_as_a_whole(reaching_far: str) -> None:
    assert kinds(f"Before.\n\n{reaching_far}\n\nAfter.") == [Kind.MARKDOWN]


@pytest.mark.parametrize(
    "line",
    [
        "a**b** c",
        "a ** b** c",
        "a **b **c",
        "a **b**c",
        "a **«b»** c",
        "a **b *c* d** e",
        "a *b* c",
        "a ***b*** c",
        "a ![b](/c/)",
        "a [b](/c/){lang=vi}",
        "a [b [c](/d/)](/e/)",
        "a [b](/c/ 'd')",
        "a [b](c)",
        "a [b](//c/)",
        "a [b](HTTPS://c.example)",
        "a [b](https://ü.example)",
        "a [b](/c%20d/)",
        "a [](/c/)",
        "a [b]()",
        "a `b`",
        "a \\*b",
        "a &amp; b",
        "a <https://b.example>",
        "a ~~b~~",
    ],
)
def test_markup_that_is_not_plain_is_left_to_the_library(line: str) -> None:
    assert spans(line) is None
