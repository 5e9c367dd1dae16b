"""What the command line names, as sources: files, folders of them, archives and addresses.

Somebody else's folder may hold anything. A link that leads out of it, a pipe or a device is never opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from toasoan.diagnostics import Location, Report
from toasoan.fetching import CannotFetchError, fetched, host_of
from toasoan.ingest.archives import ArchiveBudget, sources_in_archive
from toasoan.ingest.formats import Format
from toasoan.ingest.import_source import UNREADABLE, ImportSource, reason_of

SUFFIXES = frozenset([".txt", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".json", ".ninjs", ".zip"])
"""Endings of the files that a folder means; what is in them, their bytes say. A file that is named is read anyway."""

DEEPEST = 20
MOST_FILES = 200_000


def find_sources(root: Path, named: Sequence[Path | str], report: Report) -> tuple[ImportSource, ...]:
    """The sources that paths and addresses mean, sorted by name; what can't be opened is told and left out."""
    found: dict[str, ImportSource] = {}
    budget = ArchiveBudget()
    for one in named:
        if isinstance(one, str):
            if source := _fetched(one, report):
                found.setdefault(one, source)
            continue
        for file, name in _files_of(root, one, report):
            for source in _sources_of(root, file, name, report, budget):
                key = "\0".join([str(file.resolve()), *source.members])
                found.setdefault(key, source)
    return tuple(sorted(found.values(), key=lambda source: (source.name, source.path or "", source.members)))


def location_of(root: Path, path: Path) -> Location:
    """Where a file is, as a person names it: relative to the portal where it lies in it."""
    whole, base = path.absolute(), root.absolute()
    shown = (whole.relative_to(base) if whole.is_relative_to(base) else path).as_posix()
    return Location(shown.encode(errors="replace").decode())


def _fetched(address: str, report: Report) -> ImportSource | None:
    location = Location(address)
    try:
        data, final = fetched(address, {host_of(address)})
    except CannotFetchError as error:
        report.error("cannot-fetch", f"the address can't be fetched: {error}", location, "look at it in a browser")
        return None
    return ImportSource(address, location, len(data), data=data, address=final)


def _sources_of(root: Path, file: Path, name: str, report: Report, budget: ArchiveBudget) -> Iterator[ImportSource]:
    location = location_of(root, file)
    try:
        source = ImportSource(name, location, file.stat().st_size, str(file.absolute()))
        source = replace(source, known_format=source.format())
        if source.known_format is Format.ARCHIVE:
            yield from sources_in_archive(file.absolute(), name, location, report, SUFFIXES, budget)
            return
    except UNREADABLE as error:
        report.error("unreadable-source", f"the file can't be read: {reason_of(error)}", location)
        return
    yield source


def _files_of(root: Path, path: Path, report: Report) -> Iterator[tuple[Path, str]]:
    """Files, each with its name: the file's own, or its way below the folder that was named."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            if _is_regular(mode, path, root, report):
                yield path, path.name
            return
        files = sorted(_below(path, path, root, report, 0), key=lambda file: file.as_posix())
    except (OSError, ValueError) as error:
        report.error("no-such-source", f"there is nothing to import: {reason_of(error)}", location_of(root, path))
        return
    if not files:
        report.warning(
            "no-sources",
            "the folder has nothing that import reads",
            location_of(root, path),
            "name the files themselves",
        )
    if len(files) > MOST_FILES:
        report.error(
            "huge-source",
            f"the folder has more than {MOST_FILES} files",
            location_of(root, path),
            "import its folders",
        )
        return
    for file in files:
        if _may_be_opened(file, path, root, report):
            yield file, file.relative_to(path).as_posix()


def _below(folder: Path, top: Path, root: Path, report: Report, depth: int) -> Iterator[Path]:
    """Candidates in a folder and those below it; hidden ones, and what lies beside a saved page, are passed over."""
    with os.scandir(folder) as entries:
        inside = list(entries)
    for entry in inside:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if depth < DEEPEST and not entry.name.endswith(("_files", ".files")):
                yield from _below(path, top, root, report, depth + 1)
        elif path.suffix.lower() in SUFFIXES:
            yield path


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
        str(file).encode()
    except UnicodeEncodeError:
        where = location_of(root, file)
        report.warning("unreadable-source", "the file's name is not UTF-8, so it is left out", where, "rename it")
        return False
    if not stat.S_ISREG(mode):
        report.warning("no-regular-source", "this is a pipe or a device, so it isn't opened", location_of(root, file))
        return False
    return True
