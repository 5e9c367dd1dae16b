"""A photo as the ground of a share image: turned as it was held, and cropped so that it fills the picture."""

from __future__ import annotations

import hashlib
import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps
from PIL.Image import open as read_picture

CENTRE = (0.5, 0.4)
"""What stays in the middle where a photo is cropped: faces are above the middle more often than below."""

UNREADABLE = (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, struct.error, zlib.error,
              Image.DecompressionBombError)  # fmt: skip
"""What Pillow raises for files that are no pictures, or broken ones."""


def digest_of_photo(data: bytes) -> str:
    """What tells one photo's content from others."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def photo_filling(data: bytes, size: tuple[int, int]) -> Image.Image | None:
    """A photo that fills a picture of this size; None if it can't be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a photo may be large, or say odd things of itself
            return _filling(data, size)
    except UNREADABLE:
        return None


def _filling(data: bytes, size: tuple[int, int]) -> Image.Image:
    with read_picture(BytesIO(data)) as photo:
        # A JPEG is decoded at an eighth, a quarter or half of its size, if that is still large enough: much quicker.
        longest = max(size)
        photo.draft("RGB", (longest, longest) if _is_turned(photo) else size)
        photo.load()
        turned = ImageOps.exif_transpose(photo)
        plain = _opaque(turned)
    return ImageOps.fit(plain, size, Image.Resampling.BILINEAR, centering=CENTRE)


def _is_turned(photo: Image.Image) -> bool:
    return int(photo.getexif().get(0x0112, 1)) > 4


def _opaque(photo: Image.Image) -> Image.Image:
    """A photo in plain red, green and blue; what can be seen through lies on white."""
    if photo.mode == "RGB":
        return photo
    if "transparency" in photo.info or photo.mode in ("RGBA", "LA", "PA"):
        seen = photo.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
    return photo.convert("RGB")
