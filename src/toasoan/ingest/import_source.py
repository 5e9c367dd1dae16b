"""A source of an import: bytes with a name, on the disk, in an archive, or fetched.

It is opened when its turn comes, so that thousands of them take no memory.
"""

from __future__ import annotations

import io
import lzma
import os
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import unquote

from toasoan.diagnostics import Location
from toasoan.ingest.formats import HEAD, Format, format_of
from toasoan.source_files import Stamp, stamp_at

LARGEST_PICTURE = 20 * 1024 * 1024
"""Bytes of a picture that is taken into the portal."""

UNREADABLE = (OSError, EOFError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What opening or reading a source may raise: for damage, passwords and unknown ways of packing, zipfile lets through
whatever its parts raise."""


def reason_of(error: BaseException) -> str:
    """What an error of `UNREADABLE` says, in a few words."""
    return str(getattr(error, "strerror", None) or error) or type(error).__name__


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Something that a reader can read."""

    name: str
    """What the ledger knows it by, or what its items' names begin with."""

    location: Location
    size: int
    """Bytes."""

    path: str | None = None
    """The file, or the archive that holds it; a text, for thousands of sources wait for their turn."""

    members: tuple[str, ...] = ()
    """The way into the archive: a member, or an archive in it and a member of that."""

    data: bytes | None = None
    """What was fetched."""

    address: str | None = None
    """Where it was fetched."""

    known_format: Format | None = None
    """What it looked like when it was found."""

    def open(self) -> BinaryIO:
        """The bytes from the beginning. Raises what is `UNREADABLE`."""
        if self.data is not None:
            return io.BytesIO(self.data)
        if self.path is None:
            raise FileNotFoundError(self.name)
        return opened_member(Path(self.path), self.members) if self.members else Path(self.path).open("rb")

    def format(self) -> Format:
        """What it looks like. Raises what is `UNREADABLE`."""
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
                with opened_member(Path(self.path), (*self.members[:-1], str(inside))) as stream:
                    return _at_most(stream, LARGEST_PICTURE)
            folder = Path(self.path).parent.resolve()
            file = (folder / way).resolve()
            if not file.is_relative_to(folder) or not file.is_file():
                return None
            with file.open("rb") as stream:
                return _at_most(stream, LARGEST_PICTURE)
        except UNREADABLE:
            return None


def opened_member(path: Path, members: tuple[str, ...]) -> BinaryIO:
    """A member of an archive, or of an archive inside it. Raises what is `UNREADABLE`."""
    return cast(BinaryIO, opened_archive(path, members[:-1]).open(name=members[-1]))


def opened_archive(path: Path, way: tuple[str, ...] = ()) -> zipfile.ZipFile:
    """An archive, or one inside it, which stays open: an archive of thousands has a long table of contents.

    Raises what is `UNREADABLE`.
    """
    # Processes must not share a place in an open file, so each has archives of its own.
    return _opened_archive(os.getpid(), path, way, stamp_at(path))


@lru_cache(maxsize=2 * 3)
def _opened_archive(process: int, path: Path, way: tuple[str, ...], stamp: Stamp) -> zipfile.ZipFile:
    if not way:
        return zipfile.ZipFile(path)
    return zipfile.ZipFile(io.BytesIO(_opened_archive(process, path, way[:-1], stamp).read(way[-1])))


def _at_most(stream: BinaryIO, limit: int) -> bytes | None:
    data = stream.read(limit + 1)
    return data if len(data) <= limit else None
