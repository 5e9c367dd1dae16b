"""From a motif's drawing to the SVG text: the style sheet by day and by night, the ground, the frame."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TypeAlias

from toasoan.covers.dice import Dice
from toasoan.covers.ink import Inks, Nightfall
from toasoan.covers.look import OTHER_INKS, Look
from toasoan.covers.palettes import PALETTES
from toasoan.covers.pen import HEIGHT, WIDTH

GROUND = "a"
"""The ink that fills the picture before anything else is drawn."""

_CLASSES = re.compile(r' class="([^"]*)"').findall

_MIRRORED = f":target>g{{transform:matrix(-1,0,0,1,{WIDTH},0)}}"

# The size is what a viewer gets who opens the file alone. `fill="none"` spares every line the same word.
_START = (
    f'<svg xmlns="http://www.w3.org/2000/svg" id="{OTHER_INKS}" viewBox="0 0 {WIDTH} {HEIGHT}" '
    'width="1280" height="720" preserveAspectRatio="xMidYMid slice" fill="none"><style>'
)
_GROUND = f'<path class="{GROUND}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'


@dataclass(frozen=True, slots=True)
class Picture:
    """What a motif has drawn: geometry, and the class names of its inks."""

    body: str

    shapes: str = ""
    """Definitions that the body refers to by id; the whole has `OTHER_INKS` for its own."""


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
    return f"{_START}{_style(motif, look.palette, frozenset(_CLASSES(drawing)))}</style>{drawing}</svg>"


@lru_cache(maxsize=512)  # most motifs always use the same inks
def _style(motif: Motif, palette: int, classes: frozenset[str]) -> str:
    used = sorted({name for names in classes for name in names.split()})
    # What `use` repeats does not know its ancestors, so no rule below `:target` reaches it; custom properties do.
    named = _rules(motif)
    inks = sorted({named[name][0] for name in used})
    rules = "".join([named[name][1] for name in used])
    day, night = _colours(motif, palette)
    other_day, other_night = _colours(motif, Look(motif.name, palette).in_other_inks().palette)
    plain, other = (_block("svg", inks, day), _block(":target", inks, other_day))
    dark = _block("svg", inks, night) + _block(":target", inks, other_night)
    return f"{plain}{other}@media(prefers-color-scheme:dark){{{dark}}}{rules}{_MIRRORED}"


def _block(where: str, inks: Iterable[str], colours: Mapping[str, str]) -> str:
    return f"{where}{{{';'.join([colours[ink] for ink in inks])}}}"


@cache
def _rules(motif: Motif) -> Mapping[str, tuple[str, str]]:
    """By class name: its ink, and what the style sheet says of it."""
    rules: dict[str, tuple[str, str]] = {}
    for ink in inks_of(motif, 0):
        rules[ink] = ink, f".{ink}{{fill:var(--{ink})}}"
        rules[f"{ink}s"] = ink, f".{ink}s{{stroke:var(--{ink})}}"
    return rules


@cache  # drawings share a few dozen palettes, and mixing is most of the work
def _colours(motif: Motif, palette: int) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """By ink: its colour by day, and by night."""
    inks = inks_of(motif, palette).items()
    return {name: f"--{name}:{ink.day}" for name, ink in inks}, {name: f"--{name}:{ink.night}" for name, ink in inks}


def inks_of(motif: Motif, palette: int) -> Inks:
    """All inks of a motif's drawings in one of its palettes, by the class names under which drawings use them."""
    inks = motif.nightfall.inks(PALETTES[motif.name][palette])
    return {**inks, **motif.shades(inks)}
