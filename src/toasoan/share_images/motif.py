"""A motif of the covers as pixels: the second way to look at what `toasoan.covers` draws as SVG.

Pillow can't read SVG. The covers' pens use few of its elements, so these few are drawn here: paths, circles and
ellipses, groups and uses with transforms, strokes with dashes, clips, patterns and one kind of gradient. Everything
is drawn larger and reduced at the end, so that edges are smooth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from xml.etree import ElementTree

from PIL import Image, ImageDraw

from toasoan.covers.dice import Dice
from toasoan.covers.look import Look
from toasoan.covers.motifs import MOTIFS
from toasoan.covers.pen import HEIGHT, WIDTH
from toasoan.covers.picture import GROUND, inks_of

LARGER = 2
"""How much larger it is drawn than it will be."""

BROAD = 30
"""Width in pixels from which on the corners of lines are filled."""

KEY = "share"
"""All drawings of a motif are one and the same: only the inks differ."""

Point = tuple[float, float]
Colour = tuple[int, int, int, int]
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of https://www.w3.org/TR/SVG2/coords.html."""

Outline = tuple[list[Point], bool]
"""Corners, and whether the last one leads back to the first."""

CURVE = 10
"""Straight lines that stand for a curve."""


@lru_cache(maxsize=2)  # a look is drawn for both directions of writing
def motif_image(look: Look, height: int) -> Image.Image:
    """The drawing of a look by day, so many pixels high and in the shape of covers."""
    motif = MOTIFS[look.motif]
    drawn = motif.draw(Dice(look.motif, KEY))
    inks = {name: _colour(ink.day) for name, ink in inks_of(motif, look.palette).items()}
    root = ElementTree.fromstring(f"<svg><defs>{drawn.shapes}</defs>{drawn.body}</svg>")  # noqa: S314  # our own
    scale = height * LARGER / HEIGHT
    image = Image.new("RGB", (round(WIDTH * scale), height * LARGER), inks[GROUND][:3])
    painter = _Painter(image, inks, {node.get("id", ""): node for node in root.iter() if node.get("id")}, scale)
    start = _Style((scale, 0, 0, scale, 0, 0))
    for node in root:
        painter.paint(node, start)
    return painter.image.resize((round(WIDTH * height / HEIGHT), height), Image.Resampling.BOX)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a drawing inherits from the groups around it."""

    matrix: Matrix
    fill: str = "none"
    stroke: str = "none"
    width: float = 1.0
    dashes: tuple[float, ...] = ()
    offset: float = 0.0
    is_round: bool = False
    keeps_width: bool = False
    opacity: float = 1.0
    stroke_opacity: float = 1.0


class _Painter:
    def __init__(
        self, image: Image.Image, inks: Mapping[str, Colour], shapes: Mapping[str, ElementTree.Element], scale: float
    ) -> None:
        self.image = image
        self._inks = inks
        self._shapes = shapes
        self._scale = scale
        self._draw = ImageDraw.Draw(image, "RGBA")

    def paint(self, node: ElementTree.Element, around: _Style) -> None:
        style = self._style(node, around)
        clip = node.get("clip-path")
        if clip:
            before = self.image.copy()
        match node.tag:
            case "g":
                for child in node:
                    self.paint(child, style)
            case "use":
                x, y = float(node.get("x", 0)), float(node.get("y", 0))
                moved = replace(style, matrix=_product(style.matrix, (1, 0, 0, 1, x, y)))
                self.paint(self._shapes[node.get("href", "")[1:]], moved)
            case "path":
                self._outlines(_outlines(node.get("d", "")), style)
            case "circle" | "ellipse":
                centre = float(node.get("cx", 0)), float(node.get("cy", 0))
                across = float(node.get("r") or node.get("rx") or 0)
                down = float(node.get("r") or node.get("ry") or 0)
                self._outlines([(_ellipse(centre, across, down), True)], style)
        if clip:
            self._keep_inside(self._shapes[clip[5:-1]], style, before)

    def _keep_inside(self, clip: ElementTree.Element, style: _Style, before: Image.Image) -> None:
        mask = Image.new("L", self.image.size)
        inside = ImageDraw.Draw(mask)
        for child in clip:
            shape = self._shapes[child.get("href", "")[1:]] if child.tag == "use" else child
            for corners, _ in _outlines(shape.get("d", "")):
                inside.polygon([_moved(style.matrix, corner) for corner in corners], fill=255)
        self.image.paste(Image.composite(self.image, before, mask))

    def _style(self, node: ElementTree.Element, around: _Style) -> _Style:
        style = around
        for name in node.get("class", "").split():
            style = replace(style, fill=name) if name in self._inks else replace(style, stroke=name[:-1])
        given = node.attrib
        if not given.keys() - {"class", "d", "id", "href", "cx", "cy", "r", "rx", "ry", "x", "y"}:
            return style
        return _Style(
            matrix=_product(style.matrix, _transform(given.get("transform", ""))),
            fill=given.get("fill", style.fill),
            stroke=style.stroke,
            width=float(given.get("stroke-width", style.width)),
            dashes=_numbers(given["stroke-dasharray"]) if "stroke-dasharray" in given else style.dashes,
            offset=float(given.get("stroke-dashoffset", style.offset)),
            is_round=given.get("stroke-linecap", "round" if style.is_round else "") == "round",
            keeps_width=style.keeps_width or "vector-effect" in given,
            opacity=style.opacity * float(given.get("opacity", 1)),
            stroke_opacity=float(given.get("stroke-opacity", style.stroke_opacity)),
        )

    # ---- ink on paper

    def _outlines(self, outlines: Sequence[Outline], style: _Style) -> None:
        if style.fill.startswith("url("):
            self._fill_from(self._shapes[style.fill[5:-1]], outlines, style)
        elif style.fill != "none":
            ink = self._ink(style.fill, style.opacity)
            for corners, _ in outlines:
                if len(corners) > 2:
                    self._draw.polygon([_moved(style.matrix, corner) for corner in corners], fill=ink)
        if style.stroke != "none":
            ink = self._ink(style.stroke, style.opacity * style.stroke_opacity)
            for outline in outlines:
                self._stroke(outline, style, ink)

    def _fill_from(self, source: ElementTree.Element, outlines: Sequence[Outline], style: _Style) -> None:
        xs = [x for corners, _ in outlines for x, _ in corners]
        ys = [y for corners, _ in outlines for _, y in corners]
        if source.tag == "radialGradient":
            colour = _colour(source[0].get("stop-color", ""))
            opacity = float(source[0].get("stop-opacity", 1))
            centre, radius = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), (max(xs) - min(xs)) / 2
            steps = 12
            for step in range(steps):
                disc = _ellipse(centre, radius * (steps - step) / steps, radius * (steps - step) / steps)
                ink = (*colour[:3], round(255 * opacity / steps))
                self._draw.polygon([_moved(style.matrix, corner) for corner in disc], fill=ink)
            return
        across, down = float(source.get("width", 0)), float(source.get("height", 0))
        bare = _Style(style.matrix, opacity=style.opacity)
        for row in range(math.floor(min(ys) / down), math.ceil(max(ys) / down)):
            for column in range(math.floor(min(xs) / across), math.ceil(max(xs) / across)):
                placed = replace(bare, matrix=_product(style.matrix, (1, 0, 0, 1, column * across, row * down)))
                for child in source:
                    self.paint(child, placed)

    def _stroke(self, outline: Outline, style: _Style, ink: Colour) -> None:
        a, b, c, d, _, _ = style.matrix
        grown = self._scale if style.keeps_width else math.sqrt(abs(a * d - b * c))
        width = max(1.0, style.width * grown)
        corners, is_closed = outline
        places = [_moved(style.matrix, corner) for corner in corners]
        if is_closed and places:
            places.append(places[0])
        dashes = [dash * grown for dash in style.dashes]
        lines = _dashed(places, dashes, style.offset * grown) if sum(dashes) > 0 else [places]
        for line in lines:
            # Pillow leaves gaps at the corners of very broad lines.
            is_broad = width > BROAD * LARGER
            line = line[::2] if is_broad else line
            if len(line) > 1:
                self._draw.line(line, fill=ink, width=round(width), joint=None if is_broad else "curve")
            rounded = line if is_broad else {line[0], line[-1]} if style.is_round and line else ()
            for x, y in rounded:
                self._draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=ink)

    def _ink(self, name: str, opacity: float) -> Colour:
        red, green, blue, _ = self._inks[name] if name in self._inks else _colour(name)
        return red, green, blue, round(255 * opacity)


def _colour(text: str) -> Colour:
    if len(text) == 4:
        text = "#" + "".join(2 * digit for digit in text[1:])
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16), 255


# ---- geometry


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def _moved(matrix: Matrix, place: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = place
    return a * x + c * y + e, b * x + d * y + f


_FUNCTION = re.compile(r"(\w+)\(([^)]*)\)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, _NUMBER.findall(text)))


def _transform(text: str) -> Matrix:
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    for name, given in _FUNCTION.findall(text):
        values = _numbers(given)
        match name:
            case "translate":
                step: Matrix = (1, 0, 0, 1, values[0], values[1] if len(values) > 1 else 0)
            case "scale":
                step = (values[0], 0, 0, values[-1], 0, 0)
            case _:
                angle = math.radians(values[0])
                x, y = values[1:] or (0, 0)
                cos, sin = math.cos(angle), math.sin(angle)
                step = (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
        matrix = _product(matrix, step)
    return matrix


def _ellipse(centre: Point, across: float, down: float) -> list[Point]:
    corners = max(16, round(4 * math.sqrt(max(across, down)) * 2))
    turns = (math.tau * corner / corners for corner in range(corners))
    return [(centre[0] + across * math.cos(turn), centre[1] + down * math.sin(turn)) for turn in turns]


def _dashed(places: Sequence[Point], dashes: Sequence[float], offset: float) -> Iterator[list[Point]]:
    """The parts of a line that are drawn."""
    pattern = [*dashes, *dashes] if len(dashes) % 2 else list(dashes)
    at, index = offset % sum(pattern), 0
    while at > pattern[index]:
        at -= pattern[index]
        index = (index + 1) % len(pattern)
    left, is_drawn = pattern[index] - at, index % 2 == 0
    line = [places[0]] if is_drawn and places else []
    for start, end in pairwise(places):
        length = math.dist(start, end)
        gone = 0.0
        while length - gone > left:
            gone += left
            share = gone / length
            place = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
            if is_drawn:
                yield [*line, place]
            index = (index + 1) % len(pattern)
            left, is_drawn = pattern[index], not is_drawn
            line = [place]
        left -= length - gone
        if is_drawn:
            line.append(end)
    if is_drawn and len(line) > 1:
        yield line


_STEP = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7}


def _outlines(data: str) -> list[Outline]:
    """Path data as straight lines, after https://www.w3.org/TR/SVG2/paths.html."""
    outlines: list[Outline] = []
    corners: list[Point] = []
    here = start = control = (0.0, 0.0)
    before = ""
    for command, given in _STEP.findall(data):
        kind = command.lower()
        if kind == "z":
            outlines.append((corners, True))
            corners, here, before = [], start, "z"
            continue
        values = _numbers(given)
        for first in range(0, len(values), _TAKES[kind]):
            now = values[first : first + _TAKES[kind]]
            base = here if command.islower() else (0.0, 0.0)
            if kind == "m" and first == 0:
                if corners:
                    outlines.append((corners, False))
                here = start = (base[0] + now[0], base[1] + now[1])
                corners = [here]
                continue
            if not corners:
                corners = [here]
            curve, control_now = _curve(kind, now, here, base, control if before in _CONTROLLED[kind] else here)
            corners += curve
            here, control, before = curve[-1], control_now, kind
    if corners:
        outlines.append((corners, False))
    return outlines


_CONTROLLED: Mapping[str, str] = {"s": "cs", "t": "qt"} | dict.fromkeys("mlhvcqa", "")
"""Steps that go on from the last control point, with those that leave one for them."""


def _curve(kind: str, now: Sequence[float], here: Point, base: Point, control: Point) -> tuple[list[Point], Point]:
    """The corners of one step, and its last control point."""
    match kind:
        case "h":
            end = (base[0] + now[0], here[1])
            return [end], end
        case "v":
            end = (here[0], base[1] + now[0])
            return [end], end
        case "m" | "l":
            end = (base[0] + now[0], base[1] + now[1])
            return [end], end
        case "a":
            end = (base[0] + now[5], base[1] + now[6])
            return _arc(here, end, now[0], bool(now[3]), bool(now[4])), end
    places = [(base[0] + now[i], base[1] + now[i + 1]) for i in range(0, len(now), 2)]
    if kind in "st":
        places.insert(0, (2 * here[0] - control[0], 2 * here[1] - control[1]))
    return [_bezier((here, *places), (step + 1) / CURVE) for step in range(CURVE)], places[-2]


def _bezier(places: Sequence[Point], share: float) -> Point:
    """De Casteljau's way."""
    while len(places) > 1:
        places = [(x + (u - x) * share, y + (v - y) * share) for (x, y), (u, v) in pairwise(places)]
    return places[0]


def _arc(start: Point, end: Point, radius: float, is_large: bool, goes_round: bool) -> list[Point]:
    """An arc of a circle; `goes_round` as clocks do."""
    apart = math.dist(start, end)
    if apart == 0:
        return [end]
    radius = max(radius, apart / 2)
    away = math.sqrt(max(0.0, radius**2 - apart**2 / 4)) * (1 if is_large != goes_round else -1)
    x = (start[0] + end[0]) / 2 - away * (end[1] - start[1]) / apart
    y = (start[1] + end[1]) / 2 + away * (end[0] - start[0]) / apart
    first, last = (math.atan2(place[1] - y, place[0] - x) for place in (start, end))
    if goes_round and last < first:
        last += math.tau
    elif not goes_round and last > first:
        last -= math.tau
    steps = max(CURVE, round(abs(last - first) * 12))
    turns = (first + (last - first) * (step + 1) / steps for step in range(steps))
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]
