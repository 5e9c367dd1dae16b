"""What a build makes, in the units in which it goes out of date: each stands for one file or for several."""

from __future__ import annotations

from enum import StrEnum

from toasoan.state import State, path_of


class Target(StrEnum):
    """Kinds of targets; a key tells one of a kind from the others."""

    ARTICLE = "article"
    """An article's page, by the catalog's number."""

    PARALLEL_TEXT = "parallel"
    """An article beside other versions of its story, by the catalog's number."""

    LIST = "list"
    """All pages and feeds of a list, by the catalog's number."""

    LANGUAGE = "language"
    """Home page, list of agencies and not-found page of a language, by tag."""

    FEEDS = "feeds"
    """The list of all feeds of a language, by tag, or of the portal; its key is empty."""

    STATIC_PAGE = "page"
    """A static page, by language and slug: "vi/about"."""

    SEARCH = "search"
    """What a language is searched with, by tag."""

    REDIRECTS = "redirects"
    """What becomes of addresses at which there is no page; the key is empty."""

    PORTAL = "portal"
    """The pages that the portal has once; the key is empty."""


def due(state: State, kind: Target, key: object, reason: str) -> None:
    """Note that a target is to be made anew, and why, in words for people; the first reason stays."""
    state.run("INSERT OR IGNORE INTO due VALUES (?, ?, ?)", kind, str(key), reason)


def text_of(state: State, kind: str, key: str) -> str:
    """The file of the text of an article or of a static page."""
    if kind == Target.ARTICLE:
        path = state.row("SELECT path FROM article WHERE number = ?", int(key))
    else:
        path = state.row("SELECT path FROM static_page WHERE language || '/' || slug = ?", key)
    return path_of(path)
