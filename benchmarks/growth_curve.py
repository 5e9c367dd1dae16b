"""The growth curve: seconds of a cold build against the number of articles, both axes logarithmic, as SVG."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from results import Result, Scenario

Points = Sequence[tuple[int, float]]
"""Number of articles and seconds, in the order of the former."""

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 78, 606, 56, 392
LEAST_GAP = 18
"""Between the names at the ends of the lines."""

_LOOKS = {
    "toasoan": ("c1", "circle"),
    "hugo": ("c2", "square"),
    "hugo-newest": ("c3", "triangle"),
    "pelican": ("c4", "diamond"),
}
"""Colour and mark of each program's line: whoever sees no colours has the marks and the names."""

_STYLE = """
:root { color-scheme: light dark; }
.paper { fill: #ffffff; }
text { font: 14px system-ui, sans-serif; fill: #24292f; }
.title { font-size: 17px; font-weight: 600; }
.quiet { fill: #57606a; font-size: 13px; }
.grid { stroke: #d8dee4; stroke-width: 1; }
.axis { stroke: #57606a; stroke-width: 1.5; }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.c1 { --c: #b3261e; } .c2 { --c: #0550ae; } .c3 { --c: #1a7f37; } .c4 { --c: #8250df; }
.line { stroke: var(--c); } .mark, .name { fill: var(--c); } .name { font-weight: 600; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117; } text { fill: #e6edf3; } .quiet { fill: #9da7b3; }
  .grid { stroke: #30363d; } .axis { stroke: #9da7b3; }
  .c1 { --c: #ff8a80; } .c2 { --c: #79c0ff; } .c3 { --c: #56d364; } .c4 { --c: #d2a8ff; }
  .mark, .name { fill: var(--c); }
}
"""


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to places on the picture, logarithmically."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = math.log(value / self.least) / math.log(self.most / self.least)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """1, 2 and 5 of every power of ten in the range; only the powers where it spans many."""
        steps = (1, 2, 5) if self.most / self.least <= 2000 else (1,)
        for power in range(math.floor(math.log10(self.least)), math.ceil(math.log10(self.most)) + 1):
            for step in steps:
                if self.least <= step * 10**power <= self.most * (1 + 1e-9):
                    yield step * 10.0**power


def points_by_program(results: Iterable[Result]) -> Mapping[str, Points]:
    """The median cold build of each program at each number of articles; of several results the newest counts.

    Results of another corpus than the newest one's are left out.
    """
    results = sorted(results, key=lambda result: result.date)
    found: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for result in results:
        if result.corpus != results[-1].corpus:
            continue
        for program in result.programs:
            if program not in _LOOKS:  # what builds other pages is not compared
                continue
            seconds = result.median_of(program, Scenario.COLD, lambda it: it.usage.wall_seconds)
            if seconds is not None:
                found[program][result.articles] = seconds
    return {program: sorted(points.items()) for program, points in found.items()}


def growth_curve(curves: Mapping[str, Points]) -> str:
    """The picture; its colours follow whether the reader's system is light or dark."""
    numbers = [number for points in curves.values() for number, _ in points]
    seconds = [value for points in curves.values() for _, value in points]
    x = _Scale(*_range(numbers), LEFT, RIGHT)
    y = _Scale(*_range(seconds), BOTTOM, TOP)
    words = "Seconds of a cold build against the number of articles, both axes logarithmic"
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description">',
        f'<title id="title">{words}</title>',
        f'<desc id="description">{escape(_in_words(curves))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="6"/>',
        f'<text class="title" x="{LEFT}" y="30">A cold build of the whole portal</text>',
        *_axes(x, y),
        *(_line(program, points, x, y) for program, points in curves.items()),
        *_names(curves, x, y),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _range(values: Sequence[float]) -> tuple[float, float]:
    """A little more than the values span, and at least a factor of four."""
    least, most = min(values) / 1.15, max(values) * 1.15
    widening = max(1.0, math.sqrt(4 * least / most))
    return least / widening, most * widening


def _axes(x: _Scale, y: _Scale) -> Iterator[str]:
    for tick in x.ticks():
        yield f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{TOP}" y2="{BOTTOM}"/>'
        yield f'<text class="quiet" x="{x(tick):.1f}" y="{BOTTOM + 20}" text-anchor="middle">{tick:,.0f}</text>'
    for tick in y.ticks():
        yield f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
        yield f'<text class="quiet" x="{LEFT - 10}" y="{y(tick) + 4.5:.1f}" text-anchor="end">{tick:,g}</text>'
    yield f'<path class="axis" fill="none" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>'
    yield f'<text x="{(LEFT + RIGHT) / 2}" y="{BOTTOM + 48}" text-anchor="middle">articles</text>'
    middle = (TOP + BOTTOM) / 2
    yield f'<text transform="translate(22 {middle}) rotate(-90)" text-anchor="middle">seconds</text>'


def _line(program: str, points: Points, x: _Scale, y: _Scale) -> str:
    colour, mark = _LOOKS[program]
    places = [(x(number), y(seconds)) for number, seconds in points]
    path = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
    marks = "".join(_mark(mark, across, down) for across, down in places)
    return f'<g class="{colour}"><polyline class="line" points="{path}"/>{marks}</g>'


def _mark(shape: str, x: float, y: float) -> str:
    corners = {
        "square": ((-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5)),
        "triangle": ((0, -6), (5.5, 4.5), (-5.5, 4.5)),
        "diamond": ((0, -6.5), (6.5, 0), (0, 6.5), (-6.5, 0)),
    }
    if shape == "circle":
        return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    return f'<polygon class="mark" points="{" ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in corners[shape])}"/>'


def _names(curves: Mapping[str, Points], x: _Scale, y: _Scale) -> Iterator[str]:
    """The programs' names and marks beside the ends of their lines, moved apart where they would touch."""
    lowest_first = sorted(curves, key=lambda program: curves[program][-1][1])
    above = math.inf
    for program in lowest_first:
        colour, mark = _LOOKS[program]
        _, seconds = curves[program][-1]
        above = min(y(seconds), above - LEAST_GAP)
        yield (
            f'<g class="{colour}">{_mark(mark, RIGHT + 16, above)}'
            f'<text class="name" x="{RIGHT + 28}" y="{above + 5:.1f}">{program}</text></g>'
        )


def _in_words(curves: Mapping[str, Points]) -> str:
    return " ".join(
        f"{program}: {', '.join(f'{seconds:.1f} s at {number:,}' for number, seconds in points)}."
        for program, points in curves.items()
    )
