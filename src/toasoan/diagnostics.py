"""Mistakes and advice as values: what is wrong, where, and what to do.

A mistake in somebody's content, configuration or template is never an exception: it is a `Diagnostic`
in a `Report`, so that all of them are found in one run. Exceptions are for mistakes in this program.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops publication, a warning is for a person to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file that somebody can open."""

    path: str
    """Relative to the portal's root folder, with forward slashes: "site/content/en/2025/office.md"."""

    line: int = 0
    """1-based; 0 when the mistake is the file's as a whole."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake or piece of advice, in words for the person who can mend it."""

    severity: Severity
    code: str
    """Stable and lower-case, "unknown-section"; each one is explained in docs/reference/diagnostics.md."""

    message: str
    location: Location
    hint: str | None = None
    """What to do, as a sentence or a question; None where the message says it all."""

    def __str__(self) -> str:
        line = f"{self.location}: {self.severity}: {self.message} [{self.code}]"
        return f"{line}\n  hint: {self.hint}" if self.hint else line

    def as_dict(self) -> dict[str, object]:
        """The same for machines, as `--json` prints it."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "message": self.message,
            "path": self.location.path,
            "line": self.location.line or None,
            "hint": self.hint,
        }


class Report:
    """Collects what one run found; iterates in the order of places, so that two runs read the same."""

    def __init__(self) -> None:
        self._diagnostics: list[Diagnostic] = []

    def error(self, code: str, message: str, location: Location, hint: str | None = None) -> None:
        """Note a mistake that must be mended before anything is published."""
        self._diagnostics.append(Diagnostic(Severity.ERROR, code, message, location, hint))

    def warning(self, code: str, message: str, location: Location, hint: str | None = None) -> None:
        """Note something that a person should look at; publication goes on."""
        self._diagnostics.append(Diagnostic(Severity.WARNING, code, message, location, hint))

    def add(self, diagnostic: Diagnostic) -> None:
        """Note what was found elsewhere, or earlier."""
        self._diagnostics.append(diagnostic)

    def take_over(self, other: Report) -> None:
        """Add what another report has, of work that was done elsewhere."""
        self._diagnostics += other._diagnostics

    @property
    def has_errors(self) -> bool:
        """Whether anything forbids publication."""
        return any(d.severity is Severity.ERROR for d in self._diagnostics)

    def count(self, severity: Severity) -> int:
        """How many diagnostics of this weight there are."""
        return sum(d.severity is severity for d in self._diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._diagnostics, key=lambda d: (d.location, d.code, d.message)))

    def __len__(self) -> int:
        return len(self._diagnostics)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest right word; None where nothing is near."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f"did you mean {by_folded[near[0]]!r}?" if near else None
