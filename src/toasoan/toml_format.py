"""Values into TOML, in the form that the program writes everywhere: one line for each value, then the tables."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


_JSON = json.JSONEncoder(ensure_ascii=False).encode
"""One encoder for all texts: `json.dumps` makes a new one for each."""


def format_toml(value: DataclassInstance) -> str:
    """The fields of a frozen dataclass as TOML; those that are None or empty are left out."""
    return "".join(_toml_lines(value, ""))


def _toml_lines(value: Mapping[str, Any] | DataclassInstance, prefix: str) -> Iterator[str]:
    items = _present_items(value)
    for key, item in items:
        if not _is_table(item):
            yield f"{key} = {_toml_value(item)}\n"
    for key, item in items:
        name = f"{prefix}{key}"
        if _is_table(item):
            for table in item if isinstance(item, tuple) else (item,):
                yield f"\n[[{name}]]\n" if isinstance(item, tuple) else f"\n[{name}]\n"
                yield from _toml_lines(table, f"{name}.")


def _present_items(value: Mapping[str, Any] | DataclassInstance) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [(_toml_key(key), item) for key, item in value.items()]
    present = [(key, getattr(value, name)) for name, key in _keys_of(type(value))]
    return [(key, item) for key, item in present if item is not None and item != () and item != {}]


@cache
def _keys_of(cls: type[DataclassInstance]) -> tuple[tuple[str, str], ...]:
    """The names of a class's fields and the keys that they have in TOML."""
    return tuple((one.name, one.name.rstrip("_")) for one in fields(cls))


def _is_table(item: object) -> bool:
    if isinstance(item, str):  # nearly all are, and the other questions take longer
        return False
    if isinstance(item, tuple):
        return bool(item) and is_dataclass(item[0])
    return isinstance(item, Mapping) or is_dataclass(item)


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml_text(key)


def _toml_value(item: Any) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, tuple):
        return f"[{', '.join(_toml_value(element) for element in item)}]"
    if isinstance(item, dt.date):
        return item.isoformat()
    return str(item) if isinstance(item, int) else _toml_text(item)


def _toml_text(text: str) -> str:
    """A basic string of TOML: JSON's escapes are TOML's too, but for DEL, which TOML wants escaped."""
    return _JSON(text).replace("\x7f", "\\u007f")
