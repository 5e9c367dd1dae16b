"""The inks of a cover: mixed in OKLab, and how each of them looks after dark.

OKLab is a colour space in which equal steps look equal, so a mixture of red and green is not mud and a colour
can be dimmed without changing its hue. The matrices are Björn Ottosson's: https://bottosson.github.io/posts/oklab/
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from toasoan.covers.palettes import Palette

LACQUER = "#2a1512"
"""The brown-black that paper and cloth sink into at night."""

INDIGO = "#12233a"
"""What a bright sky turns to at night."""


@dataclass(frozen=True, slots=True)
class Ink:
    """One colour of a picture, by day and by lamp light."""

    day: str
    night: str

    def towards(self, other: "Ink", share: float) -> "Ink":
        """An ink with that share of another one stirred in."""
        return Ink(mix(self.day, other.day, share), mix(self.night, other.night, share))


Inks: TypeAlias = Mapping[str, Ink]
"""Inks by the class name under which a drawing uses them."""


@dataclass(frozen=True, slots=True)
class Nightfall:
    """How the palettes of one motif go dark."""

    grounds: str = "a"
    """The inks that cover large areas: where they are light, they become deep colours of the same hue."""

    lifted: str = ""
    """The dark inks on those grounds, which would drown if they were not raised."""

    towards: str = LACQUER
    """The darkness that light grounds sink into."""

    def inks(self, palette: Palette) -> Inks:
        """The inks of a palette, each with its night colour."""
        ground_is_light = lightness(palette[0]) > 0.7
        return {
            letter: Ink(colour, self._after_dark(letter, colour, ground_is_light))
            for letter, colour in zip("abcdef", palette, strict=False)
        }

    def _after_dark(self, letter: str, colour: str, ground_is_light: bool) -> str:
        light = lightness(colour)
        if ground_is_light and letter in self.grounds:
            return self._sunk(colour, light, behind_all=letter == "a")
        if ground_is_light and letter in self.lifted and light < 0.6:
            return relit(colour, 0.64)
        return relit(colour, light * _without_glare(light))

    def _sunk(self, colour: str, light: float, behind_all: bool) -> str:
        # The difference between two light grounds is small; unless it grows, it is lost in the dark.
        deep = relit(colour, (0.25 if behind_all else 0.31) + max(0.0, light - 0.8) * 0.4)
        return mix(deep, self.towards, 0.72 if behind_all else 0.5)


def mix(one: str, other: str, share: float) -> str:
    """The colour that lies at `share` of the way from one to the other."""
    start, end = _oklab(one), _oklab(other)
    lightness_, green_red, blue_yellow = (p + (q - p) * share for p, q in zip(start, end, strict=True))
    return _hexadecimal(lightness_, green_red, blue_yellow)


def lightness(colour: str) -> float:
    """How light a colour looks, from 0 for black to 1 for white."""
    return _oklab(colour)[0]


def relit(colour: str, light: float) -> str:
    """The same hue at another lightness."""
    before, green_red, blue_yellow = _oklab(colour)
    # Chroma follows lightness, but only a little: dark reds would turn grey and raised ones garish.
    chroma = min(1.15, max(0.8, light / before))
    return _hexadecimal(light, green_red * chroma, blue_yellow * chroma)


def _without_glare(light: float) -> float:
    if light > 0.8:
        return 0.88
    return 0.92 if light > 0.6 else 0.95


@lru_cache(maxsize=1024)  # the same few inks are stirred into each other again and again
def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long, medium, short = (
        cone ** (1 / 3)
        for cone in (
            0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
            0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
            0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
        )
    )
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _hexadecimal(light: float, green_red: float, blue_yellow: float) -> str:
    long = (light + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (light - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (light - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_eight_bits(channel):02x}" for channel in channels)


def _eight_bits(channel: float) -> int:
    # Rounded twice so that the last bit of a platform's `pow` cannot tip a value that lies halfway.
    return round(round(255 * min(1.0, _gamma(max(0.0, channel))), 6))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)
