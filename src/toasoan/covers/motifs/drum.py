"""The face of a Đông Sơn bronze drum: a star within rings of beads, ticks and flying Lạc birds."""

import math
from dataclasses import dataclass
from functools import cache

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall
from toasoan.covers.pen import Point
from toasoan.covers.picture import Motif, Picture

BRONZE, GOLD, LIGHT, PATINA = ("b", "c", "d", "e")

TEETH_IN_AN_EIGHTH = 9

CENTRES = ((160, 92), (196, 112), (124, 112), (190, 66), (160, 150))

BIRD = (
    "M-17 1-8-1.6C-7.4-3.8-5.6-4.8-3.6-4L5-8.5-.6-2.6C3-2.4 6-1.4 8.5-.8L19-4.5 17.5-.4 20 1.8 9 2.2"
    "C5 4 0 4-3.6 1.4L-8 .6zM.5-1 6.5-12.5 11-11 6-.5zM1 2 5.5 11.5 10 11 6.5 1.6z"
)


@dataclass(frozen=True, slots=True)
class Face:
    """Where the drum lies and how large it is; radii below are those of a drum of scale 1."""

    centre: Point
    scale: float

    def disc(self, radius: float, fill: str) -> str:
        """A filled circle."""
        return pen.circle(self.centre, radius * self.scale, fill)

    def line(self, radius: float, width: float = 0.8, stroke: str = GOLD) -> str:
        """A plain ring."""
        return pen.ring(self.centre, radius * self.scale, stroke, width)

    def beads(self, radius: float, size: float, apart: float, stroke: str = LIGHT) -> str:
        """A ring of dots."""
        return pen.beads(self.centre, radius * self.scale, stroke, size, apart)

    def ticks(self, radius: float, length: float, apart: float) -> str:
        """A ring of short radial strokes."""
        return pen.ticks(self.centre, radius * self.scale, GOLD, length, apart)

    def star(self, outer: float, inner: float, tips: int) -> str:
        """The star in the middle."""
        return pen.path(pen.star(self.centre, outer * self.scale, inner * self.scale, tips), fill=GOLD)

    def around(self, drawing: str) -> str:
        """What was drawn around the origin, brought to this drum's place and size."""
        return pen.group(drawing, transform=f"{pen.shift(self.centre)} {pen.grow(self.scale)}")


def draw(dice: Dice) -> Picture:
    """Ring by ring, from the rim to the star, as the inner discs cover what the outer ones overdrew."""
    face = Face(dice.pick(CENTRES), dice.between(0.96, 1.12))
    body = (
        face.disc(168, BRONZE)
        + _toothed_ring(face)
        + _sun(face, tips=dice.pick((10, 12, 14, 16)))
        + _inner_rings(face)
        + _birds(face, count=dice.pick((6, 7, 8)))
        + _outer_rings(face)
    )
    return Picture(body, shapes=pen.element("path", id="l", d=BIRD) + _teeth())


def _toothed_ring(face: Face) -> str:
    return face.around(_eighths()) + face.disc(92, BRONZE)


@cache
def _eighths() -> str:
    return pen.group("".join(pen.use("t", transform=pen.turn(i * 45)) for i in range(8)), fill=GOLD)


@cache
def _teeth() -> str:
    """An eighth of the toothed ring, down to the centre; the discs drawn later leave only the teeth."""
    corners = [
        pen.polar((0, 0), 93 if i % 2 else 103, 45 * i / (2 * TEETH_IN_AN_EIGHTH))
        for i in range(2 * TEETH_IN_AN_EIGHTH + 1)
    ]
    return pen.element("path", id="t", d=f"M0 0 {pen.points(corners)}z")


def _sun(face: Face, tips: int) -> str:
    eye_radius = 28 * face.scale
    # The peacock eyes lie between the tips of the star, so their ring starts half a tip further on.
    x, y = face.centre
    eyes = pen.beads(
        face.centre,
        eye_radius,
        LIGHT,
        3,
        2 * math.pi * eye_radius / tips,
        transform=f"rotate({pen.number(180 / tips - 90)} {pen.points([(x, y)])})",
    )
    return face.disc(39, PATINA) + face.star(36, 12, tips) + face.disc(8, LIGHT) + face.disc(3.4, GOLD) + eyes


def _inner_rings(face: Face) -> str:
    return face.line(42) + face.ticks(49, length=5.4, apart=3.2) + face.beads(56, size=3, apart=7) + face.line(62)


def _birds(face: Face, count: int) -> str:
    return face.around(_flock(count))


@cache
def _flock(count: int) -> str:
    """Birds flying one after the other around the origin."""
    return "".join(
        pen.use(
            "l",
            fill=GOLD if i % 2 else LIGHT,
            transform=f"{pen.turn(i * 360 / count + 8)} {pen.shift((0, -77))} {pen.grow(1.15)}",
        )
        for i in range(count)
    )


def _outer_rings(face: Face) -> str:
    return (
        face.line(91)
        + face.line(104.5)
        # Beads with a hole: the band of tangent circles.
        + face.beads(113, size=6.4, apart=11)
        + face.beads(113, size=3, apart=11, stroke=BRONZE)
        + face.line(120)
        + face.ticks(127, length=6.4, apart=3.4)
        + face.line(134)
        + face.line(150, width=14, stroke=PATINA)
        + face.beads(150, size=3.6, apart=13)
        + face.line(168, width=1.6)
    )


DRUM = Motif("drum", Nightfall(grounds="abe", lifted="cd"), draw)
