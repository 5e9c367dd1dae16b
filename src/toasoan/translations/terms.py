"""The portal's own words for offices, provinces and the like: `site/terms.toml`, and texts that use others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from os.path import commonprefix
from pathlib import Path

from toasoan.diagnostics import Location, Report
from toasoan.portal_folders import TERMS_FILE
from toasoan.search.endings import INFLECTIONS
from toasoan.search.folding import PAIRS, TRIPLES, Folding, folded
from toasoan.settings import TermList
from toasoan.source_text import read_source
from toasoan.toml import TomlError, read_toml
from toasoan.typed_table import Source, read_table

LEAST_STEM = 3
"""Letters that two forms of a word have in common at least."""

_UNSPACED = re.compile(f"[{PAIRS}{TRIPLES}]")


class Phrase:
    """A way to call something, to be found in texts of its language, whatever its words' endings."""

    def __init__(self, words: str, language: str) -> None:
        self.words = words
        self.language = language

    @cached_property
    def _forms(self) -> tuple[str, ...]:
        return _forms(self.words, self.language)

    def place_in(self, text: TextWords) -> int | None:
        """The first word of the text at which it stands; None if it does not."""
        if _UNSPACED.search(self.words):
            found = text.text.find(self.words)
            return None if found < 0 else found
        forms, there = self._forms, text.forms
        for place in range(len(there) - len(forms) + 1):
            if all(_is_form_of(there[place + n], form, self.language) for n, form in enumerate(forms)):
                return place
        return None


class TextWords:
    """A text in which phrases are looked for."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self._language = language

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Its words, folded."""
        return _forms(self.text, self._language)


@dataclass(frozen=True, slots=True)
class Term:
    """Something that has a fixed name in each language."""

    names: Mapping[str, tuple[Phrase, ...]]
    """By language, the best one first."""


@dataclass(frozen=True, slots=True)
class Terms:
    """All that the file says."""

    terms: tuple[Term, ...] = ()
    wrong: tuple[tuple[Phrase, str], ...] = ()
    """Words that are not to be used, with what to write instead."""


@dataclass(frozen=True, slots=True)
class OtherName:
    """A term that a translation does not call by its name."""

    original: str
    expected: str


def read_terms(root: Path, languages: Sequence[str], report: Report) -> Terms:
    """The terms of the portal below `root`; none where there is no such file. Mistakes stand in the report."""
    if not (root / TERMS_FILE).exists():
        return Terms()
    text = read_source(root, TERMS_FILE, report)
    if text is None:
        return Terms()
    try:
        document = read_toml(text)
    except TomlError as error:
        report.error("broken-terms", str(error), Location(TERMS_FILE, error.line))
        return Terms()
    source = Source(TERMS_FILE, document.line_of)
    fields = read_table(TermList, document.values, (), source, report)
    if fields is None:
        return Terms()
    for place, names in enumerate(fields.term):
        for tag in names:
            if tag not in languages:
                _tell_unknown(tag, source.at(("term", place, tag)), languages, report)
    for place, word in enumerate(fields.wrong):
        if word.language not in languages:
            _tell_unknown(word.language, source.at(("wrong", place, "language")), languages, report)
    return Terms(
        tuple(Term({tag: _phrases(text, tag) for tag, text in names.items()}) for names in fields.term),
        tuple((Phrase(word.text, word.language), word.right) for word in fields.wrong),
    )


def _tell_unknown(tag: str, at: Location, languages: Sequence[str], report: Report) -> None:
    hint = f"this portal has {', '.join(languages)}"
    report.error("language-not-listed", f"{tag!r} is no language of this portal", at, hint)


def _phrases(text: str, language: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(one.strip(), language) for one in text.split("|") if one.strip())


def other_names(terms: Terms, original: TextWords, own: TextWords, languages: tuple[str, str]) -> Iterator[OtherName]:
    """The terms that an original uses and its translation never calls by a name of theirs."""
    there, here = languages
    for term in terms.terms:
        names, expected = term.names.get(there, ()), term.names.get(here, ())
        used = next((name for name in names if name.place_in(original) is not None), None)
        if used and expected and all(name.place_in(own) is None for name in expected):
            yield OtherName(used.words, expected[0].words)


def wrong_words(terms: Terms, text: TextWords, language: str) -> Iterator[tuple[str, str]]:
    """Words of a text that are not to be used, each with what to write instead."""
    for phrase, right in terms.wrong:
        if phrase.language == language and phrase.place_in(text) is not None:
            yield phrase.words, right


def _forms(text: str, language: str) -> tuple[str, ...]:
    return tuple(folded(form) for form in _folding(language).forms(text))


@cache
def _folding(language: str) -> Folding:
    return Folding(language)


@cache
def _endings(language: str) -> frozenset[str]:
    inflection = INFLECTIONS.get(language)
    return frozenset(["", *(folded(ending) for ending in inflection.endings)]) if inflection else frozenset([""])


def _is_form_of(word: str, form: str, language: str) -> bool:
    """Whether two words are probably forms of one: they begin alike, and all else in both are endings."""
    if word == form:
        return True
    endings, common = _endings(language), len(commonprefix([word, form]))  # noqa: RUF071  # letters are what is meant
    return any(word[stem:] in endings and form[stem:] in endings for stem in range(common, LEAST_STEM - 1, -1))
