"""Titles and names into the last part of an address, and the rules that such a part must keep.

The one door to python-slugify. Its transliteration is right for Vietnamese and most of Europe; a table per
language stands in front of it where a country has a standard of its own.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Mapping
from functools import cache, lru_cache

LONGEST_MADE = 100
"""Characters in a slug that is made from a title; cut between words."""

NAMES_KEPT = 10_000
"""Slugs that are remembered at most."""

LONGEST_ALLOWED = 200
"""Bytes in a slug that somebody gave: file systems stop at 255 for a name, and hosts add endings."""

_UKRAINIAN_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_UKRAINIAN = {
    "зг": "zgh", "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
"""Resolution 55 of Ukraine's Cabinet of Ministers, 27 January 2010."""

_RUSSIAN = {"ё": "e", "й": "i", "щ": "shch", "ъ": "ie", "ь": "", "э": "e", "ю": "iu", "я": "ia"}
"""ICAO Doc 9303, where python-slugify's own table differs from it or depends on its version."""

_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_PORTAL_FILES = re.compile(r"(index|404)\.html|feed\.(xml|json)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0/\\%?#:*\"<>|&;]")


@lru_cache(maxsize=NAMES_KEPT)  # names of agencies, authors and tags come again and again
def slug_of(text: str, language: str) -> str:
    """A slug made from a title or a name: lower-case ASCII words joined by hyphens, at most LONGEST_MADE long.

    A text without a single letter that can be written so gets a short hash of itself: never an empty slug.
    """
    text = unicodedata.normalize("NFC", text).casefold() if language == "uk" else unicodedata.normalize("NFC", text)
    if language == "uk":
        text = _transliterated(re.sub(r"(?<![\w'’ʼ])[єїйюя]", lambda m: _UKRAINIAN_INITIAL[m[0]], text), _UKRAINIAN)
    elif language == "ru":
        text = _transliterated(text.casefold(), _RUSSIAN)
    if _PLAIN.fullmatch(text):
        return _named_apart(_plain_slug(text), text)
    from slugify import slugify

    # The backend is named, so that slugs do not depend on what else is installed, and nothing is searched each time.
    slug = slugify(text, max_length=LONGEST_MADE, word_boundary=True, save_order=True, backend="text-unidecode")
    return _named_apart(slug, text)


def _named_apart(slug: str, text: str) -> str:
    if not slug:
        return "n-" + hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{slug}-n" if _WINDOWS_DEVICES.fullmatch(slug) else slug


_LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u013e\u0141-\u0148\u014a-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9"
_PLAIN = re.compile(f"[A-Za-z0-9 .:;!?()/{_LATIN}–-]*")
"""Letters of Latin script and what stands between words: the library has nothing to decide here but how letters look
without their marks. That is asked once for each letter."""


def _plain_slug(text: str) -> str:
    """What python-slugify makes of a plain text, several times as fast."""
    plain = "".join(map(_letter, text)) if not text.isascii() else text
    words = _NO_WORD.split(plain.lower())
    slug = "-".join(filter(None, words))
    if len(slug) <= LONGEST_MADE:
        return slug
    from slugify import slugify  # there is much to load, and most builds need it for a few letters or for none

    return slugify(slug, max_length=LONGEST_MADE, word_boundary=True, save_order=True)


_NO_WORD = re.compile("[^a-z0-9]+")


@lru_cache(maxsize=1_000)
def _letter(letter: str) -> str:
    from slugify import slugify

    return str(slugify(letter, lowercase=False, backend="text-unidecode")) or " "


def unique_slug(slug: str, taken: Container[str]) -> str:
    """`slug` itself, or with the first free suffix: "ban-nha", "ban-nha-2", "ban-nha-3"."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def slug_fault(slug: str) -> str | None:
    """Why a slug that somebody gave can't be the name of a folder on every host; None if it can."""
    if not slug:
        return "is empty"
    if found := _FORBIDDEN.search(slug):
        return f"has {found[0]!r}, which an address can't carry"
    if slug.startswith(".") or slug.endswith("."):
        return "begins or ends with a full stop"
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") for character in slug):
        return "has an invisible character"
    if len(slug.encode("utf-8")) > LONGEST_ALLOWED:
        return f"is longer than {LONGEST_ALLOWED} bytes"
    if _WINDOWS_DEVICES.fullmatch(slug):
        return "is a name that Windows keeps for itself"
    if _PORTAL_FILES.fullmatch(slug):
        return "is the name of a file that the portal makes itself"
    return None


def folded_address(address: str) -> str:
    """What two addresses must not share: the same letters in another case or another Unicode form.

    File systems that ignore case, or that keep names in NFD, would put both into one file.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())


def _transliterated(text: str, table: Mapping[str, str]) -> str:
    pattern = _any_of(tuple(table))
    return pattern.sub(lambda found: table[found[0]], text)


@cache
def _any_of(letters: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True))))
