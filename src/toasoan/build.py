"""A portal from its sources to its published files: the order of the stages, readable in one place.

Stages are functions from values to values and meet only here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toasoan.catalog.catalog import catalogue
from toasoan.catalog.related import related_articles
from toasoan.checks.links import check_links
from toasoan.checks.texts import check_texts
from toasoan.config import read_config
from toasoan.content.articles import read_articles
from toasoan.content.markdown import Body, render_body
from toasoan.content.static_pages import read_static_pages
from toasoan.diagnostics import Report
from toasoan.model.output import Output
from toasoan.outputs.assets import assets
from toasoan.outputs.cover_files import cover_files
from toasoan.outputs.feeds import feeds
from toasoan.outputs.media import media_files
from toasoan.outputs.sitemap import sitemap
from toasoan.parallel import in_parallel
from toasoan.plan import Page, plan_pages
from toasoan.publish import Published, publish
from toasoan.render.interface import LOCALE_FOLDER, read_interfaces
from toasoan.render.pages import editions, render_pages
from toasoan.routes import Site
from toasoan.theme import theme_folder

OUTPUT_FOLDER = "site/public"

Progress = Callable[[str, int, int], None]
"""Told the stage, how many of its steps are done, and how many there are."""


def no_progress(stage: str, done: int, total: int) -> None:
    """For those who do not want to know."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build found and did."""

    report: Report
    articles: int = 0
    pages: int = 0
    languages: Mapping[str, int] | None = None
    """Published articles by language."""

    published: Published | None = None
    """None where nothing was published, be it for mistakes or because it was a check."""

    seconds: float = 0.0


def build(root: Path, destination: Path | None, progress: Progress = no_progress, jobs: int = 1) -> BuildResult:
    """Build the portal below `root` into `destination`; publish nothing if it has mistakes.

    Without a destination everything is made and checked, and nothing is written. `jobs` is the number of processes
    that share the work; what they make does not depend on it.
    """
    start = time.perf_counter()
    report = Report()
    config = read_config(root, report)
    if config is None:
        return BuildResult(report)
    articles = read_articles(root, config, report, jobs)
    static_pages = read_static_pages(root, config, report)
    interfaces = read_interfaces(config.languages, _theme(root, "templates", LOCALE_FOLDER), report)

    catalog = catalogue(articles, config, report)
    related = related_articles(catalog, config.settings.related_count, jobs)
    pages = plan_pages(config, catalog, related, static_pages, report)

    site = Site(config.settings.base_url)
    bodies = _bodies(pages, site, jobs)
    check_texts(pages, bodies, report)
    check_links(pages, bodies, root, report)
    if report.has_errors:
        return BuildResult(report, seconds=time.perf_counter() - start)

    theme_files = assets(_theme(root, "static"), site, report)
    by_language = editions(config, catalog, interfaces, static_pages, theme_files.link)
    outputs: list[Output] = []
    for output in render_pages(pages, by_language, bodies, _theme(root, "templates"), report, jobs):
        outputs.append(output)
        progress("pages", len(outputs), len(pages))
    outputs += feeds(pages, by_language, bodies)
    outputs += sitemap(pages, site)
    outputs += cover_files(catalog)
    outputs += media_files(catalog, bodies, root)
    outputs += theme_files.outputs

    published = None
    if destination is not None and not report.has_errors:
        published = publish(outputs, destination, report)
    return BuildResult(
        report,
        articles=sum(len(index.articles) for index in catalog.languages.values()),
        pages=len(pages),
        languages={tag: len(index.articles) for tag, index in catalog.languages.items()},
        published=published,
        seconds=time.perf_counter() - start,
    )


def _theme(root: Path, part: Literal["templates", "static"], below: str = "") -> tuple[Path, ...]:
    """Where a part of the theme is looked for: a portal's own files in `site/`, then the default theme."""
    own, default = root / "site" / part / below, theme_folder(part) / below
    return (own, default) if own.is_dir() else (default,)


def _bodies(pages: Sequence[Page], site: Site, jobs: int) -> Mapping[str, Body]:
    """The text of every article and static page, by the page's address."""
    texts = {page.address: page.text for page in pages if page.text is not None}
    rendered = in_parallel(
        lambda text: render_body(text.body, text.language, site.base_path), tuple(texts.values()), jobs
    )
    return dict(zip(texts, rendered, strict=True))
