"""A file's front matter is changed key by key, and all else in it stays as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.property.strategies import front_matters, texts
from toasoan.content.front_matter import format_document, read_document
from toasoan.content.front_matter_edit import NotEditableError, edited
from toasoan.diagnostics import Report

FILE = """+++
# Ask Lan before changing this one.
title = "Chợ nổi"   # short
tags = ["chợ", "sông"]

[[images]]
src = "a.jpg"
caption = "Thuyền"

[import]  # leave
file = "a.txt"
sha256 = "0"
+++

Chữ.
"""


def test_only_what_was_asked_for_changes() -> None:
    new = edited(FILE, {("title",): "Chợ nổi Cái Răng", ("images", 0, "caption"): 'Một "thuyền"'})

    assert new == FILE.replace('"Chợ nổi"', '"Chợ nổi Cái Răng"').replace('"Thuyền"', '"Một \\"thuyền\\""')


def test_nothing_asked_for_changes_nothing() -> None:
    assert edited(FILE, {}) == FILE
    assert edited(FILE, {("title",): "Chợ nổi", ("tags",): ["chợ", "sông"]}) == FILE


def test_a_new_key_comes_before_the_tables() -> None:
    new = edited(FILE, {("summary",): "Tóm tắt"})

    assert new.index("summary = ") < new.index("[[images]]")
    assert 'title = "Chợ nổi"   # short' in new


def test_a_table_is_made() -> None:
    new = edited(FILE, {("translated",): {"language": "vi", "parts": ["title:00"]}})

    document = read_document(new, "a.md", Report())
    assert document
    assert document.front_matter.translated
    assert document.front_matter.translated.parts == ("title:00",)
    assert "# leave" in new


def test_a_key_goes() -> None:
    assert "tags" not in edited(FILE, {("tags",): None})


def test_the_text_is_another_one() -> None:
    assert edited(FILE, {}, "Mới.\n\nHai.\n") == FILE.replace("Chữ.", "Mới.\n\nHai.")


def test_line_ends_stay() -> None:
    windows = FILE.replace("\n", "\r\n")

    new = edited(windows, {("title",): "Khác"}, "Một.\n\nHai.")

    assert new == FILE.replace('"Chợ nổi"', '"Khác"').replace("Chữ.", "Một.\n\nHai.").replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text", ["---\ntitle: Chợ\n---\n\nChữ.\n", "Chữ.", "+++\ntitle = 'a'\n", '+++\ntitle = "a\n+++\n', ""]
)
def test_what_can_not_be_edited_is_refused(text: str) -> None:
    with pytest.raises(NotEditableError):
        edited(text, {("title",): "Mới"})


def test_a_photo_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotEditableError):
        edited(FILE, {("images", 3, "caption"): "Mới"})


@given(front_matters, texts)
def test_any_file_takes_a_new_title_and_keeps_its_values(front: object, title: str) -> None:
    text = format_document(front, "Chữ.")  # type: ignore[arg-type]
    before = read_document(text, "a.md", Report())

    new = edited(text, {("title",): title})

    after = read_document(new, "a.md", Report())
    assert after
    assert before
    assert after.front_matter.title == title
    assert [getattr(after.front_matter, name) for name in after.front_matter.__slots__ if name != "title"] == [
        getattr(before.front_matter, name) for name in before.front_matter.__slots__ if name != "title"
    ]
    assert after.body == before.body
