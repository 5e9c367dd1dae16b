"""Nón lá, the conical hats of palm leaf, seen from above in a crowd."""

from functools import cache

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall
from toasoan.covers.pen import HEIGHT, WIDTH, Point
from toasoan.covers.picture import Motif, Picture

LEAF, SHADED, RIB, LIT = ("b", "c", "d", "e")

RADIUS = 50
HOOPS = (7, 13, 19, 25, 31, 37, 43)
SPOKES = 16


def draw(dice: Dice) -> Picture:
    """The hats overlap in no particular order, and now and then one is missing."""
    radius = dice.pick((44, 50, 56))
    present = (place for place in dice.shuffled(_places(dice, radius)) if not dice.chance(0.14))
    hats = (
        pen.use("n", transform=f"{pen.shift(place)} {pen.turn(dice.whole(-30, 30))} {pen.grow(radius / RADIUS)}")
        for place in present
    )
    return Picture("".join(hats), shapes=_hat())


def _places(dice: Dice, radius: int) -> list[Point]:
    """A honeycomb that reaches over every edge."""
    apart, aside = radius * 1.84, dice.between(-10, 10)
    return [
        (
            WIDTH / 2 + (column - 1.5) * apart + (row % 2) * apart / 2 + aside,
            HEIGHT / 2 + (row - 0.5) * apart * 0.86,
        )
        for row in range(-1, 3)
        for column in range(-1, 5)
    ]


@cache
def _hat() -> str:
    spokes = "".join(f"M0 0L{pen.points([pen.polar((0, 0), 49, i * 360 / SPOKES)])}" for i in range(SPOKES))
    hoops = "".join(pen.element("circle", r=str(radius)) for radius in HOOPS)
    return pen.group(
        pen.element("circle", fill="#000", cx="3", cy="5", r="52", opacity=0.28)
        + pen.element("circle", fill=LEAF, r=str(RADIUS))
        + pen.path("M0 0-46-19.5A50 50 0 0 1 19-46z", fill=LIT)
        + pen.path("M0 0 46 19.5A50 50 0 0 1-19 46z", fill=SHADED)
        + pen.group(
            pen.path(spokes, stroke_width=0.5, opacity=0.6) + hoops + pen.element("circle", r="49", stroke_width=2.0),
            stroke=RIB,
            stroke_width=0.6,
        )
        + pen.element("circle", fill=RIB, r="2"),
        id="n",
    )


HATS = Motif("hats", Nightfall(grounds="a"), draw)
