"""The colour that stands in a photograph's place until it is there.

A page may not style single elements, so there are 64 colours with a class each: four levels of red, green and blue.
"""

from __future__ import annotations

LEVELS = (32, 92, 152, 212)
"""Of each channel, 0 to 255: neither black nor white, for these would glare in one of the two colour schemes."""


def tint_of(red: int, green: int, blue: int) -> str:
    """The nearest of the 64 colours, as its class names it: a digit for each channel's level, "031"."""
    return "".join(
        str(min(range(4), key=lambda level: abs(LEVELS[level] - channel))) for channel in (red, green, blue)
    )


def _level(channel: int) -> int:
    return min(range(len(LEVELS)), key=lambda level: abs(LEVELS[level] - channel))


def colour_of(tint: str) -> str:
    """A tint in hexadecimal form: "#20d45c"."""
    return "#" + "".join(f"{LEVELS[int(level)]:02x}" for level in tint)
