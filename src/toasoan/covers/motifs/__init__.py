"""The motifs: each module draws one subject and ends in the words that make it a `Motif`."""

from collections.abc import Mapping
from types import MappingProxyType

from toasoan.covers.motifs.contours import CONTOURS
from toasoan.covers.motifs.drum import DRUM
from toasoan.covers.motifs.hall import HALL
from toasoan.covers.motifs.hats import HATS
from toasoan.covers.motifs.hemicycle import HEMICYCLE
from toasoan.covers.motifs.karst import KARST
from toasoan.covers.motifs.lanterns import LANTERNS
from toasoan.covers.motifs.loom import LOOM
from toasoan.covers.motifs.lotus import LOTUS
from toasoan.covers.motifs.portrait import PORTRAIT
from toasoan.covers.motifs.pottery import POTTERY
from toasoan.covers.motifs.terraces import TERRACES
from toasoan.covers.motifs.waves import WAVES
from toasoan.covers.picture import Motif

__all__ = ["MOTIFS"]

MOTIFS: Mapping[str, Motif] = MappingProxyType(
    {
        motif.name: motif
        for motif in (
            DRUM,
            LOTUS,
            PORTRAIT,
            TERRACES,
            LOOM,
            WAVES,
            LANTERNS,
            HALL,
            HEMICYCLE,
            KARST,
            CONTOURS,
            HATS,
            POTTERY,
        )
    }
)
"""Every motif by its name. A new one is a module and a line here."""
