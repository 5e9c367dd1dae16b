"""An assembly in session: rows of seats around the rostrum, as dots of light."""

import math

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Inks, Nightfall, lightness
from toasoan.covers.pen import number
from toasoan.covers.picture import Motif, Picture

GROUND, RAY, SEAT, OTHER_SEAT, ROSTRUM = ("a", "b", "c", "d", "e")

STAR = "star"

FLOOR = 150
INNERMOST, OUTERMOST = 50, 139


def draw(dice: Dice) -> Picture:
    """Light, seats from the front row outwards, rostrum, floor."""
    x, rows = dice.whole(118, 202), dice.pick((6, 7, 8))
    depth = dice.between(0.88, 1) * min(16, (OUTERMOST - INNERMOST) / (rows - 1))
    light = pen.path(pen.rays(dice.pick((24, 32, 40)), 180), fill=RAY, transform=pen.shift((x, FLOOR)))
    seats = "".join(_row(x, i, INNERMOST + i * depth, 8 + 2 * i + rows % 3) for i in range(rows))
    return Picture(light + seats + _rostrum(x) + _floor())


def _row(x: int, index: int, radius: float, seats: int) -> str:
    start, end = number(x - radius), number(x + radius)
    apart = math.pi * radius / seats
    return pen.path(
        f"M{start} {FLOOR}A{number(radius)} {number(radius)} 0 0 1 {end} {FLOOR}",
        stroke=OTHER_SEAT if index % 2 else SEAT,
        stroke_linecap="round",
        stroke_width=number(6.6 + index * 0.7),
        stroke_dasharray=f"0 {number(apart, 3)}",
        # Half a step up from the floor on both sides, or the outermost seats would be cut in two.
        stroke_dashoffset=number(-apart / 2, 3),
    )


def _rostrum(x: int) -> str:
    star = pen.star((x, FLOOR - 17), 19, 7.3, 5)
    return pen.circle((x, FLOOR), 39, ROSTRUM) + pen.path(star, fill=STAR)


def _shades(inks: Inks) -> Inks:
    # Red seats and a red rostrum go together, but a red star would vanish on it.
    drowns = all(lightness(inks[ink].day) < limit for ink, limit in ((ROSTRUM, 0.5), (SEAT, 0.6)))
    return {STAR: inks[OTHER_SEAT if drowns else SEAT]}


def _floor() -> str:
    boards = "M0 157H320V158.5H0zM0 164H320V166H0zM0 172H320V175H0z"
    return pen.path(f"M0 {FLOOR}H320V180H0z", fill=ROSTRUM) + pen.path(boards, fill=GROUND)


HEMICYCLE = Motif("hemicycle", Nightfall(grounds="ab", lifted="c"), draw, _shades)
