"""What an article's share image shows, and the name that follows from it."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from PIL import __version__ as pillow

from toasoan.covers.look import Look
from toasoan.share_images.line_breaks import dictionary
from toasoan.share_images.typesetting import Face, clean, ellipsis_of, fonts_used, settable, shapes_text

VERSION = 1
"""Of the drawing: raise it with every change that makes another picture of the same values."""

LEADING = {"Arab": 1.5, "Hebr": 1.3, "Hans": 1.3, "Hant": 1.3, "Jpan": 1.3, "Kore": 1.3,
           "Thai": 1.45, "Laoo": 1.45, "Khmr": 1.5, "Deva": 1.4, "Beng": 1.4}  # fmt: skip
"""Height of a headline's line, in sizes, by script: what stands above and below letters differs."""

USUAL_LEADING = 1.18


class ShareImage(NamedTuple):
    """All that a share image shows. A tuple of plain values, for it travels between processes."""

    title: str
    section: str
    """Name of the section; empty for none."""

    portal: str
    """Name of the portal; empty if no font has its letters."""

    date: str
    """In words; empty for an article without one."""

    face: Face
    leading: float
    look: Look
    """The motif that is shown where there is no photo, or none that can be read."""

    photo: str
    """Digest of the photo's content; empty for none."""

    @property
    def name(self) -> str:
        """Of the picture's file, without its ending: made of all that it shows, so it may be kept for ever."""
        texts = (self.title, self.section, self.portal, self.date, ellipsis_of(self.face.fonts))
        fonts = {font for text in texts for font in fonts_used(text, self.face)}
        shown = (
            VERSION, pillow, shapes_text(), *texts, self.face.language, self.face.rtl, self.leading, tuple(self.look),
            self.photo, dictionary(self.face.language), sorted((font.digest, font.place) for font in fonts),
            [font.digest for font in self.face.fonts if font in fonts],
        )  # fmt: skip
        return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def share_image(
    title: str, section: str, portal: str, date: str, face: Face, script: str, look: Look, photo: str
) -> ShareImage | None:
    """The share image with these words; None if no font has a letter of the title."""
    headline = settable(clean(title), face.fonts)
    if not headline:
        return None
    section, portal, date = (settable(clean(text), face.fonts) or "" for text in (section, portal, date))
    return ShareImage(headline, section, portal, date, face, LEADING.get(script, USUAL_LEADING), look, photo)
