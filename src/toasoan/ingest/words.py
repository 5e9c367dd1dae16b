"""The words by which import reads a page: one data file per language, and one for all of them.

`words/README.md` explains the lists to a translator. Words of the frame are looked for in all languages at once,
since pages mix them; what cleans or judges a text is taken from the text's own language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, TypeVar

from toasoan.diagnostics import Report
from toasoan.toml import KeyPath, read_toml
from toasoan.typed_table import Source, read_table

T = TypeVar("T")
_Tree = dict[str, "_Tree"]
"""Words by their letters; an empty key ends a word."""

NO_LANGUAGE = ("any_language.toml", "other_languages.toml")


@dataclass(frozen=True, slots=True)
class DetectionWords:
    """By what a language is told from its neighbours."""

    scripts: tuple[str, ...]
    """As Unicode names them: "LATIN", "CYRILLIC"."""

    stop_words: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()
    """Common words that the languages most like it don't have."""

    sequences: tuple[str, ...] = ()
    """What stop words are elsewhere, where words are not parted by spaces: short and frequent."""

    own_letters: str = ""
    """Every longer text of the language has some of these."""

    foreign_letters: str = ""
    """Letters of the same script that the language doesn't use."""


@dataclass(frozen=True, slots=True)
class FrameWords:
    """What a page says around an article."""

    comment: tuple[str, ...] = ()
    comment_prompt: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    same_section: tuple[str, ...] = ()
    same_author: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    """What may stand before an author's name, with a colon or without."""

    nav: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The navigation's words, by section key."""


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """What stands beside pictures."""

    credit: tuple[str, ...] = ()
    """Before a photographer's name."""

    label: tuple[str, ...] = ()
    """Before a picture's number."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """How a language writes dates."""

    months: tuple[tuple[str, ...], ...] = ()
    short_months: tuple[tuple[str, ...], ...] = ()
    """Believed only with a day and a year, since most are words as well; without their full stops."""

    day_beginnings: tuple[str, ...] = ()
    day_endings: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    """With {day}, {month} or {number}, and {year}."""

    day_and_month: tuple[str, ...] = ()
    month_and_year: tuple[str, ...] = ()
    either_order: tuple[str, ...] = ()
    """Full forms in which day and month stand in either order: believed where only one of the two can be meant."""

    buddhist_years: bool = False
    """Whether years are also counted from the Buddha's death: 2568 is 2025."""

    glued: bool = False
    """Whether letters may stand right beside a date, since no spaces part the words."""


@dataclass(frozen=True, slots=True)
class CleaningWords:
    """Which mends of white space are right in a language."""

    no_space_before: str = ""
    split_hyphens: tuple[str, ...] = ()
    hyphen_hangs_before: tuple[str, ...] = ()
    joiners: bool = False
    """Whether zero-width joiners belong to the script."""


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """What helps to tell where a sentence ends."""

    abbreviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionWords:
    """Which words speak for which section."""

    inflected: bool = False
    anywhere: bool = False
    """Whether the words may begin inside others: there are no spaces, or articles are glued on."""

    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """One language's file."""

    detection: DetectionWords
    frame: FrameWords = FrameWords()
    photos: PhotoWords = PhotoWords()
    dates: DateWords = DateWords()
    cleaning: CleaningWords = CleaningWords()
    sentences: SentenceWords = SentenceWords()
    sections: SectionWords = SectionWords()


@dataclass(frozen=True, slots=True)
class DatedAddress:
    """An agency whose addresses hold the moment at which an article was made."""

    hosts: tuple[str, ...]
    prefix: str
    """Digits before YYMMDDHHMMSSmmm."""


@dataclass(frozen=True, slots=True)
class CommonWords:
    """The file for all languages."""

    banner_starts: tuple[str, ...] = ()
    signature_starts: tuple[str, ...] = ()
    signature_ends: tuple[str, ...] = ()
    mottos: tuple[str, ...] = ()
    unknown_publishers: tuple[str, ...] = ()
    empty_blocks: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    photo: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    dated_addresses: tuple[DatedAddress, ...] = ()


@dataclass(frozen=True)
class Words:
    """All files together, with the lists that are looked for in every language at once."""

    common: CommonWords
    languages: Mapping[str, LanguageWords]

    @cached_property
    def sources(self) -> frozenset[str]:
        """Words before the address of the original."""
        return _folded(word for each in self.languages.values() for word in each.frame.source)

    @cached_property
    def comments(self) -> frozenset[str]:
        """Words of the line "Comment (0)"."""
        return _folded(word for each in self.languages.values() for word in each.frame.comment)

    @cached_property
    def comment_prompts(self) -> frozenset[str]:
        """Lines that ask for a comment."""
        return _folded(word for each in self.languages.values() for word in each.frame.comment_prompt)

    @cached_property
    def same_section(self) -> frozenset[str]:
        """Headings of lists of articles in the same section."""
        return _folded(word for each in self.languages.values() for word in each.frame.same_section)

    @cached_property
    def same_author(self) -> frozenset[str]:
        """Headings of lists of articles by the same author."""
        return _folded(word for each in self.languages.values() for word in each.frame.same_author)

    @cached_property
    def nav(self) -> Mapping[str, str]:
        """Section key by navigation word."""
        return {
            word.casefold(): key
            for each in self.languages.values()
            for key, words in each.frame.nav.items()
            for word in words
        }

    @cached_property
    def mottos(self) -> frozenset[str]:
        """Mottos without their dashes, as `folded_words` writes them."""
        return frozenset(folded_words(motto) for motto in self.common.mottos)

    @cached_property
    def motto_beginnings(self) -> frozenset[str]:
        """The first words of mottos."""
        return frozenset(first_folded_word(motto) for motto in self.mottos)

    @cached_property
    def empty_blocks(self) -> frozenset[str]:
        """What an empty block says."""
        return _folded(self.common.empty_blocks)

    @cached_property
    def unknown_publishers(self) -> frozenset[str]:
        """Bylines that name no agency."""
        return _folded(self.common.unknown_publishers)

    @cached_property
    def agencies(self) -> frozenset[str]:
        """Signatures that name an agency."""
        return _folded(self.common.agencies)

    @cached_property
    def signature_starts(self) -> frozenset[str]:
        """What may stand before an author's name and a colon; of several words, without the colon as well."""
        of_languages = (word for each in self.languages.values() for word in each.frame.signature)
        return _folded((*self.common.signature_starts, *of_languages))

    @cached_property
    def signature_ends(self) -> frozenset[str]:
        """What may stand behind an author's name."""
        return _folded(self.common.signature_ends)

    @cached_property
    def share_pattern(self) -> re.Pattern[str]:
        """Any word of a share bar, longest first: they stand glued together."""
        words = [*self.common.share, *(word for each in self.languages.values() for word in each.frame.share)]
        firsts = "".join(sorted({word[0] for word in words}))
        return re.compile(rf"(?=[{re.escape(firsts)}]){alternatives(words)}", re.IGNORECASE)

    @cached_property
    def networks_pattern(self) -> re.Pattern[str]:
        """Three names of networks or more at the beginning of a line."""
        return re.compile(rf"(?:{alternatives(self.common.share)} ?){{3,}}", re.IGNORECASE)

    @cached_property
    def credit_pattern(self) -> re.Pattern[str]:
        """A credit word and its colon; not inside a word. A shortened word needs no colon: "Fot. An Binh"."""
        words = [*self.common.photo, *(word for each in self.languages.values() for word in each.photos.credit)]
        return re.compile(rf"(?<![^\W_])({alternatives(words)})(?:\s?[:：៖]|(?<=\.) (?=\w))", re.IGNORECASE)

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        """A label word with a picture's number at the end of a line."""
        words = [word for each in self.languages.values() for word in each.photos.label]
        return re.compile(rf"(?<![^\W_])({alternatives(words)})\s?(\d{{1,3}})\s?[)）]?[.。।۔]?$", re.IGNORECASE)

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Words whose full stop ends no sentence, of all languages."""
        return _folded(word for each in self.languages.values() for word in each.sentences.abbreviations)


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; it matches nothing if there are none.

    Words with the same beginning share it, so that hundreds of them cost little more than one.
    """
    tree: _Tree = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        branch[""] = {}
    return _pattern_of(tree) if tree else r"(?!)"


def _pattern_of(tree: _Tree) -> str:
    branches = [re.escape(first) + _pattern_of(rest) for first, rest in sorted(tree.items()) if first]
    if not branches:
        return ""
    either = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return f"{either}?" if "" in tree else either


def lowered(text: str) -> str:
    """A text in small letters, the Turkish İ as a plain i; unlike case folding it keeps ß and ς."""
    return text.lower().replace("i\u0307", "i")


def folded_words(text: str) -> str:
    """The words of a text without case and without what stands between them: for comparing."""
    return " ".join(_WORD.findall(text.casefold()))


_WORD = re.compile(r"\w+")
_BEGINNING = 60
"""Characters in which nearly every text's first word ends."""


def first_folded_word(text: str) -> str:
    """The first of a text's `folded_words`, which tells most texts apart; empty where there is none."""
    beginning = text[:_BEGINNING].casefold()
    found = _WORD.search(beginning)
    if (found is None or found.end() == len(beginning)) and len(text) > _BEGINNING:
        found = _WORD.search(text.casefold())
    return found[0] if found else ""


@cache
def all_words() -> Words:
    """Every data file of the package."""
    folder = files("toasoan.ingest") / "words"
    languages = {
        path.name.removesuffix(".toml"): _read(LanguageWords, path.name, path.read_text("utf-8"))
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml") and path.name not in NO_LANGUAGE
    }
    common = (folder / "any_language.toml").read_text("utf-8")
    return Words(_read(CommonWords, "any_language.toml", common), languages)


@cache
def other_languages() -> Mapping[str, DetectionWords]:
    """Languages that import doesn't read: a text that fits one of them best is in none of ours."""
    name = "other_languages.toml"
    tables = read_toml((files("toasoan.ingest") / "words" / name).read_text("utf-8")).values
    return {tag: _read_table(DetectionWords, f"{name}, [{tag}]", table) for tag, table in tables.items()}


def _read(cls: type[T], name: str, text: str) -> T:
    """A data file as a `cls`; a mistake in one is a mistake of this program, hence an exception."""
    document = read_toml(text)
    return _read_table(cls, name, document.values, document.line_of)


def _read_table(
    cls: type[T], name: str, values: Mapping[str, Any], line_of: Callable[[KeyPath], int] = lambda _: 0
) -> T:
    report = Report()
    read = read_table(cls, values, (), Source(f"words/{name}", line_of), report)
    if read is None:
        raise ValueError("\n".join(map(str, report)))
    return read


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
