"""The catalog: every index that a reader can walk through, made once from the published articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from toasoan.catalog.story import story_keys
from toasoan.config import Config
from toasoan.diagnostics import Location, Report
from toasoan.model.article import Article, ArticleId, Status
from toasoan.model.publisher import Publisher
from toasoan.slug import slug_of, unique_slug

Articles = tuple[Article, ...]
"""Newest first; those without a date stand last, by slug."""


class Month(NamedTuple):
    """A month of the calendar, in the portal's time zone."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Term:
    """A tag, author or agency in one language, with its articles."""

    slug: str
    """Last part of its address; it differs from those of all other terms of its kind in this language."""

    name: str
    articles: Articles
    name_language: str | None = None
    """Tag of the language that the name is in, where it is known and may differ from the page's."""


@dataclass(frozen=True, slots=True)
class LanguageIndex:
    """All that is published in one language."""

    articles: Articles
    sections: Mapping[str, Articles]
    """By section key, for every section of the portal, be it empty."""

    tags: tuple[Term, ...]
    """By name."""

    authors: tuple[Term, ...]
    """By name."""

    agencies: tuple[Term, ...]
    """Those with most articles first."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The published articles and their indexes."""

    languages: Mapping[str, LanguageIndex]
    """By tag, for every language of the portal, in its order."""

    stories: Mapping[str, Articles]
    """By story key: the language versions, in the order of the portal's languages."""

    story_of: Mapping[ArticleId, str]

    def versions(self, article: Article) -> Articles:
        """All language versions of an article's story, itself included."""
        return self.stories[self.story_of[article.id]]


def catalogue(articles: Iterable[Article], config: Config, report: Report) -> Catalog:
    """Sort the published articles into their indexes; two of one story in one language are told as a mistake."""
    published = newest_first(article for article in articles if article.status is Status.PUBLISHED)
    story_of = story_keys(published)
    languages = {
        tag: _language_index([article for article in published if article.language == tag], config)
        for tag in config.languages
    }
    return Catalog(languages, _stories(published, story_of, config, report), story_of)


def newest_first(articles: Iterable[Article]) -> Articles:
    """The order of every list: by date, newest first; undated articles last; then by slug and language."""
    by_name = sorted(articles, key=lambda article: (article.slug, article.language))
    dated = [article for article in by_name if article.published is not None]
    dated.sort(key=lambda article: article.published.instant if article.published else None, reverse=True)  # type: ignore[arg-type,return-value]
    return (*dated, *(article for article in by_name if article.published is None))


def by_month(articles: Iterable[Article]) -> Mapping[Month, Articles]:
    """Dated articles by the month in which they appeared, newest month first; undated ones stand in none."""
    months: defaultdict[Month, list[Article]] = defaultdict(list)
    for article in articles:
        if article.published is not None:
            months[Month(article.published.day.year, article.published.day.month)].append(article)
    return {month: tuple(months[month]) for month in sorted(months, reverse=True)}


def _language_index(articles: list[Article], config: Config) -> LanguageIndex:
    return LanguageIndex(
        articles=tuple(articles),
        sections={key: tuple(a for a in articles if a.section == key) for key in config.sections},
        tags=_terms(articles, lambda article: article.tags),
        authors=_terms(articles, lambda article: article.authors),
        agencies=_agencies(articles, config) if config.settings.pages.agencies else (),
    )


def _terms(articles: Iterable[Article], names: Callable[[Article], tuple[str, ...]]) -> tuple[Term, ...]:
    """Names that differ in case only are one term; names that differ in marks only get a suffix to their slug."""
    members: defaultdict[str, list[Article]] = defaultdict(list)
    spelling: dict[str, str] = {}
    language = ""
    for article in articles:
        language = article.language
        for name in names(article):
            folded = name.casefold()
            members[folded].append(article)
            spelling[folded] = min(name, spelling.get(folded, name))
    terms: dict[str, Term] = {}
    for folded in sorted(members):
        slug = unique_slug(slug_of(spelling[folded], language), terms)
        terms[slug] = Term(slug, spelling[folded], tuple(dict.fromkeys(members[folded])))
    return tuple(sorted(terms.values(), key=lambda term: (term.name.casefold(), term.slug)))


def _agencies(articles: Iterable[Article], config: Config) -> tuple[Term, ...]:
    """Listed agencies have their key for a slug; others whose names differ in marks only get a suffix to theirs."""
    members: defaultdict[str, list[Article]] = defaultdict(list)
    agencies: dict[str, Publisher] = {}
    for article in articles:
        if article.publisher:
            agency = agency_named(article.publisher, config)
            folded = agency.name.casefold()
            members[folded].append(article)
            agencies[folded] = min(agency, agencies.get(folded, agency), key=lambda agency: agency.name)
    unlisted = {folded for folded, agency in agencies.items() if agency not in config.publishers}
    terms: dict[str, Term] = {}
    for folded in sorted(agencies, key=lambda folded: (folded in unlisted, folded)):
        agency = agencies[folded]
        slug = unique_slug(agency.key, terms)
        terms[slug] = Term(slug, agency.name, tuple(members[folded]), agency.language)
    return tuple(sorted(terms.values(), key=lambda term: (-len(term.articles), term.name.casefold())))


def agency_named(name: str, config: Config) -> Publisher:
    """The listed agency of a name; for others one is made of the name itself."""
    return config.publisher_named(name) or Publisher(slug_of(name, "vi"), name)


def _stories(
    articles: Articles, story_of: Mapping[ArticleId, str], config: Config, report: Report
) -> Mapping[str, Articles]:
    stories: defaultdict[str, dict[str, Article]] = defaultdict(dict)
    for article in sorted(articles, key=lambda article: article.path):
        versions = stories[story_of[article.id]]
        first = versions.get(article.language)
        if first is not None and first.id != article.id:  # one slug twice is told with its address
            report.error(
                "story-twice",
                f"this story is already told in {article.language!r} by {first.path}",
                Location(article.path),
                'remove one, set its status to "withdrawn", or give them different values of story',
            )
        versions.setdefault(article.language, article)
    order = list(config.languages)
    return {
        key: tuple(versions[tag] for tag in order if tag in versions) for key, versions in sorted(stories.items())
    }
