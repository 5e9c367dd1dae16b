"""A map without names: two mountains in contour lines, a river, a town with a star, four villages."""

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall
from toasoan.covers.pen import Point, number
from toasoan.covers.picture import Motif, Picture

PAPER, LINE, PLACE, RIVER, TINT = ("a", "b", "c", "d", "e")

LEVELS = 13
TOWNS = ((150, 72), (176, 96), (132, 110))


def draw(dice: Dice) -> Picture:
    """The eastern mountain, the western one over it, the river, the places."""
    west = (dice.between(110, 150), dice.between(70, 110))
    east = (dice.between(190, 250), dice.between(40, 130))
    mountains = _mountain(dice, "m", east, 1.9) + _mountain(dice, "n", west, 1.7)
    body = pen.group(mountains, stroke=LINE) + _river(dice) + _places(dice)
    return Picture(body, shapes=_outline(dice, "m") + _outline(dice, "n"))


def _outline(dice: Dice, name: str) -> str:
    outline = pen.blob(dice, knots=8, low=0.7, high=1.2)
    return pen.element("path", id=name, vector_effect="non-scaling-stroke", d=outline)


def _mountain(dice: Dice, shape: str, summit: Point, scale: float) -> str:
    """The same outline, smaller and a little turned from level to level; every fourth line is heavier."""
    turned = dice.whole(0, 359)
    levels = []
    for level in range(LEVELS):
        size = scale * (1 - level / LEVELS) + 0.06
        # Written out: these are most of the elements of a cover, and most of the work of drawing it.
        levels.append(
            f'<use class="{TINT if level % 2 else PAPER}" href="#{shape}" '
            f'transform="rotate({turned + 3 * level}) scale({number(size * 1.05, 2)} {number(size * 0.8, 2)})" '
            f'stroke-width="{".7" if level % 4 else "1.6"}"/>'
        )
    return pen.group("".join(levels), transform=pen.shift(summit))


def _river(dice: Dice) -> str:
    y = dice.between(30, 60)
    source, bank, bend, ford, reach, mouth = (number(y + dy) for dy in (0, -20, 50, 60, 30, 80))
    course = (
        f"M-6 {source}C50 {bank} 60 {bend} 120 {ford}S210 {reach} 236 {mouth} "
        f"290 {number(y + 120)} 330 {number(y + 100)}"
    )
    return pen.path(course, stroke=RIVER, stroke_width=5.0, stroke_linecap="round")


def _places(dice: Dice) -> str:
    town = dice.pick(TOWNS)
    villages = ((dice.between(80, 250), dice.between(24, 160)) for _ in range(4))
    return (
        pen.circle(town, 15, PLACE)
        + pen.path(pen.star(town, 10, 3.9, 5), fill=PAPER)
        + "".join(pen.circle(village, 2.6, PLACE) for village in villages)
    )


CONTOURS = Motif("contours", Nightfall(grounds="ae", lifted="bcd"), draw)
