"""A headline in lines: as large as it fits, broken so that the lines are about equally long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toasoan.share_images.line_breaks import clusters, lacks_dictionary, line_units

MOST_LINES = 4
SIZES = (96, 88, 80, 74, 68, 62, 57, 52, 48, 44)
"""In pixels; the smallest can still be read on a phone, where a picture is shown at a third of its width."""

TAKEN_APART = 68
"""Size in which a part of a text must fit into a line where its words are not known; else it is taken apart."""

ELLIPSIS = "…"
_BEFORE_NO_ELLIPSIS = " \u200b\u00a0,;:–—-،؛、，：；"
"""What is dropped where the end of a headline is cut off."""

_SPACES = " \u200b"

Measure = Callable[[str], float]
"""Gives the width of a text at a size of 1 pixel."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline in lines, from top to bottom."""

    lines: tuple[str, ...]
    size: int
    """In pixels."""


class _Unit(NamedTuple):
    """A part of a headline behind which a line may end, with its widths at a size of 1 pixel."""

    text: str
    wide: float
    bare: float
    """Without the space at its end."""


def fitted(
    text: str,
    language: str,
    measure: Measure,
    room: tuple[float, float],
    leading: float,
    ellipsis: str = ELLIPSIS,
) -> Headline:
    """A headline that fits into some room, as large as the room allows. Lines are `leading` sizes apart.

    What does not fit in the smallest size ends with an ellipsis.
    """
    parts: Sequence[str] = line_units(text, language)
    if lacks_dictionary(language):
        parts = _pieces(parts, measure, room[0] / TAKEN_APART)
    units = [_Unit(part, measure(part), measure(part.rstrip(_SPACES))) for part in parts]
    wide, high = room
    for size in SIZES:
        most = _most_lines(size, high, leading)
        lines = _filled(units, wide / size)
        if most and lines is not None and len(lines) <= most:
            lines = _balanced(units, wide / size, len(lines))
            # The width of a line may differ from that of its parts, if only by a little.
            if all(measure(line) <= wide / size for line in lines):
                return Headline(lines, size)
    size = SIZES[-1]
    most = max(1, _most_lines(size, high, leading))
    return Headline(_cut(_pieces(parts, measure, wide / size), measure, wide / size, most, ellipsis), size)


def shortened(text: str, language: str, measure: Measure, wide: float, ellipsis: str = ELLIPSIS) -> str:
    """One line of a text, with an ellipsis if there is more."""
    return _cut(_pieces(line_units(text, language), measure, wide), measure, wide, 1, ellipsis)[0]


def _most_lines(size: int, high: float, leading: float) -> int:
    """How many lines of a size have room."""
    return min(MOST_LINES, int(high / (leading * size)))


def _filled(units: Sequence[_Unit], wide: float) -> tuple[str, ...] | None:
    """Lines that take as many units as fit; None if one unit alone is too wide."""
    lines: list[str] = []
    line, reached = "", 0.0
    for unit in units:
        if unit.bare > wide:
            return None
        if line and reached + unit.bare > wide:
            lines.append(line)
            line, reached = "", 0.0
        line += unit.text
        reached += unit.wide
    return _trimmed([*lines, line])


def _trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(bare for line in lines if (bare := line.strip(_SPACES)))


def _balanced(units: Sequence[_Unit], wide: float, count: int) -> tuple[str, ...]:
    """The lines that stay as many in the least width, so that none is much longer than the others."""
    low, high = 0.0, wide
    best = _filled(units, wide) or ()
    for _ in range(7):  # halving the width so often leaves less than a hundredth of it
        middle = (low + high) / 2
        lines = _filled(units, middle)
        if lines is not None and len(lines) <= count:
            best, high = lines, middle
        else:
            low = middle
    return best


def _pieces(units: Sequence[str], measure: Measure, wide: float) -> list[str]:
    """Units that fit into a line: those that don't are taken apart between letters."""
    pieces: list[str] = []
    for unit in units:
        pieces += clusters(unit) if measure(unit.rstrip()) > wide else [unit]
    return pieces


def _cut(pieces: Sequence[str], measure: Measure, wide: float, most: int, ellipsis: str) -> tuple[str, ...]:
    """As many lines as may be, the last one with an ellipsis if there is more."""
    lines: list[str] = []
    line = ""
    for place, piece in enumerate(pieces):
        if line and measure((line + piece).rstrip()) > wide:
            if len(lines) == most - 1:
                return _trimmed([*lines, _ended(pieces, place, line, measure, wide, ellipsis)])
            lines.append(line)
            line = ""
        line += piece
    return _trimmed([*lines, line])


def _ended(pieces: Sequence[str], end: int, line: str, measure: Measure, wide: float, ellipsis: str) -> str:
    """A line without its last pieces, as many as the ellipsis takes room for."""
    while True:
        kept = line.rstrip(_BEFORE_NO_ELLIPSIS)
        if not kept or measure(kept + ellipsis) <= wide:
            return kept + ellipsis
        end -= 1
        line = line.removesuffix(pieces[end])
