from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.builders import write
from toasoan.content.comments import (
    article_of_file,
    comments_file,
    comments_of,
    format_comments,
    name_of,
    read_comments,
    text_of,
)
from toasoan.diagnostics import Report
from toasoan.model.article import ArticleId
from toasoan.model.comment import LONGEST_NAME, LONGEST_TEXT, Comment
from toasoan.render.comments import LONGEST_LINK, _first_of_thread, text_as_html

PATH = "site/comments/en/jars.json"
MOMENT = dt.datetime(2025, 6, 1, 8, 15, tzinfo=dt.UTC)
WRITTEN = """[
  {
    "id": 3,
    "author": "Lê Lan",
    "date": "2025-06-01T08:15:00+00:00",
    "text": "Hay quá!\\nCảm ơn."
  },
  {
    "id": 7,
    "parent": 3,
    "date": "2025-06-01T08:15:00+00:00",
    "text": "<b> & \\"x\\""
  }
]
"""
COMMENTS = (
    Comment(3, None, "Lê Lan", MOMENT, "Hay quá!\nCảm ơn."),
    Comment(7, 3, None, MOMENT, '<b> & "x"'),
)


def one(**fields: object) -> str:
    """A file with one comment in which something differs."""
    return json.dumps([{"id": 1, "date": "2025-06-01T08:15:00Z", "text": "Good.", **fields}])


def read(text: str) -> tuple[Comment, ...]:
    report = Report()
    found = comments_of(text.encode(), PATH, report)
    assert [str(it) for it in report] == []
    return found


def told(text: str) -> str:
    """What is told of a file with a mistake."""
    report = Report()
    assert comments_of(text.encode(), PATH, report) == ()
    (diagnostic,) = report
    assert diagnostic.code == "broken-comments"
    what = diagnostic.message.removeprefix("the comments can't be read: ")
    return f"{diagnostic.location.line}: {what}"


# ---- files


def test_comments_are_written_in_a_form_that_stays_the_same() -> None:
    assert format_comments(reversed(COMMENTS)) == WRITTEN


def test_what_was_written_is_read_back() -> None:
    assert read(WRITTEN) == COMMENTS
    assert read(format_comments(())) == ()


def test_comments_are_told_by_their_numbers_whatever_their_place() -> None:
    text = json.dumps(list(reversed(json.loads(WRITTEN))))

    assert read(text) == COMMENTS


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    (comment,) = read(one(date="2025-06-01T15:15:00+07:00"))

    assert comment.date == MOMENT
    assert comment.date.tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[\n  {"id": 1,\n', "3: this is no JSON: Expecting property name enclosed in double quotes"),
        ("{}", "1: this is no JSON: a list must stand here, beginning with ["),
        ("", "1: this is no JSON: a list must stand here, beginning with ["),
        (WRITTEN + "x", "15: this is no JSON: nothing may follow the list"),
        (one()[:-1] + ",\n]", "2: this is no JSON: another comment must follow the comma"),
        (one()[:-1] + "\n{}]", "2: this is no JSON: a comma or ] must stand here"),
        ("[\n\n7]", "3: a comment must be a table, beginning with {"),
        (
            one(email="a@b.example"),
            "1: a comment has no field 'email'; it has id, parent, author, date, text",
        ),
        (one(id=0), "1: 'id' must be a whole number above 0"),
        (one(id=True), "1: 'id' must be a whole number above 0"),
        (one(id=None), "1: a comment has no id"),
        (one(parent="1"), "1: 'parent' must be a whole number above 0"),
        (one(author=7), "1: 'author' must be a text"),
        (one(text=""), "1: a comment has no text"),
        (one(text="\u0000 \n"), "1: a comment has no text"),
        (
            one(date="2025-06-01"),
            "1: 'date' must be a moment with its zone, as in \"2025-12-17T02:36:00+00:00\"",
        ),
        (
            one(date="9999-12-31T23:59:59-10:00"),
            "1: 'date' must be a moment with its zone, as in \"2025-12-17T02:36:00+00:00\"",
        ),
        (WRITTEN.replace("7", "3", 1), "8: a second comment has the id 3"),
        ("[" * 100_000, "1: this is no JSON that could be read"),
        ("[" + "9" * 10_000 + "]", "1: this is no JSON that could be read"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, what: str) -> None:
    assert told(text) == what


def test_a_file_that_is_gone_has_no_comments(tmp_path: Path) -> None:
    report = Report()

    assert read_comments(tmp_path, PATH, report) == ()
    assert len(report) == 0
    write(tmp_path, PATH, WRITTEN)
    assert read_comments(tmp_path, PATH, report) == COMMENTS


def test_halves_of_letters_and_controls_do_not_reach_a_page() -> None:
    (comment,) = read(one(author="A\u0007\n  B\ud800", text="x\ud800\u001b[2Jy\r\nz"))

    assert comment.author == "A B?"
    assert comment.text == "x?[2Jy\nz"
    format_comments([comment]).encode()


def test_nobody_writes_without_end() -> None:
    assert len(name_of("x" * 1000) or "") == LONGEST_NAME
    assert len(text_of("x" * 100_000)) == LONGEST_TEXT
    assert name_of(" \n ") is None


def test_a_file_belongs_to_the_article_of_its_name() -> None:
    id_ = ArticleId("vi", "lò-gốm")

    assert article_of_file(comments_file(id_, "site/comments"), "site/comments") == id_
    assert article_of_file("site/comments/vi/lo\u0300-go\u0302\u0301m.json", "site/comments") == id_
    for path in ("x.json", "vi/x.txt", "vi/2025/x.json"):
        assert article_of_file(f"site/comments/{path}", "site/comments") is None


# ---- as HTML


def test_paragraphs_and_lines_stay_as_they_were_written() -> None:
    assert text_as_html("One\ntwo\n \n\nthree") == ('<p dir="auto">One<br>\ntwo</p>\n<p dir="auto">three</p>')


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("&lt;script&gt; &amp;", "&amp;lt;script&amp;gt; &amp;amp;"),
        ("**bold** [a](javascript:alert(1))", "**bold** [a](javascript:alert(1))"),
        ("javascript:alert(1) data:text/html,x ftp://x.example/", None),
        ("https://bank.example@evil.example/ https://", None),
        ("https://[x/ https://" + "x" * LONGEST_LINK, None),
        ('" onmouseover="x\'', "&#34; onmouseover=&#34;x&#39;"),
    ],
)
def test_nothing_that_a_stranger_writes_is_markup(text: str, html: str | None) -> None:
    assert text_as_html(text) == f'<p dir="auto">{text if html is None else html}</p>'


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("https://kilns.example/jars?a=1&b=2.", "https://kilns.example/jars?a=1&amp;b=2", "."),
        ("HTTP://KILNS.example)", "HTTP://KILNS.example", ")"),
        ('https://x.example/"onclick="alert(1)', "https://x.example/", "&#34;onclick=&#34;alert(1)"),
        ("https://x.example/<b>", "https://x.example/", "&lt;b&gt;"),
        ("https://x.example/a\u202egpj", "https://x.example/a", "\u202egpj"),
        ("https://vi.example/lò-gốm, và", "https://vi.example/lò-gốm", ", và"),
    ],
)
def test_an_address_becomes_a_link_that_vouches_for_nothing(text: str, address: str, after: str) -> None:
    link = f'<a href="{address}" rel="nofollow ugc noopener" dir="ltr">{address}</a>'

    assert text_as_html(f"See {text}") == f'<p dir="auto">See {link}{after}</p>'


def test_what_stands_before_and_between_links_is_no_markup_either() -> None:
    assert text_as_html("<b> https://a.example/ <i> https://b.example/").count("&lt;") == 2


def threads(*parents: tuple[int, int | None]) -> dict[int, int]:
    """The thread to which each comment belongs, from what each answers."""
    by_number = {number: Comment(number, parent, None, MOMENT, "x") for number, parent in parents}
    return {number: _first_of_thread(comment, by_number) for number, comment in by_number.items()}


def test_an_answer_to_an_answer_stays_in_the_thread() -> None:
    assert threads((1, None), (2, 1), (3, 2), (4, None)) == {1: 1, 2: 1, 3: 1, 4: 4}


def test_an_answer_to_what_is_gone_stands_by_itself() -> None:
    assert threads((2, 1)) == {2: 2}


def test_answers_in_a_circle_are_all_shown() -> None:
    found = threads((1, 2), (2, 1), (3, 3), (4, 2))

    assert set(found) == {1, 2, 3, 4}
    assert all(found[first] == first for first in found.values())
