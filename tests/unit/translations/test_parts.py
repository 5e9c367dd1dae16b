"""An article in the parts that are translated, and put together of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from tests.property.strategies import front_matters, markdown
from toasoan.content.front_matter import Document, FrontMatter, PhotoFields, VideoFields, read_document
from toasoan.content.passages import joined, passages
from toasoan.diagnostics import Report
from toasoan.translations.parts import in_words, name_of, parts_of
from toasoan.typed_table import Source

FRONT = FrontMatter(
    "Chợ nổi",
    summary="Tóm tắt",
    tags=("chợ", "sông"),
    images=(PhotoFields(caption="Thuyền"), PhotoFields("b.jpg", alt="Cầu")),
    videos=(VideoFields("a.mp4", caption="Phim"),),
)
BODY = "Một.\n\n![](image:1)\n\n## Hai\n\n- a\n- b"


def document(front: FrontMatter = FRONT, body: str = BODY) -> Document:
    return Document(front, body, 12, Source("a.md", lambda key: 1))


def test_all_that_readers_read_is_there() -> None:
    assert [(part.key, part.words) for part in parts_of(document())] == [
        ("title", "Chợ nổi"),
        ("summary", "Tóm tắt"),
        ("tags.1", "chợ"),
        ("tags.2", "sông"),
        ("images.1.caption", "Thuyền"),
        ("images.2.alt", "Cầu"),
        ("videos.1.caption", "Phim"),
        ("text.1", "Một."),
        ("text.3", "Hai"),
        ("text.4", "- a\n- b"),
    ]


def test_passages_know_their_lines() -> None:
    assert [part.line for part in parts_of(document()) if part.key.startswith("text")] == [12, 16, 18]


def test_an_article_in_other_words() -> None:
    words = {part.key: part.words.upper() for part in parts_of(document())}

    fields, body = in_words(document(), words)

    assert fields == FrontMatter(
        "CHỢ NỔI",
        summary="TÓM TẮT",
        tags=("CHỢ", "SÔNG"),
        images=(PhotoFields(caption="THUYỀN"), PhotoFields("b.jpg", alt="CẦU")),
        videos=(VideoFields("a.mp4", caption="PHIM"),),
    )
    assert body == "MỘT.\n\n![](image:1)\n\n## HAI\n\n- A\n- B"


def test_what_has_no_other_words_keeps_its_own() -> None:
    fields, body = in_words(document(), {"title": "Market"})

    assert fields == replace(FRONT, title="Market")
    assert body == BODY


@given(front_matters, markdown)
def test_any_article_in_its_own_words_is_the_same(front: FrontMatter, body: str) -> None:
    it = document(front, body)

    fields, text = in_words(it, {part.key: part.words for part in parts_of(it)})

    assert fields == front
    assert text == joined(passages(body))


def test_people_are_told_what_a_part_is() -> None:
    assert [name_of(key) for key in ("title", "summary", "tags.2", "images.1.caption", "videos.3.alt", "text.5")] == [
        "the headline", "the lede", "tag 2", "the caption of photo 1", "the description of video 3", "passage 5",
    ]  # fmt: skip


def test_the_parts_of_a_file_stand_on_its_lines() -> None:
    text = '+++\ntitle = "A"\n+++\n\nMột.\n\nHai.\n'
    read = read_document(text, "a.md", Report())
    assert read

    lines = text.split("\n")
    assert [lines[part.line - 1] for part in parts_of(read)][1:] == ["Một.", "Hai."]
