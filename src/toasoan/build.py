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
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from toasoan.build_result import BuildResult, Progress, Stages, no_progress
from toasoan.diagnostics import Location, Report
from toasoan.files import delete_file, temporary_folder
from toasoan.incremental.output_folder import look_at_output
from toasoan.incremental.sources import changes, snapshot
from toasoan.incremental.unchanged import what_the_last_build_found
from toasoan.lock import LockedError, locked
from toasoan.publish import read_manifest
from toasoan.state import State, open_state

OUTPUT_FOLDER = "site/public"
STATE_FOLDER = ".toasoan"

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
            return _build_with(open_state(folder / "state.sqlite"), root, None, progress, jobs, now)
    file = state_file(root, destination)
    try:
        with locked(file.with_suffix(".lock")):
            return _build_with(open_state(file), root, destination, progress, jobs, now)
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(_REFUSALS):
            raise
        raise OSError(errno.EIO, str(error), str(file)) from error
    except LockedError as error:
        report = Report()
        report.error(
            "build-under-way",
            f"process {error.process} is building into this folder",
            Location(str(destination)),
            "wait until it has ended, or end it",
        )
        return BuildResult(report)


def state_file(root: Path, destination: Path) -> Path:
    """Where the state of an output folder lies."""
    name = hashlib.sha256(str(destination.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return root / STATE_FOLDER / f"{name}.sqlite"


def forget_state(root: Path, destination: Path) -> None:
    """Have the next build into a folder begin from nothing."""
    for ending in (".sqlite", ".seal"):
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
        state = open_state(folder / "state.sqlite")
        result = _build_with(state, root, clean, no_progress, jobs, now or datetime.now(UTC))
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
    state: State, root: Path, destination: Path | None, progress: Progress, jobs: int, now: datetime
) -> BuildResult:
    start = time.perf_counter()
    stages = Stages()
    try:
        with stages("looking for changes"):
            seen = snapshot(root, state)
            changed = changes(seen, root, state)
            output = None if destination is None else look_at_output(state, destination)
            result = what_the_last_build_found(state, seen, changed, output, now)
        if result is None:
            # Libraries are loaded from here on only: most of the time that a build without changes would take.
            from toasoan.incremental.making import Order, make

            result = make(Order(root, destination, seen, changed, output, progress, jobs, now, stages), state)
    finally:
        state.close()
    return replace(result, seconds=time.perf_counter() - start, stages=stages.seconds, templates=stages.templates)
