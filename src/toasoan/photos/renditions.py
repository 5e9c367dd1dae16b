"""The renditions of a photograph: the same picture in the widths that pages need, in the forms that browsers read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
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

SHAPES: Mapping[str, tuple[int, int]] = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
"""In which search engines want a picture, besides its own: they choose where they show it.
https://developers.google.com/search/docs/appearance/structured-data/article#article-types
"""

SHAPED_WIDTH = 1200
FEWEST_PIXELS = 50_000
"""Of a picture in such a shape; search engines do not show smaller ones."""

RECIPE = "2"
"""Raised whenever the same photograph gives other bytes than before: renditions then have other names."""


class Rendition(NamedTuple):
    """One file that is made of a photograph."""

    width: int
    height: int
    ending: str
    """"avif", "webp" or "jpg"."""

    shape: str | None = None
    """One of `SHAPES`, to which it is cut; None for the whole photograph."""

    def name(self, stem: str) -> str:
        """The name of the file."""
        return f"{stem}-{self.shape or self.width}.{self.ending}"


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
    yield from shaped(width, height)


def shaped(width: int, height: int) -> Iterator[Rendition]:
    """A photograph in the shapes that search engines want; in none for which it is too small."""
    for shape, (across, down) in SHAPES.items():
        largest = min(width, height * across // down, SHAPED_WIDTH)
        if largest * (other := round(largest * down / across)) >= FEWEST_PIXELS:
            yield Rendition(largest, other, "jpg", shape)


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
