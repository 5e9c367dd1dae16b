"""What is asked of Isso, without one: tests/browser/test_comments.py has a real one."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.builders import portal, text_of, write
from toasoan.cli import run
from toasoan.isso.database import NoDatabaseError, approved_comments, waiting_comments
from toasoan.isso.fetched_files import by_article, keep_comments
from toasoan.isso.kept_comment import kept_comment
from toasoan.isso.server import NoAnswerError, comments_on
from toasoan.model.article import ArticleId
from toasoan.model.comment import Comment
from toasoan.routes import Site

MOMENT = dt.datetime(2025, 6, 1, 8, 15, tzinfo=dt.UTC)
SCHEMA = """
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,
    modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR,
    likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
"""


def comment(number: int = 1, text: str = "Good.") -> Comment:
    return Comment(number, None, "Lan", MOMENT, text)


def database(file: Path, *rows: tuple[str, int, int | None, int, str]) -> Path:
    """Isso's database with comments: link of the page, number, what it answers, mode, text."""
    with closing(sqlite3.connect(file)) as opened:
        opened.executescript(SCHEMA)
        for link, number, parent, mode, text in rows:
            opened.execute("INSERT OR IGNORE INTO threads (uri, title) VALUES (?, '')", (link,))
            opened.execute(
                "INSERT INTO comments (tid, id, parent, created, mode, remote_addr, text, author, email, voters)"
                " SELECT id, ?, ?, 1748765700.5, ?, '10.1.2.0', ?, 'A &amp; &lt;B&gt;', 'a@b.example', x''"
                " FROM threads WHERE uri = ?",
                (number, parent, mode, text, link),
            )
        opened.commit()
    return file


# ---- what Isso keeps


def test_a_name_is_as_its_reader_wrote_it() -> None:
    kept = kept_comment(4, 3, 1748765700.5, "A &amp;lt; &lt;B&gt;", " Good. ")

    assert kept == Comment(4, 3, "A &lt; <B>", MOMENT, "Good.")


@pytest.mark.parametrize(
    "fields",
    [
        (None, None, 1.0, None, "x"),
        (1, None, "x", None, "x"),
        (1, None, 1e30, None, "x"),
        (1, None, float("nan"), None, "x"),
        (1, None, 1.0, None, None),
        (1, None, 1.0, None, " \n"),
    ],
)
def test_what_is_no_comment_is_left_out(fields: tuple[object, ...]) -> None:
    assert kept_comment(*fields) is None


def test_only_approved_comments_are_read_and_nothing_of_who_wrote_them(tmp_path: Path) -> None:
    file = database(
        tmp_path / "comments.db",
        ("/en/jars/", 1, None, 1, "Good."),
        ("/en/jars/", 2, 1, 2, "It waits."),
        ("/en/jars/", 3, 1, 4, ""),
        ("/vi/lo/", 4, None, 1, "Hay."),
    )
    before = file.read_bytes()

    found = approved_comments(file)

    assert found == {
        "/en/jars/": (Comment(1, None, "A & <B>", MOMENT, "Good."),),
        "/vi/lo/": (Comment(4, None, "A & <B>", MOMENT, "Hay."),),
    }
    assert waiting_comments(file) == 1
    assert file.read_bytes() == before
    assert [it.name for it in tmp_path.iterdir()] == ["comments.db"]


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.db", write(tmp_path, "text.db", "no database " * 100), tmp_path):
        with pytest.raises(NoDatabaseError):
            approved_comments(path)
    assert not (tmp_path / "none.db").exists()


# ---- links of pages are made by whoever writes


@pytest.mark.parametrize(
    "link",
    [
        "/portal/en/../jars/",
        "/portal/en/../../site.toml/",
        "/portal/en/a%2F..%2Fb/",
        "/portal/en/%00/",
        "/portal/xx/jars/",
        "/portal/../en/jars/",
        "/portal/en/jars",
        "/portal/en/jars/2/",
        "/en/jars/",
        "https://evil.example/portal/en/jars/",
        "",
    ],
)
def test_a_link_that_is_no_article_leads_to_no_file(link: str) -> None:
    assert by_article({link: [comment()]}, Site("https://host.example/portal"), ["en"]) == {}


def test_a_link_is_read_as_the_portal_writes_it() -> None:
    site = Site("https://host.example/portal")
    id_ = ArticleId("vi", "lò-gốm")

    assert by_article({"/portal/vi/l%C3%B2-g%E1%BB%91m/": [comment()]}, site, ["vi"]) == {id_: (comment(),)}


# ---- files


def test_files_follow_the_comments(tmp_path: Path) -> None:
    folder, jars, kilns = "site/comments", ArticleId("en", "jars"), ArticleId("vi", "kilns")

    first = keep_comments(tmp_path, folder, {jars: [comment()], kilns: [comment(2)]})
    again = keep_comments(tmp_path, folder, {jars: [comment()], kilns: [comment(2)]})
    later = keep_comments(tmp_path, folder, {jars: [comment(), comment(3)], kilns: []})

    assert first.written == ("site/comments/en/jars.json", "site/comments/vi/kilns.json")
    assert again.written == again.removed == ()
    assert later.written == ("site/comments/en/jars.json",)
    assert later.removed == ("site/comments/vi/kilns.json",)
    assert not (tmp_path / "site/comments/vi").exists()


# ---- the server


class _Answers(BaseHTTPRequestHandler):
    answers: dict[str, bytes] = {}  # noqa: RUF012  # set anew for each test

    def _answer(self) -> None:
        data = self.answers.get(self.path.partition("?")[0])
        self.send_response(200 if data is not None else 500)
        self.end_headers()
        self.wfile.write(data or b"")

    do_GET = do_POST = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def answering(answers: dict[str, bytes]) -> Iterator[str]:
    handler = type("Answers", (_Answers,), {"answers": answers})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_comments_and_their_answers_are_taken_and_deleted_ones_left() -> None:
    reply = {"id": 2, "parent": 1, "created": 1748765700.5, "author": None, "text": "Yes.", "mode": 1}
    page = {"replies": [{"id": 1, "created": 1.0, "text": "", "mode": 4, "replies": [reply]}]}
    with answering({"/count": b"[0, 1]", "/": json.dumps(page).encode()}) as server:
        found = comments_on(["/en/a/", "/en/b/"], server)

    assert found == {"/en/b/": (Comment(2, 1, None, MOMENT, "Yes."),)}


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"/count": b"<html>"},
        {"/count": b"{}"},
        {"/count": b"[1, 2]"},
        {"/count": b'["x"]'},
        {"/count": b"[1]"},
        {"/count": b"[1]", "/": b"[]"},
        {"/count": b"[1]", "/": b'{"replies": [7]}'},
        {"/count": b"[" * 100_000},
    ],
)
def test_a_server_that_is_no_isso_is_told(answers: dict[str, bytes]) -> None:
    with answering(answers) as server, pytest.raises(NoAnswerError):
        comments_on(["/en/a/"], server)


def test_a_server_that_is_down_is_told() -> None:
    with pytest.raises(NoAnswerError):
        comments_on(["/en/a/"], "http://127.0.0.1:9")


# ---- the command


def test_the_command_fetches_from_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = {"en/jars.md": text_of("Jars"), "en/kept.md": text_of("Kept", status="draft")}
    portal(tmp_path, dict(articles))
    rows = [("/en/jars/", 1, None, 1, "Good."), ("/en/kept/", 2, None, 1, "x"), ("/en/gone/", 3, None, 1, "x")]
    file = database(tmp_path / "comments.db", *rows)

    assert run(["comments", "--root", str(tmp_path), "--database", str(file)]) == 0

    assert capsys.readouterr().out == "1 comment on 1 article: 1 file written, 0 removed\n"
    assert [it.name for it in (tmp_path / "site/comments").rglob("*.json")] == ["jars.json"]
    assert "10.1.2.0" not in (tmp_path / "site/comments/en/jars.json").read_text("utf-8")
    assert "example" not in (tmp_path / "site/comments/en/jars.json").read_text("utf-8")


def test_an_empty_database_takes_nothing_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path, {"en/jars.md": text_of("Jars"), "comments/en/jars.json": "[]"})
    file = database(tmp_path / "comments.db")

    assert run(["comments", "--root", str(root), "--database", str(file)]) == 1

    assert (
        "there is no approved comment, but site/comments has 1 file: none was touched [no-comments]"
        in capsys.readouterr().err
    )
    assert (root / "site/comments/en/jars.json").is_file()


@pytest.mark.parametrize(
    ("settings", "options", "code"),
    [
        ("", [], "no-comments-server"),
        ("", ["--database", "none.db"], "no-comments-database"),
        ('[comments]\nserver = "http://127.0.0.1:9"\n', [], "comments-server"),
    ],
)
def test_what_can_not_be_asked_is_told_and_no_file_touched(
    settings: str, options: list[str], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = portal(tmp_path, {"en/jars.md": text_of("Jars"), "comments/en/jars.json": "[]"})
    file = root / "site/site.toml"
    file.write_text(file.read_text("utf-8") + settings, "utf-8")

    assert run(["comments", "--root", str(root), *options]) == 1

    assert f"[{code}]" in capsys.readouterr().err
    assert (root / "site/comments/en/jars.json").read_text("utf-8") == "[]"
