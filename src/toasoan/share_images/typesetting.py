"""A line of text in fonts that complete each other, in the order in which it is read, and how wide it is.

Pillow sets a text in one font, by HarfBuzz and FriBiDi where it has raqm. Here a line is cut into runs, each in the
first font that has all its letters, so no picture ever shows the box that stands for a missing one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from PIL import ImageDraw, ImageFont, features

from toasoan.share_images.fonts import FontFile
from toasoan.share_images.line_breaks import clusters

PROBE = 20
"""Size in pixels at which glyphs are compared."""

MEASURE = 100
"""Size in pixels at which text is measured; widths at other sizes are taken as proportional."""

NOWHERE = "\U0010ffff"
"""A code point that no font has a glyph for: it never becomes a character."""

SIMPLE_SCRIPTS = frozenset(["Latn", "Cyrl", "Grek", "Hans", "Hant", "Jpan", "Kore", "Geor", "Armn"])
"""Scripts whose letters stand one after the other, whatever stands beside them: they can be set without raqm."""

_NEEDS_NO_GLYPH = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\u061c")


@cache
def shapes_text() -> bool:
    """Whether Pillow can join letters and set them from right to left: it needs FriBiDi for that, beside raqm."""
    return bool(features.check("raqm"))


class Run(NamedTuple):
    """Part of a line that is set in one font."""

    text: str
    font: FontFile
    rtl: bool


class Face(NamedTuple):
    """How the text of a language is set."""

    language: str
    fonts: tuple[FontFile, ...]
    rtl: bool


def clean(text: str) -> str:
    """A text as one line: marks are joined with their letters, all that parts words is one space."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\ufeff", "").split())


def settable(text: str, fonts: Sequence[FontFile]) -> str | None:
    """A text as it can be set: signs that no font has, such as emoji, are left out. None if a letter is missing."""
    kept = []
    for cluster in clusters(text):
        if _font_of(cluster, fonts) is not None:
            kept.append(cluster)
        elif any(unicodedata.category(char)[0] in "LNP" for char in cluster):
            return None
    return clean("".join(kept))


def ellipsis_of(fonts: Sequence[FontFile]) -> str:
    """What stands for the rest of a text; nothing, if no font has the sign."""
    return settable("…", fonts) or ""


def fonts_used(text: str, face: Face) -> tuple[FontFile, ...]:
    """The fonts in which a text is set."""
    return tuple(dict.fromkeys(run.font for run in runs(text, face)))


@lru_cache(maxsize=2048)
def runs(text: str, face: Face) -> tuple[Run, ...]:
    """A line's runs from left to right as they are seen."""
    if not text or not face.fonts:
        return ()
    if not face.rtl:
        return tuple(Run(part, font, False) for part, font in _by_font(text, face.fonts))
    ordered: list[Run] = []
    for part, is_island in _islands(text):
        pieces = [Run(piece, font, not is_island) for piece, font in _by_font(part, face.fonts)]
        ordered[:0] = pieces if is_island else pieces[::-1]
    return tuple(ordered)


def width(text: str, face: Face, size: float) -> float:
    """How far a line reaches, in pixels."""
    return sum(_length(run, face.language) for run in runs(text, face)) * size / MEASURE


def write(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, face: Face, size: int, fill: str) -> None:
    """Write a line whose baseline begins at a place on the left."""
    x, baseline = place
    *before, last = runs(text, face) or (None,)
    for run in before:
        font = _font(run.font, size)
        draw.text((x, baseline), run.text, fill, font, "ls", **_shaping(run, face.language))
        x += font.getlength(run.text, **_shaping(run, face.language))
    if last is not None:
        draw.text((x, baseline), last.text, fill, _font(last.font, size), "ls", **_shaping(last, face.language))


@lru_cache(maxsize=4096)
def _length(run: Run, language: str) -> float:
    return _font(run.font, MEASURE).getlength(run.text, **_shaping(run, language))


def _shaping(run: Run, language: str) -> dict[str, Any]:
    return {"direction": "rtl" if run.rtl else "ltr", "language": language} if shapes_text() else {}


@lru_cache(maxsize=512)  # all sizes of a font for each of the usual languages
def _font(font: FontFile, size: int) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if shapes_text() else ImageFont.Layout.BASIC
    return ImageFont.truetype(font.path, size, font.place, layout_engine=engine)


# ---- which font has what


def _by_font(text: str, fonts: Sequence[FontFile]) -> Iterator[tuple[str, FontFile]]:
    """Parts of a text with their fonts: a whole word in one, if any has all of it.

    What is no letter stays in the font of what stands before it, if that can be.
    """
    part, current = "", None
    for word in _WORD_OR_SPACE(text):
        for piece in (word,) if _font_of(word, fonts) else clusters(word):
            stays = current is not None and not _has_letter(piece) and _has_all(current, piece)
            font = current if stays else _font_of(piece, fonts) or fonts[0]
            if part and font != current and current is not None:
                yield part, current
                part = ""
            part, current = part + piece, font
    if current is not None:
        yield part, current


_WORD_OR_SPACE = re.compile(r"\s+|\S+").findall


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _font_of(cluster: str, fonts: Sequence[FontFile]) -> FontFile | None:
    return next((font for font in fonts if _has_all(font, cluster)), None)


def _has_all(font: FontFile, cluster: str) -> bool:
    return all(map(_known(font).__getitem__, cluster))


class _Known(dict[str, bool]):
    """Which characters a font has, found out one by one.

    Pillow has no look at a font's table of characters, and it can't be read from a compressed font without another
    library. But what is missing is drawn as glyph 0.
    """

    def __init__(self, font: FontFile) -> None:
        # Without raqm: each character for itself.
        self._font = ImageFont.truetype(font.path, PROBE, font.place, layout_engine=ImageFont.Layout.BASIC)
        self._missing = self._look(NOWHERE)

    def __missing__(self, char: str) -> bool:
        self[char] = char.isspace() or char in _NEEDS_NO_GLYPH or self._look(char) != self._missing
        return self[char]

    def _look(self, char: str) -> tuple[object, ...]:
        mask, offset = self._font.getmask2(char, mode="L")
        return mask.size, offset, bytes(mask), self._font.getlength(char)


class _KnownNothing(dict[str, bool]):
    """Of a file that is no font."""

    def __missing__(self, char: str) -> bool:
        return False


@lru_cache(maxsize=64)
def _known(font: FontFile) -> dict[str, bool]:
    try:
        return _Known(font)
    except OSError:
        return _KnownNothing()


# ---- two directions in one line


def _islands(text: str) -> Iterator[tuple[str, bool]]:
    """A line of a script that is read from the right, in parts, with whether one is read from the left.

    Such a part begins with a letter that is read from the left and ends with one, or with a figure, so signs and
    spaces at its ends belong to what is around it: rules W7, N1 and N2 of https://www.unicode.org/reports/tr9/ for a
    line without embeddings.
    """
    start = 0
    place = 0
    while place < len(text):
        if unicodedata.bidirectional(text[place]) == "L":
            end = place + 1
            for further in range(place + 1, len(text)):
                kind = unicodedata.bidirectional(text[further])
                if kind in ("R", "AL", "AN"):
                    break
                if kind in ("L", "EN", "NSM"):
                    end = further + 1
            if start < place:
                yield text[start:place], False
            yield text[place:end], True
            start = place = end
        else:
            place += 1
    if start < len(text):
        yield text[start:], False


def widest(lines: Iterable[str], face: Face, size: float) -> float:
    """The width of the longest of some lines."""
    return max((width(line, face, size) for line in lines), default=0.0)
