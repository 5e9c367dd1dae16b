"""What a cover looks like from afar: its motif and its inks. Known without drawing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from toasoan.covers.dice import Dice
from toasoan.covers.palettes import PALETTES

MOTIFS_OF_SECTION: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "heritage": ("drum",),
        "figure": ("lotus", "portrait"),
        "enterprise": ("terraces", "loom"),
        "current-events": ("waves", "lanterns"),
        "political-system": ("hall", "hemicycle"),
        "local": ("karst", "contours"),
        "product": ("hats", "pottery"),
    }
)
"""The motifs among which an article's key decides, by section."""


OTHER_INKS = "b"
"""The fragment of an address that asks a cover for its drawing mirrored and in the next palette."""


class Look(NamedTuple):
    """The motif of a cover, and which of the motif's palettes it has."""

    motif: str
    palette: int

    def in_other_inks(self) -> Look:
        """The same drawing in the next palette."""
        return Look(self.motif, (self.palette + 1) % len(PALETTES[self.motif]))


def look_of(section: str, key: str, motif: str | None = None) -> Look:
    """The look of an article's cover.

    An editor may name the `motif`, for the day when the section's dice would draw a vase for a story on hats. A
    section without motifs of its own draws from all of them.
    """
    # The section has no say in the dice: whoever names the motif that was drawn anyway sees no change.
    dice = Dice(key)
    drawn: str = dice.pick(_motifs_of(section))
    if motif is not None and motif not in PALETTES:
        raise ValueError(f"there is no motif {motif!r}; the motifs are {', '.join(motif_names())}")
    name = drawn if motif is None else motif
    return Look(name, int(dice.fraction() * len(PALETTES[name])))


def motif_names() -> tuple[str, ...]:
    """Every motif that an article may name."""
    return tuple(PALETTES)


def _motifs_of(section: str) -> Sequence[str]:
    return MOTIFS_OF_SECTION.get(section) or motif_names()
