"""Whether links from texts to the portal's own pages lead anywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import unquote

from toasoan import routes
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.state import State
from toasoan.targets import text_of
from toasoan.web_address import parts_of


def check_links(state: State, planned: Collection[str] | None, report: Report) -> bool:
    """Tell each link from a text to a page or file of the portal that does not exist; gives whether all is well.

    `planned` are the files that there will be, where not all of them were made; else None.
    """
    own = "SELECT kind, key, address, line FROM link WHERE address >= '/' AND address < '0' ORDER BY kind, key, place"
    links = tuple(state.rows(own))
    for kind, key, address, line in links:
        path = unquote(parts_of(address).path)
        if "\0" not in path and _exists(routes.file_of(path), state, planned):
            continue
        if planned is not None and _had_a_page(path, state):
            continue  # what has become of it is known only once all pages are made
        moved = state.row("SELECT target FROM redirect WHERE address = ?", routes.with_slash(path))
        if moved is not None:
            report.warning(
                "moved-link",
                f"the page {path} has moved to {moved}",
                Location(text_of(state, kind, key), line),
                f"write {moved}",
            )
            continue
        report.error(
            "broken-link",
            f"the portal has no page or file {path}",
            Location(text_of(state, kind, key), line),
            did_you_mean(path, _addresses(state, planned)) or "correct the address, or remove the link",
        )
    return not report.has_errors


def _exists(file: str, state: State, planned: Collection[str] | None) -> bool:
    if planned is not None:
        return file in planned
    return state.row("SELECT 1 FROM output WHERE path = ? AND kind <> 'redirect'", file) is not None


def _had_a_page(path: str, state: State) -> bool:
    query = "SELECT 1 FROM former WHERE address = ?1 UNION ALL SELECT 1 FROM online WHERE address = ?1"
    return state.row(query, routes.with_slash(path)) is not None


def _addresses(state: State, planned: Collection[str] | None) -> Iterator[str]:
    """Where links may lead; pages have the address of their folder."""
    files = state.rows("SELECT path FROM output") if planned is None else iter(sorted(planned))
    return (routes.address_of(path) for path in files)
