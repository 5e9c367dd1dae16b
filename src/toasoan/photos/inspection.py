"""A photograph's file looked at: its size, its colour, what it says of its maker; or why it can't be shown."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from PIL.ExifTags import Base

from toasoan.model.photo_file import PhotoFile, UnreadablePhotoError
from toasoan.photos.metadata import metadata_of
from toasoan.photos.tint import tint_of
from toasoan.source_files import content_digest

MOST_PIXELS = 150_000_000
"""Of a photograph, half as much again as the largest cameras give; a file that claims more is a bomb or a mistake."""

LARGEST = 200 * 1024 * 1024
"""Bytes of a photograph's file."""

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF", "BMP")
"""Those that are read: what cameras and agencies deliver. Each further decoder would be a door for attacks."""

BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, EOFError, LookupError, ArithmeticError, MemoryError, struct.error,
)  # fmt: skip
"""What decoders raise over broken files."""

TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned upright, by its orientation (Exif 2.32, tag 0x0112); 1 is upright."""

SMALL = 64
"""Pixels to which a photograph is reduced to find its colour."""


def inspected(data: bytes) -> PhotoFile:
    """What the file of a photograph is like. Reads all of it, so one that is cut short is noticed here.

    Raises UnreadablePhotoError.
    """
    with opened(data) as image:
        metadata = metadata_of(image)
        is_animated = getattr(image, "n_frames", 1) > 1 and image.format != "MPO"
        width, height = image.size
        if stands_on_its_side(image):
            width, height = height, width
        # A JPEG is decoded at an eighth of its size, in a fraction of the time and of the memory.
        image.draft("RGB", (SMALL, SMALL))
        image.load()
        small = on_white(image).resize((SMALL, SMALL), Image.Resampling.BOX, reducing_gap=2.0)
    return PhotoFile(
        digest=content_digest(data).hex(),
        width=width,
        height=height,
        tint=_tint(small),
        creator=metadata.creator,
        credit=metadata.credit,
        copyright=metadata.copyright,
        tells_place=metadata.tells_place,
        is_animated=is_animated,
    )


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """A photograph, not decoded yet. Raises UnreadablePhotoError, also for what goes wrong while it is being used."""
    if len(data) > LARGEST:
        raise UnreadablePhotoError(f"the file is larger than {LARGEST >> 20} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(fp=BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    millions = f"{image.width * image.height / 1e6:.0f}"
                    raise UnreadablePhotoError(
                        f"it has {millions} megapixels, and no photo may have more than {MOST_PIXELS // 10**6}"
                    )
                yield image
    except UnreadablePhotoError:
        raise
    except UnidentifiedImageError:
        raise UnreadablePhotoError("it is no photo of a kind that can be read") from None
    except Image.DecompressionBombError:
        raise UnreadablePhotoError("it claims to have more pixels than any camera gives") from None
    except BROKEN as error:
        raise UnreadablePhotoError(_reason(error)) from None


def on_white(image: Image.Image) -> Image.Image:
    """A photograph in RGB; what is transparent shows white, for a page may be light or dark."""
    if image.mode.startswith("I"):
        image = _with_8_bits(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        shown = image.convert("RGBA")
        ground = Image.new("RGBA", shown.size, "white")
        ground.alpha_composite(shown)
        return ground.convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _with_8_bits(image: Image.Image) -> Image.Image:
    """Grey with 16 bits, which Pillow would cut off instead of scaling."""
    return image.convert("I").point([value >> 8 for value in range(1 << 16)], "L")


def orientation_of(image: Image.Image) -> int:
    """How the camera was held, 1 to 8 as in Exif."""
    orientation: object = image.getexif().get(Base.Orientation, 1)
    return orientation if isinstance(orientation, int) else 1


def stands_on_its_side(image: Image.Image) -> bool:
    """Whether width and height change places when it is seen."""
    return orientation_of(image) in (5, 6, 7, 8)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """A photograph turned as its Exif says."""
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def _tint(small: Image.Image) -> str:
    """The most frequent of a few colours, rather than a mean that occurs nowhere."""
    few = small.quantize(6, Image.Quantize.MEDIANCUT)
    counts = few.getcolors() or [(1, 0)]
    palette = few.getpalette() or [128, 128, 128]
    index = max(counts, key=lambda it: it[0])[1]
    place = 3 * (index if isinstance(index, int) else 0)
    red, green, blue = palette[place : place + 3]
    return tint_of(red, green, blue)


def _reason(error: Exception) -> str:
    text = str(error).strip().rstrip(".")
    if "truncated" in text.lower():
        return "the file is cut short"
    return f"the file is broken: {text[:120]}" if text else "the file is broken"
