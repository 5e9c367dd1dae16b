"""Photographs for the demo portal, painted: nobody's picture is used, and each demo is the same to the byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toasoan.demo.painting import Painting
from toasoan.demo.scenes import crafts, landscapes, towns


def photograph(key: str, number: int) -> bytes:
    """The photograph of a story, as JPEG. Raises KeyError for one that no story has."""
    return SCENES[key, number]().as_jpeg()


SCENES: Mapping[tuple[str, int], Callable[[], Painting]] = {
    ("bell-casters", 1): crafts.bronze_is_poured,
    ("bell-casters", 2): crafts.bell,
    ("night-ferry", 1): landscapes.night_ferry,
    ("library-boat", 1): landscapes.library_boat,
    ("library-boat", 2): crafts.row_of_books,
    ("lotus-thread", 1): landscapes.lotus,
    ("comet-night", 1): landscapes.comet,
    ("clock-mender", 1): crafts.clocks,
    ("tea-letters", 1): landscapes.tea_hills,
    ("terrace-songs", 1): landscapes.terraces,
    ("bridge-opens", 1): landscapes.footbridge,
    ("kite-teacher", 1): towns.kites,
    ("fog-harvest", 1): landscapes.fog_nets,
    ("salt-flower", 1): crafts.salt,
    ("paper-makers", 1): crafts.paper,
    ("tree-count", 1): landscapes.old_tree,
    ("bee-keeper", 1): towns.hives,
    ("repair-street", 1): towns.street,
    ("market-scale", 1): towns.night_market,
    ("gong-lesson", 1): crafts.gongs,
    ("one-window", 1): towns.hall,
    ("mountain-bus", 1): towns.mountain_bus,
    ("silk-repair", 1): crafts.silk,
}
"""By the story's key and the photograph's number."""
