"""A source of an import: bytes with a name, on the disk, in an archive, or fetched.

It is opened when its turn comes, so that thousands of them take no memory.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import unquote

from toasoan.diagnostics import Location
from toasoan.ingest.formats import HEAD, Format, format_of

LARGEST_PICTURE = 20 * 1024 * 1024
"""Bytes of a picture that is taken into the portal."""


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Something that a reader can read."""

    name: str
    """What the ledger knows it by, or what its items' names begin with."""

    location: Location
    size: int
    """Bytes."""

    path: Path | None = None
    """The file, or the archive that holds it."""

    members: tuple[str, ...] = ()
    """The way into the archive: a member, or an archive in it and a member of that."""

    data: bytes | None = None
    """What was fetched."""

    address: str | None = None
    """Where it was fetched."""

    known_format: Format | None = None
    """What it looked like when it was found."""

    def open(self) -> BinaryIO:
        """The bytes from the beginning. Raises OSError or zipfile.BadZipFile."""
        if self.data is not None:
            return io.BytesIO(self.data)
        if self.path is None:
            raise FileNotFoundError(self.name)
        return opened_member(self.path, self.members) if self.members else self.path.open("rb")

    def format(self) -> Format:
        """What it looks like. Raises OSError or zipfile.BadZipFile."""
        if self.known_format is not None:
            return self.known_format
        with self.open() as stream:
            return format_of(stream.read(HEAD))

    def beside(self, address: str) -> bytes | None:
        """The file that a page names by a relative address; None if there is none in the page's own folder."""
        way = PurePosixPath(unquote(address.partition("?")[0].partition("#")[0]))
        if self.path is None or way.is_absolute() or ".." in way.parts or not way.parts or "\0" in str(way):
            return None
        try:
            if self.members:
                inside = PurePosixPath(self.members[-1]).parent / way
                with opened_member(self.path, (*self.members[:-1], str(inside))) as stream:
                    return _at_most(stream, LARGEST_PICTURE)
            folder = self.path.parent.resolve()
            file = (folder / way).resolve()
            if not file.is_relative_to(folder) or not file.is_file():
                return None
            with file.open("rb") as stream:
                return _at_most(stream, LARGEST_PICTURE)
        except (OSError, ValueError, RuntimeError, KeyError, zipfile.BadZipFile):
            return None


def opened_member(path: Path, members: tuple[str, ...]) -> BinaryIO:
    """A member of an archive, or of an archive inside it. Raises OSError, KeyError or zipfile.BadZipFile."""
    with ExitStack() as stack:
        archive = stack.enter_context(zipfile.ZipFile(path))
        for member in members[:-1]:
            inner = io.BytesIO(archive.read(member))
            archive = stack.enter_context(zipfile.ZipFile(inner))
        stream = cast(BinaryIO, archive.open(name=members[-1]))
        # The stream holds what it needs of the archive; the rest is closed with it.
        return _Member(stream, stack.pop_all())  # type: ignore[return-value]


class _Member(io.BufferedIOBase):
    """A member's bytes; closing it closes the archives around it."""

    def __init__(self, stream: BinaryIO, around: ExitStack) -> None:
        self._stream = stream
        self._around = around

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes."""
        return self._stream.read(-1 if size is None else size)

    def close(self) -> None:
        """End reading."""
        if not self.closed:
            self._stream.close()
            self._around.close()
        super().close()


def _at_most(stream: BinaryIO, limit: int) -> bytes | None:
    data = stream.read(limit + 1)
    return data if len(data) <= limit else None
