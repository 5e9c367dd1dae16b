"""What a table may hold, as JSON Schema (draft 7, which editors know): for completion and words beside each key."""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import types
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from toasoan.described_fields import attribute_docstrings, keys

DRAFT = "http://json-schema.org/draft-07/schema#"

Choices = Mapping[str, Sequence[str]]
"""Values that a key of the outermost table may have, where a portal has just these."""

_SIMPLE: Mapping[Any, Mapping[str, object]] = {
    bool: {"type": "boolean"},
    str: {"type": "string"},
    int: {"type": "integer"},
    dt.date: {"type": "string", "format": "date"},
    dt.datetime: {"type": "string", "format": "date-time"},
}
"""Days and moments are texts to JSON, and so they are to those who check TOML and YAML by such a schema."""


def schema(cls: type[Any], title: str, choices: Choices | None = None) -> dict[str, object]:
    """The schema of a file that is read into a class."""
    return {"$schema": DRAFT, "title": title, **_table(cls, choices or {})}


def _table(cls: type[Any], choices: Choices) -> dict[str, object]:
    hints, said = get_type_hints(cls), attribute_docstrings(cls)
    properties, required = {}, []
    for key, field in zip(keys(cls), dataclasses.fields(cls), strict=True):
        value = {"enum": list(choices[key])} if key in choices else _value(hints[field.name])
        words = {"description": said[field.name]} if field.name in said else {}
        properties[key] = {**value, **words}
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            required.append(key)
    return {
        "type": "object",
        "description": " ".join((inspect.getdoc(cls) or "").split()),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _value(wanted: Any) -> dict[str, object]:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        kinds = [_value(kind) for kind in arguments if kind is not types.NoneType]
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _value(arguments[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _value(arguments[1])}
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return {"enum": [str(choice) for choice in wanted]}
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        return _table(wanted, {})
    return dict(_SIMPLE[wanted])
