"""Which files lie below a folder, and how to tell that one of them has changed without reading it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

Stamp = tuple[int, int, int, int]
"""Size, time of the last writing, time of the last change of anything (both in nanoseconds), number of the node.

No program can set the third one, so a file that was put back with its old date is noticed all the same.
"""

NO_STAMP: Stamp = (-1, 0, 0, 0)
"""Of a file that is not there, or that was written so lately that it may be written again within one tick of the
clock: such a file is read again next time."""

TICK_NS = 2_000_000_000
"""Clocks of file systems are coarser than their numbers: Linux ticks every 4 to 10 ms, FAT every two seconds."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file below a folder."""

    path: str
    """Relative to the root, with forward slashes."""

    plain: bool
    """Whether it is neither a link nor a device."""

    stamp: Stamp


def files_below(root: Path, folder: str) -> Iterator[FoundFile]:
    """All files below a folder of `root`, sorted by folder and name; hidden ones are passed over.

    Links are not followed. A folder whose name ends like a Markdown file is told as if it were one.
    """
    try:
        with os.scandir(root / folder) as entries:
            found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda it: it.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    folders = []
    for entry in found:
        path = f"{folder}/{entry.name}"
        if entry.is_symlink():
            yield FoundFile(path, False, NO_STAMP)
        elif entry.is_dir():
            if entry.name.endswith(".md"):
                yield FoundFile(path, False, NO_STAMP)
            else:
                folders.append(path)
        else:
            yield FoundFile(path, entry.is_file(), stamp_of(entry.stat(follow_symlinks=False)))
    for path in folders:
        yield from files_below(root, path)


@dataclass(frozen=True, slots=True)
class TextFolder:
    """A folder of texts, without the folders in it."""

    path: str
    """Relative to the root, with forward slashes."""

    texts: dict[str, Stamp]
    """By name, sorted."""

    strays: tuple[FoundFile, ...]
    """Files that are none, sorted."""


def text_folders(root: Path, folder: str, ending: str) -> Iterator[TextFolder]:
    """A folder of `root` and those below it, each with its files; texts are those whose names have the ending.

    Finds what `files_below` finds, asking the system once for each file: there may be very many.
    """
    texts: dict[str, Stamp] = {}
    strays, folders = [], []
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                status = entry.stat(follow_symlinks=False)
                kind = stat.S_IFMT(status.st_mode)
                if kind == stat.S_IFREG and name.endswith(ending):
                    texts[name] = status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
                elif kind == stat.S_IFDIR and not name.endswith(".md"):
                    folders.append(name)
                else:
                    stamp = NO_STAMP if kind in (stat.S_IFLNK, stat.S_IFDIR) else stamp_of(status)
                    strays.append(FoundFile(f"{folder}/{name}", kind == stat.S_IFREG, stamp))
    except (FileNotFoundError, NotADirectoryError):
        return
    yield TextFolder(folder, dict(sorted(texts.items())), tuple(sorted(strays, key=lambda it: it.path)))
    for name in sorted(folders):
        yield from text_folders(root, f"{folder}/{name}", ending)


def content_hash() -> blake2b:
    """What content is fed into, to tell one content of a source from others."""
    return blake2b(digest_size=16)


def content_digest(data: bytes) -> bytes:
    """What tells one content of a source from others."""
    return blake2b(data, digest_size=16).digest()


def stamp_of(status: os.stat_result) -> Stamp:
    """What tells this state of a file from others."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def stamp_at(file: Path | str) -> Stamp:
    """The stamp of a file; `NO_STAMP` where there is none."""
    try:
        return stamp_of(os.stat(file))  # noqa: PTH116  # of many files: a Path for each takes longer
    except OSError:
        return NO_STAMP


def settled(stamp: Stamp, now_ns: int) -> Stamp:
    """A stamp that may be relied upon later; `NO_STAMP` if the file could still change without a new one."""
    return stamp if max(stamp[1], stamp[2]) < now_ns - TICK_NS else NO_STAMP
