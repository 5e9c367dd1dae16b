"""A press agency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publisher:
    """A press agency or newspaper whose articles the portal republishes."""

    key: str
    """Stands in addresses: "bao-chinh-phu"."""

    name: str
    """As the agency writes itself: "Báo Chính Phủ". It is not translated."""

    language: str | None = None
    """Tag of the language that the name is in; None where nobody said."""

    hosts: tuple[str, ...] = ()
    """Hosts of its own pages, without "www.": an article's source address names its agency by them."""

    spellings: tuple[str, ...] = ()
    """Other ways in which texts write the name."""
