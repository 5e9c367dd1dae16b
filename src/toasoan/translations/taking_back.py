"""A translator's work into the file of the translation, without losing a word of what lies there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toasoan.content.alignment import alignment
from toasoan.content.front_matter import Document, TranslatedFields, format_document
from toasoan.content.front_matter_edit import Changes, edited
from toasoan.content.passages import passages
from toasoan.encoding import without_controls
from toasoan.model.article import Article, Status, Translation
from toasoan.translations.beginning import begun_translation
from toasoan.translations.exchange import ExchangedPart
from toasoan.translations.parts import BODY, Part, digest_of, in_words, parts_of
from toasoan.translations.staleness import as_table


@dataclass(frozen=True, slots=True)
class Translated:
    """What the file of a translation is to say."""

    text: str
    missing: tuple[Part, ...]
    """Parts of the original that nobody has translated; they stand in its words."""

    outdated: tuple[Part, ...]
    """Parts of the original that have changed since they went to the translator."""


class WouldLoseTextError(Exception):
    """The translation has passages that the original lacks; `line` tells where the first one stands."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def counterparts(original: Document, own: Document, languages: tuple[str, str]) -> Mapping[str, str]:
    """The words that a translation has now for the parts of its original, as far as these can be told."""
    theirs = {part.key: part.words for part in parts_of(own)}
    counts = [(len(it.tags), len(it.images), len(it.videos)) for it in (original.front_matter, own.front_matter)]
    comparable = {"title", "summary"}
    comparable |= {kind for kind, a, b in zip(("tags", "images", "videos"), *counts, strict=True) if a == b}
    found = {key: words for key, words in theirs.items() if key.partition(".")[0] in comparable}
    sides = passages(original.body), passages(own.body)
    aligned = alignment(*sides, languages)
    if aligned.is_close:
        for pair in aligned.pairs:
            if len(pair.left) == len(pair.right) == 1 and sides[1][pair.right[0]].has_words:
                found[f"{BODY}.{pair.left[0] + 1}"] = sides[1][pair.right[0]].words
    return found


def translated(
    parts: Sequence[ExchangedPart],
    original: Document,
    article: Article,
    language: str,
    own: tuple[str, Document] | None,
    origin: Translation = Translation.HUMAN,
) -> Translated:
    """A translation's file with a translator's words in it; `own` is what lies there, as text and taken apart.

    Raises WouldLoseTextError, NotEditableError.
    """
    before = counterparts(original, own[1], (article.language, language)) if own else {}
    known = _digests(own[1].front_matter.translated) if own else {}
    words, digests, missing, outdated = dict[str, str](), list[str](), list[Part](), list[Part]()
    for part, found in _found(parts_of(original), parts):
        new = found.target.strip() if found is not None and found.is_final else ""
        kept = before.get(part.key) or (found.target.strip() if found is not None else "")
        if new and found is not None:
            words[part.key] = new
            digests.append(f"{part.key}:{digest_of(found.source)}")
            if found.source != without_controls(part.words):
                outdated.append(part)
        elif kept:
            words[part.key] = kept
            if part.key in known:
                digests.append(f"{part.key}:{known[part.key]}")
        else:
            missing.append(part)
    record = TranslatedFields(article.language, tuple(digests))
    fields, body = in_words(original, words)
    if own is None:
        fields = replace(begun_translation(fields, article, language, origin), translated=record)
        return Translated(format_document(fields, body), tuple(missing), tuple(outdated))
    _refuse_to_lose(original, own[1], (article.language, language), words)
    text = edited(own[0], _changes(own[1], words, record), body)
    return Translated(text, tuple(missing), tuple(outdated))


def _found(own: Sequence[Part], parts: Sequence[ExchangedPart]) -> Iterator[tuple[Part, ExchangedPart | None]]:
    """What came back for each part: by its words, for passages may have moved; else by its key."""
    by_key, by_source = {it.key: it for it in parts}, {it.source: it for it in reversed(parts)}
    sources = {without_controls(part.words) for part in own}
    for part in own:
        source, same_place = without_controls(part.words), by_key.get(part.key)
        if same_place is not None and same_place.source == source:
            yield part, same_place
        elif source in by_source:
            yield part, by_source[source]
        elif same_place is not None and same_place.source not in sources:
            yield part, same_place
        else:
            yield part, None


def _digests(record: TranslatedFields | None) -> Mapping[str, str]:
    return {} if record is None else dict(part.rpartition(":")[::2] for part in record.parts)


def _changes(own: Document, words: Mapping[str, str], record: TranslatedFields) -> Changes:
    """What changes in the front matter of a translation."""
    front = own.front_matter
    changes: dict[tuple[str | int, ...], Any] = {
        ("title",): words.get("title", front.title),
        ("translated",): as_table(record),
    }
    if "summary" in words:
        changes["summary",] = words["summary"]
    tags = [words[key] for key in sorted(words, key=_place) if key.startswith("tags.")]
    if len(front.tags) in (0, len(tags)) and tags:  # a translation may have tags that its original lacks
        changes["tags",] = tags
    for kind, media in (("images", front.images), ("videos", front.videos)):
        for place in range(len(media)):
            for name in ("alt", "caption"):
                if found := words.get(f"{kind}.{place + 1}.{name}"):
                    changes[kind, place, name] = found
    return changes


def _place(key: str) -> int:
    place = key.rpartition(".")[2]
    return int(place) if place.isdigit() else 0


def _refuse_to_lose(original: Document, own: Document, languages: tuple[str, str], words: Mapping[str, str]) -> None:
    """Words of the translation may be replaced by others, but not by nothing, nor by those of the original."""
    sides = passages(original.body), passages(own.body)
    found, kept = alignment(*sides, languages), frozenset(words.values())
    for pair in found.pairs:
        there = [it for it in (sides[1][place] for place in pair.right) if it.has_words and it.words not in kept]
        instead = [f"{BODY}.{place + 1}" in words for place in pair.left if sides[0][place].has_words]
        if there and not (found.is_close and instead and all(instead)):
            raise WouldLoseTextError(own.body_line + there[0].line - 1)


def is_draft(document: Document) -> bool:
    """Whether readers do not see it yet."""
    return document.front_matter.status is Status.DRAFT
