"""From a motif's drawing to the SVG text: the style sheet by day and by night, the ground, the frame."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from toasoan.covers.dice import Dice
from toasoan.covers.ink import Ink, Inks, Nightfall, Palette
from toasoan.covers.pen import HEIGHT, WIDTH, element, path

GROUND = "a"
"""The ink that fills the picture before anything else is drawn."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a motif has drawn."""

    body: str

    shapes: str = ""
    """Definitions that the body refers to by id."""

    shades: Inks = field(default_factory=dict)
    """The inks that were mixed for this picture, beside those of its palette."""


Draw: TypeAlias = Callable[[Dice, Inks], Picture]


@dataclass(frozen=True, slots=True)
class Motif:
    """A subject that covers can have."""

    name: str
    """What front matter calls it."""

    palettes: tuple[Palette, ...]
    nightfall: Nightfall
    draw: Draw


def compose(picture: Picture, inks: Inks) -> str:
    """The whole SVG document."""
    shapes = element("defs", picture.shapes) if picture.shapes else ""
    drawing = shapes + path(f"M0 0h{WIDTH}v{HEIGHT}H0z", fill=GROUND) + picture.body
    style = _style({**inks, **picture.shades}, drawing)
    # The size is what a viewer gets who opens the file alone. `fill="none"` spares every line the same word.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="1280" height="720" '
        f'preserveAspectRatio="xMidYMid slice" fill="none"><style>{style}</style>{drawing}</svg>'
    )


def _style(inks: Inks, drawing: str) -> str:
    used = {name for names in re.findall(r'class="([^"]*)"', drawing) for name in names.split()}
    day = _rules(inks, used, lambda ink: ink.day)
    night = _rules(inks, used, lambda ink: ink.night)
    return f"{day}@media(prefers-color-scheme:dark){{{night}}}"


def _rules(inks: Inks, used: set[str], colour: Callable[[Ink], str]) -> str:
    fills = (f".{name}{{fill:{colour(ink)}}}" for name, ink in inks.items() if name in used)
    strokes = (f".{name}s{{stroke:{colour(ink)}}}" for name, ink in inks.items() if f"{name}s" in used)
    return "".join((*fills, *strokes))
