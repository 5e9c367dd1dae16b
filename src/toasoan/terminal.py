"""How the command line speaks: diagnostics, progress and results, for people or as JSON.

Colours and a progress bar only on a terminal, and never where NO_COLOR is set (no-color.org).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from toasoan.diagnostics import Diagnostic, Report, Severity

RED, YELLOW, BOLD, PLAIN = "\033[31m", "\033[33m", "\033[1m", "\033[0m"

REDRAW = 0.1
"""Seconds between two drawings of a progress bar."""

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
                print(self._coloured_text(diagnostic), file=sys.stderr)

    def say(self, *lines: str) -> None:
        """Print lines for people."""
        if not self.as_json:
            print("\n".join(lines))

    def result(self, values: Mapping[str, object], report: Report | None = None) -> None:
        """Print a command's result for machines: one JSON object on standard output."""
        if self.as_json:
            found = {} if report is None else {"diagnostics": [diagnostic.as_dict() for diagnostic in report]}
            text = json.dumps({**values, **found}, ensure_ascii=False, indent=2)
            # A file's name may hold bytes that are no text: they are escaped, as JSON allows.
            print(text.encode("utf-8", "backslashreplace").decode())

    def complain(self, message: str, hint: str | None = None) -> None:
        """Say that a command can't be carried out as it was given."""
        print(f"toasoan: {message}" + (f"\n  hint: {hint}" if hint else ""), file=sys.stderr)

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

    def _coloured_text(self, diagnostic: Diagnostic) -> str:
        if not self._coloured:
            return str(diagnostic)
        colour = RED if diagnostic.severity is Severity.ERROR else YELLOW
        head, _, rest = str(diagnostic).partition(f": {diagnostic.severity}: ")
        return f"{BOLD}{head}{PLAIN}: {colour}{diagnostic.severity}{PLAIN}: {rest}"
