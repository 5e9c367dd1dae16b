"""The words of articles, packed, and cut into files."""

from hypothesis import given
from hypothesis import strategies as st

from toasoan.search.entry import ALPHABET, IN_LEDE, IN_TITLE, STRETCH, folding_of, search_entry, words_of
from toasoan.search.shards import COMMON, COMMON_MARK, LIMIT, shards


def found(entry: bytes) -> dict[str, str]:
    terms, payloads = words_of(entry)
    return dict(zip(terms, payloads, strict=True))


def weight(payload: str) -> int:
    return ALPHABET.index(payload[0]) >> 2


def lines(*entries: bytes) -> dict[str, str]:
    """What the files say of each key and form."""
    told = (line.split(" ") for shard in shards(entries, folding_of("en")) for line in shard.text.split("\n"))
    return {f"{key} {form}".strip(): said for key, form, said in told}


def entry(title: str = "", *lede: str, text: str = "", language: str = "en") -> bytes:
    return search_entry(title, lede, text, folding_of(language))


def test_a_word_weighs_what_its_place_is_worth() -> None:
    it = found(entry("Salt", "lagoon", text="wind wind wind salt"))
    assert weight(it["salt"]) == IN_TITLE + 1
    assert weight(it["lagoon"]) == IN_LEDE
    assert weight(it["wind"]) == 2


def test_it_is_told_in_which_stretch_a_word_begins_and_ends() -> None:
    it = found(entry(text="first " + "word " * STRETCH + "first last"))
    assert it["first"][1:] == "01"
    assert it["last"][1:] == "1"


def test_a_form_stands_beside_its_key_only_where_it_differs() -> None:
    made = list(shards([entry("sắt sat", language="vi")], folding_of("vi")))
    assert [line.split(" ")[:2] for line in made[0].text.split("\n")] == [["sat", ""], ["sat", "sắt"]]


def test_addresses_are_no_words() -> None:
    assert set(found(entry(text="see [this](https://host.example/secret) <https://other.example>"))) == {
        "see",
        "this",
    }


def test_files_tell_each_article_of_a_word() -> None:
    it = lines(entry("Salt"), entry("Tea"), entry("salt"))
    assert [it["salt"][at : at + 2] for at in (0, 4)] == ["00", "02"]
    assert it["tea"].startswith("01")


def test_common_words_are_told_of_titles_and_ledes_alone() -> None:
    entries = [entry(text="common")] * COMMON + [entry("Common")]
    assert lines(*entries)["common"].startswith(COMMON_MARK)
    assert len(lines(*entries)["common"]) == 1 + 4
    assert not lines(*[entry(text="common")] * (COMMON - 1))["common"].startswith(COMMON_MARK)


def test_no_articles_make_no_files() -> None:
    assert list(shards([], folding_of("en"))) == []
    assert list(shards([entry()], folding_of("en"))) == []


words = st.text(st.characters(categories=["Ll", "Lo", "Nd"]), min_size=1, max_size=8)


@given(st.lists(st.lists(words, max_size=30), max_size=12))
def test_each_key_lies_between_the_starts_of_files(articles: list[list[str]]) -> None:
    made = list(shards([entry(text=" ".join(it)) for it in articles], folding_of("en")))
    for shard, after in zip(made, [*made[1:], None], strict=False):
        for line in shard.text.split("\n"):
            assert shard.start <= line.split(" ")[0]
            assert after is None or line.split(" ")[0] < after.start


def test_many_words_are_cut_into_small_files() -> None:
    text = " ".join(
        f"{chr(97 + a)}{chr(97 + b)}{chr(97 + c)}" for a in range(26) for b in range(26) for c in range(26)
    )
    made = list(shards([entry(text=text)], folding_of("en")))
    assert len(made) > 5
    assert all(len(shard.text) <= LIMIT for shard in made)
    assert [it.start for it in made] == sorted(it.start for it in made)


def test_a_new_article_leaves_files_alone_in_which_it_has_no_word() -> None:
    text = " ".join(
        f"{chr(97 + a)}{chr(97 + b)}{chr(97 + c)}" for a in range(26) for b in range(26) for c in range(26)
    )
    before, after = (
        set(shards([entry(text=text)], folding_of("en"))),
        set(shards([entry(text=text), entry("apple")], folding_of("en"))),
    )
    assert len(after - before) == 1
