"""Where the links of a portal's files lead."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from toasoan import routes
from toasoan.routes import Site

MOST_KNOWN = 100_000
"""Links that are kept in mind: most pages lead to the same places."""

_WEB = ("http://", "https://")


class Goal(NamedTuple):
    """Where a link leads."""

    file: str | None
    """The file of the portal; None for a page elsewhere, or for what is no page at all, such as a mail address."""

    fragment: str = ""
    """The part of the page, without "#"."""

    is_there: bool = True
    moved_to: str | None = None
    """The link that leads to where the page is now."""


class Addresses:
    """All files of a portal, by the links that lead to them."""

    def __init__(self, site: Site, files: Container[str], moved: Mapping[str, str]) -> None:
        """`moved` are addresses that have no page of their own, each with that to which it leads."""
        self.site = site
        self.files = files
        self._moved = moved
        self._known: dict[str, Goal] = {}

    def goal(self, link: str, page: str) -> Goal:
        """Where a link on the page at an address leads."""
        found = self._known.get(link)
        if found is None and link.startswith("#"):
            return Goal(routes.file_of(page), unquote(link[1:]))  # many, of which each page has its own
        if found is None:
            is_alone = link.startswith(("/", *_WEB)) and not link.startswith("//")
            found = self._goal(link if is_alone else urljoin(self.site.absolute(page), link))
            if is_alone:
                if len(self._known) > MOST_KNOWN:
                    self._known.clear()
                self._known[link] = found
        return found

    def _goal(self, link: str) -> Goal:
        site = self.site
        if link.startswith(_WEB):
            if not f"{link}/".startswith((f"{site.base_url}/", f"{site.base_url}#", f"{site.base_url}?")):
                return Goal(None)
            link = link.removeprefix(site.origin) or "/"
        elif not link.startswith("/"):
            return Goal(None)
        path, _, fragment = link.partition("#")
        address = site.address(path.partition("?")[0])
        if address is None:
            return Goal(None)  # the host has more than the portal
        file = routes.file_of(address)
        moved = self._moved.get(routes.with_slash(address))
        return Goal(file, unquote(fragment), file in self.files, site.link(moved) if moved else None)


def is_on_the_web(link: str) -> bool:
    """Whether a link leads to a page that can be asked for."""
    return link.startswith(_WEB)
