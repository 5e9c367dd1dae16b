"""A hall of state: a round chamber under a wide flat roof, the star above it, still water before it."""

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Inks, Nightfall
from toasoan.covers.pen import number
from toasoan.covers.picture import Motif, Picture

SKY, RAY, STAR, STONE, SHADE = ("a", "b", "c", "d", "e")

PALETTES = (
    ("#c3251b", "#a51b13", "#f6c63f", "#fbe9c2", "#6f0f0b"),
    ("#f3e3c3", "#e6cf9f", "#bf241b", "#fbf2dd", "#8a5f2b"),
    ("#14243a", "#1d3350", "#f0bb42", "#e6d8b8", "#0a1422"),
    ("#f3c34f", "#e8ae35", "#b3211a", "#fdf1d3", "#7a1510"),
    ("#0f4a4a", "#0b3b3c", "#f3c14a", "#efe3c8", "#07282a"),
)

MIDDLE = 160
EAVES, STEPS, WATER = 98, 148, 164


def draw(dice: Dice, inks: Inks) -> Picture:
    """From the sky to the water: what stands nearer is drawn later."""
    body = (
        _sky(dice)
        + _wings(dice.pick((118, 122, 126)), windows=dice.pick((8, 10, 12)))
        + _portico(pillars=dice.pick((3, 4, 5)))
        + _chamber(radius=dice.pick((46, 50, 54)), fins=dice.pick((15, 17, 21)))
        + _roof()
        + _steps()
        + _water(dice)
    )
    return Picture(body)


def _sky(dice: Dice) -> str:
    star = (MIDDLE, dice.pick((44, 48)))
    light = pen.rays(star, dice.pick((16, 20, 24)), first=dice.between(0, 10))
    return pen.path(light, fill=RAY) + pen.circle(star, 36, SKY) + pen.path(pen.star(star, 31, 11.8, 5), fill=STAR)


def _wings(top: int, windows: int) -> str:
    """Low offices on either side; each dash of a line is a window."""
    storey = f"{number(320 / windows / 4 - 2)} 2"
    lines = f"M0 {top + 10}H320M0 {top + 21}H320"
    return (
        pen.path(f"M0 {top}H320V{STEPS}H0z", fill=STONE)
        + pen.path(lines, stroke=SHADE, stroke_width=6.0, stroke_dasharray=storey)
        + pen.path(f"M0 {top - 3}H320V{top}H0z", fill=SHADE)
    )


def _portico(pillars: int) -> str:
    """Deep shade with slender pillars, beside the chamber."""
    apart = 40 / pillars
    feet = [x for i in range(pillars) for x in (72 + i * apart, MIDDLE * 2 - 72 - 3 - i * apart)]
    shafts = "".join(f"M{number(x)} {EAVES}h3V{STEPS}h-3z" for x in feet)
    return pen.path(f"M70 {EAVES}H250V{STEPS}H70z", fill=SHADE) + pen.path(shafts, fill=STONE)


def _chamber(radius: int, fins: int) -> str:
    """A cylinder: its upright fins stand closer together towards the edges, as on anything round."""
    wall = pen.path(f"M{MIDDLE - radius} {EAVES}h{2 * radius}V{STEPS}h{-2 * radius}z", fill=STONE)
    xs = (pen.polar((MIDDLE, 0), radius, 180 * i / fins)[0] for i in range(1, fins))
    lines = "".join(f"M{number(x)} {EAVES + 10}V{STEPS - 6}" for x in xs)
    frame, door = (f"M{MIDDLE - half} {STEPS}v{-high}h{2 * half}v{high}z" for half, high in ((14, 23), (10, 19)))
    return (
        wall
        + pen.path(lines, stroke=SHADE, stroke_width=1.6)
        + pen.path(frame, fill=STONE)
        + pen.path(door, fill=SHADE)
    )


def _roof() -> str:
    slab = "M52 86H268L258 95H62z"
    return pen.path(slab, fill=STONE) + pen.path("M62 95H258L254 98H66zM52 84H268V86H52z", fill=STAR)


def _steps() -> str:
    treads = "M60 150H260V153H60zM44 154.5H276V157.5H44zM28 159H292V162H28z"
    return pen.path(f"M0 {STEPS}H320V{WATER}H0z", fill=SHADE) + pen.path(treads, fill=STONE)


def _water(dice: Dice) -> str:
    """The star's light on the water, in broken lines that shorten towards us."""
    pool = pen.path(f"M0 {WATER}H320V180H0z", fill=RAY)
    glints = "".join(
        f"M{MIDDLE - half} {WATER + 4 + 5 * i}h{2 * half}"
        for i, half in enumerate((dice.whole(60, 90), dice.whole(34, 56), dice.whole(14, 30)))
    )
    return pool + pen.path(glints, stroke=STAR, stroke_width=1.6, stroke_dasharray="26 5 9 4")


HALL = Motif("hall", PALETTES, Nightfall(grounds="ab", lifted="c"), draw)
