"""What becomes of a path of the output folder that somebody asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toasoan import routes
from toasoan.diagnostics import Report
from toasoan.state import State


@dataclass(frozen=True, slots=True)
class InFile:
    """It is what lies in a file."""

    file: Path


@dataclass(frozen=True, slots=True)
class JustMade:
    """It was made, and lies nowhere yet."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Moved:
    """There is no page any more, but another one in its place."""

    address: str


@dataclass(frozen=True, slots=True)
class Gone:
    """There was a page, and there will be none."""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing."""


@dataclass(frozen=True, slots=True)
class Later:
    """If there is such a file, a build that is under way will tell."""


@dataclass(frozen=True, slots=True)
class Mistaken:
    """It can't be made for mistakes."""

    report: Report


Answer = InFile | JustMade | Moved | Gone | Missing | Later | Mistaken


def without_page(path: str, state: State) -> Moved | Gone | Missing:
    """What becomes of a path at which there is no page, as far as the last build found out."""
    found = state.rows("SELECT target FROM redirect WHERE address = ?", routes.address_of(path))
    for target in found:
        return Gone() if target is None else Moved(target)
    return Missing()
