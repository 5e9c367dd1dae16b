"""A text in passages: all of it, each of one kind, and put together again as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from tests.property.strategies import markdown, marked_blocks
from toasoan.content.markdown import render_body
from toasoan.content.passages import Passage, PassageKind, joined, passages

TEXT = """Mở đầu.

## Phần một

Một đoạn văn
hai dòng.

![](image:2)

- một
- hai

> Lời trích.

1. nhất

2. nhì

| a | b |
|---|---|
| 1 | 2 |

![phim](video:1)

---

```
mã ## không phải đề mục

vẫn là mã
```

Xem [ở đây][1].

[1]: https://portal.example/
"""


def kinds(text: str) -> list[str]:
    return [str(part.kind) for part in passages(text)]


def test_each_kind_is_known() -> None:
    assert kinds(TEXT) == [
        "paragraph", "heading", "paragraph", "photo", "list", "quotation", "list", "table", "video", "rule", "code",
        "paragraph", "definitions",
    ]  # fmt: skip


def test_a_passage_knows_its_line() -> None:
    lines = TEXT.split("\n")
    for part in passages(TEXT):
        assert lines[part.line - 1] == part.markdown.split("\n")[0]


def test_photos_and_videos_are_told_apart_by_number() -> None:
    placed = [(part.kind, part.number) for part in passages(TEXT) if part.number and part.kind != "heading"]

    assert placed == [(PassageKind.PHOTO, 2), (PassageKind.VIDEO, 1)]


def test_translators_see_headings_without_marks() -> None:
    heading = passages("### Phần *hai*")[0]

    assert heading.words == "Phần *hai*"
    assert heading.in_words("Part *two*").markdown == "### Part *two*"
    assert heading.number == 3


@pytest.mark.parametrize("words", ["Một đoạn.", "- một\n- hai", "> trích"])
def test_other_passages_are_seen_as_they_stand(words: str) -> None:
    part = passages(words)[0]

    assert part.words == words
    assert part.in_words("x") == Passage(part.kind, "x", 1, part.number)


def test_what_has_no_words_is_not_for_translators() -> None:
    assert [str(part.kind) for part in passages(TEXT) if not part.has_words] == [
        "photo", "video", "rule", "code", "definitions",
    ]  # fmt: skip


def test_the_parts_are_the_text_but_for_empty_lines() -> None:
    assert joined(passages(TEXT)) == re.sub(r"\n{3,}", "\n\n", TEXT).strip()


@given(markdown | marked_blocks)
def test_any_text_put_together_again_has_the_same_words_and_pictures(text: str) -> None:
    again = joined(passages(text))

    assert seen(again) == seen(text)
    assert joined(passages(again)) == again


def seen(text: str) -> tuple[object, ...]:
    """The words, and the photos and videos in their order. (Empty items may come into lists of their own.)"""
    body = render_body(text, "vi")
    places = [(type(part), part.number) for part in body.parts if not isinstance(part, str)]
    return body.plain.split(), places, [heading.text for heading in body.headings]
