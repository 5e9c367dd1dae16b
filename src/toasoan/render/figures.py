"""An article's text into what its page shows: HTML, and figures in their places."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from toasoan.content.markdown import Body, PhotoPlace
from toasoan.model.article import Article
from toasoan.pictures import lead_picture, picture_of
from toasoan.render.views import Figure
from toasoan.routes import Site


def hero_and_parts(
    article: Article, body: Body, story: str, site: Site
) -> tuple[Figure | None, tuple[Markup | Figure, ...]]:
    """The picture at the top of an article, and the rest of its text.

    A text that begins with a photo has that at the top; any other has a photo there that it does not place
    itself. An article without photos has its drawn cover there; one that places all of them further down, nothing.
    """
    parts = tuple(_parts(article, body, story, site))
    if parts and isinstance(parts[0], Figure):
        return _first(parts[0]), parts[1:]
    placed = {part.number for part in body.parts if isinstance(part, PhotoPlace)}
    unplaced = [number for number in range(1, len(article.photos) + 1) if number not in placed]
    if unplaced:
        return _first(figure(article, unplaced[0], story, site)), parts
    if article.photos:
        return None, parts
    return Figure(lead_picture(article, story, site), "", None, None, first=True), parts


def _first(shown: Figure) -> Figure:
    return Figure(shown.picture, shown.alt, shown.caption, shown.credit, first=True)


def _parts(article: Article, body: Body, story: str, site: Site) -> Iterator[Markup | Figure]:
    for part in body.parts:
        if isinstance(part, PhotoPlace):
            yield figure(article, part.number, story, site)
        else:
            yield Markup(part)  # noqa: S704  # markdown-it's own output, raw HTML off


def figure(article: Article, number: int, story: str, site: Site) -> Figure:
    """A photo of an article with its words; a drawing has no alternative text, for it shows nothing of the event."""
    photo = article.photos[number - 1]
    picture = picture_of(article, number, story, site)
    alt = "" if picture.drawn else photo.alt or photo.caption or ""
    return Figure(picture, alt, photo.caption, photo.credit, first=False)
