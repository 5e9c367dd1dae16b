"""An article as the catalog keeps it: bytes that are the same whenever the article is."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from typing import Any

from toasoan.catalog.likeness import UNDATED
from toasoan.model.article import Article, ArticleId, Correction, Photo, PublicationDate, Status, Translation, Video
from toasoan.model.photo_file import PhotoFile

Place = tuple[int, str]
"""Where an article stands among those of its language: compare two, and the newer one comes first."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def moment_of(date: PublicationDate | None) -> int:
    """Microseconds before 1970, so that the newest come first; undated ones come last."""
    return UNDATED if date is None else moment_at(date.instant)


def moment_at(instant: datetime) -> int:
    """Microseconds before 1970."""
    return (_EPOCH - instant) // _MICROSECOND


def month_of(date: PublicationDate | None) -> int:
    """The month in which an article appeared, 202512; 0 for undated ones."""
    return 0 if date is None else date.day.year * 100 + date.day.month


def record_of(article: Article) -> bytes:
    """All that an article's file says, but for its text."""
    fields = (
        *article.id,
        article.title,
        article.path,
        article.description,
        _written(article.published),
        _written(article.expires),
        _written(article.updated),
        article.section,
        article.tags,
        article.authors,
        article.publisher,
        article.source_url,
        article.named_story,
        article.summary,
        article.translation,
        article.status,
        [_of_photo(photo) for photo in article.photos],
        [_of_video(video) for video in article.videos],
        article.is_photo_series,
        [(one.text, _written(one.date)) for one in article.corrections],
        article.aliases,
        article.takes_comments,
    )
    # File names may hold bytes that are no text.
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return zlib.compress(text, 1)


def article_of(record: bytes, number: int, story: str) -> Article:
    """The article of a record."""
    (
        language, slug, title, path, description, published, expires, updated, section, tags, authors, publisher,
        source_url, named_story, summary, translation, status, photos, videos, is_photo_series, corrections, aliases,
        takes_comments,
    ) = json.loads(zlib.decompress(record).decode("utf-8", "surrogatepass"))  # fmt: skip
    return Article(
        ArticleId(language, slug),
        title,
        path,
        description,
        _read(published),
        _read(expires),
        _read(updated),
        section,
        tuple(tags),
        tuple(authors),
        publisher,
        source_url,
        named_story,
        summary,
        Translation(translation) if translation else None,
        Status(status),
        tuple([_photo(*photo) for photo in photos]),
        tuple([_video(*video) for video in videos]),
        is_photo_series,
        tuple([Correction(text, _read(date)) for text, date in corrections]),
        tuple(aliases),
        takes_comments,
        number,
        story,
    )


def _photo(
    src: str | None, alt: str | None, caption: str | None, credit: str | None, file: Sequence[Any] | None
) -> Photo:
    return Photo(src, alt, caption, credit, PhotoFile(*file) if file else None)


def _of_photo(photo: Photo) -> tuple[object, ...]:
    return photo.src, photo.alt, photo.caption, photo.credit, astuple(photo.file) if photo.file else None


def _of_video(it: Video) -> tuple[object, ...]:
    poster = _of_photo(it.poster) if it.poster else None
    return it.src, it.mp4, poster, it.alt, it.caption, it.credit, it.subtitles, it.seconds


def _video(src: str, mp4: str | None, poster: Sequence[Any] | None, *words: Any) -> Video:
    alt, caption, credit, subtitles, seconds = words
    shown = _photo(*poster) if poster else None
    return Video(src, mp4, shown, alt, caption, credit, tuple((tag, file) for tag, file in subtitles), seconds)


def _written(date: PublicationDate | None) -> tuple[str, bool] | None:
    return None if date is None else (date.instant.isoformat(), date.has_time)


def _read(written: tuple[str, bool] | None) -> PublicationDate | None:
    return None if written is None else PublicationDate(datetime.fromisoformat(written[0]), written[1])
