"""A build that finds everything as the last one left it."""

from __future__ import annotations

from datetime import datetime

from toasoan.build_result import BuildResult, Published
from toasoan.diagnostics import Report
from toasoan.incremental.clock import is_as_late, next_moment
from toasoan.incremental.output_folder import OutputFolder
from toasoan.incremental.sources import Snapshot, SourceChanges, diagnostics_of, identity, note_folders
from toasoan.state import State


def what_the_last_build_found(
    state: State, seen: Snapshot, changed: SourceChanges, output: OutputFolder | None, now: datetime,
    comments_server: str | None = None,
) -> BuildResult | None:  # fmt: skip
    """The result of the last build, if there is nothing to do; else None."""
    found = state.fact("result")
    if found is None or changed or output is None or not output.as_noted or output.damaged:
        return None
    if state.fact("identity") != identity() or state.fact("strays") != [file.path for file in seen.strays]:
        return None
    if state.fact("comments_server") != comments_server:
        return None
    if not is_as_late(state, now):
        return None
    report = Report()
    for diagnostic in diagnostics_of(found["warnings"]):
        report.add(diagnostic)
    note_folders(state, seen)
    if state.connection.total_changes:  # sources that only look new have other stamps now
        state.seal()
    return BuildResult(
        report,
        found["articles"],
        found["pages"],
        found["languages"],
        Published(found["files"], 0, 0, found["bytes"]),
        redirects=tuple(found["redirects"]),
        next_due=next_moment(state),
    )
