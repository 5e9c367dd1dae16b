"""A photograph's renditions drawn: turned upright, in sRGB, with its maker's name and without the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

from toasoan.photos.inspection import on_white, opened, orientation_of, stands_on_its_side, upright
from toasoan.photos.metadata import PhotoMetadata, metadata_of, xmp_of
from toasoan.photos.renditions import WIDTHS, Rendition, renditions

SETTINGS: Mapping[str, Mapping[str, Any]] = {
    # One thread: how the picture is cut into tiles, and with it every byte, depends on their number.
    "avif": {"format": "AVIF", "quality": 46, "speed": 6, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 74, "method": 4},
    "jpg": {"format": "JPEG", "quality": 76, "progressive": True, "optimize": True},
}
"""Qualities at which the three look alike; what they weigh stands in docs/explanation/photographs.md."""


def encoded(data: bytes, credit: str | None) -> Iterator[tuple[Rendition, bytes]]:
    """All renditions of a photograph. `credit` is written into them where the file itself names nobody.

    Raises UnreadablePhotoError.
    """
    with opened(data) as image:
        said, orientation, turned = metadata_of(image), orientation_of(image), stands_on_its_side(image)
        width, height = image.size[::-1] if turned else image.size
        profile = image.info.get("icc_profile")
        largest = min(width, WIDTHS[-1])
        # A JPEG is decoded at no more than twice the largest size that is wanted.
        wanted = 2 * largest, 2 * round(height * largest / width)
        image.draft(None, wanted[::-1] if turned else wanted)
        image.load()
        photo = upright(_in_srgb(image, profile), orientation)
    xmp = xmp_of(PhotoMetadata(said.creator, said.credit or (None if said.creator else credit), said.copyright))
    sizes: dict[int, Image.Image] = {}
    for one in sorted(renditions(width, height), key=lambda it: (it.shape is not None, -it.width, it.ending)):
        if one.shape is not None:
            picture = _cut(sizes[largest], one)
        elif one.width not in sizes:
            # Each size is made from the one above it: halving again and again loses nothing that the eye sees.
            source = min(sizes.values(), key=lambda it: it.width) if sizes else photo
            picture = source.resize((one.width, one.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            sizes[one.width] = picture
        else:
            picture = sizes[one.width]
        file = BytesIO()
        settings = {**SETTINGS[one.ending], "xmp": xmp} if xmp else SETTINGS[one.ending]
        picture.save(file, **settings)
        yield one, file.getvalue()


def _cut(photo: Image.Image, wanted: Rendition) -> Image.Image:
    """A photograph in another shape: its middle, but of one that is too high the upper part: there faces are."""
    width, height = photo.size
    across = min(width, height * wanted.width / wanted.height)
    down = across * wanted.height / wanted.width
    left, top = (width - across) / 2, (height - down) / 3
    box = left, top, left + across, top + down
    return photo.resize((wanted.width, wanted.height), Image.Resampling.LANCZOS, box, reducing_gap=3.0)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A photograph as screens show it: without its profile it would look pale or too red."""
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            return ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            ) or on_white(image)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile, or one for other colours than the picture has
    return on_white(image)
