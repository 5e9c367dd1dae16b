"""Which pages the portal has: one `Page` for each, with all that is to be seen on it, and its translations.

Pure: from the catalog to values; no files, no templates, no HTML.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from toasoan import routes
from toasoan.catalog.catalog import Articles, Catalog, LanguageIndex, Month, Term, by_month
from toasoan.catalog.related import version_for
from toasoan.config import PUBLISHERS_FILE, SETTINGS_FILE, Config, SiteSettings
from toasoan.content.static_pages import StaticPage
from toasoan.diagnostics import Location, Report
from toasoan.model.article import Article, ArticleId
from toasoan.slug import folded_address

NEWEST_ON_HOME = 7
IN_A_BLOCK = 5
LEAST_IN_A_BLOCK = 2
"""A block of the home page with fewer articles is left out, with its heading."""

NEIGHBOURS = 4
"""Articles of the same section and of the same author that an article page names."""

Group = tuple[str, ...]
"""Pages of one group are each other's translations: ("section", "heritage")."""


class ListKind(StrEnum):
    """What a list brings together."""

    LANGUAGE = "language"
    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"
    AGENCY = "agency"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month to which a list leads."""

    month: Month
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Chooser:
    """The root page, where a reader chooses a language."""


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section on the home page."""

    section: str
    articles: Articles


@dataclass(frozen=True, slots=True)
class Home:
    """A language's home page."""

    lead: Article | None
    newest: Articles
    blocks: tuple[SectionBlock, ...]
    agencies: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's page."""

    article: Article
    versions: Articles
    """All language versions of the story, this one included, in the portal's order."""

    related: Articles
    same_section: Articles
    same_author: Articles


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list."""

    kind: ListKind
    key: str
    """Section key, or slug of the term; "" for a whole language."""

    name: str
    """Of a tag, author or agency; "" where the language decides what it is called."""

    name_language: str | None
    month: Month | None
    section: str | None
    """The section whose list or month this is."""

    front: str
    """Address of the list's front page."""

    articles: Articles
    total: int
    """Articles in the whole list."""

    number: int | None = None
    """None for the front page, which has the newest; the oldest page is number 1."""

    pages: int = 0
    """How many numbered pages there are besides the front page."""

    months: tuple[MonthCount, ...] = ()
    """Month archives to which the front page of a language or section leads."""

    has_json_feed: bool = True

    @property
    def page_address(self) -> str:
        """The address of this very page."""
        return self.front if self.number is None else routes.numbered(self.front, self.number)

    @property
    def rss(self) -> str | None:
        """Address of its RSS feed: the front pages of languages and sections have one."""
        if self.number is not None or self.kind not in (ListKind.LANGUAGE, ListKind.SECTION):
            return None
        return routes.rss(self._feeds_lie_at)

    @property
    def json_feed(self) -> str | None:
        """Address of its JSON Feed; None where the portal has none."""
        return routes.json_feed(self._feeds_lie_at) if self.has_json_feed else None

    @property
    def _feeds_lie_at(self) -> str:
        """A language's feeds lie at its home."""
        if self.kind is ListKind.LANGUAGE and self.number is None:
            return routes.home(self.front.split("/")[1])
        return self.page_address


@dataclass(frozen=True, slots=True)
class AgencyIndex:
    """The list of all agencies of a language."""

    agencies: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """What a reader gets for an address that does not exist."""

    newest: Articles


Subject = Chooser | Home | Reading | Listing | AgencyIndex | StaticPage | NotFound


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal: where it is, in which language, and what is to be seen on it."""

    address: str
    language: str
    subject: Subject
    origin: Location
    """The file that asks for it, for messages about two pages with one address."""

    group: Group | None = None
    alternates: Mapping[str, str] | None = None
    """Addresses by language, its own included; None where there is no other."""

    x_default: str | None = None
    """Address for readers whose language is not among the alternates."""

    indexable: bool = True
    """Whether search engines are to list it."""

    @property
    def text(self) -> Article | StaticPage | None:
        """The article or static page whose text is on this page; None for pages without a text of their own."""
        if isinstance(self.subject, Reading):
            return self.subject.article
        return self.subject if isinstance(self.subject, StaticPage) else None


def plan_pages(
    config: Config,
    catalog: Catalog,
    related: Mapping[ArticleId, Articles],
    static_pages: Sequence[StaticPage],
    report: Report,
) -> tuple[Page, ...]:
    """All pages of the portal, in the order of languages; two that want one address are told as a mistake."""
    pages = [Page(routes.ROOT, config.main_language.tag, Chooser(), Location(SETTINGS_FILE))]
    for language, index in catalog.languages.items():
        pages += _language_pages(language, index, config, catalog, related)
    pages += [
        Page(
            routes.static_page(page.language, page.slug),
            page.language,
            page,
            Location(page.path),
            ("static", page.slug),
        )
        for page in static_pages
    ]
    main = catalog.languages[config.main_language.tag].articles[:NEIGHBOURS]
    pages.append(_not_found(routes.NOT_FOUND, config.main_language.tag, main))
    _tell_shared_addresses(pages, report)
    return tuple(_with_alternates(pages, config))


def _language_pages(
    language: str, index: LanguageIndex, config: Config, catalog: Catalog, related: Mapping[ArticleId, Articles]
) -> Iterator[Page]:
    yield Page(routes.home(language), language, _home(index), Location(SETTINGS_FILE), ("home",))
    yield from (_article_page(article, index, catalog, related) for article in index.articles)
    for listing in _listings(language, index, config):
        yield _list_page(language, replace(listing, has_json_feed=config.settings.pages.json_feeds))
    if config.settings.pages.agencies:
        yield Page(
            routes.agencies(language),
            language,
            AgencyIndex(index.agencies),
            Location(PUBLISHERS_FILE),
            ("agencies",),
            indexable=bool(index.agencies),
        )
    yield _not_found(routes.not_found(language), language, index.articles[:NEIGHBOURS])


def _not_found(address: str, language: str, newest: Articles) -> Page:
    return Page(address, language, NotFound(newest), Location(SETTINGS_FILE), indexable=False)


def _home(index: LanguageIndex) -> Home:
    lead = index.articles[0] if index.articles else None
    blocks = []
    for key, articles in index.sections.items():
        others = tuple(article for article in articles if article is not lead)[:IN_A_BLOCK]
        if len(others) >= LEAST_IN_A_BLOCK:
            blocks.append(SectionBlock(key, others))
    return Home(lead, index.articles[1 : 1 + NEWEST_ON_HOME], tuple(blocks), index.agencies)


def _article_page(
    article: Article, index: LanguageIndex, catalog: Catalog, related: Mapping[ArticleId, Articles]
) -> Page:
    seen = {article.id, *(other.id for other in related[article.id])}
    same_section = _others(index.sections.get(article.section or "", ()), seen)
    seen |= {other.id for other in same_section}
    same_author = _others(
        (other for term in index.authors for other in term.articles if set(other.authors) & set(article.authors)),
        seen,
    )
    return Page(
        routes.article(article.id),
        article.language,
        Reading(article, catalog.versions(article), related[article.id], same_section, same_author),
        Location(article.path),
        ("story", catalog.story_of[article.id]),
    )


def _others(articles: Iterable[Article], seen: set[ArticleId]) -> Articles:
    others = dict.fromkeys(article for article in articles if article.id not in seen)
    return tuple(others)[:NEIGHBOURS]


def _list_page(language: str, listing: Listing) -> Page:
    group: Group | None = None
    if listing.number is None:
        month = (f"{listing.month.year}-{listing.month.month:02}",) if listing.month else ()
        group = (listing.kind, listing.key, *month)
    origin = PUBLISHERS_FILE if listing.kind is ListKind.AGENCY else SETTINGS_FILE
    return Page(listing.page_address, language, listing, Location(origin), group, indexable=bool(listing.articles))


def _listings(language: str, index: LanguageIndex, config: Config) -> Iterator[Listing]:
    size = config.settings.articles_per_page
    yield from _dated_listings(ListKind.LANGUAGE, language, None, index.articles, config.settings)
    for key, articles in index.sections.items():
        yield from _dated_listings(ListKind.SECTION, language, key, articles, config.settings)
    for term in index.tags:
        yield from _term_listings(ListKind.TAG, routes.tag(language, term.slug), term, size)
    for term in index.authors:
        yield from _term_listings(ListKind.AUTHOR, routes.author(language, term.slug), term, size)
    for term in index.agencies:
        yield from _term_listings(ListKind.AGENCY, routes.agency(language, term.slug), term, size)


def _dated_listings(
    kind: ListKind, language: str, section: str | None, articles: Articles, settings: SiteSettings
) -> Iterator[Listing]:
    """The newest of a language or section on its front page; the others in archives by month.

    So a new, back-dated or withdrawn article touches the front page and one month. A portal without archives by
    month gets numbered pages instead.
    """
    front = routes.section(language, section) if section else routes.archive(language)
    whole = Listing(kind, section or "", "", None, None, section, front, articles, len(articles))
    if not settings.pages.months:
        yield from numbered_pages(whole, settings.articles_per_page)
        return
    months = by_month(articles)
    counts = tuple(
        MonthCount(month, len(of_month), routes.month(language, month, section)) for month, of_month in months.items()
    )
    yield replace(whole, articles=articles[: 2 * settings.articles_per_page], months=counts)
    for month, of_month in months.items():
        address = routes.month(language, month, section)
        of_this_month = Listing(
            ListKind.MONTH, section or "", "", None, month, section, address, of_month, len(of_month)
        )
        yield from numbered_pages(of_this_month, settings.articles_per_page)


def _term_listings(kind: ListKind, front: str, term: Term, size: int) -> Iterator[Listing]:
    whole = Listing(
        kind, term.slug, term.name, term.name_language, None, None, front, term.articles, len(term.articles)
    )
    yield from numbered_pages(whole, size)


def numbered_pages(whole: Listing, size: int) -> Iterator[Listing]:
    """Cut a list into pages numbered from the oldest; the front page holds the newest, `size` to 2 `size` - 1.

    A new article then changes the front page only, until that is full and leaves one more numbered page behind.
    """
    pages = max(0, len(whole.articles) // size - 1)
    first = len(whole.articles) - pages * size
    yield replace(whole, articles=whole.articles[:first], pages=pages)
    for number in range(pages, 0, -1):
        start = first + (pages - number) * size
        yield replace(whole, articles=whole.articles[start : start + size], number=number, pages=pages)


def _tell_shared_addresses(pages: Iterable[Page], report: Report) -> None:
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(folded_address(page.address), page)
        if other is page:
            continue
        # What the editors wrote is what they can change, so that is where it is told.
        told, against = (page, other) if _is_text(page) or not _is_text(other) else (other, page)
        same = other.address == page.address
        report.error(
            "duplicate-address",
            f"the address {told.address} is already that of {_owner(against)}"
            + ("" if same else f" ({against.address} differs in case or Unicode form only)"),
            told.origin,
            "give one of them another slug" if _is_text(against) else "give it another slug",
        )


def _is_text(page: Page) -> bool:
    return isinstance(page.subject, Reading | StaticPage)


def _owner(page: Page) -> str:
    if _is_text(page):
        return page.origin.path
    if isinstance(page.subject, Listing) and page.subject.kind not in (ListKind.LANGUAGE, ListKind.MONTH):
        return f"the list of {page.subject.kind} {page.subject.key!r}"
    return "a page that the portal always has"


def _with_alternates(pages: Sequence[Page], config: Config) -> Iterator[Page]:
    groups: defaultdict[Group, dict[str, Page]] = defaultdict(dict)
    for page in pages:
        if page.group is not None and page.indexable:
            groups[page.group][page.language] = page
    order = list(config.languages)
    for page in pages:
        members = groups.get(page.group, {}) if page.group is not None else {}
        if page.language in members and len(members) > 1:
            alternates = {tag: members[tag].address for tag in order if tag in members}
            yield replace(page, alternates=alternates, x_default=_x_default(page, members, alternates))
        else:
            yield page


def _x_default(page: Page, members: Mapping[str, Page], alternates: Mapping[str, str]) -> str:
    if isinstance(page.subject, Home):
        return routes.ROOT
    if isinstance(page.subject, Reading):
        # A reader of an unlisted language is served best by the original, then by the portal's own order.
        version = version_for("", page.subject.versions)
        return alternates[version.language]
    return next(iter(alternates.values()))
