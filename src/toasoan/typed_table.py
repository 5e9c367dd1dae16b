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
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

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
    values: dict[str, Any] = {}
    sound = True
    for key, value in table.items():
        if key not in wanted:
            report.error(
                f"unknown-{source.kind.replace(' ', '-')}",
                f"there is no {source.kind} {_dotted((*at, key))!r}",
                source.at((*at, key)),
                did_you_mean(key, (_public(name) for name in wanted)),
            )
            sound = False
            continue
        read = _read(wanted[key].type, value, (*at, key), source, report)
        if isinstance(read, _Wrong):
            sound = False
        else:
            values[key] = read
    for key, field in wanted.items():
        if field.required and key not in table:
            report.error(
                f"missing-{source.kind.replace(' ', '-')}",
                f"the {source.kind} {_dotted((*at, key))!r} is missing",
                source.at(at),
                f"add {key}{source.assigns}{_example(field.type)}",
            )
            sound = False
    return cls(**values) if sound else None


@dataclass(frozen=True, slots=True)
class _Field:
    type: Any
    required: bool


class _Wrong:
    """Stands for a value that was refused; the report has the reason."""


@cache
def _fields(cls: type[Any]) -> dict[str, _Field]:
    hints = get_type_hints(cls)
    return {
        f.name: _Field(
            hints[f.name],
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(cls)
    }


def _read(wanted: Any, value: Any, at: KeyPath, source: Source, report: Report) -> Any:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _read_union(arguments, value, at, source, report)
    if origin is tuple:
        return _read_list(arguments[0], value, at, source, report)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _read_mapping(arguments[1], value, at, source, report)
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        if not isinstance(value, Mapping):
            return _refused(wanted, value, at, source, report)
        made = read_table(wanted, value, at, source, report)
        return _Wrong() if made is None else made
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return _read_choice(wanted, value, at, source, report)
    if type(value) is not wanted:  # not isinstance: True is no int, and a datetime is no date
        return _refused(wanted, value, at, source, report)
    return value


def _read_union(kinds: tuple[Any, ...], value: Any, at: KeyPath, source: Source, report: Report) -> Any:
    kinds = tuple(kind for kind in kinds if kind is not types.NoneType)
    for kind in kinds:
        if type(value) is kind:
            return value
    if len(kinds) == 1:
        return _read(kinds[0], value, at, source, report)
    return _refused(kinds[0], value, at, source, report)


def _read_list(item: Any, value: Any, at: KeyPath, source: Source, report: Report) -> Any:
    if not isinstance(value, list):
        return _refused(tuple, value, at, source, report)
    read = [_read(item, element, (*at, number), source, report) for number, element in enumerate(value)]
    return _Wrong() if any(isinstance(element, _Wrong) for element in read) else tuple(read)


def _read_mapping(item: Any, value: Any, at: KeyPath, source: Source, report: Report) -> Any:
    if not isinstance(value, Mapping):
        return _refused(Mapping, value, at, source, report)
    read = {key: _read(item, element, (*at, key), source, report) for key, element in value.items()}
    return _Wrong() if any(isinstance(element, _Wrong) for element in read.values()) else read


def _read_choice(choices: type[StrEnum], value: Any, at: KeyPath, source: Source, report: Report) -> Any:
    known = [str(choice) for choice in choices]
    if isinstance(value, str) and value in known:
        return choices(value)
    report.error(
        "wrong-choice",
        f"{_dotted(at)!r} is {value!r}, but must be one of {', '.join(known)}",
        source.at(at),
        did_you_mean(value, known) if isinstance(value, str) else None,
    )
    return _Wrong()


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
