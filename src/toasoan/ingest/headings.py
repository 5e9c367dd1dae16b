"""Which short lines of a text are headings. Nothing marks them: length and place must tell.

The rule of thumb is measured on real pages: headings have 50 to 139 characters there, with a full stop or without,
paragraphs have 139 and more, and the shortest ones stand last. All are reading lengths. A full stop speaks against a
heading: with one, it may have no figures, and in a text of short paragraphs it is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from toasoan.ingest.sentences import is_single_sentence, without_full_stop
from toasoan.ingest.text_length import reading_length
from toasoan.ingest.words import Words

LONGEST = 150
CLEARLY_SHORTER = 0.6
"""A heading has at most this part of the text's usual paragraph."""

SHORTEST_LONGEST = 80
"""A text whose longest line has fewer letters is a list, and has no headings."""

CLEARLY_LONGER = 1.5
"""A short paragraph has so many times the letters of the heading above it."""

_FIGURES = re.compile(r"\d+")
_YEARS = range(1900, 2100)

_NO_HEADING_ENDS = (*":…,;-–—：，、；،؛៖", "...")
_NO_HEADING_BEGINS = tuple('•*·–—-+«“"„')


def usual_length(texts: Sequence[str]) -> float:
    """The median reading length of the lines that are too long for headings.

    Where there are none, of those at least half as long as the longest; 0 for a list of short lines.
    """
    lengths = [reading_length(text) for text in texts]
    long = [length for length in lengths if length > LONGEST]
    longest = max(lengths, default=0)
    if not long and longest >= SHORTEST_LONGEST:
        long = [length for length in lengths if length >= longest / 2]
    return median(long) if long else 0.0


def is_heading(text: str, preceding: str | None, following: str | None, usual: float, words: Words) -> bool:
    """Whether a line heads the one that follows it (None: nothing, or a picture)."""
    return (
        following is not None
        and could_be_heading(text, usual, words)
        and (not could_be_heading(following, usual, words) or _heads_a_short_one(text, following))
        and reading_length(text) < reading_length(following)
        and not (
            preceding is not None
            and could_be_heading(preceding, usual, words)
            and _heads_a_short_one(preceding, text)
        )
    )


def _heads_a_short_one(text: str, following: str) -> bool:
    """Of two short lines, the first is the heading of the second if only that one is a sentence."""
    return (
        not has_full_stop(text)
        and has_full_stop(following)
        and CLEARLY_LONGER * reading_length(text) <= reading_length(following)
    )


def has_full_stop(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return without_full_stop(text) != text


def _is_statement(text: str, usual: float) -> bool:
    """Whether a line with a full stop is rather a short paragraph."""
    figures = _FIGURES.findall(text)
    return has_full_stop(text) and (usual <= LONGEST or any(int(each[:9]) not in _YEARS for each in figures))


def could_be_heading(text: str, usual: float, words: Words) -> bool:
    """Whether a line looks like a heading, wherever it stands."""
    return (
        0 < reading_length(text) <= min(LONGEST, CLEARLY_SHORTER * usual)
        and any(character.isalnum() for character in text)
        and not text.endswith(_NO_HEADING_ENDS)
        and not text.startswith(_NO_HEADING_BEGINS)
        and not _is_statement(text, usual)
        and is_single_sentence(text, words.abbreviations)
    )
