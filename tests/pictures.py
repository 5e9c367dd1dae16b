"""Small photographs for tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image
from PIL.ExifTags import Base

RED, BLUE = (218, 37, 29), (34, 85, 170)


def photo(colour: str | tuple[int, int, int] = BLUE, size: tuple[int, int] = (64, 36), **saved: Any) -> bytes:
    """A photograph of one colour, as PNG where nothing else is said."""
    return file_of(Image.new("RGB", size, colour), **saved)


def file_of(image: Image.Image, **saved: Any) -> bytes:
    """An image as a file."""
    data = BytesIO()
    image.save(data, **{"format": "PNG", **saved})
    return data.getvalue()


def exif(**said: object) -> Image.Exif:
    """Metadata with these fields, by their names in Exif."""
    fields = Image.Exif()
    for name, value in said.items():
        fields[Base[name]] = value
    return fields


def opened(data: bytes) -> Image.Image:
    """A file as an image."""
    image = Image.open(BytesIO(data))
    image.load()
    return image
