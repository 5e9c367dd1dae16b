"""Front matter as a form: its fields as people see them, and what they write as values of TOML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toasoan.config import Config
from toasoan.content.front_matter import FrontMatter
from toasoan.content.front_matter_edit import Changes
from toasoan.model.article import Status, Translation
from toasoan.toml_edit import Value


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    """Of several lines."""

    MOMENT = "moment"
    """A day, or a day and a time."""

    LIST = "list"
    """Words parted by commas."""

    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form."""

    name: str
    label: str
    kind: Kind
    hint: str
    choices: tuple[tuple[str, str], ...] = ()
    """Values with what people read; the first one stands for none where that may be."""


PHOTO_FIELDS = ("src", "alt", "caption", "credit")

_LABELS: Mapping[str, tuple[str, Kind]] = {
    "title": ("Headline", Kind.LINE),
    "summary": ("Lede", Kind.TEXT),
    "status": ("Status", Kind.CHOICE),
    "date": ("Date", Kind.MOMENT),
    "publish_at": ("Not before", Kind.MOMENT),
    "expires": ("Gone from", Kind.MOMENT),
    "updated": ("Updated", Kind.MOMENT),
    "section": ("Section", Kind.CHOICE),
    "translation": ("Written by", Kind.CHOICE),
    "tags": ("Tags", Kind.LIST),
    "authors": ("Authors", Kind.LIST),
    "publisher": ("Agency", Kind.LINE),
    "source_url": ("Address of the original", Kind.LINE),
    "story": ("Story", Kind.LINE),
}
_HINTS = {
    "summary": "Two or three sentences.",
    "tags": "Parted by commas.",
    "authors": "Parted by commas.",
    "date": "2025-12-17, or 2025-12-17 09:36 where the time is known.",
    "publish_at": "Readers see it from this moment on: 2025-12-17 09:36.",
    "expires": "From this day or moment on readers do not see it any more.",
    "updated": "When readers last got a changed text.",
    "story": "The same in all language versions.",
}
_ORIGINS = (("", "not said"), *((str(it), str(it)) for it in Translation))


def fields(config: Config) -> tuple[Field, ...]:
    """The fields of the form, in order."""
    main = config.main_language.tag
    choices: Mapping[str, tuple[tuple[str, str], ...]] = {
        "status": tuple((str(it), str(it)) for it in Status),
        "section": (("", "none"), *((key, section.names[main]) for key, section in config.sections.items())),
        "translation": _ORIGINS,
    }
    return tuple(
        Field(name, label, kind, _HINTS.get(name, ""), choices.get(name, ()))
        for name, (label, kind) in _LABELS.items()
    )


def values_of(front: FrontMatter) -> dict[str, Any]:
    """What stands in the form for an article."""
    found = {name: _written(getattr(front, name)) for name in _LABELS}
    photos = [{name: getattr(it, name) or "" for name in PHOTO_FIELDS} for it in front.images]
    corrections = [{"text": it.text, "date": _written(it.date)} for it in front.corrections]
    return {**found, "images": photos, "corrections": corrections}


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def changes_of(front: FrontMatter, values: Mapping[str, Any]) -> tuple[Changes, Mapping[str, str]]:
    """What a filled-in form changes in the front matter, and what is wrong with it by the names of its fields.

    Fields that the form was not sent with stay as they are, and so do those that say the same as before.
    """
    before, changes, wrong = values_of(front), dict[tuple[str | int, ...], Any](), dict[str, str]()
    for name, (_, kind) in _LABELS.items():
        if name not in values or str(values[name]) == before[name]:
            continue
        words = str(values[name]).strip()
        if name == "title" and not words:
            wrong[name] = "An article needs a headline."
            continue
        try:
            changes[(name,)] = _value(words, kind)
        except ValueError:
            wrong[name] = "Write it as 2025-12-17 or 2025-12-17 09:36."
    _change_rows("images", PHOTO_FIELDS, before, values, changes, wrong)
    _change_rows("corrections", ("text", "date"), before, values, changes, wrong)
    return changes, wrong


def _change_rows(
    kind: str,
    names: Sequence[str],
    before: Mapping[str, Any],
    values: Mapping[str, Any],
    changes: dict[tuple[str | int, ...], Any],
    wrong: dict[str, str],
) -> None:
    rows = values.get(kind)
    if not isinstance(rows, list):
        return
    count = len(before[kind])
    for place, row in enumerate(rows):
        if not isinstance(row, Mapping):
            continue
        old = before[kind][place] if place < len(before[kind]) else dict.fromkeys(names, "")
        new = {name: str(row.get(name, old[name])).strip() for name in names}
        if place >= len(before[kind]):
            if not any(new.values()):
                continue  # a row that nobody filled in
            row_place, count = count, count + 1
        else:
            row_place = place
        if kind == "corrections" and not new["text"]:
            wrong[f"{kind}.{row_place}.text"] = "Say what was corrected."
            continue
        for name in names:
            if new[name] != old[name]:
                try:
                    value = _value(new[name], Kind.MOMENT if name == "date" else Kind.LINE)
                except ValueError:
                    wrong[f"{kind}.{row_place}.{name}"] = "Write it as 2025-12-17."
                else:
                    changes[kind, row_place, name] = value


def _value(words: str, kind: Kind) -> Value:
    """A field's value; None for an empty one. Raises ValueError for what is no date."""
    if not words:
        return None
    if kind is Kind.LIST:
        return [word.strip() for word in words.split(",") if word.strip()]
    if kind is Kind.MOMENT:
        return dt.date.fromisoformat(words) if len(words) == len("2025-12-17") else dt.datetime.fromisoformat(words)
    return words
