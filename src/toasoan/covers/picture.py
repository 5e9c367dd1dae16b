"""From a motif's drawing to the SVG text: the style sheet by day and by night, the ground, the frame."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypeAlias

from toasoan.covers.dice import Dice
from toasoan.covers.ink import Inks, Nightfall
from toasoan.covers.look import Look
from toasoan.covers.palettes import PALETTES
from toasoan.covers.pen import HEIGHT, WIDTH

GROUND = "a"
"""The ink that fills the picture before anything else is drawn."""

_CLASSES = re.compile(r' class="([^"]*)"').findall

_MIRRORED = f":target>g{{transform:matrix(-1,0,0,1,{WIDTH},0)}}"

# The size is what a viewer gets who opens the file alone. `fill="none"` spares every line the same word.
_START = (
    f'<svg xmlns="http://www.w3.org/2000/svg" id="b" viewBox="0 0 {WIDTH} {HEIGHT}" width="1280" height="720" '
    'preserveAspectRatio="xMidYMid slice" fill="none"><style>'
)
_GROUND = f'<path class="{GROUND}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'


@dataclass(frozen=True, slots=True)
class Picture:
    """What a motif has drawn: geometry, and the class names of its inks."""

    body: str

    shapes: str = ""
    """Definitions that the body refers to by id; `b` is taken by the whole."""


Draw: TypeAlias = Callable[[Dice], Picture]


def _no_shades(inks: Inks) -> Inks:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Motif:
    """A subject that covers can have."""

    name: str
    """What front matter calls it."""

    nightfall: Nightfall
    draw: Draw

    shades: Callable[[Inks], Inks] = _no_shades
    """All inks that its drawings may use besides those of a palette, mixed from these."""


def compose(motif: Motif, picture: Picture, look: Look) -> str:
    """The whole SVG document."""
    shapes = f"<defs>{picture.shapes}</defs>" if picture.shapes else ""
    drawing = f"<g>{shapes}{_GROUND}{picture.body}</g>"
    return f"{_START}{_style(motif, look, drawing)}</style>{drawing}</svg>"


def _style(motif: Motif, look: Look, drawing: str) -> str:
    used = sorted({name for names in set(_CLASSES(drawing)) for name in names.split()})
    plain = [_rules(motif, look.palette)[name] for name in used]
    other = [_rules(motif, look.in_other_inks().palette, ":target ")[name] for name in used]
    day, night, other_day, other_night = (
        "".join([pair[time] for pair in pairs]) for pairs in (plain, other) for time in (0, 1)
    )
    return f"{day}{_MIRRORED}{other_day}@media(prefers-color-scheme:dark){{{night}{other_night}}}"


@cache  # drawings share a few dozen palettes, and mixing is most of the work
def _rules(motif: Motif, palette: int, where: str = "") -> Mapping[str, tuple[str, str]]:
    """By class name: what the style sheet says of it by day and by night."""
    inks = motif.nightfall.inks(PALETTES[motif.name][palette])
    rules: dict[str, tuple[str, str]] = {}
    for name, ink in {**inks, **motif.shades(inks)}.items():
        for class_, paint in ((name, "fill"), (f"{name}s", "stroke")):
            day, night = (f"{where}.{class_}{{{paint}:{colour}}}" for colour in (ink.day, ink.night))
            rules[class_] = day, night
    return rules
