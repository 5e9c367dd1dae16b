"""White space and invisible characters are mended by language; words stay as they are."""

from __future__ import annotations

import pytest

from toasoan.ingest.cleaning import STEPS, cleaned, legible
from toasoan.ingest.words import CleaningWords, all_words


def clean(text: str, language: str) -> str:
    return cleaned(legible(text), all_words().languages[language].cleaning)


@pytest.mark.parametrize(
    ("language", "raw", "mended"),
    [
        ("uk", "при канцелярії .", "при канцелярії."),
        ("ru", "премьер- министра", "премьер-министра"),
        ("en", "the socio -economic plan", "the socio-economic plan"),
        ("en", "a long- term plan", "a long-term plan"),
        ("en", "the province ( Quang Binh ) and", "the province (Quang Binh) and"),
        ("vi", "tỉnh ( Quảng Bình ) , nơi", "tỉnh (Quảng Bình), nơi"),
        ("ru", "доклад./.", "доклад."),
        ("vi", "báo cáo /.", "báo cáo."),
        ("vi", "báo cáo ./.", "báo cáo."),
        ("en", "one\u00a0two\u2009three\tfour  five", "one two three four five"),
        ("en", "in\u200bvisible \ufeffmarks\u00ad", "invisible marks"),
        ("ru", "и\u200dли", "или"),
        ("uk", "и\u0306", "й"),
        ("vi", "Vie\u0323\u0302t Nam", "Việt Nam"),
    ],
)
def test_what_machines_did_is_mended(language: str, raw: str, mended: str) -> None:
    assert clean(raw, language) == mended


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "two- and three-storey houses"),
        ("ru", "двух- и трёхэтажные дома"),
        ("uk", "дво- та триповерхові будинки"),
        ("vi", "kinh tế - xã hội"),
        ("en", "and so on ..."),
        ("en", "a score of 2 : 1"),
        ("en", "the .vn domain, .5 per cent"),
        ("en", "see https://a.example/b/."),
        ("ru", "Ханой -столица"),
        ("en", "GD&TĐ, VGP/Gia Huy, DNUM_DAZAFZCACF"),
    ],
)
def test_what_people_wrote_stays(language: str, text: str) -> None:
    assert clean(text, language) == text


def test_a_language_may_want_its_spaces() -> None:
    assert (
        cleaned("Il a dit : « oui » ; enfin .", CleaningWords(no_space_before=".,")) == "Il a dit : « oui » ; enfin."
    )


def test_a_script_may_need_its_joiners() -> None:
    assert cleaned("می\u200cخواهم", CleaningWords(joiners=True)) == "می\u200cخواهم"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_step_leaves_its_own_result_alone(step: tuple[str, object]) -> None:
    name, mend = step
    words = all_words().languages["en"].cleaning
    for text in ("a ( b ) c .", "long- term , and so./.", "x\u200dy /."):
        once = mend(text, words)  # type: ignore[operator]
        assert mend(once, words) == once, name  # type: ignore[operator]


def test_heaps_of_marks_do_not_take_for_ever() -> None:
    heap = "a" + "\u0301\u0323" * 500_000

    assert len(legible(heap)) < 40
    assert legible("Vie\u0323\u0302t " * 1000) == ("Việt " * 1000).strip()
