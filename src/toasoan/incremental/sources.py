"""All files that a build reads, as they are now, beside what the state knows of them.

Nothing heavy is imported here: a build that finds nothing changed ends before any library is loaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toasoan.diagnostics import Diagnostic, Location, Report, Severity
from toasoan.portal_folders import CONTENT_FOLDER, MEDIA_FOLDER, PAGES_FOLDER, PUBLISHERS_FILE, SETTINGS_FILE
from toasoan.source_files import NO_STAMP, FoundFile, Stamp, files_below, settled, stamp_at
from toasoan.state import State, path_of, stored_path
from toasoan.theme import theme_folder

SETTINGS = (SETTINGS_FILE, PUBLISHERS_FILE)
THEME: tuple[Literal["templates", "static"], ...] = ("templates", "static")
LIBRARIES = ("babel", "jinja2", "markdown_it", "markupsafe", "mdit_py_plugins", "slugify", "text_unidecode", "yaml")
"""Those that have a say in what pages look like."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of one moment."""

    files: Mapping[str, Stamp]
    """By path; those of the default theme begin with "theme:"."""

    strays: tuple[FoundFile, ...]
    """Files among the texts that are none."""

    taken_ns: int


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """Paths by what became of them."""

    changed: frozenset[str]
    """Those that are new among them."""

    gone: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)

    def within(self, folder: str) -> SourceChanges:
        """Those below a folder, or of one file."""

        def inside(paths: Iterable[str]) -> frozenset[str]:
            return frozenset(path for path in paths if path == folder or path.startswith(f"{folder}/"))

        return SourceChanges(inside(self.changed), inside(self.gone))


def snapshot(root: Path, state: State) -> Snapshot:
    """Look at all files below `root` that a build reads, and at those of the theme."""
    taken_ns = time.time_ns()
    files: dict[str, Stamp] = {}
    strays: list[FoundFile] = []
    for folder in (CONTENT_FOLDER, PAGES_FOLDER):
        for file in files_below(root, folder):
            if file.plain and file.path.endswith(".md"):
                files[file.path] = file.stamp
            else:
                strays.append(file)
    media = state.rows("SELECT DISTINCT origin FROM need WHERE section IS NULL")
    for path in (*SETTINGS, *(f"{MEDIA_FOLDER}/{src}" for src in media)):
        if (stamp := stamp_at(root / path)) != NO_STAMP:
            files[path] = stamp
    for part in THEME:
        for file in files_below(root, f"site/{part}"):
            files[file.path] = file.stamp if file.plain else stamp_at(root / file.path)
        for file in files_below(theme_folder(part).parent, part):
            files[f"theme:{file.path}"] = file.stamp
    return Snapshot(files, tuple(strays), taken_ns)


def refreshed(before: Snapshot, root: Path, paths: Iterable[Path]) -> Snapshot | None:
    """A snapshot after changes to some files alone; None if that takes a look at all files."""
    files, taken_ns = dict(before.files), time.time_ns()
    for path in paths:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        is_text = name.startswith((f"{CONTENT_FOLDER}/", f"{PAGES_FOLDER}/")) and name.endswith(".md")
        if not is_text or any(part.startswith(".") for part in path.relative_to(root).parts):
            return None
        if path.is_symlink() or path.is_dir():
            return None
        stamp = stamp_at(path)
        if stamp == NO_STAMP:
            files.pop(name, None)
        else:
            files[name] = stamp
    return Snapshot(files, before.strays, taken_ns)


def changes(now: Snapshot, root: Path, state: State, only: Collection[str] | None = None) -> SourceChanges:
    """What differs from what the state knows, among all files or `only` some.

    A file that only looks new, with the old content, does not count.
    """
    columns = "SELECT path, size, written, changed, node, digest FROM source"
    if only is None:
        rows = state.rows(columns)
    else:
        rows = (row for path in only for row in state.rows(f"{columns} WHERE path = ?", stored_path(path)))
    known: dict[str, tuple[Stamp, bytes | None]] = {
        path_of(path): ((size, written, changed, node), digest) for path, size, written, changed, node, digest in rows
    }
    changed = set()
    for path in now.files if only is None else only:
        stamp = now.files.get(path)
        if stamp is None:
            continue
        before = known.pop(path, None)
        if before is None:
            changed.add(path)
        elif before[0] != stamp:
            if before[1] is not None and before[1] == digest_of(root, path):
                note_stamp(state, path, settled(stamp, now.taken_ns))
            else:
                changed.add(path)
    return SourceChanges(frozenset(changed), frozenset(known))


def digest_of(root: Path, path: str) -> bytes | None:
    """A digest of a source's content; None where it can't be read."""
    file = (
        theme_folder("templates").parent / path.removeprefix("theme:") if path.startswith("theme:") else root / path
    )
    try:
        return source_digest(file.read_bytes())
    except OSError:
        return None


def source_digest(data: bytes) -> bytes:
    """What tells one content of a source from others."""
    return hashlib.blake2b(data, digest_size=16).digest()


def note_stamp(state: State, path: str, stamp: Stamp) -> None:
    """Note that a source has another stamp, but no other content."""
    state.run(
        "UPDATE source SET size = ?, written = ?, changed = ?, node = ? WHERE path = ?", *stamp, stored_path(path)
    )


def note_source(
    state: State,
    path: str,
    stamp: Stamp,
    digest: bytes | None,
    report: Report | None = None,
    left_out: str | None = None,
    due_at: int | None = None,
) -> None:
    """Note what a source is like, and what reading it gave."""
    said = as_json(report) if report else None
    state.run(
        "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        stored_path(path), *stamp, digest, said, left_out, due_at,
    )  # fmt: skip


def forget_source(state: State, path: str) -> None:
    """A source is gone."""
    state.run("DELETE FROM source WHERE path = ?", stored_path(path))


def diagnostics_of(said: str) -> Iterator[Diagnostic]:
    """Diagnostics that were kept as JSON."""
    for severity, code, message, path, line, hint in json.loads(said):
        yield Diagnostic(Severity(severity), code, message, Location(path, line), hint)


def as_json(report: Report) -> str | None:
    """Diagnostics to be kept; None for none."""
    rows = [(d.severity, d.code, d.message, d.location.path, d.location.line, d.hint) for d in report]
    return json.dumps(rows) if rows else None


def identity() -> str:
    """What tells this program, as it is installed now, from any other: its files and its libraries."""
    package = Path(__file__).resolve().parents[1]
    own = [(str(path.relative_to(package)), stamp_at(path)[:2]) for path in sorted(package.rglob("*.py"))]
    libraries = []
    for name in LIBRARIES:
        found = importlib.util.find_spec(name)
        libraries.append((name, found.origin if found else "", stamp_at(found.origin or "")[:2] if found else ()))
    return hashlib.sha256(repr((sys.version, own, libraries)).encode()).hexdigest()
