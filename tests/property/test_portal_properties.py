"""What holds for every portal, whatever articles it has."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import SETTINGS, catalog_of, config, portal, text_of, tree
from tests.property.strategies import LANGUAGES, catalogs, dates, markdown, names, texts
from tests.reading import dangers, document, duplicate_ids, json_ld, unbalanced
from toasoan.build import build
from toasoan.catalog.catalog import Catalog, ListKind
from toasoan.catalog.record import moment_of
from toasoan.checks.addresses import check_addresses, check_stories
from toasoan.diagnostics import Report
from toasoan.model.article import Article, ArticleId, Status
from toasoan.plan import Listing, Page, Reading, numbered_pages, pages_of, targets
from toasoan.slug import folded_address

CONFIG = config(LANGUAGES[:3], articles_per_page=2)


def plan(given_articles: list[Article]) -> tuple[Catalog, list[Page], Report]:
    report = Report()
    catalog = catalog_of(*given_articles, settings=CONFIG)
    check_addresses(catalog, report)
    check_stories(catalog, report)
    return catalog, [page for target in tuple(targets(catalog)) for page in pages_of(*target, catalog)], report


def shown_on(page: Page) -> tuple[int, ...]:
    match page.subject:
        case Reading() as it:
            return (*it.related, *it.same_section, *it.same_author)
        case Listing() as it:
            return it.articles
        case _:
            return ()


@given(catalogs)
def test_alternates_are_symmetric(given_articles: list[Article]) -> None:
    _, pages, report = plan(given_articles)
    by_address = {page.address: page for page in pages}

    if not report.has_errors:
        for page in pages:
            for tag, address in (page.alternates or {}).items():
                assert by_address[address].alternates == page.alternates
                assert by_address[address].language == tag
                assert by_address[address].x_default == page.x_default
                assert by_address[address].indexable == page.indexable
            assert page.alternates is None or page.alternates[page.language] == page.address


@given(catalogs)
def test_no_two_pages_have_one_address_and_every_article_has_a_page(given_articles: list[Article]) -> None:
    _, pages, report = plan(given_articles)
    wanted = {one.id for one in given_articles if one.status is Status.PUBLISHED}

    folded = [folded_address(page.address) for page in pages]
    assert len(folded) == len(set(folded)) or report.has_errors
    assert {page.subject.article.id for page in pages if isinstance(page.subject, Reading)} == wanted


@given(catalogs)
def test_every_article_is_in_its_lists_once_the_newest_first(given_articles: list[Article]) -> None:
    catalog, pages, _ = plan(given_articles)
    found: dict[str, list[Article]] = {}
    for page in pages:
        if isinstance(page.subject, Listing) and (page.subject.month or page.subject.section is None):
            found.setdefault(page.subject.front, []).extend(catalog.articles(page.subject.articles))

    for front, listed in found.items():
        if not front.endswith("/archive/"):
            assert len(listed) == len({one.number for one in listed}), front
            assert listed == sorted(listed, key=lambda one: (moment_of(one.published), one.slug, one.number)), front


@given(catalogs, st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_read_changes_nothing(given_articles: list[Article], random: object) -> None:
    shuffled = list(given_articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis does not say so, but it is a Random

    def seen(given: list[Article]) -> list[tuple[str, object, list[ArticleId]]]:
        catalog, pages, report = plan(given)
        if report.has_errors:
            return []
        shown = {page.address: page for page in pages}
        return [
            (address, page.alternates, [one.id for one in catalog.articles(shown_on(page))])
            for address, page in sorted(shown.items())
        ]

    assert seen(given_articles) == seen(shuffled)


@given(st.integers(0, 60), st.integers(1, 7))
def test_numbered_pages_lose_nothing_and_stay_while_the_front_page_fills(count: int, size: int) -> None:
    def pages_of_newest(newest: int) -> list[Listing]:
        numbers = tuple(range(newest, 0, -1))
        return list(numbered_pages(Listing(ListKind.TAG, "t", "T", None, None, "/vi/tag/t/", numbers, newest), size))

    pages, one_more = pages_of_newest(count), pages_of_newest(count + 1)

    assert [one for page in pages for one in page.articles] == list(range(count, 0, -1))
    assert [page.number for page in pages] == [None, *range(len(pages) - 1, 0, -1)]
    assert all(len(page.articles) == size for page in pages[1:])
    assert len(pages[0].articles) < 2 * size
    kept = {page.number: page.articles for page in pages[1:]}
    assert kept.items() <= {page.number: page.articles for page in one_more[1:]}.items()
    assert len(one_more) - len(pages) == (len(pages[0].articles) == 2 * size - 1)


article_files = st.builds(
    text_of,
    title=texts,
    body=markdown,
    date=dates,
    updated=dates,
    tags=names,
    authors=names,
    publisher=st.none() | texts,
    summary=st.none() | texts,
    section=st.sampled_from([None, "local"]),
    story=st.none() | st.sampled_from(["one", "two"]),
)


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
@settings(max_examples=10)
@given(st.lists(article_files, min_size=3, max_size=6), texts)
def test_any_texts_build_into_sound_pages_or_are_told(given_files: list[str], title: str) -> None:
    """Files with a mistake are taken out, one round after the other, until the rest builds."""
    with tempfile.TemporaryDirectory() as name:
        root = portal(Path(name), {f"{('vi', 'en')[n % 2]}/a{n}.md": text for n, text in enumerate(given_files)})
        for _ in range(len(given_files) + 1):
            report = build(root, root / "public").report
            if not report.has_errors:
                break
            for told in report:
                (root / told.location.path).unlink(missing_ok=True)

        files = tree(root / "public")
        assert not report.has_errors
        for path, data in files.items():
            if path.endswith(".html"):
                page = data.decode()
                assert dangers(page) == []
                assert unbalanced(page) == []
                assert duplicate_ids(page) == []
                assert list(json_ld(page)) or document(page).xpath("//html")


@settings(max_examples=15)
@given(texts, names, names, texts)
def test_any_title_tag_author_or_agency_builds(
    title: str, tags: tuple[str, ...], authors: tuple[str, ...], publisher: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        text = text_of(f"x{title}", tags=tags, authors=authors, publisher=publisher)
        root = portal(Path(name), {"vi/a.md": text, "en/b.md": text}, SETTINGS)

        result = build(root, None)

        # Hardly any font has all letters that there are.
        assert {told.code for told in result.report} <= {"no-share-font"}
        assert result.articles == 2
