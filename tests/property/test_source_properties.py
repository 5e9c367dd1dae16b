"""What holds for every source whatever: no reader fails, nothing vanishes unsaid, and what is written reads back."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.property.test_import_properties import CONFIG
from tests.sources import TEXT, VIETNAMESE, atom, json_ld, news_item, ninjs, page, post, rss, rss_item, wordpress
from toasoan.content.front_matter import read_document
from toasoan.content.markdown import render_body
from toasoan.diagnostics import Report
from toasoan.ingest.attempts import Outcome
from toasoan.ingest.html_blocks import blocks_of_markup, settled_row
from toasoan.ingest.html_elements import link_to
from toasoan.ingest.importing import import_files
from toasoan.ingest.lines import Fate
from toasoan.ingest.markdown_text import linked_markdown
from toasoan.ingest.stated_page import Piece

short = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TAG_NAMES = """
    p div a b br img figure figcaption ul ol li blockquote h2 table tr td script style iframe svg article section
"""
TAGS = st.sampled_from(TAG_NAMES.split())
ATTRIBUTES = st.sampled_from(
    [
        "", ' href="https://a.example/(x)"', ' href="javascript:x()"', " src='a.jpg'", ' src="https://a.example/a.jpg"',
        " hidden", ' style="display:none"', ' onclick="x()"', ' class="credit related"', ' itemprop="articleBody"',
    ]
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [TEXT, VIETNAMESE, "*a*", "[x](javascript:y)", "# h", "1. x", "+++", "](", "&amp;", "<", "{.a}", "\\"]
    ),
)


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(TAGS, ATTRIBUTES, st.lists(inside, max_size=4), st.booleans()).map(
        lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}" + (f"</{made[0]}>" if made[3] else "")
    )


MARKUP = st.lists(st.recursive(WORDS, element, max_leaves=20), max_size=6).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(WORDS, values, max_size=3),
    max_leaves=8,
)
NINJS_NAMES = """
    headline headlines body_xhtml body_text bodies byline bylines by subject subjects associations embargoed pubstatus
    language versioncreated version uri ednote rightsinfo descriptions renditions infosources
"""
NINJS_FIELDS = st.sampled_from(NINJS_NAMES.split())
JSON_LD_NAMES = "headline datePublished author publisher image keywords inLanguage @type"
JSON_LD = st.dictionaries(st.sampled_from(JSON_LD_NAMES.split()), JSON, max_size=4)


def cdata(text: str) -> str:
    return text.replace("]]>", "").encode("utf-8", "replace").decode()


def in_xml(text: str) -> str:
    """A text that XML may hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c < "\ue000")
    )


def in_atom(markup: str) -> str:
    content = f"<content type='html'><![CDATA[{in_xml(cdata(markup))}]]></content>"
    return atom(f"<id>urn:x:1</id><title>Boats</title>{content}")


SOURCES = st.one_of(
    MARKUP.map(lambda markup: page(json_ld(datePublished="2025-12-17"), f"<article>{markup}</article>")),
    MARKUP.map(lambda markup: page(body=markup)),
    JSON_LD.map(lambda node: page(json_ld(**node))),
    MARKUP.map(lambda markup: rss(rss_item(text=in_xml(cdata(markup))), rss_item(2))),
    MARKUP.map(in_atom),
    MARKUP.map(lambda markup: wordpress(post(text=in_xml(cdata(markup))))),
    MARKUP.map(lambda markup: json.dumps(ninjs(body_xhtml=markup))),
    st.dictionaries(NINJS_FIELDS, JSON, max_size=5).map(lambda fields: json.dumps(ninjs(**fields))),
    MARKUP.map(lambda markup: news_item(body=in_xml(markup))),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A source, perhaps cut off or with bytes changed."""
    data: bytes = draw(SOURCES).encode("utf-8", "replace")
    match draw(st.sampled_from(["whole", "cut", "changed"])):
        case "cut":
            return data[: draw(st.integers(0, len(data)))]
        case "changed":
            place = draw(st.integers(0, len(data)))
            return data[:place] + draw(st.binary(max_size=6)) + data[place + draw(st.integers(0, 8)) :]
    return data


@settings(short, max_examples=150)
@given(damaged())
def test_no_source_makes_import_fail_and_what_it_writes_can_be_read_and_shown(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "a.source").write_bytes(data)
        report = Report()
        outcomes = import_files(root, [root / "a.source"], CONFIG, report)

        failed = any(outcome.outcome is Outcome.FAILED for outcome in outcomes)
        assert report.has_errors or not failed  # of a damaged feed the first items may be whole
        for outcome in outcomes:
            if outcome.article:
                text = (root / outcome.article).read_text("utf-8")
                document = read_document(text, outcome.article, report)
                assert document is not None, list(report)
                places = [part for part in render_body(document.body, "en").parts if not isinstance(part, str)]
                assert [place.number for place in places] == list(range(1, len(document.front_matter.images) + 1))
        for receipt in (root / "site/import/receipts").glob("*.json"):
            parts = json.loads(receipt.read_text("utf-8")).get("parts", [])
            assert all(part["fate"] in set(Fate) for part in parts)
            assert all("reason" in part for part in parts if part["fate"] == "dropped")
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        import_files(root, [root / "a.source"], CONFIG, Report())
        assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@short
@given(MARKUP)
def test_every_block_has_a_part_that_tells_of_it(markup: str) -> None:
    body = blocks_of_markup(markup)

    assert [block.part for block in body.blocks] == sorted({block.part for block in body.blocks})
    assert {body.parts[block.part].fate for block in body.blocks} <= set(Fate) - {Fate.DROPPED}
    kept = [part for part in body.parts if part.fate is not Fate.DROPPED]
    assert len(kept) == len(body.blocks)


PIECES = st.lists(
    st.tuples(
        st.one_of(WORDS, st.text(st.sampled_from(list("\\`*_[]()<>&;#+-.!|~:={}$ 01aé")), max_size=8)),
        st.sampled_from([None, None, "https://a.example/x?y=1", "/relative (1)", "mailto:an@a.example"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(short, max_examples=400)
@given(PIECES)
def test_a_paragraph_with_links_renders_to_its_words_and_links(pieces: list[tuple[str, str | None]]) -> None:
    row = settled_row(Piece(text, link_to(link, "https://base.example/")) for text, link in pieces)
    if not row:
        return

    tokens = (
        MarkdownIt("commonmark", {"html": False})
        .enable(["table", "strikethrough"])
        .parse(linked_markdown([(piece.text, piece.link) for piece in row]))
    )

    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children: list[Any] = list(tokens[1].children or [])
    assert {child.type for child in children} <= {"text", "text_special", "link_open", "link_close"}
    assert "".join(child.content for child in children) == "".join(piece.text for piece in row)
    links = [child.attrs["href"] for child in children if child.type == "link_open"]
    assert links == [piece.link for piece in row if piece.link]


@pytest.mark.parametrize(
    "hostile", ["<p>" * 3000, "<a href='x'>" * 3000, "<" * 50_000, "<table><tr><td>" * 2000, "&" * 50_000]
)
def test_hostile_markup_takes_no_ages(hostile: str) -> None:
    assert len(blocks_of_markup(hostile).blocks) <= 3
