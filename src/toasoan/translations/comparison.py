"""A translation beside its original: all that a person should look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toasoan.content.alignment import Alignment, alignment
from toasoan.content.front_matter import Document
from toasoan.content.passages import Passage, passages
from toasoan.model.article import Article
from toasoan.translations.facts import FactKind, MissingFact, missing_facts
from toasoan.translations.parts import name_of, parts_of
from toasoan.translations.staleness import Change, StalePart, changes_since
from toasoan.translations.terms import Terms, TextWords, other_names, wrong_words


@dataclass(frozen=True, slots=True)
class VersionText:
    """A version of a story with its file taken apart."""

    article: Article
    document: Document


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that a person should look at in a translation."""

    code: str
    message: str
    line: int
    """Of the translation's file."""

    hint: str | None = None


def discrepancies(original: VersionText, translation: VersionText, terms: Terms) -> Iterator[Discrepancy]:
    """What differs between a translation and its original in numbers, dates, names, passages and terms."""
    sides = passages(original.document.body), passages(translation.document.body)
    languages = original.article.language, translation.article.language
    found = alignment(*sides, languages)
    yield from _of_facts(original, translation, sides, found)
    texts = _text_of(original.document), _text_of(translation.document)
    words = TextWords(texts[0], languages[0]), TextWords(texts[1], languages[1])
    for name in other_names(terms, *words, languages):
        message = f"the original has {name.original!r}, and this is nowhere called {name.expected!r}"
        yield Discrepancy("other-term", message, 1, f"write {name.expected!r}, or add the word to site/terms.toml")
    yield from unwanted_words(translation, terms)


def unwanted_words(version: VersionText, terms: Terms) -> Iterator[Discrepancy]:
    """The words of a text that the portal does not want."""
    words = TextWords(_text_of(version.document), version.article.language)
    for wrong, right in wrong_words(terms, words, version.article.language):
        yield Discrepancy("wrong-term", f"{wrong!r} is not the portal's word", 1, f"write {right!r}")


def _of_facts(
    original: VersionText,
    translation: VersionText,
    sides: tuple[Sequence[Passage], Sequence[Passage]],
    found: Alignment,
) -> Iterator[Discrepancy]:
    languages = original.article.language, translation.article.language
    first = translation.document.body_line
    titles = original.document.front_matter.title, translation.document.front_matter.title
    yield from _told(titles, languages, 1)
    if not found.is_close:
        message = "the text is put together otherwise than that of the original: passages can't be compared"
        yield Discrepancy("other-structure", message, first)
        yield from _told((original.document.body, translation.document.body), languages, first)
        return
    line = first
    for pair in found.pairs:
        left, right = [sides[0][place] for place in pair.left], [sides[1][place] for place in pair.right]
        line = first + right[0].line - 1 if right else line
        if not left and any(part.has_words for part in right):
            yield Discrepancy("added-passage", "the original has no such passage", line)
        elif not right and any(part.has_words for part in left):
            message = f"a passage of the original is missing here: {_beginning(left[0].words)}"
            yield Discrepancy("missing-passage", message, line, f"see line {_line_in(original, left[0])} there")
        elif left and right:
            yield from _told((_words_of(left), _words_of(right)), languages, line)


def _told(texts: tuple[str, str], languages: tuple[str, str], line: int) -> Iterator[Discrepancy]:
    original, own = texts
    for fact in missing_facts(original, languages[0], own, languages[1]):
        yield _discrepancy(fact, "is in the original and not here", line)
    for fact in missing_facts(own, languages[1], original, languages[0]):
        yield _discrepancy(fact, "is not in the original", line)


def _discrepancy(fact: MissingFact, said: str, line: int) -> Discrepancy:
    match fact.kind:
        case FactKind.NUMBER:
            return Discrepancy("other-number", f"the number {fact.words} {said}", line)
        case FactKind.DATE:
            return Discrepancy("other-date", f"the date {fact.words} {said}", line)
        case FactKind.NAME:
            return Discrepancy("other-name", f"the name {fact.words} {said}", line)


def _words_of(parts: Sequence[Passage]) -> str:
    return "\n\n".join(part.words for part in parts if part.has_words)


def _text_of(document: Document) -> str:
    front = document.front_matter
    return "\n\n".join(filter(None, (front.title, front.summary, document.body)))


def _line_in(version: VersionText, passage: Passage) -> int:
    return version.document.body_line + passage.line - 1


def _beginning(words: str, most: int = 60) -> str:
    line = " ".join(words.split())
    return f"«{line if len(line) <= most else line[: most - 1].rstrip() + '…'}»"


def changes_of_original(original: VersionText, translation: VersionText) -> tuple[StalePart, ...] | None:
    """What has changed in an original since it was translated; None if nothing has, as far as one knows."""
    return changes_since(
        translation.document.front_matter.translated,
        original.article.language,
        parts_of(original.document),
        original.article.last_change,
        translation.article.last_words,
    )


def told_of_change(part: StalePart) -> str:
    """A changed part in words."""
    words = {Change.CHANGED: "has changed", Change.ADDED: "is new", Change.GONE: "is gone"}[part.change]
    return f"{name_of(part.key)} of the original {words} (line {part.line})"
