"""Which section of the portal a text belongs to, by the words it uses. A table of words, not a judgement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from toasoan.ingest.words import LanguageWords, SectionWords, alternatives, lowered

LEAST_SCORE = 6
LEAST_LEAD = 1.4
"""The best section must have so many times the score of the second."""

PLACES = "local"
"""Villages, farmers and families stand in headlines of all sections: there they don't count more."""

FEWEST_WORDS = 2
"""A single word, however often it is said, may be a name or have another meaning."""

HEADLINE_WEIGHT = 2
"""A word of the title, lede or tags counts so many times more: they are chosen to say what a text is about."""

MOST_COUNTED = 8
"""One word said a hundred times speaks no louder than said so often."""


@dataclass(frozen=True, slots=True)
class DerivedSection:
    """A section and the words that speak for it."""

    key: str
    evidence: str
    """"«chính phủ» 21 times, «thủ tướng» 9 times; in the headline «thủ tướng»"."""


def section_of(text: str, words: LanguageWords, known: Container[str], headline: str = "") -> DerivedSection | None:
    """The known section for which the words of a text and its headline speak clearly; None where none does.

    The text may have the headline in it.
    """
    keys = tuple(key for key in words.sections.words if key in known)
    counts = _counts(lowered(text), words.sections, keys)
    above = _counts(lowered(headline), words.sections, keys)
    scores = sorted(((_score(counts[key], above[key], key, words), key) for key in keys), reverse=True)
    if not scores or scores[0][0] < LEAST_SCORE:
        return None
    key = scores[0][1]
    if len(scores) > 1 and scores[0][0] < LEAST_LEAD * scores[1][0]:
        return None
    if len(counts[key].keys() | above[key].keys()) < FEWEST_WORDS:
        return None
    return DerivedSection(key, _evidence(counts[key], above[key]))


def _counts(small: str, sections: SectionWords, keys: Sequence[str]) -> Mapping[str, Counter[str]]:
    """How often each section's stems stand in a text; where two of one section begin, the longer one counts."""
    counts: dict[str, Counter[str]] = {key: Counter() for key in keys}
    ends = dict.fromkeys(keys, 0)
    stems_of = tuple((key, tuple(sections.words[key])) for key in keys)
    pattern, within = _stems(stems_of, sections.inflected, sections.anywhere)
    for match in pattern.finditer(small):
        start = match.start()
        done = None
        for stem, key in within[match[1]]:
            if key == done or start < ends[key]:
                continue
            end = start + len(stem)
            if sections.inflected or not _is_word(small[end : end + 1]):
                counts[key][stem] += 1
                ends[key] = end
                done = key
    return counts


def _is_word(character: str) -> bool:
    r"""Whether a character is one that `\w` matches."""
    return character.isalnum() or character == "_"


@cache
def _stems(
    stems_of: tuple[tuple[str, tuple[str, ...]], ...], inflected: bool, anywhere: bool
) -> tuple[re.Pattern[str], Mapping[str, Sequence[tuple[str, str]]]]:
    """What finds the places of all sections' stems in one go, each with the longest of them as its first group.

    And for each stem those that it begins with, itself among them: section by section, the longest first.
    """
    begin, end = "" if anywhere else r"(?<!\w)", "" if inflected else r"(?!\w)"
    of_key = [(stem, key) for key, stems in stems_of for stem in sorted(stems, key=len, reverse=True)]
    every = {stem for stem, _ in of_key}
    within = {longest: tuple(one for one in of_key if longest.startswith(one[0])) for longest in every}
    return re.compile(f"{begin}(?=({alternatives(every)}){end})"), within


def _score(counts: Counter[str], above: Counter[str], key: str, words: LanguageWords) -> int:
    weights = words.sections.words[key]
    of_text = sum(weights[stem] * min(count, MOST_COUNTED) for stem, count in counts.items())
    return of_text + (0 if key == PLACES else HEADLINE_WEIGHT * sum(weights[stem] for stem in above))


def _evidence(counts: Counter[str], above: Counter[str]) -> str:
    commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:4]
    said = [", ".join(f"«{stem}» {count} {'times' if count > 1 else 'time'}" for stem, count in commonest)]
    said += [f"in the headline {', '.join(f'«{stem}»' for stem in sorted(above)[:4])}"] if above else []
    return "; ".join(filter(None, said))
