"""What has changed in an original since it was translated is told part by part."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import article, day_or_moment
from toasoan.content.front_matter import read_document
from toasoan.diagnostics import Report
from toasoan.model.article import Article, Correction
from toasoan.translations.parts import Part, parts_of
from toasoan.translations.staleness import changes_since, record_of, stale_parts

TEXT = '+++\ntitle = "Chợ"\nsummary = "Tóm tắt"\n+++\n\nMột.\n\nHai.\n\nBa.\n\nBốn.\n'


def parts(text: str = TEXT) -> tuple[Part, ...]:
    document = read_document(text, "a.md", Report())
    assert document
    return parts_of(document)


RECORD = record_of("vi", parts())


def told(text: str) -> list[str]:
    return [f"{it.key} {it.change} {it.line}" for it in stale_parts(RECORD, parts(text))]


def test_nothing_has_changed() -> None:
    assert told(TEXT) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Chợ", "Chợ nổi", ["title changed 1"]),
        ('summary = "Tóm tắt"\n', "", ["summary gone 1"]),
        ('"Chợ"\n', '"Chợ"\ntags = ["sông"]\n', ["tags.1 added 1"]),
        ("Hai.", "Hai, hai.", ["text.2 changed 8"]),
        ("Hai.\n\n", "", ["text.2 gone 8"]),
        ("Hai.", "Hai.\n\nHai rưỡi.", ["text.3 added 10"]),
        ("Một.\n\nHai.", "Hai.\n\nMột.", ["text.1 added 6", "text.2 gone 10"]),
        ("Một.\n\nHai.\n\nBa.\n\nBốn.\n", "", [f"text.{n} gone 1" for n in range(1, 5)]),
    ],
)
def test_each_kind_of_change(before: str, after: str, expected: list[str]) -> None:
    assert before in TEXT
    assert told(TEXT.replace(before, after)) == expected


def original(**fields: Any) -> Article:
    return article(published="2025-06-01", **fields)


@pytest.mark.parametrize(
    ("fields", "updated", "expected"),
    [
        ({}, None, False),
        ({"updated": day_or_moment("2025-06-03")}, None, True),
        ({"updated": day_or_moment("2025-06-03")}, "2025-06-04", False),
        ({"corrections": (Correction("Sai.", day_or_moment("2025-06-05")),)}, "2025-06-04", True),
        ({"corrections": (Correction("Sai."),)}, None, False),
    ],
)
def test_dates_tell_where_nobody_noted_anything(fields: dict[str, Any], updated: str | None, expected: bool) -> None:
    translation = article(language="en", published="2025-06-02", updated=day_or_moment(updated) if updated else None)

    found = changes_since(None, "vi", parts(), original(**fields).last_change, translation.last_words)

    assert found == (() if expected else None)
