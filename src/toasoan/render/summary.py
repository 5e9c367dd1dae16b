"""A few words on a page for search engines and shared links."""

from __future__ import annotations

from toasoan.content.markdown import Body
from toasoan.model.article import Article

LONGEST = 200
"""Characters; search engines show about 160."""


def description_of(article: Article, body: Body) -> str:
    """The lede, else how the text begins, else the title: cut between words. Never empty."""
    return shortened(article.summary or body.plain or article.title)


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text on one line, cut between words with an ellipsis where it is too long."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return cut[: cut.rfind(" ") if " " in cut[longest // 2 :] else len(cut)].rstrip(" ,;:–—-") + "…"
