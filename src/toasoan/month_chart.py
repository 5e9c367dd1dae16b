"""Articles by month as an SVG chart: a column for each month, parted by language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from toasoan.statistics import NONE, Statistics

MOST_MONTHS = 36
MOST_LANGUAGES = 6
"""That have a colour of their own; the others share one."""

WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 84, 44
COLOURS = ("#c8102e", "#e0a526", "#1f6f5c", "#2f5d9b", "#7a4b8f", "#c2602b")
OTHERS = "#8a8a8a"

_STYLE = """
text { font: 14px system-ui, sans-serif; fill: #222; }
.title { font-size: 20px; font-weight: 600; }
.line { stroke: #ccc; stroke-width: 1; }
.ground { fill: #fffefa; }
@media (prefers-color-scheme: dark) {
  text { fill: #eee; } .line { stroke: #444; } .ground { fill: #14110f; }
}"""


def month_chart(found: Statistics, names: Mapping[str, str], title: str) -> str:
    """The chart of the newest months, as SVG; languages are called by `names`."""
    months = _months(found)
    parts = _parts(found, months, names)
    highest = max((sum(counts[place] for _, _, counts in parts) for place in range(len(months))), default=0)
    step = _step(highest)
    top = max(step, math.ceil(highest / step) * step)
    across, up = (WIDTH - LEFT - RIGHT) / max(1, len(months)), (HEIGHT - TOP - BOTTOM) / top
    told = ", ".join(f"{name} {sum(counts)}" for name, _, counts in parts)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title>',
        f'<desc id="d">{escape(f"{_span(months)}: {told}" if months else "There is no article with a date.")}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" x="{LEFT}" y="32">{escape(title)}</text>',
        *_legend(parts),
    ]
    for value in range(0, top + 1, step):
        y = HEIGHT - BOTTOM - value * up
        lines.append(f'<line class="line" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{value}</text>')
    every = max(1, math.ceil(len(months) / 12))
    for place, month in enumerate(months):
        x, y = LEFT + place * across, float(HEIGHT - BOTTOM)
        for name, colour, counts in parts:
            if counts[place]:
                y -= counts[place] * up
                lines.append(
                    f'<rect x="{x + across * 0.1:.1f}" y="{y:.1f}" width="{across * 0.8:.1f}"'
                    f' height="{counts[place] * up:.1f}" fill="{colour}">'
                    f"<title>{escape(f'{month}, {name}: {counts[place]}')}</title></rect>"
                )
        if (len(months) - 1 - place) % every == 0:
            label = f'<text x="{x + across / 2:.1f}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle">{month}</text>'
            lines.append(label)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _months(found: Statistics) -> Sequence[str]:
    """The newest months, those without an article between them too."""
    known = sorted(month for month in found.whole.months if month != NONE)
    if not known:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (known[0], known[-1]))
    return [f"{it // 12:04}-{it % 12 + 1:02}" for it in range(max(first, last - MOST_MONTHS + 1), last + 1)]


def _parts(
    found: Statistics, months: Sequence[str], names: Mapping[str, str]
) -> Sequence[tuple[str, str, Sequence[int]]]:
    """Name, colour and numbers by month of the largest languages, and of all others together."""
    by_size = sorted(found.languages, key=lambda tag: -found.languages[tag].articles)
    large = [tag for tag in by_size[:MOST_LANGUAGES] if found.languages[tag].articles]
    parts = [
        (names.get(tag, tag), COLOURS[place], [found.languages[tag].months[month] for month in months])
        for place, tag in enumerate(large)
    ]
    rest = [sum(found.languages[tag].months[month] for tag in by_size[MOST_LANGUAGES:]) for month in months]
    return [*parts, ("others", OTHERS, rest)] if any(rest) else parts


def _legend(parts: Sequence[tuple[str, str, Sequence[int]]]) -> Sequence[str]:
    wide = (WIDTH - LEFT - RIGHT) / max(1, len(parts))
    lines = []
    for place, (name, colour, _) in enumerate(parts):
        x = LEFT + place * wide
        lines.append(f'<rect x="{x:.1f}" y="48" width="14" height="14" fill="{colour}"/>')
        lines.append(f'<text x="{x + 20:.1f}" y="60">{escape(name)}</text>')
    return lines


def _step(highest: int) -> int:
    """The distance of lines of the grid: 1, 2 or 5 times a power of ten, so that there are at most five."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= 5 * factor * size:
                return factor * size
        size *= 10


def _span(months: Sequence[str]) -> str:
    return months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}"
