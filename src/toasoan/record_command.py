"""The command `record`: readers have been given the addresses of a built portal, so they are to be kept.

For those who put the output folder online with a program of their own; a deploy does it by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toasoan.address_ledger import append_to_ledger, new_lines, read_ledger
from toasoan.complete_build import complete_build
from toasoan.diagnostics import Report
from toasoan.incremental.online_pages import online_pages


def record_addresses(root: Path, destination: Path, report: Report) -> Sequence[str] | None:
    """Add the pages of an output folder to the ledger; gives the new lines.

    None if the folder is not as a whole build left it, or the ledger can't be read, which then stands in the report.
    """
    known = read_ledger(root, report)
    if report.has_errors:
        return None
    with complete_build(root, destination, report) as state:
        if state is None:
            return None
        lines = tuple(new_lines(online_pages(state), known))
        if lines:
            append_to_ledger(root, lines)
    return lines
