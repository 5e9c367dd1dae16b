"""A few words on a page for search engines, feeds and shared links."""

from __future__ import annotations

from toasoan.content.markdown import render_body

LONGEST = 200
"""Characters; search engines show about 160."""

OPENING = 4 * LONGEST
"""So much of a text is looked at for its first words, to the end of the block in which it ends."""


def description_of(title: str, summary: str | None, markdown: str, language: str) -> str:
    """The lede, else how the text begins, else the title: cut between words. Never empty."""
    if summary:
        return shortened(summary)
    end = markdown.find("\n\n", OPENING)
    opening = markdown if end < 0 else markdown[:end]
    return shortened(render_body(opening, language).plain) or shortened(title)


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text on one line, cut between words with an ellipsis where it is too long."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return cut[: cut.rfind(" ") if " " in cut[longest // 2 :] else len(cut)].rstrip(" ,;:–—-") + "…"
