"""Rice terraces: three hills of stepped fields, hazier the farther away."""

import math
from dataclasses import dataclass

from toasoan.covers import pen
from toasoan.covers.dice import Dice
from toasoan.covers.ink import INDIGO, Ink, Inks, Nightfall
from toasoan.covers.pen import number
from toasoan.covers.picture import Motif, Picture

SKY, RICE, RIPE, BANK, SUN = ("a", "b", "c", "d", "e")

STEPS = 7

RISE = 74
"""How much higher the last step lies than the first."""

HAZES = {"h": 0.35, "i": 0.15, "j": 0.0}
"""How much of the sky lies between us and each hill, from the far left to the near middle."""

FLOODED = "w"


@dataclass(frozen=True, slots=True)
class Hill:
    """A stack of fields; each step is smaller than the one below, and higher."""

    name: str
    x: float
    y: float
    scale: float
    turned: float
    """Degrees by which the common outline is turned, so that no two hills look alike."""

    def drawn(self, dice: Dice) -> str:
        """The fields from the lowest one up. Now and then one is flooded."""
        x, y, across, down = self.x, self.y, self.scale * 1.12, self.scale * 0.4
        drift = 6 * math.cos(math.radians(self.turned))
        end = f" {pen.turn(self.turned)}"
        fields = []
        for step in range(STEPS):
            shade = f"{self.name}{FLOODED if dice.chance(0.2) else step}"
            height = step / (STEPS - 1)
            size = 1 - 0.86 * height
            # Written out: these are most of the elements of a cover, and most of the work of drawing it.
            fields.append(
                f'<use class="{shade}" href="#p" transform="translate({number(x + drift * height)} '
                f"{number(y - RISE * height)}) scale({number(across * size, 2)} {number(down * size, 2)})"
                f'{end}"/>'
            )
        return "".join(fields)


def draw(dice: Dice) -> Picture:
    """The sun, then the hills from the far left to the near middle."""
    sun = pen.circle((dice.pick((104, 150, 214)), dice.pick((38, 46))), dice.pick((18, 24)), SUN)
    fields = "".join([hill.drawn(dice) for hill in _hills(dice)])
    outline = pen.element(
        "path",
        id="p",
        vector_effect="non-scaling-stroke",
        stroke_opacity=0.5,
        d=pen.blob(dice, knots=9, low=0.8, high=1.15),
    )
    return Picture(sun + pen.group(fields, stroke=BANK, stroke_width=1.0), shapes=outline)


def _hills(dice: Dice) -> tuple[Hill, ...]:
    def hill(name: str, x: tuple[int, int], y: tuple[int, int], scale: float) -> Hill:
        return Hill(name, dice.between(*x), dice.between(*y), scale, dice.between(0, 360))

    return (
        hill("h", (-10, 60), (150, 180), 1.5),
        hill("i", (250, 330), (160, 190), 1.75),
        hill("j", (110, 200), (206, 226), 1.6),
    )


def _shades(inks: Inks) -> Inks:
    """The rice ripens uphill, but a flooded field mirrors the sky."""
    shades: dict[str, Ink] = {}
    for name, haze in HAZES.items():
        crops = [inks[RICE].towards(inks[RIPE], (step / (STEPS - 1)) ** 1.2) for step in range(STEPS)]
        shades |= {f"{name}{step}": crop.towards(inks[SKY], haze) for step, crop in enumerate(crops)}
        shades[f"{name}{FLOODED}"] = crops[STEPS // 2].towards(inks[SUN], 0.55).towards(inks[SKY], haze)
    return shades


TERRACES = Motif("terraces", Nightfall(grounds="a", towards=INDIGO), draw, _shades)
