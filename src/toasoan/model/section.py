"""A section of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One of the few fixed parts into which a portal sorts its articles: Heritage, Local."""

    key: str
    """The same in every language and in addresses: "political-system"."""

    names: Mapping[str, str]
    """What readers see, by language tag; there is one for every language of the portal."""
