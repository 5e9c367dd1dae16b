"""An article: one story in one language, as its file tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from toasoan.model.photo_file import PhotoFile


class Translation(StrEnum):
    """How an article came to be in its language."""

    ORIGINAL = "original"
    HUMAN = "human"
    MACHINE = "machine"


class Status(StrEnum):
    """Whether readers get to see an article."""

    PUBLISHED = "published"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When an article appeared, as precisely as it is known and no more."""

    instant: datetime
    """With its zone; the first moment of the day where only the day is known."""

    has_time: bool
    """Whether the time of day is known: if not, none may be shown."""

    @property
    def day(self) -> date:
        """The day in the portal's time zone."""
        return self.instant.date()

    def __str__(self) -> str:
        """ISO 8601: "2025-12-17" or "2025-12-17T09:36:00+07:00"."""
        return self.instant.isoformat() if self.has_time else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph of an article; caption and credit are shown even where the picture itself is lost."""

    src: str | None = None
    """A file below `site/media/`, or an https address that is used as it is; absent where there is no picture."""

    alt: str | None = None
    """What the picture shows, for those who can't see it; the caption serves where it is absent."""

    caption: str | None = None
    """What readers are told below the picture."""

    credit: str | None = None
    """Who took it, without the word "photo": "VGP/Gia Huy". What its file says, where the article says nothing."""

    file: PhotoFile | None = None
    """What its file is like; None where there is none, or it lies on another host, or is a drawing (SVG)."""


@dataclass(frozen=True, slots=True)
class Video:
    """A video of an article."""

    src: str
    """A file below `site/media/`, the https address of a file or stream, or that of its page on another site."""

    mp4: str | None = None
    """The same as a file, for browsers that can't play streams."""

    poster: Photo | None = None
    """What stands in its place until it plays."""

    alt: str | None = None
    """What it shows, for those who can't see it."""

    caption: str | None = None
    credit: str | None = None
    subtitles: tuple[tuple[str, str], ...] = ()
    """Languages with files below `site/media/`."""

    seconds: int | None = None
    """How long it is."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected in an article after it had appeared."""

    text: str
    """What was wrong and what is right, in the article's language."""

    date: PublicationDate | None = None


class ArticleId(NamedTuple):
    """What tells an article from all others: a story has the same slug in each of its languages."""

    language: str
    slug: str

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Article:
    """One story in one language: all that lists and other pages tell of it. Its text stays in its file."""

    id: ArticleId
    title: str
    path: str
    """Its file, relative to the portal's root: "site/content/uk/2025/office.md"."""

    description: str = ""
    """A sentence or two for search engines and feeds: the lede, else how the text begins."""

    published: PublicationDate | None = None
    """None where nobody knows: such articles stand last in lists and in no archive."""

    expires: PublicationDate | None = None
    """From when on readers are not to see it any more; None for never."""

    updated: PublicationDate | None = None
    """When readers last got a changed text; None if never."""

    section: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    """Name of the press agency as the file has it."""

    source_url: str | None = None
    """Where the agency published the original."""

    named_story: str | None = None
    """Key that all language versions of a story share, where the file names one."""

    summary: str | None = None
    """The lede."""

    translation: Translation | None = None
    """None where nobody said."""

    status: Status = Status.PUBLISHED
    photos: tuple[Photo, ...] = ()
    videos: tuple[Video, ...] = ()
    is_photo_series: bool = False
    """Whether its photos tell the story: those that the text does not place follow it, large."""

    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()
    """Addresses that lead to it besides its own."""

    takes_comments: bool = True
    """Whether readers may comment on it, on a portal that has comments."""

    number: int = 0
    """The catalog's own for it, 0 before it is there. No reader ever sees it: it differs from state to state."""

    story: str = ""
    """Key of its story, which the catalog finds out; versions of one story have the same."""

    @property
    def is_original(self) -> bool:
        """Whether it is known to be no translation."""
        return self.translation is Translation.ORIGINAL

    @property
    def last_change(self) -> datetime | None:
        """When readers last got other words than the first ones; None if never, or if nobody knows."""
        return _latest(self.updated, *(one.date for one in self.corrections))

    @property
    def last_words(self) -> datetime | None:
        """When readers got the words that it has now; None if nobody knows."""
        return _latest(self.published, self.updated, *(one.date for one in self.corrections))

    @property
    def language(self) -> str:
        """Tag of the language it is written in."""
        return self.id.language

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.id.slug


def _latest(*dates: PublicationDate | None) -> datetime | None:
    return max((date.instant for date in dates if date), default=None)
