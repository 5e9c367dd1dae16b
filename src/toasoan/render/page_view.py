"""A planned page into the frozen values that its template sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import singledispatch
from urllib.parse import urlsplit

from markupsafe import Markup

from toasoan import cldr, routes
from toasoan.catalog.catalog import ListKind
from toasoan.content.markdown import Body
from toasoan.content.static_pages import StaticPage
from toasoan.model.article import Article, PublicationDate, Translation
from toasoan.plan import (
    AgencyIndex,
    Chooser,
    Gallery,
    Home,
    Listing,
    NotFound,
    Page,
    ParallelText,
    Reading,
    Search,
    Subject,
    has_gallery,
)
from toasoan.render.comments import comments_view
from toasoan.render.edition import Edition, feed_links
from toasoan.render.figures import Compositor
from toasoan.render.names import list_heading, page_name
from toasoan.render.parallel_text import origin_of, parallel_pages, parallel_view
from toasoan.render.share import share_targets
from toasoan.render.structured_data import article_data, home_data, list_data, page_data
from toasoan.render.views import (
    AgencyIndexView,
    Alternate,
    ArticleView,
    Block,
    ChooserView,
    CorrectedVersion,
    Correction,
    FeedLink,
    GalleryPhoto,
    GalleryView,
    Head,
    HomeView,
    ListView,
    Named,
    NotFoundView,
    Original,
    PageIn,
    PageLink,
    PageView,
    PhotoCard,
    SearchView,
    SectionOption,
    SourceLine,
    StaticView,
    SwitchEntry,
    Version,
    View,
    WithdrawnVersion,
)
from toasoan.routes import Site

BLOCKS_ABOVE_VIDEOS = 3
"""Sections on the home page that stand above the videos."""

LEAST_HEADINGS = 3
"""From so many headings on an article has a table of contents."""

NEIGHBOURING_PAGES = 2
"""Pages on either side of the current one that a pager names."""


_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?=/|\Z)").match
"""Of nearly all addresses, in a fraction of the time that it takes to take one apart."""


_NOWHERE_ELSE: Mapping[str, str] = {}


def page_view(page: Page, edition: Edition, body: Body) -> PageView:
    """All that the template of a page sees. `body` is the text of an article or static page, else empty."""
    crumbs = _crumbs(page, edition)
    view = _view(page.subject, page, edition, body)
    return PageView(
        shell=edition.shell,
        head=_head(page, edition, crumbs),
        switch=_switch(page, edition),
        crumbs=crumbs,
        view=view,
        current_section=_current_section(page.subject, edition),
    )


# ---- what is to be seen, by kind of page


@singledispatch
def _view(subject: Subject, page: Page, edition: Edition, body: Body) -> View:
    raise TypeError(f"no view for {type(subject).__name__}")


@_view.register
def _(subject: Reading, page: Page, edition: Edition, body: Body) -> View:
    article, site = subject.article, edition.site
    compositor = Compositor(article, article.story, site)
    hero, parts, rest = compositor.composition(body)
    parallel = parallel_pages(subject, edition)
    address = site.absolute(page.address)
    return ArticleView(
        title=article.title,
        summary=article.summary,
        section=edition.section_link(article.section),
        agency=edition.agency(article),
        authors=tuple(edition.author(article, name) for name in article.authors),
        after_authors=cldr.separators(len(article.authors), edition.tag),
        published=edition.when(article.published),
        updated=edition.when(article.updated),
        reading_time=edition.say_counted(
            "%(minutes)s minute to read", "%(minutes)s minutes to read", body.minutes, "minutes"
        ),
        photo_count=_photo_count(article, edition),
        gallery=edition.link(_gallery(article, edition)),
        machine_translated=article.translation is Translation.MACHINE,
        original=_original(subject, edition),
        corrections=tuple(Correction(edition.day(one.date), one.text) for one in article.corrections),
        corrected_versions=tuple(_corrected_versions(subject, edition)),
        withdrawn_versions=tuple(_withdrawn_versions(subject, edition)),
        hero=hero,
        parts=parts,
        rest=rest,
        is_photo_series=article.is_photo_series or _gallery(article, edition) is None,
        headings=body.headings if len(body.headings) >= LEAST_HEADINGS else (),
        source=_source_line(article, edition),
        tags=tuple(edition.tag_link(tag) for tag in article.tags),
        share=share_targets(address, article.title),
        versions=tuple(
            _version(v, parallel.get(v.language), edition) for v in subject.versions if v.id != article.id
        ),
        related=edition.cards(subject.related),
        same_section=edition.cards(subject.same_section),
        same_author=edition.cards(subject.same_author),
        comments=comments_view(subject, edition),
    )


@_view.register
def _(subject: Gallery, page: Page, edition: Edition, body: Body) -> View:
    article = subject.article
    compositor = Compositor(article, article.story, edition.site)
    numbers = [number for number, photo in enumerate(article.photos, start=1) if photo.src]
    around = zip(numbers, (None, *numbers), (*numbers[1:], None), strict=False)
    photos = [
        GalleryPhoto(
            compositor.figure(number)._replace(first=before is None), cldr.number(place, edition.tag), before, after
        )
        for place, (number, before, after) in enumerate(around, start=1)
    ]
    link = edition.site.link(routes.article(article.id))
    return GalleryView(article.title, link, tuple(photos), cldr.number(len(photos), edition.tag))


@_view.register
def _(subject: ParallelText, page: Page, edition: Edition, body: Body) -> View:
    return parallel_view(subject, edition)


@_view.register
def _(subject: Home, page: Page, edition: Edition, body: Body) -> View:
    tag, site = edition.tag, edition.site
    return HomeView(
        lead=None if subject.lead is None else edition.card(subject.lead),
        pinned=edition.cards(subject.pinned),
        newest=edition.cards(subject.newest),
        newest_link=site.link(routes.archive(tag)),
        blocks=tuple(
            Block(
                Named(edition.section_name(block.section), site.link(routes.section(tag, block.section))),
                edition.cards(block.articles),
            )
            for block in subject.blocks
        ),
        videos=edition.cards(subject.videos),
        videos_link=site.link(routes.videos(tag)),
        videos_after=min(BLOCKS_ABOVE_VIDEOS, len(subject.blocks)),
        photos=tuple(_photo_card(number, edition) for number in subject.photos),
        photos_link=site.link(routes.photos(tag)),
        agencies=edition.counted_agencies(subject.agencies),
        agencies_link=site.link(routes.agencies(tag)),
    )


@_view.register
def _(subject: Listing, page: Page, edition: Edition, body: Body) -> View:
    site = edition.site
    months = tuple(
        edition.counted(Named(cldr.month_and_year(*month.month, edition.tag), site.link(month.address)), month.count)
        for month in subject.months
    )
    return ListView(
        heading=list_heading(subject, edition),
        kind="month" if subject.month else subject.kind,
        count_words=edition.say_counted("%(count)s article", "%(count)s articles", subject.total)
        if subject.number is None
        else None,
        cards=edition.cards(subject.articles),
        photos=tuple(_photo_card(number, edition) for number in subject.articles)
        if subject.kind is ListKind.PHOTOS
        else (),
        lead=subject.number is None and subject.month is None,
        pages=_pager(subject, edition),
        newer=_neighbour(subject, 1, edition),
        older=_neighbour(subject, -1, edition),
        months=months,
        feed=edition.link(subject.rss),
        atom=edition.link(subject.atom),
        json_feed=edition.link(subject.json_feed),
    )


@_view.register
def _(subject: AgencyIndex, page: Page, edition: Edition, body: Body) -> View:
    return AgencyIndexView(edition.counted_agencies(subject.agencies))


@_view.register
def _(subject: Search, page: Page, edition: Edition, body: Body) -> View:
    return SearchView(
        link=edition.site.link(page.address),
        sections=tuple(
            SectionOption(key, edition.section_name(key))
            for key in edition.config.sections
            if edition.catalog.count(edition.tag, ListKind.SECTION, key)
        ),
        agencies=tuple(agency.name for agency in subject.agencies),
        tags=tuple(edition.tag_link(tag.name) for tag in subject.tags),
    )


@_view.register
def _(subject: StaticPage, page: Page, edition: Edition, body: Body) -> View:
    html = "".join(part for part in body.parts if isinstance(part, str))
    return StaticView(subject.title, Markup(html))  # noqa: S704  # markdown-it's own output, raw HTML off


@_view.register
def _(subject: NotFound, page: Page, edition: Edition, body: Body) -> View:
    homes = _homes(edition) if page.address == routes.NOT_FOUND else ()
    return NotFoundView(edition.cards(subject.newest), homes)


@_view.register
def _(subject: Chooser, page: Page, edition: Edition, body: Body) -> View:
    return ChooserView(_homes(edition))


def _photo_count(article: Article, edition: Edition) -> str | None:
    count = sum(photo.src is not None for photo in article.photos)
    return edition.say_counted("%(count)s photo", "%(count)s photos", count) if count > 1 else None


def _photo_card(number: int, edition: Edition) -> PhotoCard:
    article = edition.catalog.article(number)
    taken = next(place for place, photo in enumerate(article.photos, start=1) if photo.src)
    return PhotoCard(edition.card(number), Compositor(article, article.story, edition.site).figure(taken))


def _gallery(article: Article, edition: Edition) -> str | None:
    return routes.gallery(article.id) if has_gallery(article, edition.config.settings) else None


def _version(version: Article, parallel: PageIn | None, edition: Edition) -> Version:
    language = edition.config.languages[version.language]
    return Version(
        tag=language.tag,
        endonym=language.endonym,
        direction=language.direction,
        link=edition.site.link(routes.article(version.id)),
        origin=origin_of(version),
        parallel=parallel,
    )


def _corrected_versions(subject: Reading, edition: Edition) -> Iterator[CorrectedVersion]:
    """The versions that were corrected after this one got its last words."""
    for version in subject.versions:
        last = _last_correction(version)
        if version.id != subject.article.id and version.corrections and _may_concern(last, subject.article):
            language = edition.config.languages[version.language]
            link = edition.site.link(routes.article(version.id))
            yield CorrectedVersion(language.tag, language.endonym, language.direction, link, edition.day(last))


def _withdrawn_versions(subject: Reading, edition: Edition) -> Iterator[WithdrawnVersion]:
    """The versions that were withdrawn after this one got its last words; their last correction tells when."""
    for version in subject.withdrawn:
        last = _last_correction(version)
        if _may_concern(last, subject.article):
            language = edition.config.languages[version.language]
            yield WithdrawnVersion(language.tag, language.endonym, language.direction, edition.day(last))


def _may_concern(correction: PublicationDate | None, article: Article) -> bool:
    """Whether a correction of another version came after the article's last words; if nobody knows, probably."""
    known = article.last_words
    if correction is None:
        return not article.corrections
    return known is None or correction.instant > known


def _last_correction(article: Article) -> PublicationDate | None:
    return max((one.date for one in article.corrections if one.date), key=_instant, default=None)


def _instant(date: PublicationDate) -> datetime:
    return date.instant


def _original(subject: Reading, edition: Edition) -> Original | None:
    """Where a translation's original is: on the portal, else at its source; None for originals and lost ones."""
    if subject.article.translation in (None, Translation.ORIGINAL):
        return None
    for version in subject.versions:
        if version.translation is Translation.ORIGINAL:
            return Original(
                edition.site.link(routes.article(version.id)), version.title, edition.foreign(version.language)
            )
    if subject.article.source_url:
        return Original(subject.article.source_url, None, None)
    return None


def _source_line(article: Article, edition: Edition) -> SourceLine:
    host = _host_of(article.source_url) if article.source_url else None
    return SourceLine(edition.agency(article), article.source_url, host.removeprefix("www.") if host else None)


def _host_of(address: str) -> str | None:
    plain = _PLAIN_HOST(address)
    return plain[1] if plain else urlsplit(address).hostname


def _pager(listing: Listing, edition: Edition) -> tuple[PageLink, ...]:
    """The front page, the pages around the current one, and the oldest; nothing where there is one page only."""
    if not listing.pages:
        return ()
    here = listing.pages + 1 if listing.number is None else listing.number
    shown = {listing.pages + 1, 1} | set(range(here - NEIGHBOURING_PAGES, here + NEIGHBOURING_PAGES + 1))
    links = []
    for number in sorted((n for n in shown if 1 <= n <= listing.pages + 1), reverse=True):
        front = number == listing.pages + 1
        address = listing.front if front else routes.numbered(listing.front, number)
        label = edition.say("Newest") if front else cldr.number(number, edition.tag)
        links.append(PageLink(label, edition.site.link(address), number == here))
    return tuple(links)


def _neighbour(listing: Listing, step: int, edition: Edition) -> str | None:
    here = listing.pages + 1 if listing.number is None else listing.number
    there = here + step
    if not 1 <= there <= listing.pages + 1:
        return None
    front = there == listing.pages + 1
    return edition.site.link(listing.front if front else routes.numbered(listing.front, there))


# ---- where the page is: languages, breadcrumbs


def _switch(page: Page, edition: Edition) -> tuple[SwitchEntry, ...]:
    """Every language of the portal: this page in it where it exists, else its home page."""
    subject = page.subject
    alternates = page.alternates or _NOWHERE_ELSE
    parallel: Mapping[str, PageIn] = {}
    if isinstance(subject, Reading):
        # Of an original there may be as many such pages as languages: the switch has those for its own readers.
        found = parallel_pages(subject, edition)
        parallel = {tag: it for tag, it in found.items() if it.tag == page.language}
    elif isinstance(subject, ParallelText):
        alternates = {it.language: routes.article(it.id) for it in subject.versions}
    homes = _homes(edition) if isinstance(page.subject, Chooser | NotFound) else edition.homes
    entries = []
    for home in homes:
        current = home.tag == page.language
        address = page.address if current else alternates.get(home.tag)
        link = None if address is None else edition.site.link(address)
        entries.append(home if link is None else _entry(home, link, current, parallel.get(home.tag)))
    return tuple(entries)


def _homes(edition: Edition) -> tuple[SwitchEntry, ...]:
    return tuple(_entry(home, home.link, current=False) for home in edition.homes)


def _entry(home: SwitchEntry, link: str, current: bool, parallel: PageIn | None = None) -> SwitchEntry:
    return SwitchEntry(home.tag, home.endonym, home.direction, link, current, same_page=True, parallel=parallel)


def _crumbs(page: Page, edition: Edition) -> tuple[Named, ...]:
    """The way from the home page; the last one is the page itself, or an article's section."""
    subject, home = page.subject, edition.home
    if isinstance(subject, Reading):
        section = edition.section_link(subject.article.section)
        return (home, section) if section else (home,)
    if isinstance(subject, Gallery):
        article = Named(subject.article.title, edition.site.link(routes.article(subject.article.id)))
        return (home, article, Named(edition.say("Photos")))
    if isinstance(subject, ParallelText):
        article = Named(subject.article.title, edition.site.link(routes.article(subject.article.id)))
        return (home, article, Named(edition.say("Read in two languages")))
    if isinstance(subject, Listing):
        above: list[Named] = []
        if subject.month is not None:
            parent = edition.section_link(subject.section)
            above = [parent or Named(edition.say("All news"), edition.site.link(routes.archive(edition.tag)))]
        if subject.kind is ListKind.AGENCY:
            above = [Named(edition.say("Agencies"), edition.site.link(routes.agencies(edition.tag)))]
        return (home, *above, list_heading(subject, edition))
    if isinstance(subject, AgencyIndex):
        return (home, Named(edition.say("Agencies")))
    if isinstance(subject, Search):
        return (home, Named(edition.say("Search")))
    if isinstance(subject, StaticPage):
        return (home, Named(subject.title))
    return ()


def _current_section(subject: Subject, edition: Edition) -> str | None:
    key = None
    if isinstance(subject, Reading):
        key = subject.article.section
    elif isinstance(subject, Listing):
        key = subject.section
    return edition.site.link(routes.section(edition.tag, key)) if key else None


# ---- what the head says


def _head(page: Page, edition: Edition, crumbs: Sequence[Named]) -> Head:
    site, portal = edition.site, edition.shell.portal
    title, description = _title(page, edition), _description(page, edition)
    article = page.subject.article if isinstance(page.subject, Reading) else None
    alternates: Mapping[str, str] = page.alternates or _NOWHERE_ELSE
    own_image = edition.share_image_of(article)
    return Head(
        title=title,
        description=description,
        canonical=site.absolute(page.address),
        alternates=_alternates(page, site),
        feeds=_feeds(page, edition),
        share_image=own_image or edition.share_image,
        share_image_alt=article.title if own_image and article else portal,
        og_type="article" if article else "website",
        og_locale=edition.locale,
        og_other_locales=tuple([cldr.with_territory(tag) for tag in alternates if tag != edition.tag]),
        published=str(article.published) if article and article.published else None,
        modified=str(article.updated) if article and article.updated else None,
        section=edition.section_name(article.section) if article and article.section else None,
        tags=article.tags if article else (),
        indexable=page.indexable,
        structured_data=_structured_data(page, edition, description, crumbs),
        font=edition.headline_font,
    )


def _alternates(page: Page, site: Site) -> tuple[Alternate, ...]:
    alternates = [
        Alternate(tag, site.absolute(address)) for tag, address in (page.alternates or _NOWHERE_ELSE).items()
    ]
    if page.x_default:
        alternates.append(Alternate("x-default", site.absolute(page.x_default)))
    return tuple(alternates)


def _structured_data(page: Page, edition: Edition, description: str, crumbs: Sequence[Named]) -> Markup | None:
    if isinstance(page.subject, Reading):
        return article_data(page.subject, edition, description, crumbs)
    if isinstance(page.subject, Home):
        return home_data(edition)
    if not crumbs or not page.indexable:
        return None
    if isinstance(page.subject, Listing):
        articles = [edition.card(number).link for number in page.subject.articles]
        return list_data(edition, page.address, page_name(page.subject, edition), articles, crumbs)
    return page_data(edition, page.address, crumbs)


def _title(page: Page, edition: Edition) -> str:
    subject, portal, shell = page.subject, edition.shell.portal, edition.shell
    if isinstance(subject, Home | Chooser):
        return f"{portal} – {shell.tagline}" if shell.tagline and isinstance(subject, Home) else portal
    return f"{page_name(subject, edition)} – {portal}"


def _description(page: Page, edition: Edition) -> str:
    subject, shell = page.subject, edition.shell
    if isinstance(subject, Reading):
        return subject.article.description
    if isinstance(subject, StaticPage):
        return subject.description
    if isinstance(subject, Home | Chooser):
        return shell.description or shell.tagline or shell.portal
    if isinstance(subject, Listing) and subject.number is None:
        count = edition.say_counted("%(count)s article", "%(count)s articles", subject.total)
        return f"{page_name(subject, edition)} – {count}. {shell.portal}"
    return f"{page_name(subject, edition)}. {shell.portal}"


def _feeds(page: Page, edition: Edition) -> tuple[FeedLink, ...]:
    if isinstance(page.subject, Chooser | NotFound):
        return ()
    if isinstance(page.subject, Listing):
        if not page.subject.feeds:
            return ()
        name = f"{list_heading(page.subject, edition).name} – {edition.shell.portal}"
        rss, json_feed, atom = map(edition.link, (page.subject.rss, page.subject.json_feed, page.subject.atom))
        return feed_links(name, rss, json_feed, atom)
    return edition.feeds
