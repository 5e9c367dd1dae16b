"""Little portals and articles whose dull fields are filled, so that what a test is about stands out."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toasoan import cldr
from toasoan.build import build
from toasoan.build_result import BuildResult
from toasoan.catalog.beside import shown_beside
from toasoan.catalog.catalog import Catalog
from toasoan.catalog.postings import Postings
from toasoan.catalog.signature import signature
from toasoan.catalog.update import Update
from toasoan.config import Config
from toasoan.content.front_matter import FrontMatter, format_document
from toasoan.diagnostics import Report
from toasoan.model.article import Article, ArticleId, PublicationDate, Status
from toasoan.model.publisher import Publisher
from toasoan.model.section import Section
from toasoan.publish import MANIFEST, STAGING
from toasoan.settings import LanguageSettings, SiteSettings
from toasoan.state import State

SITES = Path(__file__).parent / "sites"
REPOSITORY = Path(__file__).parents[1]

SETTINGS = """title = "Tin thử"
base_url = "https://portal.example"

[languages.vi]

[languages.en]

[sections.heritage]
vi = "Di sản"
en = "Heritage"

[sections.local]
vi = "Địa phương"
en = "Regions"
"""


def config(
    languages: Iterable[str] = ("vi", "en"),
    sections: Iterable[str] = ("heritage", "local"),
    publishers: Iterable[Publisher] = (),
    **settings: Any,
) -> Config:
    """A configuration, as if it had been read."""
    tags = tuple(languages)
    names = {key: {tag: f"{key} ({tag})" for tag in tags} for key in sections}
    return Config(
        SiteSettings("Tin thử", "https://portal.example", dict.fromkeys(tags, LanguageSettings()), names, **settings),
        {tag: cldr.language(tag) for tag in tags},
        {key: Section(key, of_key) for key, of_key in names.items()},
        tuple(publishers),
    )


def day_or_moment(text: str) -> PublicationDate:
    """ "2025-12-17" or "2025-12-17T09:36", in Vietnam."""
    zone = dt.timezone(dt.timedelta(hours=7))
    return PublicationDate(dt.datetime.fromisoformat(text).replace(tzinfo=zone), has_time="T" in text)


def article(
    slug: str = "office", language: str = "vi", published: str | None = "2025-06-01", **fields: Any
) -> Article:
    """An article, as if it had been read."""
    if "story" in fields:
        fields["named_story"] = fields.pop("story")
    fields = {"title": slug.title(), "path": f"site/content/{language}/{slug}.md", **fields}
    return Article(id=ArticleId(language, slug), published=day_or_moment(published) if published else None, **fields)


def articles(count: int, **fields: Any) -> tuple[Article, ...]:
    """Many articles, one a day, the newest first."""
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=number) for number in range(count)]
    return tuple(article(f"a-{day}", published=str(day), **fields) for day in reversed(days))


def text_of(title: str = "Văn phòng", body: str = "Chữ.", **fields: Any) -> str:
    """The text of an article's file."""
    return format_document(FrontMatter(title=title, **fields), body)


def page_text(title: str = "Giới thiệu", body: str = "Chữ.") -> str:
    """The text of a static page's file."""
    return f"+++\ntitle = {json.dumps(title)}\n+++\n\n{body}\n"


def portal(folder: Path, files: Mapping[str, str | bytes] | None = None, settings: str = SETTINGS) -> Path:
    """Lay out a portal; `files` by their paths below `site/`, articles by theirs below `site/content/`."""
    write(folder, "site/site.toml", settings)
    for path, content in (files or {}).items():
        is_article = path.endswith(".md") and not path.startswith("pages/")
        write(folder, f"site/content/{path}" if is_article else f"site/{path}", content)
    return folder


def write(folder: Path, path: str, content: str | bytes) -> Path:
    """Put a file into a folder."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def copy_of(site: str, folder: Path) -> Path:
    """A copy of one of the sites below tests/sites/, to be changed at will."""
    shutil.copytree(SITES / site, folder)
    return folder


def built(root: Path, destination: Path | None = None) -> BuildResult:
    """Build a portal that has no mistakes, into `public` beside its `site` where nothing else is said."""
    result = build(root, destination or root / "public")
    assert [str(diagnostic) for diagnostic in result.report] == []
    return result


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder by their paths, but for what a build notes for itself in an output folder."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {path: file.read_bytes() for path, file in files.items() if path.split("/")[0] not in (MANIFEST, STAGING)}


def catalog_of(*given: Article, settings: Config | None = None) -> Catalog:
    """A catalog of published articles, as a first build makes it."""
    catalog = Catalog(State(Path(":memory:"), is_new=True), settings or config())
    update = Update(catalog, is_first=True)
    for one in given:
        if one.status is Status.PUBLISHED:
            update.put(one, b"", signature(one.title, one.summary, one.tags, one.language, "", frozenset()))
    update.settle(lambda numbers: (shown_beside(number, catalog, Postings(catalog.state)) for number in numbers))
    return catalog


def codes(report: Report) -> list[str]:
    """The codes of what was found."""
    return [diagnostic.code for diagnostic in report]
