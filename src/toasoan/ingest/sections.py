"""Which section of the portal a text belongs to, by the words it uses. A table of words, not a judgement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from toasoan.ingest.words import LanguageWords, alternatives, lowered

LEAST_SCORE = 6
LEAST_LEAD = 1.25
"""The best section must have so many times the score of the second."""

MOST_COUNTED = 8
"""One word said a hundred times speaks no louder than said so often."""


@dataclass(frozen=True, slots=True)
class DerivedSection:
    """A section and the words that speak for it."""

    key: str
    evidence: str
    """"«chính phủ» 21 times, «thủ tướng» 9 times"."""


def section_of(text: str, words: LanguageWords, known: Container[str]) -> DerivedSection | None:
    """The known section for which the text's words speak clearly; None where none does."""
    counts = {key: _counts(lowered(text), key, words) for key in words.sections.words if key in known}
    scores = sorted(((_score(counts[key], key, words), key) for key in counts), reverse=True)
    if not scores or scores[0][0] < LEAST_SCORE:
        return None
    if len(scores) > 1 and scores[0][0] < LEAST_LEAD * scores[1][0]:
        return None
    key = scores[0][1]
    return DerivedSection(key, _evidence(counts[key]))


def _counts(small: str, key: str, words: LanguageWords) -> Counter[str]:
    sections = words.sections
    pattern = _pattern(tuple(sections.words[key]), sections.inflected, sections.anywhere)
    return Counter(match[0] for match in pattern.finditer(small))


@cache
def _pattern(stems: tuple[str, ...], inflected: bool, anywhere: bool) -> re.Pattern[str]:
    begin, end = "" if anywhere else r"(?<!\w)", "" if inflected else r"(?!\w)"
    return re.compile(f"{begin}(?:{alternatives(stems)}){end}")


def _score(counts: Counter[str], key: str, words: LanguageWords) -> int:
    weights = words.sections.words[key]
    return sum(weights[stem] * min(count, MOST_COUNTED) for stem, count in counts.items())


def _evidence(counts: Counter[str]) -> str:
    commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:4]
    return ", ".join(f"«{stem}» {count} {'times' if count > 1 else 'time'}" for stem, count in commonest)
