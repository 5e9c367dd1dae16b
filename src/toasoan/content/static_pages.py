"""The files below `site/pages/<language>/` into static pages: about, legal notices."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from toasoan import cldr
from toasoan.config import Config
from toasoan.content.aliases import read_aliases
from toasoan.content.articles import in_nfc, is_markdown, tell_strays
from toasoan.content.description import description_of
from toasoan.content.front_matter import KIND, read_block
from toasoan.diagnostics import Location, Report
from toasoan.encoding import without_controls
from toasoan.portal_folders import PAGES_FOLDER, SETTINGS_FILE
from toasoan.slug import slug_fault
from toasoan.source_files import files_below
from toasoan.source_text import read_source
from toasoan.typed_table import read_table


@dataclass(frozen=True, slots=True)
class PageFields:
    """The front matter of a static page."""

    title: str
    """Its heading, and its name in the footer."""

    summary: str | None = None
    """A sentence for search engines."""

    aliases: tuple[str, ...] = ()
    """Addresses that lead to it besides its own, such as those that it had on an earlier site: "/about-us.html"."""


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A page that is no article: it has no date and stands in no list, but in the footer."""

    language: str
    slug: str
    """The file's name; pages of the same name are each other's translations."""

    title: str
    path: str
    description: str = ""
    """For search engines."""

    aliases: tuple[str, ...] = ()
    """Addresses that lead to it besides its own."""


def read_static_pages(root: Path, config: Config, report: Report) -> tuple[StaticPage, ...]:
    """All static pages in a language of the portal, in the order of their paths."""
    pages = []
    files = tuple(files_below(root, PAGES_FOLDER))
    tell_strays(files, report)
    for path in (file.path for file in files if is_markdown(file)):
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
    text = read_source(root, path, report)
    block = None if text is None else read_block(in_nfc(text), path, report)
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
    aliases = read_aliases(fields.aliases, block.source(path, KIND), report)
    if aliases is None:
        return None
    summary = without_controls(fields.summary or "").strip()
    description = description_of(title, summary, without_controls(block.body), language)
    return StaticPage(language, slug, title, path, description, aliases)
