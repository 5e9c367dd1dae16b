from tests.builders import article, articles, codes, config, day_or_moment
from toasoan.catalog.catalog import Catalog, LanguageIndex, Month, agency_named, by_month, catalogue, newest_first
from toasoan.config import Config
from toasoan.diagnostics import Report
from toasoan.model.article import Article, Status
from toasoan.model.publisher import Publisher


def catalog_of(*given: Article, settings: Config | None = None) -> Catalog:
    report = Report()
    catalog = catalogue(given, settings or config(), report)
    assert codes(report) == []
    return catalog


def vietnamese(*given: Article, settings: Config | None = None) -> LanguageIndex:
    return catalog_of(*given, settings=settings).languages["vi"]


def test_the_newest_come_first_and_undated_ones_last() -> None:
    old, new = article("old", published="2024-01-01"), article("new", published="2025-01-01T09:00")
    b, a = article("b", published=None), article("a", published=None)

    assert newest_first([b, old, a, new]) == (new, old, a, b)


def test_articles_of_one_moment_stand_by_slug_whatever_order_they_came_in() -> None:
    same = [article(slug) for slug in ("c", "a", "b")]

    assert (
        [one.slug for one in newest_first(same)] == [one.slug for one in newest_first(reversed(same))] == list("abc")
    )


def test_moments_are_compared_across_zones() -> None:
    """A day begins with its first moment in the portal's zone."""
    day, before = article("day", published="2025-06-02"), article("before", published="2025-06-01T23:59")

    assert newest_first([before, day]) == (day, before)


def test_months_come_newest_first_and_undated_articles_are_in_none() -> None:
    may, june = article("may", published="2025-05-31T23:59"), article("june", published="2025-06-01")

    assert list(by_month([may, article("undated", published=None), june]).items()) == [
        (Month(2025, 6), (june,)),
        (Month(2025, 5), (may,)),
    ]


def test_drafts_and_withdrawn_articles_are_in_no_index() -> None:
    hidden = [article("a", status=Status.DRAFT, tags=("x",)), article("b", status=Status.WITHDRAWN, authors=("y",))]

    index = vietnamese(*hidden)

    assert (index.articles, index.tags, index.authors) == ((), (), ())


def test_every_section_has_a_list_be_it_empty() -> None:
    one = article(section="local")

    assert vietnamese(one).sections == {"heritage": (), "local": (one,)}


def test_names_that_differ_in_case_only_are_one_term() -> None:
    index = vietnamese(article("a", tags=("Gốm",)), article("b", tags=("gốm", "GỐM")))

    assert [(term.slug, term.name, len(term.articles)) for term in index.tags] == [("gom", "GỐM", 2)]


def test_names_that_differ_in_marks_only_have_addresses_of_their_own() -> None:
    index = vietnamese(article("a", tags=("Bàn nhà", "Bán nhà")))

    assert {term.name: term.slug for term in index.tags} == {"Bàn nhà": "ban-nha", "Bán nhà": "ban-nha-2"}


def test_addresses_of_terms_do_not_depend_on_which_article_is_newer() -> None:
    def slugs(first: str, second: str) -> dict[str, str]:
        one = article("a", tags=("Bán nhà",), published=first)
        other = article("b", tags=("Bàn nhà",), published=second)
        return {term.name: term.slug for term in vietnamese(one, other).tags}

    assert slugs("2024-01-01", "2025-01-01") == slugs("2025-01-01", "2024-01-01")


def test_terms_are_kept_apart_by_language() -> None:
    catalog = catalog_of(article("a", tags=("x",)), article("b", "en", tags=("y",)))

    assert [[term.name for term in catalog.languages[tag].tags] for tag in ("vi", "en")] == [["x"], ["y"]]


def test_agencies_are_known_by_their_spellings_and_those_with_most_articles_come_first() -> None:
    listed = Publisher("bao-thu", "Báo Thử", "vi", spellings=("Bao Thu",))
    given = [
        article("a", publisher="Zeta"),
        article("b", publisher="BÁO THỬ"),
        article("c", publisher="bao thu"),
        article("d"),
    ]

    agencies = vietnamese(*given, settings=config(publishers=[listed])).agencies

    assert [(one.slug, one.name, one.name_language, len(one.articles)) for one in agencies] == [
        ("bao-thu", "Báo Thử", "vi", 2),
        ("zeta", "Zeta", None, 1),
    ]


def test_an_agency_that_is_not_listed_goes_by_its_name() -> None:
    assert agency_named("Đài Thử", config()) == Publisher("dai-thu", "Đài Thử")


def test_versions_of_a_story_stand_in_the_order_of_the_portals_languages() -> None:
    en, vi = article("office", "en", story="s"), article("van-phong", story="s")

    assert catalog_of(en, vi).versions(en) == (vi, en)


def test_two_articles_of_one_story_in_one_language_are_a_mistake() -> None:
    report = Report()

    catalogue([article("a", story="s"), article("b", story="s"), article("c", "en", story="s")], config(), report)

    assert [str(told).split(" [")[0] for told in report] == [
        "site/content/vi/b.md: error: this story is already told in 'vi' by site/content/vi/a.md"
    ]


def test_a_withdrawn_version_does_not_count_as_one() -> None:
    catalog_of(article("a", story="s"), article("b", story="s", status=Status.WITHDRAWN))


def test_a_moment_in_another_zone_falls_on_the_portals_day() -> None:
    assert str(day_or_moment("2025-01-01T06:30")) == "2025-01-01T06:30:00+07:00"
    assert str(day_or_moment("2025-01-01")) == "2025-01-01"
    assert len(articles(3)) == 3


def test_agencies_whose_names_differ_in_marks_only_have_lists_of_their_own() -> None:
    one, two = article("one", publisher="Bán tin"), article("two", publisher="Bản tin")
    catalog = catalogue([one, two], config(), Report())

    agencies = catalog.languages["vi"].agencies
    assert {(term.name, term.articles) for term in agencies} == {("Bán tin", (one,)), ("Bản tin", (two,))}
    assert len({term.slug for term in agencies}) == 2


def test_an_unlisted_agency_does_not_get_the_list_of_a_listed_one() -> None:
    listed = Publisher("ban-tin", "Bản Tin Chính", "vi")
    one, two = article("one", publisher="Bản Tin Chính"), article("two", publisher="Bán tin")
    catalog = catalogue([one, two], config(publishers=[listed]), Report())

    assert {term.slug: term.name for term in catalog.languages["vi"].agencies} == {
        "ban-tin": "Bản Tin Chính",
        "ban-tin-2": "Bán tin",
    }


def test_an_unlisted_agency_written_in_capitals_is_the_same_one() -> None:
    given = [article("one", publisher="Bản Tin"), article("two", publisher="BẢN TIN")]

    (agency,) = catalogue(given, config(), Report()).languages["vi"].agencies
    assert (agency.slug, len(agency.articles)) == ("ban-tin", 2)
