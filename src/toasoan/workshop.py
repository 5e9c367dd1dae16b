"""A portal that is built again and again by one process, as for preview, in two steps.

What changed is taken in first, which takes no longer than the change is large; from then on each page can be made on
demand. The rest is made afterwards, in a fork of the process if there is one, and can be cut short at any moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from toasoan.answer import Answer, InFile, without_page
from toasoan.build import state_file
from toasoan.build_result import BuildResult, Progress, Stages, no_progress
from toasoan.incremental.clock import next_moment
from toasoan.incremental.output_folder import OutputFolder, look_at_output
from toasoan.incremental.sources import (
    Snapshot,
    SourceChanges,
    changes,
    is_style,
    is_text,
    refreshed,
    snapshot,
    source_name,
    with_media,
)
from toasoan.incremental.unchanged import what_the_last_build_found
from toasoan.lock import locked
from toasoan.portal_folders import COMMENTS_FOLDER, OUTPUT_FOLDER
from toasoan.state import State, begin_like, open_state

if TYPE_CHECKING:
    from toasoan.incremental.making import Ready
    from toasoan.incremental.order import Frame
    from toasoan.on_demand import OnDemand


@dataclass(frozen=True, slots=True)
class CommentsSource:
    """Comments that belong to one preview alone."""

    server: str | None
    """Where readers send them; None for the portal's own server."""

    folder: str
    """Where the approved ones lie, relative to the portal's root."""


class Touched(StrEnum):
    """What is to be seen of a change."""

    NOTHING = "nothing"
    STYLE = "style"
    """The style sheet alone."""

    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the first step found."""

    result: BuildResult
    """With the mistakes. Published only if there was nothing to make."""

    touched: Touched
    style: str | None
    """The link of the style sheet that pages name now; None where nobody looked."""

    articles: int
    next_due: datetime | None
    """The moment at which the clock alone changes the portal; None if it never will."""

    is_finished: bool
    """Whether there is nothing to make."""


class Workshop:
    """A portal that is built again and again by one process: it remembers what it has seen.

    Holds the lock of the output folder until it is closed. Raises LockedError if somebody else does.
    """

    def __init__(
        self, root: Path, destination: Path, comments: CommentsSource | None = None, now: datetime | None = None
    ) -> None:
        """Comments are taken from `comments` instead of from the portal's own server and folder.

        Built is for the moment `now`, if one is given, and else for that of each build.
        """
        self._now = now
        self._comments = comments or CommentsSource(None, COMMENTS_FOLDER)
        self._root, self._destination = root.resolve(), destination.resolve()
        self._open = ExitStack()
        self._file = state_file(root, destination)
        self._open.enter_context(locked(self._file.with_suffix(".lock")))
        if not self._file.exists():
            begin_like(self._file, state_file(root, root / OUTPUT_FOLDER))
        self._state: State = open_state(self._file, stays_open=True)
        self._seen: Snapshot | None = None
        self._frame: Frame | None = None
        self._ready: Ready | None = None
        self._on_demand: OnDemand | None = None

    def build(self, changed: Collection[Path] | None = None, jobs: int = 1) -> BuildResult:
        """Build in one go; `changed` are the only files, absolute, that can have changed since the last time.

        Raises what the disk raises; the next build then begins from nothing.
        """
        start = time.perf_counter()
        try:
            taken = self.take_in(changed, jobs)
            result = taken.result if taken.is_finished or self._ready is None else self.finish()
        except BaseException:
            self.begin_anew()
            raise
        return replace(result, seconds=time.perf_counter() - start)

    def take_in(
        self, changed: Collection[Path] | None = None, jobs: int = 1, progress: Progress = no_progress,
        *, in_any_case: bool = False,
    ) -> TakenIn:  # fmt: skip
        """Take in what changed, of which `changed` is known as in `build`; `jobs` processes share all that follows.

        Where nothing has changed since the last build, pages can't be made before it was taken in `in_any_case`.
        """
        self._state.take_over()
        due_before = int(self._state.row("SELECT count(*) FROM due"))
        now, root = self._now or datetime.now(UTC), self._root
        stages = Stages()
        with stages("looking for changes"):
            seen, only, output = None, None, OutputFolder(self._destination, True, ())
            if self._seen is not None and changed is not None:
                seen = refreshed(self._seen, root, changed)
                only = {source_name(path, root) for path in changed} if seen else None
            if seen is None:
                seen = with_media(snapshot(root, self._comments.folder), root, self._state)
                output = look_at_output(self._state, self._destination, reads=False)
            found = changes(seen, root, self._state, only)
        server, result = self._comments.server, None
        if not in_any_case:
            result = what_the_last_build_found(self._state, seen, found, output, now, server)
        if result is None:
            # Libraries are loaded from here on only: most of the time that a preview without changes takes to begin.
            from toasoan.incremental.making import Ready, take_in, without_collection
            from toasoan.incremental.order import Order

            below = f"{self._comments.folder}/"
            if not all(is_text(path) or path.startswith(below) for path in found.changed | found.gone):
                self._frame = None
            order = Order(
                root, self._destination, seen, found, output, progress, jobs, now, stages, self._frame, server
            )
            with without_collection():
                ready = take_in(order, self._state, self._keep_frame)
            self._ready = ready if isinstance(ready, Ready) else None
            self._on_demand = self._maker(self._ready)
            result = BuildResult(ready.report)
        taken = self._taken_in(result, found, due_before)
        # What was read is known to the state only if the settings could be read.
        self._seen = None if taken.result.report.has_errors else seen
        self._state.leave_to_others()
        return taken

    def _taken_in(self, result: BuildResult, found: SourceChanges, due_before: int) -> TakenIn:
        state = self._state
        # What was due before may wait still; without a change of files only the clock makes more of it.
        due = int(state.row("SELECT count(*) FROM due"))
        is_due = due > 0 if found else due > due_before
        touched = Touched.PAGES if is_due else Touched.NOTHING
        if is_due and found and all(map(is_style, found.changed | found.gone)):
            touched = Touched.STYLE
        style = self._ready.prepared.theme.style if self._ready else None
        articles = int(state.row("SELECT count(*) FROM article"))
        is_finished = result.published is not None or result.report.has_errors
        return TakenIn(result, touched, style, articles, next_moment(state), is_finished)

    def _maker(self, ready: Ready | None) -> OnDemand | None:
        from toasoan.on_demand import OnDemand

        return OnDemand(ready.prepared.production, ready.prepared.theme, self._destination) if ready else None

    def _keep_frame(self, frame: Frame) -> None:
        self._frame = frame

    def finish(self, before_publication: Callable[[], None] = lambda: None) -> BuildResult:
        """Make what is due, and publish it. Raises what the disk raises.

        A fork of this process may do it, and be ended until `before_publication` is called.
        """
        if self._ready is None:
            raise ValueError("nothing that could be made was taken in")
        from toasoan.incremental.making import finish, without_collection

        self._state.take_over()
        # A fork must not speak with those who wait for what this process takes in.
        order = replace(self._ready.order, progress=no_progress)
        start, stages = time.perf_counter(), order.stages
        with without_collection():
            result = finish(replace(self._ready, order=order), before_publication)
        return replace(
            result,
            seconds=time.perf_counter() - start,
            stages=stages.seconds,
            templates=stages.templates,
        )

    @property
    def makes_pages(self) -> bool:
        """Whether pages can be made on demand."""
        return self._on_demand is not None

    def file(self, path: str) -> Answer:
        """What a path of the output folder has, or will have once all is made."""
        try:
            if self._on_demand is not None:
                return self._on_demand.file(path)
            if (self._destination / path).is_file():
                return InFile(self._destination / path)
            return without_page(path, self._state)
        finally:
            self._state.look_away()

    def begin_anew(self) -> None:
        """Believe nothing that is known, after something happened that nobody foresaw."""
        self._seen = self._frame = self._ready = self._on_demand = None
        self._state.abandon()
        self._state = open_state(self._file, stays_open=True)

    def close(self) -> None:
        """Let go of the output folder."""
        with self._open:
            self._state.close()
