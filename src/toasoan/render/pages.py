"""Planned pages into HTML files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.config import Config
from toasoan.content.markdown import Body
from toasoan.content.static_pages import StaticPage
from toasoan.diagnostics import Location, Report
from toasoan.model.output import Output
from toasoan.parallel import in_parallel
from toasoan.plan import AgencyIndex, Chooser, Home, Listing, NotFound, Page, Reading
from toasoan.render.edition import Edition
from toasoan.render.environment import TemplateFault, make_environment, template_fault
from toasoan.render.interface import Interface
from toasoan.render.page_view import page_view
from toasoan.routes import Site

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

NO_TEXT = Body(())


def editions(
    config: Config,
    catalog: Catalog,
    interfaces: Mapping[str, Interface],
    static_pages: tuple[StaticPage, ...],
    asset: Callable[[str], str],
) -> Mapping[str, Edition]:
    """The edition of each language of the portal."""
    site = Site(config.settings.base_url)
    return {
        tag: Edition(language, config, site, catalog, interfaces[tag], static_pages, asset)
        for tag, language in config.languages.items()
    }


def render_pages(
    pages: Sequence[Page],
    editions: Mapping[str, Edition],
    bodies: Mapping[str, Body],
    folders: Iterable[Path],
    report: Report,
    jobs: int = 1,
) -> Iterator[Output]:
    """The HTML of every page; a mistake in a template is told once and ends the rendering.

    `bodies` has the text of each article and static page by its address.
    """
    interfaces = {tag: edition.interface for tag, edition in editions.items()}
    environment = make_environment(folders, interfaces, next(iter(editions.values())).asset)

    def rendered(page: Page) -> Output | TemplateFault:
        view = page_view(page, editions[page.language], bodies.get(page.address, NO_TEXT))
        try:
            html = environment.get_template(LAYOUTS[type(page.subject)]).render(page=view, language=page.language)
        except Exception as error:
            fault = template_fault(error)
            if fault is None:
                raise
            return fault
        return Output(routes.file_of(page.address), html.encode("utf-8"))

    for page, made in zip(pages, in_parallel(rendered, pages, jobs), strict=True):
        if isinstance(made, TemplateFault):
            hint = f"it happened while rendering {page.address}"
            report.error("template-mistake", made.reason, Location(made.path, made.line), hint)
            return
        yield made
