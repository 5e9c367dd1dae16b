"""Changes to TOML that keep its comments, its order and its blank lines. The one door to tomlkit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import tomlkit

Value = str | bool | int | dt.date | Sequence[str] | None
"""What a key may be given; None removes it."""


def with_values(toml: str, changes: Mapping[tuple[str | int, ...], Value | Mapping[str, Value]]) -> str:
    """A text of TOML in which keys have other values.

    A path leads to each key, through tables by name and through lists of tables by 0-based place. A table that is not
    there is made, and so is the next one of a list. Raises LookupError for a place beyond that.
    """
    document = tomlkit.parse(toml)
    for path, value in changes.items():
        table: Any = document
        for step, following in pairwise(path):
            if isinstance(step, str) and step not in table:
                table[step] = tomlkit.aot() if isinstance(following, int) else tomlkit.table()
            elif isinstance(step, int) and step == len(table):
                table.append(tomlkit.table())
            table = table[step]
        last = path[-1]
        if value is None:
            table.pop(last, None)
        elif table.get(last) != value:
            table[last] = _item(value)
    return tomlkit.dumps(document)


def _item(value: Value | Mapping[str, Value]) -> Any:
    if not isinstance(value, Mapping):
        return tomlkit.item(list(value) if isinstance(value, tuple) else value)
    table = tomlkit.table()
    for name, one in value.items():
        if one is not None:
            table[name] = _item(one)
    return table


def with_section(settings: str, key: str, names: Mapping[str, str]) -> str:
    """Settings with another section, below the others; its names are given by language."""
    document = tomlkit.parse(settings)
    _put(document, "sections", key, names)
    return tomlkit.dumps(document)


def with_language(settings: str, tag: str, fields: Mapping[str, str], section_names: Mapping[str, str]) -> str:
    """Settings with another language, below the others, and with a name in it for each section, given by key."""
    document = tomlkit.parse(settings)
    _put(document, "languages", tag, fields)
    for key, name in section_names.items():
        document["sections"][key][tag] = name
    return tomlkit.dumps(document)


def _put(document: tomlkit.TOMLDocument, above: str, key: str, values: Mapping[str, str]) -> None:
    """Put a table below the last one of its kind, and before what is said above the next kind."""
    if above not in document:
        document[above] = tomlkit.table(is_super_table=True)
    tables: Any = document[above]
    table = tomlkit.table()
    for name, value in values.items():
        table[name] = value
    following = _taken_from_the_end(tables[list(tables)[-1]]) if tables else []
    tables[key] = table
    for item in following:
        tables[key].add(item)


def _taken_from_the_end(table: Any) -> list[Any]:
    """The blank lines and comments after a table's last value."""
    body = table.value.body
    taken: list[Any] = []
    while body and body[-1][0] is None:
        taken.insert(0, body.pop()[1])
    return taken
