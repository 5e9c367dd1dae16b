"""Scenes of what hands make."""

from __future__ import annotations

import math

from toasoan.demo.painting import HEIGHT, WIDTH, Painting, Point, between


def bronze_is_poured() -> Painting:
    """Two casters tip a glowing crucible into the mould of a bell."""
    it = Painting("pouring", "#120a08", "#2a130b")
    it.glow((800, 520), 620, "#ff7a1a", 0.75)
    it.glow((800, 640), 300, "#ffd27a", 0.9)
    it.area([(690, 330), (930, 300), (915, 420), (845, 470), (740, 460)], "#3b1d10")
    it.area([(800, 462), (826, 462), (812, 640), (796, 640)], "#ffe9a8")
    it.box(640, 640, 970, 900, "#4a2615", 18)
    it.disc((805, 646), 150, "#ff9a35", 20)
    it.disc((805, 646), 90, "#fff0b8", 11)
    it.figure((470, 900), 620, "#0d0706", 90)
    it.figure((1150, 900), 640, "#0d0706", -110)
    it.line([(560, 470), (700, 380)], 16, "#0d0706")
    it.line([(1050, 450), (925, 360)], 16, "#0d0706")
    for _ in range(140):
        it.disc((it.chance(640, 980), it.chance(380, 660)), it.chance(0.8, 3), "#ffcf70")
    return it


def bell() -> Painting:
    """A finished bronze bell under a beam."""
    it = Painting("bell", "#d9c9a4", "#8c7350")
    it.soften(0)
    it.box(0, 0, WIDTH, 120, "#3a2415")
    it.box(0, 120, WIDTH, 132, "#22140b")
    it.line([(800, 120), (800, 220)], 26, "#22140b")
    for step in range(60):
        share = step / 59
        width = 150 + 90 * share**2 + 60 * max(0, share - 0.86) * 7
        shade = between("#3f5a4a", "#7d8f66", 0.3 + 0.4 * share)
        it.box(800 - width, 220 + 9 * step, 800 + width, 231 + 9 * step, shade)
    for step in range(60):
        share = step / 59
        width = 150 + 90 * share**2 + 60 * max(0, share - 0.86) * 7
        it.box(
            800 - width * 0.55,
            220 + 9 * step,
            800 - width * 0.2,
            231 + 9 * step,
            between("#6e8a66", "#b4bd8a", share),
        )
    for level in (330, 470, 640):
        it.box(800 - 165 - (level - 330) / 4.4, level, 800 + 165 + (level - 330) / 4.4, level + 10, "#2f4237")
    it.disc((800, 560), 56, "#8b9a6b")
    it.disc((800, 560), 34, "#6e7f58")
    it.glow((420, 300), 520, "#fff1cc", 0.35)
    return it


def row_of_books() -> Painting:
    """The spines of old books on a shelf."""
    it = Painting("books", "#3a2a20", "#5a4030")
    palette = ("#b5121b", "#d9a23b", "#28566b", "#5f8247", "#efe2c4", "#7d3f22", "#2c4768", "#a8556b", "#cfd8c9")
    place = 30.0
    while place < WIDTH - 40:
        width, top = it.chance(38, 92), it.chance(130, 300)
        fill = palette[int(it.chance(0, len(palette)))]
        it.box(place, top, place + width - 4, 760, fill, 5)
        it.box(place, top + 46, place + width - 4, top + 58, between(fill, "#fff4d8", 0.55))
        it.box(place + width - 12, top, place + width - 4, 760, between(fill, "#000000", 0.25))
        place += width
    it.box(0, 760, WIDTH, HEIGHT, "#7b5233")
    it.box(0, 760, WIDTH, 776, "#9a6b45")
    it.glow((500, 180), 700, "#ffe7b8", 0.3)
    return it


def clocks() -> Painting:
    """A workshop wall full of clocks, no two at the same hour."""
    it = Painting("clocks", "#2a1d18", "#17100d")
    rims = ("#b98a3e", "#7a5230", "#c9bda4", "#8a2f24", "#4b5a52")
    for row in range(3):
        for column in range(6):
            x = 110 + column * 276 + (row % 2) * 60 + it.chance(-18, 18)
            y, size = 150 + row * 300 + it.chance(-18, 18), it.chance(82, 122)
            it.disc((x + 8, y + 12), size * 1.1, "#0d0807")
            it.disc((x, y), size * 1.1, rims[int(it.chance(0, 5))])
            it.disc((x, y), size, "#f3ead4")
            for hour in range(12):
                it.line([_on_circle((x, y), size * share, hour * 30) for share in (0.86, 0.74)], 4, "#3a2a20")
            for length, width in ((0.5, 8), (0.72, 5)):
                it.line([(x, y), _on_circle((x, y), size * length, it.chance(0, 360))], width, "#1c1512")
            it.disc((x, y), 7, "#b5121b")
    it.glow((420, 220), 800, "#ffdc9a", 0.28)
    return it


def _on_circle(centre: Point, radius: float, degrees: float) -> Point:
    return (
        centre[0] + radius * math.cos(math.radians(degrees)),
        centre[1] + radius * math.sin(math.radians(degrees)),
    )


def salt() -> Painting:
    """White heaps beside the mirror of a salt pan."""
    it = Painting("salt", "#8fc0dd", "#f3e4cf")
    it.hills(440, 14, "#9fb2b4", "#a9bab8")
    for number in range(9):
        near = number / 8
        x, y = 170 + (number * 397) % 1330, 480 + 40 * near
        size = 46 + 60 * near
        it.area([(x - size, y), (x, y - size * 0.95), (x + size, y)], "#f7f4ee")
        it.area([(x, y - size * 0.95), (x + size, y), (x + size * 0.15, y)], "#d9dde0")
    it.mirror(520, "#c8d6da", 0.12)
    it.figure((1010, 560), 150, "#2e2a2a", 12)
    it.area([(958, 436), (1022, 396), (1086, 436)], "#cdb27c")
    it.line([(1040, 470), (1180, 590)], 7, "#5a4535")
    it.ripples(560, 90, "#e7eef0")
    return it


def paper() -> Painting:
    """Sheets of handmade paper hung up to dry."""
    it = Painting("paper", "#7a5a3e", "#4a3424")
    it.glow((1150, 120), 700, "#ffdf9f", 0.55)
    for row in range(4):
        y = 70 + row * 206
        it.line([(0, y), (WIDTH, y + 12)], 4, "#2c1d12")
        for column in range(9):
            x = -40 + column * 190 + (row % 2) * 60 + it.chance(-10, 10)
            sheet = between("#f4ead2", "#d8c6a0", it.chance(0, 0.7))
            drop = it.chance(146, 164)
            it.area([(x, y + 4), (x + 160, y + 6), (x + 164, y + drop), (x + it.chance(-6, 6), y + drop - 5)], sheet)
            it.line([(x + 80, y + 6), (x + 82, y + drop - 4)], 1.4, between(sheet, "#a98f63", 0.4))
    return it


def gongs() -> Painting:
    """Five gongs in a row on a wooden wall."""
    it = Painting("gongs", "#4a3324", "#2e1f16")
    for board in range(9):
        it.box(0, board * 104, WIDTH, board * 104 + 3, "#22160f")
    it.box(0, 150, WIDTH, 172, "#1d120b")
    for number in range(5):
        x, size = 180 + number * 310, 150 - number * 9
        it.line([(x - 60, 160), (x - 46, 330)], 4, "#c9b58a")
        it.line([(x + 60, 160), (x + 46, 330)], 4, "#c9b58a")
        y = 330 + size * 0.8
        it.disc((x + 14, y + 20), size, "#1a100a")
        for ring in range(24):
            it.disc((x, y), size * (1 - ring / 26), between("#8a5a22", "#e2b459", (ring % 6) / 8 + ring / 60))
        it.disc((x, y), size * 0.26, "#f1cc7c")
        it.disc((x - size * 0.07, y - size * 0.07), size * 0.12, "#fbe7b4")
    it.glow((300, 200), 800, "#ffd893", 0.3)
    return it


def silk() -> Painting:
    """Folds of silk, each mended with a golden seam."""
    it = Painting("silk", "#5a1c1c", "#2e0f12")
    folds = ("#b5121b", "#e0a437", "#d9694a", "#8a2b4a", "#f1d9a8", "#c43d2f", "#e8bf6a")
    for number, fill in enumerate(folds):
        level, at = 90 + number * 118, it.chance(0, 6)
        light, dark = between(fill, "#ffffff", 0.28), between(fill, "#000000", 0.35)
        for depth in range(26):
            it.wave(level + depth * 5, 24, 0.8, at, between(light, dark, depth / 25))
        seam = [(x, level + 16 + 24 * math.sin(x / WIDTH * math.tau * 0.8 + at)) for x in range(0, WIDTH + 1, 8)]
        for place in range(0, len(seam) - 3, 6):
            it.line(seam[place : place + 3], 3, "#ffd76a")
    it.glow((380, 160), 700, "#fff0cf", 0.3)
    return it
