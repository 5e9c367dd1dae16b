"""Which picture stands for an article: its photograph where there is one, else a cover drawn for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from toasoan import routes
from toasoan.covers.look import OTHER_INKS, Look, look_of
from toasoan.model.article import Article, Photo, Video
from toasoan.photos.renditions import SHAPES, jpeg_widths, key_of, renditions, stem_of, widths
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
    avif: str | None = None
    """Its renditions for `srcset`, in a form that most browsers read; None for covers and other people's files."""

    webp: str | None = None
    jpeg: str | None = None
    tint: str | None = None
    """The colour that stands in its place until it is there, by the name of its class."""


def lead_picture(article: Article, story: str, site: Site) -> Picture:
    """The picture of an article in lists: its first photo that exists, else its video's poster, else a cover."""
    for photo in article.photos:
        if photo.src:
            return _photograph(photo, photo.src, site)
    for video in article.videos:
        if video.poster and video.poster.src:
            return _photograph(video.poster, video.poster.src, site)
    return _drawn(cover_of(article, story), site)


def poster_picture(video: Video, article: Article, story: str, site: Site) -> Picture:
    """What stands in a video's place until it plays."""
    poster = video.poster
    return _photograph(poster, poster.src, site) if poster and poster.src else lead_picture(article, story, site)


def picture_of(article: Article, number: int, story: str, site: Site) -> Picture:
    """The picture for the article's photo of this number (1-based), drawn where the photo itself is lost."""
    photo = article.photos[number - 1]
    return _photograph(photo, photo.src, site) if photo.src else _drawn(cover_of(article, story, number), site)


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
    if not any(photo.src for photo in article.photos) and not any(video.poster for video in article.videos):
        yield cover_of(article, story)
    for number, photo in enumerate(article.photos, start=1):
        if not photo.src:
            yield cover_of(article, story, number)


def drawings(photos: tuple[Photo, ...]) -> Iterator[str]:
    """Files below `site/media/` that pages show as they are."""
    return (photo.src for photo in photos if photo.src and not photo.file and not _is_elsewhere(photo.src))


def stem(photo: Photo) -> str | None:
    """What the names of a photograph's renditions begin with, below the folder of media; None where it has none."""
    if photo.file is None or photo.src is None:
        return None
    return stem_of(photo.src, key_of(photo.file, written_credit(photo)))


def written_credit(photo: Photo) -> str | None:
    """What is written into renditions besides what the file itself says: the article's credit, if it says nothing."""
    return None if photo.file is None or photo.file.named else photo.credit


@dataclass(frozen=True, slots=True)
class PhotoAddress:
    """A photograph's JPEG, for programs."""

    address: str
    width: int
    height: int


def large_rendition(photo: Photo) -> PhotoAddress | None:
    """A photograph's largest JPEG; None where it has none."""
    return next((it for it in _jpegs(photo, None)), None)


def shaped_renditions(photo: Photo) -> Iterator[PhotoAddress]:
    """A photograph cut to the shapes that search engines want."""
    for shape in SHAPES:
        yield from _jpegs(photo, shape)


def _jpegs(photo: Photo, shape: str | None) -> Iterator[PhotoAddress]:
    """The JPEGs of a shape, the largest first."""
    begin = stem(photo)
    if begin is not None and photo.file is not None:
        found = (
            it for it in renditions(photo.file.width, photo.file.height) if (it.ending, it.shape) == ("jpg", shape)
        )
        for one in sorted(found, reverse=True):
            yield PhotoAddress(routes.media(one.name(begin)), one.width, one.height)


def photo_address(photo: Photo, site: Site) -> str | None:
    """The full address of a photograph for programs that know nothing of renditions; None where it has no picture."""
    if photo.src is None or _is_elsewhere(photo.src):
        return photo.src
    large = large_rendition(photo)
    return site.absolute(large.address if large else routes.media(photo.src))


def _is_elsewhere(src: str) -> bool:
    return src.startswith("https://")


def _photograph(photo: Photo, src: str, site: Site) -> Picture:
    begin = stem(photo)
    if begin is None or photo.file is None:
        return Picture(src if _is_elsewhere(src) else site.link(routes.media(src)), drawn=False)

    def srcset(ending: str, across: Iterable[int]) -> str:
        links = [f"{site.link(routes.media(f'{begin}-{width}.{ending}'))} {width}w" for width in across]
        return ", ".join(links)

    file = photo.file
    jpegs, others = jpeg_widths(file.width), widths(file.width)
    return Picture(
        site.link(routes.media(f"{begin}-{jpegs[0]}.jpg")),
        drawn=False,
        width=file.width,
        height=file.height,
        avif=srcset("avif", others),
        webp=srcset("webp", others),
        jpeg=srcset("jpg", jpegs),
        tint=file.tint,
    )


def _drawn(cover: Cover, site: Site) -> Picture:
    return Picture(site.link(routes.cover(cover.name)), drawn=True, look=look_of(cover.section, cover.key))
