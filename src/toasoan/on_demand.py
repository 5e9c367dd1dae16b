"""Single files of a portal, made when somebody asks for them, before a build has come to them.

Only what a browser shows is made in this way; feeds, sitemaps and the like are put together from what a whole build
finds, and are told to come later.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

from toasoan import routes
from toasoan.answer import Answer, InFile, JustMade, Later, Mistaken, without_page
from toasoan.catalog.catalog import Catalog
from toasoan.outputs.assets import Assets
from toasoan.page_at import FoundPage, articles_on, page_at
from toasoan.portal_folders import MEDIA_FOLDER
from toasoan.production import Made, Need, Production, pictures_with
from toasoan.state import State


class OnDemand:
    """Makes files of a portal whose sources are in the catalog."""

    def __init__(self, production: Production, theme: Assets, destination: Path) -> None:
        """What lies at `destination` is as good as made, if nothing has made it due."""
        self._production = production
        self._catalog: Catalog = production.catalog
        self._state: State = production.catalog.state
        self._root = production.root
        self._destination = destination
        self._assets = {output.path: output.data for output in theme.outputs}
        self._shown: deque[int] = deque()
        """Articles on pages that were made here, whose pictures are not known yet."""

        self._pictures: dict[str, Need] = {}
        """And other files that pages lead to, by path, that of a photograph without its width."""

    def file(self, path: str) -> Answer:
        """What a path of the output folder has, or will have."""
        if path in self._assets:
            return JustMade(self._assets[path])
        if path.endswith(".html"):
            found = page_at(routes.address_of(path), self._catalog)
            return self._page(found, path) if found else without_page(path, self._state)
        if self._is_made(path):
            return InFile(self._destination / path)
        return self._picture(path) or Later()

    def _page(self, found: FoundPage, path: str) -> Answer:
        is_due = self._state.row("SELECT 1 FROM due WHERE kind = ? AND key = ?", found.target, found.key)
        if not is_due and self._is_made(path):
            return InFile(self._destination / path)
        made = Made(found.target, found.key)
        html = self._production.html_of(found.page, made)
        if html is None:
            return Mistaken(made.report)
        self._pictures.update((need.path, need) for need in made.needs)
        self._shown.extend(articles_on(found.page.subject))
        return JustMade(html.encode("utf-8"))

    def _is_made(self, path: str) -> bool:
        return self._state.row("SELECT 1 FROM output WHERE path = ? AND digest IS NOT NULL", path) is not None

    def _picture(self, path: str) -> Answer | None:
        while self._shown:
            article = self._catalog.article_numbered(self._shown.popleft())
            if article is not None:
                self._pictures.update((need.path, need) for need in pictures_with(article))
        need = self._pictures.get(path) or self._pictures.get(path.rpartition("-")[0])
        if need is None:
            return None
        if need.what == "cover":
            from toasoan.covers.cover import cover  # there is much to load

            return JustMade(cover(need.more, need.origin).encode())
        # To encode a photograph takes long, and browsers look at what is in a file, whatever it is called.
        media = (self._root / MEDIA_FOLDER).resolve()
        file = (media / need.origin).resolve()
        return InFile(file) if media in file.parents and file.is_file() else None
