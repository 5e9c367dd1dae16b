from tests.builders import article, articles, catalog_of, codes, config, day_or_moment
from toasoan.catalog.catalog import ArticleList, Catalog, ListKind
from toasoan.catalog.postings import signature_of
from toasoan.catalog.signature import signature
from toasoan.checks.addresses import check_stories
from toasoan.config import Config
from toasoan.diagnostics import Report
from toasoan.model.article import Article, Status
from toasoan.model.publisher import Publisher


def slugs_in_order(*given: Article) -> list[str]:
    catalog = catalog_of(*given)
    return [one.slug for one in catalog.articles(catalog.newest("vi", 100))]


def lists(kind: ListKind, *given: Article, settings: Config | None = None) -> tuple[ArticleList, ...]:
    return catalog_of(*given, settings=settings).lists("vi", kind)


def slugs_in(found: ArticleList, catalog: Catalog) -> list[str]:
    return [one.slug for one in catalog.articles([number for number, _ in catalog.members(found.number)])]


def test_the_newest_come_first_and_undated_ones_last() -> None:
    old, new = article("old", published="2024-01-01"), article("new", published="2025-01-01T09:00")
    b, a = article("b", published=None), article("a", published=None)

    assert slugs_in_order(b, old, a, new) == ["new", "old", "a", "b"]


def test_articles_of_one_moment_stand_by_slug_whatever_order_they_came_in() -> None:
    same = [article(slug) for slug in ("c", "a", "b")]

    assert slugs_in_order(*same) == slugs_in_order(*reversed(same)) == list("abc")


def test_moments_are_compared_across_zones() -> None:
    """A day begins with its first moment in the portal's zone."""
    day, before = article("day", published="2025-06-02"), article("before", published="2025-06-01T23:59")

    assert slugs_in_order(before, day) == ["day", "before"]


def test_articles_know_their_month_and_undated_ones_have_none() -> None:
    may, june = article("may", published="2025-05-31T23:59"), article("june", published="2025-06-01")
    catalog = catalog_of(may, article("undated", published=None), june)
    whole = catalog.list_of("vi", ListKind.LANGUAGE, "")

    assert whole is not None
    assert [month for _, month in catalog.members(whole.number)] == [202506, 202505, 0]


def test_every_section_has_a_list_be_it_empty() -> None:
    catalog = catalog_of(article("one", section="local"))
    local, heritage = (catalog.list_of("vi", ListKind.SECTION, key) for key in ("local", "heritage"))

    assert local is not None
    assert heritage is not None
    assert (slugs_in(local, catalog), slugs_in(heritage, catalog)) == (["one"], [])


def test_names_that_differ_in_case_only_are_one_term() -> None:
    tags = lists(ListKind.TAG, article("a", tags=("Gốm",)), article("b", tags=("gốm", "GỐM")))

    assert [(it.slug, it.name, it.count) for it in tags] == [("gom", "GỐM", 2)]


def test_names_that_differ_in_marks_only_have_addresses_of_their_own() -> None:
    tags = lists(ListKind.TAG, article("a", tags=("Bàn nhà", "Bán nhà")))

    assert {it.name: it.slug for it in tags} == {"Bàn nhà": "ban-nha", "Bán nhà": "ban-nha-2"}


def test_addresses_of_terms_do_not_depend_on_which_article_is_newer() -> None:
    def slugs(first: str, second: str) -> dict[str, str]:
        one = article("a", tags=("Bán nhà",), published=first)
        other = article("b", tags=("Bàn nhà",), published=second)
        return {it.name: it.slug for it in lists(ListKind.TAG, one, other)}

    assert slugs("2024-01-01", "2025-01-01") == slugs("2025-01-01", "2024-01-01")


def test_terms_are_kept_apart_by_language() -> None:
    catalog = catalog_of(article("a", tags=("x",)), article("b", "en", tags=("y",)))

    assert [[it.name for it in catalog.lists(tag, ListKind.TAG)] for tag in ("vi", "en")] == [["x"], ["y"]]


def test_agencies_are_known_by_their_spellings_and_those_with_most_articles_come_first() -> None:
    listed = Publisher("bao-thu", "Báo Thử", "vi", spellings=("Bao Thu",))
    given = [
        article("a", publisher="Zeta"),
        article("b", publisher="BÁO THỬ"),
        article("c", publisher="bao thu"),
        article("d"),
    ]

    agencies = lists(ListKind.AGENCY, *given, settings=config(publishers=[listed]))

    assert [(one.slug, one.name, one.name_language, one.count) for one in agencies] == [
        ("bao-thu", "Báo Thử", "vi", 2),
        ("zeta", "Zeta", None, 1),
    ]


def test_an_agency_that_is_not_listed_goes_by_its_name() -> None:
    assert config().agency_named("Đài Thử") == Publisher("dai-thu", "Đài Thử")


def test_versions_of_a_story_stand_in_the_order_of_the_portals_languages() -> None:
    en, vi = article("office", "en", story="s"), article("van-phong", story="s")

    assert [version.id for version in catalog_of(en, vi).versions("s")] == [vi.id, en.id]


def test_two_articles_of_one_story_in_one_language_are_a_mistake() -> None:
    report = Report()

    check_stories(catalog_of(article("a", story="s"), article("b", story="s"), article("c", "en", story="s")), report)

    assert [str(told).split(" [")[0] for told in report] == [
        "site/content/vi/b.md: error: this story is already told in 'vi' by site/content/vi/a.md"
    ]


def test_a_withdrawn_version_does_not_count_as_one() -> None:
    report = Report()

    check_stories(catalog_of(article("a", story="s"), article("b", story="s", status=Status.WITHDRAWN)), report)

    assert codes(report) == []


def test_a_moment_in_another_zone_falls_on_the_portals_day() -> None:
    assert str(day_or_moment("2025-01-01T06:30")) == "2025-01-01T06:30:00+07:00"
    assert str(day_or_moment("2025-01-01")) == "2025-01-01"
    assert len(articles(3)) == 3


def test_agencies_whose_names_differ_in_marks_only_have_lists_of_their_own() -> None:
    one, two = article("one", publisher="Bán tin"), article("two", publisher="Bản tin")
    catalog = catalog_of(one, two)

    agencies = catalog.lists("vi", ListKind.AGENCY)
    assert {(it.name, *slugs_in(it, catalog)) for it in agencies} == {("Bán tin", "one"), ("Bản tin", "two")}
    assert len({it.slug for it in agencies}) == 2


def test_an_unlisted_agency_does_not_get_the_list_of_a_listed_one() -> None:
    listed = Publisher("ban-tin", "Bản Tin Chính", "vi")
    one, two = article("one", publisher="Bản Tin Chính"), article("two", publisher="Bán tin")
    agencies = lists(ListKind.AGENCY, one, two, settings=config(publishers=[listed]))

    assert {it.slug: it.name for it in agencies} == {
        "ban-tin": "Bản Tin Chính",
        "ban-tin-2": "Bán tin",
    }


def test_an_unlisted_agency_written_in_capitals_is_the_same_one() -> None:
    given = [article("one", publisher="Bản Tin"), article("two", publisher="BẢN TIN")]

    (agency,) = lists(ListKind.AGENCY, *given)
    assert (agency.slug, agency.count) == ("ban-tin", 2)


def test_a_signature_is_kept_as_it_is() -> None:
    catalog = catalog_of(article("gom", title="Gốm Bát Tràng", summary="Lò gốm Bát Tràng nung 1.250 bình."))
    number = catalog.state.row("SELECT number FROM article")
    wanted = signature("Gốm Bát Tràng", "Lò gốm Bát Tràng nung 1.250 bình.", (), "vi", "", frozenset())

    assert len(wanted) > 3
    assert signature_of(number, catalog.state) == wanted
