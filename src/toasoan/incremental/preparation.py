"""What pages need besides the catalog: theme, interface texts, editions; and what is due because of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toasoan.catalog.catalog import Catalog, ListKind
from toasoan.diagnostics import Report
from toasoan.incremental.comments import files_of_comments
from toasoan.incremental.order import Frame, Order
from toasoan.incremental.share_pictures import font_digests, found_fonts
from toasoan.incremental.surroundings import note_due, surroundings
from toasoan.outputs.assets import Assets, assets
from toasoan.outputs.rss import LONGEST
from toasoan.plan import Listing, front_of
from toasoan.production import Production
from toasoan.publish import Staging
from toasoan.render.environment import Environments
from toasoan.render.interface import LOCALE_FOLDER, read_interfaces
from toasoan.render.pages import LAYOUTS, PageRenderer, editions
from toasoan.render.share_image import SharePictures
from toasoan.routes import Site
from toasoan.state import State
from toasoan.targets import Target, due
from toasoan.theme import theme_folder


@dataclass(frozen=True, slots=True)
class Prepared:
    """What makes targets, and the files of the theme."""

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


def prepare(
    catalog: Catalog, order: Order, staging: Staging, report: Report, keep_frame: Callable[[Frame], None]
) -> Prepared | None:
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
    pictures = SharePictures(config, found_fonts(order)) if config.settings.pages.share_images else None
    by_language = editions(catalog, interfaces, theme.link, pictures)
    environments: Environments = known.environments if known else {}
    renderer = PageRenderer(by_language, theme_folders(root, "templates"), state, environments)
    layouts = known.layouts if known else {layout: renderer.digest(layout) for layout in LAYOUTS.values()}
    if not report.has_errors:
        keep_frame(Frame(config, theme, interfaces, layouts, environments))
    words = {tag: interface.digest for tag, interface in interfaces.items()}
    around, parts = surroundings(by_language, words, theme.links, layouts, font_digests(pictures))
    note_due(state, catalog, around, parts)
    in_feeds = frozenset(number for feed in fed_listings(catalog) for number in feed.articles)
    _note_missing_items(state, in_feeds)
    production = Production(
        root, catalog, by_language, renderer, staging, around, in_feeds, files_of_comments(order.seen)
    )
    return Prepared(production, theme)


def fed_listings(catalog: Catalog) -> Iterator[Listing]:
    """What stands in the feeds with full texts, of each language and section."""
    has_json = catalog.config.settings.pages.json_feeds
    for tag in catalog.config.languages:
        for section in (None, *catalog.config.sections):
            kind = ListKind.SECTION if section else ListKind.LANGUAGE
            newest = catalog.newest(tag, LONGEST, section)
            front = front_of(tag, kind, section or "", None)
            yield Listing(kind, section or "", "", None, None, front, newest, len(newest), has_json_feed=has_json)


def _note_missing_items(state: State, in_feeds: frozenset[int]) -> None:
    have = frozenset(state.rows("SELECT article FROM feed_item"))
    for number in have - in_feeds:
        state.run("DELETE FROM feed_item WHERE article = ?", number)
    for number in in_feeds - have:
        due(state, Target.ARTICLE, number, "it stands in a feed now")


def theme_folders(root: Path, part: Literal["templates", "static"], below: str = "") -> tuple[Path, ...]:
    """Where a part of the theme is looked for: a portal's own files in `site/`, then the default theme."""
    own, default = root / "site" / part / below, theme_folder(part) / below
    return (own, default) if own.is_dir() else (default,)
