import pytest

from tests.builders import article, catalog_of
from toasoan.catalog.story import canonical_source
from toasoan.model.article import Article, ArticleId, Translation

SOURCE = "https://baothu.example/1"


def story_keys(given: list[Article]) -> dict[ArticleId, str]:
    catalog = catalog_of(*given)
    found = catalog.articles(tuple(catalog.state.rows("SELECT number FROM article")))
    return {one.id: one.story for one in found}


def test_an_article_alone_is_a_story_of_its_own() -> None:
    one, other = article("one"), article("other")

    keys = story_keys([one, other])

    assert keys[one.id] != keys[other.id]


def test_articles_that_name_one_story_are_one() -> None:
    vi, en = article("van-phong", story="office"), article("office", "en", story="office")

    assert set(story_keys([vi, en]).values()) == {"office"}


def test_articles_of_one_source_are_one_story() -> None:
    vi = article("van-phong", source_url="https://www.baothu.example/1/")
    en = article("office", "en", source_url="http://baothu.example/1#top")

    assert len(set(story_keys([vi, en]).values())) == 1


def test_a_story_named_by_one_holds_for_all_of_its_source() -> None:
    vi, en = article("van-phong", source_url=SOURCE), article("office", "en", source_url=SOURCE, story="office")

    assert set(story_keys([vi, en]).values()) == {"office"}


def test_an_original_belongs_to_the_translations_that_name_its_slug() -> None:
    vi = article("van-phong", translation=Translation.ORIGINAL)
    en = article("office", "en", story="van-phong")

    assert set(story_keys([vi, en]).values()) == {"van-phong"}


def test_an_article_that_only_happens_to_have_that_slug_does_not() -> None:
    vi, en = article("van-phong"), article("office", "en", story="van-phong")

    assert len(set(story_keys([vi, en]).values())) == 2


def test_one_slug_in_two_languages_does_not_make_one_story() -> None:
    assert len(set(story_keys([article("office"), article("office", "en")]).values())) == 2


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.BaoThu.example/A/?id=1#x", "baothu.example/A?id=1"),
        ("http://baothu.example", "baothu.example"),
        ("https://[broken", ""),
    ],
)
def test_a_source_is_known_without_what_does_not_tell_pages_apart(url: str, canonical: str) -> None:
    assert canonical_source(url) == canonical
