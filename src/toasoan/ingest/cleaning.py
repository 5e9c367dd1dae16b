"""Mends what machines did to a text, and nothing that a person wrote: a table of named steps.

`legible` is right in every language and comes first; `cleaned` follows the rules of one language. No step
takes away a letter, a digit or a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from toasoan.ingest.words import CleaningWords

Step = Callable[[str, CleaningWords], str]

MOST_MARKS = 30
HARMLESS_LENGTH = 2000
"""Characters of a line that may be all marks without harm."""

# Zero-width and bidirectional controls come from editors and from attacks; joiners wait for the language's word.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\ufffc\u202a-\u202e\u2066-\u2069"
_CONTROLS = "".join(c for c in map(chr, (*range(0x20), *range(0x7F, 0xA0))) if not c.isspace())
_UNSEEN = re.compile(f"[{_CONTROLS}{_INVISIBLE}]")
_PRINTABLE_INVISIBLE = "\ufffc"
"""The one of them that `str.isprintable` lets pass."""

_CLOSERS = ")]»”\"'’%_"
_WIDE_STOPS = "。、，；：！？"
_JOINERS = re.compile("[\u200c-\u200f]")


def legible(text: str) -> str:
    """One line of a raw text in NFC, without invisible characters, and with single plain spaces."""
    normal = unicodedata.normalize("NFC", _with_short_runs_of_marks(text))
    # To look for each character by itself takes many times as long, and few lines have one.
    if not normal.isprintable() or _PRINTABLE_INVISIBLE in normal:
        normal = _UNSEEN.sub("", normal)
    return " ".join(normal.split())


def _with_short_runs_of_marks(text: str) -> str:
    """A text without the marks that are heaped on one letter beyond all writing: sorting them would take for ever.

    The limit is that of Unicode's Stream-Safe Text Format (UAX #15, section 13).
    """
    if len(text) <= HARMLESS_LENGTH or not any(map(unicodedata.combining, set(text))):
        return text
    kept, run = [], 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def cleaned(text: str, words: CleaningWords) -> str:
    """A legible text as its language writes it."""
    for _, step in STEPS:
        text = step(text, words)
    return unicodedata.normalize("NFC", text).strip()


def without_joiners(text: str, words: CleaningWords) -> str:
    """Without zero-width joiners and direction marks, where the script has no use for them."""
    return text if words.joiners or text.isprintable() else _JOINERS.sub("", text)


def without_end_mark(text: str, words: CleaningWords) -> str:
    """Agencies close a text with "./.": only the full stop is the sentence's own."""
    if not text.endswith("/."):
        return text
    start = text[:-2].rstrip()
    if start.endswith("."):
        return f"{start[:-1].rstrip()}."
    last_word = start[-200:].rsplit(" ", 1)[-1]
    return text if "/" in last_word or not start[-1:].isalpha() else f"{start}."


def without_space_before_stops(text: str, words: CleaningWords) -> str:
    """A removed link leaves "канцелярії ." behind. Which stops, the language says: French has " :"."""
    if not any(f" {stop}" in text for stop in words.no_space_before):
        return text

    def mended(found: re.Match[str]) -> str:
        before = found[1]
        is_word = before in _CLOSERS or unicodedata.category(before)[0] in "LMN"
        return f"{before}{found[2]}" if is_word else found[0]

    # A wide stop needs no space after it; ".vn" and ".5" begin words.
    return re.sub(rf"(\S) ([{re.escape(words.no_space_before)}])(?:(?<=[{_WIDE_STOPS}])|(?![\w.]))", mended, text)


def without_space_inside_brackets(text: str, words: CleaningWords) -> str:
    """A removed link leaves "( Quang Binh )" behind."""
    if "( " in text or "[ " in text:
        text = re.sub(r"(?<=[(\[]) ", "", text)
    return re.sub(r" (?=[)\]])", "", text) if " )" in text or " ]" in text else text


def with_joined_hyphens(text: str, words: CleaningWords) -> str:
    """A removed link tears "socio -economic" apart; "two- and three-storey" is whole."""
    if "- " not in text and " -" not in text:
        return text

    def mended(hyphen: re.Match[str]) -> str:
        before, after = text[hyphen.start() - 1], hyphen[2]
        torn = hyphen[1] in words.split_hyphens and before.islower() and after[0].islower()
        return "-" if torn and after not in words.hyphen_hangs_before else hyphen[1]

    return re.sub(r"(?<=[^\W\d_])(- | -)(?=([^\W\d_]{1,40}))", mended, text)


STEPS: tuple[tuple[str, Step], ...] = (
    ("joiners", without_joiners),
    ("end-mark", without_end_mark),
    ("space-before-stops", without_space_before_stops),
    ("space-inside-brackets", without_space_inside_brackets),
    ("torn-hyphens", with_joined_hyphens),
)
"""In the order in which they are taken."""
