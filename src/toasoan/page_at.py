"""From an address back to the page that stands there, without a look at the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toasoan import routes
from toasoan.catalog.catalog import ArticleList, Catalog, ListKind, Numbers
from toasoan.plan import Gallery, Home, Listing, NotFound, Page, ParallelText, Reading, Subject, front_of, pages_of
from toasoan.targets import Target


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page with the target that it belongs to."""

    target: Target
    key: str
    page: Page


def page_at(address: str, catalog: Catalog) -> FoundPage | None:
    """The page at an address; None if there is none."""
    for target, key in _that_may_have(address, catalog):
        for page in pages_of(target, key, catalog):
            if page.address == address:
                return FoundPage(target, key, page)
    return None


def _that_may_have(address: str, catalog: Catalog) -> Iterator[tuple[Target, str]]:
    """Targets that could have a page at an address, those with the fewest pages first."""
    _, language, *below = address.split("/")
    if address in (routes.ROOT, routes.NOT_FOUND):
        yield Target.PORTAL, ""
    if language not in catalog.config.languages or not below:
        return
    if address in {of(language) for of in (routes.home, routes.agencies, routes.search, routes.not_found)}:
        yield Target.LANGUAGE, language
    number = catalog.number_of(language, below[0])
    if number is not None:
        yield Target.ARTICLE, str(number)
        yield Target.PARALLEL_TEXT, str(number)
    yield Target.STATIC_PAGE, f"{language}/{below[0]}"
    for it in sorted(catalog.lists_named(language, {"", *below[:2]}), key=lambda it: it.count):
        if address.startswith((front_of(language, it.kind, it.slug, None), *_above_months(it))):
            yield Target.LIST, str(it.number)


def _above_months(it: ArticleList) -> Iterator[str]:
    """What the addresses of a list's months begin with."""
    if it.kind in (ListKind.LANGUAGE, ListKind.SECTION):
        yield routes.section(it.language, it.slug) if it.slug else routes.home(it.language)


def articles_on(subject: Subject) -> Numbers:
    """The articles that a page shows, by their numbers."""
    match subject:
        case Home():
            blocks = (number for block in subject.blocks for number in block.articles)
            lead = () if subject.lead is None else (subject.lead,)
            return (*lead, *subject.pinned, *subject.newest, *blocks, *subject.videos, *subject.photos)
        case Reading():
            beside = (*subject.related, *subject.same_section, *subject.same_author)
            return (subject.article.number, *(it.number for it in subject.versions), *beside)
        case Gallery():
            return (subject.article.number,)
        case ParallelText():
            return (subject.article.number, subject.other.number)
        case Listing():
            return subject.articles
        case NotFound():
            return subject.newest
        case _:
            return ()
