from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import article, articles, catalog_of, config
from toasoan.catalog.catalog import Catalog, ListKind, Numbers
from toasoan.checks.addresses import check_addresses
from toasoan.content.static_pages import StaticPage
from toasoan.diagnostics import Report
from toasoan.model.article import Article, Photo, Translation
from toasoan.plan import Home, Listing, Page, Reading, numbered_pages, pages_of, targets
from toasoan.settings import HomeChoice, HomeSettings, PagesSettings
from toasoan.state import stored_path
from toasoan.targets import Target


def planned(*given: Article, static: tuple[StaticPage, ...] = (), **settings: Any) -> tuple[Catalog, dict[str, Page]]:
    catalog = catalog_of(*given, settings=config(**settings))
    for page in static:
        row = (stored_path(page.path), page.language, page.slug, page.title, page.description)
        catalog.state.run("INSERT INTO static_page VALUES (?, ?, ?, ?, ?, '[]')", *row)
    pages = [page for target in tuple(targets(catalog)) for page in pages_of(*target, catalog)]
    return catalog, {page.address: page for page in pages}


def plan(*given: Article, static: tuple[StaticPage, ...] = (), **settings: Any) -> dict[str, Page]:
    return planned(*given, static=static, **settings)[1]


def listing(count: int) -> Listing:
    numbers = tuple(range(1, count + 1))
    return Listing(ListKind.TAG, "t", "T", None, None, "/vi/tag/t/", numbers, count)


def numbers(pages: list[Listing]) -> list[Numbers]:
    return [page.articles for page in pages]


def slugs(found: Sequence[int], catalog: Catalog) -> list[str]:
    return [one.slug for one in catalog.articles(found)]


# ---- numbered pages


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (1, [1]), (5, [5]), (6, [3, 3]), (8, [5, 3]), (9, [3, 3, 3])])
def test_the_front_page_holds_one_to_two_pages_full(count: int, sizes: list[int]) -> None:
    assert [len(page.articles) for page in numbered_pages(listing(count), 3)] == sizes


def test_pages_are_numbered_from_the_oldest() -> None:
    pages = list(numbered_pages(listing(9), 3))

    assert [page.page_address for page in pages] == ["/vi/tag/t/", "/vi/tag/t/2/", "/vi/tag/t/1/"]
    assert pages[-1].articles[-1] == 9


def test_a_new_article_changes_the_front_page_only_until_it_is_full() -> None:
    def pages_of_newest(count: int) -> list[Numbers]:
        newest_first = tuple(range(count, 0, -1))
        return numbers(list(numbered_pages(replace(listing(count), articles=newest_first), 3)))

    before, one_more, overflown = pages_of_newest(7), pages_of_newest(8), pages_of_newest(9)

    assert before[1:] == one_more[1:] == overflown[2:]
    assert len(overflown) == len(before) + 1


# ---- which pages there are


def test_an_empty_portal_has_its_fixed_pages() -> None:
    of_each_language = ("", "404.html", "archive/", "agency/", "photos/", "videos/", "local/", "search/")

    assert set(plan(sections=["local"])) == {"/", "/404.html"} | {
        f"/{tag}/{path}" for tag in ("vi", "en") for path in of_each_language
    }


def home_of(given: tuple[Article, ...], language: str = "vi", **home: Any) -> tuple[str | None, list[str], list[str]]:
    """Slugs of the lead, of what is pinned and of the newest on a home page."""
    catalog = catalog_of(*given, settings=replace(config(), home=HomeSettings(**home)))
    (page,) = (page for page in pages_of(Target.LANGUAGE, language, catalog) if isinstance(page.subject, Home))
    home_page = page.subject
    assert isinstance(home_page, Home)
    lead = slugs([home_page.lead], catalog)[0] if home_page.lead else None
    return lead, slugs(home_page.pinned, catalog), slugs(home_page.newest, catalog)


THREE = (article("new", published="2025-06-03"), article("mid", published="2025-06-02"), article("old"))


def test_the_newest_article_leads_where_editors_chose_none() -> None:
    assert home_of(THREE) == ("new", [], ["mid", "old"])


def test_editors_choose_what_leads_and_what_is_pinned_and_neither_is_shown_twice() -> None:
    assert home_of(THREE, lead="old", pinned=("mid", "old", "mid")) == ("old", ["mid"], ["new"])


def test_a_choice_that_is_not_there_is_passed_over() -> None:
    assert home_of(THREE, lead="gone", pinned=("gone", "old")) == ("new", ["old"], ["mid"])


def test_a_language_may_choose_for_itself() -> None:
    own = {"vi": HomeChoice("mid", ())}

    assert home_of(THREE, lead="old", pinned=("new",), languages=own) == ("mid", [], ["new", "old"])


def test_articles_with_photographs_are_in_the_list_of_photos() -> None:
    with_photo = article("seen", photos=(Photo("a.png"),))
    pages = plan(with_photo, article("unseen", photos=(Photo(caption="Lost"),)))

    photos = pages["/vi/photos/"].subject
    assert isinstance(photos, Listing)
    assert photos.total == 1
    assert pages["/en/photos/"].indexable is False
    assert "/vi/photos/" not in plan(with_photo, pages=PagesSettings(photos=False))


def test_an_article_brings_its_own_page_and_all_its_lists() -> None:
    one = article(section="local", tags=("gốm",), authors=("Lê Lan",), publisher="Báo Thử")

    assert set(plan(one)) - set(plan()) == {
        "/vi/office/",
        "/vi/2025/06/",
        "/vi/local/2025/06/",
        "/vi/tag/gom/",
        "/vi/author/le-lan/",
        "/vi/agency/bao-thu/",
    }


def test_an_undated_article_brings_no_archive() -> None:
    assert set(plan(article(published=None, section="local"))) - set(plan()) == {"/vi/office/"}


def test_the_front_page_of_a_section_shows_twice_a_page_and_leads_to_its_months() -> None:
    front = plan(*articles(10, section="local"), articles_per_page=3)["/vi/local/"].subject

    assert isinstance(front, Listing)
    assert (len(front.articles), front.total, front.pages) == (6, 10, 0)
    assert [(month.address, month.count) for month in front.months] == [("/vi/local/2025/01/", 10)]


def test_the_home_page_has_the_newest_and_a_block_for_each_section_with_enough() -> None:
    given = (*articles(9, section="local"), article("alone", section="heritage", published="2020-01-01"))

    catalog, pages = planned(*given)
    home = pages["/vi/"].subject

    assert isinstance(home, Home)
    assert home.lead is not None
    assert slugs([home.lead, *home.newest], catalog) == [one.slug for one in given[:8]]
    assert [(block.section, slugs(block.articles, catalog)) for block in home.blocks] == [
        ("local", [one.slug for one in given[1:6]])
    ]


def test_an_article_names_its_neighbours_once() -> None:
    one, same = article("one", section="local", authors=("Lan",)), article("same", section="local", authors=("Lan",))
    author = article("author", authors=("Lan",))

    catalog, pages = planned(one, same, author)
    reading = pages["/vi/one/"].subject

    assert isinstance(reading, Reading)
    assert (slugs(reading.same_section, catalog), slugs(reading.same_author, catalog)) == (["same"], ["author"])


def test_neighbours_are_the_nearest_ones_half_of_them_newer() -> None:
    catalog, pages = planned(*articles(9, section="local"))

    def neighbours(slug: str) -> list[str]:
        reading = pages[f"/vi/{slug}/"].subject
        assert isinstance(reading, Reading)
        return slugs(reading.same_section, catalog)

    assert neighbours("a-2025-01-05") == ["a-2025-01-07", "a-2025-01-06", "a-2025-01-04", "a-2025-01-03"]
    assert neighbours("a-2025-01-09") == ["a-2025-01-08", "a-2025-01-07", "a-2025-01-06", "a-2025-01-05"]
    assert neighbours("a-2025-01-02") == ["a-2025-01-05", "a-2025-01-04", "a-2025-01-03", "a-2025-01-01"]


def test_only_lists_with_articles_may_be_indexed() -> None:
    pages = plan(article(section="local"))

    assert pages["/vi/local/"].indexable
    assert not pages["/vi/heritage/"].indexable
    assert not pages["/en/local/"].indexable
    assert pages["/vi/local/"].alternates is None
    assert not pages["/en/agency/"].indexable
    assert not pages["/vi/404.html"].indexable


# ---- translations


def test_pages_of_one_kind_are_each_others_translations_where_both_may_be_indexed() -> None:
    pages = plan(article("a", section="local"), article("b", "en", section="local"))

    assert pages["/vi/local/"].alternates == {"vi": "/vi/local/", "en": "/en/local/"}
    assert pages["/vi/local/"].x_default == "/vi/local/"
    assert pages["/vi/heritage/"].alternates is None
    assert pages["/vi/"].x_default == "/"


def test_versions_of_a_story_are_alternates_and_the_original_is_for_everybody_else() -> None:
    vi = article("gom", story="s")
    en = article("ceramics", "en", story="s", translation=Translation.ORIGINAL)

    page = plan(vi, en)["/vi/gom/"]

    assert page.alternates == {"vi": "/vi/gom/", "en": "/en/ceramics/"}
    assert page.x_default == "/en/ceramics/"


def test_an_article_in_one_language_has_no_alternates() -> None:
    page = plan(article())["/vi/office/"]

    assert (page.alternates, page.x_default) == (None, None)


# ---- two pages that want one address


def static(slug: str, language: str = "vi") -> StaticPage:
    return StaticPage(language, slug, slug.title(), f"site/pages/{language}/{slug}.md")


@pytest.mark.parametrize(
    ("given", "owner"),
    [
        ((article("heritage"),), "the list of section 'heritage'"),
        ((article("archive"),), "a page that the portal always has"),
        ((article("agency"),), "a page that the portal always has"),
        ((article("Office"), article("office", path="x")), "site/content/vi/Office.md"),
    ],
)
def test_an_address_asked_for_twice_is_told_at_the_text_that_can_be_changed(
    given: tuple[Article, ...], owner: str
) -> None:
    report = Report()
    check_addresses(planned(*given)[0], report)

    (told,) = report
    assert told.code == "duplicate-address"
    assert owner in told.message
    assert told.location.path.startswith(("site/content/", "x"))


def test_a_static_page_may_not_have_an_articles_address() -> None:
    report = Report()
    check_addresses(planned(article("about"), static=(static("about"), static("about", "en")))[0], report)

    assert [told.location.path for told in report] == ["site/pages/vi/about.md"]


def test_static_pages_of_one_name_are_each_others_translations() -> None:
    pages = plan(static=(static("about"), static("about", "en"), static("legal")))

    assert pages["/vi/about/"].alternates == {"vi": "/vi/about/", "en": "/en/about/"}
    assert pages["/vi/legal/"].alternates is None


def test_a_page_has_no_second_form_of_its_address() -> None:
    whole = listing(3)

    assert replace(whole, number=2).page_address == "/vi/tag/t/2/"


def test_a_languages_feeds_lie_at_its_home_and_other_lists_feeds_with_them() -> None:
    tag = listing(3)
    language = replace(tag, kind=ListKind.LANGUAGE, front="/vi/archive/")

    assert (tag.rss, tag.json_feed) == (None, "/vi/tag/t/feed.json")
    assert (language.rss, language.json_feed) == ("/vi/feed.xml", "/vi/feed.json")
    assert (replace(language, number=1).rss, replace(language, number=1).json_feed) == (
        None,
        "/vi/archive/1/feed.json",
    )
