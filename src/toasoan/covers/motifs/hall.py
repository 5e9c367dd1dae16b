"""A hall of state in the manner of the 1960s: a façade of breeze-block screens, a lit door, the star above."""

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall
from toasoan.covers.pen import number
from toasoan.covers.picture import Motif, Picture

SKY, RAY, STAR, STONE, SHADE = ("a", "b", "c", "d", "e")

ROOF, FLOOR, WATER = 76, 148, 157
BLOCK, PILLAR = 11, 5

SCREENS = (
    # rings
    (f"M0 0H{BLOCK}M0 0V{BLOCK}M1.2 5.5a4.3 4.3 0 1 1 0 .1z", False),
    # lozenges, one within the other
    ("M5.5 0 11 5.5 5.5 11 0 5.5zM5.5 3.4 7.6 5.5 5.5 7.6 3.4 5.5z", False),
    # four-pointed leaves, which leave petals open between them
    ("M0 0Q5.5 4.4 11 0 6.6 5.5 11 11 5.5 6.6 0 11 4.4 5.5 0 0z", True),
    # joints of bamboo
    ("M2.7 0V11M8.2 0V11M0 3H2.7M8.2 3H11M2.7 8.5H8.2", False),
    # scales
    ("M0 0Q0 5.5 5.5 5.5 11 5.5 11 0M5.5 5.5V11M-5.5 5.5Q-5.5 11 0 11 5.5 11 5.5 5.5M5.5 5.5Q5.5 11 11 11", False),
    # keys
    ("M0 1H8.2V7H4.4V4.2M2 11V9.6H11", False),
)


def draw(dice: Dice) -> Picture:
    """From the sky to the water; the building stands a little aside, as one who walks by sees it."""
    upper, lower = dice.shuffled(SCREENS)[:2]
    blocks = dice.pick((4, 5, 6))
    aside = dice.pick((-34, -22, 0, 22, 34))
    pitch = blocks * BLOCK + PILLAR
    bays = "".join([pen.use("y", x=str(pitch * i - pitch // 2)) for i in range(-4, 5)])
    body = _sky(dice, aside) + pen.group(
        pen.path(f"M-200 {ROOF}H200V{FLOOR}H-200z", fill=SHADE) + bays + _door(pitch) + _roof() + _water(dice, pitch),
        transform=f"translate({160 + aside})",
    )
    return Picture(body, shapes=_screen("u", upper) + _screen("l", lower) + _bay(pitch))


def _sky(dice: Dice, aside: int) -> str:
    star = (160 + aside, 38)
    light = pen.path(
        pen.rays(dice.pick((16, 20, 24))), fill=RAY, transform=f"{pen.shift(star)} rotate({dice.whole(0, 9)})"
    )
    return light + pen.circle(star, 31, SKY) + pen.path(pen.star(star, 26, 9.9, 5), fill=STAR)


def _screen(name: str, block: tuple[str, bool]) -> str:
    data, is_solid = block
    drawn = pen.path(data, fill=STONE) if is_solid else pen.path(data, stroke=STONE, stroke_width=1.5)
    return pen.element("pattern", drawn, id=name, width=str(BLOCK), height=str(BLOCK), patternUnits="userSpaceOnUse")


def _bay(pitch: int) -> str:
    """Two storeys of screens between the pillars."""
    wide = pitch - PILLAR
    return pen.group(
        # A pattern starts at the origin of its element, so each storey is moved as a whole.
        pen.path(f"M0 0h{wide}v33H0z", fill="url(#u)", transform=f"translate({PILLAR} {ROOF + 4})")
        + pen.path(f"M0 0h{wide}v33H0z", fill="url(#l)", transform=f"translate({PILLAR} {ROOF + 40})")
        + pen.path(f"M0 {ROOF}h{PILLAR}V{FLOOR}H0zM0 {ROOF + 36.5}h{pitch}v3H0z", fill=STONE),
        id="y",
    )


def _door(pitch: int) -> str:
    """The lower storey of the middle bay is open, and there is light inside."""
    left, wide = PILLAR - pitch // 2, pitch - PILLAR
    top = ROOF + 40
    inside = pen.path(f"M{left} {top}h{wide}V{FLOOR}h{-wide}z", fill=SHADE)
    leaf = wide / 4 - 3
    doors = "".join(
        f"M{number(left + 3 + i * (wide - 2) / 4)} {FLOOR}V{top + 5}h{number(leaf)}V{FLOOR}z" for i in range(4)
    )
    return inside + pen.path(doors, fill=STAR)


def _roof() -> str:
    return pen.path(f"M-200 {ROOF - 8}H200V{ROOF}H-200z", fill=STONE) + pen.path(
        f"M-200 {ROOF}H200V{ROOF + 4}H-200z", fill=SHADE
    )


def _water(dice: Dice, pitch: int) -> str:
    """The terrace, and the door's light on the pool before it."""
    terrace = pen.path(f"M-200 {FLOOR}H200V{WATER}H-200z", fill=STONE)
    edge = pen.path(f"M-200 {WATER - 4}H200V{WATER}H-200z", fill=SHADE)
    pool = pen.path(f"M-200 {WATER}H200V180H-200z", fill=RAY)
    half = pitch // 2
    glints = "".join(
        f"M{-half + dice.whole(-12, 8)} {WATER + 4 + 5 * i}H{half + dice.whole(-8, 12)}" for i in range(4)
    )
    far = "".join(
        f"M{dice.whole(-190, -60)} {y}h{dice.whole(14, 50)}M{dice.whole(40, 150)} {y}h{dice.whole(14, 50)}"
        for y in (WATER + 6, WATER + 16)
    )
    return (
        terrace
        + edge
        + pool
        + pen.path(far, stroke=STONE, stroke_width=1.0)
        + pen.path(glints, stroke=STAR, stroke_width=1.6, stroke_dasharray="26 5 9 4")
    )


HALL = Motif("hall", Nightfall(grounds="ab", lifted="c"), draw)
