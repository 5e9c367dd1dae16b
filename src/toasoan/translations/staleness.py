"""What of an original has changed since it was translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, TypeVar

from toasoan.content.front_matter import TranslatedFields
from toasoan.translations.parts import BODY, Part

Moment = TypeVar("Moment", datetime, float)


class Change(StrEnum):
    """What happened to a part of an original."""

    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class StalePart:
    """A part of an original that is another one than when it was translated."""

    key: str
    """Of the original as it is now; of what is gone, the key that it had."""

    change: Change
    line: int
    """In the original's file; for what is gone, where it would be."""


def record_of(language: str, parts: Sequence[Part]) -> TranslatedFields:
    """What is to be remembered of an original when it is translated."""
    return TranslatedFields(language, tuple(f"{part.key}:{part.digest}" for part in parts))


def as_table(record: TranslatedFields) -> dict[str, Any]:
    """A record as the table `[translated]` has it."""
    return {"language": record.language, "parts": list(record.parts)}


def stale_parts(record: TranslatedFields, parts: Sequence[Part]) -> tuple[StalePart, ...]:
    """How the parts of an original differ from those that were translated."""
    before = dict(part.rpartition(":")[::2] for part in record.parts)
    own = [part for part in parts if not part.key.startswith(f"{BODY}.")]
    fields = [
        StalePart(part.key, Change.CHANGED if part.key in before else Change.ADDED, part.line)
        for part in own
        if before.get(part.key) != part.digest
    ]
    there = {part.key for part in own}
    gone = [StalePart(key, Change.GONE, 1) for key in before if not key.startswith(f"{BODY}.") and key not in there]
    return (*fields, *gone, *_of_text(before, [part for part in parts if part.key.startswith(f"{BODY}.")]))


def changes_since(
    record: TranslatedFields | None,
    language: str,
    parts: Sequence[Part],
    changed: Moment | None,
    words: Moment | None,
) -> tuple[StalePart, ...] | None:
    """What has changed in an original since it was translated; None if nothing has, as far as one knows.

    `record` is what the translation remembers, `language` and `parts` are those of the original as it is now. Where
    nothing was remembered only dates tell: when the original last `changed`, and when the translation got the `words`
    that it has; then nobody knows which parts they were.
    """
    if record is not None and record.language == language:
        return stale_parts(record, parts) or None
    return () if changed is not None and words is not None and changed > words else None


def _of_text(before: dict[str, str], parts: Sequence[Part]) -> Iterator[StalePart]:
    """Passages may have been moved by others that came or went, so they are compared in their order."""
    old = [(key, digest) for key, digest in before.items() if key.startswith(f"{BODY}.")]
    matcher = SequenceMatcher(None, [digest for _, digest in old], [part.digest for part in parts], autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            continue
        common = min(i2 - i1, j2 - j1)
        yield from (StalePart(part.key, Change.CHANGED, part.line) for part in parts[j1 : j1 + common])
        yield from (StalePart(part.key, Change.ADDED, part.line) for part in parts[j1 + common : j2])
        line = parts[min(j2, len(parts) - 1)].line if parts else 1
        yield from (StalePart(key, Change.GONE, line) for key, _ in old[i1 + common : i2])
