"""A build's files into its output folder: only what changed is touched, only what a build wrote is removed.

New files wait in a hidden folder inside the output folder until all of them are whole; then they take their places,
one step each. A manifest tells a build's files from other people's, which stay whatever happens. It lies in the
output folder itself, not among the caches. It is a log: a line for each file, the last one about a file counts, and a
line without a hash says that the file is about to be written or removed. So a publication that was cut short is
noticed by the next build, which finishes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from toasoan.diagnostics import Location, Report
from toasoan.files import (
    append_text,
    delete_file,
    make_folder,
    move,
    remove_empty_folders,
    remove_tree,
    write_file,
    write_new_file,
    write_out,
    write_parts,
)
from toasoan.slug import folded_address

MANIFEST = ".toasoan-manifest.jsonl"
STAGING = ".toasoan-staging"
UNFINISHED = ""
"""Stands in the manifest for the hash of a file that a build is about to write or remove."""

_HASH = re.compile("[0-9a-f]{64}|")

MANY = 500
"""Moves in place of other files from which on the disk is asked to write everything first: ext4 then has nothing
left to do for each of them."""


class Staging:
    """Where new files wait, inside the output folder so that they need not be copied."""

    def __init__(self, destination: Path | None) -> None:
        self.folder = None if destination is None else destination / STAGING
        self._made_destination = destination is not None and not destination.exists()

    def put(self, path: str, data: bytes) -> None:
        """Keep a file for publication. Several processes may do so at once."""
        if self.folder is not None:
            write_new_file(f"{self.folder}/{path}", data)

    def put_parts(self, path: str, parts: Iterable[bytes]) -> None:
        """Keep a file that comes in parts; all of them are asked for, even where nothing is kept."""
        if self.folder is not None:
            write_parts(self.folder / path, parts)
        else:
            for _ in parts:
                pass

    def clear(self) -> None:
        """Drop all that was not published, be it of this build or of one that was cut short."""
        if self.folder is not None:
            remove_tree(self.folder)
            if self._made_destination:
                remove_empty_folders(self.folder.parent, self.folder.parents[1])


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that waits in the staging folder."""

    path: str
    hash: str
    replaces: bool
    """Whether a file of ours lies in its place."""


def publish(
    new: Collection[NewFile],
    gone: Sequence[str],
    staging: Staging,
    destination: Path,
    report: Report,
    everything: Callable[[], Iterable[tuple[str, str]]] | None = None,
) -> bool:
    """Move new files into their places and remove those of ours that are gone; False if that would harm others'.

    Nothing is touched then, and the report has the reasons. `everything` gives all files of ours with their hashes,
    for a manifest that begins anew instead of growing.
    """
    _tell_foreign_files(new, staging, destination, report)
    if report.has_errors:
        return False
    if not new and not gone:
        return True
    make_folder(destination)
    if not (destination / MANIFEST).exists():
        write_file(destination / MANIFEST, b"")
    is_fresh = not gone and _is_empty_but_for_ours(destination)
    # Of a fresh folder, whatever lies there when this is cut short is ours: the moves are of whole folders.
    touched = (*(it.path for it in new), *gone)
    # The last line may be half of one: what follows begins a new one.
    append_text(destination / MANIFEST, f"\n{_lines((path, UNFINISHED) for path in touched)}")
    in_the_way = _in_the_way(gone, (it.path for it in new))
    _remove(in_the_way, destination)
    if staging.folder is not None and new:
        _move_all(new, staging.folder, destination, is_fresh)
    _remove([path for path in gone if path not in in_the_way], destination)
    if everything is not None:
        write_file(destination / MANIFEST, _lines(everything()).encode("utf-8", "surrogatepass"))
    else:
        done = [*((it.path, it.hash) for it in new), *((path, None) for path in gone)]
        append_text(destination / MANIFEST, _lines(done))
    staging.clear()
    return True


def _move_all(new: Collection[NewFile], waiting: Path, destination: Path, is_fresh: bool) -> None:
    if is_fresh:
        for entry in sorted(waiting.iterdir()):
            move(entry, destination / entry.name)
        return
    if sum(it.replaces for it in new) > MANY:
        write_out(destination)
    folders: set[Path] = set()
    for it in new:
        target = destination / it.path
        if target.parent not in folders:
            make_folder(target.parent)
            folders.add(target.parent)
        move(waiting / it.path, target)


def _is_empty_but_for_ours(destination: Path) -> bool:
    return all(entry.name in (MANIFEST, STAGING) for entry in destination.iterdir())


def _in_the_way(gone: Iterable[str], new: Iterable[str]) -> frozenset[str]:
    """Files to remove before others are written: a file system could take them for those or for their folders."""
    gone = tuple(gone)
    if not gone:
        return frozenset()
    paths = (PurePosixPath(path) for path in new)
    names = {folded_address(str(part)) for path in paths for part in (path, *path.parents)}
    return frozenset(path for path in gone if folded_address(path) in names)


def _remove(paths: Iterable[str], destination: Path) -> None:
    for path in paths:
        delete_file(destination / path)
        remove_empty_folders((destination / path).parent, destination)


def read_manifest(destination: Path) -> Mapping[str, str]:
    """What builds put into an output folder: paths with SHA-256, or `UNFINISHED`; empty where there is none."""
    files: dict[str, str] = {}
    for path, hash_ in _read_lines(destination / MANIFEST):
        if hash_ is None:
            files.pop(path, None)
        elif _is_inside(path):  # what lies outside is never ours to remove, whatever a manifest says
            files[path] = hash_
    return files


def _read_lines(file: Path) -> Iterator[tuple[str, str | None]]:
    try:
        with file.open("rb") as lines:
            for line in lines:
                try:
                    path, hash_ = json.loads(line)
                except (ValueError, TypeError):
                    continue  # the last line of a build that was killed, or somebody's own
                if isinstance(path, str) and (hash_ is None or _HASH.fullmatch(str(hash_))):
                    yield path, hash_
    except OSError:
        return


def _is_inside(path: str) -> bool:
    return not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts and "\0" not in path


def _lines(rows: Iterable[tuple[str, str | None]]) -> str:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _tell_foreign_files(new: Collection[NewFile], staging: Staging, destination: Path, report: Report) -> None:
    """Other people's files where ours would go."""
    if not destination.is_dir() or _is_empty_but_for_ours(destination):
        return
    for it in new:
        file = destination / it.path
        if it.replaces or not (file.exists() or file.is_symlink()):
            continue
        waiting = staging.folder / it.path if staging.folder else None
        if file.is_dir() or waiting is None or file.read_bytes() != waiting.read_bytes():
            report.error(
                "foreign-file",
                f"{it.path} lies in the output folder, but no build put it there",
                Location(str(destination)),
                "move it away, or build into another folder with --to",
            )
