"""The portal's words: found in texts whatever their endings, and missed where a text has others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import codes, write
from toasoan.diagnostics import Report
from toasoan.translations.terms import Phrase, Terms, TextWords, other_names, read_terms, wrong_words

FILE = """
[[term]]
vi = "Văn phòng Chính phủ"
en = "Government Office | Office of the Government"
uk = "Урядовий офіс"

[[term]]
vi = "Hà Nội"
ja = "ハノイ"

[[wrong]]
language = "fr"
text = "Chiffre"
right = "Personnalités"
"""
LANGUAGES = ("vi", "en", "uk", "ja", "fr")


@pytest.fixture
def terms(tmp_path: Path) -> Terms:
    write(tmp_path, "site/terms.toml", FILE)
    report = Report()
    found = read_terms(tmp_path, LANGUAGES, report)
    assert codes(report) == []
    return found


def told(terms: Terms, original: str, own: str, language: str) -> list[str]:
    texts = TextWords(original, "vi"), TextWords(own, language)
    return [f"{it.original} → {it.expected}" for it in other_names(terms, *texts, ("vi", language))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Government Office said so."),
        ("en", "It was the office of the government."),
        ("uk", "Роботу Урядового офісу оцінили."),
        ("uk", "В Урядовому офісі відбулася конференція."),
        ("fr", "Le bureau du gouvernement"),
    ],
)
def test_a_term_in_any_form_is_found(language: str, text: str, terms: Terms) -> None:
    assert told(terms, "Ngày 17/12, Văn phòng Chính phủ họp.", text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [("en", "The Cabinet Secretariat", "Government Office"), ("uk", "Урядова канцелярія", "Урядовий офіс")],
)
def test_a_text_that_never_has_it_is_told(language: str, text: str, expected: str, terms: Terms) -> None:
    original = "văn phòng chính phủ họp."

    assert told(terms, original, text, language) == [f"Văn phòng Chính phủ → {expected}"]


def test_a_term_that_the_original_does_not_have_is_not_asked_for(terms: Terms) -> None:
    assert told(terms, "Văn phòng Quốc hội", "The Cabinet", "en") == []


def test_scripts_without_spaces(terms: Terms) -> None:
    assert told(terms, "Ở Hà Nội", "首都ハノイで", "ja") == []
    assert told(terms, "Ở Hà Nội", "首都で", "ja") == ["Hà Nội → ハノイ"]


def test_words_that_are_not_wanted(terms: Terms) -> None:
    assert list(wrong_words(terms, TextWords("Rubrique : Chiffre", "fr"), "fr")) == [("Chiffre", "Personnalités")]
    assert list(wrong_words(terms, TextWords("Rubrique : Personnalités", "fr"), "fr")) == []


@pytest.mark.parametrize(("word", "text"), [("офіс", "офіцер"), ("рада", "радар"), ("уряд", "ур")])
def test_other_words_are_no_forms(word: str, text: str) -> None:
    assert Phrase(word, "uk").place_in(TextWords(text, "uk")) is None


def test_a_portal_without_the_file_has_none(tmp_path: Path) -> None:
    report = Report()

    assert read_terms(tmp_path, LANGUAGES, report) == Terms()
    assert codes(report) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[term]]\nxx = "a"\n', "language-not-listed"),
        ('[[wrong]]\nlanguage = "xx"\ntext = "a"\nright = "b"\n', "language-not-listed"),
        ('[[wrong]]\ntext = "a"\n', "missing-setting"),
        ("[[term]\n", "broken-terms"),
        ('[[terms]]\nvi = "a"\n', "unknown-setting"),
    ],
)
def test_mistakes_in_the_file_are_told(text: str, code: str, tmp_path: Path) -> None:
    write(tmp_path, "site/terms.toml", text)
    report = Report()

    read_terms(tmp_path, LANGUAGES, report)

    assert code in codes(report)
