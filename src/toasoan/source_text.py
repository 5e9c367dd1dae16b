"""Files that people write, as text; what can't be read is told, with the place of the trouble."""

from __future__ import annotations

from pathlib import Path

from toasoan.diagnostics import Location, Report
from toasoan.encoding import NotUtf8Error, decode_utf8


def source_text(data: bytes, path: str, report: Report) -> str | None:
    """The text of a file's bytes; None if they are not UTF-8, which then stands in the report."""
    try:
        return decode_utf8(data)
    except NotUtf8Error as error:
        report.error(
            "not-utf8",
            f"the file is not UTF-8: byte {error.offset} is wrong",
            Location(path, error.line),
            "save it as UTF-8 in your editor",
        )
        return None


def read_source(root: Path, path: str, report: Report) -> str | None:
    """The text of the file at `path` below `root`; None if it can't be read, which then stands in the report."""
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        report.error("unreadable-file", f"the file can't be read: {error.strerror}", Location(path))
        return None
    return source_text(data, path, report)
