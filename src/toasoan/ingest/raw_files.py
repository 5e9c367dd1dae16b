"""The raw files that an import is asked for: found, opened with care, decoded.

Somebody else's folder may hold anything. A link that leads out of it, a pipe or a device is never opened.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toasoan.diagnostics import Location, Report
from toasoan.ingest.ledger import fingerprint
from toasoan.source_text import source_text

LARGEST = 8 * 1024 * 1024
"""Bytes of a raw file that is read."""

MOST_LINES = 50_000
"""An article has some hundred lines; a file of more than these is something else."""

_OTHER_FORMAT = re.compile(r"\s{0,200}<(?:!doctype|html|\?xml|rss|feed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawFile:
    """A raw file's bytes and text."""

    source: str
    """Its name."""

    location: Location
    sha256: str
    text: str


def find_raw_files(root: Path, paths: Sequence[Path], report: Report) -> tuple[Path, ...]:
    """The files that `paths` mean, sorted by name; what can't be opened is told and left out."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files_of(root, path, report):
            found.setdefault(file.resolve(), file.absolute())
    return tuple(sorted(found.values(), key=lambda file: (file.name, str(file))))


def read_raw_file(root: Path, path: Path, report: Report) -> RawFile | None:
    """A file's text; None if it can't be an article's, which then stands in the report."""
    location = location_of(root, path)
    try:
        if path.stat().st_size > LARGEST:
            report.error(
                "huge-source",
                f"the file is larger than {LARGEST // 1024 // 1024} MB, so it isn't read",
                location,
                "import one article per file",
            )
            return None
        data = path.read_bytes()
    except OSError as error:
        report.error("unreadable-source", f"the file can't be read: {error.strerror or error}", location)
        return None
    text = source_text(data, location.path, report)
    if text is None:
        return None
    raw = RawFile(path.name, location, fingerprint(data), text)
    return raw if _is_a_text(raw, report) else None


def location_of(root: Path, path: Path) -> Location:
    """Where a raw file is, as a person names it: relative to the portal where it lies in it."""
    whole, base = path.absolute(), root.absolute()
    shown = (whole.relative_to(base) if whole.is_relative_to(base) else path).as_posix()
    return Location(shown.encode(errors="replace").decode())


def _is_a_text(raw: RawFile, report: Report) -> bool:
    if not raw.text.strip():
        report.error("empty-source", "the file is empty", raw.location, "leave it out, or fetch the page again")
    elif "\0" in raw.text:
        report.error("binary-source", "the file is no text: it holds zero bytes", raw.location, "leave it out")
    elif _OTHER_FORMAT.match(raw.text):
        report.error(
            "unknown-source-format",
            "the file is HTML or XML, and import reads plain texts",
            raw.location,
            "save the text of the page instead",
        )
    elif raw.text.count("\n") > MOST_LINES:
        report.error(
            "huge-source",
            f"the file has more than {MOST_LINES} lines, so it isn't read",
            raw.location,
            "import one article per file",
        )
    else:
        return True
    return False


def _files_of(root: Path, path: Path, report: Report) -> Iterator[Path]:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            if _is_regular(mode, path, root, report):
                yield path
            return
        inside = sorted(path.iterdir(), key=lambda file: file.name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        report.error("no-such-source", f"there is nothing to import: {reason}", location_of(root, path))
        return
    texts = [file for file in inside if file.suffix.lower() == ".txt" and not file.name.startswith(".")]
    if not texts:
        report.warning("no-sources", "the folder has no .txt files", location_of(root, path))
    for file in texts:
        if _may_be_opened(file, path, root, report):
            yield file


def _may_be_opened(file: Path, folder: Path, root: Path, report: Report) -> bool:
    try:
        if file.is_symlink() and not file.resolve(strict=True).is_relative_to(folder.resolve()):
            report.warning(
                "source-outside-folder",
                "the link leads out of the folder, so it isn't followed",
                location_of(root, file),
                "copy the file into the folder, or name it on its own",
            )
            return False
        return not file.is_dir() and _is_regular(file.stat().st_mode, file, root, report)
    except (OSError, RuntimeError):  # a link to nothing, or to itself
        report.warning("unreadable-source", "the link leads nowhere", location_of(root, file))
        return False


def _is_regular(mode: int, file: Path, root: Path, report: Report) -> bool:
    try:
        file.name.encode()
    except UnicodeEncodeError:
        where = location_of(root, file)
        report.warning("unreadable-source", "the file's name is not UTF-8, so it is left out", where, "rename it")
        return False
    if not stat.S_ISREG(mode):
        report.warning("no-regular-source", "this is a pipe or a device, so it isn't opened", location_of(root, file))
        return False
    return True
