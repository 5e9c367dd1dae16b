"""The sea in rows of scalloped waves, with the sun coming up behind them."""

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import INDIGO, Inks, Nightfall
from toasoan.covers.pen import HEIGHT, WIDTH, number
from toasoan.covers.picture import Motif, Picture

DEEP, SUN, FOAM, HORIZON = ("b", "c", "d", "e")

ROWS = 8


def draw(dice: Dice) -> Picture:
    """The sun with its rings, then the rows from the horizon to the near, which are wider and deeper."""
    centre, radius = (dice.pick((120, 160, 200)), dice.pick((58, 66))), dice.pick((30, 36, 42))
    sun = pen.circle(centre, radius, SUN)
    shine = "".join(pen.ring(centre, radius + 6 + 7 * i, SUN, 1.2 - 0.25 * i) for i in range(3))
    rows = "".join([_row(dice, row / (ROWS - 1), f"w{row}") for row in range(ROWS)])
    return Picture(sun + shine + rows)


def _row(dice: Dice, nearness: float, shade: str) -> str:
    half_length = 26 + 26 * nearness
    height = 9 + 16 * nearness
    left = -10 - dice.between(0, 2 * half_length)
    crest = _crest((left, 82 + 84 * nearness**1.2), half_length, height)
    echoes = (
        pen.path(
            crest,
            stroke=FOAM,
            stroke_width=number(1.3 + 0.5 * nearness),
            opacity=0.75 if echo == 1 else 0.45,
            transform=f"translate(0 {number(echo * (4 + 2 * nearness))})",
        )
        for echo in (1, 2)
    )
    return pen.path(f"{crest}V{HEIGHT + 1}H{number(left)}z", fill=shade) + "".join(echoes)


def _crest(start: pen.Point, half_length: float, height: float) -> str:
    """A wavy line from the left edge to beyond the right one."""
    more = int((WIDTH + 20 - start[0]) / half_length) + 1
    first = f"q{number(half_length / 2)} {number(-height)} {number(half_length)} 0"
    return f"M{pen.points([start])}{first}" + f"t{number(half_length)} 0" * more


def _shades(inks: Inks) -> Inks:
    return {f"w{row}": inks[HORIZON].towards(inks[DEEP], row / (ROWS - 1)) for row in range(ROWS)}


WAVES = Motif("waves", Nightfall(grounds="a", towards=INDIGO), draw, _shades)
