"""Whether links from texts to the portal's own pages lead anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from toasoan import routes
from toasoan.content.markdown import Body
from toasoan.content.static_pages import StaticPage
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.plan import Home, Listing, ListKind, Page, Reading
from toasoan.web_address import parts_of


def check_links(pages: Iterable[Page], bodies: Mapping[str, Body], report: Report) -> None:
    """Tell each link from a text to a page of the portal that does not exist."""
    pages = tuple(pages)
    known = {page.address for page in pages} | {feed for page in pages for feed in _feeds(page)}
    for page in pages:
        if not isinstance(page.subject, Reading | StaticPage):
            continue
        text = page.subject.article if isinstance(page.subject, Reading) else page.subject
        for link in bodies[page.address].links:
            path = unquote(parts_of(link.address).path)
            if not link.address.startswith("/") or path in known or path.startswith(("/media/", "/assets/")):
                continue
            report.error(
                "broken-link",
                f"the portal has no page {path}",
                Location(text.path, text.body_line + link.line - 1),
                did_you_mean(path, known) or "correct the address, or remove the link",
            )


def _feeds(page: Page) -> Iterator[str]:
    if isinstance(page.subject, Listing):
        yield routes.json_feed(page.subject.feed_front)
    if isinstance(page.subject, Home) or (
        isinstance(page.subject, Listing) and page.subject.kind is ListKind.SECTION
    ):
        yield routes.rss(page.address)
