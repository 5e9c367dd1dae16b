"""The renditions of a photograph: the same picture in the widths that pages need, in the forms that browsers read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import NamedTuple

from toasoan.model.photo_file import PhotoFile

WIDTHS = (320, 640, 960, 1280, 1920)
"""Pixels across: a small card on a plain screen up to a whole page on a dense one."""

JPEG_WIDTHS = (640, 1280)
"""For browsers that read neither AVIF nor WebP, and for programs: feeds, search engines."""

CLOSE = 1.2
"""A width that is nearer than this to the photograph's own would save nobody anything."""

RECIPE = "1"
"""Raised whenever the same photograph gives other bytes than before: renditions then have other names."""


class Rendition(NamedTuple):
    """One file that is made of a photograph."""

    width: int
    height: int
    ending: str
    """"avif", "webp" or "jpg"."""


def widths(own: int) -> tuple[int, ...]:
    """The widths in which a photograph of some width is made: never larger than it is."""
    largest = min(own, WIDTHS[-1])
    return (*(width for width in WIDTHS if width * CLOSE <= largest), largest)


def renditions(width: int, height: int) -> Iterator[Rendition]:
    """All renditions of a photograph of a size, the smallest first."""
    for one in widths(width):
        for ending in ("avif", "webp"):
            yield Rendition(one, _height(one, width, height), ending)
    for one in jpeg_widths(width):
        yield Rendition(one, _height(one, width, height), "jpg")


def jpeg_widths(own: int) -> tuple[int, ...]:
    """The widths of its JPEGs."""
    largest = min(own, JPEG_WIDTHS[-1])
    return (*(width for width in JPEG_WIDTHS if width * CLOSE <= largest), largest)


def _height(wanted: int, width: int, height: int) -> int:
    return max(1, round(height * wanted / width))


def key_of(photo: PhotoFile, credit: str | None) -> str:
    """What tells these renditions from all others: it stands in their names, so hosts may keep them for ever.

    `credit` is what is written into them besides what the file says.
    """
    text = "\n".join((photo.digest, credit or "", _encoder(), RECIPE))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


@cache
def _encoder() -> str:
    """The version of the library that encodes: another one makes other files."""
    return version("pillow")


def stem_of(src: str, key: str) -> str:
    """The name of a photograph's renditions up to their width, relative to the folder of media."""
    folder, slash, name = src.rpartition("/")
    stem, dot, _ = name.rpartition(".")
    return f"{folder}{slash}{stem if dot and stem else name}-{key}"


def name_of(stem: str, width: int, ending: str) -> str:
    """The name of one rendition."""
    return f"{stem}-{width}.{ending}"
