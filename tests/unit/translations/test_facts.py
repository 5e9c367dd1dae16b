"""Numbers, dates and names that differ between versions are found, and those that do not are left alone."""

from __future__ import annotations

import pytest

from tests.unit.test_alignment import ENGLISH, UKRAINIAN
from toasoan.translations.facts import missing_facts


def told(text: str, language: str, other: str, other_language: str) -> list[str]:
    return [f"{it.kind} {it.words}" for it in missing_facts(text, language, other, other_language)]


VIETNAMESE = "Ngày 17 tháng 12 năm 2025 có 1.250 người và 391,5 tỷ đồng"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On December 17, 2025 there were 1,250 people and 391.5 billion dong"),
        ("en", "On the 17th of December 2025 there were 1250 people and 391.5 billion dong"),
        ("fr", "Le 17 décembre 2025, 1 250 personnes et 391,5 milliards de dongs"),
        ("de", "Am 17. Dezember 2025 waren es 1.250 Menschen und 391,5 Milliarden Dong"),
        ("es", "El 17 de diciembre de 2025 hubo 1250 personas y 391,5 mil millones"),
        ("pt", "Em 17 de dezembro de 2025 havia 1.250 pessoas e 391,5 bilhões"),
        ("it", "Il 17 dicembre 2025 c’erano 1.250 persone e 391,5 miliardi"),
        ("pl", "17 grudnia 2025 r. było 1250 osób i 391,5 mld dongów"),
        ("cs", "Dne 17. prosince 2025 bylo 1 250 lidí a 391,5 miliardy dongů"),
        ("ro", "La 17 decembrie 2025 erau 1.250 de persoane și 391,5 miliarde"),
        ("nl", "Op 17 december 2025 waren er 1.250 mensen en 391,5 miljard"),
        ("sv", "Den 17 december 2025 var det 1 250 personer och 391,5 miljarder"),
        ("no", "17. desember 2025 var det 1250 personer og 391,5 milliarder"),
        ("tr", "17 Aralık 2025’te 1.250 kişi ve 391,5 milyar dong vardı"),
        ("el", "Στις 17 Δεκεμβρίου 2025 ήταν 1.250 άτομα και 391,5 δισεκατομμύρια"),
        ("uk", "17 грудня 2025 року було 1\u00a0250 осіб і 391,5 мільярда донгів"),
        ("ru", "17 декабря 2025 года было 1 250 человек и 391,5 миллиарда донгов"),
        ("ar", "في ١٧ ديسمبر ٢٠٢٥ كان هناك ١٬٢٥٠ شخصا و٣٩١٫٥ مليار دونغ"),
        ("fa", "در ۱۷ دسامبر ۲۰۲۵، ۱٬۲۵۰ نفر و ۳۹۱٫۵ میلیارد"),
        ("he", "ב-17 בדצמבר 2025 היו 1,250 איש ו-391.5 מיליארד"),
        ("hi", "१७ दिसंबर २०२५ को १,२५० लोग और ३९१.५ अरब"),
        ("bn", "১৭ ডিসেম্বর ২০২৫ ১,২৫০ জন ও ৩৯১.৫ বিলিয়ন"),
        ("th", "วันที่ 17 ธันวาคม 2568 มี 1,250 คน และ 391.5 พันล้าน"),
        ("km", "ថ្ងៃទី១៧ ខែធ្នូ ឆ្នាំ២០២៥ មាន ១.២៥០ នាក់ និង ៣៩១,៥ ពាន់លាន"),
        ("lo", "ວັນທີ 17 ທັນວາ 2025 ມີ 1.250 ຄົນ ແລະ 391,5 ຕື້"),
        ("ja", "2025年12月17日、1,250人、391.5億"),
        ("zh", "2025年12月17日，1250人，391.5"),
        ("ko", "2025년 12월 17일 1,250명, 391.5"),
        ("id", "Pada 17 Desember 2025 ada 1.250 orang dan 391,5 miliar"),
        ("ms", "Pada 17 Disember 2025 terdapat 1,250 orang dan 391.5 bilion"),
    ],
)  # fmt: skip
def test_the_same_facts_as_each_language_writes_them(language: str, text: str) -> None:
    assert told(VIETNAMESE, "vi", text, language) == []
    assert told(text, language, VIETNAMESE, "vi") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (VIETNAMESE.replace("17 tháng 12", "18 tháng 12"), ["date 18.12.2025"]),
        (VIETNAMESE.replace("12 năm", "11 năm"), ["date 17.11.2025"]),
        (VIETNAMESE.replace("2025", "2024"), ["number 2024"]),
        (VIETNAMESE.replace("1.250", "1.520"), ["number 1.520"]),
        (VIETNAMESE.replace("391,5", "391"), ["number 391"]),
        ("Ngày 17/12/2025", []),
        ("Sáng 17/12", []),
        ("Sáng 16/12", ["date 16.12"]),
        ("Đại hội XIV", ["number XIV"]),
        ("Chương trình số 99", ["number 99"]),
        ("8 nhóm, 3 người", []),
    ],
)
def test_other_facts_are_told(text: str, expected: list[str]) -> None:
    english = "On December 17, 2025 there were 1,250 people and 391.5 billion dong, eight groups"

    assert sorted(told(text, "vi", english, "en")) == expected


def test_a_number_of_any_length_is_a_number() -> None:
    assert told("9" * 10_000, "vi", "8", "en") == [f"number {'9' * 10_000}"]
    assert told("9" * 10_000, "th", "9" * 10_000, "en") == []


def test_a_name_is_missed_whatever_its_tones() -> None:
    text = "Phó Thủ tướng Nguyễn Hòa Bình và Bộ trưởng Trần Văn Sơn"

    assert told(text, "vi", "Deputy Prime Minister Nguyen Hoa Binh and Minister Tran Van Son", "en") == []
    assert told(text, "vi", "Deputy Prime Minister Nguyen Hoa Binh and Minister Tran Son", "en") == [
        "name Trần Văn Sơn"
    ]


def test_words_of_other_languages_are_no_part_of_a_name() -> None:
    assert told("Die Werkstatt Vân Khê Bronze", "de", "The workshop in Van Khe", "en") == []


def test_a_genitive_is_the_same_name() -> None:
    assert told("xưởng của Trần Thu Mai", "vi", "Trần Thu Mais verkstad", "sv") == []
    assert told("Trần Thu Mais verkstad", "sv", "xưởng của Trần Thu Mai", "vi") == []


def test_names_are_not_looked_for_in_other_letters() -> None:
    assert told("Nguyễn Hòa Bình", "vi", "Нгуен Хоа Бинь", "ru") == []


def test_a_real_translation_by_machine_has_the_same_facts() -> None:
    for left, right in zip(UKRAINIAN, ENGLISH, strict=True):
        assert told(left.markdown, "uk", right.markdown, "en") == []
        assert told(right.markdown, "en", left.markdown, "uk") == []
