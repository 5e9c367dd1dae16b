"""A headline in lines: as large as it fits, broken so that the lines are about equally long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from toasoan.share_images.line_breaks import clusters, line_units

MOST_LINES = 4
SIZES = (96, 88, 80, 74, 68, 62, 57, 52, 48, 44)
"""In pixels; the smallest can still be read on a phone, where a picture is shown at a third of its width."""

ELLIPSIS = "…"
_BEFORE_NO_ELLIPSIS = " \u200b\u00a0,;:–—-،؛、，：；"
"""What is dropped where the end of a headline is cut off."""

Measure = Callable[[str], float]
"""Gives the width of a text at a size of 1 pixel."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline in lines, from top to bottom."""

    lines: tuple[str, ...]
    size: int
    """In pixels."""


def fitted(text: str, language: str, measure: Measure, room: tuple[float, float], leading: float) -> Headline:
    """A headline that fits into some room, as large as the room allows. Lines are `leading` sizes apart.

    What does not fit in the smallest size ends with an ellipsis.
    """
    units = line_units(text, language)
    wide, high = room
    for size in SIZES:
        most = _most_lines(size, high, leading)
        lines = _filled(units, measure, wide / size)
        if most and lines is not None and len(lines) <= most:
            return Headline(_balanced(units, measure, wide / size, len(lines)), size)
    size = SIZES[-1]
    most = max(1, _most_lines(size, high, leading))
    return Headline(_cut(_pieces(units, measure, wide / size), measure, wide / size, most), size)


def _most_lines(size: int, high: float, leading: float) -> int:
    """How many lines of a size have room."""
    return min(MOST_LINES, int(high / (leading * size)))


def _filled(units: Sequence[str], measure: Measure, wide: float) -> tuple[str, ...] | None:
    """Lines that take as many units as fit; None if one unit alone is too wide."""
    lines: list[str] = []
    line = ""
    for unit in units:
        if line and measure((line + unit).rstrip()) > wide:
            lines.append(line)
            line = ""
        line += unit
        if line == unit and measure(unit.rstrip()) > wide:
            return None
    return _trimmed([*lines, line])


def _trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip(" \u200b") for line in lines if line.strip(" \u200b"))


def _balanced(units: Sequence[str], measure: Measure, wide: float, count: int) -> tuple[str, ...]:
    """The lines that stay as many in the least width, so that none is much longer than the others."""
    low, high = 0.0, wide
    best = _filled(units, measure, wide) or ()
    for _ in range(7):  # halving the width so often leaves less than a hundredth of it
        middle = (low + high) / 2
        lines = _filled(units, measure, middle)
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


def _cut(pieces: Sequence[str], measure: Measure, wide: float, most: int) -> tuple[str, ...]:
    """As many lines as may be, the last one with an ellipsis if there is more."""
    lines: list[str] = []
    line = ""
    for place, piece in enumerate(pieces):
        if line and measure((line + piece).rstrip()) > wide:
            if len(lines) == most - 1:
                return _trimmed([*lines, _ended(pieces, place, line, measure, wide)])
            lines.append(line)
            line = ""
        line += piece
    return _trimmed([*lines, line])


def _ended(pieces: Sequence[str], end: int, line: str, measure: Measure, wide: float) -> str:
    """A line without its last pieces, as many as the ellipsis takes room for."""
    while True:
        kept = line.rstrip(_BEFORE_NO_ELLIPSIS)
        if not kept or measure(kept + ELLIPSIS) <= wide:
            return kept + ELLIPSIS
        end -= 1
        line = line.removesuffix(pieces[end])
