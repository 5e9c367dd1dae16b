"""What counts as the same word."""

import pytest

from toasoan.search.folding import Folding, as_data, folded, pieces


def keys(language: str, text: str) -> list[str]:
    folding = Folding(language)
    return [key for form in folding.forms(text) for key in folding.keys(form)]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("vi", "Đường sắt", "duong sat"),
        ("vi", "Ha\u0300 No\u0323\u0302i", "hà nội"),
        ("ru", "ёлка", "елка"),
        ("uk", "ґанок їжа", "ганок іжа"),
        ("uk", "м’який, об'єкт", "мʼякий обєкт"),
        ("pl", "Łódź", "lodz"),
        ("tr", "İstanbul’da ışık", "istanbul da isik"),
        ("de", "Straße", "strasse"),
        ("fr", "l’école", "l'ecole"),
        ("el", "Δέντρα ΟΔΟΣ οδός", "δεντρα οδος οδοσ"),
        ("fa", "درخت‌ها کتاب", "درختها كتاب"),
        ("ur", "کچھوے", "كچهوی"),
        ("he", "ולאחד־עשר", "ולאחד עשר"),
        ("hi", "ज़रूरत", "जरूरत"),
        ("en", "２０２５", "2025"),
        ("fa", "۱۲", "12"),
    ],
)
def test_what_people_type_has_the_keys_of_what_is_written(language: str, written: str, typed: str) -> None:
    assert keys(language, written) == keys(language, typed)


@pytest.mark.parametrize("typed", ["Nguyen Hoa Binh", "nguyễn hòa bình"])
@pytest.mark.parametrize(("language", "written"), [("uk", "Нгуєн Хоа Бінь"), ("ru", "Нгуен Хоа Бинь")])
def test_vietnamese_names_in_cyrillic_letters_sound_like_those_in_latin_ones(
    language: str, written: str, typed: str
) -> None:
    assert keys(language, written) == keys(language, typed)


def test_words_have_keys_with_and_without_what_is_written_together_with_them() -> None:
    assert keys("ar", "والحكومة") == ["والحكومه", "حكومه"]
    assert keys("ar", "الأَشجار") == ["الاشجار", "اشجار"]
    assert "ספרייה" in keys("he", "בספרייה")
    assert "ממשלה" in keys("he", "הממשלה")


def test_runs_without_words_are_cut_into_overlapping_pieces() -> None:
    assert list(pieces("東京都")) == ["東京", "京都", "都"]
    assert list(pieces("ไทย")) == ["ไทย", "ทย", "ย"]
    assert keys("ko", "국가 주석") == ["국가", "가주", "주석", "석"]
    assert keys("zh", "2025年海龟") == ["2025", "年海", "海龟", "龟"]


def test_to_fold_twice_is_to_fold_once() -> None:
    for text in ("Đường", "ґіїёйщ", "أإآٱةىی", "ז״ך", "ज़ँ", "한글", "ไท่"):
        assert folded(folded(text)) == folded(text)


def test_the_browser_gets_the_rules_as_data() -> None:
    data = as_data("uk")
    assert data["joins"] is True
    assert " ами " in f" {data['endings']} "
    assert "sounds" in data
    assert "sounds" not in as_data("en")
    assert "prefixes" in as_data("he")
