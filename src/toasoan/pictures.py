"""Which picture stands for an article: its photograph where there is one, else a cover drawn for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from toasoan import routes
from toasoan.covers.look import OTHER_INKS, Look, look_of
from toasoan.model.article import Article, Photo
from toasoan.routes import Site

WIDTH, HEIGHT = 1280, 720
"""Of every picture's box in the layout, 16:9; style sheets crop it where a list wants another shape."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover to be drawn: the same for all language versions of a story."""

    section: str
    key: str

    @property
    def name(self) -> str:
        """Of its file, without the ending."""
        return hashlib.sha256(f"{self.section}\n{self.key}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page shows it."""

    src: str
    drawn: bool
    """Whether it is a cover; readers are told."""

    look: Look | None = None
    """Of a cover: two of the same look, beside each other, would seem to be one picture shown twice."""

    width: int = WIDTH
    height: int = HEIGHT


def lead_picture(article: Article, story: str, site: Site) -> Picture:
    """The picture of an article in lists and at its top: its first photo that exists, else a cover."""
    for photo in article.photos:
        if photo.src:
            return Picture(_photo_address(photo.src, site), drawn=False)
    return _drawn(cover_of(article, story), site)


def picture_of(article: Article, number: int, story: str, site: Site) -> Picture:
    """The picture for the article's photo of this number (1-based), drawn where the photo itself is lost."""
    src = article.photos[number - 1].src
    return Picture(_photo_address(src, site), drawn=False) if src else _drawn(cover_of(article, story, number), site)


def cover_of(article: Article, story: str, number: int = 1) -> Cover:
    """The cover that stands in for the photo of this number, or for the only one an article never had."""
    return Cover(article.section or "", f"{story}#{number}")


def in_other_inks(picture: Picture) -> Picture:
    """A cover mirrored and in other inks, which are in the same file. Photographs stay as they are."""
    if picture.look is None:
        return picture
    return replace(picture, src=f"{picture.src}#{OTHER_INKS}", look=picture.look.in_other_inks())


def covers_of(article: Article, story: str) -> Iterator[Cover]:
    """All covers that the pages with this article may show."""
    if not any(photo.src for photo in article.photos):
        yield cover_of(article, story)
    for number, photo in enumerate(article.photos, start=1):
        if not photo.src:
            yield cover_of(article, story, number)


def own_files(photos: tuple[Photo, ...]) -> Iterator[str]:
    """Those of the photos that are files below `site/media/`."""
    return (photo.src for photo in photos if photo.src and not photo.src.startswith("https://"))


def _photo_address(src: str, site: Site) -> str:
    return src if src.startswith("https://") else site.link(routes.media(src))


def _drawn(cover: Cover, site: Site) -> Picture:
    return Picture(site.link(routes.cover(cover.name)), drawn=True, look=look_of(cover.section, cover.key))
