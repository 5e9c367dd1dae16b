"""An article's text into what its page shows: HTML, and figures and players in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from toasoan import cldr, routes
from toasoan.content.markdown import Body, PhotoPlace, VideoPlace
from toasoan.content.video_hosts import hosted_video
from toasoan.content.videos import type_of
from toasoan.model.article import Article, Video
from toasoan.pictures import large_rendition, lead_picture, picture_of, poster_picture
from toasoan.render.views import Figure, Player, Track
from toasoan.routes import Site
from toasoan.web_address import parts_of

Part = Markup | Figure | Player


class Composition(NamedTuple):
    """An article's text, its photos and videos in the order in which readers see them."""

    hero: Figure | Player | None
    """What stands at the top."""

    parts: tuple[Part, ...]
    rest: tuple[Figure, ...]
    """Photos that the text does not place."""


@dataclass(frozen=True, slots=True)
class Compositor:
    """Puts an article together."""

    article: Article
    story: str
    site: Site

    def composition(self, body: Body) -> Composition:
        """The article's text with its photos and videos.

        A text that begins with a photo or video has that at the top; any other has a video there that it does not
        place itself, else a photo. An article without either has its drawn cover there; one that places all of them
        further down, nothing.
        """
        article, parts = self.article, tuple(self._parts(body))
        placed = {(type(part), part.number) for part in body.parts if not isinstance(part, str)}
        photos = [n for n in range(1, len(article.photos) + 1) if (PhotoPlace, n) not in placed]
        videos = [n for n in range(1, len(article.videos) + 1) if (VideoPlace, n) not in placed]
        hero: Figure | Player | None = None
        first = parts[0] if parts else None
        if first is not None and not isinstance(first, Markup):
            hero, parts = first, parts[1:]
        elif videos:
            hero = self.player(videos[0])
        elif photos:
            hero = self.figure(photos.pop(0))
        elif not article.photos and not article.videos:
            hero = Figure(lead_picture(article, self.story, self.site), "", None, None, first=True)
        rest = tuple(self.figure(number) for number in photos if article.photos[number - 1].src)
        return Composition(None if hero is None else hero._replace(first=True), parts, rest)

    def _parts(self, body: Body) -> Iterator[Part]:
        for part in body.parts:
            if isinstance(part, PhotoPlace):
                yield self.figure(part.number)
            elif isinstance(part, VideoPlace):
                yield self.player(part.number)
            else:
                yield Markup(part)  # noqa: S704  # markdown-it's own output, raw HTML off

    def figure(self, number: int) -> Figure:
        """A photo with its words; a drawing has no alternative text, for it shows nothing of the event."""
        photo = self.article.photos[number - 1]
        picture = picture_of(self.article, number, self.story, self.site)
        alt = "" if picture.drawn else photo.alt or photo.caption or ""
        return Figure(picture, alt, photo.caption, photo.credit, first=False, number=number)

    def player(self, number: int) -> Player:
        """A video with its words."""
        video = self.article.videos[number - 1]
        hosted = hosted_video(video.src)
        poster = poster_picture(video, self.article, self.story, self.site)
        return Player(
            poster=poster,
            poster_link=self._poster_link(video) or poster.src,
            link=self._link(video.src),
            type=None if hosted else type_of(video.src),
            mp4=self._link(video.mp4) if video.mp4 else None,
            host=hosted.host if hosted else None,
            player=hosted.player if hosted else None,
            alt=video.alt or video.caption or self.article.title,
            caption=video.caption,
            credit=video.credit,
            tracks=tuple(self._tracks(video)),
            first=False,
        )

    def _link(self, src: str) -> str:
        return src if parts_of(src).scheme else self.site.link(routes.media(src))

    def _poster_link(self, video: Video) -> str | None:
        """A player shows one file, whatever the screen."""
        large = large_rendition(video.poster) if video.poster else None
        return self.site.link(large.address) if large else None

    def _tracks(self, video: Video) -> Iterator[Track]:
        own = self.article.language
        for tag, file in sorted(video.subtitles, key=lambda it: it[0] != own):
            yield Track(self._link(file), tag, cldr.language(tag).endonym, is_default=tag == own)
