"""One build at a time for each output folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from toasoan.diagnostics import Location, Report
from toasoan.files import open_lock


class LockedError(Exception):
    """Another build is at work."""

    def __init__(self, process: str) -> None:
        super().__init__(f"process {process} is building into this folder")
        self.process = process
        """Its number."""


def tell_build_under_way(error: LockedError, folder: Path, report: Report) -> None:
    """Say that somebody else is building into a folder."""
    report.error(
        "build-under-way",
        f"process {error.process} is building into this folder",
        Location(str(folder)),
        "wait until it has ended, or end it",
    )


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock; the system lets go of it when this process ends, however that comes about.

    Raises LockedError with the number of the process that holds it. On systems without such locks there is none.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open_lock(file) as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            opened.seek(0)
            raise LockedError(opened.read().strip() or "of an unknown number") from None
        _write_number(opened)
        _held.append(opened)
        try:
            yield
        finally:
            _held.remove(opened)


_held: list[TextIO] = []


def _let_go() -> None:
    """A worker that outlives the process that holds a lock must not hold it on."""
    for opened in _held:
        os.close(opened.fileno())
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def _write_number(opened: TextIO) -> None:
    opened.truncate(0)
    opened.write(f"{os.getpid()}\n")
    opened.flush()
