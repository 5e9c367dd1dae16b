"""The one door through which this program writes.

Every file appears whole or not at all: the bytes go to a temporary neighbour, which then takes the file's
name in one step. Nothing else in the package opens a file for writing, makes a folder or removes one, so a
test that breaks any of these acts (`acting_through`) breaks it for import, build and everything that comes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Act = Callable[[str, Path], None]
"""Called before each act with its name ("write", "replace", "delete", "make-folder", "remove-folder") and path."""

TEMPORARY_MARK = ".toasoan-part"
"""How a file ends while it is being written; what a killed run left behind is recognised by it."""


def _let_pass(act: str, path: Path) -> None:
    """The usual watcher: everything is allowed."""


_watch: Act = _let_pass


@contextmanager
def acting_through(watch: Act) -> Iterator[None]:
    """Let `watch` see each act before it happens; what it raises stands for a fault of the disk. For tests."""
    global _watch
    before, _watch = _watch, watch
    try:
        yield
    finally:
        _watch = before


def write_file(path: Path, data: bytes) -> None:
    """Put `data` at `path`, making its folders; readers see the old file or the new one, never a part.

    Raises OSError when the disk refuses; the old file is then untouched and no temporary file stays.
    """
    make_folder(path.parent)
    part = path.with_name(f".{path.name[:50]}.{os.getpid()}{TEMPORARY_MARK}")
    try:
        _watch("write", path)
        part.write_bytes(data)
        _watch("replace", path)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """`write_file` for text: UTF-8, lines ending in a line feed on every system."""
    write_file(path, text.encode("utf-8"))


def delete_file(path: Path) -> None:
    """Remove one file; a file that is already gone is fine."""
    _watch("delete", path)
    path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make sure that a folder and those above it exist."""
    if not path.is_dir():
        _watch("make-folder", path)
        path.mkdir(parents=True, exist_ok=True)


def remove_empty_folders(start: Path, stop: Path) -> None:
    """Remove `start` and the folders above it that have become empty, up to but not including `stop`."""
    folder = start
    while folder != stop and stop in folder.parents:
        try:
            _watch("remove-folder", folder)
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
