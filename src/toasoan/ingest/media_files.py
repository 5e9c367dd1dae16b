"""Pictures that an import takes into the portal: told by their bytes, named by what they hold.

A name made of the content never overwrites another picture, and the same picture is kept once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from toasoan.files import write_file
from toasoan.portal_folders import MEDIA_FOLDER

FOLDER = "import"
"""Below the media folder."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture with its place below the media folder."""

    name: str
    address: str
    """As the source has it."""


def media_name(data: bytes) -> str | None:
    """Where a picture goes, relative to the media folder; None if the bytes are no picture that browsers show.

    SVG is none of them: it may hold scripts.
    """
    ending = _ending(data)
    return f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:24]}.{ending}" if ending else None


def put_media(root: Path, name: str, data: bytes) -> None:
    """Write a picture unless it is there. Raises OSError."""
    path = root / MEDIA_FOLDER / name
    if not path.exists():
        write_file(path, data)


def _ending(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "avif" if data[4:12] in (b"ftypavif", b"ftypavis") else None
