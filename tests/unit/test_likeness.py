import tomllib
from collections.abc import Sequence
from typing import Any

import pytest

from tests.builders import REPOSITORY
from toasoan.catalog.likeness import UNDATED, WINDOW, HoldersInMemory, Place, likest, lot_of, touched
from toasoan.catalog.signature import FEATURES, Signature, common_words, draw, name_key, numbers, signature, terms

NOTHING: frozenset[str] = frozenset()


def described(
    text: str = "", language: str = "en", title: str = "", tags: Sequence[str] = (), common: frozenset[str] = NOTHING
) -> Signature:
    return signature(title, None, tags, language, text, common)


def at(moment: int, letters: str, language: str = "en") -> Place:
    """A place with letters that stand for an article, and that are in order as letters are."""
    return Place(moment, int.from_bytes(letters.encode(), "big"), language)


def letters(place: Place) -> str:
    return place.lot.to_bytes(7, "big").lstrip(b"\0").decode()


def lists(*articles: tuple[Place, Signature]) -> dict[str, list[str]]:
    holders = HoldersInMemory((number, *article) for number, article in enumerate(articles))
    return {
        letters(place): [letters(articles[other][0]) for other in likest(mine, place, holders)]
        for place, mine in articles
    }


def lists_of_texts(*texts: str, language: str = "en") -> list[list[str]]:
    articles = [
        (at(number, f"a{number}", language), described(text, language, title=text))
        for number, text in enumerate(texts)
    ]
    return list(lists(*articles).values())


# ---- who is alike


@pytest.mark.parametrize(
    ("language", "one", "same", "far"),
    [
        (
            "vi",
            "Thợ gốm Bát Tràng nhóm lò nung, lò nung cháy suốt đêm.",
            "Lò nung của thợ gốm được sửa.",
            "Chợ nổi họp sớm, thuyền ghe chở trái cây.",
        ),
        (
            "en",
            "Potters light the kiln; the kiln burns all night for glazed pottery.",
            "A new kiln for the potters and their glazed pottery.",
            "The floating market opens early and boats carry fruit.",
        ),
        (
            "uk",
            "Гончарі розпалили піч, гончарні вироби випалюють у печі вночі.",
            "Гончарі показали вироби, які випалюють за давнім звичаєм.",
            "Плавучий ринок відкривають рано, човни везуть садовину.",
        ),
        ("zh", "陶工点燃窑炉, 窑炉整夜燃烧。", "陶工修好了窑炉。", "水上市场清晨开张, 小船运来水果。"),
        ("th", "ช่างปั้นจุดเตาเผา เตาเผาลุกตลอดคืน", "เตาเผาของช่างปั้นซ่อมแล้ว", "ตลาดนัดขายผลไม้แต่เช้า"),
        ("ar", "الخزاف يشعل الفرن والفرن يشتعل طوال الليل", "الخزاف يصلح الفرن", "السوق العائم يبيع الفواكه"),
    ],
)
def test_articles_on_one_matter_find_each_other(language: str, one: str, same: str, far: str) -> None:
    assert lists_of_texts(one, same, far, language=language) == [["a1"], ["a0"], []]


def test_the_likest_come_first() -> None:
    one = "The kiln of Northfield burns pottery; glazed pottery from Northfield."
    assert lists_of_texts(one, "Glazed pottery from a northern kiln, burns.", one)[0] == ["a2", "a1"]


def test_among_equals_the_nearest_in_time_come_first_and_undated_ones_last() -> None:
    mine = ((1, 5),)
    places = [at(moment, name) for moment, name in ((-900, "new"), (-100, "it"), (-50, "old"), (UNDATED, "none"))]

    assert lists(*((place, mine) for place in places))["it"] == ["old", "new", "none"]


def test_ties_are_broken_by_the_articles_and_not_by_their_numbers() -> None:
    articles = [(at(-1, name, language), ((1, 9), (2, 9), (3, 9))) for name in "cab" for language in ("vi", "en")]
    expected = [("a", "en"), ("a", "vi"), ("b", "en"), ("b", "vi"), ("c", "en")]

    for given in (articles, articles[::-1]):
        holders = HoldersInMemory((number, *one) for number, one in enumerate(given))
        found = [given[number][0] for number in likest(articles[0][1], articles[0][0], holders)]
        assert [(letters(place), place.language) for place in found] == expected


def test_what_is_shared_counts_as_often_as_both_have_it() -> None:
    assert lists((at(0, "a"), ((1, 9),)), (at(1, "b"), ((1, 4),))) == {"a": [], "b": []}


def test_numbers_and_names_relate_articles_across_languages() -> None:
    vi = described(
        "Tuyến đường sắt Lào Cai – Hải Phòng dài 391 km, tốn 8,43 tỷ USD, nối Lào Cai với Hải Phòng.", "vi"
    )
    ru = described("Железная дорога Лаокай – Хайфон длиной 391 км стоит 8,43 млрд, от Лаокая до Хайфона.", "ru")
    uk = described("Людей 391, а грошей 7.", "uk")

    found = lists((at(0, "vi", "vi"), vi), (at(1, "ru", "ru"), ru), (at(2, "uk", "uk"), uk))
    assert found == {"vi": ["ru"], "ru": ["vi"], "uk": []}


def test_tags_alone_relate_nothing_but_put_in_order() -> None:
    text = "The kiln of the potters burns glazed pottery."
    plain, tagged = described(title=text), described(title=text, tags=["Craft", "Culture"])

    assert lists((at(0, "a"), described(tags=["culture"])), (at(1, "b"), tagged))["a"] == []
    found = lists((at(0, "a"), tagged), (at(1, "b"), plain), (at(2, "c"), tagged))
    assert found["a"] == ["c", "b"]


def test_only_the_nearest_holders_count_and_are_touched() -> None:
    mine = ((7, 6),)
    articles = [(number, at(number, f"a{number}"), mine) for number in range(100)]
    holders = HoldersInMemory(articles)
    nearest = {*range(50 - WINDOW // 2, 50), *range(51, 51 + WINDOW // 2)}

    assert set(likest(mine, articles[50][1], holders)) == nearest
    assert touched(mine, articles[50][1], holders) == nearest
    holders.remove(articles[50][1], mine)
    assert touched(mine, articles[50][1], holders) == nearest


def test_what_is_taken_out_and_put_back_is_where_it_was() -> None:
    articles = [(number, at(-number, "a"), ((1, number),)) for number in range(3)]
    holders = HoldersInMemory(articles)
    holders.remove(articles[1][1], articles[1][2])
    assert list(holders.near(((1, 7),), articles[1][1], 5)) == [(7, [2, 0], [2, 0])]

    holders.add(*articles[1])
    assert list(holders.near(((1, 7),), at(-9, "a"), 5)) == [(7, [2, 1, 0], [2, 1, 0])]


# ---- what describes an article


def test_a_signature_is_the_same_on_every_machine() -> None:
    assert described("Kiln.", tags=["Craft"]) == ((2331469891868857415, 1),)
    assert draw("site/content/en/2025/office.md") == 514361410678301826


def test_a_signature_is_short_sorted_and_of_positive_numbers() -> None:
    text = " ".join(
        f"The {chr(97 + number % 26) * 5} of Pack{chr(97 + number) * 3} ate {number + 100}." for number in range(24)
    )
    mine = described(text, tags=["one", "two", "three"], title="Wolves")

    assert len(mine) == FEATURES
    assert list(mine) == sorted(mine)
    assert all(0 < feature < 2**63 and 0 < weight < 16 for feature, weight in mine)
    assert described() == ()


def test_the_unicode_form_case_and_addresses_of_a_text_change_nothing() -> None:
    assert described("Гончарі, гончарі", "uk") == described("ГОНЧАРІ, гончарі", "uk")
    assert described("Ho\u0302m nay", "vi") == described("Hôm nay", "vi")
    assert described("[potters](https://example.com/kilns/12345)") == described("[potters](/en/)")


def test_inflected_words_are_one_word() -> None:
    assert described("контейнеры", "ru") == described("контейнеров", "ru")
    assert described("launches") == described("launched")


@pytest.mark.parametrize(
    "names",
    [
        ("Hải Phòng", "Hai Phong", "Хайфон", "Хайфоном", "HẢI PHÒNG"),
        ("Hà Nội", "Hanoi", "Ханой", "Ханоя"),
        ("Зеленський", "Зеленского", "Zelensky", "Zelenskyi"),
        ("Lào Cai", "Laokai", "Лаокай"),
    ],
)
def test_a_name_has_one_key_in_all_languages(names: tuple[str, ...]) -> None:
    keys = {name_key(name.replace(" ", "")) for name in names}

    assert len(keys) == 1 or keys == {"^hanoi", "^hanoia"}


def test_a_capital_letter_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    assert not any(
        term.startswith("^") for term in terms("Potters here", None, (), "en", "Kilns burn. Markets open.")
    )
    assert "^northf" in terms("", None, (), "en", "They went to Northfield.")


def test_one_number_in_the_manner_of_all_languages_is_one_number() -> None:
    assert list(numbers("300.000; 300,000; 300 000; 300\u00a0000; 300\u202f000; ٣٠٠٠٠٠")) == ["300000"] * 6
    assert list(numbers("0.84 and 0,84, 7 of 12")) == ["0.84", "0.84", "12"]
    assert list(numbers("1.234.567,8; 9 2025; 2025 300")) == ["1234567.8", "2025", "2025", "300"]


def test_years_and_round_numbers_say_little() -> None:
    assert described("1 9 2025 1999") == ()
    assert [max(weight for _, weight in described(number)) for number in ("1000", "1200", "1234")] == [1, 2, 4]


# ---- which words say nothing


def test_common_words_are_learned_in_any_script() -> None:
    for language, common, others in (
        ("en", "because", ["potters", "markets", "glazing", "harvest"]),
        ("ru", "потому", ["гончар", "рынок", "глазурь", "урожай"]),
        ("zh", "因为", ["陶工", "市场", "釉料", "收获"]),
    ):
        learned = common_words(terms("", None, (), language, f"{common}, {other}") for other in others)
        assert learned == {common[:6]}
        assert described(common, language, common=learned) == ()


def test_common_tags_names_and_numbers_are_learned_as_well() -> None:
    sample = [terms("", None, ["News"], "en", f"In Hanoi there are 365 of type {letter * 5}.") for letter in "abcd"]

    assert {"#news", "^hanoi", "365"} <= common_words(sample)


@pytest.mark.parametrize(
    ("articles", "least"), [(0, None), (1, None), (2, None), (3, 3), (5, 4), (20, 8), (64, 8), (160, 20)]
)
def test_the_smaller_a_sample_the_more_of_it_must_agree(articles: int, least: int | None) -> None:
    def learned(having: int) -> frozenset[str]:
        return common_words({"often"} if number < having else set() for number in range(articles))

    if least is None:
        assert learned(articles) == frozenset()
    else:
        assert learned(least) == {"often"}
        assert learned(least - 1) == frozenset()


def test_draws_are_spread_and_depend_on_the_path_alone() -> None:
    draws = [draw(f"site/content/en/{number}.md") for number in range(1000)]

    assert draws == [draw(f"site/content/en/{number}.md") for number in range(1000)]
    assert len(set(draws)) == 1000
    assert 400 < sum(lot < 2**62 for lot in draws) < 600


# ---- how well lists keep to their matter


def labelled_news() -> list[dict[str, Any]]:
    """The set that benchmarks/related_quality.py measures with."""
    return [
        {"summary": None, **fields, "language": path.stem, "slug": f"{number:02}"}
        for path in sorted((REPOSITORY / "benchmarks" / "related").glob("*.toml"))
        for number, fields in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["articles"])
    ]


def test_lists_keep_to_the_matter_of_their_articles() -> None:
    news = labelled_news()
    texts = [(one["title"], one["summary"], one["tags"], one["language"], one["body"]) for one in news]
    common = {
        language: common_words(terms(*text) for text in texts if text[3] == language)
        for language in {one["language"] for one in news}
    }
    signatures = [signature(*text, common[text[3]]) for text in texts]
    places = [Place(-one["date"].toordinal(), lot_of(one["language"], one["slug"]), one["language"]) for one in news]
    holders = HoldersInMemory(zip(range(len(news)), places, signatures, strict=True))
    found = there = right = listed = right_across = listed_across = 0
    for number, one in enumerate(news):
        others = [news[other] for other in likest(signatures[number], places[number], holders)]
        assert one["topic"] or others == []
        own = [other["topic"] == one["topic"] for other in others if other["language"] == one["language"]][:5]
        across = [other["topic"] == one["topic"] for other in others if other["language"] != one["language"]][:5]
        same = sum((other["topic"], other["language"]) == (one["topic"], one["language"]) for other in news) - 1
        if one["topic"]:
            found += sum(own[: min(5, same)])
            there += min(5, same)
        right, listed = right + sum(own), listed + len(own)
        right_across, listed_across = right_across + sum(across), listed_across + len(across)

    assert found / there > 0.82
    assert right / listed > 0.97
    assert right_across / listed_across > 0.97
    assert listed_across > 50
