import pytest

from toasoan.content.foreign import Fragment, fragments


def test_vietnamese_words_are_found_by_letters_that_only_vietnamese_has() -> None:
    assert fragments("The village of Bát Tràng near Cần Thơ.", "en") == (
        Fragment("The village of Bát Tràng near "),
        Fragment("Cần Thơ", "vi"),
        Fragment("."),
    )


def test_in_a_text_of_another_script_a_name_is_taken_whole() -> None:
    assert fragments("Прем’єр Phạm Minh Chính прибув", "uk") == (
        Fragment("Прем’єр "),
        Fragment("Phạm Minh Chính", "vi"),
        Fragment(" прибув"),
    )


@pytest.mark.parametrize("text", ["", "A café in Łódź", "Phạm", "Phạm Phạm", "no marks at all", "x Phạm-Văn y"])
@pytest.mark.parametrize("language", ["en", "uk", "vi"])
def test_the_pieces_are_the_text_again(text: str, language: str) -> None:
    assert "".join(piece.text for piece in fragments(text, language)) == text


def test_nothing_is_foreign_in_a_vietnamese_text() -> None:
    assert fragments("Cần Thơ", "vi") == (Fragment("Cần Thơ"),)


def test_letters_that_other_languages_have_too_prove_nothing() -> None:
    assert fragments("Café à la carte in Córdoba", "en") == (Fragment("Café à la carte in Córdoba"),)
