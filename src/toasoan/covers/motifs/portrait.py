"""A person without a face: a silhouette, its echoes in the air, and a woven collar."""

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Inks, Nightfall
from toasoan.covers.picture import Motif, Picture

AIR, AURA, PERSON, THREAD, BEAD = ("a", "b", "c", "d", "e")

SILHOUETTE = (
    "M-13 116C-26 108-29 92-27 78-25 58-14 50 0 50S25 58 27 78C29 92 26 108 13 116L15 128"
    "C40 134 64 146 70 200H-70C-64 146-40 134-15 128z"
)

ECHOES = (6, 7, 8, 9)
"""How many there may be around a person."""

COLLAR_CENTRE = (0, 212)
COLLAR_RADIUS = 92


def draw(dice: Dice) -> Picture:
    """The widest and palest echo first, then the person, then the collar."""
    echoes, echo_width = dice.pick(ECHOES), dice.between(9, 17)
    x, row_height = dice.whole(144, 176), dice.pick((7, 8, 9))
    aura = "".join(
        pen.use("p", fill=shade, stroke=shade, stroke_width=2 * echo_width * (echoes - i))
        for i, shade in enumerate(_steps(echoes))
    )
    body = pen.group(
        aura + pen.use("p", fill=PERSON) + pen.group(_collar(row_height), clip_path="url(#q)"),
        transform=f"translate({x})",
        stroke_linejoin="round",
    )
    clip = pen.element("clipPath", pen.use("p"), id="q")
    return Picture(body, shapes=pen.element("path", id="p", d=SILHOUETTE) + clip)


def _steps(echoes: int) -> list[str]:
    """The shades of so many echoes; each number of them has its own."""
    return [f"{'ghij'[echoes - ECHOES[0]]}{i}" for i in range(echoes)]


def _shades(inks: Inks) -> Inks:
    return {
        shade: inks[AIR].towards(inks[AURA], (i / (echoes - 1)) ** 1.1)
        for echoes in ECHOES
        for i, shade in enumerate(_steps(echoes))
    }


def _collar(row_height: int) -> str:
    """Rows of thread and beads. They end below the neck: rings on a face or a heart would read as a target."""
    rows = range(1, COLLAR_RADIUS // row_height)
    return "".join(_row(i, COLLAR_RADIUS - i * row_height) for i in rows)


def _row(index: int, radius: float) -> str:
    if index % 2 == 0:
        return pen.beads(COLLAR_CENTRE, radius, BEAD, 3, 6)
    return pen.ring(COLLAR_CENTRE, radius, THREAD if index % 3 else BEAD, 1.6)


PORTRAIT = Motif("portrait", Nightfall(grounds="a"), draw, _shades)
