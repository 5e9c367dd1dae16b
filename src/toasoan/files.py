"""The one door through which this program writes.

A file of somebody's appears whole or not at all: the bytes go to a temporary neighbour, which then takes the file's
name in one step. Nothing else in the package opens a file for writing, makes a folder or removes one, so a test that
breaks any of these acts (`acting_through`) breaks it for import, build and everything that comes. (The state of
builds is SQLite's affair; it is a cache, and is not believed unless it is whole.)
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

Act = Callable[[str, Path], None]
"""Called before each act with its name ("write", "append", "replace", "move", "delete", "make-folder",
"remove-folder", "remove-tree") and path."""

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
    with _in_one_step(path) as part:
        part.write_bytes(data)


@contextmanager
def _in_one_step(path: Path) -> Iterator[Path]:
    """A neighbour of a file, to be made, which then takes its place; it does not stay where that goes wrong."""
    part = path.with_name(f".{path.name[:50]}.{os.getpid()}{TEMPORARY_MARK}")
    try:
        _watch("write", path)
        yield part
        _watch("replace", path)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """`write_file` for text: UTF-8, lines ending in a line feed on every system."""
    write_file(path, text.encode("utf-8"))


def write_new_file(path: str, data: bytes) -> None:
    """Put `data` at `path` in a folder that nobody looks into yet, making its folders: as quickly as can be."""
    if _watch is not _let_pass:
        _watch("write", Path(path))
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except FileNotFoundError:
        _make_folder_quickly(os.path.dirname(path))  # noqa: PTH120  # a path of its own takes longer than the folder
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Put parts one after the other into a file in a folder that nobody looks into yet: for large ones."""
    _watch("write", path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(parts)


def _make_folder_quickly(folder: str) -> None:
    """Nearly always it is the last folder alone that is missing."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except OSError:
        Path(folder).mkdir(parents=True, exist_ok=True)


def append_text(path: Path, text: str) -> None:
    """Add lines to the end of a file, and do not come back before the disk has them."""
    _watch("append", path)
    with path.open("a", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def open_lock(path: Path) -> TextIO:
    """A file that is there for being locked, whose holder may write its name into it."""
    make_folder(path.parent)
    return path.open("a+", encoding="ascii", errors="replace")


def move(source: Path, target: Path) -> None:
    """Give a file or folder another name in one step, in place of any file that has it; folders must not exist."""
    _watch("move", target)
    source.replace(target)


def write_out(folder: Path) -> None:
    """Have the system write to the disk all that it has yet to write of the file system in which `folder` lies."""
    _watch("write-out", folder)
    os.sync()


def delete_file(path: Path) -> None:
    """Remove one file; a file that is already gone is fine."""
    _watch("delete", path)
    path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make sure that a folder and those above it exist."""
    if not path.is_dir():
        _watch("make-folder", path)
        path.mkdir(parents=True, exist_ok=True)


def remove_tree(folder: Path) -> None:
    """Remove a folder of ours with all that is in it; one that does not exist is fine."""
    if folder.is_dir():
        _watch("remove-tree", folder)
        shutil.rmtree(folder)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of the system's for things that nobody needs for long; it goes with all that is in it."""
    with tempfile.TemporaryDirectory(prefix="toasoan-") as folder:
        yield Path(folder)


@contextmanager
def temporary_file() -> Iterator[IO[bytes]]:
    """A file of the system's without a name, for what a program says; it goes when nobody has it open any more."""
    with tempfile.TemporaryFile() as file:
        yield file


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


def link_file(source: Path, target: Path) -> None:
    """Let a file lie at a second place as well, in place of any file that is there; its folder must exist."""
    _watch("link", target)
    try:
        os.link(source, target)
    except FileExistsError:
        target.unlink()
        os.link(source, target)


def link_tree(source: Path, target: Path) -> None:
    """Let all files of a folder lie in another one as well, which must not exist: no byte is copied."""
    _watch("link-tree", target)
    _link_below(str(source), str(target))


def _link_below(source: str, target: str) -> None:
    os.mkdir(target)  # noqa: PTH102  # tens of thousands of them
    with os.scandir(source) as entries:
        for entry in entries:
            place = f"{target}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                _link_below(entry.path, place)
            else:
                os.link(entry.path, place, follow_symlinks=False)


def copy_file(source: Path, target: Path) -> None:
    """Put a copy of a file, with the moment of its last change, at `target` in one step."""
    make_folder(target.parent)
    with _in_one_step(target) as part:
        shutil.copyfile(source, part)
        _keep_moment(source, part)


def _keep_moment(source: Path, target: Path) -> None:
    status = source.stat()
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def point(link: Path, target: str) -> None:
    """Have a symbolic link lead to `target`, in one step in place of what it led to."""
    with _in_one_step(link) as part:
        part.symlink_to(target)
