"""Whether texts can be shown as they are meant: their Markdown, and the photos that they place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toasoan.content.markdown import Body, PhotoPlace
from toasoan.diagnostics import Location, Report
from toasoan.plan import Page, Reading


def check_texts(pages: Iterable[Page], bodies: Mapping[str, Body], report: Report) -> None:
    """Tell what is wrong in the text of each article and static page, with its line."""
    for page in pages:
        text = page.text
        if text is None:
            continue
        photos = len(page.subject.article.photos) if isinstance(page.subject, Reading) else 0
        body = bodies[page.address]
        for fault in body.faults:
            report.error(fault.code, fault.message, Location(text.path, text.body_line + fault.line - 1), fault.hint)
        for part in body.parts:
            if isinstance(part, PhotoPlace) and not 1 <= part.number <= photos:
                report.error(
                    "no-such-photo",
                    f"the text places photo {part.number}, but the front matter lists {_photos(photos)}",
                    Location(text.path, text.body_line + part.line - 1),
                    "add a table [[images]], or correct the number"
                    if isinstance(page.subject, Reading)
                    else "remove it: only articles have photos",
                )


def _photos(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, f"{count}")
