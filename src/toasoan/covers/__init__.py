"""One drawn cover for each article that has no photograph.

A cover depends on nothing but its arguments: the same article has the same cover on every machine, in every
language and after every build. It is meant for `<img>`: its class names and ids are short and would clash if two
covers stood inline in one page. The drawing box is 16:9; whatever matters lies in its central square, so that the
page can crop it to 4:3 or 1:1 by `object-fit: cover`.

Pure: no files, no clock, no chance.
"""

from collections.abc import Mapping
from types import MappingProxyType

from toasoan.covers.dice import Dice
from toasoan.covers.motifs import MOTIFS
from toasoan.covers.picture import compose

__all__ = ["MOTIFS_OF_SECTION", "cover", "motif_names"]

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


def cover(section: str, key: str, motif: str | None = None) -> str:
    """Draw the cover of the article `key` as SVG text.

    An editor may name the `motif`, for the day when the section's dice would draw a vase for a story on hats. A
    section without motifs of its own draws from all of them.
    """
    name = _motif_for(section, key) if motif is None else motif
    if name not in MOTIFS:
        raise ValueError(f"there is no motif {name!r}; the motifs are {', '.join(motif_names())}")
    chosen = MOTIFS[name]
    # The section has no say from here on: whoever names the motif that was drawn anyway sees no change.
    dice = Dice(name, key)
    inks = chosen.nightfall.inks(dice.pick(chosen.palettes))
    return compose(chosen.draw(dice, inks), inks)


def motif_names() -> tuple[str, ...]:
    """Every motif that an article may name."""
    return tuple(MOTIFS)


def _motif_for(section: str, key: str) -> str:
    return Dice(section, key).pick(MOTIFS_OF_SECTION.get(section, motif_names()))
