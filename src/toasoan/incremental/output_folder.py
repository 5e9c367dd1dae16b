"""Whether the output folder is as the last build left it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from toasoan.parallel import meanwhile
from toasoan.publish import MANIFEST, read_manifest
from toasoan.source_files import NO_STAMP, stamp_at
from toasoan.state import State, unchecked_rows


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """What was found in the output folder."""

    destination: Path
    as_noted: bool
    """Whether the manifest is the one that the last build of this state left."""

    damaged: tuple[str, ...]
    """Files that are missing or have another size."""

    reads: bool = True
    """Whether files that nobody remembers are read, so that those which are right need not be written again."""


INCOMPLETE = "incomplete"
"""The fact that files may be missing in the output folder which nothing that is due would bring back."""

_SIZES = "SELECT path, size FROM output"


def begin_to_look(file: Path, destination: Path) -> Callable[[], list[str] | None]:
    """Begin to compare an output folder with a state, in a process of its own; gives what `look_at_output` wants.

    The state need not have been checked: what it tells is used only if it is sound.
    """
    return meanwhile(lambda: _damaged(unchecked_rows(file, _SIZES), destination))


def look_at_output(
    state: State, destination: Path, damaged: list[str] | None = None, *, reads: bool = True
) -> OutputFolder:
    """Compare an output folder with what the state knows of it; which files are damaged may be known already."""
    stamp = stamp_at(destination / MANIFEST)
    noted = state.fact("manifest")
    if stamp == NO_STAMP or noted != list(stamp):
        return OutputFolder(destination, False, (), reads)
    if damaged is None:
        damaged = _damaged(state.rows(_SIZES), destination)
    return OutputFolder(destination, True, tuple(damaged))


def _damaged(sizes: Iterable[tuple[str, int]], destination: Path) -> list[str]:
    stat, prefix, damaged = os.stat, f"{destination}/", []
    for path, size in sizes:
        try:
            if stat(prefix + path).st_size == size:
                continue
        except OSError:
            pass
        damaged.append(path)
    return damaged


def take_stock(state: State, found: OutputFolder) -> None:
    """Bring what the state knows of the output folder into line with it; what was damaged is due."""
    if found.as_noted:
        for path in found.damaged:
            _note_damage(state, path)
        return
    # Somebody else built here, or a build was cut short: the manifest knows which files are ours.
    ours = read_manifest(found.destination)
    for path in tuple(state.rows("SELECT path FROM output")):
        if path not in ours:
            _note_damage(state, path)
            state.run("DELETE FROM output WHERE path = ?", path)
    for path, hash_ in ours.items():
        size = _size(found.destination / path)
        known = state.row("SELECT digest, size FROM output WHERE path = ?", path)
        if known is None:
            # Nobody remembers how it was left: only its content can tell.
            digest = _digest(found.destination / path) if found.reads else None
            digest = digest if digest == bytes.fromhex(hash_) else None
            state.run(
                "INSERT INTO output (path, folded, kind, key, digest, size) VALUES (?, '', '', '', ?, ?)",
                path, digest, size,
            )  # fmt: skip
        elif known != (bytes.fromhex(hash_), size):
            _note_damage(state, path)


def note_output(state: State, destination: Path) -> None:
    """Note that the state and the output folder agree now."""
    state.note("manifest", stamp_at(destination / MANIFEST))


def _note_damage(state: State, path: str) -> None:
    state.run(
        "INSERT OR IGNORE INTO due SELECT kind, key, ?1 || ' is not as it was left' FROM output"
        " WHERE path = ?1 AND kind IN ('article', 'parallel', 'list', 'language', 'feeds', 'page', 'portal')",
        path,
    )
    state.run("UPDATE output SET digest = NULL WHERE path = ?", path)
    # A page of a list and its feed are made together.
    state.run(
        "UPDATE output SET inputs = NULL"
        " WHERE kind = 'list' AND key = (SELECT key FROM output WHERE path = ? AND kind = 'list')",
        path,
    )
    state.note(INCOMPLETE, True)


def _digest(file: Path) -> bytes | None:
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError:
        return None


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
