"""A planned page into HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from toasoan.catalog.catalog import Catalog
from toasoan.content.markdown import Body
from toasoan.content.static_pages import StaticPage
from toasoan.plan import AgencyIndex, Chooser, Gallery, Home, Listing, NotFound, Page, ParallelText, Reading, Search
from toasoan.render.edition import CARDS_KEPT, Edition
from toasoan.render.environment import Environments, TemplateFault, Templates, template_fault
from toasoan.render.interface import Interface
from toasoan.render.page_view import page_view
from toasoan.render.share_image import SharePictures
from toasoan.render.views import Card
from toasoan.routes import Site
from toasoan.state import State

LAYOUTS: Mapping[type, str] = {
    Chooser: "layouts/chooser.html",
    Home: "layouts/home.html",
    Reading: "layouts/article.html",
    Gallery: "layouts/gallery.html",
    ParallelText: "layouts/parallel.html",
    Listing: "layouts/list.html",
    AgencyIndex: "layouts/agencies.html",
    Search: "layouts/search.html",
    StaticPage: "layouts/static.html",
    NotFound: "layouts/not_found.html",
}
"""The template of each kind of page."""


def editions(
    catalog: Catalog,
    interfaces: Mapping[str, Interface],
    asset: Callable[[str], str],
    share_pictures: SharePictures | None = None,
) -> Mapping[str, Edition]:
    """The edition of each language of the portal."""
    config = catalog.config
    site = Site(config.settings.base_url)
    by_language: dict[str, Edition] = {}

    @lru_cache(maxsize=CARDS_KEPT)  # of all editions together
    def kept_card(tag: str, number: int, other_inks: bool) -> Card:
        return by_language[tag].new_card(number, other_inks)

    for tag, language in config.languages.items():
        by_language[tag] = Edition(language, config, site, catalog, interfaces[tag], asset, kept_card, share_pictures)
    return by_language


class PageRenderer:
    """The templates, ready to render pages of all languages."""

    def __init__(
        self,
        editions: Mapping[str, Edition],
        folders: Iterable[Path],
        state: State,
        kept: Environments | None = None,
    ) -> None:
        """`kept` is what an earlier one of this process left, and what this one leaves."""
        self._templates = Templates(folders, editions, state, {} if kept is None else kept)
        self._any_language = next(iter(editions))

    def rendered(self, page: Page, edition: Edition, body: Body) -> str | TemplateFault:
        """The HTML of a page, or the mistake in a template that prevents it. `body` is its text, if it has one."""
        view = page_view(page, edition, body)
        try:
            return self._templates.named(page.language, LAYOUTS[type(page.subject)]).render(page=view)
        except Exception as error:
            fault = template_fault(error)
            if fault is None:
                raise
            return fault

    def load(self) -> None:
        """Have all templates in Python's form, so that forks of this process need not translate them."""
        for layout in LAYOUTS.values():
            with suppress(Exception):  # whoever renders with it tells what is wrong
                self._templates.named(self._any_language, layout)

    def digest(self, layout: str) -> str:
        """Of a layout with all templates that it can lead to: pages of other layouts do not change with it."""
        sources = self._templates.sources(layout)
        return hashlib.sha256(repr(sorted(sources.items())).encode()).hexdigest()
