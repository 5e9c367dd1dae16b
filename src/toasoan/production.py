"""A target's files, made: what a worker does with one, from looking it up to files that wait for publication."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.checks.alternates import check_head, versions_digest
from toasoan.checks.texts import check_text
from toasoan.config import Config
from toasoan.content.articles import read_manuscript
from toasoan.content.comments import read_comments
from toasoan.content.markdown import Body, render_body
from toasoan.content.static_pages import StaticPage
from toasoan.content.videos import media_files
from toasoan.diagnostics import Location, Report
from toasoan.former_addresses import FormerAddress, former_addresses
from toasoan.linked_files import linked_files
from toasoan.model.article import Article, ArticleId
from toasoan.outputs.atom import LONGEST as LONGEST_ATOM
from toasoan.outputs.atom import AtomEntry, atom, atom_entry
from toasoan.outputs.feed_channel import channel_of
from toasoan.outputs.json_feed import json_feed, json_item, older_page
from toasoan.outputs.opml import opml_of_language, opml_of_portal
from toasoan.outputs.rss import rss_item
from toasoan.outputs.sitemap import entry, part_of
from toasoan.outputs.web_app_manifest import web_app_manifest
from toasoan.pictures import covers_of, drawings, stem, written_credit
from toasoan.plan import Listing, Page, ParallelText, Reading, pages_of
from toasoan.publish import Staging
from toasoan.render.edition import Edition
from toasoan.render.environment import TemplateFault
from toasoan.render.page_view import NEIGHBOURING_PAGES
from toasoan.render.pages import LAYOUTS, PageRenderer
from toasoan.render.share_image import SharePictures
from toasoan.routes import Site
from toasoan.source_files import content_digest, content_hash
from toasoan.state import State
from toasoan.targets import Target

NO_TEXT = Body(())
_INPUTS = "SELECT path, inputs FROM output WHERE kind = ? AND key = ?"
ITEMS_KEPT = 4_000
"""Items of JSON Feeds that each process keeps at most, about 1 KB each."""


PART = 1 << 20
"""Bytes of a file that are copied at once."""


class Listed(NamedTuple):
    """What search engines are told of a page."""

    entry: str
    """In its sitemap."""

    part: str
    """Which sitemap that is."""

    versions: bytes | None
    """Digest of the set of language versions that it names."""

    version_count: int | None


class MadeFile(NamedTuple):
    """A file of a target. Tuples travel between processes in a third of the time of other objects."""

    path: str
    digest: bytes
    """SHA-256."""

    size: int
    waits: bool
    """Whether it waits for publication; if not, the output folder has the very same file already."""

    replaces: bool
    """Whether the output folder has a file of ours in its place."""

    inputs: bytes | None = None
    """What a page of a list was made from: it need not be made again while that is the same."""

    listed: Listed | None = None
    """None for files and pages of which search engines are told nothing."""


class Need(NamedTuple):
    """A file, or several, that a page leads to."""

    path: str
    """In the output folder; that of a photograph's renditions up to their width."""

    what: str
    """"cover", "media" or "photo"."""

    origin: str
    """Key of the cover, or name of the file below the media folder."""

    more: str = ""
    """Section of the cover; digest of a photograph's file, and on a second line the credit to be written into it."""


@dataclass(slots=True)
class Made:
    """What became of a target."""

    kind: Target
    key: str
    files: list[MadeFile] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Files that stay as they are."""

    links: list[tuple[str, int]] = field(default_factory=list)
    """Links in its text, as written, each with its line in the file."""

    needs: list[Need] = field(default_factory=list)
    """Other files that its pages lead to."""

    former: Sequence[FormerAddress] = ()
    """Addresses besides its own that lead to it."""

    share: tuple[str | None, str | None, str | None] | None = None
    """Of an article: the path of its share image, None if no font has its letters; its photo; its look. None for
    other targets, and where all have the portal's own."""

    feed_items: tuple[str, str] | None = None
    """Of an article that stands in feeds with full texts: in RSS and in JSON."""

    report: Report = field(default_factory=Report)
    rendering: list[tuple[str, float]] = field(default_factory=list)
    """The template of each page with the seconds that it took."""

    template_is_wrong: bool = False
    """Whether a template has a mistake: other pages would tell of it again."""


class Production:
    """Makes targets. Forks of this process inherit it."""

    def __init__(
        self,
        root: Path,
        catalog: Catalog,
        editions: Mapping[str, Edition],
        renderer: PageRenderer,
        staging: Staging,
        surroundings: Mapping[tuple[str, str], bytes],
        in_feeds: Collection[int],
        comments: Mapping[ArticleId, str],
    ) -> None:
        self.root = root
        self.catalog = catalog
        self.editions = editions
        self.renderer = renderer
        self.staging = staging
        self.surroundings = surroundings
        """By language and layout: a digest of all that its pages show besides what they are about."""

        self.in_feeds = in_feeds
        """Articles that stand in feeds with full texts now."""

        self.comments = comments
        """The files with readers' comments."""

        self._revision = lru_cache(maxsize=ITEMS_KEPT)(catalog.revision)
        self._json_item = lru_cache(maxsize=ITEMS_KEPT)(self._json_item_of)
        self._atom_entry = lru_cache(maxsize=ITEMS_KEPT)(self._atom_entry_of)

    def made(self, target: tuple[Target, str]) -> Made:
        """The files of a target."""
        kind, key = target
        made = Made(kind, key)
        known: Mapping[str, bytes | None] = {}
        if kind is Target.FEEDS:
            self._make_feed_list(key, made)
        if kind is Target.LANGUAGE and key in self.editions:
            path = routes.file_of(routes.web_app_manifest(key))
            self._put(path, web_app_manifest(self.editions[key]), made)
        if kind is Target.LIST:
            known = dict(self.catalog.state.rows(_INPUTS, kind, key))
        for page in pages_of(kind, key, self.catalog):
            if isinstance(page.subject, Listing):
                self._make_listing(page, page.subject, known, made)
            else:
                self._make_page(page, made)
        return made

    def _make_page(self, page: Page, made: Made, inputs: bytes | None = None) -> None:
        html = self.html_of(page, made)
        if html is None:
            return
        listed = None
        if page.indexable:
            site = self.editions[page.language].site
            check_head(html, page, site, LAYOUTS[type(page.subject)], made.report)
            made.template_is_wrong = made.report.has_errors  # the next pages would tell the same
            count = len(page.alternates) if page.alternates else None
            listed = Listed(entry(page, self.catalog, site), part_of(page), versions_digest(page), count)
        self._put(routes.file_of(page.address), html.encode("utf-8"), made, inputs, listed)

    def html_of(self, page: Page, made: Made) -> str | None:
        """A page, with what was found on the way noted as of its target; None if there is a mistake in it."""
        edition = self.editions[page.language]
        body = read_body(page, self.root, self.catalog.config, made)
        if made.report.has_errors:
            return None
        article = page.subject.article if isinstance(page.subject, Reading) else None
        if article is not None and article.number in self.in_feeds:
            made.feed_items = rss_item(article, edition, body), json_item(article, edition, body)
        page = self._with_texts(self._with_comments(page))
        if article is not None and edition.share_pictures is not None:
            made.share = share_of(article, edition.share_pictures)
        start = time.perf_counter()
        html = self.renderer.rendered(page, edition, body)
        made.rendering.append((LAYOUTS[type(page.subject)], time.perf_counter() - start))
        if isinstance(html, TemplateFault):
            hint = f"it happened while rendering {page.address}"
            made.template_is_wrong = True
            made.report.error("template-mistake", html.reason, Location(html.path, html.line), hint)
            return None
        return html

    def _with_comments(self, page: Page) -> Page:
        """An article's page with the comments of its readers; what is wrong with their file was told before."""
        subject = page.subject
        if not isinstance(subject, Reading) or self.catalog.config.settings.comments is None:
            return page
        path = self.comments.get(subject.article.id)
        comments = read_comments(self.root, path, Report()) if path else ()
        return replace(page, subject=replace(subject, comments=comments))

    def _with_texts(self, page: Page) -> Page:
        """A page of two texts with these; what is wrong with them is told where their own pages are made."""
        subject = page.subject
        if not isinstance(subject, ParallelText):
            return page
        read = [read_manuscript(self.root, it.path, Report()) for it in (subject.article, subject.other)]
        own, other = (it.markdown if it else "" for it in read)
        return replace(page, subject=replace(subject, texts=(own, other)))

    def _make_listing(self, page: Page, listing: Listing, known: Mapping[str, bytes | None], made: Made) -> None:
        inputs = self._inputs(page, listing)
        path = routes.file_of(page.address)
        # Feeds with full texts are put together from what the pages of their articles leave behind.
        feeds = [] if listing.rss else [routes.file_of(feed) for feed in listing.feeds]
        if known.get(path) == inputs and all(feed in known for feed in feeds):
            made.kept += [path, *feeds]
            return
        self._make_page(page, made, inputs)
        if feeds:
            self._make_feeds(listing, self.editions[page.language], made)

    def _make_feeds(self, listing: Listing, edition: Edition, made: Made) -> None:
        if listing.json_feed:
            items = (self._json_item(edition.tag, number) for number in listing.articles)
            channel = channel_of(listing, listing.json_feed, edition)
            data = json_feed(channel, items, older_page(listing, edition.site))
            self._put(routes.file_of(listing.json_feed), data, made)
        if listing.atom:
            found = (self._atom_entry(edition.tag, number) for number in listing.articles[:LONGEST_ATOM])
            entries = tuple(entry for entry in found if entry)
            self._put(routes.file_of(listing.atom), atom(channel_of(listing, listing.atom, edition), entries), made)

    def _inputs(self, page: Page, listing: Listing) -> bytes:
        """A digest of all that a page of a list shows; numbered pages show neither the total nor far pages."""
        is_front = listing.number is None
        seen = (
            [(number, self._revision(number)) for number in listing.articles],
            listing.number,
            listing.pages if listing.number is None else min(listing.pages, listing.number + NEIGHBOURING_PAGES),
            (listing.name, listing.name_language, listing.front),
            (listing.total, listing.months) if is_front else None,
            page.alternates,
            self.surroundings[page.language, LAYOUTS[Listing]],
        )
        return content_digest(repr(seen).encode("utf-8", "surrogatepass"))

    def _json_item_of(self, language: str, number: int) -> str:
        return json_item(self.catalog.article(number), self.editions[language])

    def _atom_entry_of(self, language: str, number: int) -> AtomEntry | None:
        return atom_entry(self.catalog.article(number), self.editions[language])

    def _make_feed_list(self, language: str, made: Made) -> None:
        config = self.catalog.config
        if language in self.editions:
            data = opml_of_language(self.editions[language], self.catalog)
            self._put(routes.file_of(routes.opml(routes.home(language))), data, made)
        elif not language:
            languages = [(it.tag, it.endonym) for it in config.languages.values()]
            data = opml_of_portal(config.settings.title, languages, Site(config.settings.base_url))
            self._put(routes.file_of(routes.opml(routes.ROOT)), data, made)

    def _put(
        self, path: str, data: bytes, made: Made, inputs: bytes | None = None, listed: Listed | None = None
    ) -> None:
        made.files.append(made_file(self.catalog.state, self.staging, path, data, inputs, listed))


def checked(target: tuple[Target, str], catalog: Catalog, root: Path) -> Made:
    """What is wrong with the text of a target, which is not made."""
    made = Made(*target)
    for page in pages_of(*target, catalog):
        read_body(page, root, catalog.config, made)
    return made


def read_body(page: Page, root: Path, config: Config, made: Made) -> Body:
    """The text of a page, with what it links to, what leads to it and what is wrong in it noted."""
    path = page.text_path
    manuscript = None if path is None else read_manuscript(root, path, made.report)
    if path is None or manuscript is None:
        return NO_TEXT
    body = render_body(manuscript.markdown, page.language, Site(config.settings.base_url).base_path)
    article = page.subject.article if isinstance(page.subject, Reading) else None
    check_text(path, manuscript, body, page.language, article, made.report)
    owner = page.subject.article if isinstance(page.subject, Reading) else page.subject
    if isinstance(owner, Article | StaticPage):
        made.former = tuple(former_addresses(owner, config))
    made.links += [(link.address, manuscript.first_line + link.line - 1) for link in body.links]
    media = {*linked_files(body, root)}
    if article is not None:
        media.update(drawings(article.photos), media_files(article.videos))
    made.needs += [Need(routes.file_of(routes.media(src)), "media", src) for src in sorted(media)]
    if article is not None:
        made.needs += pictures_with(article)
    return body


def pictures_with(article: Article) -> Iterator[Need]:
    """The covers and photographs that pages with an article, or with its card, lead to."""
    for it in dict.fromkeys(covers_of(article, article.story)):
        yield Need(routes.file_of(routes.cover(it.name)), "cover", it.key, it.section)
    posters = [video.poster for video in article.videos if video.poster]
    for photo in (*article.photos, *posters):
        begin = stem(photo)
        if begin and photo.src and photo.file:
            more = f"{photo.file.digest}\n{written_credit(photo) or ''}"
            yield Need(routes.file_of(routes.media(begin)), "photo", photo.src, more)


def share_of(article: Article, pictures: SharePictures) -> tuple[str | None, str | None, str | None]:
    """What is noted of an article's share image."""
    picture = pictures.of(article)
    if picture is None:
        return None, None, None
    look = picture.image.look
    return routes.file_of(picture.address), picture.photo, f"{look.motif} {look.palette}"


def copied_file(state: State, staging: Staging, path: str, source: Path) -> tuple[MadeFile, bytes]:
    """Have a copy of a file of any size wait for publication; gives a digest of its content as a source as well."""
    whole, content, size = hashlib.sha256(), content_hash(), 0

    def parts() -> Iterator[bytes]:
        nonlocal size
        with source.open("rb") as file:
            while part := file.read(PART):
                whole.update(part)
                content.update(part)
                size += len(part)
                yield part

    staging.put_parts(path, parts())
    known = state.row("SELECT digest, 1 FROM output WHERE path = ?", path)
    waits = known is None or known[0] != whole.digest()
    return MadeFile(path, whole.digest(), size, waits, known is not None), content.digest()


def made_file(
    state: State,
    staging: Staging,
    path: str,
    data: bytes,
    inputs: bytes | None = None,
    listed: Listed | None = None,
) -> MadeFile:
    """Have a file wait for publication, unless the output folder has the very same one already."""
    digest = hashlib.sha256(data).digest()
    known = state.row("SELECT digest, 1 FROM output WHERE path = ?", path)
    waits = known is None or known[0] != digest
    if waits:
        staging.put(path, data)
    return MadeFile(path, digest, len(data), waits, known is not None, inputs, listed)
