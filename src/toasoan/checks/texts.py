"""Whether a text can be shown as it is meant: its Markdown, and the photos and videos that it places."""

from __future__ import annotations

from toasoan.content.articles import Manuscript
from toasoan.content.markdown import Body, PhotoPlace, VideoPlace
from toasoan.diagnostics import Location, Report
from toasoan.model.article import Article


def check_text(path: str, manuscript: Manuscript, body: Body, article: Article | None, report: Report) -> None:
    """Tell what is wrong in the text of the file at `path`, with its line. Static pages have no article."""

    def at(line: int) -> Location:
        return Location(path, manuscript.first_line + line - 1)

    photos, videos = (len(article.photos), len(article.videos)) if article else (0, 0)
    for fault in body.faults:
        report.error(fault.code, fault.message, at(fault.line), fault.hint)
    for part in body.parts:
        if isinstance(part, PhotoPlace) and not 1 <= part.number <= photos:
            report.error(
                "no-such-photo",
                f"the text places photo {part.number}, but the front matter lists {_in_words(photos)}",
                at(part.line),
                "add a table [[images]], or correct the number"
                if article
                else "remove it: only articles have photos",
            )
        if isinstance(part, VideoPlace) and not 1 <= part.number <= videos:
            report.error(
                "no-such-video",
                f"the text places video {part.number}, but the front matter lists {_in_words(videos)}",
                at(part.line),
                "add a table [[videos]], or correct the number"
                if article
                else "remove it: only articles have videos",
            )


def _in_words(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, f"{count}")
