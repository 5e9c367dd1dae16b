"""Markup becomes words, links and photos, and nothing else."""

from __future__ import annotations

import pytest

from toasoan.ingest.html_blocks import blocks_of_markup
from toasoan.ingest.lines import Fate
from toasoan.ingest.stated_page import Piece, StatedPhoto


def read(markup: str, base: str | None = None) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in blocks_of_markup(markup, base).blocks]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>One</p><p>Two</p>", [("paragraph", "One"), ("paragraph", "Two")]),
        ("One<br><br>Two<br>still two", [("paragraph", "One"), ("paragraph", "Two still two")]),
        ("<b>bo</b>ats<div>in a box</div>tail", [("paragraph", text) for text in ("boats", "in a box", "tail")]),
        ("<h3>A  heading</h3>", [("heading", "A heading")]),
        ("<ul><li>one</li><li>two<ol><li>three</li></ol></li></ul>", [("list", "one\ntwo\nthree")]),
        ("<ol><li>one</li></ol>", [("numbered list", "one")]),
        ("<blockquote><p>a</p><p>b</p></blockquote>", [("quote", "a\nb")]),
        ("<table><tr><th>Year</th><td>1920</td></tr></table>", [("paragraph", "Year | 1920")]),
        ("<figure><img src='a.jpg'><figcaption>A ferry</figcaption></figure>", [("photo", "A ferry")]),
        ("<table><tr><td><img src='a.jpg'></td></tr><tr><td>A ferry</td></tr></table>", [("photo", "A ferry")]),
        ("<p>before <img src='a.jpg'> after</p>", [("paragraph", "before"), ("photo", ""), ("paragraph", "after")]),
        ("<p></p><p> \u200b </p>", []),
        ("", []),
    ],
)  # fmt: skip
def test_elements_become_blocks(markup: str, blocks: list[tuple[str, str]]) -> None:
    assert read(markup) == blocks


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<script>steal()</script>", "no text"),
        ("<style>p{}</style>", "no text"),
        ("<iframe src='https://a.example'></iframe>", "embedded page"),
        ("<object data='x'></object>", "embedded page"),
        ("<form><p>Your name</p></form>", "form"),
        ("<svg><text>drawn</text></svg>", "embedded media"),
        ("<nav>Home</nav>", "stands beside the article"),
        ("<p hidden>secret</p>", "hidden"),
        ("<div style='display : none'>secret</div>", "hidden"),
        ("<div>" * 230 + "deep" + "</div>" * 230, "nested deeper than 200 elements"),
        ("<img src='https://a.example/x.gif' width='1' height='1'>", "tracking pixel"),
        ("<img src='data:image/png;base64,AA'>", "picture without an address"),
        ("<img src='javascript:alert(1)'>", "picture without an address"),
    ],
)
def test_what_falls_away_is_noted_with_its_reason(markup: str, reason: str) -> None:
    body = blocks_of_markup(f"{markup}<p>kept</p>")

    assert [block.text for block in body.blocks] == ["kept"]
    assert [(part.fate, part.reason) for part in body.parts] == [(Fate.DROPPED, reason), (Fate.PARAGRAPH, None)]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x?y=1&z=2", "https://a.example/x?y=1&z=2"),
        ("/x (1)", "https://base.example/x%20%281%29"),
        ("mailto:an@a.example", "mailto:an@a.example"),
        ("#part", None),
        ("javascript:alert(1)", None),
        (" JaVaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://a.example/](javascript:x)", "https://a.example/%5D%28javascript:x%29"),
        ("https://a.example/<b>", "https://a.example/%3Cb%3E"),
        ("http://[broken", None),
    ],
)
def test_links_lead_to_pages_or_are_left_out(address: str, link: str | None) -> None:
    (block,) = blocks_of_markup(f'<p><a href="{address}">words</a></p>', "https://base.example/").blocks

    assert block.rows == ((Piece("words", link),),)


def test_a_photo_has_its_widest_address_its_caption_and_its_credit() -> None:
    markup = (
        "<figure><img src='data:image/gif;base64,AA' srcset='/s.jpg 300w, /l.jpg 1200w' alt='a boat'>"
        "<figcaption>The ferry. <span class='photo-credit'>Linh</span></figcaption></figure>"
    )

    (block,) = blocks_of_markup(markup, "https://a.example/news/").blocks

    assert block.photo == StatedPhoto("https://a.example/l.jpg", "a boat", "The ferry.", "Linh")


def test_spaces_around_links_stay_outside_of_them() -> None:
    (block,) = blocks_of_markup("<p>see<a href='https://a.example/'> the boats </a>now</p>").blocks

    assert block.rows == ((Piece("see "), Piece("the boats", "https://a.example/"), Piece(" now")),)
