"""A person without a face: a silhouette, its echoes in the air, and a woven collar."""

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Inks, Nightfall
from toasoan.covers.picture import Motif, Picture

AIR, AURA, PERSON, THREAD, BEAD = ("a", "b", "c", "d", "e")

PALETTES = (
    ("#f2d9c0", "#b3261c", "#7d140f", "#e9a23b", "#2a1a16"),
    ("#10323f", "#3f8f8a", "#e9c27a", "#cf3b2a", "#f7e9cb"),
    ("#e9dfc8", "#2f6b5c", "#143d35", "#d9a23c", "#b12a1f"),
    ("#2b1020", "#c4603f", "#f0b98a", "#a3271d", "#f6e0b8"),
    ("#efd9a7", "#c98a2b", "#5a2a14", "#f0c05a", "#f7ead0"),
    ("#1a2340", "#54689c", "#ecd9b0", "#b3432f", "#fbf1dc"),
)

SILHOUETTE = (
    "M-13 116C-26 108-29 92-27 78-25 58-14 50 0 50S25 58 27 78C29 92 26 108 13 116L15 128"
    "C40 134 64 146 70 200H-70C-64 146-40 134-15 128z"
)

COLLAR_CENTRE = (0, 212)
COLLAR_RADIUS = 92


def draw(dice: Dice, inks: Inks) -> Picture:
    """The widest and palest echo first, then the person, then the collar."""
    echoes, echo_width = dice.pick((6, 7, 8, 9)), dice.between(9, 17)
    x, row_height = dice.whole(144, 176), dice.pick((7, 8, 9))
    shades = {f"f{i}": inks[AIR].towards(inks[AURA], (i / (echoes - 1)) ** 1.1) for i in range(echoes)}
    aura = "".join(
        pen.use("p", fill=shade, stroke=shade, stroke_width=2 * echo_width * (echoes - i))
        for i, shade in enumerate(shades)
    )
    body = pen.group(
        aura + pen.use("p", fill=PERSON) + pen.group(_collar(row_height), clip_path="url(#q)"),
        transform=f"translate({x})",
        stroke_linejoin="round",
    )
    clip = pen.element("clipPath", pen.use("p"), id="q")
    return Picture(body, shapes=pen.element("path", id="p", d=SILHOUETTE) + clip, shades=shades)


def _collar(row_height: int) -> str:
    """Rows of thread and beads. They end below the neck: rings on a face or a heart would read as a target."""
    rows = range(1, COLLAR_RADIUS // row_height)
    return "".join(_row(i, COLLAR_RADIUS - i * row_height) for i in rows)


def _row(index: int, radius: float) -> str:
    if index % 2 == 0:
        return pen.beads(COLLAR_CENTRE, radius, BEAD, 3, 6)
    return pen.ring(COLLAR_CENTRE, radius, THREAD if index % 3 else BEAD, 1.6)


PORTRAIT = Motif("portrait", PALETTES, Nightfall(grounds="a"), draw)
