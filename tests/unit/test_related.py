from tests.builders import article, config
from toasoan.catalog.catalog import catalogue
from toasoan.catalog.related import numbers, related_articles, version_for
from toasoan.diagnostics import Report
from toasoan.model.article import Article, Translation

POTTERY = "Làng gốm Bát Tràng mở lò nung, thợ gốm làm bình, gốm men xanh, lò nung cháy suốt đêm."
MARKET = "Chợ nổi Cái Răng họp sớm, thuyền ghe chở trái cây, khách du lịch ghé thăm."
FIGURES = "1.284, 3.500, 42, 12,5, 2026"


def related(*given: Article, limit: int = 5) -> dict[str, list[str]]:
    catalog = catalogue(given, config(), Report())
    return {str(id_): [str(other.id) for other in others] for id_, others in related_articles(catalog, limit).items()}


def test_articles_on_one_matter_find_each_other() -> None:
    one, two = article("one", body=POTTERY), article("two", body=f"Hôm nay {POTTERY}")
    far = article("far", body=MARKET)

    assert related(one, two, far) == {"vi/one": ["vi/two"], "vi/two": ["vi/one"], "vi/far": []}


def test_numbers_relate_articles_across_languages() -> None:
    vi = article("gom", body=f"Số liệu: {FIGURES}.")
    en = article("ceramics", "en", body="Figures: 1,284, 3,500, 42, 12.5 and 2026.")

    assert related(vi, en) == {"vi/gom": ["en/ceramics"], "en/ceramics": ["vi/gom"]}


def test_a_common_tag_relates_articles() -> None:
    one, two = article("one", tags=("ASEAN",), body="a"), article("two", tags=("asean",), body="b")

    assert related(one, two)["vi/one"] == ["vi/two"]


def test_one_year_in_common_says_nothing() -> None:
    assert related(article("one", body="Năm 2025."), article("two", body="Hè 2025.")) == {"vi/one": [], "vi/two": []}


def test_versions_of_an_articles_own_story_are_not_related_to_it() -> None:
    vi, en = article("gom", body=FIGURES, story="s"), article("ceramics", "en", body=FIGURES, story="s")

    assert related(vi, en) == {"vi/gom": [], "en/ceramics": []}


def test_a_story_is_named_once_and_in_the_readers_language() -> None:
    reader = article("reader", body=f"{POTTERY} {FIGURES}")
    vi = article("gom", body=f"{POTTERY} {FIGURES}", story="s")
    en = article("ceramics", "en", body=FIGURES, story="s")

    assert related(reader, vi, en)["vi/reader"] == ["vi/gom"]


def test_there_are_never_more_than_asked_for_and_the_likest_come_first() -> None:
    one = article("one", body=POTTERY)
    same, near = article("z-same", body=POTTERY), article("a-near", body=f"{POTTERY} {MARKET}")

    assert related(one, near, same)["vi/one"] == ["vi/z-same", "vi/a-near"]
    assert related(one, near, same, limit=1)["vi/one"] == ["vi/z-same"]
    assert related(one, near, same, limit=0)["vi/one"] == []


def test_the_order_of_articles_changes_nothing() -> None:
    given = [article(f"a{n}", body=f"{POTTERY} {n}{n} {MARKET[: n * 9]}") for n in range(6)]

    assert related(*given) == related(*reversed(given))


def test_a_reader_without_a_version_is_led_to_the_original() -> None:
    vi, en = article("gom"), article("ceramics", "en", translation=Translation.ORIGINAL)

    assert version_for("vi", (vi, en)) is vi
    assert version_for("uk", (vi, en)) is en
    assert version_for("uk", (vi, article("x", "en"))) is vi


def test_one_number_in_the_manner_of_four_languages_is_one_number() -> None:
    assert list(numbers("300.000; 300,000; 300 000; 300\u00a0000")) == ["300000"] * 4
    assert list(numbers("0.84 and 0,84, 7 of 12")) == ["0.84", "0.84", "12"]
