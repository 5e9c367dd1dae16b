"""The pages of a built portal whose addresses are to be kept: those of articles, static pages and whole lists.

Numbered pages and months come and go with what is in them, so that nobody is promised their addresses.
"""

from __future__ import annotations

from collections.abc import Iterator

from toasoan import routes
from toasoan.address_ledger import OnlinePage
from toasoan.catalog.catalog import ListKind
from toasoan.model.article import ArticleId
from toasoan.plan import front_of
from toasoan.state import State, path_of


def online_pages(state: State) -> Iterator[OnlinePage]:
    """All of them that the output folder has, as the state knows it; they are in no order."""
    there = frozenset(state.rows("SELECT path FROM output WHERE kind IN ('article', 'list', 'language', 'page')"))
    return (page for page in _wanted(state) if routes.file_of(page.address) in there)


def _wanted(state: State) -> Iterator[OnlinePage]:
    for language, slug, path, story in state.rows("SELECT language, slug, path, story FROM article"):
        id_ = ArticleId(language, slug)
        for address in (routes.article(id_), routes.gallery(id_)):
            yield OnlinePage(address, path_of(path), story)
    for path, language, slug in state.rows("SELECT path, language, slug FROM static_page"):
        yield OnlinePage(routes.static_page(language, slug), path_of(path))
    for language, kind, slug in state.rows("SELECT language, kind, slug FROM list"):
        yield OnlinePage(front_of(language, ListKind(kind), slug, None))
    for language in state.rows("SELECT DISTINCT language FROM list"):
        yield OnlinePage(routes.home(language))
