"""Which short lines of a text are headings. Nothing marks them: length and place must tell.

The rule of thumb is measured on real pages: headings have 50 to 139 characters there, with a full stop or without,
paragraphs have 139 and more, and the shortest ones stand last. All are reading lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from toasoan.ingest.sentences import is_single_sentence
from toasoan.ingest.text_length import reading_length
from toasoan.ingest.words import Words

LONGEST = 150
CLEARLY_SHORTER = 0.6
"""A heading has at most this part of the text's usual paragraph."""

_NO_HEADING_ENDS = (*":…,;-–—：，、；،؛៖", "...")
_NO_HEADING_BEGINS = tuple('•*·–—-+«“"„')


def usual_length(texts: Sequence[str]) -> float:
    """The median reading length of the lines that are too long for headings; 0 where there are none."""
    long = [length for length in map(reading_length, texts) if length > LONGEST]
    return median(long) if long else 0.0


def is_heading(text: str, following: str | None, usual: float, words: Words) -> bool:
    """Whether a line heads the one that follows it (None: nothing, or a picture)."""
    return (
        following is not None
        and could_be_heading(text, usual, words)
        and not could_be_heading(following, usual, words)
        and reading_length(text) < reading_length(following)
    )


def could_be_heading(text: str, usual: float, words: Words) -> bool:
    """Whether a line looks like a heading, wherever it stands."""
    return (
        0 < reading_length(text) <= min(LONGEST, CLEARLY_SHORTER * usual)
        and any(character.isalnum() for character in text)
        and not text.endswith(_NO_HEADING_ENDS)
        and not text.startswith(_NO_HEADING_BEGINS)
        and is_single_sentence(text, words.abbreviations)
    )
