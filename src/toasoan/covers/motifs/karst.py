"""Limestone towers in a bay, a moon or sun above them, one boat."""

from functools import lru_cache

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import INDIGO, Inks, Nightfall
from toasoan.covers.pen import HEIGHT, WIDTH
from toasoan.covers.picture import Motif, Picture

SKY, ROCK, LIGHT, GLINT, WATER = ("a", "b", "c", "d", "e")

WATERLINE = 128
RANGES = 3


def draw(dice: Dice) -> Picture:
    """Two far ranges, the water before them, the near range, ripples, the boat."""
    light = pen.circle((dice.pick((112, 160, 204)), 56), dice.pick((20, 26)), LIGHT)
    *far, near = (pen.path(_range(dice, i), fill=f"k{i}") for i in range(RANGES))
    water = pen.path(f"M0 {WATERLINE}h{WIDTH}V{HEIGHT}H0z", fill=WATER)
    ripples = "".join(_ripple(dice, i) for i in range(6))
    return Picture("".join((light, *far, water, near, ripples, _boat(dice))))


def _range(dice: Dice, nearness: int) -> str:
    """One range of towers as path data. The nearer ones are lower and leave gaps of open water."""
    x = -dice.whole(0, 30)
    base = WATERLINE + nearness * 7
    outline = f"M-40 {base}L{x} {base}"
    while x < WIDTH + 10:
        width = round(dice.between(26, 54) * (1 + 0.15 * nearness))
        height = round(dice.between(0.55, 1) * (72 - 14 * nearness))
        if nearness and dice.chance(0.4):
            gap = dice.whole(24, 60)
            outline += f"h{gap}"
            x += gap
        else:
            outline += _tower(width, height)
            x += width
    return f"{outline}z"  # along the water, of which gaps show nothing


@lru_cache(maxsize=4096)  # as many as there are whole sizes
def _tower(width: int, height: int) -> str:
    """Steep on one side, stepped on the other, as rain leaves limestone."""
    wall = ((0.04, -0.5), (0.12, -0.94), (0.36, -1))
    shoulder = ((0.2, 0.16), (0.32, 0.34))
    foot = ((0.22, 0.3), (0.32, 0.66))
    corners = [[(width * x, height * y) for x, y in part] for part in (wall, shoulder, foot)]
    return f"c{pen.points(corners[0])}s{pen.points(corners[1])} {pen.points(corners[2])}"


def _ripple(dice: Dice, row: int) -> str:
    lengths = (dice.whole(14, 50), dice.whole(20, 50), dice.whole(6, 20), dice.whole(30, 60))
    return pen.path(
        f"M{-dice.whole(0, 60)} {WATERLINE + 12 + row * 8}H330",
        stroke=GLINT if row % 3 else LIGHT,
        stroke_width=1 + 0.25 * row,
        stroke_dasharray=" ".join(map(str, lengths)),
        opacity=0.7,
    )


def _boat(dice: Dice) -> str:
    hull = "M-16 0H16L11 6H-11z"
    sails = "M1-2V-32C17-26 17-10 12-2zM-2-2V-24C-13-20-14-8-11-2z"
    return pen.group(
        pen.path(hull, fill=ROCK) + pen.path(sails, fill=LIGHT),
        transform=pen.shift((dice.pick((126, 164, 196)), WATERLINE + 22)),
    )


def _shades(inks: Inks) -> Inks:
    """The far ranges have the colour of the air, the near one that of rock."""
    distance = inks[SKY].towards(inks[WATER], 0.75)
    return {f"k{i}": distance.towards(inks[ROCK], i / (RANGES - 1)) for i in range(RANGES)}


KARST = Motif("karst", Nightfall(grounds="a", towards=INDIGO), draw, _shades)
