"""A portal from its sources to its published files: the order of the stages, readable in one place.

What the last build left in its state is believed as far as sources and output folder are as it left them. From there
on a first build and the smallest edit go the same way: what changed is read, the catalog says what that touches, and
the targets that are due are made and published.
"""

from __future__ import annotations

import errno
import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toasoan.build_result import BuildResult, Progress, Stages, no_progress
from toasoan.diagnostics import Report
from toasoan.files import delete_file, temporary_folder
from toasoan.incremental.clock import is_as_late, next_moment
from toasoan.incremental.output_folder import begin_to_look, look_at_output
from toasoan.incremental.sources import changes, snapshot, with_media
from toasoan.incremental.unchanged import what_the_last_build_found
from toasoan.lock import LockedError, locked, tell_build_under_way
from toasoan.portal_folders import STATE_FOLDER
from toasoan.publish import read_manifest
from toasoan.state import State, open_state

if TYPE_CHECKING:
    from toasoan.model.article import Article

LARGE = 4_000_000
"""Bytes of a state from which on its output folder is looked at by another process: that of some 500 articles."""

_REFUSALS = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
"""What SQLite calls it if the disk refuses."""


def build(
    root: Path,
    destination: Path | None,
    progress: Progress = no_progress,
    jobs: int = 1,
    now: datetime | None = None,
) -> BuildResult:
    """Build the portal below `root` into `destination`; publish nothing if it has mistakes.

    Without a destination everything is made and checked, and nothing is written but to the system's temporary
    folder. `jobs` is the number of processes that share the work; what they make does not depend on it. Articles
    dated later than `now`, by default this very moment, stay back.
    """
    now = now or datetime.now(UTC)
    if destination is None:
        with temporary_folder() as folder:
            return _build_with(folder / "state.sqlite", root, None, progress, jobs, now)
    file = state_file(root, destination)
    try:
        with locked(file.with_suffix(".lock")):
            return _build_with(file, root, destination, progress, jobs, now)
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(_REFUSALS):
            raise
        raise OSError(errno.EIO, str(error), str(file)) from error
    except LockedError as error:
        report = Report()
        tell_build_under_way(error, destination, report)
        return BuildResult(report)


def last_build(root: Path, destination: Path, now: datetime) -> BuildResult | None:
    """What the last build into a folder found, if one at the moment `now` would have nothing to do; else None."""
    with _state_at_rest(root, destination) as state:
        if state is None:
            return None
        seen = with_media(snapshot(root), root, state)
        output = look_at_output(state, destination)
        return what_the_last_build_found(state, seen, changes(seen, root, state), output, now)


def articles_of_last_build(root: Path, destination: Path, now: datetime) -> tuple[Article, ...] | None:
    """What the last build into a folder published, if one at the moment `now` would do just the same; else None."""
    if last_build(root, destination, now) is None:
        return None
    from toasoan.catalog.record import article_of

    with _state_at_rest(root, destination) as state:
        if state is None:
            return None
        rows = state.rows("SELECT record, number, story FROM article")
        return tuple(article_of(record, number, story) for record, number, story in rows)


class NothingDue(NamedTuple):
    """That the clock has changed nothing since the last build."""

    until: datetime | None
    """When it will; None for never."""


def nothing_due(root: Path, destination: Path, now: datetime) -> NothingDue | None:
    """Whether the clock makes no build into a folder due at the moment `now`; None if one is due, or was never made.

    What editors have changed since the last build is not looked at.
    """
    with _state_at_rest(root, destination) as state:
        if state is None or state.fact("result") is None or not is_as_late(state, now):
            return None
        return NothingDue(next_moment(state))


@contextmanager
def _state_at_rest(root: Path, destination: Path) -> Iterator[State | None]:
    """The state of an output folder, for looking; None if there is none, or somebody is building."""
    file = state_file(root, destination)
    with ExitStack() as held:
        state = None
        if file.is_file():
            with suppress(LockedError):
                held.enter_context(locked(file.with_suffix(".lock")))
                state = held.enter_context(closing(open_state(file)))
        yield state


def state_file(root: Path, destination: Path) -> Path:
    """Where the state of an output folder lies."""
    name = hashlib.sha256(str(destination.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return root / STATE_FOLDER / f"{name}.sqlite"


def forget_state(root: Path, destination: Path) -> None:
    """Have the next build into a folder begin from nothing."""
    for ending in (".sqlite", ".seal", ".checked"):
        delete_file(state_file(root, destination).with_suffix(ending))


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as a build from nothing makes it."""

    path: str
    what: str
    """"is missing", "should not be there" or "differs"."""


def differences(
    root: Path, destination: Path, report: Report, jobs: int = 1, now: datetime | None = None
) -> tuple[Difference, ...]:
    """Build the portal from nothing in a temporary folder, and compare an output folder with it, byte by byte.

    Files that no build put into the output folder do not count. If there are mistakes, they stand in the report.
    """
    with temporary_folder() as folder:
        clean = folder / "public"
        file = folder / "state.sqlite"
        result = _build_with(file, root, clean, no_progress, jobs, now or datetime.now(UTC))
        if result.published is None:
            report.take_over(result.report)
            return ()
        ours, wanted = set(read_manifest(destination)), set(read_manifest(clean))
        found = [Difference(path, "should not be there") for path in ours - wanted]
        for path in wanted:
            file = destination / path
            if path not in ours or not file.is_file():
                found.append(Difference(path, "is missing"))
            elif file.read_bytes() != (clean / path).read_bytes():
                found.append(Difference(path, "differs"))
    return tuple(sorted(found, key=lambda difference: difference.path))


def _build_with(
    file: Path, root: Path, destination: Path | None, progress: Progress, jobs: int, now: datetime
) -> BuildResult:
    """Build with the state in a file."""
    start = time.perf_counter()
    stages = Stages()
    with stages("looking for changes"):
        is_shared = jobs > 1 and destination is not None and _size_of(file) >= LARGE
        damaged = begin_to_look(file, destination) if is_shared and destination else None
        seen = snapshot(root)
        state = open_state(file)
    try:
        with stages("looking for changes"):
            seen = with_media(seen, root, state)
            changed = changes(seen, root, state)
            output = None
            if destination is not None:
                output = look_at_output(state, destination, damaged() if damaged else None)
        result = what_the_last_build_found(state, seen, changed, output, now)
        if result is None:
            # Libraries are loaded from here on only: most of the time that a build without changes would take.
            from toasoan.incremental.making import make
            from toasoan.incremental.order import Order

            result = make(Order(root, destination, seen, changed, output, progress, jobs, now, stages), state)
    finally:
        state.close()
    seconds = time.perf_counter() - start
    return replace(result, seconds=seconds, stages=stages.seconds, templates=stages.templates)


def _size_of(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
