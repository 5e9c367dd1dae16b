"""YAML front matter, by the core schema of YAML 1.2: `no` is a text, not a truth value. The one door to PyYAML.

Aliases, tags and duplicate keys are refused: front matter has no use for the first two, which can be made to
fill a machine's memory or to run code, and the last one hides a value.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import yaml

from toasoan.toml import NO_SUCH_DAY, KeyPath, TomlDocument, TomlError

_PLAIN: list[tuple[re.Pattern[str], Any]] = [
    (re.compile(r"true|false"), lambda text: text == "true"),
    (re.compile(r"[-+]?\d{1,18}"), int),
    (re.compile(r"\d{4}-\d\d-\d\d"), date.fromisoformat),
    (re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[-+]\d\d:\d\d)?"), datetime.fromisoformat),
]
_NULL = ("", "~", "null")

_IN_WORDS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"mapping values are not allowed"), "a text with a colon must stand in quotation marks"),
    (re.compile(r"found unexpected end of stream|expected ',' or"), "a quotation mark or a bracket is not closed"),
    (re.compile(r"found character '\\t'"), "a line begins with a tab, where only spaces may stand"),
    (re.compile(r"found character '(?P<sign>.)'"), "a text that begins with {sign} must stand in quotation marks"),
    (re.compile(r"expected <block end>"), "the line should end after the value, but goes on"),
    (re.compile(r"could not find expected ':'"), "there is no colon after the name"),
    (re.compile(r"found unknown escape"), "a text has a single \\, which must be written \\\\"),
]
"""The parser's messages, as somebody who is no programmer would say it; others are told as they are."""

_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")

DEEPEST = 20
"""Levels of nesting that front matter may have."""


class YamlError(TomlError):
    """The text is not the YAML that front matter may be; says on which line. Told as broken TOML is."""


def read_yaml(text: str) -> TomlDocument:
    """Parse a YAML mapping into the same form as TOML, lines included; keys without a value are left out.

    Raises YamlError with the line where it stops making sense.
    """
    lines: dict[KeyPath, int] = {}
    try:
        _refuse_aliases(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlError(_in_words(error.problem or "it can't be read"), line) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError("there is an invisible character in this line", line) from None
    except yaml.YAMLError as error:
        raise YamlError(str(error).split("\n", 1)[0], 1) from None
    if root is None:
        return TomlDocument({})
    if not isinstance(root, yaml.MappingNode):
        raise YamlError("it must be a list of `key: value` lines", root.start_mark.line + 1)
    return TomlDocument(_mapping(root, (), lines), lambda: lines)


def _in_words(message: str) -> str:
    for pattern, words in _IN_WORDS:
        if found := pattern.match(message):
            return words.format(**found.groupdict())
    return message


def _refuse_aliases(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise YamlError("aliases (*name) are not allowed here", line)
        if tag := getattr(event, "tag", None):
            raise YamlError(f"tags ({tag.replace('tag:yaml.org,2002:', '!!')}) are not allowed here", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise YamlError("values are nested too deeply", line)


def _mapping(node: yaml.MappingNode, at: KeyPath, lines: dict[KeyPath, int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError("a key must be a word", line)
        key = str(key_node.value)
        if _HALF_A_CHARACTER.search(key):
            raise YamlError("there is no character of this number", line)
        if (*at, key) in lines:
            raise YamlError(f"the key {key!r} stands twice", line)
        lines[(*at, key)] = line
        value = _value(value_node, (*at, key), lines)
        if value is not None:
            values[key] = value
    return values


def _value(node: yaml.Node, at: KeyPath, lines: dict[KeyPath, int]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*at, number), lines) for number, item in enumerate(node.value)]
    text = str(node.value)
    if _HALF_A_CHARACTER.search(text):  # "\ud800": no file could hold it
        raise YamlError("there is no character of this number", node.start_mark.line + 1)
    if getattr(node, "style", None) is not None:  # quoted, or a block: a text whatever it looks like
        return text
    if text.lower() in _NULL:
        return None
    for pattern, convert in _PLAIN:
        if pattern.fullmatch(text):
            try:
                return convert(text)
            except ValueError:
                raise YamlError(NO_SUCH_DAY, node.start_mark.line + 1) from None
    return text
