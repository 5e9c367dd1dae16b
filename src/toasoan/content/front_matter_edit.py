"""Changes to an article's file that leave all else in it as it stands: comments, order, blank lines, line ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toasoan.toml import TomlError, read_toml
from toasoan.toml_edit import Value, with_values

FENCE = "+++"

Changes = Mapping[tuple[str | int, ...], Value | Mapping[str, Value]]
"""New values by the ways to their keys: ("images", 0, "caption") for the caption of the first photo."""


class NotEditableError(Exception):
    """The file's front matter can't be changed key by key; says why."""


def edited(text: str, changes: Changes, body: str | None = None) -> str:
    """An article's file with other values in its front matter, and with another text below it if one is given.

    Raises NotEditableError where the front matter is YAML or broken.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].lstrip("\ufeff").rstrip() != FENCE:
        raise NotEditableError("its front matter is not TOML between lines of +++")
    closing = next((place for place, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE), None)
    if closing is None:
        raise NotEditableError(f"there is no second line {FENCE}")
    block, rest = "\n".join([*lines[1:closing], ""]), lines[closing:]
    try:
        new = _with_values(block, changes)
    except (TomlError, LookupError) as error:
        raise NotEditableError(str(error)) from error
    below = "\n".join(rest) if body is None else f"{rest[0]}\n\n{body.strip(chr(10))}\n"
    whole = f"{lines[0]}\n{new if new.endswith(chr(10)) or not new else new + chr(10)}{below}"
    return whole.replace("\n", ends)


def _with_values(block: str, changes: Changes) -> str:
    """The block changed; what it says is compared with what was asked for, since editing text is delicate."""
    read_toml(block)  # tells mistakes in words that people know
    if not changes:
        return block
    new = with_values(block, changes)
    values = read_toml(new).values
    for path, value in changes.items():
        if _value_at(values, path) != (list(value) if isinstance(value, tuple) else value):
            raise NotEditableError(f"{'.'.join(map(str, path))} could not be set")
    return new


def _value_at(values: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError):
            return None
    return values
