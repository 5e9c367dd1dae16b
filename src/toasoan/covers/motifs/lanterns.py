"""Silk lanterns over the roofs of an old town."""

from dataclasses import dataclass
from functools import cache

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall
from toasoan.covers.pen import number
from toasoan.covers.picture import Motif, Picture

RED, GOLD, PALE, ROOFS = ("b", "c", "d", "e")

GLOW = "#ffb84d"

WHERE_THEY_HANG = (22, 64, 104, 146, 186, 226, 268, 304)

ROOFLINE = "M0 180V152H14L22 140H58L66 152H92V144L112 130H150L170 144V152H196L206 138H246L256 152H282V146H320V180z"


@dataclass(frozen=True, slots=True)
class Silk:
    """One kind of lantern, in a box of 36 in height around the origin."""

    body: str
    ribs: str
    outline: str


KINDS = (
    Silk(RED, PALE, "M0-18C-30-16-30 16 0 18C30 16 30-16 0-18z"),
    Silk(GOLD, RED, "M0-18C-24-18-24 18 0 18C24 18 24-18 0-18z"),
    Silk(RED, GOLD, "M-6-18C-30-6-18 14-4 18H4C18 14 30-6 6-18z"),
)

RIBS = "M0-18V18M0-18C-12-12-12 12 0 18M0-18C12-12 12 12 0 18M0-18C-22-14-22 14 0 18M0-18C22-14 22 14 0 18"
CAPS = "M-7-21H7V-17.5H-7zM-6 17.5H6V21H-6z"
TASSEL = "M0 21V38M-2.5 21V34M2.5 21V34"


@dataclass(frozen=True, slots=True)
class Lantern:
    """A lantern on its string."""

    x: int
    y: float
    scale: float
    kind: int

    def drawn(self) -> str:
        """The string, the glow around the silk, and the silk."""
        place = (self.x, self.y)
        string = pen.path(f"M{self.x} 0V{number(self.y - 22 * self.scale)}", stroke=ROOFS, stroke_width=0.8)
        glow = f'<circle fill="url(#g)" cx="{self.x}" cy="{number(self.y)}" r="{number(40 * self.scale)}"/>'
        lantern = pen.use(f"l{self.kind}", transform=f"{pen.shift(place)} {pen.grow(self.scale)}")
        return string + glow + lantern


def draw(dice: Dice) -> Picture:
    """The roofs, then the lanterns, the small and far ones first."""
    lanterns = [
        Lantern(x, dice.between(34, 118), dice.between(0.62, 1.35), dice.whole(0, len(KINDS) - 1))
        for x in WHERE_THEY_HANG
    ]
    from_far = sorted(lanterns, key=lambda lantern: lantern.scale)
    body = pen.path(ROOFLINE, fill=ROOFS) + "".join(lantern.drawn() for lantern in from_far)
    kinds = "".join(_kind(i, silk) for i, silk in enumerate(KINDS))
    return Picture(body, shapes=kinds + _glow())


@cache
def _kind(index: int, silk: Silk) -> str:
    return pen.group(
        pen.path(silk.outline, fill=silk.body)
        + pen.path(RIBS, stroke=silk.ribs, stroke_width=1.0, opacity=0.55)
        + pen.path(CAPS, fill=GOLD)
        + pen.path(TASSEL, stroke=silk.body, stroke_width=1.2),
        id=f"l{index}",
    )


@cache
def _glow() -> str:
    warm = pen.element("stop", stop_color=GLOW, stop_opacity=0.55)
    gone = pen.element("stop", offset="1", stop_color=GLOW, stop_opacity="0")
    return pen.element("radialGradient", warm + gone, id="g")


LANTERNS = Motif("lanterns", Nightfall(grounds="a"), draw)
