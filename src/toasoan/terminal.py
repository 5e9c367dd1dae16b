"""How the command line speaks: diagnostics, progress and results, for people or as JSON.

Colours and a progress bar only on a terminal, and never where NO_COLOR is set (no-color.org).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from toasoan.diagnostics import Report, Severity

RED, YELLOW, BOLD, PLAIN = "\033[31m", "\033[33m", "\033[1m", "\033[0m"

_KEPT = "\n\t\u200c\u200d"

REDRAW = 0.1
"""Seconds between two drawings of a progress bar."""

WIDE = 120
"""Columns of a table that goes into a file or another program."""

LONG_WORK = 200
"""Steps from which on a progress bar is worth its place."""


class Terminal:
    """Where a command's words go: results to standard output, diagnostics and progress to standard error."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self._coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")

    def tell(self, report: Report) -> None:
        """Print what a run found, for people; machines get it with the result."""
        if not self.as_json:
            for diagnostic in report:
                print(self._coloured_text(harmless(str(diagnostic)), diagnostic.severity), file=sys.stderr)

    def say(self, *lines: str) -> None:
        """Print lines for people."""
        if not self.as_json:
            print(harmless("\n".join(lines)))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table for people: the first column are words, the others numbers."""
        if self.as_json:
            return
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for place, name in enumerate(head):
            table.add_column(name, justify="right" if place else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(harmless(cell)) for cell in row))
        console = Console() if sys.stdout.isatty() else Console(width=WIDE)
        console.print(table)

    def result(self, values: Mapping[str, object], report: Report | None = None) -> None:
        """Print a command's result for machines: one JSON object on standard output; iterators become lists."""
        if self.as_json:
            found = {} if report is None else {"diagnostics": [diagnostic.as_dict() for diagnostic in report]}
            for piece in _json_object({**values, **found}):
                # A file's name may hold bytes that are no text: they are escaped, as JSON allows.
                sys.stdout.write(piece.encode("utf-8", "backslashreplace").decode())

    def document(self, text: str) -> None:
        """Print a document for another program."""
        sys.stdout.write(text.encode("utf-8", "backslashreplace").decode())

    def complain(self, message: str, hint: str | None = None) -> None:
        """Say that a command can't be carried out as it was given."""
        print(f"toasoan: {message}" + (f"\n  hint: {hint}" if hint else ""), file=sys.stderr)

    def asked(self, question: str) -> str:
        """What a person at the terminal answers, in small letters; nothing if nobody does."""
        try:
            return input(harmless(question)).strip().lower()
        except EOFError:
            return ""

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """A bar for long work on a terminal; elsewhere nothing is shown."""
        if self.as_json or not sys.stderr.isatty():
            yield lambda stage, done, total: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        # No thread draws the bar, for the work may be shared among forks of this process.
        with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bars:
            tasks = {}
            drawn = 0.0

            def step(stage: str, done: int, total: int) -> None:
                nonlocal drawn
                if total < LONG_WORK:
                    return
                if stage not in tasks:
                    tasks[stage] = bars.add_task(stage, total=total)
                bars.update(tasks[stage], completed=done)
                if time.monotonic() - drawn > REDRAW:
                    drawn = time.monotonic()
                    bars.refresh()

            yield step

    def _coloured_text(self, text: str, severity: Severity) -> str:
        if not self._coloured:
            return text
        colour = RED if severity is Severity.ERROR else YELLOW
        head, _, rest = text.partition(f": {severity}: ")
        return f"{BOLD}{head}{PLAIN}: {colour}{severity}{PLAIN}: {rest}"


def _json_object(values: Mapping[str, object]) -> Iterator[str]:
    """An object as `json.dumps` writes it; what comes out of an iterator is never held as a whole."""
    before = "{\n"
    for key, value in values.items():
        yield f"{before}  {json.dumps(key)}: "
        before = ",\n"
        if isinstance(value, Iterator):
            opening = "["
            for element in value:
                yield f"{opening}\n    {_indented(element, 4)}"
                opening = ","
            yield "[]" if opening == "[" else "\n  ]"
        else:
            yield _indented(value, 2)
    yield "\n}\n" if values else "{}\n"


def _indented(value: object, spaces: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", f"\n{' ' * spaces}")


def harmless(text: str) -> str:
    """A text with what commands a terminal written out: names of files and titles may be made by strangers.

    Lines, tabs and the joiners that Persian and Indian words need stay.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in _KEPT else ascii(character)[1:-1] for character in text
    )
