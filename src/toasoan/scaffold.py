"""New portals and new articles, ready to be written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from toasoan import routes
from toasoan.config import Config
from toasoan.content.articles import read_articles
from toasoan.content.front_matter import FrontMatter, format_document
from toasoan.content.static_pages import read_static_pages
from toasoan.diagnostics import Report
from toasoan.files import write_file, write_text
from toasoan.model.article import Status
from toasoan.portal_folders import CONTENT_FOLDER, SETTINGS_FILE
from toasoan.slug import slug_of, unique_slug


class FolderInUseError(Exception):
    """A portal can't be laid out here: there is one already."""


def lay_out_portal(folder: Path) -> tuple[Path, ...]:
    """Put a small portal that builds into a folder; gives the files made.

    Raises FolderInUseError where the folder has a portal; other files in it are left alone.
    """
    if (folder / SETTINGS_FILE).exists():
        raise FolderInUseError(folder)
    made = []
    starter = resources.files("toasoan") / "starter"
    for path, file in _files_below(starter, ""):
        target = folder / path
        if not target.exists():
            write_file(target, file.read_bytes())
            made.append(target)
    return tuple(made)


def _files_below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        below = f"{path}{entry.name}"
        if entry.is_dir():
            yield from _files_below(entry, f"{below}/")
        else:
            # A wheel may not carry hidden files, so the starter's have no dot.
            yield below.replace("dot-gitignore", ".gitignore"), entry


def _slugs_in_use(root: Path, config: Config, language: str) -> set[str]:
    """Slugs of a language's articles, whatever mistakes these have, of its pages, and of the lists."""
    unsaid = Report()
    files = {path.stem for path in (root / CONTENT_FOLDER / language).rglob("*.md")}
    articles = {article.slug for article in read_articles(root, config, unsaid) if article.language == language}
    pages = {page.slug for page in read_static_pages(root, config, unsaid) if page.language == language}
    return files | articles | pages | set(config.sections) | set(routes.LIST_SLUGS)


def new_article(root: Path, config: Config, title: str, language: str, section: str | None, today: dt.date) -> Path:
    """Make a draft with the right front matter; gives its file. Its slug is one that no article has yet."""
    folder = root / CONTENT_FOLDER / language / f"{today.year:04}"
    slug = unique_slug(slug_of(title, language), _slugs_in_use(root, config, language))
    fields = FrontMatter(title=title, language=language, slug=slug, date=today, section=section, status=Status.DRAFT)
    path = folder / f"{slug}.md"
    write_text(path, format_document(fields, ""))
    return path
