"""Dates are read in the forms, the digits and the calendars of 31 languages, and never guessed."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from babel import localedata
from babel.dates import format_date

from toasoan.ingest.bylines import byline_of
from toasoan.ingest.cleaning import legible
from toasoan.ingest.dates import _month_numbers, date_mentions, event_date
from toasoan.ingest.words import all_words

SAMPLES = Path(__file__).parents[2] / "samples"
LANGUAGES = sorted(all_words().languages)
DAY = date(2025, 12, 17)


def dates_in(text: str, language: str) -> list[date | None]:
    return [mention.date for mention in date_mentions(text, all_words().languages[language].dates)]


def cldr_name(language: str) -> str:
    return {"no": "nb"}.get(language, language)


def wide_months(language: str, context: str) -> Mapping[int, str]:
    """CLDR's own data for a language. Babel's merged data are wrong here: one language's months leak into others'."""
    path = localedata.resolve_locale_filename(language)
    with Path(path).open("rb") as file:
        names = pickle.load(file)["months"].get(context, {}).get("wide", {})
    return names if isinstance(names, Mapping) else {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wide_month_name_of_cldr_is_read(language: str) -> None:
    numbers = _month_numbers(all_words().languages[language].dates)
    formatted = wide_months(language, "format")

    assert len(formatted) == 12 or language in ("ja", "ko")  # these two take theirs from another width
    for names in (formatted, wide_months(language, "stand-alone")):
        assert {name: numbers.get(name.casefold()) for name in names.values()} == {n: k for k, n in names.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["full", "long", "medium"])
def test_dates_as_cldr_writes_them_are_read(language: str, width: str) -> None:
    days = [date(2025, month, 17) for month in range(1, 13)]
    texts = [legible(format_date(day, width, cldr_name(language))) for day in days]

    assert [dates_in(text, language) for text in texts] == [[day] for day in days]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_has_its_date(language: str) -> None:
    text = (SAMPLES / f"{language}.txt").read_text("utf-8")

    assert DAY in dates_in(text, language)
    suggested = event_date(text.split("\n"), all_words().languages[language].dates, date(2026, 3, 1))
    assert suggested is not None
    assert suggested.day == DAY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "١٧ ديسمبر ٢٠٢٥"),
        ("ar", "في 17 كانون الأول/ديسمبر 2025"),
        ("ar", "17\u200f/12\u200f/2025"),
        ("bn", "১৭ই ডিসেম্বর, ২০২৫"),
        ("bn", "১৭/১২/২০২৫"),
        ("cs", "17. 12. 2025"),
        ("cs", "v prosinci, 17. prosince 2025"),
        ("de", "am 17.12.2025."),
        ("de", "17. Dez. 2025"),
        ("el", "στις 17 Δεκεμβρίου του 2025"),
        ("en", "December 17th, 2025"),
        ("en", "17/12/2025"),
        ("en", "12/17/2025"),
        ("en", "2025-12-17"),
        ("es", "17 de diciembre del 2025"),
        ("fa", "۱۷ دسامبر ۲۰۲۵"),
        ("fa", "2025/12/17"),
        ("fr", "le 17 décembre 2025"),
        ("he", "ב-17 בדצמבר 2025"),
        ("he", "ב־17 בדצמבר 2025"),
        ("hi", "१७ दिसम्बर, २०२५"),
        ("id", "Rabu (17/12/2025)"),
        ("ja", "政府は2025年12月17日に発表した"),
        ("ja", "2025 年 12 月 17 日"),
        ("ja", "2025/12/17"),
        ("km", "ថ្ងៃទី១៧ ខែធ្នូ ឆ្នាំ២០២៥"),
        ("ko", "정부는 2025년 12월 17일에 발표했다"),
        ("ko", "2025. 12. 17."),
        ("lo", "ວັນທີ ໑໗ ທັນວາ ໒໐໒໕"),
        ("lo", "ວັນທີ 17 ທັນວາ ພ.ສ. 2568"),
        ("ms", "17 Disember 2025"),
        ("nl", "17-12-2025"),
        ("no", "17. desember 2025"),
        ("pl", "17 grudnia 2025 r."),
        ("pt", "17 de dezembro de 2025"),
        ("ro", "17 decembrie 2025"),
        ("ru", "17-го декабря 2025 года"),
        ("ru", "17.12.2025"),
        ("sv", "17 december 2025"),
        ("th", "วันที่ 17 ธันวาคม พ.ศ. 2568"),
        ("th", "เมื่อ๑๗ ธันวาคม ๒๕๖๘"),
        ("th", "17 ธ.ค. 2025"),
        ("tr", "17 Aralık 2025'te"),
        ("uk", "17-го грудня 2025 р."),
        ("ur", "۱۷ دسمبر ۲۰۲۵ء"),
        ("vi", "17 tháng 12 năm 2025"),
        ("vi", "sáng 17/12/2025"),
        ("zh", "于2025年12月17日在河内"),
        ("zh", "2025年12月17号"),
    ],
)
def test_a_date_is_read_in_the_forms_of_its_language(language: str, text: str) -> None:
    assert dates_in(text, language) == [DAY]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "1er janvier 2025", 1),
        ("es", "1.º de enero de 2025", 1),
        ("pt", "1º de janeiro de 2025", 1),
        ("it", "1° gennaio 2025", 1),
        ("bn", "১লা জানুয়ারি ২০২৫", 1),
        ("el", "1η Ιανουαρίου 2025", 1),
        ("en", "January 22nd, 2025", 22),
        ("uk", "1-го січня 2025 року", 1),
    ],
)
def test_ordinals_are_days(language: str, text: str, day: int) -> None:
    assert dates_in(text, language) == [date(2025, 1, day)]


@pytest.mark.parametrize("text", ["۲۶ آذر ۱۴۰۴", "1404/09/26", "۱۴۰۴/۰۹/۲۶", "26 آذر", "۲۶/۰۹/۱۴۰۴", "1404-09-26"])
def test_a_date_of_the_persian_calendar_is_left_alone(text: str) -> None:
    assert dates_in(text, "fa") == []


def test_a_buddhist_year_counts_only_where_the_language_has_such_years() -> None:
    assert dates_in("17/12/2568", "th") == [DAY]
    assert dates_in("17/12/2568", "km") == []
    assert dates_in("17/12/2568", "vi") == []


@pytest.mark.parametrize("text", ["03/04/2025", "3/4/2025", "13/13/2025", "12/32/2025x"])
def test_an_english_date_of_numbers_alone_may_be_ambiguous(text: str) -> None:
    assert dates_in(text, "en") == []


def test_the_same_day_and_month_are_not_ambiguous() -> None:
    assert dates_in("04/04/2025", "en") == [date(2025, 4, 4)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "ha vinto in 3 set"),
        ("ms", "10 Mac Pro"),
        ("id", "17-12"),
        ("zh", "12月刊"),
    ],
)
def test_a_word_beside_a_number_is_no_whole_date(language: str, text: str) -> None:
    assert [day for day in dates_in(text, language) if day] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_that_no_calendar_has_are_no_dates(language: str) -> None:
    assert [
        day for day in dates_in("31/02/2025 30.02.2025 2025-02-30 2025年2月30日 2025년 2월 30일", language) if day
    ] == []


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Báo Chính PhủBáo Chính Phủ17/12/2025", "Báo Chính Phủ"),
        ("Báo Quảng Ngãi•17/12/2025", "Báo Quảng Ngãi"),
        ("Báo Quảng Ngãi ・ Báo Quảng Ngãi ・ 17/12/2025", "Báo Quảng Ngãi"),
        ("越通社越通社17/12/2025", "越通社"),
        ("หนังสือพิมพ์รัฐบาลหนังสือพิมพ์รัฐบาล17/12/2025", "หนังสือพิมพ์รัฐบาล"),
        ("صحيفة الحكومةصحيفة الحكومة١٧/١٢/٢٠٢٥", "صحيفة الحكومة"),
        ("सरकारी समाचारसरकारी समाचार१७/१२/२०२५", "सरकारी समाचार"),
        ("\u200fصحيفة الحكومة • \u200f17/12/2025\u200f", "صحيفة الحكومة"),
        ("VOV • 17.12.2025", "VOV"),
        ("VOVVOV17-12-2025", "VOV"),
        ("১৭/১২/২০২৫", None),
    ],
)
def test_a_byline_is_read_in_any_script(text: str, publisher: str | None) -> None:
    byline = byline_of(text)

    assert byline is not None
    assert (byline.publisher, byline.published) == (publisher, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "อัปเดตเมื่อ17/12/2025",
        "更新于17/12/2025",
        "The meeting was on 17/12/2025",
        "Phiên bản v17.12.2025",
        "اجتماع يوم 17/12/2025",
    ],
)
def test_a_sentence_that_ends_in_a_date_is_no_byline(text: str) -> None:
    assert byline_of(text) is None
