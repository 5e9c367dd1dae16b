import re

import pytest

from tests.builders import REPOSITORY
from toasoan.content.markdown import IDS_OF_THE_PAGE, Body, PhotoPlace, render_body
from toasoan.slug import slug_of


def html(markdown: str, language: str = "en", base_path: str = "") -> str:
    return "".join(part for part in render_body(markdown, language, base_path).parts if isinstance(part, str))


def faults(markdown: str) -> list[tuple[str, int]]:
    return [(fault.code, fault.line) for fault in render_body(markdown, "en").faults]


def test_a_photo_alone_in_a_paragraph_is_placed() -> None:
    assert render_body("One.\n\n![](image:2)\n\nTwo.\n", "en").parts == (
        "<p>One.</p>\n",
        PhotoPlace(2, 3),
        "<p>Two.</p>\n",
    )


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("Text ![](image:1)", 1),
        ("a\n\n> ![](image:1)", 3),
        ("- ![](image:1)", 1),
        ("## ![](image:1)", 1),
        ("| ![](image:1) |\n|---|\n", 1),
        ("![a](https://x.example/a.png)", 1),
        ("![](image:one)", 1),
        ("![](image:99999)", 1),
    ],
)
def test_a_picture_anywhere_else_is_a_fault(markdown: str, line: int) -> None:
    assert faults(markdown) == [("photo-in-text", line)]


def test_headings_get_anchors_and_no_two_the_same() -> None:
    body = render_body("## Chợ nổi\n\n### Cái *Răng*\n\n## Chợ nổi\n\n## Main\n\n## !\n", "vi")

    assert [heading.anchor for heading in body.headings][:4] == ["cho-noi", "cai-rang", "cho-noi-2", "main-2"]
    assert [(heading.text, heading.level) for heading in body.headings][:2] == [("Chợ nổi", 2), ("Cái Răng", 3)]
    assert '<h2 id="cho-noi-2">' in "".join(str(part) for part in body.parts)


def test_ids_of_the_templates_are_kept_from_headings() -> None:
    """Of every template that a page with a text is made of."""
    lists = ("home.html", "list.html", "not_found.html", "chooser.html", "agencies.html")
    used = {
        id_
        for template in (REPOSITORY / "templates").rglob("*.html")
        if template.name not in lists
        for id_ in re.findall(r'\bid="([^"{]+)"', template.read_text("utf-8"))
    }

    assert {id_ for id_ in used if "_" not in id_} <= IDS_OF_THE_PAGE
    assert slug_of("comments_title", "en") == "comments-title"  # what has a low line is no heading's anyway
    assert {"main", "toc", "related"} <= used


def test_a_heading_of_the_first_level_is_a_fault_for_the_title_is_the_pages() -> None:
    assert faults("Text\n\n# One\n") == [("heading-level", 3)]
    assert "<h1" not in html("# One")


@pytest.mark.parametrize(
    "address", ["https://x.example/", "http://x.example", "mailto:a@b.example", "tel:+84", "/vi/tea/", "#tea"]
)
def test_links_that_lead_somewhere_are_fine(address: str) -> None:
    assert faults(f"[x]({address})") == []


@pytest.mark.parametrize("address", ["tea.md", "../tea/", "//x.example/", "?q=1", "ftp://x.example"])
def test_links_that_lead_nowhere_are_faults(address: str) -> None:
    assert faults(f"a\n\n[x]({address})") == [("incomplete-link", 3)]


def test_links_to_the_portal_get_its_folder() -> None:
    assert html("[x](/vi/) [y](https://x.example/vi/) [z](#z)", base_path="/tin") == (
        '<p><a href="/tin/vi/">x</a> <a href="https://x.example/vi/">y</a> <a href="#z">z</a></p>\n'
    )


def test_vietnamese_names_are_marked_and_so_is_what_the_author_marks() -> None:
    assert html("In Cần Thơ.") == '<p>In <span lang="vi">Cần Thơ</span>.</p>\n'
    assert html("Say [xin chào]{lang=vi}.") == '<p>Say <span lang="vi">xin chào</span>.</p>\n'
    assert html("In Cần Thơ.", "vi") == "<p>In Cần Thơ.</p>\n"


@pytest.mark.parametrize(
    "markup",
    [
        "{onclick=x}",
        "{style=a}",
        "{.c}",
        "{#i}",
        "{href='javascript:x'}",
        "{lang=vi onclick=x}",
        "{class=x}",
        "{src=x}",
    ],
)
def test_no_other_attribute_can_be_given(markup: str) -> None:
    for marked in (f"[x]{markup}", f"*x*{markup}", f"`x`{markup}", f"[x](/vi/){markup}", f"text {markup}"):
        tags = re.findall(r"<[^>]+>", html(marked))
        attributes = {name for tag in tags for name in re.findall(r'([\w-]+)="', tag)}

        assert attributes <= {"lang", "href"}, marked


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x>b</b>",
        "<!-- x -->",
        "<?php x ?>",
        "<svg onload=x>",
        "<a href=x>y</a>",
    ],
)
def test_raw_html_is_shown_as_the_text_it_is(markdown: str) -> None:
    assert re.sub(r"</?p>|\n", "", html(markdown)).startswith(markdown.split("<")[0] + "&lt;")
    assert "<script" not in html(markdown)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "vbscript:x",
        "data:text/html,x",
        "&#106;avascript:x",
        "java&Tab;script:x",
        "file:///x",
    ],
)
def test_addresses_that_run_something_are_no_links(address: str) -> None:
    assert "javascript" not in "".join(re.findall(r'href="([^"]*)"', html(f"[x]({address}) <{address}>"))).lower()
    assert not re.search(
        r'href="(javascript|vbscript|data|file):', html(f"[x]({address}) <{address}>"), re.IGNORECASE
    )


def test_tables_strikethrough_and_code_are_understood() -> None:
    shown = html("| a |\n|---|\n| ~~b~~ |\n\n`{{ c }}`\n")

    assert "<table>" in shown
    assert "<s>b</s>" in shown
    assert "<code>{{ c }}</code>" in shown


def test_the_plain_words_have_no_markup() -> None:
    assert (
        render_body("One *two* [three](/x/) `four`\nfive\n\n- six\n", "en").plain == "One two three four\nfive\nsix"
    )


def test_a_text_takes_at_least_a_minute() -> None:
    assert Body(()).minutes == 1
    assert Body((), plain="word " * 401).minutes == 3
    assert Body((), plain="越" * 1001).minutes == 3


@pytest.mark.parametrize("letter", ["\u0e00", "\u0eff", "\u1780", "\u17ff", "\u3040", "\u30ff", "\u3400", "\u9fff"])
def test_letters_of_languages_without_spaces_are_counted_one_by_one(letter: str) -> None:
    assert Body((), plain=letter * 1001).minutes == 3


@pytest.mark.parametrize("letter", ["a", "ạ", "ш", "ß", "\u1800", "\u0f00", "\ua000", "\ud800", "𝒜"])
def test_other_letters_are_counted_by_words(letter: str) -> None:
    assert Body((), plain=letter * 1001).minutes == 1
