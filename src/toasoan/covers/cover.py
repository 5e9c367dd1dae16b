"""An article's cover as SVG."""

from toasoan.covers.dice import Dice
from toasoan.covers.look import look_of
from toasoan.covers.motifs import MOTIFS
from toasoan.covers.picture import compose


def cover(section: str, key: str, motif: str | None = None) -> str:
    """Draw the cover of the article `key` as SVG text; its look is `look_of` the same arguments.

    The same text shows its drawing mirrored and in other inks where an address names it with `#b`.
    """
    look = look_of(section, key, motif)
    chosen = MOTIFS[look.motif]
    return compose(chosen, chosen.draw(Dice(look.motif, key)), look)
