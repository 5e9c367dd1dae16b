"""A table of TOML or YAML into a frozen dataclass, with every mistake told where it stands.

A dataclass says, field by field, which keys a table may have, of what type, and what holds when they are
absent: the reading of `site.toml`, `publishers.toml` and front matter needs no other description.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.toml import KeyPath

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a table was read from: what the reader needs to point at a mistake."""

    path: str
    line_of: Callable[[KeyPath], int]
    """1-based line of a key in that file."""

    kind: str = "setting"
    """What a key of this file is called in messages: "setting", "front matter field"."""

    assigns: str = " = "
    """What stands between a key and its value in this file: " = " in TOML, ": " in YAML."""

    def at(self, path: KeyPath) -> Location:
        """Where a key stands."""
        return Location(self.path, self.line_of(path))


def read_table(cls: type[T], table: Mapping[str, Any], at: KeyPath, source: Source, report: Report) -> T | None:
    """Make a `cls` of a table; None if anything in it is wrong, which then stands in the report.

    Unknown keys, missing required keys and wrong types are all found, not just the first.
    """
    wanted = _fields(cls)  # type: ignore[arg-type]  # a class is hashable, whatever mypy makes of type[T]
    readers = wanted.readers
    values: dict[str, Any] = {}
    sound = True
    for key, value in table.items():
        reader = readers.get(key)
        if reader is None:
            report.error(
                f"unknown-{source.kind.replace(' ', '-')}",
                f"there is no {source.kind} {_dotted((*at, key))!r}",
                source.at((*at, key)),
                did_you_mean(key, (_public(name) for name in readers)),
            )
            sound = False
            continue
        read = reader(value, (*at, key), source, report)
        if type(read) is _Wrong:
            sound = False
        else:
            values[key] = read
    for key, type_ in wanted.required.items():
        if key not in table:
            report.error(
                f"missing-{source.kind.replace(' ', '-')}",
                f"the {source.kind} {_dotted((*at, key))!r} is missing",
                source.at(at),
                f"add {key}{source.assigns}{_example(type_)}",
            )
            sound = False
    return cls(**values) if sound else None


class _Wrong:
    """Stands for a value that was refused; the report has the reason."""


_Reader = Callable[[Any, KeyPath, Source, Report], Any]
"""Makes a field's value of what the file has; a _Wrong, which the report then has, where that can't be done."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """What a class says of its tables."""

    readers: Mapping[str, _Reader]
    required: Mapping[str, Any]
    """The types of the fields that no table may lack."""


# Portals have thousands of tables of a few classes: types are looked at once for each class, not for each value.
@cache
def _fields(cls: type[Any]) -> _Fields:
    hints = get_type_hints(cls)
    fields = dataclasses.fields(cls)
    return _Fields(
        {f.name: _reader(hints[f.name]) for f in fields},
        {
            f.name: hints[f.name]
            for f in fields
            if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        },
    )


def _reader(wanted: Any) -> _Reader:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        kinds = tuple(kind for kind in arguments if kind is not types.NoneType)
        return _tagged_reader(kinds) if all(map(dataclasses.is_dataclass, kinds)) else _union_reader(kinds)
    if origin is Literal:
        return _choice_reader({word: word for word in arguments})
    if origin is tuple:
        return _list_reader(arguments[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_reader(arguments[1])
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        return _table_reader(wanted)
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return _choice_reader({str(choice): choice for choice in wanted})

    def read(value: Any, at: KeyPath, source: Source, report: Report) -> Any:
        # Not isinstance: True is no int, and a datetime is no date.
        return value if type(value) is wanted else _refused(wanted, value, at, source, report)

    return read


def _union_reader(kinds: tuple[Any, ...]) -> _Reader:
    only = _reader(kinds[0]) if len(kinds) == 1 else None

    def read(value: Any, at: KeyPath, source: Source, report: Report) -> Any:
        if type(value) in kinds:
            return value
        return _refused(kinds[0], value, at, source, report) if only is None else only(value, at, source, report)

    return read


def _list_reader(item: Any) -> _Reader:
    read_item = _reader(item)

    def read(value: Any, at: KeyPath, source: Source, report: Report) -> Any:
        if not isinstance(value, list):
            return _refused(tuple, value, at, source, report)
        made = [read_item(element, (*at, number), source, report) for number, element in enumerate(value)]
        return _Wrong() if _Wrong in map(type, made) else tuple(made)

    return read


def _mapping_reader(item: Any) -> _Reader:
    read_item = _reader(item)

    def read(value: Any, at: KeyPath, source: Source, report: Report) -> Any:
        if not isinstance(value, Mapping):
            return _refused(Mapping, value, at, source, report)
        made = {key: read_item(element, (*at, key), source, report) for key, element in value.items()}
        return _Wrong() if _Wrong in map(type, made.values()) else made

    return read


def _table_reader(cls: type[Any]) -> _Reader:
    def read(value: Any, at: KeyPath, source: Source, report: Report) -> Any:
        if not isinstance(value, Mapping):
            return _refused(cls, value, at, source, report)
        made = read_table(cls, value, at, source, report)
        return _Wrong() if made is None else made

    return read


def _tagged_reader(classes: tuple[Any, ...]) -> _Reader:
    """Of tables of several classes, which their key `kind` tells apart."""
    if len(classes) == 1:
        return _table_reader(classes[0])
    readers = {get_args(get_type_hints(cls)["kind"])[0]: _table_reader(cls) for cls in classes}
    read_kind = _choice_reader({kind: kind for kind in readers})

    def read(value: Any, at: KeyPath, source: Source, report: Report) -> Any:
        if not isinstance(value, Mapping):
            return _refused(classes[0], value, at, source, report)
        if "kind" not in value:
            report.error(
                f"missing-{source.kind.replace(' ', '-')}",
                f"the {source.kind} {_dotted((*at, 'kind'))!r} is missing",
                source.at(at),
                f'add kind{source.assigns}"{next(iter(readers))}", or another of {", ".join(readers)}',
            )
            return _Wrong()
        kind = read_kind(value["kind"], (*at, "kind"), source, report)
        return kind if type(kind) is _Wrong else readers[kind](value, at, source, report)

    return read


def _choice_reader(known: Mapping[str, Any]) -> _Reader:
    def read(value: Any, at: KeyPath, source: Source, report: Report) -> Any:
        if isinstance(value, str) and value in known:
            return known[value]
        report.error(
            "wrong-choice",
            f"{_dotted(at)!r} is {value!r}, but must be one of {', '.join(known)}",
            source.at(at),
            did_you_mean(value, known) if isinstance(value, str) else None,
        )
        return _Wrong()

    return read


_NAMES: dict[Any, tuple[str, str]] = {
    str: ("a text", '"…"'),
    int: ("a whole number", "20"),
    bool: ("true or false", "true"),
    date: ("a date", "2025-12-17"),
    datetime: ("a date with a time", "2025-12-17T09:36:00+07:00"),
    tuple: ("a list", '["…"]'),
    Mapping: ("a table", "{ … }"),
}


def _refused(wanted: Any, value: Any, at: KeyPath, source: Source, report: Report) -> _Wrong:
    name, _ = _NAMES.get(wanted, ("a table", "{ … }"))
    report.error(
        "wrong-type",
        f"{_dotted(at)!r} must be {name}, not {_described(value)}",
        source.at(at),
        f"write it as {_public(at[-1])}{source.assigns}{_example(wanted, value)}"
        if isinstance(at[-1], str)
        else None,
    )
    return _Wrong()


def _described(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime | time):
        return f"the {'time' if isinstance(value, time) else 'date'} {value.isoformat()}"
    if value is None:
        return "nothing"
    return f"the text {value!r}" if isinstance(value, str) else f"the number {value!r}"


def _example(wanted: Any, value: Any = None) -> str:
    """A right value; `value` itself where only quotation marks or brackets are missing."""
    if wanted is str and type(value) in (int, float, date):
        return f'"{value}"'
    if wanted is tuple and isinstance(value, str) and re.fullmatch(r'[^"\\\n]{1,60}', value):
        return f'["{value}"]'
    if get_origin(wanted) is tuple:
        return _NAMES[tuple][1]
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return f'"{next(iter(wanted))}"'
    return _NAMES.get(wanted, ("", "{ … }"))[1]


def _dotted(path: KeyPath) -> str:
    """("images", 1, "src") as a person counts: "images.2.src"."""
    return ".".join(str(part + 1) if isinstance(part, int) else _public(part) for part in path)


def _public(name: str) -> str:
    """A field's key: the field `import_` is called so because `import` is a word of Python's own."""
    return name.rstrip("_")
