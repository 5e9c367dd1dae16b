"""A build's files on their way from workers into the state and the output folder."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toasoan import routes
from toasoan.build_result import BuildResult, Published
from toasoan.catalog.catalog import Catalog
from toasoan.checks.alternates import check_versions
from toasoan.diagnostics import Location, Report
from toasoan.incremental.clock import news_are_due, next_moment, note_news
from toasoan.incremental.order import Order
from toasoan.incremental.output_folder import INCOMPLETE, note_output
from toasoan.incremental.photo_files import forget_photo
from toasoan.incremental.photo_renditions import WantedPhoto, forget_unused_photos, made_photos
from toasoan.incremental.preparation import Prepared, fed_listings
from toasoan.incremental.redirects import (
    REDIRECT,
    count_redirects,
    known_rules,
    note_redirects,
    pages_that_lead_on,
    redirects,
)
from toasoan.incremental.search_index import (
    INDEX,
    directory_of,
    languages_to_index,
    made_segments,
    note_segment,
    segments_gone,
)
from toasoan.incremental.share_pictures import (
    NO_LONGER_SHARED,
    drawn_pictures,
    note_share_picture,
    tell_missing_fonts,
)
from toasoan.incremental.sources import as_json, note_source
from toasoan.outputs.feed_channel import channel_of
from toasoan.outputs.json_feed import json_feed
from toasoan.outputs.moved_page import moved_page
from toasoan.outputs.news_sitemap import MOST as MOST_NEWS
from toasoan.outputs.news_sitemap import NEWS_AGE, news_sitemap
from toasoan.outputs.robots import robots
from toasoan.outputs.rss import rss
from toasoan.outputs.security_txt import security_txt
from toasoan.outputs.server_rules.formats import server_rules, untold
from toasoan.outputs.sitemap import sitemap_files, sitemap_index
from toasoan.parallel import LEAST, in_parallel, in_stretches
from toasoan.plan import Listing
from toasoan.portal_folders import MEDIA_FOLDER, SETTINGS_FILE
from toasoan.production import Listed, Made, MadeFile, copied_file, made_file
from toasoan.publish import MANIFEST, NewFile, publish
from toasoan.render.edition import Edition
from toasoan.routes import Site
from toasoan.settings import RedirectFormat
from toasoan.slug import folded_address
from toasoan.source_files import Stamp, settled, stamp_at
from toasoan.state import FINDINGS, State, path_of, stored_path
from toasoan.targets import Target, due

TARGETS_AT_ONCE = 20
"""Targets that a worker takes before it tells what became of them: a list may have hundreds of pages."""

LISTS_FOR_WORKERS = 40
"""Lists for which it pays to start workers."""

LINE = 1_000
"""Bytes of the manifest for each file from which on it is written anew: a line has some 150."""

_LISTED = "SELECT path, entry, part, versions, version_count FROM output WHERE kind = ? AND key = ?"

_MEDIA = stored_path(f"{MEDIA_FOLDER}/"), stored_path(f"{MEDIA_FOLDER}0")
"""Between these lie the paths of media: "0" comes next after the slash."""

_UNLISTED = (None, None, None, None)

_REPLACES = 2
"""What the state says of a waiting file in whose place another one of ours lies; else 1."""


def in_order(catalog: Catalog) -> list[tuple[Target, str]]:
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


def keep_findings(state: State, made: Made, is_first: bool = False) -> None:
    """Note what a target's text links to, what its pages show, and which addresses lead there."""
    target = (made.kind, made.key)
    if not is_first:
        before = state.rows("SELECT address, is_alias FROM former WHERE kind = ? AND key = ?", *target)
        if frozenset(made.former) != frozenset(before):
            due(state, Target.REDIRECTS, "", "an address that has no page has begun or ceased to lead to one")
        state.run("DELETE FROM link WHERE kind = ? AND key = ?", *target)
        state.run("DELETE FROM need WHERE kind = ? AND key = ?", *target)
        state.run("DELETE FROM former WHERE kind = ? AND key = ?", *target)
    state.run_each(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
        [(*target, place, address, line) for place, (address, line) in enumerate(made.links)],
    )
    state.run_each(
        "INSERT OR IGNORE INTO need VALUES (?, ?, ?, ?, ?, ?)",
        [(path, *target, what, origin, more) for path, what, origin, more in made.needs],
    )
    state.run_each(
        "INSERT OR IGNORE INTO former VALUES (?, ?, ?, ?, ?)",
        [(address, *target, routes.file_of(address), is_alias) for address, is_alias in made.former],
    )


class Assembly:
    """One build's outputs on their way into the state and the output folder."""

    def __init__(self, catalog: Catalog, prepared: Prepared, order: Order, report: Report, is_first: bool) -> None:
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

        self._versions: set[bytes] = set()
        """Sets of language versions that a page has begun or ceased to name."""

        self._items: set[int] = set()
        """Articles whose item in feeds is new."""

        self._languages: set[str] = set()
        """Those of articles that were made or are gone."""

        if is_first and self.state.row("SELECT 1 FROM output LIMIT 1") is None:
            self.state.set_aside(*FINDINGS)

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
        before: dict[str, Listed | None] = {}
        if not self.is_first:
            rows = self.state.rows(_LISTED, made.kind, made.key)
            before = {path: Listed(*listed) if listed[0] is not None else None for path, *listed in rows}
        came = any(file.path not in before for file in made.files)
        for file in made.files:
            self._keep(made.kind, made.key, file)
            self._note_listed(before.pop(file.path, None), file.listed)
        for path in made.kept:
            before.pop(path, None)
        if made.kind is Target.ARTICLE:
            self._languages.update(path.split("/", 1)[0] for path in (*before, *(file.path for file in made.files)))
        if (came or before) and not self.is_first:
            due(self.state, Target.REDIRECTS, "", "pages have come or gone")
        for path, listed in before.items():
            self._note_listed(listed, None)
            self._drop(path)
        if made.kind in (Target.ARTICLE, Target.STATIC_PAGE):
            keep_findings(self.state, made, self.is_first)
            note_share_picture(self.state, made)
        if made.feed_items is not None:
            packed = (zlib.compress(item.encode("utf-8"), 1) for item in made.feed_items)
            self.state.run("INSERT OR REPLACE INTO feed_item VALUES (?, ?, ?)", int(made.key), *packed)
            self._items.add(int(made.key))

    def _note_listed(self, before: Listed | None, now: Listed | None) -> None:
        if before != now:
            either = [listed for listed in (before, now) if listed]
            self._parts.update(listed.part for listed in either)
            self._versions.update(listed.versions for listed in either if listed.versions)

    def _keep(self, kind: str, key: str, file: MadeFile) -> None:
        was_ours = self._gone.pop(file.path, False) is None or file.replaces
        waits = (_REPLACES if was_ours else 1) if file.waits else None
        self.state.run(
            "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            file.path, folded_address(file.path), kind, key, file.digest, file.size, file.inputs,
            *(file.listed or _UNLISTED), waits,
        )  # fmt: skip

    def _drop(self, path: str) -> None:
        self.state.run("DELETE FROM output WHERE path = ?", path)
        self._gone[path] = None

    # ---- all other files

    def make_the_rest(self) -> None:
        """What is put together from the findings: feeds, sitemaps, covers, media, the theme's files."""
        everything = self.is_first or bool(self.state.fact(INCOMPLETE))
        self._make_pictures(everything)
        self._make_feeds(everything)  # they tell how large photographs are
        self._make_share_pictures()
        self._make_only("asset", "", [(output.path, output.data) for output in self.theme.outputs])
        self._make_sitemaps(everything)
        self._make_search(everything)
        self._make_redirects(everything)
        for path in tuple(self.state.rows("SELECT path FROM output WHERE kind = ''")):
            self._drop(path)
        self._tell_clashes()
        check_versions(self.state, None if self.is_first else self._versions, self.report)

    def _make_only(self, kind: str, key: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Make just these files of a kind and key; others of theirs are gone."""
        staging = self.production.staging
        self._keep_just(kind, key, (made_file(self.state, staging, path, data) for path, data in files))

    def _keep_just(self, kind: str, key: str, files: Iterable[MadeFile]) -> None:
        before = set(self.state.rows("SELECT path FROM output WHERE kind = ? AND key = ?", kind, key))
        for file in files:
            self._keep(kind, key, file)
            before.discard(file.path)
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
                self._make_only("feed", str(found.number), self._feeds_of(listing, self.production.editions[tag]))

    def _feeds_of(self, listing: Listing, edition: Edition) -> Iterator[tuple[str, bytes]]:
        """The feeds with full texts of a list."""
        rows = [self.state.row("SELECT rss, json FROM feed_item WHERE article = ?", it) for it in listing.articles]
        for address, place in ((listing.rss, 0), (listing.json_feed, 1)):
            if address:
                items = (zlib.decompress(row[place]).decode("utf-8") for row in rows)
                channel = channel_of(listing, address, edition)
                data = json_feed(channel, items) if place else rss(channel, items, self._size_of)
                yield routes.file_of(address), data

    def _size_of(self, path: str) -> int:
        """Bytes of a file; 0, as RSS has it, where nobody knows: nothing is encoded for a check."""
        return self.state.row("SELECT size FROM output WHERE path = ?", path) or 0

    def _make_pictures(self, everything: bool) -> None:
        """Covers, renditions of photographs, and files of media as they are: all that pages were found to lead to."""
        needed: dict[str, list[tuple[str, str, str]]] = {"cover": [], "media": [], "photo": []}
        for what, path, origin, more in self.state.rows(
            "SELECT DISTINCT what, path, origin, more FROM need ORDER BY path"
        ):
            needed[what].append((path, origin, more))
        self._make_covers(needed["cover"])
        self._make_media({path: src for path, src, _ in needed["media"]}, everything)
        self._make_photos({path: WantedPhoto(path, src, *_read_more(more)) for path, src, more in needed["photo"]})
        sources = {f"{MEDIA_FOLDER}/{src}" for what in ("media", "photo") for _, src, _ in needed[what]}
        known = map(path_of, self.state.rows("SELECT path FROM source WHERE path >= ? AND path < ?", *_MEDIA))
        for path in [path for path in known if path not in sources]:
            forget_photo(self.state, path)

    def _make_covers(self, needed: Sequence[tuple[str, str, str]]) -> None:
        wanted = {path: (section, key) for path, key, section in needed}
        have = dict(self.state.rows("SELECT path, digest FROM output WHERE kind = 'cover'"))
        new = [path for path in wanted if have.get(path) is None]
        if new:
            from toasoan.covers.cover import cover  # most builds draw none, and there is much to load

            drawn = in_parallel(lambda path: cover(*wanted[path]).encode(), new, self.order.jobs)
            for path, data in zip(new, drawn, strict=True):
                self._keep("cover", "", made_file(self.state, self.production.staging, path, data))
        for path in have.keys() - wanted.keys():
            self._drop(path)

    def _make_media(self, wanted: Mapping[str, str], everything: bool) -> None:
        have = dict(self.state.rows("SELECT path, digest FROM output WHERE kind = 'media'"))
        for path, src in wanted.items():
            source = f"{MEDIA_FOLDER}/{src}"
            stamp = stamp_at(self.order.root / source)
            if everything or have.get(path) is None or not self._is_known(source, stamp):
                copy, digest = copied_file(self.state, self.production.staging, path, self.order.root / source)
                note_source(self.state, source, settled(stamp, self.order.seen.taken_ns), digest)
                self._keep("media", "", copy)
        for path in have.keys() - wanted.keys():
            self._drop(path)

    def _make_photos(self, wanted: Mapping[str, WantedPhoto]) -> None:
        if self.order.destination is None:
            return  # they were looked at when they were read, and nobody is to see them
        whole = "SELECT key FROM output WHERE kind = 'photo' GROUP BY key HAVING count(*) = count(digest)"
        have = set(self.state.rows(whole))
        new = [photo for stem, photo in wanted.items() if stem not in have]
        if new:
            made = made_photos(new, self.order.root, self.state, self.production.staging, self.order.jobs)
            for done, photo in enumerate(made, start=1):
                self.report.take_over(photo.report)
                self._keep_just("photo", photo.stem, photo.files)
                self.order.progress("photos", done, len(new))
            forget_unused_photos(self.order.root, tuple(wanted))
        for stem in set(self.state.rows("SELECT DISTINCT key FROM output WHERE kind = 'photo'")) - wanted.keys():
            self._keep_just("photo", stem, [])

    def _make_share_pictures(self) -> None:
        tell_missing_fonts(self.catalog, self.production.editions, self.report)
        if self.order.destination is None:
            return  # nobody would see them, and to draw them takes longer than all else
        for file in drawn_pictures(self.production, self.order, self.is_first):
            self._keep("share", file.path, file)
        for path in tuple(self.state.rows(NO_LONGER_SHARED)):
            self._drop(path)

    def _make_search(self, everything: bool) -> None:
        """What languages are searched with, where an article has come, gone or changed."""
        if not self.catalog.config.settings.pages.search or self.order.destination is None:
            return
        languages = languages_to_index(self.state, self.catalog.config.languages, everything)
        for segment in made_segments(self.production, self.order, languages, self.is_first):
            note_segment(self.state, segment)
            self._keep_just(INDEX, f"{segment.language}/{segment.name}", segment.files)
        for tag in languages:
            for name in segments_gone(self.state, tag):
                self._keep_just(INDEX, f"{tag}/{name}", ())
            self._make_only(INDEX, tag, [directory_of(self.state, tag)])

    def _is_known(self, source: str, stamp: Stamp) -> bool:
        found = self.state.row("SELECT size, written, changed, node FROM source WHERE path = ?", stored_path(source))
        return found is not None and tuple(found) == stamp

    def _make_sitemaps(self, everything: bool) -> None:
        settings = self.catalog.config.settings
        site = Site(settings.base_url)
        parts = set(self.state.rows("SELECT DISTINCT part FROM output WHERE part IS NOT NULL"))
        for part in sorted(self._parts | parts if everything else self._parts):
            entries = self.state.rows("SELECT entry FROM output WHERE part = ? ORDER BY path", part)
            files = [(routes.file_of(address), data) for address, data in sitemap_files(part, entries)]
            self._make_only("sitemap", part, files)
        self._make_news_sitemaps(everything)
        paths = self.state.rows("SELECT path FROM output WHERE kind IN ('sitemap', 'news') ORDER BY path")
        index = sitemap_index(map(routes.address_of, paths), site)
        fixed = [
            (routes.file_of(routes.SITEMAP), index),
            (routes.file_of(routes.ROBOTS), robots(settings.robots.crawlers, site)),
        ]
        if settings.security is not None:
            data = security_txt(settings.security, self.catalog.config.languages, site)
            fixed.append((routes.file_of(routes.SECURITY), data))
        self._make_only("sitemaps", "", fixed)

    def _make_news_sitemaps(self, everything: bool) -> None:
        """For each language with news; the clock alone may change them."""
        now, ends = self.order.now, []
        is_due = everything or news_are_due(self.state, now)
        for tag, edition in self.production.editions.items():
            numbers = self.catalog.newest_since(tag, now - NEWS_AGE, MOST_NEWS)
            if numbers and (oldest := self.catalog.article(numbers[-1]).published):
                ends.append(oldest.instant + NEWS_AGE)
            if is_due or tag in self._languages:
                path = routes.file_of(routes.news_sitemap(tag))
                news = [(path, news_sitemap(self.catalog.articles(numbers), edition))] if numbers else []
                self._make_only("news", tag, news)
        note_news(self.state, min(ends, default=None))

    def _make_redirects(self, everything: bool) -> None:
        """What leads on from addresses that have no page; they are known anew where pages have come or gone."""
        state = self.state
        if not (everything or state.row("SELECT 1 FROM due WHERE kind = ?", Target.REDIRECTS)):
            return
        config, site = self.catalog.config, Site(self.catalog.config.settings.base_url)
        formats = config.settings.redirects.formats
        found = redirects(state, self.report)
        note_redirects(state, found)
        pages = pages_that_lead_on(found, state) if RedirectFormat.HTML in formats else {}
        have = dict(state.rows("SELECT path, inputs FROM output WHERE kind = ?", REDIRECT))
        for path, target in pages.items():
            if everything or have.get(path) != target.encode():
                language = config.languages.get(target.split("/")[1], config.main_language)
                data = moved_page(target, language, config.title(language.tag), site)
                file = made_file(state, self.production.staging, path, data, target.encode())
                self._keep(REDIRECT, "", file)
        for path in have.keys() - pages.keys():
            self._drop(path)
        rules = known_rules(state, config)
        self._make_only("rules", "", server_rules(rules))
        for it in untold(rules):
            self.report.warning("untold-redirects", it.message, Location(SETTINGS_FILE), it.HINT)

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
        state.bring_together(*FINDINGS)
        reasons = self._told_reasons()
        result = BuildResult(
            self.report,
            articles=int(state.row("SELECT count(*) FROM article")),
            pages=int(state.row("SELECT count(*) FROM output WHERE path LIKE '%.html' AND kind <> ?", REDIRECT)),
            languages={tag: self.catalog.count(tag) for tag in self.catalog.config.languages},
            published=published,
            reasons=reasons,
            redirects=count_redirects(state),
            next_due=next_moment(state),
        )
        state.run("UPDATE output SET waits = NULL WHERE waits > 0")
        state.run("DELETE FROM due")
        state.run("DELETE FROM fact WHERE name = ?", INCOMPLETE)
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


def _read_more(more: str) -> tuple[str, str | None]:
    digest, _, credit = more.partition("\n")
    return digest, credit or None


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
        "redirects": result.redirects, "bytes": size, "warnings": as_json(result.report) or "[]",
    }  # fmt: skip
