"""What is due, made: from changed sources to a published output folder and a state that knows of it."""

from __future__ import annotations

import gc
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from toasoan import routes
from toasoan.build_result import BuildResult, Progress, Published, Stages
from toasoan.catalog.beside import shown_beside
from toasoan.catalog.catalog import Catalog, ListKind
from toasoan.catalog.likeness import Holders
from toasoan.catalog.postings import AllPostings, Postings
from toasoan.catalog.update import Shown, Update
from toasoan.checks.addresses import check_addresses, check_stories
from toasoan.checks.links import check_links
from toasoan.config import Config, read_config
from toasoan.diagnostics import Location, Report
from toasoan.incremental.output_folder import OutputFolder, note_output, take_stock
from toasoan.incremental.reading import (
    forget_articles,
    note_missing_media,
    read_articles_anew,
    read_pages_anew,
    tell_reading,
    to_read_again,
)
from toasoan.incremental.samples import learn_common_words
from toasoan.incremental.sources import (
    SETTINGS,
    Snapshot,
    SourceChanges,
    as_json,
    digest_of,
    forget_source,
    identity,
    note_folders,
    note_source,
    source_digest,
)
from toasoan.incremental.surroundings import note_due, surroundings
from toasoan.model.language import Language
from toasoan.outputs.assets import Assets, assets
from toasoan.outputs.feeds import LONGEST, rss
from toasoan.outputs.sitemap import part_of, robots, sitemap_files, sitemap_index
from toasoan.parallel import LEAST, in_parallel, in_stretches
from toasoan.plan import Listing, front_of, pages_of, targets
from toasoan.portal_folders import CONTENT_FOLDER, MEDIA_FOLDER, PAGES_FOLDER
from toasoan.production import Made, MadeFile, Production, checked, made_file
from toasoan.publish import MANIFEST, NewFile, Staging, publish
from toasoan.render.interface import LOCALE_FOLDER, Interface, read_interfaces
from toasoan.render.pages import LAYOUTS, PageRenderer, editions
from toasoan.routes import Site
from toasoan.slug import folded_address
from toasoan.source_files import Stamp, settled, stamp_at
from toasoan.state import State, path_of, stored_path
from toasoan.targets import Target, due
from toasoan.theme import theme_folder

MANY = 5
"""Where one in so many articles is to be related anew, it pays to have all postings in memory."""

TARGETS_AT_ONCE = 20
"""Targets that a worker takes before it tells what became of them: a list may have hundreds of pages."""

LISTS_FOR_WORKERS = 40
"""Lists for which it pays to start workers."""

LINE = 1_000
"""Bytes of the manifest for each file from which on it is written anew: a line has some 150."""

_LISTED = "SELECT path, entry, part FROM output WHERE kind = ? AND key = ?"
_REPLACES = 2
"""What the state says of a waiting file in whose place another one of ours lies; else 1."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for, and what it found."""

    root: Path
    destination: Path | None
    seen: Snapshot
    changed: SourceChanges
    output: OutputFolder | None
    progress: Progress
    jobs: int
    now: datetime
    stages: Stages
    frame: Frame | None = None
    """What the last build of this process prepared, if neither settings nor theme have changed since."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What changes with settings and theme alone."""

    config: Config
    theme: Assets
    interfaces: Mapping[str, Interface]
    layouts: Mapping[str, str]
    """Of each layout, a digest of the templates that it uses."""


def make(order: Order, state: State, keep_frame: Callable[[Frame], None] = lambda _: None) -> BuildResult:
    """Read what changed, make what is due, and publish it if there is no mistake in the whole portal.

    `keep_frame` is given what the next build of this process need not prepare again.
    """
    with without_collection():
        return _make(order, state, keep_frame)


@contextmanager
def without_collection() -> Iterator[None]:
    """Leave what refers to itself in memory for a while: there is little of it, and to look for it takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _make(order: Order, state: State, keep_frame: Callable[[Frame], None]) -> BuildResult:
    report, stages = Report(), order.stages
    config = order.frame.config if order.frame else read_config(order.root, report, _known_languages(state))
    if config is None:
        return BuildResult(report)
    is_first = _is_first(state, order)
    state.run("DELETE FROM fact WHERE name = 'result'")
    if is_first:
        _begin_anew(state)
        state.note("languages", [(it.tag, it.endonym, it.direction) for it in config.languages.values()])
    if order.output is not None:
        take_stock(state, order.output)
    catalog = Catalog(state, config)
    _bring_up_to_date(catalog, order, is_first, report)
    check_addresses(catalog, report)
    check_stories(catalog, report)

    staging = Staging(order.destination)
    with stages("theme"):
        prepared = _prepared(catalog, order, staging, report, keep_frame)
    if is_first:
        state.run_each("INSERT OR IGNORE INTO due VALUES (?, ?, 'it is built for the first time')", targets(catalog))
    if is_first or state.row("SELECT count(*) FROM due") >= LEAST:
        # Workers read what is in the file, and a build that is cut short is finished by the next one.
        if prepared is not None:
            prepared.production.renderer.load()
        state.seal()
    state.mark()
    if prepared is None or report.has_errors:
        _check_texts(catalog, order, [output.path for output in prepared.theme.outputs] if prepared else (), report)
        state.seal()
        return BuildResult(report)
    staging.clear()
    try:
        result = _made(_Making(catalog, prepared, order, report, is_first))
    finally:
        staging.clear()
    if result is None:
        # Nothing is published, but what was read is known: the next build begins here.
        state.return_to_mark()
        state.seal()
    return result or BuildResult(report)


def _made(making: _Making) -> BuildResult | None:
    """Make and publish; None if there are mistakes, or if publication would harm other people's files."""
    if not making.make_targets(_in_order(making.catalog)):
        _check_planned_links(making.catalog, [output.path for output in making.theme.outputs], making.report)
        return None
    with making.order.stages("feeds, sitemaps, pictures"):
        making.make_the_rest()
    return making.publish() if check_links(making.state, None, making.report) else None


def _is_first(state: State, order: Order) -> bool:
    """Whether nothing is known, or nothing that could be relied upon."""
    if state.fact("identity") != identity():  # a new state knows of none
        return True
    return any(path in order.changed.changed | order.changed.gone for path in SETTINGS)


def _known_languages(state: State) -> Mapping[str, Language]:
    """Languages that CLDR was asked about by the same program."""
    if state.fact("identity") != identity():
        return {}
    return {tag: Language(tag, endonym, direction) for tag, endonym, direction in state.fact("languages") or ()}


def _begin_anew(state: State) -> None:
    if state.fact("identity") != identity():
        state.run("DELETE FROM template")  # another version may put templates into another form
    state.forget_catalog()
    state.run("UPDATE output SET kind = '', key = '', inputs = NULL, entry = NULL, part = NULL, waits = NULL")
    state.note("identity", identity())


def _bring_up_to_date(catalog: Catalog, order: Order, is_first: bool, report: Report) -> None:
    """Sources into the catalog."""
    state, seen, stages = catalog.state, order.seen, order.stages
    changed = SourceChanges(frozenset(seen.files), frozenset()) if is_first else order.changed
    update = Update(catalog, is_first)
    with stages("reading"):
        forget_articles(update, changed)
        note_missing_media(state, changed)
        common, relearned = learn_common_words(state, order.root, catalog.config, seen.files, changed)
        paths = to_read_again(state, changed, seen, order.now)
        if relearned:
            # Articles of these languages are described in other words than before.
            folders = tuple(f"{CONTENT_FOLDER}/{language}/" for language in relearned)
            paths |= {path for path in seen.files if path.startswith(folders)}
            paths |= _described_apart(state, relearned)
        read_articles_anew(
            sorted(paths), order.root, catalog.config, seen, update, order.now, common, order.jobs,
            lambda done, total: order.progress("articles", done, total),
        )  # fmt: skip
        strays = any(file.path.startswith(f"{PAGES_FOLDER}/") for file in seen.strays)
        if is_first or changed.within(PAGES_FOLDER) or strays:
            read_pages_anew(catalog, order.root, seen, changed, report)
        _note_other_sources(state, order, changed)
        note_folders(state, seen)
    with stages("lists and related articles"):
        update.settle(lambda numbers: _shown_beside(catalog, numbers, order.jobs))
    tell_reading(state, seen, report)
    state.note("now", order.now.timestamp())
    state.note("strays", [file.path for file in seen.strays])
    waiting = state.row("SELECT max(due_at) FROM source WHERE due_at IS NOT NULL")
    state.note("until", None if waiting is None else -waiting / 1e6)


def _described_apart(state: State, languages: Collection[str]) -> set[str]:
    """Articles in these languages that lie in other folders."""
    return {
        path_of(path)
        for language in languages
        for path in state.rows("SELECT path FROM article WHERE language = ?", language)
    }


def _note_other_sources(state: State, order: Order, changed: SourceChanges) -> None:
    for path in changed.changed:
        if not path.startswith((f"{CONTENT_FOLDER}/", f"{PAGES_FOLDER}/")):
            stamp = settled(order.seen.files[path], order.seen.taken_ns)
            note_source(state, path, stamp, digest_of(order.root, path))
    for path in changed.gone:
        if not path.startswith((f"{CONTENT_FOLDER}/", f"{PAGES_FOLDER}/")):
            forget_source(state, path)


def _shown_beside(catalog: Catalog, numbers: Sequence[int], jobs: int) -> Iterable[Shown]:
    if jobs > 1 and len(numbers) >= LEAST:
        catalog.state.save()  # forks read what is in the file
    articles = catalog.state.row("SELECT count(*) FROM article")
    holders: Holders = AllPostings(catalog.state) if MANY * len(numbers) > articles else Postings(catalog.state)
    return in_parallel(lambda number: shown_beside(number, catalog, holders), numbers, jobs)


def theme_folders(root: Path, part: Literal["templates", "static"], below: str = "") -> tuple[Path, ...]:
    """Where a part of the theme is looked for: a portal's own files in `site/`, then the default theme."""
    own, default = root / "site" / part / below, theme_folder(part) / below
    return (own, default) if own.is_dir() else (default,)


@dataclass(frozen=True, slots=True)
class _Prepared:
    production: Production
    theme: Assets


class _CompiledInterfaces:
    """Translations in gettext's form, kept in the state beside the templates in Python's."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""
        found: bytes | None = self._state.row("SELECT code FROM template WHERE name = ?", name)
        return found

    def put(self, name: str, data: bytes) -> None:
        """Keep something under a name."""
        self._state.run("INSERT OR REPLACE INTO template VALUES (?, ?)", name, data)


def _prepared(
    catalog: Catalog, order: Order, staging: Staging, report: Report, keep_frame: Callable[[Frame], None]
) -> _Prepared | None:
    """All that pages need besides the catalog; None if the theme's words have mistakes."""
    state, config, root, known = catalog.state, catalog.config, order.root, order.frame
    if known:
        theme, interfaces = known.theme, known.interfaces
    else:
        theme = assets(theme_folders(root, "static"), Site(config.settings.base_url), report)
        places = theme_folders(root, "templates", LOCALE_FOLDER)
        interfaces = read_interfaces(config.languages, places, report, _CompiledInterfaces(state))
    if len(interfaces) < len(config.languages):
        return None
    by_language = editions(catalog, interfaces, theme.link)
    renderer = PageRenderer(by_language, theme_folders(root, "templates"), state)
    layouts = known.layouts if known else {layout: renderer.digest(layout) for layout in LAYOUTS.values()}
    if not report.has_errors:
        keep_frame(Frame(config, theme, interfaces, layouts))
    words = {tag: interface.digest for tag, interface in interfaces.items()}
    around, parts = surroundings(by_language, words, theme.links, layouts)
    note_due(state, catalog, around, parts)
    in_feeds = frozenset(number for feed in fed_listings(catalog) for number in feed.articles)
    _note_missing_items(state, in_feeds)
    production = Production(root, catalog, by_language, renderer, staging, around, in_feeds)
    return _Prepared(production, theme)


def fed_listings(catalog: Catalog) -> Iterator[Listing]:
    """What stands in the RSS feed of each language and section."""
    for tag in catalog.config.languages:
        for section in (None, *catalog.config.sections):
            kind = ListKind.SECTION if section else ListKind.LANGUAGE
            newest = catalog.newest(tag, LONGEST, section)
            front = front_of(tag, kind, section or "", None)
            yield Listing(kind, section or "", "", None, None, front, newest, len(newest))


def _note_missing_items(state: State, in_feeds: frozenset[int]) -> None:
    have = frozenset(state.rows("SELECT article FROM feed_item"))
    for number in have - in_feeds:
        state.run("DELETE FROM feed_item WHERE article = ?", number)
    for number in in_feeds - have:
        due(state, Target.ARTICLE, number, "it stands in a feed now")


def _in_order(catalog: Catalog) -> list[tuple[Target, str]]:
    """What is due, language by language, so that cards that were made once are at hand; the largest lists first."""
    state = catalog.state
    order = {tag: place for place, tag in enumerate(catalog.config.languages)}
    lists = state.rows(
        "SELECT language, due.key FROM due LEFT JOIN list ON number = due.key WHERE due.kind = 'list'"
        " ORDER BY count DESC, number"
    )
    articles = state.rows(
        "SELECT language, due.key FROM due LEFT JOIN article ON number = due.key WHERE due.kind = 'article'"
        " ORDER BY moment, slug, path"
    )
    by_language: dict[int, list[tuple[Target, str]]] = {}
    for kind, rows in ((Target.LIST, lists), (Target.ARTICLE, articles)):
        for language, key in rows:
            by_language.setdefault(order.get(language or "", -1), []).append((kind, str(key)))
    others = state.rows("SELECT kind, key FROM due WHERE kind NOT IN ('list', 'article') ORDER BY kind, key")
    return [
        *((Target(kind), str(key)) for kind, key in others),
        *(target for place in sorted(by_language) for target in by_language[place]),
    ]


def _check_texts(catalog: Catalog, order: Order, theme: Collection[str], report: Report) -> None:
    """Nothing will be published: look for mistakes in the texts that are due all the same, so that all are told."""
    texts = [target for target in _in_order(catalog) if target[0] in (Target.ARTICLE, Target.STATIC_PAGE)]
    for made in in_parallel(lambda target: checked(target, catalog, order.root), texts, order.jobs):
        report.take_over(made.report)
        keep_findings(catalog.state, made)
    _check_planned_links(catalog, theme, report)


def _check_planned_links(catalog: Catalog, theme: Collection[str], report: Report) -> None:
    """Look for links to pages that there will not be, although not all pages were made."""
    pages = [page for target in tuple(targets(catalog)) for page in pages_of(*target, catalog)]
    files = {routes.file_of(page.address) for page in pages}
    files |= {
        routes.file_of(feed)
        for page in pages
        if isinstance(page.subject, Listing)
        for feed in (page.subject.rss, page.subject.json_feed)
        if feed
    }
    files |= {routes.file_of(routes.sitemap_part(part_of(page))) for page in pages if page.indexable}
    files |= {routes.file_of(routes.SITEMAP), routes.file_of(routes.ROBOTS)}
    files.update(catalog.state.rows("SELECT path FROM need"))
    files.update(theme)
    check_links(catalog.state, files, report)


def keep_findings(state: State, made: Made, is_first: bool = False) -> None:
    """Note what a target's text links to and what its pages show."""
    target = (made.kind, made.key)
    if not is_first:
        state.run("DELETE FROM link WHERE kind = ? AND key = ?", *target)
        state.run("DELETE FROM need WHERE kind = ? AND key = ?", *target)
    state.run_each(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
        [(*target, place, address, line) for place, (address, line) in enumerate(made.links)],
    )
    state.run_each(
        "INSERT OR IGNORE INTO need VALUES (?, ?, ?, ?, ?)",
        [(path, *target, section, origin) for path, section, origin in made.needs],
    )


class _Making:
    """One build's outputs on their way into the state and the output folder."""

    def __init__(self, catalog: Catalog, prepared: _Prepared, order: Order, report: Report, is_first: bool) -> None:
        self.is_first = is_first
        self.catalog = catalog
        self.state: State = catalog.state
        self.production = prepared.production
        self.theme = prepared.theme
        self.order = order
        self.report = report
        self._gone: dict[str, None] = {}
        self._parts: set[str] = set()
        """Sitemaps in which something is new."""

        self._items: set[int] = set()
        """Articles whose item in feeds is new."""

        if is_first and self.state.row("SELECT 1 FROM output LIMIT 1") is None:
            self.state.set_aside()

    # ---- targets

    def make_targets(self, wanted: Sequence[tuple[Target, str]]) -> bool:
        """Make all that is due, the work being shared among processes; False if there is a mistake in any of it."""
        lists = sum(kind is Target.LIST for kind, _ in wanted)
        least = LEAST if lists < LISTS_FOR_WORKERS else LISTS_FOR_WORKERS
        with self.order.stages("pages"):
            # Whoever makes pages that stand beside each other needs a card once that others would make as well.
            made_ones = in_stretches(self.production.made, wanted, self.order.jobs, TARGETS_AT_ONCE, least)
            for done, made in enumerate(made_ones, start=1):
                self._take(made)
                for template, seconds in made.rendering:
                    self.order.stages.note_page(template, seconds)
                if made.template_is_wrong:
                    return False  # the next pages would tell the same
                self.order.progress("pages", done, len(wanted))
        return not self.report.has_errors

    def _take(self, made: Made) -> None:
        self.report.take_over(made.report)
        if made.report.has_errors:
            return
        before: dict[str, tuple[str | None, str | None]] = {}
        if not self.is_first:
            before = {path: (entry, part) for path, entry, part in self.state.rows(_LISTED, made.kind, made.key)}
        for file in made.files:
            self._keep(made.kind, made.key, file)
            self._note_listed(before.pop(file.path, (None, None)), (file.entry, file.part))
        for path in made.kept:
            before.pop(path, None)
        for path, listed in before.items():
            self._note_listed(listed, (None, None))
            self._drop(path)
        if made.kind in (Target.ARTICLE, Target.STATIC_PAGE):
            keep_findings(self.state, made, self.is_first)
        if made.feed_item is not None:
            item = zlib.compress(made.feed_item.encode("utf-8"), 1)
            self.state.run("INSERT OR REPLACE INTO feed_item VALUES (?, ?)", int(made.key), item)
            self._items.add(int(made.key))

    def _note_listed(self, before: tuple[str | None, str | None], now: tuple[str | None, str | None]) -> None:
        if before != now:
            self._parts.update(part for _, part in (before, now) if part)

    def _keep(self, kind: str, key: str, file: MadeFile) -> None:
        was_ours = self._gone.pop(file.path, False) is None or file.replaces
        waits = (_REPLACES if was_ours else 1) if file.waits else None
        self.state.run(
            "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            file.path, folded_address(file.path), kind, key, file.digest, file.size, file.inputs, file.entry,
            file.part, waits,
        )  # fmt: skip

    def _drop(self, path: str) -> None:
        self.state.run("DELETE FROM output WHERE path = ?", path)
        self._gone[path] = None

    # ---- all other files

    def make_the_rest(self) -> None:
        """What is put together from the findings: feeds, sitemaps, covers, media, the theme's files."""
        everything = self.is_first or bool(self.state.fact("damaged"))
        self._make_feeds(everything)
        self._make_covers()
        self._make_media(everything)
        self._make_only("asset", "", [(output.path, output.data) for output in self.theme.outputs])
        self._make_sitemaps(everything)
        for path in tuple(self.state.rows("SELECT path FROM output WHERE kind = ''")):
            self._drop(path)
        self._tell_clashes()

    def _make_only(self, kind: str, key: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Make just these files of a kind and key; others of theirs are gone."""
        before = set(self.state.rows("SELECT path FROM output WHERE kind = ? AND key = ?", kind, key))
        for path, data in files:
            self._keep(kind, key, made_file(self.state, self.production.staging, path, data))
            before.discard(path)
        for path in before:
            self._drop(path)

    def _make_feeds(self, everything: bool) -> None:
        for listing in fed_listings(self.catalog):
            tag = listing.front.split("/")[1]
            found = self.catalog.list_of(tag, listing.kind, listing.key)
            if found is None or listing.rss is None:
                continue
            is_due = self.state.row("SELECT 1 FROM due WHERE kind = 'list' AND key = ?", str(found.number))
            if everything or is_due or not self._items.isdisjoint(listing.articles):
                items = [self._item(number) for number in listing.articles]
                data = rss(listing, listing.rss, self.production.editions[tag], items)
                self._make_only("feed", str(found.number), [(routes.file_of(listing.rss), data)])

    def _item(self, number: int) -> str:
        packed = self.state.row("SELECT text FROM feed_item WHERE article = ?", number)
        return zlib.decompress(packed).decode("utf-8")

    def _make_covers(self) -> None:
        wanted = {
            path: (section, key)
            for path, section, key in self.state.rows(
                "SELECT DISTINCT path, section, origin FROM need WHERE section IS NOT NULL ORDER BY path"
            )
        }
        have = dict(self.state.rows("SELECT path, digest FROM output WHERE kind = 'cover'"))
        new = [path for path in wanted if have.get(path) is None]
        if new:
            from toasoan.covers import cover  # most builds draw none, and there is much to load

            drawn = in_parallel(lambda path: cover(*wanted[path]).encode(), new, self.order.jobs)
            for path, data in zip(new, drawn, strict=True):
                self._keep("cover", "", made_file(self.state, self.production.staging, path, data))
        for path in have.keys() - wanted.keys():
            self._drop(path)

    def _make_media(self, everything: bool) -> None:
        wanted = dict(self.state.rows("SELECT DISTINCT path, origin FROM need WHERE section IS NULL ORDER BY path"))
        have = dict(self.state.rows("SELECT path, digest FROM output WHERE kind = 'media'"))
        for path, src in wanted.items():
            source = f"{MEDIA_FOLDER}/{src}"
            stamp = stamp_at(self.order.root / source)
            if everything or have.get(path) is None or not self._is_known(source, stamp):
                data = (self.order.root / source).read_bytes()
                note_source(self.state, source, settled(stamp, self.order.seen.taken_ns), source_digest(data))
                self._keep("media", "", made_file(self.state, self.production.staging, path, data))
        for path in have.keys() - wanted.keys():
            self._drop(path)
            forget_source(self.state, f"{MEDIA_FOLDER}/{path.removeprefix('media/')}")

    def _is_known(self, source: str, stamp: Stamp) -> bool:
        found = self.state.row("SELECT size, written, changed, node FROM source WHERE path = ?", stored_path(source))
        return found is not None and tuple(found) == stamp

    def _make_sitemaps(self, everything: bool) -> None:
        site = Site(self.catalog.config.settings.base_url)
        parts = set(self.state.rows("SELECT DISTINCT part FROM output WHERE part IS NOT NULL"))
        for part in sorted(self._parts | parts if everything else self._parts):
            entries = self.state.rows("SELECT entry FROM output WHERE part = ? ORDER BY path", part)
            files = [(routes.file_of(address), data) for address, data in sitemap_files(part, entries)]
            self._make_only("sitemap", part, files)
        paths = self.state.rows("SELECT path FROM output WHERE kind = 'sitemap' ORDER BY path")
        index = sitemap_index(map(routes.address_of, paths), site)
        fixed = [(routes.file_of(routes.SITEMAP), index), (routes.file_of(routes.ROBOTS), robots(site))]
        self._make_only("sitemaps", "", fixed)

    def _tell_clashes(self) -> None:
        """Two files of ours in one place, on hosts that ignore case."""
        state = self.state
        among = "" if self.is_first else "WHERE folded IN (SELECT folded FROM output WHERE waits = 1)"  # new ones
        clashes = f"SELECT folded FROM output {among} GROUP BY folded HAVING count(*) > 1"  # noqa: S608  # our own
        for folded in tuple(state.rows(clashes)):
            first, *others = state.rows("SELECT path FROM output WHERE folded = ? ORDER BY path", folded)
            for path in others:
                self.report.error(
                    "duplicate-address",
                    f"{path} and {first} would be one file on many hosts",
                    Location(path),
                    "rename one of them",
                )

    # ---- publication

    def publish(self) -> BuildResult | None:
        """Move what is new into the output folder, and have the state know of it; None if that would do harm."""
        state, order = self.state, self.order
        written = int(state.row("SELECT count(*) FROM output WHERE waits > 0"))
        gone = sorted(self._gone)
        published = None
        with order.stages("publication"):
            if order.destination is not None:
                staging = self.production.staging
                manifest = stamp_at(order.destination / MANIFEST)
                is_long = manifest[0] > LINE * (1 + int(state.row("SELECT count(*) FROM output")))
                everything = self._all_files if self.is_first or is_long else None
                if not publish(_Waiting(state), gone, staging, order.destination, self.report, everything):
                    return None
            files, size = state.row("SELECT count(*), total(size) FROM output")
            if order.destination is not None:
                published = Published(files, written, len(gone), int(size))
        state.bring_together()
        reasons = self._told_reasons()
        result = BuildResult(
            self.report,
            articles=int(state.row("SELECT count(*) FROM article")),
            pages=int(state.row("SELECT count(*) FROM output WHERE path LIKE '%.html'")),
            languages={tag: self.catalog.count(tag) for tag in self.catalog.config.languages},
            published=published,
            reasons=reasons,
        )
        state.run("UPDATE output SET waits = NULL WHERE waits > 0")
        state.run("DELETE FROM due")
        state.run("DELETE FROM fact WHERE name = 'damaged'")
        if order.destination is not None:
            note_output(state, order.destination)
        state.note("result", _as_fact(result, files, int(size)))
        state.seal()
        return result

    def _all_files(self) -> Iterator[tuple[str, str]]:
        return ((path, digest.hex()) for path, digest in self.state.rows("SELECT path, digest FROM output"))

    def _told_reasons(self) -> dict[str, str]:
        return dict(
            self.state.rows(
                "SELECT path, coalesce(reason, 'it is put together from others') FROM output LEFT JOIN due"
                " ON output.kind = due.kind AND output.key = due.key WHERE waits > 0 ORDER BY path"
            )
        )


class _Waiting:
    """The files that wait for publication, looked up whenever somebody goes through them."""

    def __init__(self, state: State) -> None:
        self._state = state

    def __iter__(self) -> Iterator[NewFile]:
        for path, digest, waits in self._state.rows("SELECT path, digest, waits FROM output WHERE waits > 0"):
            yield NewFile(path, digest.hex(), waits == _REPLACES)

    def __len__(self) -> int:
        return int(self._state.row("SELECT count(*) FROM output WHERE waits > 0"))

    def __contains__(self, file: object) -> bool:
        return any(it == file for it in self)


def _as_fact(result: BuildResult, files: int, size: int) -> dict[str, object]:
    return {
        "articles": result.articles, "pages": result.pages, "languages": dict(result.languages), "files": files,
        "bytes": size, "warnings": as_json(result.report) or "[]",
    }  # fmt: skip
