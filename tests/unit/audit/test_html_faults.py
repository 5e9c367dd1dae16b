"""What the check finds wrong in a page's HTML, and what it rightly lets pass."""

from __future__ import annotations

import pytest

from toasoan.audit.html_faults import html_faults
from toasoan.audit.page_tree import page_tree

PAGE = '<!doctype html><html lang="vi"><head><title>T</title></head><body><main><h1>H</h1>{}</main></body></html>'


def faults(html: str) -> list[str]:
    tree = page_tree(PAGE.format(html).encode())
    assert tree is not None
    return [f"{it.code}: {it.message}" for it in html_faults(tree)]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>a</p></div>", "invalid-html: Unexpected end tag : div"),
        ("<p><b>a</p>", "invalid-html: Opening and ending tag mismatch: p and b"),
        ("<blink>a</blink>", "invalid-html: there is no element <blink>"),
        ("<center>a</center>", "invalid-html: there is no element <center>"),
        ("<h1>a</h1>", "invalid-html: the page has 2 <h1>, and should have one"),
        ("<div><li>a</li></div>", "invalid-html: <li> stands in <div>"),
        ("<ul><div>a</div></ul>", "invalid-html: <div> stands in <ul>, where only <li> may"),
        ("<span><div>a</div></span>", "invalid-html: <div> stands in <span>"),
        ("<div><figcaption>a</figcaption></div>", "invalid-html: <figcaption> stands in <div>"),
        (
            '<a href="/"><button>a</button></a>',
            "invalid-html: <button> stands in <a>, so that nobody knows what a click means",
        ),
        ('<table align="left"></table>', "invalid-html: the attribute 'align' is obsolete"),
        ('<p id="a">a</p><p id="a">b</p>', "wrong-id: the id 'a' is there twice"),
        ('<p id="a b">a</p>', "wrong-id: the id 'a b' is empty or has a space"),
        (
            '<nav aria-labelledby="none">a</nav>',
            "wrong-id: aria-labelledby names 'none', and nothing on the page has that id",
        ),
        ('<label for="x">a</label>', "wrong-id: for names 'x', and nothing on the page has that id"),
        ('<a href="/"><svg></svg></a>', "not-for-everybody: a link has no words"),
        ("<button> </button>", "not-for-everybody: a button has no words"),
        (
            '<img src="a.png" width="1" height="1">',
            'not-for-everybody: a picture has no alt text; alt="" says that it is decoration',
        ),
        ('<iframe src="/"></iframe>', "not-for-everybody: a frame has no title"),
        ('<input name="q">', "not-for-everybody: a field of a form has no label"),
        (
            '<img src="a.png" alt="">',
            "no-picture-size: a picture has no width and height, so that the page moves when it comes",
        ),
    ],
)
def test_a_fault_is_found_and_nothing_else(html: str, fault: str) -> None:
    assert faults(html) == [fault]


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<br>b<wbr>c</p>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
        '<picture><source srcset="a 1x"><source srcset="b 1x"><img src="c" alt="" width="1" height="1"></picture>',
        '<p>Write <code>for="x"</code> and aria-labelledby="y", then align="z".</p>',
        '<label for="x">a</label><input id="x">',
        "<label>a <input></label>",
        '<input aria-label="a"><input type="hidden">',
        '<a href="/"><img src="a" alt="home" width="1" height="1"></a>',
        '<a href="/" aria-label="home"><svg><title>a</title><path d="M0 0"/></svg></a>',
        "<a>no link at all</a><a></a>",
        '<h2 id="a">b</h2><nav aria-labelledby="a">c</nav>',
        "<own-element>a</own-element>",
        "<details><summary>a</summary>b</details>",
        "<template><li>a</li></template>",
    ],
)
def test_what_is_right_passes(html: str) -> None:
    assert faults(html) == []


def test_a_page_without_a_title_is_told() -> None:
    tree = page_tree(b"<!doctype html><html lang=vi><body><main><h1>a</h1></main></body></html>")
    assert tree is not None

    assert [it.message for it in html_faults(tree)] == ["the page has no <title>, and should have one"]
