"""Mends what machines did to a text, and nothing that a person wrote: a table of named steps.

`legible` is right in every language and comes first; `cleaned` follows the rules of one language. No step
takes away a letter, a digit or a word. What each step did is counted, for the report.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping

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


def lines_mended(text: str) -> Mapping[str, int]:
    """How many lines of a raw text each step of `legible` mends."""
    flat = text.replace("\n", "")
    if flat.isprintable() and _PRINTABLE_INVISIBLE not in flat and unicodedata.is_normalized("NFC", flat):
        steps = LINE_STEPS[-1:] if "  " in flat else ()
    else:
        steps = LINE_STEPS
    lines = text.split("\n") if steps else []
    counts = {name: sum(is_mended(line) for line in lines) for name, is_mended in steps}
    return {name: count for name, count in counts.items() if count}


def _has_split_letters(line: str) -> bool:
    return not unicodedata.is_normalized("NFC", line)


def _has_invisible(line: str) -> bool:
    return _UNSEEN.search(line) is not None


def _has_odd_space(line: str) -> bool:
    """Whether white space between words is anything but a single plain space; that around a line says nothing."""
    return " ".join(line.split()) != line.strip()


LINE_STEPS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("letters-put-together", _has_split_letters),
    ("invisible-characters", _has_invisible),
    ("white-space", _has_odd_space),
)
"""What `legible` does, and whether a line is in need of it."""


class Cleaning:
    """The cleaning of one article: each text once, with a count of those that each step changed."""

    def __init__(self, words: CleaningWords | None) -> None:
        self.mended: Counter[str] = Counter()
        self._words = words
        self._done: dict[str, str] = {}

    def cleaned(self, text: str) -> str:
        """A legible text as the article's language writes it; as it is, where that isn't known."""
        if self._words is None:
            return text
        if text not in self._done:
            self._done[text] = cleaned(text, self._words, self.mended)
        return self._done[text]


def cleaned(text: str, words: CleaningWords, mended: Counter[str] | None = None) -> str:
    """A legible text as its language writes it; `mended` counts the steps that changed something."""
    for name, step in STEPS:
        before, text = text, step(text, words)
        if mended is not None and text != before:
            mended[name] += 1
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
