"""Which pages the portal has, target by target: one `Page` for each, with all that is to be seen on it.

Pure looking up: from the catalog to values; no files, no templates, no HTML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from toasoan import routes
from toasoan.catalog.catalog import ArticleList, Catalog, ListKind, Numbers, Role
from toasoan.catalog.story import first_version
from toasoan.content.static_pages import StaticPage
from toasoan.model.article import Article
from toasoan.model.comment import Comment
from toasoan.model.month import Month
from toasoan.settings import ORIGINAL, SiteSettings
from toasoan.targets import Target

NEWEST_ON_HOME = 7
IN_A_BLOCK = 5
PHOTOS_ON_HOME = 5
VIDEOS_ON_HOME = 3
LEAST_IN_A_BLOCK = 2
"""A block of the home page with fewer articles is left out, with its heading."""

NEWEST_ON_NOT_FOUND = 4

TAGS_TO_BROWSE = 24
"""Tags to which the search page leads, for readers who browse."""

Articles = tuple[Article, ...]


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
    articles: Numbers


@dataclass(frozen=True, slots=True)
class Home:
    """A language's home page."""

    lead: int | None
    pinned: Numbers
    """What editors have put below it."""

    newest: Numbers
    blocks: tuple[SectionBlock, ...]
    videos: Numbers
    """The newest articles with videos."""

    photos: Numbers
    """The newest articles with photographs."""

    agencies: tuple[ArticleList, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's page."""

    article: Article
    versions: Articles
    """All language versions of the story, this one included, in the portal's order."""

    withdrawn: Articles
    """What was withdrawn of the story in languages that have no other version of it."""

    related: Numbers
    same_section: Numbers
    same_author: Numbers
    comments: tuple[Comment, ...] = ()
    """Of readers, by their numbers. They are no matter of the catalog: whoever makes the page adds them."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """The photographs of an article, large."""

    article: Article


@dataclass(frozen=True, slots=True)
class ParallelText:
    """An article beside another version of its story."""

    article: Article
    other: Article
    versions: Articles
    """All language versions of the story, both included, in the portal's order."""

    texts: tuple[str, str] = ("", "")
    """Their Markdown. It is no matter of the catalog: whoever makes the page adds it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list."""

    kind: ListKind
    key: str
    """Key of the section; slug of a tag, author or agency; "" for a whole language."""

    name: str
    """Of a tag, author or agency; "" where the language decides what it is called."""

    name_language: str | None
    month: Month | None
    """The month that it holds of the list; None for all of it."""

    front: str
    """Address of the front page."""

    articles: Numbers
    total: int
    """Articles on all pages."""

    number: int | None = None
    """None for the front page, which has the newest; the oldest page is number 1."""

    pages: int = 0
    """How many numbered pages there are besides the front page."""

    months: tuple[MonthCount, ...] = ()
    """Month archives to which the front page of a language or section leads."""

    has_json_feed: bool = True
    has_atom_feed: bool = False

    @property
    def section(self) -> str | None:
        """The section to which it belongs."""
        return self.key if self.kind is ListKind.SECTION else None

    @property
    def page_address(self) -> str:
        """The address of this very page."""
        return self.front if self.number is None else routes.numbered(self.front, self.number)

    @property
    def rss(self) -> str | None:
        """Address of its RSS feed: the front pages of languages and sections have one."""
        if (
            self.number is not None
            or self.month is not None
            or self.kind not in (ListKind.LANGUAGE, ListKind.SECTION)
        ):
            return None
        return routes.rss(self._feeds_lie_at)

    @property
    def atom(self) -> str | None:
        """Address of its Atom feed: the front pages of tags, authors and agencies may have one."""
        return routes.atom(self.front) if self.has_atom_feed and self.number is None else None

    @property
    def feeds(self) -> tuple[str, ...]:
        """Addresses of all its feeds."""
        return tuple(filter(None, (self.rss, self.atom, self.json_feed)))

    @property
    def json_feed(self) -> str | None:
        """Address of its JSON Feed; None where the portal has none."""
        return routes.json_feed(self._feeds_lie_at) if self.has_json_feed else None

    @property
    def _feeds_lie_at(self) -> str:
        """A language's feeds lie at its home."""
        if self.kind is ListKind.LANGUAGE and self.number is None and self.month is None:
            return routes.home(self.front.split("/")[1])
        return self.page_address


@dataclass(frozen=True, slots=True)
class AgencyIndex:
    """The list of all agencies of a language."""

    agencies: tuple[ArticleList, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """The page on which a language is searched."""

    agencies: tuple[ArticleList, ...]
    tags: tuple[ArticleList, ...]
    """Those with most articles, by name."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """What a reader gets for an address that does not exist."""

    newest: Numbers


Subject = Chooser | Home | Reading | Gallery | ParallelText | Listing | AgencyIndex | Search | StaticPage | NotFound


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal: where it is, in which language, and what is to be seen on it."""

    address: str
    language: str
    subject: Subject
    alternates: Mapping[str, str] | None = None
    """Addresses by language, its own included; None where there is no other."""

    x_default: str | None = None
    """Address for readers whose language is not among the alternates."""

    indexable: bool = True
    """Whether search engines are to list it."""

    @property
    def text_path(self) -> str | None:
        """The file whose text is on this page; None for pages without a text of their own."""
        if isinstance(self.subject, Reading):
            return self.subject.article.path
        return self.subject.path if isinstance(self.subject, StaticPage) else None


WITH_VERSIONS = (
    "SELECT number FROM article WHERE story IN (SELECT story FROM article GROUP BY story HAVING count(*) > 1)"
    " ORDER BY number"
)
"""The articles of stories that there are in several languages."""


def targets(catalog: Catalog) -> Iterator[tuple[Target, str]]:
    """All targets that the portal has; the largest lists first, since each is made by one process."""
    yield from (
        (Target.LIST, str(number))
        for number in tuple(catalog.state.rows("SELECT number FROM list ORDER BY count DESC"))
    )
    yield Target.PORTAL, ""
    yield from ((Target.LANGUAGE, tag) for tag in catalog.config.languages)
    yield from ((Target.FEEDS, tag) for tag in ("", *catalog.config.languages))
    yield from ((Target.STATIC_PAGE, f"{page.language}/{page.slug}") for page in catalog.static_pages())
    yield from (
        (Target.ARTICLE, str(number))
        for number in catalog.state.rows("SELECT number FROM article ORDER BY language, moment, slug, path")
    )
    yield from ((Target.PARALLEL_TEXT, str(number)) for number in catalog.state.rows(WITH_VERSIONS))


def pages_of(target: Target, key: str, catalog: Catalog) -> Iterator[Page]:
    """The pages of a target; none if what it stood for is gone."""
    match target:
        case Target.ARTICLE:
            article = catalog.article_numbered(int(key))
            if article is not None:
                yield _article_page(article, catalog)
                if has_gallery(article, catalog.config.settings):
                    yield _gallery_page(article, catalog)
        case Target.PARALLEL_TEXT:
            article = catalog.article_numbered(int(key))
            if article is not None:
                yield from _parallel_texts(article, catalog)
        case Target.LIST:
            found = catalog.list_numbered(int(key))
            if found is not None:
                yield from _list_pages(found, catalog)
        case Target.LANGUAGE:
            if key in catalog.config.languages:
                yield from _pages_of_language(key, catalog)
        case Target.STATIC_PAGE:
            yield from _static_pages(key, catalog)
        case Target.FEEDS | Target.SEARCH | Target.REDIRECTS:
            pass  # no page, but files
        case Target.PORTAL:
            main = catalog.config.main_language.tag
            yield Page(routes.ROOT, main, Chooser())
            yield _not_found(routes.NOT_FOUND, main, catalog)


def _pages_of_language(language: str, catalog: Catalog) -> Iterator[Page]:
    yield _in_all(Page(routes.home(language), language, _home(language, catalog)), catalog, routes.home, routes.ROOT)
    if catalog.config.settings.pages.agencies:
        agencies = catalog.lists(language, ListKind.AGENCY)
        page = Page(routes.agencies(language), language, AgencyIndex(agencies), indexable=bool(agencies))
        others = [tag for tag in catalog.config.languages if tag == language or catalog.lists(tag, ListKind.AGENCY)]
        yield _translated(page, {tag: routes.agencies(tag) for tag in others})
    if catalog.config.settings.pages.search:
        searched = {tag: routes.search(tag) for tag in catalog.config.languages}
        # What is found on it are other pages: search engines have no use for it.
        yield Page(routes.search(language), language, _search(language, catalog), searched, indexable=False)
    yield _not_found(routes.not_found(language), language, catalog)


def _search(language: str, catalog: Catalog) -> Search:
    tags = catalog.lists(language, ListKind.TAG)
    most = sorted(tags, key=lambda tag: -tag.count)[:TAGS_TO_BROWSE]
    return Search(catalog.lists(language, ListKind.AGENCY), tuple(tag for tag in tags if tag in most))


def _in_all(page: Page, catalog: Catalog, address: routes.OfLanguage, x_default: str) -> Page:
    """A page that there is in every language."""
    return _translated(page, {tag: address(tag) for tag in catalog.config.languages}, x_default)


def _not_found(address: str, language: str, catalog: Catalog) -> Page:
    return Page(address, language, NotFound(catalog.newest(language, NEWEST_ON_NOT_FOUND)), indexable=False)


def _home(language: str, catalog: Catalog) -> Home:
    lead, pinned = _chosen(language, catalog)
    first = ((lead,) if lead else ()) + pinned
    newest = _without(first, catalog.newest(language, 1 + NEWEST_ON_HOME + len(first)))
    if lead is None and newest:
        lead, *newest = newest
        first += (lead,)
    blocks = []
    for key in catalog.config.sections:
        others = _without(first, catalog.newest(language, IN_A_BLOCK + len(first), key))[:IN_A_BLOCK]
        if len(others) >= LEAST_IN_A_BLOCK:
            blocks.append(SectionBlock(key, tuple(others)))
    videos = catalog.newest_in(language, ListKind.VIDEOS, "", VIDEOS_ON_HOME)
    photos = catalog.newest_in(language, ListKind.PHOTOS, "", PHOTOS_ON_HOME)
    agencies = catalog.lists(language, ListKind.AGENCY)
    return Home(lead, pinned, tuple(newest[:NEWEST_ON_HOME]), tuple(blocks), videos, photos, agencies)


def _chosen(language: str, catalog: Catalog) -> tuple[int | None, Numbers]:
    """The article that editors put at the top, and those below it, of those that the language has."""
    choice = catalog.config.home.choice(language)
    lead = catalog.number_of(language, choice.lead) if choice.lead else None
    pinned = dict.fromkeys(catalog.number_of(language, slug) for slug in choice.pinned or ())
    return lead, tuple(number for number in pinned if number not in (None, lead))


def _without(shown: Collection[int], numbers: Numbers) -> list[int]:
    return [number for number in numbers if number not in shown]


def _article_page(article: Article, catalog: Catalog) -> Page:
    versions, shown = catalog.versions(article.story), catalog.shown_beside(article.number)
    subject = Reading(
        article, versions, catalog.withdrawn_versions(article.story),
        shown[Role.RELATED], shown[Role.SAME_SECTION], shown[Role.SAME_AUTHOR],
    )  # fmt: skip
    # A reader of an unlisted language is served best by it.
    x_default = routes.article(first_version(versions).id)
    page = Page(routes.article(article.id), article.language, subject)
    return _translated(page, {version.language: routes.article(version.id) for version in versions}, x_default)


def languages_beside(versions: Articles, settings: SiteSettings) -> tuple[str, ...]:
    """The languages beside whose version of a story the others can be read, each on a page of its own language."""
    original = first_version(versions).language
    there = {it.language for it in versions}
    wanted = (original if it == ORIGINAL else it for it in settings.pages.parallel_texts)
    return tuple(tag for tag in dict.fromkeys(wanted) if tag in there)


def _parallel_texts(article: Article, catalog: Catalog) -> Iterator[Page]:
    versions = catalog.versions(article.story)
    by_language = {version.language: version for version in versions}
    for tag in languages_beside(versions, catalog.config.settings):
        if tag == article.language:
            continue
        other, address = by_language[tag], routes.parallel_text(article.id, tag)
        # Search engines know both texts already.
        yield Page(address, article.language, ParallelText(article, other, versions), indexable=False)


def has_gallery(article: Article, settings: SiteSettings) -> bool:
    """Whether an article has a page of its photographs: it has two of them or more."""
    return settings.pages.galleries and sum(photo.src is not None for photo in article.photos) > 1


def _gallery_page(article: Article, catalog: Catalog) -> Page:
    versions = [it for it in catalog.versions(article.story) if has_gallery(it, catalog.config.settings)]
    page = Page(routes.gallery(article.id), article.language, Gallery(article))
    return _translated(page, {version.language: routes.gallery(version.id) for version in versions})


def _static_pages(key: str, catalog: Catalog) -> Iterator[Page]:
    language, _, slug = key.partition("/")
    found = {page.language: page for page in catalog.static_pages() if page.slug == slug}
    if language in found:
        page = Page(routes.static_page(language, slug), language, found[language])
        order = [tag for tag in catalog.config.languages if tag in found]
        yield _translated(page, {tag: routes.static_page(tag, slug) for tag in order})


def _list_pages(it: ArticleList, catalog: Catalog) -> Iterator[Page]:
    for listing in listings(it, catalog):
        page = Page(listing.page_address, it.language, listing, indexable=bool(listing.articles))
        if listing.number is not None:
            yield page
            continue
        others = catalog.languages_with(it.kind, it.slug, listing.month)
        order = [tag for tag in catalog.config.languages if tag in others]
        yield _translated(page, {tag: front_of(tag, it.kind, it.slug, listing.month) for tag in order})


def _translated(page: Page, addresses: Mapping[str, str], x_default: str | None = None) -> Page:
    """A page with its translations, if there are any and search engines are to know of them."""
    if not page.indexable or len(addresses) < 2:  # itself and another one
        return page
    return replace(page, alternates=dict(addresses), x_default=x_default or next(iter(addresses.values())))


def front_of(language: str, kind: ListKind, slug: str, month: Month | None) -> str:
    """The address of the front page of a list, or of one of its months."""
    if month is not None:
        return routes.month(language, month, slug or None)
    match kind:
        case ListKind.LANGUAGE:
            return routes.archive(language)
        case ListKind.SECTION:
            return routes.section(language, slug)
        case ListKind.TAG:
            return routes.tag(language, slug)
        case ListKind.AUTHOR:
            return routes.author(language, slug)
        case ListKind.AGENCY:
            return routes.agency(language, slug)
        case ListKind.PHOTOS:
            return routes.photos(language)
        case ListKind.VIDEOS:
            return routes.videos(language)


WITH_ATOM = (ListKind.TAG, ListKind.AUTHOR, ListKind.AGENCY)
"""Lists with an Atom feed: those of languages and sections have feeds with full texts."""


def atom_lies_at(it: ArticleList, catalog: Catalog) -> str | None:
    """The address of the Atom feed of a list; None if it has none, as where nobody knows the date of any article."""
    if it.kind not in WITH_ATOM or not catalog.config.settings.pages.atom_feeds or not catalog.is_dated(it.number):
        return None
    return routes.atom(front_of(it.language, it.kind, it.slug, None))


def listings(it: ArticleList, catalog: Catalog) -> Iterator[Listing]:
    """The pages of a list.

    The newest of a language or section stand on its front page; the others in archives by month. So a new,
    back-dated or withdrawn article touches the front page and one month. A portal without archives by month gets
    numbered pages instead, as all other lists have.
    """
    settings: SiteSettings = catalog.config.settings
    members = catalog.members(it.number)
    numbers = tuple(number for number, _ in members)
    whole = Listing(
        it.kind, it.slug, it.name, it.name_language, None, front_of(it.language, it.kind, it.slug, None), numbers,
        len(numbers), has_json_feed=settings.pages.json_feeds and it.kind not in (ListKind.PHOTOS, ListKind.VIDEOS),
        has_atom_feed=atom_lies_at(it, catalog) is not None,
    )  # fmt: skip
    if not settings.pages.months or it.kind not in (ListKind.LANGUAGE, ListKind.SECTION):
        yield from numbered_pages(whole, settings.articles_per_page)
        return
    months = [
        (Month.of(month), tuple(number for number, _ in of_month))
        for month, of_month in groupby(members, key=lambda member: member[1])
        if month
    ]
    counts = tuple(
        MonthCount(month, len(of_month), front_of(it.language, it.kind, it.slug, month)) for month, of_month in months
    )
    yield replace(whole, articles=numbers[: 2 * settings.articles_per_page], months=counts)
    for month, of_month in months:
        front = front_of(it.language, it.kind, it.slug, month)
        of_this_month = replace(whole, month=month, front=front, articles=of_month, total=len(of_month))
        yield from numbered_pages(of_this_month, settings.articles_per_page)


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
