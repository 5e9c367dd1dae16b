"""Scenes of streets, markets and roads."""

from __future__ import annotations

import math

from toasoan.demo.painting import HEIGHT, WIDTH, Painting, Point, between


def kites() -> Painting:
    """Three kites with long tails."""
    it = Painting("kites", "#5fa6d8", "#e9f3f2")
    for x, y in ((300, 560), (1180, 480), (760, 680)):
        for _ in range(14):
            it.disc((x + it.chance(-170, 170), y + it.chance(-26, 26)), it.chance(30, 74), "#f4f8f6", 26)
    for x, y, size, fill, other in (
        (420, 290, 130, "#da251d", "#ffcd1c"),
        (920, 210, 170, "#f2b632", "#2f5f8a"),
        (1270, 420, 100, "#2e8b6f", "#f4efe0"),
    ):
        it.area([(x, y - size), (x + size * 0.7, y), (x, y + size * 1.1), (x - size * 0.7, y)], fill)
        it.area([(x, y - size), (x + size * 0.7, y), (x, y)], other)
        it.area([(x, y + size * 1.1), (x - size * 0.7, y), (x, y)], other)
        tail = [(x + 34 * math.sin(step / 3), y + size * 1.1 + step * 11) for step in range(26)]
        it.line(tail, 5, fill)
        for place in tail[4::5]:
            it.area([(place[0] - 18, place[1] - 8), (place[0], place[1]), (place[0] - 18, place[1] + 8)], other)
            it.area([(place[0] + 18, place[1] - 8), (place[0], place[1]), (place[0] + 18, place[1] + 8)], other)
        it.line([(x, y), (800 + (x - 800) * 0.25, HEIGHT)], 1.4, "#f8f8f4")
    it.hills(860, 16, "#6a9a58", "#4f7f45")
    return it


def hives() -> Painting:
    """Painted beehives in a meadow, and their bees."""
    it = Painting("hives", "#a9d4e6", "#e9f1d8")
    it.hills(420, 60, "#8fb47c", "#7aa566")
    it.hills(540, 30, "#7fae5c", "#5c9147")
    for _ in range(1300):
        near = it.chance(0, 1)
        y = 560 + 340 * near
        it.disc(
            (it.chance(0, WIDTH), y),
            1.5 + 4 * near,
            ("#f6e27a", "#ffffff", "#e58aa0", "#b9d67a")[int(it.chance(0, 4))],
        )
    for number, fill in enumerate(("#3d7ea6", "#f0c24b", "#d95f4c", "#f3ead3", "#6aa56d")):
        x, y, size = 180 + number * 270, 540 + (number % 2) * 70, 150 + (number % 2) * 30
        it.box(x, y, x + size, y + size * 0.95, fill, 6)
        it.box(x - 10, y - 22, x + size + 10, y + 4, "#6b4a32", 4)
        it.box(x, y + size * 0.46, x + size, y + size * 0.5, between(fill, "#000000", 0.3))
        it.box(x + size * 0.3, y + size * 0.8, x + size * 0.7, y + size * 0.87, "#2c1d14", 4)
        it.box(x + 8, y + size * 0.95, x + 22, y + size * 1.15, "#5a4030")
        it.box(x + size - 22, y + size * 0.95, x + size - 8, y + size * 1.15, "#5a4030")
    for _ in range(70):
        it.disc((it.chance(100, 1500), it.chance(330, 700)), 3, "#4a3410")
    it.glow((1300, 100), 520, "#fff5cf", 0.5)
    return it


def street() -> Painting:
    """A street of small workshops."""
    it = Painting("street", "#e7b06a", "#c77b4a")
    it.area([(0, 900), (680, 520), (920, 520), (1600, 900)], "#a88463")
    for side in (-1, 1):
        for number in range(5):
            near, far = 1 - number * 0.19, 1 - (number + 1) * 0.19
            x, other = 800 + side * (110 + 720 * near), 800 + side * (110 + 720 * far)
            wall = ("#e5b25c", "#d68f4e", "#efd29a", "#b96f45", "#d9a66a")[(number + (side > 0)) % 5]
            door, end = x + (other - x) * 0.2, x + (other - x) * 0.82
            for left, right, top, bottom, fill in (
                (x, other, -500, (360, 270), wall),
                (door, end, -40, (330, 270), "#3b2216"),
                (door, end, -70, (-20, -30), "#8f2f22"),
            ):
                foot, far_foot = 520 + bottom[0] * near, 520 + bottom[1] * far
                it.area([(left, 520 + top * near), (right, 520 + top * far), (right, far_foot), (left, foot)], fill)
            it.glow(((door + end) / 2, 590), 150 * near, "#ffcf7a", 0.5)
    for number in range(9):
        x, y = 260 + number * 135, 250 + 60 * math.sin(number * 1.3)
        it.line([(x, 0), (x, y)], 1.5, "#5a3a26")
        it.glow((x, y + 26), 110, "#ff9b4a", 0.5)
        it.disc((x, y + 26), 27, ("#d8342a", "#f0b93f", "#e8702f")[number % 3], 33)
    for x, size in ((700, 120), (880, 110), (780, 90)):
        it.figure((x, 520 + size * 1.1), size, "#2a1812")
    return it


def night_market() -> Painting:
    """Stalls under lamps at night."""
    it = Painting("market", "#0b1026", "#2a1c2c")
    it.stars(120, 260)
    for row, level in enumerate((430, 560, 720)):
        size = 1 + row * 0.55
        for number in range(int(9 / size) + 2):
            x = number * 210 * size - 40 + it.chance(-14, 14)
            top = level - 120 * size
            it.box(x + 10, top + 40 * size, x + 170 * size, level + 40 * size, "#2a1812")
            for stripe in range(6):
                it.area(
                    [(x + stripe * 30 * size, top), (x + (stripe + 1) * 30 * size, top),
                     (x + (stripe + 1) * 30 * size, top + 40 * size), (x + stripe * 30 * size, top + 40 * size)],
                    ("#b5322a", "#efe0c0")[stripe % 2],
                )  # fmt: skip
            it.disc((x + 90 * size, top + 62 * size), 9 * size, "#fff2c0")
            it.glow((x + 90 * size, top + 70 * size), 150 * size, "#ffb64f", 0.55)
            for _ in range(18):
                it.disc((x + it.chance(16, 164) * size, level - it.chance(2, 26) * size), 8 * size,
                        ("#e2672f", "#e8c04a", "#7fae4a", "#c43b3b")[int(it.chance(0, 4))])  # fmt: skip
            it.box(x + 4, level, x + 176 * size, level + 40 * size, "#5a3520")
    for x, size in ((330, 190), (610, 210), (1050, 200), (1290, 220)):
        it.figure((x, 900), size * 1.3, "#120c14")
    return it


def hall() -> Painting:
    """A council sitting at a long table, with an audience."""
    it = Painting("hall", "#f6f1e4", "#e7ddc8")
    for number in range(7):
        x = 60 + number * 222
        it.box(x, 90, x + 150, 430, "#cfe3ea", 6)
        it.box(x + 72, 90, x + 78, 430, "#f6f1e4")
        it.box(x, 240, x + 150, 246, "#f6f1e4")
    it.area([(0, 900), (0, 640), (1600, 640), (1600, 900)], "#c9a77c")
    it.box(120, 520, 1480, 560, "#8a5a36", 6)
    it.box(140, 560, 1460, 720, "#a8764b")
    for number in range(6):
        x = 230 + number * 220
        it.box(x - 66, 596, x + 66, 690, "#b9875a", 6)
        it.figure((x, 524), 170, ("#3a4a5e", "#6b2f2a", "#2f5a4e", "#4a3a5e", "#5e4a2a", "#2a3a4a")[number])
        it.disc((x, 524 - 155), 15, "#d9a679")
    for x in (420, 980):
        it.figure((x, 890), 330, "#33261f")
    it.glow((800, 60), 800, "#fffbe8", 0.5)
    return it


def mountain_bus() -> Painting:
    """A red bus on a winding mountain road."""
    it = Painting("bus", "#9fc7de", "#f3ead6")
    it.hills(340, 110, "#8ea6ac", "#9db3b2")
    it.hills(480, 70, "#6f8f7c", "#5d806a")
    it.hills(620, 50, "#557d52", "#3f6a40")
    road: list[Point] = [
        (1620, 880), (1180, 820), (760, 840), (520, 770), (760, 700), (1080, 690), (1240, 630), (1040, 580),
        (760, 570), (640, 530),
    ]  # fmt: skip
    for width, fill in ((58, "#8d8272"), (48, "#c9beaa")):
        it.line(road[:5], width, fill)
        it.line(road[4:8], width * 0.6, fill)
        it.line(road[7:], width * 0.35, fill)
    it.box(840, 738, 1060, 838, "#da251d", 18)
    it.box(840, 738, 1060, 768, "#f4ead2", 12)
    for window in range(5):
        it.box(854 + 40 * window, 770, 884 + 40 * window, 800, "#bfe0ea", 4)
    for x in (890, 1012):
        it.disc((x, 840), 20, "#1c1512")
        it.disc((x, 840), 8, "#c9beaa")
    it.box(860, 718, 1030, 740, "#8a5a36", 4)
    it.mist(470, 60, "#ffffff", 0.45)
    return it
