"""Vietnamese names inside texts of other languages: found by their letters, so that screen readers say them right.

Only letters that no other language of Latin script has count as proof. A word beside a proven one belongs to the
same name if it could not be the text's own: any Latin word in a text of another script, a word with marks in a
text of Latin script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONLY_VIETNAMESE = "ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_PROOF = re.compile(f"[{_ONLY_VIETNAMESE}]")
_WORD = r"[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]+"
_RUN = re.compile(rf"{_WORD}(?:[ \u00a0-]{_WORD})*")
_WORDS_AND_GAPS = re.compile(rf"{_WORD}|[ \u00a0-]")

OTHER_SCRIPTS = frozenset(["ar", "bn", "el", "fa", "he", "hi", "ja", "km", "ko", "lo", "ru", "th", "uk", "ur", "zh"])
"""Languages in whose texts any Latin word is foreign."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text with the language it is in."""

    text: str
    language: str | None = None
    """BCP 47 tag where it differs from the text around it, else None."""


def has_fragments(text: str, language: str) -> bool:
    """Whether there are Vietnamese pieces in a text of `language`."""
    return language != "vi" and not text.isascii() and _PROOF.search(text) is not None


def fragments(text: str, language: str) -> tuple[Fragment, ...]:
    """Cut a text of `language` into its own and its Vietnamese pieces; joined they are the text again."""
    if not has_fragments(text, language):
        return (Fragment(text),)
    pieces: list[Fragment] = []
    end = 0
    for start, stop in _vietnamese_spans(text, language):
        if start > end:
            pieces.append(Fragment(text[end:start]))
        pieces.append(Fragment(text[start:stop], "vi"))
        end = stop
    if end < len(text):
        pieces.append(Fragment(text[end:]))
    return tuple(pieces)


def _vietnamese_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        if not _PROOF.search(run[0]):
            continue
        if language in OTHER_SCRIPTS:
            yield run.span()
        else:
            yield from _marked_words(run[0], run.start())


def _marked_words(run: str, offset: int) -> Iterator[tuple[int, int]]:
    """Stretches of words with marks, at least one of them proven."""
    start = stop = None
    proven = False
    for piece in _WORDS_AND_GAPS.finditer(run):
        if piece[0] in " \u00a0-":
            continue
        if piece[0].isascii():
            if proven and start is not None and stop is not None:
                yield start, stop
            start = stop = None
            proven = False
            continue
        start = offset + piece.start() if start is None else start
        stop = offset + piece.end()
        proven = proven or bool(_PROOF.search(piece[0]))
    if proven and start is not None and stop is not None:
        yield start, stop
