"""Which language a text is written in: by script, by letters, by its smallest words. Offline, and never a guess.

The first seeds of doubt win: a text that no language fits well, or two fit alike, has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from toasoan.ingest.words import DetectionWords, LanguageWords

LONGEST_SAMPLE = 40_000
"""Characters that are looked at: more of the same text says nothing new."""

ENOUGH_LETTERS = 150
"""A text with so many letters has some of its language's own ones."""

LEAST_SCORE = 0.1
LEAST_LEAD = 0.04


SHORTEST_VOTER = 40
MAJORITY = 0.6
"""On a page in two languages, so much of the text must be in one of them for it to be the page's."""


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """A text's language and what speaks for it."""

    tag: str
    evidence: str
    """"Cyrillic script; the letters ї, і, є; the words та, на, для"."""


@dataclass(frozen=True, slots=True)
class _Sample:
    letters: Counter[str]
    words: Counter[str]
    script: str

    @property
    def letter_count(self) -> int:
        return self.letters.total()


def detect_language(text: str, languages: Mapping[str, LanguageWords]) -> DetectedLanguage | None:
    """The language of a text; None where nothing fits, or two languages fit alike."""
    sample = _sample(text[:LONGEST_SAMPLE])
    if sample is None:
        return None
    scores = sorted(((_score(sample, words.detection), tag) for tag, words in languages.items()), reverse=True)
    best, tag = scores[0]
    if best < LEAST_SCORE or (len(scores) > 1 and best - scores[1][0] < LEAST_LEAD):
        return None
    return DetectedLanguage(tag, _evidence(sample, languages[tag].detection))


def detect_language_of_page(text: str, languages: Mapping[str, LanguageWords]) -> DetectedLanguage | None:
    """The language of a text as a whole; on a page in two languages, that of most of its lines."""
    return detect_language(text, languages) or _language_of_most_lines(text, languages)


def _language_of_most_lines(text: str, languages: Mapping[str, LanguageWords]) -> DetectedLanguage | None:
    votes: Counter[str] = Counter()
    lines = [line for line in text[:LONGEST_SAMPLE].split("\n") if len(line) >= SHORTEST_VOTER]
    for line in lines:
        if detected := detect_language(line, languages):
            votes[detected.tag] += len(line)
    if not votes:
        return None
    tag, votes_for_it = votes.most_common(1)[0]
    share = votes_for_it / sum(map(len, lines))
    return DetectedLanguage(tag, f"{share:.0%} of the text's lines") if share >= MAJORITY else None


def _sample(text: str) -> _Sample | None:
    folded = text.casefold()
    letters = Counter(character for character in folded if character.isalpha())
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]] += count
    if not scripts:
        return None
    return _Sample(letters, Counter(re.findall(r"[^\W\d_]+", folded)), scripts.most_common(1)[0][0])


def _score(sample: _Sample, language: DetectionWords) -> float:
    """Share of stop words, raised by the language's own letters and lowered by foreign ones."""
    if sample.script not in language.scripts:
        return 0.0
    stop_words = sum(sample.words[word] for word in language.stop_words) / max(1, sample.words.total())
    own = _share(sample, language.own_letters)
    foreign = _share(sample, language.foreign_letters)
    lacks_its_letters = bool(language.own_letters) and not own and sample.letter_count >= ENOUGH_LETTERS
    return (0.0 if lacks_its_letters else stop_words) + min(0.3, 5 * own) - min(0.5, 10 * foreign)


def _share(sample: _Sample, letters: str) -> float:
    return sum(sample.letters[letter] for letter in letters) / sample.letter_count


def _evidence(sample: _Sample, language: DetectionWords) -> str:
    letters = _commonest(sample.letters, language.own_letters)
    words = _commonest(sample.words, language.stop_words)
    parts = [f"{sample.script.capitalize()} script"]
    parts += [f"the letters {', '.join(letters)}"] if letters else []
    parts += [f"the words {', '.join(words)}"] if words else []
    return "; ".join(parts)


def _commonest(counts: Counter[str], wanted: str | tuple[str, ...]) -> list[str]:
    present = [item for item in wanted if counts[item]]
    return sorted(present, key=lambda item: (-counts[item], item))[:4]
