"""The files below `site/pages/<language>/` into static pages: about, legal notices."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from toasoan import cldr
from toasoan.config import SETTINGS_FILE, Config
from toasoan.content.articles import markdown_files, read_text
from toasoan.content.front_matter import KIND, read_block
from toasoan.diagnostics import Location, Report
from toasoan.encoding import without_controls
from toasoan.slug import slug_fault
from toasoan.typed_table import read_table

PAGES_FOLDER = "site/pages"


@dataclass(frozen=True, slots=True)
class PageFields:
    """The front matter of a static page."""

    title: str
    """Its heading, and its name in the footer."""

    summary: str | None = None
    """A sentence for search engines."""


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A page that is no article: it has no date and stands in no list, but in the footer."""

    language: str
    slug: str
    """The file's name; pages of the same name are each other's translations."""

    title: str
    body: str
    path: str
    body_line: int
    summary: str | None = None


def read_static_pages(root: Path, config: Config, report: Report) -> tuple[StaticPage, ...]:
    """All static pages in a language of the portal, in the order of their paths."""
    pages = []
    for path in markdown_files(root, PAGES_FOLDER, report):
        parts = Path(path).relative_to(PAGES_FOLDER).parts
        if len(parts) != 2 or parts[0] not in config.languages:
            report.warning(
                "language-not-listed",
                "the page lies in no folder of a language of this portal; it is left out",
                Location(path),
                f"add a table [languages.{parts[0]}] to {SETTINGS_FILE} to publish it"
                if len(parts) == 2 and cldr.is_language(parts[0])
                else f"move it below {PAGES_FOLDER}/{config.main_language.tag}/",
            )
            continue
        page = _read_page(root, path, parts[0], report)
        if page is not None:
            pages.append(page)
    return tuple(pages)


def _read_page(root: Path, path: str, language: str, report: Report) -> StaticPage | None:
    text = read_text(root, path, report)
    block = None if text is None else read_block(text, path, report)
    fields = None if block is None else read_table(PageFields, block.values, (), block.source(path, KIND), report)
    slug = unicodedata.normalize("NFC", Path(path).stem)
    if fault := slug_fault(slug):
        report.error("wrong-slug", f"the file's name {slug!r} {fault}", Location(path), "rename the file")
        return None
    if fields is None or block is None:
        return None
    title = without_controls(fields.title).strip()
    if not title:
        report.error("empty-title", "the title is empty", block.source(path, KIND).at(("title",)))
        return None
    body, summary = without_controls(block.body), without_controls(fields.summary or "")
    return StaticPage(language, slug, title, body, path, block.body_line, summary.strip() or None)
