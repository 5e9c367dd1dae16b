"""Whether each page has an address of its own, and each story one article in a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.diagnostics import Location, Report
from toasoan.slug import folded_address


@dataclass(frozen=True, slots=True)
class _Claim:
    """A text that wants an address."""

    address: str
    path: str
    hint: str


def check_addresses(catalog: Catalog, report: Report) -> None:
    """Tell two pages that want one address, at the text that somebody can change."""
    taken = {folded_address(address): (address, owner) for address, owner in _fixed(catalog)}
    claims: dict[str, _Claim] = {}
    for claim in (*_contested_articles(catalog, taken), *_static_pages(catalog)):
        folded = folded_address(claim.address)
        if folded in taken:
            address, owner = taken[folded]
        elif folded in claims:
            address, owner = claims[folded].address, claims[folded].path
        else:
            claims[folded] = claim
            continue
        same = "" if address == claim.address else f" ({address} differs in case or Unicode form only)"
        report.error(
            "duplicate-address",
            f"the address {claim.address} is already that of {owner}{same}",
            Location(claim.path),
            claim.hint if folded in taken else "give one of them another slug",
        )


def _fixed(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """The addresses that no text can have, with whose they are."""
    for tag in catalog.config.languages:
        for slug in routes.LIST_SLUGS:
            yield f"{routes.home(tag)}{slug}/", "a page that the portal always has"
        for key in catalog.config.sections:
            yield routes.section(tag, key), f"the list of section {key!r}"


def _contested_articles(catalog: Catalog, taken: dict[str, tuple[str, str]]) -> Iterator[_Claim]:
    """The articles whose address somebody else may want: few, or none."""
    wanted = {folded_address(routes.static_page(page.language, page.slug)) for page in catalog.static_pages()}
    shared = catalog.state.rows("SELECT folded FROM article GROUP BY folded HAVING count(*) > 1")
    for folded in sorted({*shared, *wanted, *taken}):
        numbers = tuple(
            catalog.state.rows("SELECT number FROM article WHERE folded = ? ORDER BY moment, slug, path", folded)
        )
        for article in catalog.articles(numbers):
            yield _Claim(routes.article(article.id), article.path, "give it another slug")


def _static_pages(catalog: Catalog) -> Iterator[_Claim]:
    for page in catalog.static_pages():
        yield _Claim(routes.static_page(page.language, page.slug), page.path, "give it another slug")


def check_stories(catalog: Catalog, report: Report) -> None:
    """Tell each article that tells a story which another one tells in its language."""
    state = catalog.state
    told = state.rows("SELECT story, language FROM article GROUP BY story, language HAVING count(*) > 1")
    for story, language in tuple(told):
        numbers = tuple(state.rows("SELECT number FROM article WHERE story = ? AND language = ?", story, language))
        first, *others = sorted(catalog.articles(numbers), key=lambda article: article.path)
        for article in others:
            if article.id != first.id:  # one slug twice is told with its address
                report.error(
                    "story-twice",
                    f"this story is already told in {language!r} by {first.path}",
                    Location(article.path),
                    'remove one, set its status to "withdrawn", or give them different values of story',
                )
