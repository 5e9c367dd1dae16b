"""Whether a text can be shown as it is meant: its Markdown, and the photos and videos that it places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from toasoan import cldr
from toasoan.content.articles import Manuscript
from toasoan.content.markdown import Body, PhotoPlace, VideoPlace
from toasoan.diagnostics import Location, Report
from toasoan.model.article import Article


def check_text(
    path: str, manuscript: Manuscript, body: Body, language: str, article: Article | None, report: Report
) -> None:
    """Tell what is wrong in the text of the file at `path`, with its line. Static pages have no article."""

    def at(line: int) -> Location:
        return Location(path, manuscript.first_line + line - 1)

    _check_script(path, body, language, report)
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


SCRIPTS: Mapping[str, tuple[str, str]] = {
    "Latn": ("Latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
    "Cyrl": ("Cyrillic", "\u0400-\u052f"),
    "Grek": ("Greek", "\u0370-\u03ff\u1f00-\u1fff"),
    "Arab": ("Arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    "Hebr": ("Hebrew", "\u0590-\u05ff"),
    "Deva": ("Devanagari", "\u0900-\u097f"),
    "Beng": ("Bengali", "\u0980-\u09ff"),
    "Thai": ("Thai", "\u0e00-\u0e7f"),
    "Laoo": ("Lao", "\u0e80-\u0eff"),
    "Khmr": ("Khmer", "\u1780-\u17ff"),
    "Hans": ("Chinese", "\u3400-\u9fff"),
    "Jpan": ("Japanese", "\u3040-\u30ff\u3400-\u9fff"),
    "Kore": ("Korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
}
"""What scripts are called, and their letters, by ISO 15924 code. Languages in other scripts are not looked at."""

LOOKED_AT = 1_000
"""Characters of a text whose letters are counted."""

FEWEST_LETTERS = 60
"""In shorter texts names of people and places may be most of it."""

LEAST_SHARE = 0.2
"""Of the letters of a text that are those of its language; foreign names and quotations seldom are half of them."""


@cache
def _letters(code: str) -> re.Pattern[str]:
    return re.compile(f"[{SCRIPTS[code][1]}]")


def _check_script(path: str, body: Body, language: str, report: Report) -> None:
    """Tell a text that is in another language than its address says, as far as letters tell."""
    own = cldr.script(language)
    if own not in SCRIPTS:
        return
    letters = [mark for mark in body.plain[:LOOKED_AT] if mark.isalpha()]
    if len(letters) < FEWEST_LETTERS:
        return
    text = "".join(letters)
    if len(_letters(own).findall(text)) >= LEAST_SHARE * len(text):
        return
    other = max(SCRIPTS, key=lambda code: len(_letters(code).findall(text)))
    report.error(
        "wrong-script",
        f"the text is in {SCRIPTS[other][0]} letters, but {language!r} is written in {SCRIPTS[own][0]} ones",
        Location(path),
        "move the file to the folder of its language, or put the right text into it",
    )


def _in_words(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, f"{count}")
