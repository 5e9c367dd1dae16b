"""The strokes that all motifs share: numbers, elements, circles and the outlines of a few shapes."""

import math
from collections.abc import Iterable
from functools import cache, lru_cache
from math import floor
from typing import TypeAlias

from toasoan.covers.dice import Dice

WIDTH = 320
HEIGHT = 180

Point: TypeAlias = tuple[float, float]


def number(value: float, decimals: int = 1) -> str:
    """A number in as few characters as SVG needs: .5, not 0.50."""
    # `sin` and `cos` may differ in their last bit between platforms. The place where rounding turns lies a little
    # beside the halves, on which computed places like to fall, so that all platforms round these the same way.
    return _written(floor(value * _POWERS[decimals] + 0.50001), decimals)


_POWERS = (1, 10, 100, 1000)


@lru_cache(maxsize=16_384)  # more than there are tenths from end to end of a drawing
def _written(units: int, decimals: int) -> str:
    whole, rest = divmod(abs(units), _POWERS[decimals])
    fraction = f".{rest:0{decimals}d}".rstrip("0") if rest else ""
    sign = "-" if units < 0 else ""
    return f"{sign}{whole or ''}{fraction}" if fraction else f"{sign}{whole}"


def points(places: Iterable[Point]) -> str:
    """Coordinates as path data has them."""
    return " ".join([f"{number(x)} {number(y)}" for x, y in places])


def polar(centre: Point, radius: float, degrees: float) -> Point:
    """The place at an angle and a distance from a centre; 0 degrees point right, 90 down."""
    angle = math.radians(degrees)
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def element(
    tag: str,
    content: str = "",
    /,
    *,
    fill: str = "",
    stroke: str = "",
    **attributes: str | float,
) -> str:
    """An SVG element; `stroke_width` becomes `stroke-width`.

    `fill` and `stroke` name inks; a fill may also be a paint that is none: a shadow, a gradient, a pattern.
    """
    if fill and not fill.isalnum():
        start = f'<{tag} class="{stroke}s" fill="{fill}"' if stroke else f'<{tag} fill="{fill}"'
    elif stroke:
        start = f'<{tag} class="{fill} {stroke}s"' if fill else f'<{tag} class="{stroke}s"'
    else:
        start = f'<{tag} class="{fill}"' if fill else f"<{tag}"
    for name, value in attributes.items():
        text = value if isinstance(value, str) else number(value, 2)
        if text:
            start += f' {name.replace("_", "-")}="{text}"'
    return f"{start}>{content}</{tag}>" if content else f"{start}/>"


def path(data: str, *, fill: str = "", stroke: str = "", **attributes: str | float) -> str:
    """A path with this data."""
    if fill.isalnum() and not stroke and not attributes:  # nearly half of all elements
        return f'<path class="{fill}" d="{data}"/>'
    return element("path", fill=fill, stroke=stroke, d=data, **attributes)


def group(content: str, *, fill: str = "", stroke: str = "", **attributes: str | float) -> str:
    """Elements that are moved or inked together."""
    return element("g", content, fill=fill, stroke=stroke, **attributes)


def use(shape: str, *, fill: str = "", stroke: str = "", **attributes: str | float) -> str:
    """One more impression of a shape defined by its id."""
    return element("use", fill=fill, stroke=stroke, href=f"#{shape}", **attributes)


def shift(place: Point) -> str:
    """The transform that moves the origin to a place."""
    return f"translate({number(place[0])} {number(place[1])})"


def turn(degrees: float) -> str:
    """The transform that rotates about the origin."""
    return f"rotate({number(degrees)})"


def grow(across: float, down: float | None = None) -> str:
    """The transform that scales, evenly unless `down` is given."""
    return f"scale({number(across, 2)}{'' if down is None else ' ' + number(down, 2)})"


def circle(centre: Point, radius: float, fill: str) -> str:
    """A disc."""
    return f'<circle class="{fill}" cx="{number(centre[0])}" cy="{number(centre[1])}" r="{number(radius)}"/>'


def ring(centre: Point, radius: float, stroke: str, width: float, **attributes: str) -> str:
    """A circular line."""
    more = "".join([f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items()])
    return (
        f'<circle class="{stroke}s" cx="{number(centre[0])}" cy="{number(centre[1])}" r="{number(radius)}" '
        f'stroke-width="{number(width)}"{more}/>'
    )


def beads(centre: Point, radius: float, stroke: str, size: float, apart: float, **attributes: str) -> str:
    """A ring of dots, about so far apart that the ring closes without a seam."""
    period = _even_period(radius, apart)
    # A dash of no length with round caps is a dot: one element for a whole ring.
    return ring(
        centre,
        radius,
        stroke,
        size,
        stroke_dasharray=f"0 {number(period, 3)}",
        stroke_linecap="round",
        **attributes,
    )


def ticks(centre: Point, radius: float, stroke: str, length: float, apart: float) -> str:
    """A ring of radial strokes, about so far apart that the ring closes without a seam."""
    period = _even_period(radius, apart)
    dashes = f"{number(period * 0.42, 3)} {number(period * 0.58, 3)}"
    return ring(centre, radius, stroke, length, stroke_dasharray=dashes)


def _even_period(radius: float, apart: float) -> float:
    around = 2 * math.pi * radius
    return around / max(8, round(around / apart))


@lru_cache(maxsize=1024)
def star(centre: Point, outer: float, inner: float, tips: int) -> str:
    """Path data of a star with one tip upwards."""
    radii = (outer, inner)
    corners = [polar(centre, radii[i % 2], i * 180 / tips - 90) for i in range(2 * tips)]
    return f"M{points(corners)}z"


@cache
def rays(count: int, sweep: int = 360) -> str:
    """Path data of rays of light that leave the picture from the origin, as wide as the gaps between them.

    They begin at the left and go round as clocks do.
    """
    beyond_every_corner = 300
    step = sweep / count
    edges = (
        _whole(polar((0, 0), beyond_every_corner, (i + half) * step - 180) for half in (0, 0.5)) for i in range(count)
    )
    return "".join(f"M0 0 {edge}z" for edge in edges)


def blob(dice: Dice, knots: int, low: float, high: float) -> str:
    """Path data of a closed smooth outline around the origin, with a radius of about 100."""
    corners = [polar((0, 0), 100 * dice.between(low, high), i * 360 / knots) for i in range(knots)]
    curves = [
        _smooth(corners[i - 1], corners[i], corners[(i + 1) % knots], corners[(i + 2) % knots]) for i in range(knots)
    ]
    return f"M{_whole([corners[0]])}C{' '.join(curves)}z"


def _smooth(before: Point, start: Point, end: Point, after: Point) -> str:
    """One stretch of a Catmull-Rom spline as a Bézier curve."""
    leave = start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6
    arrive = end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6
    return _whole([leave, arrive, end])


def _whole(places: Iterable[Point]) -> str:
    return " ".join([f"{floor(x + 0.50001)} {floor(y + 0.50001)}" for x, y in places])
