"""Painted pots on a shelf, each with its own bands of lines, dots and zigzags."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall
from toasoan.covers.picture import Motif, Picture

BRUSH, GLAZE, OTHER_BRUSH, SHELF = ("b", "c", "d", "e")


@dataclass(frozen=True, slots=True)
class Pot:
    """A shape that stands on the origin."""

    outline: str
    height: int
    scale: float
    """So that pots of all shapes look as if they came from one kiln."""


POTS = (
    Pot("M-16 0C-34-26-30-62-10-78L-12-92H12L10-78C30-62 34-26 16 0z", 92, 1.12),
    Pot("M-14 0C-40-14-40-50-16-62L-16-68H16L16-62C40-50 40-14 14 0z", 68, 1.2),
    Pot("M-20 0C-24-30-22-60-9-80C-6-92-6-104-11-112H11C6-104 6-92 9-80C22-60 24-30 20 0z", 112, 1.08),
    Pot("M-13 0C-16-8-34-22-36-44H36C34-22 16-8 13 0z", 44, 1.3),
)

SHADOW = pen.element("ellipse", fill="#000", cx="4", rx="30", ry="3", opacity=0.25)
CLAY = pen.path("M-60-130H60V9H-60z", fill=GLAZE)
SHADED_SIDE = pen.path("M6-130H60V9H14C30-40 30-70 6-130z", fill="#000", opacity=0.14)

SHELVES = ((100, 160, 220), (40, 100, 160, 220, 280))
"""Where pots stand: three in the middle, or five across."""


def draw(dice: Dice) -> Picture:
    """A disc behind the middle, the shelf, then the pots from left to right."""
    ground = pen.circle((160, 84), dice.pick((66, 74)), SHELF) + pen.path("M0 150H320V180H0z", fill=SHELF)
    order = dice.shuffled(range(len(POTS)))
    shelf = SHELVES[1] if dice.chance(0.34) else SHELVES[0]
    pots = "".join(_pot(dice, order[i % len(POTS)], x) for i, x in enumerate(shelf))
    return Picture(ground + pots, shapes=_clips())


@cache
def _clips() -> str:
    return "".join(pen.element("clipPath", pen.path(pot.outline), id=f"c{i}") for i, pot in enumerate(POTS))


def _pot(dice: Dice, kind: int, x: int) -> str:
    pot = POTS[kind]
    return pen.group(
        SHADOW + pen.group(CLAY + _painting(dice, pot) + SHADED_SIDE, clip_path=f"url(#c{kind})"),
        transform=f"{pen.shift((x, 158))} {pen.grow(pot.scale)}",
    )


def _painting(dice: Dice, pot: Pot) -> str:
    """Bands in one colour from the foot to the rim."""
    brush = BRUSH if dice.chance(0.7) else OTHER_BRUSH
    bands, height = "", 4
    while height < pot.height:
        band = dice.pick(BANDS)
        bands += band.paint(brush, height)
        height += band.room
    # Without a painted rim, a light pot before a light wall looks bitten off.
    return bands + _rim(brush, pot.height)


@cache
def _thin(brush: str, height: int) -> str:
    return pen.path(f"M-44 {-height}H44", stroke=brush, stroke_width=1.2)


@cache
def _rim(brush: str, height: int) -> str:
    return pen.path(f"M-44 {-height}H44", stroke=brush, stroke_width=4.0)


@cache
def _broad(brush: str, height: int) -> str:
    return pen.path(f"M-44 {-height - 3}H44", stroke=brush, stroke_width=6.0)


@cache
def _dotted(brush: str, height: int) -> str:
    return pen.path(
        f"M-44 {-height - 4}H44",
        stroke=brush,
        stroke_width=5.0,
        stroke_linecap="round",
        stroke_dasharray="0 8",
    )


@cache
def _zigzag(brush: str, height: int) -> str:
    return pen.path(f"M-45 {-height}{'l5-8 5 8' * 9}", stroke=brush, stroke_width=1.6)


@dataclass(frozen=True, slots=True)
class Band:
    """One way of painting a band, and the room it takes upwards."""

    paint: Callable[[str, int], str]
    room: int


# The thin line stands here twice: it is what the others rest on.
BANDS = (Band(_thin, 4), Band(_thin, 4), Band(_zigzag, 12), Band(_dotted, 11), Band(_broad, 9))


POTTERY = Motif("pottery", Nightfall(grounds="ae"), draw)
