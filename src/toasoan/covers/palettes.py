"""The inks in which each motif may be drawn.

They stand apart from the motifs because a page of cards has to know how a cover looks without loading what draws it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

Palette: TypeAlias = tuple[str, ...]
"""Hexadecimal colours; their order gives them the class names a, b, c ... The first one is the ground."""

PALETTES: Mapping[str, tuple[Palette, ...]] = MappingProxyType(
    {
        # ground, bronze, gold, light, patina
        "drum": (
            ("#0e3b37", "#0a2c2a", "#d9a440", "#f3dfae", "#1b5a52"),
            ("#7b1812", "#5c0f0b", "#e8b04a", "#f9e2b4", "#9a2a1c"),
            ("#e6d3a8", "#d8bf8a", "#7a3d12", "#a3231a", "#efe2c3"),
            ("#211a16", "#16110e", "#d8a13c", "#f1dcae", "#3b2a1e"),
            ("#1c2c48", "#14203a", "#d9a54a", "#efe0ba", "#2c4568"),
        ),
        # ground, petal, pale petal, seed, water, deep petal
        "lotus": (
            ("#0f3d3e", "#e8799a", "#f7c4cf", "#f2b23d", "#1d5a55", "#c64a74"),
            ("#f4e4c6", "#c73a4f", "#e98a8d", "#d99a2b", "#3d7a63", "#94202f"),
            ("#30152a", "#e7a9b8", "#f8dfe0", "#e8b04a", "#54284a", "#b8577a"),
            ("#c9311f", "#f6d9b2", "#fdf0d8", "#f2b636", "#a3231a", "#e9a97a"),
            ("#f0bd57", "#d8436a", "#f5b9bf", "#8a1f2a", "#c98a2b", "#a3264d"),
            ("#dfe9e2", "#d9668c", "#f3b7c6", "#e2a53a", "#5f9183", "#a83a66"),
        ),
        # air, aura, person, thread, bead
        "portrait": (
            ("#f2d9c0", "#b3261c", "#7d140f", "#e9a23b", "#2a1a16"),
            ("#10323f", "#3f8f8a", "#e9c27a", "#cf3b2a", "#f7e9cb"),
            ("#e9dfc8", "#2f6b5c", "#143d35", "#d9a23c", "#b12a1f"),
            ("#2b1020", "#c4603f", "#f0b98a", "#a3271d", "#f6e0b8"),
            ("#efd9a7", "#c98a2b", "#5a2a14", "#f0c05a", "#f7ead0"),
            ("#1a2340", "#54689c", "#ecd9b0", "#b3432f", "#fbf1dc"),
        ),
        # sky, rice, ripe rice, bank, sun
        "terraces": (
            ("#f3d9a0", "#2f5d34", "#d7b23c", "#123a26", "#fff3d6"),
            ("#bfe0dc", "#1f5b52", "#e2c35a", "#0c3634", "#f6fbef"),
            ("#f0b98a", "#7a3d1c", "#f2c552", "#4a1f12", "#fff0d2"),
            ("#d9e6cf", "#3a6b2a", "#c9d45a", "#1c4220", "#fdfdf0"),
        ),
        # cloth, then four dyes
        "loom": (
            ("#1d2742", "#c2342a", "#eab544", "#f5ead2", "#35608a"),
            ("#6d1420", "#e9b44c", "#1d2b3a", "#f6ead0", "#d0632f"),
            ("#17352f", "#d95d39", "#f0c05a", "#f3ead5", "#2f7566"),
            ("#efe3c8", "#a3241c", "#22304a", "#d39a2c", "#54795a"),
            ("#2a1a2e", "#b8347a", "#e8a93c", "#f4e6d4", "#4f6d9a"),
        ),
        # sky, deep, sun, foam, horizon
        "waves": (
            ("#f3cf8e", "#0f4c5c", "#d2382a", "#fbeed2", "#7fb3ad"),
            ("#16283c", "#0a1626", "#e4b04a", "#f3e4c0", "#3d6f8f"),
            ("#efdcc0", "#8c1d18", "#e9a23b", "#fff4dd", "#d9714a"),
            ("#cfe3df", "#164a54", "#e2632f", "#fbf6e6", "#7cb0a8"),
            ("#f0c2ae", "#3a2450", "#f6e0a0", "#fdf0e0", "#b27a9a"),
        ),
        # night, red, gold, pale, roofs
        "lanterns": (
            ("#1a1430", "#d8362a", "#f3b83f", "#fbe6b0", "#2b2350"),
            ("#0d2a35", "#e0542f", "#f5c451", "#fdeec4", "#174252"),
            ("#4a0f14", "#e8452f", "#f6bd45", "#fff0c9", "#6b1a1d"),
            ("#12301f", "#dc4630", "#f2c04a", "#fbecc0", "#1d4a32"),
        ),
        # sky, ray, star, stone, shade
        "hall": (
            ("#c3251b", "#a51b13", "#f6c63f", "#fbe9c2", "#6f0f0b"),
            ("#f3e3c3", "#e6cf9f", "#bf241b", "#fbf2dd", "#8a5f2b"),
            ("#14243a", "#1d3350", "#f0bb42", "#e6d8b8", "#0a1422"),
            ("#f3c34f", "#e8ae35", "#b3211a", "#fdf1d3", "#7a1510"),
            ("#0f4a4a", "#0b3b3c", "#f3c14a", "#efe3c8", "#07282a"),
        ),
        # ground, ray, seat, other seat, rostrum
        "hemicycle": (
            ("#a81b14", "#7d100c", "#f4c23c", "#fbe7b5", "#c4372a"),
            ("#f1e4cb", "#e2cfa8", "#b3211a", "#d39a2c", "#7a1510"),
            ("#172238", "#0e1626", "#e9b643", "#f3e3bd", "#2a3c5e"),
            ("#0f3b3c", "#0a2c2e", "#f0bf49", "#e9dcc0", "#1d5a56"),
            ("#f2c14e", "#e3ab35", "#a81b14", "#fff1cf", "#8e1510"),
        ),
        # sky, rock, light, glint, water
        "karst": (
            ("#f4d3a4", "#0e3f49", "#d63a2a", "#fdf0d6", "#8fb8ae"),
            ("#cfe2dd", "#12454b", "#e8a23a", "#fbf7ea", "#7fb1ab"),
            ("#f0b5a0", "#3a1d3f", "#fbe2a0", "#fff0dc", "#c9748a"),
            ("#12283c", "#071420", "#f0c65a", "#dbe6e2", "#2f5d78"),
            ("#efe0b4", "#2c4a2e", "#e2632f", "#fdf6dd", "#a9bd8c"),
        ),
        # paper, line, place, river, tint
        "contours": (
            ("#efe6cf", "#b08a4a", "#b3241b", "#2f6f7a", "#e2d3ae"),
            ("#12383a", "#5fa08f", "#f0bd48", "#8cc6c9", "#0c2a2c"),
            ("#f2d7b6", "#a8502a", "#7d1410", "#33707a", "#e8c08f"),
            ("#dfe7d2", "#6f9160", "#b3241b", "#2c6b8a", "#c9d8b4"),
        ),
        # street, leaf, shaded leaf, rib, lit leaf
        "hats": (
            ("#1f4d46", "#ecd7a6", "#c9a566", "#8a6230", "#faefd2"),
            ("#a3271d", "#e8b552", "#c08428", "#7d4a14", "#f8d88c"),
            ("#e9d9b8", "#a9673a", "#7e4524", "#4a2412", "#c98c58"),
            ("#16233a", "#b9c3c0", "#7f8f97", "#47586a", "#e6e8dc"),
            ("#d9924a", "#f3ead2", "#d3bd92", "#8d7148", "#fffaea"),
        ),
        # wall, brush, glaze, other brush, shelf
        "pottery": (
            ("#e7dcc4", "#1f3f77", "#fbf7ec", "#c9552f", "#cdbd98"),
            ("#c4401f", "#17355f", "#fbf1dc", "#f0b640", "#a5301a"),
            ("#173a3c", "#23605d", "#e9dfc4", "#b5452b", "#0f2a2c"),
            ("#3a1712", "#e3b04b", "#b3261c", "#f3dcae", "#250c0a"),
            ("#c9d8d2", "#1f5a58", "#f7f5ea", "#b8562f", "#a5bdb6"),
        ),
    }
)
"""By motif."""
