"""Zip archives of strangers: names that lead out of them, members packed beyond belief, archives in archives."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from toasoan.diagnostics import Location, Report
from toasoan.ingest.formats import HEAD, Format, format_of
from toasoan.ingest.import_source import UNREADABLE, ImportSource, opened_archive, reason_of

MOST_MEMBERS = 20_000
LARGEST_TOTAL = 1024 * 1024 * 1024
"""Bytes of all members together, unpacked."""

LARGEST_INNER = 128 * 1024 * 1024
"""Bytes of an archive inside an archive: it is held in memory."""

HIGHEST_RATIO = 200
"""Unpacked to packed; text packs to a tenth, repeated text to a fiftieth."""

SMALL = 1024 * 1024
"""Bytes below which the ratio doesn't matter."""

DEEPEST = 3


class ArchiveBudget:
    """What may still be unpacked in one import."""

    def __init__(self) -> None:
        self.members = MOST_MEMBERS
        self.bytes = LARGEST_TOTAL


def sources_in_archive(
    path: Path, name: str, location: Location, report: Report, suffixes: frozenset[str], budget: ArchiveBudget
) -> Iterator[ImportSource]:
    """What an archive holds for import; what is wrong with it stands in the report."""
    yield from _inside(path, (), name, location, report, suffixes, budget)


def _inside(
    path: Path,
    way: tuple[str, ...],
    name: str,
    location: Location,
    report: Report,
    suffixes: frozenset[str],
    budget: ArchiveBudget,
) -> Iterator[ImportSource]:
    try:
        archive = opened_archive(path, way)
    except UNREADABLE as error:
        _tell_damage(error, location, report)
        return
    for member in sorted(archive.infolist(), key=lambda one: one.filename):
        if not _is_wanted(member, suffixes):
            continue
        here = Location(f"{location.path}/{member.filename}".encode(errors="replace").decode())
        if not _is_safe(member, here, report) or not _is_within(member, budget, here, report):
            continue
        source = ImportSource(f"{name}/{member.filename}", here, member.file_size, str(path), (*way, member.filename))
        kind = _format(archive, member, here, report)
        if kind is Format.ARCHIVE:
            if len(way) + 1 >= DEEPEST or member.file_size > LARGEST_INNER:
                report.error(
                    "unsafe-archive",
                    f"the archive isn't unpacked: it is larger than {LARGEST_INNER // SMALL} MB, "
                    f"or more than {DEEPEST} deep",
                    here,
                    "unpack it yourself, and import the folder",
                )
            else:
                yield from _inside(path, source.members, source.name, here, report, suffixes, budget)
        elif kind is not None:
            yield source


def _is_wanted(member: zipfile.ZipInfo, suffixes: frozenset[str]) -> bool:
    """Whether a member is a file that may hold an article; those beside a saved page are its own."""
    parts = PurePosixPath(member.filename).parts
    if member.is_dir() or not parts or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
        return False
    beside = any(part.endswith("_files") for part in parts[:-1])
    return not beside and PurePosixPath(member.filename).suffix.lower() in suffixes


def _is_safe(member: zipfile.ZipInfo, here: Location, report: Report) -> bool:
    name = member.filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    leads_out = (
        name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts or re.match(r"[A-Za-z]:", name)
    )
    if not is_link and not leads_out and "\0" not in name:
        return True
    report.warning(
        "unsafe-name-in-archive",
        "this member of the archive is a link, or its name leads out of the archive: it is left out",
        here,
        "if you trust it, unpack it yourself and import the file",
    )
    return False


def _is_within(member: zipfile.ZipInfo, budget: ArchiveBudget, here: Location, report: Report) -> bool:
    packed = max(1, member.compress_size)
    if member.file_size > SMALL and member.file_size / packed > HIGHEST_RATIO:
        reason = f"one byte of it stands for more than {HIGHEST_RATIO}"
    elif member.file_size > budget.bytes or budget.members < 1:
        reason = f"archives may hold {MOST_MEMBERS} files and {LARGEST_TOTAL // SMALL} MB"
    else:
        budget.members -= 1
        budget.bytes -= member.file_size
        return True
    report.error(
        "unsafe-archive",
        f"the archive isn't unpacked: {reason}",
        here,
        "unpack it yourself, and import the folder",
    )
    return False


def _format(archive: zipfile.ZipFile, member: zipfile.ZipInfo, here: Location, report: Report) -> Format | None:
    try:
        with archive.open(name=member) as stream:
            return format_of(stream.read(HEAD))
    except UNREADABLE as error:
        _tell_damage(error, here, report)
        return None


def _tell_damage(error: BaseException, where: Location, report: Report) -> None:
    """Say what is wrong with an archive. Its table of contents stands at the end, so one that is cut off has none."""
    cut_off = isinstance(error, zipfile.BadZipFile) and str(error) == "File is not a zip file"
    reason = "its end is missing, where the table of contents stands" if cut_off else reason_of(error)
    report.error("broken-source", f"the source is damaged: {reason}", where, "fetch or export it again")
