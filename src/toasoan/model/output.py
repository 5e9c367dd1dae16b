"""A file of the built portal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be published, whole."""

    path: str
    """Relative to the output folder, with forward slashes: "uk/heritage/index.html"."""

    data: bytes
