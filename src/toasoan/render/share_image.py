"""Which share image an article has, and where it lies: its own, unless no font has the letters of its title."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from toasoan import cldr, routes
from toasoan.config import Config
from toasoan.covers.look import look_of
from toasoan.model.article import Article, Photo
from toasoan.pictures import cover_of
from toasoan.share_images.fonts import FontFile, FoundFonts, headline_fonts
from toasoan.share_images.share_image import ShareImage, share_image
from toasoan.share_images.typesetting import SIMPLE_SCRIPTS, Face, shapes_text


class SharePicture(NamedTuple):
    """An article's own share image, and what it is drawn from."""

    image: ShareImage
    address: str
    photo: str | None
    """File of the photo behind it, below `site/media/`; None for a motif."""


class SharePictures:
    """The share images of a portal's articles."""

    def __init__(self, config: Config, found: FoundFonts) -> None:
        self._config = config
        self._scripts = {tag: cldr.script(tag) for tag in config.languages}
        self.fonts: dict[str, tuple[FontFile, ...]] = {
            tag: headline_fonts(tag, script, found) for tag, script in self._scripts.items()
        }
        """What each language's headlines may be set in."""

        self.of = lru_cache(maxsize=8)(
            self._of
        )  # the page, its structured data and the build ask one after the other
        """The share image of an article; None if it has none of its own."""

    def can_set(self, language: str) -> bool:
        """Whether letters of a language's script can be joined on this machine as they must."""
        return shapes_text() or self._scripts[language] in SIMPLE_SCRIPTS

    def _of(self, article: Article) -> SharePicture | None:
        tag, config = article.language, self._config
        if not self.can_set(tag):
            return None
        cover = cover_of(article, article.story)
        photo = _behind(article)
        image = share_image(
            title=article.title,
            section=config.sections[article.section].names[tag] if article.section else "",
            portal=config.title(tag),
            date=cldr.long_date(article.published.day, tag) if article.published else "",
            face=Face(tag, self.fonts[tag], config.languages[tag].direction == "rtl"),
            script=self._scripts[tag],
            look=look_of(cover.section, cover.key),
            photo=photo.file.digest if photo and photo.file else "",
        )
        return SharePicture(image, routes.share_image(image.name), photo.src if photo else None) if image else None


def _behind(article: Article) -> Photo | None:
    """The photo behind the headline: the first one that lies here, else what stands for a video."""
    posters = (video.poster for video in article.videos)
    return next((photo for photo in (*article.photos, *posters) if photo and photo.file), None)
