"""All languages by script, word and letter, so that a text is gone through once and not once for each of them."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from toasoan.ingest.words import DetectionWords, all_words, other_languages

LANGUAGE_OF_NAMES = "vi"
"""Names of people and places keep its letters in every language, so these must not speak for a third one."""


class _Kinds(dict[str, str | None]):
    """Of a letter its script, by the first word of its name in Unicode; "" of a mark on one; None of all else."""

    def __missing__(self, character: str) -> str | None:
        kind = None
        if character.isalpha():
            kind = unicodedata.name(character, "UNKNOWN").split(" ", 1)[0]
        elif unicodedata.category(character).startswith("M"):
            kind = ""
        self[character] = kind
        return kind


KINDS = _Kinds()
"""Each character's kind, looked up once."""


@dataclass(frozen=True, slots=True)
class LanguageIndex:
    """All languages the other way round, so that a text is gone through once and not once for each of them."""

    detection: Mapping[str, DetectionWords]
    by_script: Mapping[str, Sequence[str]]
    by_word: Mapping[str, Mapping[str, Sequence[tuple[str, int]]]]
    """For each script the languages that have a word, and what it counts: twice, if it is one of their own too."""

    by_own_letter: Mapping[str, Sequence[str]]
    by_foreign_letter: Mapping[str, Sequence[str]]

    by_letter_of_names: Mapping[str, Sequence[str]]
    """`by_own_letter` for the letters of the language of the names."""


@cache
def language_index() -> LanguageIndex:
    """The index of all languages, those that import doesn't read among them."""
    ours = {tag: words.detection for tag, words in all_words().languages.items()}
    detection = {**ours, **other_languages()}
    scripts, own, foreign = (defaultdict[str, list[Any]](list) for _ in range(3))
    words: defaultdict[str, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for tag, each in detection.items():
        weights = Counter((*set(each.stop_words), *set(each.own_words)))
        for script in each.scripts:
            scripts[script].append(tag)
            for word, weight in weights.items():
                words[script][word].append((tag, weight))
        for letter in set(each.own_letters):
            own[letter].append(tag)
        for letter in set(each.foreign_letters):
            foreign[letter].append(tag)
    of_names = {letter: own[letter] for letter in detection[LANGUAGE_OF_NAMES].own_letters}
    return LanguageIndex(detection, dict(scripts), dict(words), dict(own), dict(foreign), of_names)


@cache
def letters_only_in_names() -> frozenset[str]:
    """Letters that only the language of the names has."""
    own = language_index().by_own_letter
    return frozenset(letter for letter in language_index().by_letter_of_names if len(own[letter]) == 1)


@cache
def words_by_script() -> Mapping[str, Mapping[str, Sequence[tuple[str, int]]]]:
    """`by_word` for those scripts in which all languages part their words."""
    index = language_index()
    return {
        script: index.by_word.get(script, {})
        for script, tags in index.by_script.items()
        if not any(index.detection[tag].sequences for tag in tags)
    }
