"""What is known of the file of a photograph: nobody needs to open it to write a page."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadablePhotoError(ValueError):
    """The file can't be shown; the message says why."""


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photograph's file below `site/media/`."""

    digest: str
    """Of its bytes, in hexadecimal."""

    width: int
    """In pixels, as it is seen: a camera that was held upright says so in the file."""

    height: int
    tint: str
    """Its most frequent colour, one of the 64 in `photos/tint.py`."""

    creator: str | None = None
    """Who took it, as its metadata say."""

    credit: str | None = None
    """Who is to be named, as its metadata say."""

    copyright: str | None = None
    """The notice in its metadata."""

    tells_place: bool = False
    """Whether its metadata say where it was taken. No rendition does."""

    is_animated: bool = False
    """Whether it has more pictures than the first, which is the one that is shown."""

    @property
    def named(self) -> str | None:
        """Whom its metadata want to see named."""
        return self.credit or self.creator
