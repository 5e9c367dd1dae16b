"""The command `record`: readers have been given the addresses of a built portal, so they are to be kept.

For those who put the output folder online with a program of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toasoan.address_ledger import append_to_ledger, new_lines, read_ledger
from toasoan.build import state_file
from toasoan.diagnostics import Location, Report
from toasoan.incremental.online_pages import online_pages
from toasoan.incremental.output_folder import look_at_output
from toasoan.lock import LockedError, locked, tell_build_under_way
from toasoan.state import open_state


def record_addresses(root: Path, destination: Path, report: Report) -> Sequence[str] | None:
    """Add the pages of an output folder to the ledger; gives the new lines.

    None if the folder is not as a whole build left it, or the ledger can't be read, which then stands in the report.
    """
    file = state_file(root, destination)
    try:
        with locked(file.with_suffix(".lock")):
            known = read_ledger(root, report)
            if report.has_errors:
                return None
            state = open_state(file)
            try:
                found = look_at_output(state, destination)
                if state.fact("result") is None or not found.as_noted or found.damaged:
                    report.error(
                        "not-as-built",
                        "the output folder is not as a build left it",
                        Location(str(destination)),
                        "run `toasoan build`, put its output online, and then record its addresses",
                    )
                    return None
                lines = tuple(new_lines(online_pages(state), known))
            finally:
                state.close()
            if lines:
                append_to_ledger(root, lines)
    except LockedError as error:
        tell_build_under_way(error, destination, report)
        return None
    return lines
