"""Whether a text can be shown as it is meant: its Markdown, and the photos that it places."""

from __future__ import annotations

from toasoan.content.articles import Manuscript
from toasoan.content.markdown import Body, PhotoPlace
from toasoan.diagnostics import Location, Report


def check_text(path: str, manuscript: Manuscript, body: Body, photos: int | None, report: Report) -> None:
    """Tell what is wrong in the text of the file at `path`, with its line. Static pages have None for `photos`."""

    def at(line: int) -> Location:
        return Location(path, manuscript.first_line + line - 1)

    for fault in body.faults:
        report.error(fault.code, fault.message, at(fault.line), fault.hint)
    for part in body.parts:
        if isinstance(part, PhotoPlace) and not 1 <= part.number <= (photos or 0):
            report.error(
                "no-such-photo",
                f"the text places photo {part.number}, but the front matter lists {_photos(photos or 0)}",
                at(part.line),
                "remove it: only articles have photos"
                if photos is None
                else "add a table [[images]], or correct the number",
            )


def _photos(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, f"{count}")
