"""A build's files into its output folder: only what changed is written, only what a build wrote is removed.

The output folder holds a manifest of what the last build put there. It lies in the folder itself, not among the
caches, because it is what tells a build's files from other people's: those stay, whatever happens.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from toasoan.diagnostics import Location, Report
from toasoan.files import delete_file, make_folder, remove_empty_folders, write_file
from toasoan.model.output import Output
from toasoan.slug import folded_address

MANIFEST = ".toasoan-manifest.json"


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

    The manifest is written last: an output without one, or with one that does not fit, is not complete.
    """
    wanted = {output.path: output for output in outputs}
    before = read_manifest(destination)
    _tell_clashes(wanted, before, destination, report)
    if report.has_errors:
        return None
    make_folder(destination)
    written = 0
    hashes: dict[str, str] = {}
    for path, output in wanted.items():
        hashes[path] = hashlib.sha256(output.data).hexdigest()
        file = destination / path
        if before.get(path) == hashes[path] and file.is_file() and file.stat().st_size == len(output.data):
            continue
        write_file(file, output.data)
        written += 1
    gone = [path for path in before if path not in wanted]
    for path in gone:
        delete_file(destination / path)
        remove_empty_folders((destination / path).parent, destination)
    if hashes != before:
        write_file(destination / MANIFEST, _manifest_text(hashes).encode())
    return Published(len(wanted), written, len(gone), sum(len(output.data) for output in wanted.values()))


def read_manifest(destination: Path) -> Mapping[str, str]:
    """What the last build put into an output folder: paths with SHA-256; empty where there was none."""
    try:
        files = json.loads((destination / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return files if isinstance(files, dict) else {}


def _manifest_text(hashes: Mapping[str, str]) -> str:
    return json.dumps({"version": 1, "files": dict(sorted(hashes.items()))}, ensure_ascii=False, indent=0) + "\n"


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
