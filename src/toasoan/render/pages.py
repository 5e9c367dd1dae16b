"""A planned page into HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from toasoan.catalog.catalog import Catalog
from toasoan.content.markdown import Body
from toasoan.content.static_pages import StaticPage
from toasoan.plan import AgencyIndex, Chooser, Home, Listing, NotFound, Page, Reading
from toasoan.render.edition import Edition
from toasoan.render.environment import TemplateFault, make_environment, template_fault, templates_of
from toasoan.render.interface import Interface
from toasoan.render.page_view import page_view
from toasoan.routes import Site
from toasoan.state import State

LAYOUTS: Mapping[type, str] = {
    Chooser: "layouts/chooser.html",
    Home: "layouts/home.html",
    Reading: "layouts/article.html",
    Listing: "layouts/list.html",
    AgencyIndex: "layouts/agencies.html",
    StaticPage: "layouts/static.html",
    NotFound: "layouts/not_found.html",
}
"""The template of each kind of page."""


def editions(
    catalog: Catalog, interfaces: Mapping[str, Interface], asset: Callable[[str], str]
) -> Mapping[str, Edition]:
    """The edition of each language of the portal."""
    config = catalog.config
    site = Site(config.settings.base_url)
    return {
        tag: Edition(language, config, site, catalog, interfaces[tag], asset)
        for tag, language in config.languages.items()
    }


class PageRenderer:
    """The templates, ready to render pages of all languages."""

    def __init__(self, editions: Mapping[str, Edition], folders: Iterable[Path], state: State) -> None:
        interfaces = {tag: edition.interface for tag, edition in editions.items()}
        self._environment = make_environment(folders, interfaces, next(iter(editions.values())).asset, state)

    def rendered(self, page: Page, edition: Edition, body: Body) -> str | TemplateFault:
        """The HTML of a page, or the mistake in a template that prevents it. `body` is its text, if it has one."""
        view = page_view(page, edition, body)
        try:
            template = self._environment.get_template(LAYOUTS[type(page.subject)])
            return template.render(page=view, language=page.language)
        except Exception as error:
            fault = template_fault(error)
            if fault is None:
                raise
            return fault

    def digest(self, layout: str) -> str:
        """Of a layout with all templates that it can lead to: pages of other layouts do not change with it."""
        sources = templates_of(self._environment, layout)
        return hashlib.sha256(repr(sorted(sources.items())).encode()).hexdigest()
