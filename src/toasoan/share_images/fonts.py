"""Which font files can set a headline: those of the portal, of the theme and of the system.

Fonts of the system are found by the file names of the Noto family, which has every script: packages of Linux
distributions and https://fonts.google.com/noto have the same names. Loads no library.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FORMATS = (".ttf", ".otf", ".ttc", ".woff2")
"""Of font files in a portal."""

WHOLE = 1 << 20
"""Bytes up to which a font is read whole for its digest."""

DIRECTORY = 1 << 16
"""Bytes at the beginning of a larger font that are read for its digest."""

DEPTH = 4
"""Folders of fonts within each other that are looked through."""


class FontFile(NamedTuple):
    """A font, and what tells it from others wherever it lies."""

    path: str
    place: int
    """Its number in a file that holds several, from 0."""

    digest: str


@dataclass(frozen=True, slots=True)
class FoundFonts:
    """Font files by where they come from, each by its name."""

    own: Mapping[str, Path]
    """The portal's, below `site/fonts/`."""

    theme: Mapping[str, Path]
    system: Mapping[str, Path]


FAMILIES: Mapping[str, tuple[str, ...]] = {
    "Arab": ("NotoNaskhArabic", "NotoSansArabic"),
    "Armn": ("NotoSerifArmenian", "NotoSansArmenian"),
    "Beng": ("NotoSansBengali", "NotoSerifBengali"),
    "Cyrl": ("NotoSerif", "NotoSans"),
    "Deva": ("NotoSansDevanagari", "NotoSerifDevanagari"),
    "Ethi": ("NotoSansEthiopic", "NotoSerifEthiopic"),
    "Geor": ("NotoSerifGeorgian", "NotoSansGeorgian"),
    "Grek": ("NotoSerif", "NotoSans"),
    "Gujr": ("NotoSansGujarati", "NotoSerifGujarati"),
    "Guru": ("NotoSansGurmukhi", "NotoSerifGurmukhi"),
    "Hans": ("NotoSerifCJK:2", "NotoSerifCJKsc", "NotoSansCJK:2", "NotoSansCJKsc"),
    "Hant": ("NotoSerifCJK:3", "NotoSerifCJKtc", "NotoSansCJK:3", "NotoSansCJKtc"),
    "Hebr": ("NotoSerifHebrew", "NotoSansHebrew"),
    "Jpan": ("NotoSerifCJK:0", "NotoSerifCJKjp", "NotoSansCJK:0", "NotoSansCJKjp"),
    "Khmr": ("NotoSansKhmer", "NotoSerifKhmer"),
    "Knda": ("NotoSansKannada", "NotoSerifKannada"),
    "Kore": ("NotoSerifCJK:1", "NotoSerifCJKkr", "NotoSansCJK:1", "NotoSansCJKkr"),
    "Laoo": ("NotoSansLao", "NotoSerifLao"),
    "Latn": ("NotoSerif", "NotoSans"),
    "Mlym": ("NotoSansMalayalam", "NotoSerifMalayalam"),
    "Mymr": ("NotoSansMyanmar", "NotoSerifMyanmar"),
    "Orya": ("NotoSansOriya",),
    "Sinh": ("NotoSansSinhala", "NotoSerifSinhala"),
    "Taml": ("NotoSansTamil", "NotoSerifTamil"),
    "Telu": ("NotoSansTelugu", "NotoSerifTelugu"),
    "Thai": ("NotoSansThai", "NotoSerifThai"),
    "Tibt": ("NotoSerifTibetan",),
}
"""Families by script (ISO 15924), the best first: what the theme's style sheets name as well.

The number after a colon is the place in a file that holds the letter forms of several countries.
"""

CJK = ("Hans", "Hant", "Jpan", "Kore")
"""Scripts whose fonts come in a package of their own."""

THEME_CUTS: Mapping[str, str] = {"Latn": "head-latin-vi.woff2", "Cyrl": "head-cyrillic.woff2"}
"""The theme's headline face by script."""

HELPERS = ("Latn", "Cyrl", "Grek")
"""Scripts of names and figures that stand in headlines of every language."""


def headline_fonts(language: str, script: str, found: FoundFonts) -> tuple[FontFile, ...]:
    """The fonts for headlines of a language, the first choice first; each one is asked for what those before it lack.

    A font of the portal that is named after the language or the script (`th.ttf`, `Arab.otf`) goes before all others,
    one of another name helps out.
    """
    named = {stem.lower() for stem in (language, script)}
    first = [path for name, path in found.own.items() if _stem(name).lower() in named]
    others = [path for name, path in found.own.items() if _stem(name).lower() not in named]
    chain = [
        *((path, 0) for path in first),
        *_house_fonts(script, found),
        *((path, 0) for path in others),
        *(font for helper in HELPERS for font in _house_fonts(helper, found)),
    ]
    digests = {path: digest_of_font(path) for path, _ in chain}
    return tuple(
        FontFile(str(path), index, digest.hex())
        for path, index in dict.fromkeys(chain)
        if (digest := digests[path]) is not None
    )


def _house_fonts(script: str, found: FoundFonts) -> Iterator[tuple[Path, int]]:
    cut = found.theme.get(THEME_CUTS.get(script, ""))
    if cut is not None:
        yield cut, 0
    for family in FAMILIES.get(script, ()):
        name, _, index = family.partition(":")
        for file in _file_names(name):
            if file in found.system:
                yield found.system[file], int(index or 0)


def _file_names(family: str) -> tuple[str, ...]:
    return tuple(f"{family}-Bold{ending}" for ending in FORMATS[:3])


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


NAMES = frozenset(
    file for families in FAMILIES.values() for family in families for file in _file_names(family.partition(":")[0])
)
"""Of all files that are looked for in the system's folders."""


def font_package(script: str) -> str:
    """The package of Debian and Ubuntu that has the fonts of a script."""
    return "fonts-noto-cjk" if script in CJK else "fonts-noto-core"


def system_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts: those of the user first."""
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return local / "Microsoft/Windows/Fonts", Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    return home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")


def fonts_below(folders: Iterable[Path]) -> dict[str, Path]:
    """The fonts of known names in some folders and those below them; of two of one name the first counts."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in _walk(str(folder), DEPTH):
            found.setdefault(os.path.basename(path), Path(path))  # noqa: PTH119  # most are of no interest
    return dict(sorted(found.items()))


def _walk(folder: str, depth: int) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in inside:
        if entry.name in NAMES:
            yield entry.path
        elif depth and "." not in entry.name and entry.is_dir():
            yield from _walk(entry.path, depth - 1)


def own_fonts(folder: Path) -> dict[str, Path]:
    """The fonts that a portal keeps in its folder, by name."""
    try:
        return {path.name: path for path in sorted(folder.iterdir()) if path.suffix.lower() in FORMATS}
    except OSError:
        return {}


def font_digest(data: bytes, size: int) -> bytes:
    """What tells a font from others, made of its first bytes and its size.

    A large one need not be read whole: it begins with a directory that has a checksum of each of its tables
    (https://learn.microsoft.com/typography/opentype/spec/otff#table-directory).
    """
    return hashlib.blake2b(
        data[: WHOLE if size <= WHOLE else DIRECTORY] + str(size).encode(), digest_size=16
    ).digest()


def digest_of_font(path: Path) -> bytes | None:
    """The digest of a font file; None if it can't be read."""
    try:
        status = path.stat()
        return _digest_at(str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    except OSError:
        return None


@lru_cache(maxsize=256)
def _digest_at(path: str, size: int, written: int, changed: int) -> bytes:
    with Path(path).open("rb") as file:
        return font_digest(file.read(WHOLE if size <= WHOLE else DIRECTORY), size)
