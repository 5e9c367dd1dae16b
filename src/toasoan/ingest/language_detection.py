"""Which language a text is written in: by script, by letters, by its smallest words. Offline, and never a guess.

The first seeds of doubt win: a text that no language fits well, or two fit alike, has none. Languages that import
does not read take part in the contest as well, so that a Danish text is not called Norwegian for want of a better.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from toasoan.ingest.words import DetectionWords, LanguageWords, all_words, lowered, other_languages

LONGEST_SAMPLE = 40_000
"""Characters that are looked at: more of the same text says nothing new."""

ENOUGH_LETTERS = 300
"""A text with so many letters has some of its language's own ones."""

LEAST_SCORE = 0.1
LEAST_LEAD = 0.04
"""Shares of the text's words, or what letters count like."""

FEWEST_SIGNS = 2
"""The best language has so many words or letters of its own more than the next one: one alone may be a name."""

MOST_FOR_LETTERS = 0.3
"""Letters raise a score by at most this."""

MOST_AGAINST_LETTERS = 0.5
"""Foreign letters lower it by at most this: a text may be full of foreign names."""


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
    """What is counted in a text."""

    text: str
    """In small letters, with one space for whatever is neither a letter nor a mark on one."""

    letters: Counter[str]
    letter_count: int
    words: Counter[str]
    word_count: int
    script: str


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a language fits a text."""

    score: float
    signs: int
    """Words and letters that speak for the language."""

    tag: str
    is_ours: bool


def detect_language(text: str, languages: Mapping[str, LanguageWords]) -> DetectedLanguage | None:
    """The language of a text; None where nothing fits, or two languages fit alike."""
    sample = _sample(text[:LONGEST_SAMPLE])
    if sample is None:
        return None
    fits = sorted(_fits(sample, languages), key=lambda fit: (-fit.score, fit.tag))
    if not fits or not fits[0].is_ours or not _is_clear(fits[0], fits[1] if len(fits) > 1 else None):
        return None
    tag = fits[0].tag
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
    small = lowered(text)
    letters: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    blanks: dict[int, str] = {}
    for character, count in Counter(small).items():
        if character.isalpha():
            letters[character] = count
            scripts[_script(character)] += count
        elif not unicodedata.category(character).startswith("M"):
            blanks[ord(character)] = " "
    if not scripts:
        return None
    words = small.translate(blanks).split()
    script = scripts.most_common(1)[0][0]
    return _Sample(f" {' '.join(words)} ", letters, letters.total(), Counter(words), len(words), script)


@cache
def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name in Unicode."""
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]


def _fits(sample: _Sample, languages: Mapping[str, LanguageWords]) -> Iterator[_Fit]:
    claims = _claims()
    for tag, words in languages.items():
        if sample.script in words.detection.scripts:
            yield _fit(sample, words.detection, claims, tag, is_ours=True)
    for tag, other in other_languages().items():
        if sample.script in other.scripts:
            yield _fit(sample, other, claims, tag, is_ours=False)


@cache
def _claims() -> Counter[str]:
    """By how many languages each letter is claimed for their own."""
    every = (*(words.detection for words in all_words().languages.values()), *other_languages().values())
    return Counter(letter for words in every for letter in set(words.own_letters))


def _fit(sample: _Sample, language: DetectionWords, claims: Counter[str], tag: str, *, is_ours: bool) -> _Fit:
    """Share of the language's words, raised by its own letters and lowered by foreign ones.

    Letters that other languages have as well count only beside words.
    """
    share, signs = _said(sample, language)
    counts = {letter: sample.letters[letter] for letter in language.own_letters if letter in sample.letters}
    alone = sum(count for letter, count in counts.items() if claims[letter] == 1)
    own = sum(counts.values()) / sample.letter_count
    foreign = sum(sample.letters[letter] for letter in language.foreign_letters if letter in sample.letters)
    lacks_its_letters = bool(language.own_letters) and not own and sample.letter_count >= ENOUGH_LETTERS
    score = (
        (0.0 if lacks_its_letters else share)
        + min(MOST_FOR_LETTERS, 5 * own, 3 * share + 5 * alone / sample.letter_count)
        - min(MOST_AGAINST_LETTERS, 10 * foreign / sample.letter_count)
    )
    return _Fit(score, signs + alone, tag, is_ours)


def _said(sample: _Sample, language: DetectionWords) -> tuple[float, int]:
    """The share of a text that the language's commonest words make up, and how often one is said."""
    if language.sequences:
        counts = [(sequence, sample.text.count(sequence)) for sequence in language.sequences]
        said = sum(len(sequence.strip()) * count for sequence, count in counts)
        return said / len(sample.text), sum(count for _, count in counts)
    common = sum(sample.words[word] for word in language.stop_words if word in sample.words)
    own = sum(sample.words[word] for word in language.own_words if word in sample.words)
    return (common + own) / sample.word_count, common + own


def _is_clear(best: _Fit, second: _Fit | None) -> bool:
    if best.score < LEAST_SCORE or best.signs < FEWEST_SIGNS:
        return False
    if second is None or second.score <= 0:
        return True
    return best.score - second.score >= LEAST_LEAD and best.signs - second.signs >= FEWEST_SIGNS


def _evidence(sample: _Sample, language: DetectionWords) -> str:
    letters = _commonest(sample.letters, language.own_letters)
    words = _commonest(sample.words, language.stop_words)
    sequences = _commonest(Counter({own: sample.text.count(own) for own in language.sequences}), language.sequences)
    parts = [f"{sample.script.capitalize()} script"]
    parts += [f"the letters {', '.join(letters)}"] if letters else []
    parts += [f"the words {', '.join(words)}"] if words else []
    parts += [f"the frequent {', '.join(map(str.strip, sequences))}"] if sequences and not words else []
    return "; ".join(parts)


def _commonest(counts: Counter[str], wanted: str | tuple[str, ...]) -> list[str]:
    present = [item for item in dict.fromkeys(wanted) if counts[item]]
    return sorted(present, key=lambda item: (-counts[item], item))[:4]
