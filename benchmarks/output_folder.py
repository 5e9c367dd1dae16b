"""What a build left in its output folder, and how fast the disk would have taken it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """Files of an output folder."""

    pages: int
    """HTML files, be they written by this build or an earlier one."""

    files: int
    """Those that were written."""

    bytes: int
    """Size of those that were written."""


@dataclass(frozen=True, slots=True)
class WritingLimit:
    """How long the same files take when nothing is to be computed."""

    files: int
    bytes: int
    seconds: float


def written_since(output: Path, start_ns: int) -> Written:
    """What was written below `output` since a moment, in nanoseconds of the epoch."""
    pages = files = size = 0
    for entry in _files_below(output):
        pages += entry.name.endswith(".html")
        status = entry.stat(follow_symlinks=False)
        # Of a file's times, this is the one that no program can set.
        if status.st_ctime_ns >= start_ns:
            files += 1
            size += status.st_size
    return Written(pages, files, size)


def writing_limit(output: Path, copy: Path) -> WritingLimit:
    """Write the files below `output` once more, into a new folder, one after another; reading them is not timed."""
    os.sync()
    files = size = 0
    seconds = 0.0
    folders: set[Path] = set()
    for entry in _files_below(output):
        data = Path(entry.path).read_bytes()
        target = copy / Path(entry.path).relative_to(output)
        start = time.perf_counter()
        if target.parent not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb", buffering=0) as file:
            file.write(data)
        seconds += time.perf_counter() - start
        folders.add(target.parent)
        files += 1
        size += len(data)
    return WritingLimit(files, size, seconds)


def _files_below(folder: Path) -> Iterator[os.DirEntry[str]]:
    folders = [str(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    yield entry
