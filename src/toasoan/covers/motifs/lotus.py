"""An open lotus on the water, with the sun behind it."""

from functools import cache

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall
from toasoan.covers.pen import HEIGHT, WIDTH, number
from toasoan.covers.picture import Motif, Picture

GROUND, PETAL, PALE, SEED, WATER, DEEP = ("a", "b", "c", "d", "e", "f")

CENTRE = 160


def draw(dice: Dice) -> Picture:
    """Sun, three fans of petals from the back to the front, seed pod, water."""
    surface = dice.pick((134, 140))
    body = _sun(dice, surface) + _flower(dice, surface) + _water(dice, surface)
    return Picture(body, shapes=_petal("p", 20, 88) + _petal("q", 21, 82) + _petal("r", 20, 74))


def _sun(dice: Dice, surface: int) -> str:
    disc = (CENTRE + dice.pick((-46, 0, 0, 46)), surface - dice.pick((52, 70)))
    halo, radius = (CENTRE, surface - 52), dice.pick((84, 92))
    return (
        pen.circle(disc, dice.pick((54, 66, 76)), WATER)
        + pen.beads(halo, radius, SEED, 1.6, 6)
        + pen.ring(halo, radius + 8, WATER, 3)
    )


@cache
def _petal(name: str, half_width: float, height: float) -> str:
    near, far = number(-height * 0.3), number(-height * 0.72)
    left, belly = number(-half_width), number(-half_width * 0.8)
    right, chest = number(half_width), number(half_width * 0.8)
    data = f"M0 0C{left} {near} {belly} {far} 0 {number(-height)}C{chest} {far} {right} {near} 0 0z"
    return pen.element("path", id=name, d=data)


def _flower(dice: Dice, surface: int) -> str:
    spread = dice.pick((70, 78, 84))
    petals = _fan("p", 7, spread, DEEP) + _fan("q", 6, spread * 0.8, PETAL) + _fan("r", 5, spread * 0.52, PALE)
    pod = "M-15-14Q0-30 15-14 0 4-15-14z"
    return pen.group(
        pen.group(petals, stroke=GROUND, stroke_width=1.2) + pen.path(pod, fill=SEED),
        transform=pen.shift((CENTRE, surface)),
    )


def _fan(shape: str, count: int, spread: float, fill: str) -> str:
    """Petals from the outermost inwards: the upright one lies on top."""
    middle = (count - 1) / 2
    inwards = sorted(range(count), key=lambda i: -abs(i - middle))
    petals = "".join([pen.use(shape, transform=pen.turn(spread * (i / middle - 1))) for i in inwards])
    return pen.group(petals, fill=fill)


def _water(dice: Dice, surface: int) -> str:
    level, crest, swell = surface + 2, surface - 16, surface - 4
    pond = f"M0 {level}C60 {crest} 110 {swell} 160 {level}S260 {crest} {WIDTH} {level}V{HEIGHT}H0z"
    return pen.path(pond, fill=WATER) + "".join(_ripple(dice, surface, i) for i in range(4))


def _ripple(dice: Dice, surface: int, row: int) -> str:
    lengths = (dice.whole(30, 70), dice.whole(6, 16), dice.whole(8, 24), dice.whole(8, 20))
    return pen.path(
        f"M{-10 * row} {surface + 10 + row * 9}H330",
        stroke=SEED if row == 1 else PETAL,
        stroke_width=1.2,
        stroke_dasharray=" ".join(map(str, lengths)),
    )


LOTUS = Motif("lotus", Nightfall(grounds="a"), draw)
