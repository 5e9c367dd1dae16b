"""What holds for every text in every language: dates are days of the calendar, cleaning ends, cuts part no letter."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toasoan.ingest.bylines import byline_of
from toasoan.ingest.cleaning import cleaned, legible
from toasoan.ingest.dates import date_mentions, event_date
from toasoan.ingest.language_detection import detect_another, detect_language, detect_language_of_page
from toasoan.ingest.photos import caption_with_credit, photo_label_of
from toasoan.ingest.sections import section_of
from toasoan.ingest.sentences import first_sentence
from toasoan.ingest.text_length import index_of_length, reading_length, whole_letters
from toasoan.ingest.titles import LONGEST, cut_to_clauses
from toasoan.ingest.words import all_words, first_folded_word, folded_words, lowered

WORDS = all_words()
LANGUAGES = st.sampled_from(sorted(WORDS.languages))
SAMPLES = [
    line
    for path in sorted((Path(__file__).parents[1] / "samples").rglob("*.txt"))
    for line in path.read_text("utf-8").split("\n")
]
PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(SAMPLES),
    st.sampled_from([name for words in WORDS.languages.values() for names in words.dates.months for name in names]),
    st.integers(0, 99999).map(str),
    st.integers(0, 9999).map(lambda n: str(n).translate({48 + d: chr(0x660 + d) for d in range(10)})),
    st.integers(0, 9999).map(lambda n: str(n).translate({48 + d: chr(0xE50 + d) for d in range(10)})),
    st.sampled_from([*list(" /.-•年月日년월일。।។؟،:：([（_|\u200c\u200f"), "ก", "ที่", "क्", "Фото", "ภาพ", "photo 1"]),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(TEXTS, LANGUAGES)
def test_dates_are_days_of_the_calendar_and_stand_in_the_text(text: str, language: str) -> None:
    words = WORDS.languages[language].dates
    for mention in date_mentions(text, words):
        assert mention.text in text.translate(dict.fromkeys(map(ord, "\u200e\u200f\u061c")))
        assert 1 <= mention.month <= 12
        assert mention.year is None or 1900 <= mention.year <= 2099
        assert mention.date is None or isinstance(mention.date, date)
    suggested = event_date([text], words, date(2026, 3, 1))
    assert suggested is None or suggested.day <= date(2026, 3, 2)


@quick
@given(TEXTS, LANGUAGES)
def test_cleaning_a_clean_text_changes_nothing(text: str, language: str) -> None:
    words = WORDS.languages[language].cleaning
    once = cleaned(legible(text), words)

    assert cleaned(legible(once), words) == once


@quick
@given(TEXTS)
def test_a_text_has_one_language_or_none(text: str) -> None:
    for detected in (detect_language(text, WORDS.languages), detect_language_of_page(text, WORDS.languages)):
        assert detected is None or (detected.tag in WORDS.languages and detected.evidence)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), LANGUAGES, st.sampled_from(SAMPLES), st.integers(10, 200))
def test_another_language_is_what_the_whole_contest_says(data: st.DataObject, own: str, line: str, end: int) -> None:
    stop_words = WORDS.languages[own].detection.stop_words or ("",)
    said = data.draw(st.lists(st.sampled_from(stop_words), max_size=8))
    text = " ".join([*said, line[:end]])
    detected = detect_language(text, WORDS.languages)

    assert detect_another(text, own, WORDS.languages) == (detected.tag if detected and detected.tag != own else None)


@quick
@given(TEXTS, st.text(" .-_,İßſ", max_size=100))
def test_the_first_folded_word_is_the_first_of_all(text: str, before: str) -> None:
    assert first_folded_word(before + text) == (folded_words(before + text).split(" ") or [""])[0]


@quick
@given(TEXTS, st.text("\u00ad\u200b\ufffc\u2066\x00\x1c\x85\xa0 \ta", max_size=10))
def test_what_is_legible_has_nothing_that_cannot_be_seen(text: str, more: str) -> None:
    visible = legible(text + more + text)

    assert not any(
        unicodedata.category(sign) == "Cc" or sign in "\u00ad\u200b\u2060\ufeff\ufffc\u202a\u2066" for sign in visible
    )
    assert visible == " ".join(visible.split())


@quick
@given(st.data(), LANGUAGES)
def test_the_words_of_a_section_are_counted_as_if_there_were_no_other(data: st.DataObject, language: str) -> None:
    sections = WORDS.languages[language].sections
    stems = st.sampled_from([stem for words in sections.words.values() for stem in words])
    pieces = st.one_of(stems, stems, st.sampled_from([" ", " ", "a", "1", "_", "-"]), PIECES)
    text = "".join(data.draw(st.lists(pieces, max_size=60)))
    section = section_of(text, WORDS.languages[language], sections.words)
    if section is None:
        return
    begin, end = "" if sections.anywhere else r"(?<!\w)", "" if sections.inflected else r"(?!\w)"
    either = "|".join(map(re.escape, sorted(sections.words[section.key], key=len, reverse=True)))
    found = re.findall(f"{begin}(?:{either}){end}", lowered(text))
    for stem, count in re.findall(r"«(.+?)» (\d+) time", section.evidence):
        assert found.count(stem) == int(count)


@quick
@given(TEXTS)
def test_a_cut_title_fits_and_parts_no_letter(text: str) -> None:
    line = legible(text)
    title = cut_to_clauses(line)

    assert reading_length(title) <= LONGEST
    if title != line:
        rest = line[len(title.removesuffix("…")) :]
        assert not rest or not unicodedata.category(rest[0]).startswith("M") or len(title) <= 1


@quick
@given(TEXTS, st.integers(0, 400))
def test_lengths_and_cuts_agree(text: str, longest: int) -> None:
    end = index_of_length(text, longest)

    assert reading_length(text[:end]) <= longest
    assert len(whole_letters(text, end)) <= end
    assert reading_length(text) >= len(text)


@quick
@given(TEXTS, LANGUAGES)
def test_no_text_stops_import(text: str, language: str) -> None:
    line = legible(text)

    assert line.startswith(first_sentence(line, WORDS.abbreviations))
    byline_of(line)
    photo_label_of(line, WORDS)
    caption_with_credit(line, WORDS)
    section_of(line, WORDS.languages[language], WORDS.languages[language].sections.words)
