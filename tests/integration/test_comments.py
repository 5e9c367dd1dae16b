"""Approved comments in the pages of a little portal, and what is made when they come, change and go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import SETTINGS, built, portal, text_of, tree, write
from toasoan.build import build
from toasoan.workshop import CommentsSource, Workshop

SERVER = "https://comments.portal.example"
COMMENTS = f'\n[comments]\nserver = "{SERVER}"\n'
FILE = "site/comments/en/jars.json"
PAGE = "en/jars/index.html"


def table(number: int, text: str = "Good.", **fields: object) -> dict[str, object]:
    return {"id": number, "date": "2025-06-01T01:00:00+00:00", "text": text, **fields}


def comments(*tables: dict[str, object]) -> str:
    return json.dumps(tables)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"en/jars.md": text_of("Jars"), "en/kilns.md": text_of("Kilns"), "vi/jars.md": text_of("Lò")}
    return portal(tmp_path, dict(files), SETTINGS + COMMENTS)


def page(root: Path, path: str = PAGE) -> str:
    return (root / "public" / path).read_text("utf-8")


def graph(root: Path) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(root))
    assert found
    article: dict[str, Any] = json.loads(found[1])["@graph"][0]
    return article


def written(root: Path) -> list[str]:
    """What a build writes, by its reasons."""
    result = build(root, root / "public")
    assert [str(it) for it in result.report] == []
    assert result.published is not None
    assert len(result.reasons) == result.published.written
    return list(result.reasons)


def test_comments_stand_in_the_page_with_their_number(root: Path) -> None:
    write(root, FILE, comments(table(1, author="Lan"), table(2, parent=1, text="Yes."), table(3, text="<b>")))
    built(root)

    html = page(root)
    assert '<h2 id="comments_title">3 comments</h2>' in html
    assert html.count("<bdi>Lan</bdi>") == 1
    assert '<a href="#all_comments">3 comments</a>' in html
    assert html.index('id="comment_1"') < html.index('<ol class="replies">') < html.index('id="comment_2"')
    assert '<time datetime="2025-06-01T08:00:00+07:00">' in html
    assert "&lt;b&gt;" in html


def test_machines_are_told_what_there_is_and_nothing_more(root: Path) -> None:
    built(root)
    assert not {"comment", "commentCount"} & graph(root).keys()

    write(root, FILE, comments(table(1, author="Lan", text="</script><b>"), table(2)))
    built(root)
    data = graph(root)
    assert data["commentCount"] == 2
    assert data["comment"] == [
        {
            "@type": "Comment",
            "@id": "https://portal.example/en/jars/#comment_1",
            "text": "</script><b>",
            "dateCreated": "2025-06-01T01:00:00+00:00",
            "author": {"@type": "Person", "name": "Lan"},
        },
        {
            "@type": "Comment",
            "@id": "https://portal.example/en/jars/#comment_2",
            "text": "Good.",
            "dateCreated": "2025-06-01T01:00:00+00:00",
        },
    ]


def test_a_portal_without_the_table_has_not_a_byte_of_comments(root: Path) -> None:
    write(root, "site/site.toml", SETTINGS)
    built(root)
    without = tree(root / "public")

    write(root, FILE, comments(table(1)))
    built(root)

    assert tree(root / "public") == without
    for path, data in without.items():
        if path.endswith((".html", ".xml", ".json")):
            assert b"omment" not in data, path


def test_a_comment_makes_the_page_of_its_article_and_nothing_else(root: Path, tmp_path: Path) -> None:
    built(root)

    write(root, FILE, comments(table(1)))
    assert written(root) == [PAGE]
    write(root, FILE, comments(table(1), table(2)))
    assert written(root) == [PAGE]
    assert written(root) == []
    clean = root / "clean"
    built(root, clean)
    assert tree(root / "public") == tree(clean)


def test_when_the_file_is_gone_the_comments_are(root: Path) -> None:
    built(root)
    before = page(root)
    write(root, FILE, comments(table(1)))
    built(root)
    assert page(root) != before

    (root / FILE).unlink()

    assert written(root) == [PAGE]
    assert page(root) == before


def test_comments_wait_for_their_article(root: Path) -> None:
    write(root, "site/comments/en/new.json", comments(table(1, text="I was early.")))
    result = build(root, root / "public")
    assert [it.code for it in result.report] == ["comments-without-article"]

    write(root, "site/content/en/new.md", text_of("New"))
    built(root)

    assert "I was early." in page(root, "en/new/index.html")


def test_a_comment_follows_the_slug_of_its_article(root: Path) -> None:
    write(root, FILE, comments(table(1)))
    built(root)

    write(root, "site/content/en/kilns.md", text_of("Kilns", slug="jars"))
    (root / "site/content/en/jars.md").unlink()
    built(root)

    assert "Kilns" in page(root)
    assert "1 comment" in page(root)


def test_broken_comments_hold_back_the_portal_until_they_are_mended(root: Path) -> None:
    built(root)
    before = tree(root / "public")
    write(root, FILE, '[\n{"id": 1,\n"text": 7}]')

    for _ in range(2):
        result = build(root, root / "public")
        assert [(it.code, str(it.location)) for it in result.report] == [("broken-comments", f"{FILE}:2")]
        assert tree(root / "public") == before
    write(root, FILE, comments(table(1)))
    assert written(root) == [PAGE]


def test_a_closed_article_keeps_its_comments_and_has_no_form(root: Path) -> None:
    write(root, FILE, comments(table(1)))
    built(root)
    assert "<form" in page(root)
    assert f'data-server="{SERVER}"' in page(root)

    write(root, "site/content/en/jars.md", text_of("Jars", comments=False))
    built(root)

    assert "Comments are closed." in page(root)
    assert 'id="comment_1"' in page(root)
    assert "<form" not in page(root)
    assert SERVER not in page(root)


def test_an_article_has_the_comments_of_its_own_language(root: Path) -> None:
    write(root, FILE, comments(table(1, text="Only here.")))
    built(root)

    assert "Only here." in page(root)
    assert "Only here." not in page(root, "vi/jars/index.html")
    assert "Bình luận" in page(root, "vi/jars/index.html")


@pytest.fixture
def preview(root: Path) -> Iterator[Workshop]:
    workshop = Workshop(root, root / "preview", CommentsSource("http://127.0.0.1:8001", ".toasoan/comments/approved"))
    yield workshop
    workshop.close()


def test_a_preview_has_comments_of_its_own(root: Path, preview: Workshop) -> None:
    write(root, FILE, comments(table(1, text="For readers.")))
    own = write(root, ".toasoan/comments/approved/en/jars.json", comments(table(1, text="Tried out.")))
    assert preview.build().published is not None
    html = (root / "preview" / PAGE).read_text("utf-8")
    assert "Tried out." in html
    assert "For readers." not in html
    assert 'data-server="http://127.0.0.1:8001"' in html

    write(root, ".toasoan/comments/approved/en/jars.json", comments(table(1, text="Tried again.")))
    result = preview.build({own.resolve()})

    assert result.published is not None
    assert result.published.written == 1
    assert "Tried again." in (root / "preview" / PAGE).read_text("utf-8")


def test_without_its_own_server_a_preview_is_that_of_the_portal_again(root: Path) -> None:
    source = CommentsSource("http://127.0.0.1:8001", ".toasoan/comments/approved")
    for own, server in ((source, "http://127.0.0.1:8001"), (None, SERVER), (source, "http://127.0.0.1:8001")):
        workshop = Workshop(root, root / "preview", own)
        result = workshop.build()
        workshop.close()
        assert result.published is not None
        assert f'data-server="{server}"' in (root / "preview" / PAGE).read_text("utf-8")
