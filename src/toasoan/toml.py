"""TOML with the line of every key, which the standard parser does not tell.

`tomllib` is the judge of what a document means; a light scan of the same text finds where each key stands.
A key that the scan misses (they exist: dotted keys inside inline tables) is told with the line of its table.

A portal has thousands of blocks of front matter, and nearly all of them have nothing but lines of the plainest kind,
as this program writes them itself. Those are read here, several times faster and to the same values; a text with any
other line goes to `tomllib` as a whole. A property test holds the two together.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

KeyPath = tuple[str | int, ...]
"""Where a value stands: ("languages", "vi", "title"); the second of several tables is ("images", 1)."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_KEY = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_KEY})\s*\]")
_ASSIGNMENT = re.compile(rf"^\s*({_KEY})\s*=\s*")
_POSITION = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")

_UNESCAPED = r'[^"\\\x00-\x08\x0a-\x1f\x7f]*'
_TEXT = rf'"{_UNESCAPED}(?:\\["\\]{_UNESCAPED})*"'
_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_MINUTE = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_PLAIN_ASSIGNMENT = re.compile(
    rf"""([A-Za-z0-9_-]+)\ =\ (?:
        (?P<text>{_TEXT})
      | \[(?P<texts>(?:{_TEXT}(?:,\ {_TEXT})*)?)\]
      | (?P<day>{_DAY})
      | (?P<moment>{_DAY}T{_MINUTE}:[0-5][0-9](?:Z|[+-]{_MINUTE})?)
    )""",
    re.VERBOSE,
)
"""What a line may hold for its meaning to be plain: a text, a list of texts, a day or a moment."""

_PLAIN_HEADER = re.compile(r"\[\[([A-Za-z0-9_-]+)\]\]|\[([A-Za-z0-9_-]+)(?:\.([A-Za-z0-9_-]+))?\]")
_PLAIN_TEXT = re.compile(_TEXT)
_ESCAPED = re.compile(r"\\(.)")

NO_SUCH_DAY = "there is no such day or time"
"""What is said of 2025-02-30."""

_IN_WORDS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"Invalid date"), NO_SUCH_DAY),
    (re.compile(r"Expected newline or end of document"), "the line should end after the value, but goes on"),
    (re.compile(r"Illegal character '\\n'|Unterminated string|Expected [\"'](\"\"\"|\'\'\')"),
     "a text has no quotation mark at its end"),
    (re.compile(r"Illegal character"), "there is an invisible character in this line"),
    (re.compile(r"Expected '=' after a key"), "there is no = after the name"),
    (re.compile(r"Invalid value"),
     "after the = there must be a text in straight quotation marks, a number, a date, true, false or a list"),
    (re.compile(r"Cannot (overwrite|declare|mutate|redefine)"), "the same name stands twice"),
    (re.compile(r"Unescaped '\\' in a string"), "a text has a single \\, which must be written \\\\"),
    (re.compile(r"Unclosed array"), "a list lacks a comma, or the ] at its end"),
    (re.compile(r"Unclosed inline table"), "a table lacks a comma, or the } at its end"),
    (re.compile(r"Expected '\]+' at the end"), "the line begins with [ and lacks the ] at its end"),
    (re.compile(r"Invalid hex value|Escaped character"), "there is no character of this number"),
]  # fmt: skip
"""The standard parser's messages, as somebody who is no programmer would say it; others are told as they are."""


class TomlError(ValueError):
    """The text is not TOML; says on which line the parser stopped."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True)
class TomlDocument:
    """What a TOML text means, and where each key stands."""

    values: Mapping[str, Any]
    find_lines: Callable[[], Mapping[KeyPath, int]] = dict
    """Finds the line of every key. Only a mistake needs them, so nothing is searched before one is told."""

    @cached_property
    def lines(self) -> Mapping[KeyPath, int]:
        """1-based line of every key that was found."""
        return self.find_lines()

    def line_of(self, path: KeyPath) -> int:
        """1-based line of a key, or of the nearest table around it; 0 where not even that is known."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return 0


def read_toml(text: str) -> TomlDocument:
    """Parse a TOML text. Raises TomlError with the line where it stops making sense."""
    values = _plain_values(text)
    if values is not None:
        return TomlDocument(values, partial(_lines_of_keys, text))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _POSITION.search(str(error))
        line = int(at[1]) if at and at[1] else text.rstrip("\n").count("\n") + 1
        raise TomlError(_in_words(_POSITION.sub("", str(error))), line) from None
    except RecursionError:
        raise TomlError("values are nested too deeply", 1) from None
    return TomlDocument(values, partial(_lines_of_keys, text))


def _plain_values(text: str) -> dict[str, Any] | None:
    """What a text of plain lines means; None where there is anything in it that the parser has to judge."""
    values: dict[str, Any] = {}
    arrays: dict[str, list[dict[str, Any]]] = {}
    table = values
    for line in text.split("\n"):
        if not line:
            continue
        if assignment := _PLAIN_ASSIGNMENT.fullmatch(line):
            key = assignment[1]
            if key in table:
                return None
            try:
                table[key] = _PLAIN_VALUES[assignment.lastgroup or ""](assignment[assignment.lastindex or 0])
            except ValueError:  # the calendar has no such day
                return None
        elif header := _PLAIN_HEADER.fullmatch(line):
            table = {}
            item, name, part = header.groups()
            if item in arrays:
                arrays[item].append(table)
                continue
            around = values if part is None else values.get(name)
            key = part or name or item
            # Tables of arrays are not gone into, nor is a table opened twice: that is mostly a mistake.
            if type(around) is not dict or key in around:
                return None
            around[key] = table
            if item is not None:
                values[item] = arrays[item] = [table]
        else:
            return None
    return values


def _plain_text(quoted: str) -> str:
    text = quoted[1:-1]
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _plain_texts(listed: str) -> list[str]:
    return [_plain_text(quoted) for quoted in _PLAIN_TEXT.findall(listed)]


_PLAIN_VALUES: Mapping[str, Callable[[str], Any]] = {
    "text": _plain_text,
    "texts": _plain_texts,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
}


def _in_words(message: str) -> str:
    return next((words for pattern, words in _IN_WORDS if pattern.match(message)), message)


def _lines_of_keys(text: str) -> dict[KeyPath, int]:
    lines: dict[KeyPath, int] = {}
    tables_seen: dict[KeyPath, int] = {}
    table: KeyPath = ()
    still_open = _Unclosed()
    for number, line in enumerate(text.split("\n"), start=1):
        if still_open:
            still_open.read(line)
            continue
        if header := _HEADER.match(line):
            table = _resolved(_parts(header[2]), tables_seen)
            if header[1] == "[[":
                tables_seen[table] = tables_seen.get(table, -1) + 1
                table = (*table, tables_seen[table])
            for end in range(1, len(table) + 1):  # `[a.b]` is the first that is seen of `a`, too
                lines.setdefault(table[:end], number)
        elif assignment := _ASSIGNMENT.match(line):
            path = table
            for part in _parts(assignment[1]):
                path = (*path, part)
                lines.setdefault(path, number)
            still_open.read(line[assignment.end() :])
    return lines


def _parts(key: str) -> list[str]:
    found: list[str] = re.findall(_PART, key)
    return [next(iter(tomllib.loads(f"{part} = 0"))) for part in found]


def _resolved(parts: list[str], tables_seen: Mapping[KeyPath, int]) -> KeyPath:
    """A header's path, with the number of the table meant where an array of tables lies on the way."""
    path: KeyPath = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in tables_seen:
            path = (*path, tables_seen[path])
    return (*path, parts[-1])


class _Unclosed:
    """Whether a value goes on in the next line: open brackets and triple quotes."""

    _TOKEN = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#|[\[\]{}]|\\.')

    def __init__(self) -> None:
        self.depth = 0
        self.quote = ""

    def __bool__(self) -> bool:
        return self.depth > 0 or bool(self.quote)

    def read(self, line: str) -> None:
        for token in self._TOKEN.findall(line):
            if self.quote:
                self.quote = "" if token == self.quote else self.quote
            elif token in ('"""', "'''"):
                self.quote = token
            elif token == "#":  # a comment runs to the end of the line
                return
            elif token in ("[", "{"):
                self.depth += 1
            elif token in ("]", "}"):
                self.depth -= 1
