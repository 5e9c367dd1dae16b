"""What of an article is there to be translated, part by part, and an article put together of such parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TypeVar

from toasoan.content.front_matter import Document, FrontMatter, PhotoFields, VideoFields
from toasoan.content.passages import Passage, joined, passages
from toasoan.encoding import without_controls

BODY = "text"
"""What the keys of passages begin with: "text.5" is the fifth one, those without words counted too."""


Medium = TypeVar("Medium", PhotoFields, VideoFields)

_KEY = re.compile(r"(tags|images|videos)\.([0-9]+)(?:\.([a-z]+))?")


@dataclass(frozen=True, slots=True)
class Part:
    """Something to be translated."""

    key: str
    """Which one it is: "title", "images.1.caption", "text.5"."""

    words: str
    line: int
    """Of its file; the first one for what stands in the front matter."""

    digest: str
    """Of its words."""


def digest_of(words: str) -> str:
    """Eight hexadecimal digits, enough to see that words have changed."""
    return blake2b(without_controls(words).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _part(key: str, words: str, line: int) -> Part:
    return Part(key, words, line, digest_of(words))


def parts_of(document: Document) -> tuple[Part, ...]:
    """The parts of an article, in the order in which they are read."""
    return tuple(_parts(document))


def _parts(document: Document) -> Iterator[Part]:
    front = document.front_matter
    yield _part("title", front.title, 1)
    if front.summary:
        yield _part("summary", front.summary, 1)
    for place, tag in enumerate(front.tags, start=1):
        yield _part(f"tags.{place}", tag, 1)
    yield from _parts_of_media("images", front.images)
    yield from _parts_of_media("videos", front.videos)
    for place, passage in enumerate(passages(document.body), start=1):
        if passage.has_words:
            yield _part(f"{BODY}.{place}", passage.words, document.body_line + passage.line - 1)


def _parts_of_media(kind: str, media: Sequence[PhotoFields | VideoFields]) -> Iterator[Part]:
    for place, it in enumerate(media, start=1):
        if it.alt:
            yield _part(f"{kind}.{place}.alt", it.alt, 1)
        if it.caption:
            yield _part(f"{kind}.{place}.caption", it.caption, 1)


def in_words(document: Document, words: Mapping[str, str]) -> tuple[FrontMatter, str]:
    """The fields and the text of an article in the words of another language, by the keys of its parts.

    What has no words there keeps its own.
    """
    front = document.front_matter
    fields = replace(
        front,
        title=words.get("title", front.title),
        summary=words.get("summary", front.summary) if front.summary else front.summary,
        tags=tuple(words.get(f"tags.{place}", tag) for place, tag in enumerate(front.tags, start=1)),
        images=tuple(_in_other_words(it, f"images.{place}", words) for place, it in enumerate(front.images, start=1)),
        videos=tuple(_in_other_words(it, f"videos.{place}", words) for place, it in enumerate(front.videos, start=1)),
    )
    body = joined(
        _in_words(passage, words.get(f"{BODY}.{place}"))
        for place, passage in enumerate(passages(document.body), start=1)
    )
    return fields, body


def _in_other_words(medium: Medium, key: str, words: Mapping[str, str]) -> Medium:
    alt, caption = medium.alt, medium.caption
    return replace(
        medium,
        alt=words.get(f"{key}.alt", alt) if alt else alt,
        caption=words.get(f"{key}.caption", caption) if caption else caption,
    )


def _in_words(passage: Passage, words: str | None) -> Passage:
    return passage if words is None or not passage.has_words else passage.in_words(words)


def name_of(key: str) -> str:
    """What a part is, for people: "caption of photo 1", "paragraph 5"."""
    if key.startswith(f"{BODY}."):
        return f"passage {key.rpartition('.')[2]}"
    found = _KEY.fullmatch(key)
    if found is None:
        return {"title": "the headline", "summary": "the lede"}.get(key, key)
    kind, place, name = found.groups()
    if kind == "tags":
        return f"tag {place}"
    medium = "photo" if kind == "images" else "video"
    return f"the {'caption' if name == 'caption' else 'description'} of {medium} {place}"
