"""An output folder that is just as a whole build left it: what readers may be given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from toasoan.build import state_file
from toasoan.diagnostics import Location, Report
from toasoan.incremental.output_folder import look_at_output
from toasoan.lock import LockedError, locked, tell_build_under_way
from toasoan.state import State, open_state


@contextmanager
def complete_build(root: Path, destination: Path, report: Report) -> Iterator[State | None]:
    """The state of an output folder, which nobody builds into meanwhile.

    None if the folder is not as a whole build left it, or somebody builds into it; the report has the reason then.
    """
    file = state_file(root, destination)
    try:
        with locked(file.with_suffix(".lock")), closing(open_state(file)) as state:
            found = look_at_output(state, destination)
            if state.fact("result") is not None and found.as_noted and not found.damaged:
                yield state
                return
            report.error(
                "not-as-built",
                "the output folder is not as a build left it",
                Location(str(destination)),
                "run `toasoan build`, and then this again",
            )
            yield None
    except LockedError as error:
        tell_build_under_way(error, destination, report)
        yield None
