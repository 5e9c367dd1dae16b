"""The programs that are compared: how a portal is laid out for each, how it is built, and which page is which."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import peers
from adapters import SourceFile, for_hugo, for_pelican, for_toasoan, sections_for_hugo, write_source
from corpus import Article

SITES = Path(__file__).parent / "sites"
TOASOAN = "toasoan"
FULL = "toasoan-full"
"""Toasoan with all the kinds of pages that it makes unless told otherwise; the others' sites do not have them."""

REFERENCE = "hugo"
"""The program that the others' times are put in relation to."""


class PageKind(StrEnum):
    """What a file of the output is, for comparing like with like."""

    ARTICLE = "articles"
    LANGUAGE_LIST = "lists of a language"
    SECTION_LIST = "lists of a section"
    TAG_LIST = "lists of a tag"
    AUTHOR_LIST = "lists of an author"
    RSS = "RSS feeds"
    SITEMAP = "sitemaps"
    OTHER_PAGE = "other pages"
    OTHER_FILE = "other files"


@dataclass(frozen=True)
class Program:
    """A program, with a site of the same pages as all others."""

    name: str
    sites: Mapping[str, str]
    """Files and folders of `sites/`, each with where it goes in the portal; later ones lie over earlier ones."""

    article: Callable[[Article], SourceFile]
    command: Callable[[Path], list[str]]
    """Builds the portal of the current folder into the given one."""

    version_command: Callable[[], list[str]]
    kinds: Mapping[PageKind, str]
    """Patterns of the paths of each kind; the first that fits holds."""

    further_sources: Iterable[SourceFile] = ()
    cold_only: bool = False
    """Whether it is built from nothing only, for a figure beside the others'."""

    caches: tuple[str, ...] = field(default=())
    """What a build leaves behind in the portal, and what a cold build must not find."""

    def lay_out_site(self, portal: Path) -> None:
        """Put all but the articles into the portal that lies at `portal`."""
        for source, place in self.sites.items():
            if (SITES / source).is_dir():
                ignored = shutil.ignore_patterns("__pycache__", ".*")
                shutil.copytree(SITES / source, portal / place, dirs_exist_ok=True, ignore=ignored)
            else:
                (portal / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(SITES / source, portal / place)
        for file in self.further_sources:
            write_source(portal, file)

    def forget_caches(self, portal: Path) -> None:
        """Remove what earlier builds left in the portal."""
        for name in self.caches:
            if (portal / name).is_dir():
                shutil.rmtree(portal / name)
            else:
                (portal / name).unlink(missing_ok=True)

    def kind_of(self, path: str) -> PageKind:
        """What the file at a path of the output is."""
        for kind, pattern in self.kinds.items():
            if re.fullmatch(pattern, path):
                return kind
        return PageKind.OTHER_PAGE if path.endswith(".html") else PageKind.OTHER_FILE

    def count_kinds(self, output: Path) -> Counter[PageKind]:
        """How many files of each kind there are below `output`."""
        return Counter(
            self.kind_of(Path(folder, name).relative_to(output).as_posix())
            for folder, _, names in os.walk(output)
            for name in names
        )


_LIST_PAGES = r"(page/\d+/)?index\.html"
_PEER_KINDS = {
    PageKind.ARTICLE: r"[a-z]{2}/articles/[^/]+/index\.html",
    PageKind.LANGUAGE_LIST: rf"[a-z]{{2}}/{_LIST_PAGES}",
    PageKind.SECTION_LIST: rf"([a-z]{{2}}/)?categories/[^/]+/{_LIST_PAGES}",
    PageKind.TAG_LIST: rf"([a-z]{{2}}/)?tags/[^/]+/{_LIST_PAGES}",
    PageKind.AUTHOR_LIST: rf"([a-z]{{2}}/)?authors/[^/]+/{_LIST_PAGES}",
    PageKind.RSS: r".*index\.xml",
    PageKind.SITEMAP: r".*sitemap[^/]*\.xml",
}

_NUMBERED_PAGES = r"(\d+/)?index\.html"
_MONTH = r"(\d{4}/\d\d/)?"
_TOASOAN_KINDS = {
    PageKind.ARTICLE: r"[a-z]{2}/[^/]+-\d{6}/index\.html",
    PageKind.LANGUAGE_LIST: rf"[a-z]{{2}}/(archive/)?{_MONTH}{_NUMBERED_PAGES}",
    PageKind.TAG_LIST: rf"[a-z]{{2}}/tag/[^/]+/{_NUMBERED_PAGES}",
    PageKind.AUTHOR_LIST: rf"[a-z]{{2}}/author/[^/]+/{_NUMBERED_PAGES}",
    PageKind.SECTION_LIST: rf"[a-z]{{2}}/(?!agency/)[^/]+/{_MONTH}{_NUMBERED_PAGES}",
    PageKind.RSS: r".*feed\.xml",
    PageKind.SITEMAP: r"sitemap[^/]*\.xml",
}

_HUGO_SITES = {
    "hugo": ".",
    "shared/labels.toml": "data/labels.toml",
    "shared/style.css": "static/style.css",
}


def _hugo(name: str, sites: Mapping[str, str]) -> Program:
    return Program(
        name,
        sites,
        for_hugo,
        lambda output: [peers.hugo(), "build", "--quiet", "--destination", str(output)],
        lambda: [peers.hugo(), "version"],
        _PEER_KINDS,
        tuple(sections_for_hugo()),
        False,
        ("resources", ".hugo_build.lock"),
    )


def _toasoan(name: str, further_sources: Iterable[SourceFile] = (), cold_only: bool = False) -> Program:
    return Program(
        name,
        {"toasoan": "site"},
        for_toasoan,
        lambda output: [sys.executable, "-m", "toasoan", "build", "--to", str(output)],
        lambda: [sys.executable, "-m", "toasoan", "--version"],
        _TOASOAN_KINDS,
        further_sources,
        cold_only,
        (".toasoan",),
    )


def _settings_with_all_pages() -> SourceFile:
    """The settings of the compared site, without the table that leaves kinds of pages out."""
    text = (SITES / "toasoan" / "site.toml").read_text(encoding="utf-8")
    full, tables = re.subn(r"^\[pages\]\n(.+\n)+", "", text, flags=re.MULTILINE)
    if tables != 1:
        raise ValueError("the settings of the compared site have no table [pages]")
    return "site/site.toml", full


PROGRAMS = {
    program.name: program
    for program in (
        _toasoan(TOASOAN),
        _toasoan(FULL, [_settings_with_all_pages()], cold_only=True),
        _hugo(REFERENCE, _HUGO_SITES),
        _hugo("hugo-newest", {**_HUGO_SITES, "hugo-newest": "."}),
        Program(
            "pelican",
            {"pelican": ".", "shared/labels.toml": "labels.toml", "shared/style.css": "content/style.css"},
            for_pelican,
            lambda output: [peers.pelican(), "-q", "-s", "pelicanconf.py", "content", "-o", str(output)],
            lambda: [peers.pelican(), "--version"],
            _PEER_KINDS,
            caches=("cache",),
        ),
    )
}
"""By name; Toasoan and those that it is compared with."""
