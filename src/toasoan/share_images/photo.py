"""A photo as the ground of a share image: turned as it was held, and cropped so that it fills the picture."""

from __future__ import annotations

from PIL import Image, ImageOps

from toasoan.model.photo_file import UnreadablePhotoError
from toasoan.photos.inspection import on_white, opened, orientation_of, stands_on_its_side, upright

CENTRE = (0.5, 0.4)
"""What stays in the middle where a photo is cropped: faces are above the middle more often than below."""


def photo_filling(data: bytes, size: tuple[int, int]) -> Image.Image | None:
    """A photo that fills a picture of this size; None if it can't be read."""
    try:
        with opened(data) as photo:
            orientation, longest = orientation_of(photo), max(size)
            # A JPEG is decoded at an eighth, a quarter or half of its size, where that is large enough: quicker.
            photo.draft("RGB", (longest, longest) if stands_on_its_side(photo) else size)
            photo.load()
            shown = upright(on_white(photo), orientation)
            return ImageOps.fit(shown, size, Image.Resampling.BILINEAR, centering=CENTRE)
    except UnreadablePhotoError:
        return None
