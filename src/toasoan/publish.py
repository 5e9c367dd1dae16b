"""A build's files into its output folder: only what changed is written, only what a build wrote is removed.

The output folder holds a manifest of what the last build put there. It lies in the folder itself, not among the
caches, because it is what tells a build's files from other people's: those stay, whatever happens.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from toasoan.diagnostics import Location, Report
from toasoan.files import TEMPORARY_MARK, delete_file, make_folder, remove_empty_folders, write_file, write_text
from toasoan.model.output import Output
from toasoan.slug import folded_address

MANIFEST = ".toasoan-manifest.json"
UNFINISHED = ""
"""Stands in the manifest for the hash of a file that a build is about to write."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publication did."""

    files: int
    """In the output, all told."""

    written: int
    removed: int
    bytes: int
    """Size of all files."""


def publish(outputs: Iterable[Output], destination: Path, report: Report) -> Published | None:
    """Make `destination` hold just these files and those of other people; None if that would harm the latter.

    What is about to be written is noted in the manifest first, without a hash, and with its hash once all is
    done: an output whose manifest has files without a hash is not complete, and the next build finishes it.
    """
    wanted = {output.path: output for output in outputs}
    before = read_manifest(destination)
    _tell_clashes(wanted, before, destination, report)
    if report.has_errors:
        return None
    make_folder(destination)
    _sweep(before, destination)
    hashes = {path: hashlib.sha256(output.data).hexdigest() for path, output in wanted.items()}
    changed = [
        path
        for path, output in wanted.items()
        if before.get(path) != hashes[path] or not _has_size(destination / path, len(output.data))
    ]
    gone = [path for path in before if path not in wanted]
    if changed:
        _write_manifest({**before, **dict.fromkeys(changed, UNFINISHED)}, destination)
    in_the_way = _in_the_way(gone, wanted)
    _remove(in_the_way, destination)
    for path in changed:
        write_file(destination / path, wanted[path].data)
    _remove([path for path in gone if path not in in_the_way], destination)
    if changed or gone:
        _write_manifest(hashes, destination)
    return Published(len(wanted), len(changed), len(gone), sum(len(output.data) for output in wanted.values()))


def _in_the_way(gone: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Files to remove before others are written: a file system could take them for those or for their folders."""
    gone = tuple(gone)
    if not gone:
        return []
    paths = (PurePosixPath(path) for path in wanted)
    names = {folded_address(str(part)) for path in paths for part in (path, *path.parents)}
    return [path for path in gone if folded_address(path) in names]


def _remove(paths: Iterable[str], destination: Path) -> None:
    for path in paths:
        delete_file(destination / path)
        remove_empty_folders((destination / path).parent, destination)


def _has_size(file: Path, size: int) -> bool:
    return file.is_file() and file.stat().st_size == size


def _sweep(before: Mapping[str, str], destination: Path) -> None:
    """Remove half-written files of a build that was killed."""
    folders = {(destination / path).parent for path, hash_ in before.items() if hash_ == UNFINISHED}
    for folder in sorted(folders):
        for part in sorted(folder.glob(f".*{TEMPORARY_MARK}")):
            delete_file(part)


def read_manifest(destination: Path) -> Mapping[str, str]:
    """What the last build put into an output folder: paths with SHA-256; empty where there was none."""
    try:
        files = json.loads((destination / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    if not isinstance(files, dict):
        return {}
    # What lies outside is never ours to remove, whatever a manifest says.
    return {path: str(hash_) for path, hash_ in files.items() if _is_inside(path)}


def _is_inside(path: str) -> bool:
    return not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts and "\0" not in path


def _write_manifest(hashes: Mapping[str, str], destination: Path) -> None:
    text = json.dumps({"version": 1, "files": dict(sorted(hashes.items()))}, ensure_ascii=False, indent=0)
    write_text(destination / MANIFEST, f"{text}\n")


def _tell_clashes(wanted: Mapping[str, Output], before: Mapping[str, str], destination: Path, report: Report) -> None:
    """Two files of ours in one place, and other people's files where ours would go."""
    names: dict[str, str] = {}
    for path in wanted:
        folded = folded_address(path)
        if folded in names:
            report.error(
                "duplicate-address",
                f"{path} and {names[folded]} would be one file on many hosts",
                Location(path),
                "rename one of them",
            )
        names[folded] = path
    for path, output in wanted.items():
        for above in Path(path).parents:
            if above.as_posix() in wanted:
                report.error(
                    "duplicate-address",
                    f"{above} would be a file and a folder",
                    Location(path),
                    "give one of them another slug",
                )
        file = destination / path
        if path not in before and file.exists() and (file.is_dir() or file.read_bytes() != output.data):
            report.error(
                "foreign-file",
                f"{path} lies in the output folder, but no build put it there",
                Location(str(destination)),
                "move it away, or build into another folder with --to",
            )
