"""Whether links from texts to the portal's own pages lead anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from toasoan.content.markdown import Body
from toasoan.content.static_pages import StaticPage
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.plan import Page, Reading


def check_links(pages: Iterable[Page], bodies: Mapping[str, Body], report: Report) -> None:
    """Tell each link from a text to a page of the portal that does not exist."""
    pages = tuple(pages)
    known = {page.address for page in pages}
    for page in pages:
        if not isinstance(page.subject, Reading | StaticPage):
            continue
        text = page.subject.article if isinstance(page.subject, Reading) else page.subject
        for link in bodies[page.address].links:
            path = unquote(urlsplit(link.address).path)
            if not link.address.startswith("/") or path in known or path.startswith(("/media/", "/assets/")):
                continue
            report.error(
                "broken-link",
                f"the portal has no page {path}",
                Location(text.path, text.body_line + link.line - 1),
                did_you_mean(path, known) or "correct the address, or remove the link",
            )
