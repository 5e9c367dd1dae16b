"""Whether links from texts to the portal's own pages lead anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from toasoan import routes
from toasoan.content.markdown import Body
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.linked_files import linked_files
from toasoan.plan import Listing, Page
from toasoan.web_address import parts_of


def check_links(pages: Iterable[Page], bodies: Mapping[str, Body], root: Path, report: Report) -> None:
    """Tell each link from a text to a page or file of the portal that does not exist."""
    pages = tuple(pages)
    known = {page.address for page in pages} | {feed for page in pages for feed in _feeds(page)}
    known |= {routes.media(src) for body in bodies.values() for src in linked_files(body, root)}
    for page in pages:
        text = page.text
        if text is None:
            continue
        for link in bodies[page.address].links:
            path = unquote(parts_of(link.address).path)
            if not link.address.startswith("/") or path in known:
                continue
            report.error(
                "broken-link",
                f"the portal has no page or file {path}",
                Location(text.path, text.body_line + link.line - 1),
                did_you_mean(path, known) or "correct the address, or remove the link",
            )


def _feeds(page: Page) -> Iterator[str]:
    if isinstance(page.subject, Listing):
        yield from (feed for feed in (page.subject.rss, page.subject.json_feed) if feed)
