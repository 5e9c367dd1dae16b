"""A title for a text that has none: made by rule, and always marked for a person's eye."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toasoan.ingest.sentences import first_sentence, is_single_sentence, without_full_stop
from toasoan.ingest.text_length import index_of_length, reading_length, whole_letters
from toasoan.ingest.words import Words

LONGEST = 160
CAPTION_LENGTHS = range(40, 141)
"""Both are reading lengths: in letters of an alphabet."""

_CLAUSE_ENDS = ((";", "；", "؛"), (",", "，", "、", "،"))

_AGENCY_SLUG = re.compile(r"(?:\([^()]{2,40}\)|[A-ZĐ]{2,10})\s?[-–—]\s")


@dataclass(frozen=True, slots=True)
class MadeTitle:
    """A title and what it was made from."""

    title: str
    made_from: str
    """In words, for a person: "the first photo's caption"."""


def made_title(first_caption: str | None, opening: str | None, words: Words) -> MadeTitle | None:
    """A title from the first caption if it is a sentence of a title's length, else from the opening sentence."""
    if first_caption and is_single_sentence(first_caption, words.abbreviations):
        caption = without_full_stop(first_caption)
        if reading_length(caption) in CAPTION_LENGTHS:
            return MadeTitle(caption, "the first photo's caption")
    if opening:
        sentence = without_full_stop(first_sentence(without_agency_slug(opening), words.abbreviations))
        if sentence:
            return MadeTitle(cut_to_clauses(sentence), "the opening sentence")
    return MadeTitle(cut_to_clauses(first_caption), "the first photo's caption") if first_caption else None


def without_agency_slug(text: str) -> str:
    """A text without the agency's mark before it: "(Chinhphu.vn) – ", "TPO - "."""
    found = _AGENCY_SLUG.match(text)
    return text[found.end() :] if found else text


def cut_to_clauses(sentence: str) -> str:
    """A sentence of at most LONGEST letters, cut after its last whole clause, or after a word with "…"."""
    limit = index_of_length(sentence, LONGEST)
    if limit == len(sentence):
        return sentence
    for marks in _CLAUSE_ENDS:
        end = max(_last_clause_end(sentence, mark, limit) for mark in marks)
        if end >= limit // 4:  # a single word before the first comma is no title
            return sentence[:end].rstrip()
    end = sentence.rfind(" ", 0, limit)
    kept = sentence[:end] if end >= limit // 4 else whole_letters(sentence, limit - 1)
    return f"{kept.rstrip(' ,;:-–—，、；：،؛')}…"


def _last_clause_end(sentence: str, mark: str, limit: int) -> int:
    """Where the last clause before the limit ends; wide marks need no space after them."""
    return sentence.rfind(mark if mark in "；，、" else f"{mark} ", 0, limit + 1)
