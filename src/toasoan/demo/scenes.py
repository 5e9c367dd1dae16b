"""Photographs for the demo portal, painted: nobody's picture is used, and each demo is the same to the byte."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from toasoan.demo.painting import HEIGHT, WIDTH, Painting, Point, between


def photograph(key: str, number: int) -> bytes:
    """The photograph of a story, as JPEG. Raises KeyError for one that no story has."""
    return SCENES[key, number]().as_jpeg()


def _bronze_is_poured() -> Painting:
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


def _bell() -> Painting:
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


def _night_ferry() -> Painting:
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


def _library_boat() -> Painting:
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


def _row_of_books() -> Painting:
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


def _lotus() -> Painting:
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


def _comet() -> Painting:
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


def _clocks() -> Painting:
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


def _tea_hills() -> Painting:
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


def _terraces() -> Painting:
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


def _footbridge() -> Painting:
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


def _kites() -> Painting:
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


def _fog_nets() -> Painting:
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


def _salt() -> Painting:
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


def _paper() -> Painting:
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


def _old_tree() -> Painting:
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


def _hives() -> Painting:
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


def _street() -> Painting:
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


def _night_market() -> Painting:
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


def _gongs() -> Painting:
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


def _hall() -> Painting:
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


def _mountain_bus() -> Painting:
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


def _silk() -> Painting:
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


SCENES: Mapping[tuple[str, int], Callable[[], Painting]] = {
    ("bell-casters", 1): _bronze_is_poured,
    ("bell-casters", 2): _bell,
    ("night-ferry", 1): _night_ferry,
    ("library-boat", 1): _library_boat,
    ("library-boat", 2): _row_of_books,
    ("lotus-thread", 1): _lotus,
    ("comet-night", 1): _comet,
    ("clock-mender", 1): _clocks,
    ("tea-letters", 1): _tea_hills,
    ("terrace-songs", 1): _terraces,
    ("bridge-opens", 1): _footbridge,
    ("kite-teacher", 1): _kites,
    ("fog-harvest", 1): _fog_nets,
    ("salt-flower", 1): _salt,
    ("paper-makers", 1): _paper,
    ("tree-count", 1): _old_tree,
    ("bee-keeper", 1): _hives,
    ("repair-street", 1): _street,
    ("market-scale", 1): _night_market,
    ("gong-lesson", 1): _gongs,
    ("one-window", 1): _hall,
    ("mountain-bus", 1): _mountain_bus,
    ("silk-repair", 1): _silk,
}
"""By the story's key and the photograph's number."""
