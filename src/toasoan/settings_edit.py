"""Changes to a portal's settings that keep its comments, its order and its blank lines. The one door to tomlkit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit


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
