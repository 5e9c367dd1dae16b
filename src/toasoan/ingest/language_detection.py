"""Which language a text is written in: by script, by letters, by its smallest words. Offline, and never a guess.

The first seeds of doubt win: a text that no language fits well, or two fit alike, has none. Languages that import
does not read take part in the contest as well, so that a Danish text is not called Norwegian for want of a better.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toasoan.ingest.language_index import (
    KINDS,
    LANGUAGE_OF_NAMES,
    language_index,
    letters_only_in_names,
    words_by_script,
)
from toasoan.ingest.language_model import language_by_model
from toasoan.ingest.words import DetectionWords, LanguageWords, all_words, lowered

LONGEST_SAMPLE = 40_000
"""Characters that are looked at: more of the same text says nothing new."""

ENOUGH_LETTERS = 300
"""A text with so many letters has some of its language's own ones."""

LEAST_SCORE = 0.1
LEAST_SCORE_ALONE = 0.05
"""Where no other known language is written in the text's script."""

LEAST_LEAD = 0.04
"""Shares of the text's words, or what letters count like."""

FEWEST_SIGNS = 2
"""The best language has so many different words, or letters of its own, and so many more than the next one: a single
one may be a name."""

MOST_MIXED = 0.5
"""A text in two languages has more than this part of the best one's words from the other as well."""

MOST_CLEAR_LETTERS = 2 * FEWEST_SIGNS
"""There, letters of the best one's own count like so many words at most."""

MOST_FOR_LETTERS = 0.3
"""Letters raise a score by at most this."""

MOST_AGAINST_LETTERS = 0.5
"""Foreign letters lower it by at most this: a text may be full of foreign names."""

OVERWHELMING = 3
"""With so many times the words of another language, letters between them no longer matter."""

SHORTEST_VOTER = 40
LONGEST_BILINGUAL_SAMPLE = 4_000
FEWEST_SENTENCES = 3
LEAST_OF_SECOND = 0.5
"""On a page that says each sentence in two languages, so many must be told in either, and not many fewer in one."""

MAJORITY = 0.6
"""On a page in two languages, so much of the text must be in one of them for it to be the page's."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?]) |(?<=[。！？।])|\n")

MOST_REPLACED = 40
"""So many different blanks are replaced one by one, which is quick for each; more of them in one slow pass."""

_SCRIPT_NAMES = {"CJK": "Han"}
"""Where Unicode's character names don't begin with the script's own name."""


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
    words: Counter[str]
    word_count: int
    script: str


class _Fit(NamedTuple):
    """How well a language fits a text; a tuple, since dozens are made for each paragraph."""

    score: float
    signs: int
    """Words and letters that speak for the language."""

    tag: str
    is_ours: bool
    said: Mapping[str, int]
    """How often each of its common words is said."""

    said_count: int
    """Of all these words together."""

    letters_alone: int
    """How often a letter stands that no other language has."""

    def said_only(self, other: _Fit) -> int:
        """How often words are said that the other language doesn't have in common with this one."""
        said = self.said
        return self.said_count - sum([said[word] for word in said.keys() & other.said.keys()])

    def overwhelms(self, other: _Fit) -> bool:
        """Whether a text says so much more in the words of this language that letters may be those of names."""
        if self.said_count < OVERWHELMING or self is other:
            return False
        return self.said_only(other) >= OVERWHELMING * (other.said_only(self) + 1)


def detect_language(text: str, languages: Mapping[str, LanguageWords]) -> DetectedLanguage | None:
    """The language of a text; None where nothing fits, or two languages fit alike."""
    sample = _sample(text[:LONGEST_SAMPLE])
    tag = _tag_of(sample, languages)
    return DetectedLanguage(tag, _evidence(sample, languages[tag].detection)) if sample and tag else None


def detect_tag(text: str, languages: Mapping[str, LanguageWords]) -> str | None:
    """The tag of a text's language, for those who don't ask what speaks for it."""
    return _tag_of(_sample(text[:LONGEST_SAMPLE]), languages)


def detect_another(text: str, expected: str, languages: Mapping[str, LanguageWords]) -> str | None:
    """The tag of a text's language if it is none of `expected`, which must be one of `languages`."""
    text = text[:LONGEST_SAMPLE]
    if _rules_out_others(text, expected):
        return None
    tag = detect_tag(text, languages)
    return tag if tag != expected else None


def _rules_out_others(text: str, expected: str) -> bool:
    """Whether the words of one language alone leave no other a chance to be clear, whatever the letters say.

    This needs no count of the letters, and settles nearly every paragraph of a page.
    """
    small = lowered(text)
    characters = set(small)
    scripts = {kind for character in characters if (kind := KINDS[character])}
    if len(scripts) > 1:
        scripts = {_script_of_most(small)}
    if scripts.isdisjoint(by_script := words_by_script()):
        return False
    words = Counter(_without([character for character in characters if KINDS[character] is None], small).split())
    said = _said(words, by_script[scripts.pop()])
    own = said.get(expected, {})
    own_count = sum(own.values())
    if own_count <= MOST_MIXED * MOST_CLEAR_LETTERS:
        return False
    for tag, others in said.items():
        if tag != expected:
            common = own.keys() & others.keys()
            of_own_alone = own_count - sum([own[word] for word in common])
            of_others_alone = sum(others.values()) - sum([others[word] for word in common])
            if MOST_MIXED * (of_others_alone + MOST_CLEAR_LETTERS) >= of_own_alone:
                return False
    return True


def _tag_of(sample: _Sample | None, languages: Mapping[str, LanguageWords]) -> str | None:
    if sample is None:
        return None
    fits = sorted(_fits(sample, languages), key=lambda fit: (-fit.score, fit.tag))
    if not fits:
        return None
    best = next((fit for fit in fits if fit.overwhelms(fits[0])), fits[0])
    if not best.is_ours or not _is_clear(best, [fit for fit in fits if fit is not best]):
        return None
    return best.tag


def detect_language_of_page(text: str, languages: Mapping[str, LanguageWords]) -> DetectedLanguage | None:
    """The language of a text as a whole; on a page in two languages, that of most of its lines.

    Where the text's own words don't tell, a model is asked, if one is installed; the evidence says so.
    """
    return (
        detect_language(text, languages)
        or _language_of_most_lines(text, lambda line: detect_tag(line, languages), "")
        or _language_of_a_bilingual_page(text, languages)
        or _language_by_model(text, languages)
    )


def _language_by_model(text: str, languages: Mapping[str, LanguageWords]) -> DetectedLanguage | None:
    found = _language_of_most_lines(text, language_by_model, ", as the model of the extra «detection» tells")
    return found if found and found.tag in languages else None


def _language_of_most_lines(text: str, tell: Callable[[str], str | None], how: str) -> DetectedLanguage | None:
    votes: Counter[str] = Counter()
    lines = [line for line in text[:LONGEST_SAMPLE].split("\n") if len(line) >= SHORTEST_VOTER]
    for line in lines:
        if tag := tell(line):
            votes[tag] += len(line)
    if not votes:
        return None
    tag, votes_for_it = votes.most_common(1)[0]
    share = votes_for_it / sum(map(len, lines))
    return DetectedLanguage(tag, f"{share:.0%} of the text's lines{how}") if share >= MAJORITY else None


def _language_of_a_bilingual_page(text: str, languages: Mapping[str, LanguageWords]) -> DetectedLanguage | None:
    """Where each sentence is followed by its translation: the language that comes first."""
    sentences = [
        each for each in _SENTENCE_ENDS.split(text[:LONGEST_BILINGUAL_SAMPLE]) if len(each) >= SHORTEST_VOTER
    ]
    count = Counter(tag for each in sentences if (tag := detect_tag(each, languages)))
    both = [tag for tag, times in count.most_common(2) if times >= FEWEST_SENTENCES]
    if len(both) < 2 or len(count) > 2 or count[both[1]] < LEAST_OF_SECOND * count[both[0]]:
        return None
    first, second = (tag for tag in count if tag in both)
    return DetectedLanguage(first, f"the text's sentences are in {first} and {second}, and {first} comes first")


def _sample(text: str) -> _Sample | None:
    small = lowered(text)
    letters: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    blanks: list[str] = []
    for character, count in Counter(small).items():
        kind = KINDS[character]
        if kind:
            letters[character] = count
            scripts[kind] += count
        elif kind is None:
            blanks.append(character)
    if not scripts:
        return None
    split = _without(blanks, small).split()
    words = Counter(split)
    script = scripts.most_common(1)[0][0]
    return _Sample(f" {' '.join(split)} ", letters, words, len(split), script)


def _script_of_most(text: str) -> str:
    """The script of most letters, of two the first."""
    return Counter(kind for character in text if (kind := KINDS[character])).most_common(1)[0][0]


def _without(blanks: Sequence[str], text: str) -> str:
    """A text with spaces in the place of blanks; white space may stay."""
    if len(blanks) > MOST_REPLACED:
        return text.translate(dict.fromkeys(map(ord, blanks), " "))
    for blank in blanks:
        if not blank.isspace():
            text = text.replace(blank, " ")
    return text


def _letters_besides_names(words: Counter[str], letters: Counter[str]) -> Counter[str]:
    """The letters of the words that aren't names: all of them, as the same object, where there are no names."""
    only_in_names = letters_only_in_names()
    if only_in_names.isdisjoint(letters):
        return letters
    others = Counter("".join([word * count for word, count in words.items() if only_in_names.isdisjoint(word)]))
    for mark in others.keys() - letters.keys():
        del others[mark]
    return others


def _fits(sample: _Sample, languages: Mapping[str, LanguageWords]) -> Iterator[_Fit]:
    """How well each language fits that has anything in common with the text."""
    index = language_index()
    said = _said(sample.words, index.by_word.get(sample.script, {}))
    besides_names = _letters_besides_names(sample.words, sample.letters)
    count_besides_names = max(1, besides_names.total())
    own, alone = _counted(besides_names, index.by_own_letter)
    foreign, _ = _counted(besides_names, index.by_foreign_letter)
    if besides_names is not sample.letters:
        own[LANGUAGE_OF_NAMES], alone[LANGUAGE_OF_NAMES] = (
            counts[LANGUAGE_OF_NAMES] for counts in _counted(sample.letters, index.by_letter_of_names)
        )
    for tag in index.by_script.get(sample.script, ()):
        language, is_ours = index.detection[tag], tag in languages
        if language.sequences:
            said[tag] = {each: count for each in language.sequences if (count := sample.text.count(each))}
        if (said[tag] or own[tag]) and (is_ours or tag not in all_words().languages):
            letter_count = sample.letters.total() if tag == LANGUAGE_OF_NAMES else count_besides_names
            letters = _Letters(own[tag] / letter_count, foreign[tag] / letter_count, alone[tag], letter_count)
            yield _fit(sample, tag, language, said[tag], letters, is_ours=is_ours)


def _said(words: Counter[str], by_word: Mapping[str, Sequence[tuple[str, int]]]) -> defaultdict[str, dict[str, int]]:
    """What each language's common words count, by language and word."""
    said: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for word in words.keys() & by_word.keys():
        count = words[word]
        for tag, weight in by_word[word]:
            said[tag][word] = weight * count
    return said


def _counted(letters: Counter[str], tags: Mapping[str, Sequence[str]]) -> tuple[Counter[str], Counter[str]]:
    """How many letters each language has by a table of them, and how many of these no other language has."""
    counts: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for letter in letters.keys() & tags.keys():
        count, having = letters[letter], tags[letter]
        for tag in having:
            counts[tag] += count
        if len(having) == 1:
            alone[having[0]] += count
    return counts, alone


class _Letters(NamedTuple):
    """A text's letters as one language sees them: shares of all, and how many it has for itself."""

    own: float
    foreign: float
    alone: int
    of_text: int


def _fit(
    sample: _Sample, tag: str, language: DetectionWords, said: Mapping[str, int], letters: _Letters, *, is_ours: bool
) -> _Fit:
    """Share of the language's words, raised by its own letters and lowered by foreign ones.

    Letters that other languages have as well count only beside words; those of this one alone count without, but a
    few names full of them do not outweigh a text.
    """
    said_count = sum(said.values())
    share = _share(sample, said, said_count, language)
    lacks_its_letters = bool(language.own_letters) and not letters.own and letters.of_text >= ENOUGH_LETTERS
    score = (
        (0.0 if lacks_its_letters else share)
        + min(MOST_FOR_LETTERS, 5 * letters.own, 1.5 * share + 2 * letters.alone / letters.of_text)
        - min(MOST_AGAINST_LETTERS, 10 * letters.foreign)
    )
    signs = said_count + min(letters.alone, FEWEST_SIGNS)
    return _Fit(score, signs, tag, is_ours, said, said_count, letters.alone)


def _share(sample: _Sample, said: Mapping[str, int], said_count: int, language: DetectionWords) -> float:
    """The part of a text that the language's common words make up."""
    if language.sequences:
        return sum(len(sequence.strip()) * count for sequence, count in said.items()) / len(sample.text)
    return said_count / sample.word_count


def _is_clear(best: _Fit, others: Sequence[_Fit]) -> bool:
    """Whether the best language fits, and no other fits nearly as well or has half as many words to itself."""
    if (
        best.score < (LEAST_SCORE if others else LEAST_SCORE_ALONE)
        or len(best.said) + min(best.letters_alone, FEWEST_SIGNS) < FEWEST_SIGNS
    ):
        return False
    rivals = [other for other in others if other.score > best.score - LEAST_LEAD and not best.overwhelms(other)]
    second = max((other for other in others if other.score > 0), key=lambda fit: fit.score, default=None)
    if rivals or (second and best.signs - second.signs < FEWEST_SIGNS):
        return False
    letters = min(best.letters_alone, MOST_CLEAR_LETTERS)
    return not any(
        MOST_MIXED * (best.said_only(other) + letters) < other.said_only(best) for other in others if other.said
    )


def _evidence(sample: _Sample, language: DetectionWords) -> str:
    letters = _commonest(sample.letters, language.own_letters)
    words = _commonest(sample.words, language.stop_words)
    sequences = _commonest(Counter({own: sample.text.count(own) for own in language.sequences}), language.sequences)
    parts = [f"{_SCRIPT_NAMES.get(sample.script, sample.script.capitalize())} script"]
    parts += [f"the letters {', '.join(letters)}"] if letters else []
    parts += [f"the words {', '.join(words)}"] if words else []
    parts += [f"the frequent {', '.join(map(str.strip, sequences))}"] if sequences and not words else []
    return "; ".join(parts)


def _commonest(counts: Counter[str], wanted: str | tuple[str, ...]) -> list[str]:
    present = [item for item in dict.fromkeys(wanted) if counts.get(item)]
    return sorted(present, key=lambda item: (-counts[item], item))[:4]
