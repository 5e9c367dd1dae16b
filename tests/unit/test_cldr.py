import datetime as dt

import pytest

from toasoan import cldr

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def with_plain_spaces(text: str) -> str:
    """Editions of CLDR differ in which space keeps a number and its word together."""
    return " ".join(text.split())


@pytest.mark.parametrize("tag", ["vi", "en", "uk", "ru", "lo", "zh-Hant", "pt-BR", "es-419"])
def test_languages_go_by_their_bcp_47_tags(tag: str) -> None:
    assert cldr.is_language(tag)


@pytest.mark.parametrize(
    "tag", ["vn", "xx", "", "VI", "vi_VN", "vi-vn", "vietnamese", "../x", "vi.x/../y", "vi@../y", "vi\0", "v", "zh-"]
)
def test_nothing_else_is_a_language(tag: str) -> None:
    assert not cldr.is_language(tag)
    with pytest.raises(ValueError, match="no language"):
        cldr.language(tag)


@pytest.mark.parametrize(
    ("tag", "endonym", "direction"),
    [("vi", "Tiếng Việt", "ltr"), ("uk", "Українська", "ltr"), ("ar", "العربية", "rtl"), ("en", "English", "ltr")],
)
def test_a_language_knows_its_own_name_and_direction(tag: str, endonym: str, direction: str) -> None:
    language = cldr.language(tag)

    assert (language.tag, language.endonym, language.direction) == (tag, endonym, direction)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("vi", "17 tháng 12, 2025"),
        ("uk", "17 грудня 2025 р."),
        ("ru", "17 декабря 2025 г."),
        ("en", "December 17, 2025"),
    ],
)
def test_dates_are_in_the_readers_words(tag: str, words: str) -> None:
    assert with_plain_spaces(cldr.long_date(dt.date(2025, 12, 17), tag)) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (VIETNAM, "GMT+7"),
        (dt.UTC, "GMT"),
        (dt.timezone(dt.timedelta(hours=-3, minutes=-30)), "GMT-3:30"),
        (dt.timezone(dt.timedelta(hours=5, minutes=45)), "GMT+5:45"),
    ],
)
def test_a_moment_names_its_zone(zone: dt.timezone, words: str) -> None:
    assert (
        cldr.long_moment(dt.datetime(2025, 12, 17, 9, 36, tzinfo=zone), "en") == f"December 17, 2025, 09:36 ({words})"
    )


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("vi", "09:36 (GMT+7) 17 tháng 12, 2025"),
        ("ja", "2025年12月17日 09:36 (GMT+7)"),
        ("ar", "17 ديسمبر 2025، 09:36 (GMT+7)"),
        ("fa", "۱۷ دسامبر ۲۰۲۵،\u200f ۰۹:۳۶ (GMT+۷)"),
        ("bn", "১৭ ডিসেম্বর, ২০২৫ ০৯:৩৬ (GMT+৭)"),
    ],
)
def test_a_moment_is_put_together_as_the_language_does(tag: str, words: str) -> None:
    moment = dt.datetime(2025, 12, 17, 9, 36, tzinfo=VIETNAM)

    assert with_plain_spaces(cldr.long_moment(moment, tag)) == words


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        cldr.long_moment(dt.datetime(2025, 12, 17, 9, 36), "en")  # noqa: DTZ001


def test_a_month_stands_in_its_own_case() -> None:
    assert with_plain_spaces(cldr.month_and_year(2025, 12, "uk")) == "Грудень 2025 р."
    assert cldr.month_and_year(2025, 12, "vi") == "Tháng 12 năm 2025"


def test_numbers_have_the_languages_groups() -> None:
    assert [cldr.number(1284, tag) for tag in ("vi", "en", "uk")] == ["1.284", "1,284", "1\u00a0284"]


def test_a_language_is_at_home_somewhere() -> None:
    tags = ("vi", "uk", "en", "pt-BR", "zh-Hant")

    assert [cldr.with_territory(tag) for tag in tags] == ["vi_VN", "uk_UA", "en_US", "pt_BR", "zh_TW"]
    assert [cldr.script(tag) for tag in tags] == ["Latn", "Cyrl", "Latn", "Latn", "Hant"]


def test_persian_and_bengali_have_digits_of_their_own() -> None:
    assert [cldr.number(1284, tag) for tag in ("fa", "bn", "ar", "hi")] == ["۱٬۲۸۴", "১,২৮৪", "1,284", "1,284"]
    assert cldr.month_and_year(2025, 12, "fa") == "دسامبر ۲۰۲۵"


def test_names_are_listed_as_the_language_does() -> None:
    after = {tag: cldr.separators(3, tag) for tag in ("fr", "ja", "fa")}

    assert after == {"fr": (", ", " et ", ""), "ja": ("、", "、", ""), "fa": ("،\u200f ", "، و ", "")}
    assert cldr.separators(1, "fr") == ("",)
    assert cldr.separators(0, "fr") == ()
