"""A painting that grows layer by layer: sky, hills, water, light. Its coordinates are those of 1600 by 900 pixels.

Everything is drawn larger and reduced at the end, so that edges are smooth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 900
LARGER = 1.5
REDUCED = 1200, 675
"""Width and height of the picture in the end."""

QUALITY = 72

Point = tuple[float, float]
Colour = tuple[int, int, int]


def colour(text: str) -> Colour:
    """A colour of its hexadecimal form: "#da251d"."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def between(one: str, other: str, share: float) -> str:
    """The colour at that share of the way from one to another."""
    mixed = (round(a + (b - a) * share) for a, b in zip(colour(one), colour(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


class Painting:
    """A picture in the making. `chance` is the painter's own, from a seed: the same each time."""

    def __init__(self, seed: str, top: str, bottom: str) -> None:
        self._chance = Random(seed)  # noqa: S311  # nothing is to be kept secret
        self._image = Image.new("RGB", (round(WIDTH * LARGER), round(HEIGHT * LARGER)))
        self._draw = ImageDraw.Draw(self._image)
        self.shade(top, bottom)

    def chance(self, low: float, high: float) -> float:
        """A number between two others."""
        # Of all of Random only random() is promised to be the same in every version of Python.
        return low + (high - low) * self._chance.random()

    def shade(self, top: str, bottom: str, start: float = 0, end: float = HEIGHT) -> None:
        """Fill a band from one colour at its top to another at its bottom."""
        column = Image.new("RGB", (1, 256))
        for row in range(256):
            column.putpixel((0, row), colour(between(top, bottom, row / 255)))
        band = column.resize((self._image.width, round((end - start) * LARGER)), Image.Resampling.BICUBIC)
        self._image.paste(band, (0, round(start * LARGER)))

    def area(self, corners: Iterable[Point], fill: str) -> None:
        """A filled outline."""
        self._draw.polygon([(x * LARGER, y * LARGER) for x, y in corners], fill=fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, corner: float = 0) -> None:
        """A rectangle, with round corners if asked."""
        place = (left * LARGER, top * LARGER, right * LARGER, bottom * LARGER)
        self._draw.rounded_rectangle(place, radius=corner * LARGER, fill=fill)

    def disc(self, centre: Point, across: float, fill: str, down: float | None = None) -> None:
        """A disc of a radius, or an ellipse of two."""
        x, y = centre
        down = across if down is None else down
        self._draw.ellipse(
            ((x - across) * LARGER, (y - down) * LARGER, (x + across) * LARGER, (y + down) * LARGER), fill=fill
        )

    def line(self, places: Iterable[Point], width: float, fill: str) -> None:
        """A line through places."""
        self._draw.line(
            [(x * LARGER, y * LARGER) for x, y in places], fill=fill, width=round(width * LARGER), joint="curve"
        )

    def ridge(self, height: Callable[[float], float], top: str, bottom: str, fade: float = 320) -> None:
        """All that lies below a line across the picture, from one colour at the line to another further down."""
        if top == bottom:
            self.area([*((x, height(x)) for x in range(0, WIDTH + 20, 20)), (WIDTH, HEIGHT), (0, HEIGHT)], top)
            return
        mask = Image.new("L", self._image.size)
        outline = [(x * LARGER, height(x) * LARGER) for x in range(0, WIDTH + 20, 20)]
        ImageDraw.Draw(mask).polygon([*outline, (WIDTH * LARGER, HEIGHT * LARGER), (0, HEIGHT * LARGER)], fill=255)
        highest = min(height(x) for x in range(0, WIDTH + 20, 20))
        layer = Painting.__new__(Painting)
        layer._image = Image.new("RGB", self._image.size, colour(bottom))
        layer.shade(top, bottom, max(0, highest), max(0, highest) + fade)
        self._image.paste(layer._image, mask=mask)

    def wave(
        self,
        level: float,
        swing: float,
        pace: float,
        at: float,
        top: str,
        bottom: str | None = None,
        fade: float = 60,
    ) -> None:
        """A ridge that rises and falls evenly around a level: `pace` times across the picture, beginning `at`."""
        self.ridge(lambda x: level + swing * math.sin(x / WIDTH * math.tau * pace + at), top, bottom or top, 60)

    def hills(self, level: float, swing: float, top: str, bottom: str, waves: int = 3, fade: float = 320) -> None:
        """A ridge of hills around a level."""
        parts = [
            (self.chance(0.6, 1.0) / (wave + 1), self.chance(0.7, 1.6) * (wave + 1), self.chance(0, 7))
            for wave in range(waves)
        ]

        def height(x: float) -> float:
            return level + swing * sum(size * math.sin(x / WIDTH * math.tau * pace + at) for size, pace, at in parts)

        self.ridge(height, top, bottom, fade)

    def glow(self, centre: Point, radius: float, fill: str, strength: float = 1.0) -> None:
        """Light around a place."""
        reduced = 8
        layer = Image.new("RGB", (self._image.width // reduced, self._image.height // reduced))
        x, y, r = (value * LARGER / reduced for value in (*centre, radius * 0.45))
        ImageDraw.Draw(layer).ellipse((x - r, y - r, x + r, y + r), fill=between("#000000", fill, strength))
        layer = layer.filter(ImageFilter.GaussianBlur(r * 0.75)).resize(self._image.size, Image.Resampling.BICUBIC)
        self._image.paste(ImageChops.screen(self._image, layer))

    def mist(self, level: float, depth: float, fill: str, strength: float = 0.8) -> None:
        """A band of mist that is thickest at a level."""
        mask = Image.new("L", (1, 256))
        for row in range(256):
            away = (row / 255 * HEIGHT - level) / depth
            mask.putpixel((0, row), round(255 * strength * math.exp(-away * away)))
        wide = mask.resize(self._image.size, Image.Resampling.BICUBIC)
        self._image.paste(Image.new("RGB", self._image.size, colour(fill)), mask=wide)

    def mirror(self, level: float, tint: str, share: float = 0.35) -> None:
        """Water below a level that mirrors what stands above it."""
        height = round((HEIGHT - level) * LARGER)
        above = self._image.crop((0, round(level * LARGER) - height, self._image.width, round(level * LARGER)))
        image = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).filter(ImageFilter.GaussianBlur((2, 14)))
        image = Image.blend(image, Image.new("RGB", image.size, colour(tint)), share)
        self._image.paste(image, (0, round(level * LARGER)))

    def ripples(self, level: float, number: int, fill: str, longest: float = 220) -> None:
        """Flat streaks of light on water below a level, longer towards the viewer."""
        for _ in range(number):
            near = self.chance(0, 1) ** 1.5
            y = level + near * (HEIGHT - level)
            x, half = self.chance(0, WIDTH), longest * (0.08 + near) * self.chance(0.2, 0.6)
            self.disc((x, y), half, fill, 0.6 + 2.2 * near)

    def stars(self, number: int, lowest: float, fill: str = "#fff6de") -> None:
        """Stars above a level."""
        for _ in range(number):
            size = 0.5 + 1.6 * self.chance(0, 1) ** 4
            self.disc((self.chance(0, WIDTH), self.chance(0, lowest)), size, fill)

    def figure(self, foot: Point, height: float, fill: str, lean: float = 0) -> None:
        """A person, seen against the light."""
        x, y = foot
        head = height * 0.09
        top = (x + lean, y - height + head)
        self.disc(top, head, fill)
        shoulders = y - height * 0.78
        self.area(
            [
                (x - height * 0.12, y), (x - height * 0.13 + lean * 0.7, shoulders + height * 0.06),
                (x - height * 0.07 + lean * 0.9, shoulders), (x + height * 0.07 + lean * 0.9, shoulders),
                (x + height * 0.13 + lean * 0.7, shoulders + height * 0.06), (x + height * 0.12, y),
            ],
            fill,
        )  # fmt: skip

    def soften(self, radius: float) -> None:
        """Take all that was painted so far out of focus."""
        self._image.paste(self._image.filter(ImageFilter.GaussianBlur(radius * LARGER)))

    def as_jpeg(self) -> bytes:
        """The picture, with a little grain, as a progressive JPEG."""
        image = self._image.resize(REDUCED, Image.Resampling.LANCZOS)
        grain = Image.frombytes("L", (400, 225), self._chance.randbytes(400 * 225))
        grain = grain.resize(image.size, Image.Resampling.BICUBIC).convert("RGB")
        data = BytesIO()
        Image.blend(image, grain, 0.025).save(data, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        return data.getvalue()
