"""A share image as JPEG: a photo under a scrim or a motif beside the text, the headline, section, portal and date."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import cast

from PIL import Image, ImageChops, ImageDraw

from toasoan.covers.look import Look
from toasoan.covers.pen import star
from toasoan.share_images.headline import Headline, fitted, shortened
from toasoan.share_images.motif import motif_image
from toasoan.share_images.photo import photo_filling
from toasoan.share_images.share_image import ShareImage
from toasoan.share_images.typesetting import Face, ellipsis_of, width, write

WIDTH, HEIGHT = SIZE = 1200, 630
"""Pixels: what Open Graph's readers ask for, https://developers.facebook.com/docs/sharing/webmasters/images/."""

FLAG, STAR = "#da251d", "#ffcd1c"
LACQUER, IVORY, IVORY_SOFT = "#231512", "#fff9ec", "#eadfce"
"""The theme's colours, of `tokens.css`; text is a little lighter here, for it lies on pictures."""

MARGIN = 64
BAND = 10
"""Height of the red band at the lower edge."""

FOOT = HEIGHT - BAND - 40
"""Baseline of the portal's name."""

SMALL = 30
"""Size of all but the headline."""

LABEL = 50
"""Height that the section's name takes above the headline."""

PHOTO_ROOM = (WIDTH - 2 * MARGIN, 292)
MOTIF_ROOM = (640, 352)
"""Width and height of the headline over a photo, and beside a motif."""

LOWEST = FOOT - SMALL - 42
"""Where the room of the headline ends."""

FADE = 180
"""Over how many pixels the scrim above the text grows dark."""

BRIGHTEST = 100
"""What a photo's brightest point behind the text may become, of 255: on a grey of 102 the softer ivory has a contrast
of 4.5 to 1 (https://www.w3.org/TR/WCAG22/#contrast-minimum)."""

TOWARDS_FOOT = 0.64
"""How much darker still it is at the lower edge."""

QUALITY = 60
"""Of the JPEG: services make it smaller and press it once more anyway."""


def drawn(image: ShareImage, photo: bytes | None = None) -> bytes:
    """The picture as JPEG. A photo that can't be read is not missed: there is a motif."""
    ground = photo_filling(photo, SIZE) if photo is not None else None
    canvas = _beside_motif(image) if ground is None else _over_photo(image, ground)
    data = BytesIO()
    canvas.save(data, "JPEG", quality=QUALITY)
    return data.getvalue()


def _over_photo(image: ShareImage, photo: Image.Image) -> Image.Image:
    headline = _headline(image, PHOTO_ROOM)
    top = LOWEST - round(_height(headline, image.leading))
    above = top - (LABEL if image.section else 0) - 16
    canvas = photo
    below = photo.crop((0, above - FADE, WIDTH, HEIGHT))
    canvas.paste(ImageChops.multiply(below, _scrim(above, _left_of_light(photo, above))), (0, above - FADE))
    _write(image, headline, canvas, top, PHOTO_ROOM[0])
    return canvas


def _beside_motif(image: ShareImage) -> Image.Image:
    headline = _headline(image, MOTIF_ROOM)
    canvas = _motif_ground(image.look, image.face.rtl).copy()
    label = LABEL if image.section else 0
    free = LOWEST - MARGIN - label - _height(headline, image.leading)
    _write(image, headline, canvas, round(MARGIN + label + free * 0.45), MOTIF_ROOM[0])
    return canvas


def _headline(image: ShareImage, room: tuple[int, int]) -> Headline:
    return fitted(
        image.title, image.face.language, lambda text: width(text, image.face, 1), room, image.leading,
        ellipsis_of(image.face.fonts),
    )  # fmt: skip


def _height(headline: Headline, leading: float) -> float:
    return len(headline.lines) * headline.size * leading


# ---- words


def _write(image: ShareImage, headline: Headline, canvas: Image.Image, top: int, wide: int) -> None:
    draw, face = ImageDraw.Draw(canvas), image.face
    if image.section:
        _write_label(image.section, face, draw, top - 20, wide)
    for number, line in enumerate(headline.lines):
        # The letters stand so that there is as much leading above them as below.
        baseline = top + headline.size * (image.leading * (number + 0.5) + 0.33)
        write(draw, (_left(line, face, headline.size, wide), round(baseline)), line, face, headline.size, IVORY)
    _write_foot(image, canvas, draw, wide)
    draw.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=FLAG)


def _write_label(section: str, face: Face, draw: ImageDraw.ImageDraw, baseline: int, wide: int) -> None:
    bar, gap = 34, 16
    text = _shortened(section, face, wide - bar - gap)
    left = WIDTH - MARGIN - bar if face.rtl else MARGIN
    draw.rectangle((left, baseline - 14, left + bar, baseline - 7), fill=FLAG)
    x = left - gap - width(text, face, SMALL) if face.rtl else left + bar + gap
    write(draw, (x, baseline), text, face, SMALL, IVORY_SOFT)


def _write_foot(image: ShareImage, canvas: Image.Image, draw: ImageDraw.ImageDraw, wide: int) -> None:
    """The portal's name behind its seal; the date at the other end, if there is room for both."""
    face, seal = image.face, _seal()
    step = seal.width + 14
    name = _shortened(image.portal, face, wide - step)
    long = width(name, face, SMALL)
    left = WIDTH - MARGIN - seal.width if face.rtl else MARGIN
    canvas.paste(seal, (left, FOOT - SMALL // 3 - seal.height // 2), seal)
    write(draw, (left - 14 - long if face.rtl else left + step, FOOT), name, face, SMALL, IVORY)
    dated = width(image.date, face, SMALL - 4)
    if image.date and step + long + 40 + dated <= wide:
        x = WIDTH - MARGIN - wide if face.rtl else MARGIN + wide - dated
        write(draw, (x, FOOT), image.date, face, SMALL - 4, IVORY_SOFT)


def _shortened(text: str, face: Face, wide: float) -> str:
    """A name that fits into one line."""
    if not text or width(text, face, SMALL) <= wide:
        return text
    ellipsis = ellipsis_of(face.fonts)
    return shortened(text, face.language, lambda part: width(part, face, SMALL), wide, ellipsis)


def _left(line: str, face: Face, size: int, wide: int) -> float:
    return WIDTH - MARGIN - width(line, face, size) if face.rtl else MARGIN


# ---- grounds, which many pictures share


def _left_of_light(photo: Image.Image, top: int) -> int:
    """How many parts of 255 may be left of a photo's light below a height; a dark photo needs less of a scrim."""
    bands = cast("tuple[tuple[int, int], ...]", photo.crop((0, top, WIDTH, HEIGHT)).getextrema())
    peak = max(high for _, high in bands)
    return min(230, BRIGHTEST * 255 // max(1, peak)) // 10 * 10


@lru_cache(maxsize=64)
def _scrim(top: int, bright: int) -> Image.Image:
    """What is left of a photo's light if the text begins at a height: from where it fades down to the foot."""
    column = Image.new("L", (1, HEIGHT - top + FADE))
    dim = bright * TOWARDS_FOOT
    for y in range(top - FADE, HEIGHT):
        if y < top:
            share = 1 - (top - y) / FADE
            light = 255 - (255 - bright) * share * share * (3 - 2 * share)
        else:
            light = bright + (dim - bright) * (y - top) / (HEIGHT - top)
        column.putpixel((0, y - top + FADE), int(light))
    # A little warmer than grey, as lacquer is.
    warm = [column.point([int(light * warmth) for light in range(256)]) for warmth in (1, 0.96, 0.93)]
    return Image.merge("RGB", warm).resize((WIDTH, column.height))


@lru_cache(maxsize=8)  # pictures of one look are drawn one after the other
def _motif_ground(look: Look, rtl: bool) -> Image.Image:
    """A motif at the end of the lines, which goes over into lacquer."""
    motif = motif_image(look, HEIGHT)
    canvas = Image.new("RGB", SIZE, LACQUER)
    middle = 290 if rtl else WIDTH - 290
    canvas.paste(motif, (middle - motif.width // 2, 0))
    row = Image.new("L", (WIDTH, 1))
    for x in range(WIDTH):
        share = min(1.0, max(0.0, (x - 560) / 400))
        row.putpixel((WIDTH - 1 - x if rtl else x, 0), round(255 * (1 - share * share * (3 - 2 * share))))
    canvas.paste(Image.new("RGB", SIZE, LACQUER), mask=row.resize(SIZE))
    return canvas


@lru_cache(maxsize=1)
def _seal() -> Image.Image:
    """The star on its red disc."""
    across, larger = 42, 4
    seal = Image.new("RGBA", (across * larger, across * larger))
    draw = ImageDraw.Draw(seal)
    draw.ellipse((0, 0, across * larger - 1, across * larger - 1), fill=FLAG)
    numbers = star((across * larger / 2, across * larger / 2), 62.0, 23.7, 5)[1:-1].split()
    draw.polygon(list(map(float, numbers)), fill=STAR)
    return seal.resize((across, across), Image.Resampling.BOX)
