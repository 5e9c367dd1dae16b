"""Brocade on the loom: bands of diamonds, hooks and triangles, lying or hanging."""

from dataclasses import dataclass

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall
from toasoan.covers.pen import HEIGHT, WIDTH
from toasoan.covers.picture import Motif, Picture

CLOTH = "a"
DYES = ("b", "c", "d", "e")
BRIGHT_CLOTHS = ("b", "e")


@dataclass(frozen=True, slots=True)
class Weave:
    """A figure that is repeated along a band."""

    width: int
    height: int
    areas: tuple[str, ...] = ()
    """Path data to fill, each with another thread."""

    line: str = ""
    """Path data to stroke, with the first thread."""


WEAVES = {
    "diamonds": Weave(24, 24, ("M12 0 24 12 12 24 0 12z", "M12 6 18 12 12 18 6 12z", "M12 10 14 12 12 14 10 12z")),
    "zigzag": Weave(16, 12, line="M-2 11 8 2 18 11"),
    "triangles": Weave(12, 12, ("M0 12 6 0 12 12z", "M4 12 6 8 8 12z")),
    "hooks": Weave(28, 20, ("M23 8h3v4h-3z",), line="M3 20V3H19V14H10V9"),
    "bars": Weave(8, 6, ("M0 1h5v4H0z",)),
    "crosses": Weave(20, 20, ("M10 2 13 5 10 8 7 5zM10 12 13 15 10 18 7 15z",), line="M0 0 20 20M20 0 0 20"),
}

ORDER = (
    "diamonds",
    "zigzag",
    "bars",
    "triangles",
    "hooks",
    "bars",
    "crosses",
    "zigzag",
    "triangles",
    "bars",
)

GAP = 4
"""Room for the thin line between two bands."""


def draw(dice: Dice) -> Picture:
    """Band after band, starting anywhere in the order."""
    cloths = {name: CLOTH if dice.chance(0.7) else dice.pick(BRIGHT_CLOTHS) for name in WEAVES}
    figures = "".join(_figure(dice, name, cloths[name]) for name in WEAVES)
    bands, y, index = "", -2, dice.whole(0, len(ORDER) - 1)
    while y < HEIGHT:
        name = ORDER[index % len(ORDER)]
        bands += _band(name, cloths[name], y, line=dice.pick(DYES[:3]))
        y += WEAVES[name].height + GAP
        index += 1
    return Picture(_hung(bands) if dice.chance(0.5) else bands, shapes=figures)


def _figure(dice: Dice, name: str, cloth: str) -> str:
    """The repeated figure, in threads that differ from the cloth and from each other."""
    weave = WEAVES[name]
    threads = dice.shuffled([dye for dye in DYES if dye != cloth])
    line = pen.path(weave.line, stroke=threads[0], stroke_width=2.8) if weave.line else ""
    first = 1 if weave.line else 0
    areas = (pen.path(area, fill=threads[first + i]) for i, area in enumerate(weave.areas))
    return pen.element(
        "pattern",
        line + "".join(areas),
        id=name[:2],
        width=str(weave.width),
        height=str(weave.height),
        patternUnits="userSpaceOnUse",
    )


def _band(name: str, cloth: str, y: int, line: str) -> str:
    height = WEAVES[name].height
    strip = f"M0 0h{WIDTH}v{height}H0z"
    ground = "" if cloth == CLOTH else pen.path(strip, fill=cloth)
    edge = pen.path(f"M0 {height + 1}h{WIDTH}v1.5H0z", fill=line)
    # A pattern starts at the origin of its element, so the band itself has to be moved.
    return pen.group(ground + pen.path(strip, fill=f"url(#{name[:2]})") + edge, transform=f"translate(0 {y})")


def _hung(bands: str) -> str:
    """The cloth turned about the middle, and larger, so that it still covers the width."""
    return pen.group(
        bands,
        transform=f"translate({WIDTH // 2} {HEIGHT // 2}) rotate(-90) scale(1.8) "
        f"translate({-WIDTH // 2} {-HEIGHT // 2})",
    )


LOOM = Motif("loom", Nightfall(grounds="a", lifted="c"), draw)
