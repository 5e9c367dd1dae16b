"""Rice terraces: three hills of stepped fields, hazier the farther away."""

import math
from dataclasses import dataclass

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import INDIGO, Ink, Inks, Nightfall
from toasoan.covers.picture import Motif, Picture

SKY, RICE, RIPE, BANK, SUN = ("a", "b", "c", "d", "e")

PALETTES = (
    ("#f3d9a0", "#2f5d34", "#d7b23c", "#123a26", "#fff3d6"),
    ("#bfe0dc", "#1f5b52", "#e2c35a", "#0c3634", "#f6fbef"),
    ("#f0b98a", "#7a3d1c", "#f2c552", "#4a1f12", "#fff0d2"),
    ("#d9e6cf", "#3a6b2a", "#c9d45a", "#1c4220", "#fdfdf0"),
)

STEPS = 9


@dataclass(frozen=True, slots=True)
class Hill:
    """A stack of fields; each step is smaller than the one below, and higher."""

    x: float
    y: float
    scale: float
    haze: float
    """How much of the sky lies between this hill and us."""

    turned: float
    """Degrees by which the common outline is turned, so that no two hills look alike."""

    def field(self, step: int, shade: str) -> str:
        """The field on one step, the lowest being 0."""
        height = step / (STEPS - 1)
        size = self.scale * (1 - 0.86 * height)
        drift = 6 * height * math.cos(math.radians(self.turned))
        place = pen.shift((self.x + drift, self.y - 34 * height))
        return pen.use(
            "h", fill=shade, transform=f"{place} {pen.grow(size * 1.12, size * 0.56)} {pen.turn(self.turned)}"
        )


def draw(dice: Dice, inks: Inks) -> Picture:
    """The sun, then the hills from the far left to the near middle."""
    sun = pen.circle((dice.pick((104, 150, 214)), dice.pick((38, 46))), dice.pick((18, 24)), SUN)
    shades: dict[str, Ink] = {}
    fields: list[str] = []
    for hill in _hills(dice):
        for step in range(STEPS):
            shade = f"t{len(shades)}"
            shades[shade] = _crop(dice, inks, step).towards(inks[SKY], hill.haze)
            fields.append(hill.field(step, shade))
    outline = pen.element(
        "path",
        id="h",
        vector_effect="non-scaling-stroke",
        stroke_opacity=0.5,
        d=pen.blob(dice, knots=9, low=0.8, high=1.15),
    )
    body = sun + pen.group("".join(fields), stroke=BANK, stroke_width=1.0)
    return Picture(body, shapes=outline, shades=shades)


def _hills(dice: Dice) -> tuple[Hill, ...]:
    def hill(x: tuple[int, int], y: tuple[int, int], scale: float, haze: float) -> Hill:
        return Hill(dice.between(*x), dice.between(*y), scale, haze, dice.between(0, 360))

    return (
        hill((-10, 60), (150, 180), 1.5, 0.35),
        hill((250, 330), (160, 190), 1.75, 0.15),
        hill((110, 200), (225, 240), 1.55, 0),
    )


def _crop(dice: Dice, inks: Inks, step: int) -> Ink:
    """The rice ripens uphill, but a flooded field mirrors the sky."""
    crop = inks[RICE].towards(inks[RIPE], (step / (STEPS - 1)) ** 1.2)
    return crop.towards(inks[SUN], 0.55) if dice.chance(0.2) else crop


TERRACES = Motif("terraces", PALETTES, Nightfall(grounds="a", towards=INDIGO), draw)
