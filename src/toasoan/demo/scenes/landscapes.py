"""Scenes of water, hills and sky."""

from __future__ import annotations

import math

from toasoan.demo.painting import HEIGHT, WIDTH, Painting, between


def night_ferry() -> Painting:
    """A lit ferry on a dark river."""
    it = Painting("ferry", "#07101f", "#1b2f4d")
    it.stars(420, 520)
    it.hills(560, 26, "#0a1524", "#0a1524")
    it.mirror(600, "#050b16", 0.45)
    it.box(600, 520, 1040, 590, "#d8d2c2", 8)
    it.box(650, 462, 960, 522, "#ece5d2", 8)
    it.box(880, 415, 935, 465, "#c23a2b", 4)
    for window in range(9):
        it.box(665 + 32 * window, 478, 686 + 32 * window, 506, "#ffd87a", 3)
    it.area([(560, 575), (1090, 575), (1050, 632), (610, 632)], "#23354f")
    it.glow((800, 520), 420, "#ffb545", 0.55)
    it.glow((1085, 560), 120, "#ffe08a", 0.8)
    for row in range(26):
        half = 130 - 3 * row + it.chance(-30, 30)
        it.disc((810 + it.chance(-50, 50), 650 + 8 * row), max(14, half), "#c98d3a", 1.6)
    it.ripples(620, 90, "#27405f")
    return it


def library_boat() -> Painting:
    """A boat with bookshelves, and a reader at its bow."""
    it = Painting("library", "#f6dcae", "#e8b98a")
    it.glow((1220, 260), 420, "#fff4d0", 0.8)
    it.hills(470, 50, "#8fa58c", "#7b957e")
    it.hills(520, 26, "#5d7d66", "#547360")
    it.mirror(560, "#c9a985", 0.25)
    it.area([(330, 560), (1270, 545), (1180, 672), (440, 672)], "#5b2f1d")
    it.area([(330, 560), (1270, 545), (1262, 566), (345, 580)], "#86492b")
    it.area([(440, 330), (1150, 318), (1190, 366), (400, 376)], "#7a3b22")
    for post in (470, 760, 1090):
        it.box(post, 360, post + 14, 566, "#3e2115")
    palette = ("#b5121b", "#e8b04a", "#2f5f6b", "#6b8f4e", "#f0e3c5", "#8a4b2a", "#34506e")
    for shelf in (404, 474):
        it.box(500, shelf + 56, 1076, shelf + 64, "#4a2918")
        place = 504.0
        while place < 1060:
            width = it.chance(10, 21)
            it.box(place, shelf + it.chance(0, 16), place + width - 2, shelf + 56, palette[int(it.chance(0, 7))])
            place += width
    it.figure((420, 574), 190, "#2a1a14")
    it.ripples(680, 80, "#f7dfb5")
    return it


def lotus() -> Painting:
    """Lotus flowers above their leaves."""
    it = Painting("lotus", "#9fc0b4", "#3f6f66")
    it.shade("#5b8f86", "#1f4a48", 240, HEIGHT)
    for _ in range(34):
        depth = it.chance(0, 1)
        x, y, size = it.chance(-40, 1640), 300 + 600 * depth, 60 + 150 * depth
        leaf = between("#6d9b6a", "#2f6b45", it.chance(0, 1))
        it.disc((x, y), size, between(leaf, "#173a2c", 0.45), size * 0.36)
        it.disc((x, y - 6), size * 0.97, leaf, size * 0.34)
        it.line([(x, y - 6), (x + size * 0.8, y - 4)], 2, between(leaf, "#dfe8c0", 0.5))
    for x, y, size in ((470, 500, 150), (1050, 600, 210), (1380, 430, 90), (180, 690, 120)):
        it.line([(x, y), (x - 12, y + size * 1.9)], size * 0.07, "#4c7a4a")
        for turn in (-64, 64, -42, 42, -20, 20, 0):
            across = math.sin(math.radians(turn)) * size
            tip = (x + across * 1.15, y - math.cos(math.radians(turn)) * size * 1.05)
            pink = between("#f3a9bd", "#fbe0e6", 1 - abs(turn) / 80)
            it.area([(x, y + size * 0.28), (x + across * 0.85 - size * 0.16, y - size * 0.3), tip,
                     (x + across * 0.85 + size * 0.16, y - size * 0.25)], pink)  # fmt: skip
        it.disc((x, y + size * 0.2), size * 0.3, "#f6c9d5", size * 0.14)
    it.glow((300, 120), 600, "#fff7dc", 0.35)
    return it


def comet() -> Painting:
    """A comet over hills and sleeping houses."""
    it = Painting("comet", "#050817", "#27335c")
    it.stars(650, 700)
    head = (540, 300)
    for step in range(120):
        share = step / 119
        x, y = head[0] + 820 * share, head[1] - 230 * share - 60 * share**2
        it.glow((x, y), 60 + 210 * share, "#9fc4ff", 0.13 * (1 - share) ** 1.4) if step % 12 == 0 else None
        it.disc((x, y), 7 * (1 - share) + 0.6, between("#f4f8ff", "#33436f", share**0.6))
    it.glow(head, 150, "#e8f1ff", 1)
    it.disc(head, 11, "#ffffff")
    it.hills(700, 60, "#0b1024", "#060a18")
    it.hills(790, 40, "#070b1a", "#04060f")
    for x in (210, 250, 300, 330, 1230, 1275):
        it.area([(x - 22, 812), (x, 786), (x + 22, 812), (x + 22, 850), (x - 22, 850)], "#03050c")
    return it


def tea_hills() -> Painting:
    """Rows of tea on hills in the morning, and somebody picking."""
    it = Painting("tea", "#f2ead2", "#d8e0c0")
    for level, fill in ((360, "#a9bf95"), (470, "#86a873"), (610, "#5f8f55"), (770, "#3f7443")):
        pace, at = it.chance(0.6, 1.2), it.chance(0, 6)
        for row in range(0, 190, 17):
            it.wave(level + row, 60, pace, at, between(fill, "#1f4a2b", (row % 34) / 60))
        it.mist(level + 60, 60, "#f4efdd", 0.25)
    it.figure((1050, 720), 120, "#2c2a22")
    it.area([(1010, 622), (1050, 590), (1090, 622)], "#d9c08a")
    it.glow((250, 120), 600, "#fff6d6", 0.5)
    return it


def terraces() -> Painting:
    """Rice terraces full of water and mist."""
    it = Painting("terraces", "#dfe9e4", "#b8cfc4")
    it.hills(260, 60, "#9db7ae", "#a9c2b4")
    for step in range(15):
        level, at, pace = 300 + step * 44, it.chance(0, 6), it.chance(0.5, 1.1)
        green = between("#8fae6a", "#3e7a3c", step / 14)
        it.wave(level - 12, 46, pace, at, "#dfeee6")
        it.wave(level, 46, pace, at, green, between(green, "#23482a", 0.35))
    it.mist(330, 120, "#f3f7f2", 0.85)
    it.mist(560, 60, "#f3f7f2", 0.3)
    return it


def footbridge() -> Painting:
    """People crossing a hanging bridge at sunset."""
    it = Painting("bridge", "#f7c98a", "#f9e3b8")
    it.glow((800, 470), 520, "#fff1c4", 1)
    it.disc((800, 470), 64, "#fff8e2")
    it.hills(500, 36, "#b98a6b", "#a67a60")
    it.mirror(560, "#d9a473", 0.2)
    it.ripples(580, 130, "#fbe6bd")
    for x in (420, 1180):
        it.area([(x - 14, 600), (x - 9, 200), (x + 9, 200), (x + 14, 600)], "#4b2f26")
    for start, end in ((-40, 420), (420, 1180), (1180, 1640)):
        middle, half = (start + end) / 2, (end - start) / 2
        sag = 230 if end - start > 500 else 150
        cable = [(x, 212 + sag * (1 - ((x - middle) / half) ** 2)) for x in range(int(start), int(end) + 1, 10)]
        it.line(cable, 5, "#4b2f26")
        for x, y in cable[::4]:
            it.line([(x, y), (x, 492)], 1.6, "#6a463a")
    it.box(0, 488, WIDTH, 504, "#4b2f26")
    for x in (610, 660, 690, 905, 990):
        it.figure((x, 490), 74, "#33201a")
    return it


def fog_nets() -> Painting:
    """Nets that catch water out of fog."""
    it = Painting("fog", "#c7dbe8", "#f6efe2")
    it.hills(380, 70, "#9fb4c2", "#b9c8cf")
    it.mist(520, 110, "#ffffff", 0.95)
    it.hills(640, 50, "#5f7466", "#3f5546")
    it.mist(640, 40, "#ffffff", 0.4)
    for number in range(6):
        x, size = 150 + number * 245, 1 - number * 0.06
        top, foot = 660 - 300 * size, 720 - number * 10
        it.line([(x, top), (x, foot)], 8, "#3b2f28")
        it.line([(x + 190 * size, top), (x + 190 * size, foot)], 8, "#3b2f28")
        for wire in range(13):
            y = top + 12 + wire * 15 * size
            it.line([(x, y), (x + 190 * size, y + 4)], 1.8, "#8ea39a")
        for wire in range(17):
            across = x + wire * 190 * size / 16
            it.line([(across, top + 12), (across, top + 198 * size)], 1.2, "#a5b7ad")
    return it


def old_tree() -> Painting:
    """An old tree in front of a row of houses."""
    it = Painting("tree", "#bcd8e2", "#f5ecd6")
    it.hills(600, 8, "#d8c29a", "#e6d3ae")
    for x in range(0, WIDTH, 150):
        height = it.chance(120, 230)
        it.box(x, 600 - height, x + 138, 604, ("#e9cf9f", "#d9a679", "#c9b79b", "#e4dcc8")[int(it.chance(0, 4))])
        for window in range(3):
            it.box(x + 18 + 40 * window, 600 - height + 34, x + 40 + 40 * window, 600 - height + 74, "#7a5c4a")
        it.area([(x - 8, 600 - height), (x + 69, 560 - height), (x + 146, 600 - height)], "#9c4a32")
    it.area([(735, 770), (770, 470), (720, 380), (800, 430), (860, 370), (838, 480), (872, 770)], "#4a3326")
    for turn in (-1, 1):
        it.area([(800, 500), (800 + turn * 250, 330), (800 + turn * 262, 350), (806, 556)], "#4a3326")
    for _ in range(420):
        angle, away = it.chance(math.pi, math.tau), it.chance(0, 1) ** 0.6
        x, y = 800 + math.cos(angle) * 520 * away, 430 + math.sin(angle) * 370 * away + it.chance(-30, 50)
        it.disc((x, y), it.chance(22, 56), between("#2f5b34", "#8fb45e", it.chance(0, 1)))
    it.disc((800, 790), 560, "#cbb288", 40)
    for x in (520, 1060, 1120):
        it.figure((x, 800), 120, "#3a2c26")
    return it
