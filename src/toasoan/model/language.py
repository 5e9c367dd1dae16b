"""A language of the portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]
"""Which way a script runs, as `<html dir>` has it."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which the portal is published."""

    tag: str
    """BCP 47 tag, as it stands in addresses and in `<html lang>`: "vi", "uk"."""

    endonym: str
    """The language's name in itself: "Tiếng Việt", "Українська"."""

    direction: Direction = "ltr"
