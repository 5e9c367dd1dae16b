"""All files that a build reads, as they are now, beside what the state knows of them.

Nothing heavy is imported here: a build that finds nothing changed ends before any library is loaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import marshal
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from toasoan.diagnostics import Diagnostic, Location, Report, Severity
from toasoan.portal_folders import (
    ADDRESS_LEDGER,
    COMMENTS_FOLDER,
    CONTENT_FOLDER,
    FONTS_FOLDER,
    HOME_FILE,
    MEDIA_FOLDER,
    PAGES_FOLDER,
    PUBLISHERS_FILE,
    SETTINGS_FILE,
)
from toasoan.share_images.fonts import digest_of_font, fonts_below, own_fonts, system_folders
from toasoan.source_files import (
    NO_STAMP,
    FoundFile,
    Stamp,
    TextFolder,
    content_digest,
    content_hash,
    files_below,
    settled,
    stamp_at,
    text_folders,
)
from toasoan.state import State, path_of, stored_path
from toasoan.theme import theme_folder

TEXTS = (CONTENT_FOLDER, PAGES_FOLDER)
_TEXTS_BELOW = tuple(f"{folder}/" for folder in TEXTS)
SETTINGS = (SETTINGS_FILE, PUBLISHERS_FILE)
"""Files of which every change has the whole portal made anew."""

THEME: tuple[Literal["templates", "static"], ...] = ("templates", "static")
LIBRARIES = (
    "PIL", "babel", "budoux", "icu", "jinja2", "markdown_it", "markupsafe", "mdit_py_plugins", "slugify",
    "text_unidecode", "uniseg", "yaml",
)  # fmt: skip
"""Those that have a say in what pages and pictures look like."""

SYSTEM_FONT = "font:"
"""What the paths of the system's fonts begin with."""


@dataclass(frozen=True)
class Snapshot:
    """The files of one moment."""

    folders: Mapping[str, TextFolder]
    """Folders of texts that were looked at as a whole, by path."""

    others: Mapping[str, Stamp]
    """All other files, by path; those of the default theme begin with "theme:", the system's fonts with "font:"."""

    strays: tuple[FoundFile, ...]
    """Files among the texts that are none."""

    taken_ns: int
    comments_folder: str = COMMENTS_FOLDER
    """Where the comments lie; the preview can have a folder of its own."""

    @cached_property
    def files(self) -> Mapping[str, Stamp]:
        """All files, by path."""
        texts = {f"{path}/{name}": stamp for path, it in self.folders.items() for name, stamp in it.texts.items()}
        return {**texts, **self.others}


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


def snapshot(root: Path, comments_folder: str = COMMENTS_FOLDER) -> Snapshot:
    """Look at all files below `root` that a build reads, and at those of the theme; but not at those of media."""
    taken_ns = time.time_ns()
    folders = {it.path: it for start in TEXTS for it in text_folders(root, start, ".md")}
    strays = tuple(stray for folder in folders.values() for stray in folder.strays)
    others: dict[str, Stamp] = {}
    for path in (*SETTINGS, HOME_FILE, ADDRESS_LEDGER):
        if (stamp := stamp_at(root / path)) != NO_STAMP:
            others[path] = stamp
    for folder in (*(f"site/{part}" for part in THEME), comments_folder):
        for file in files_below(root, folder):
            others[file.path] = file.stamp if file.plain else stamp_at(root / file.path)
    for part in THEME:
        for file in files_below(theme_folder(part).parent, part):
            others[f"theme:{file.path}"] = file.stamp
    for font in own_fonts(root / FONTS_FOLDER).values():
        others[f"{FONTS_FOLDER}/{font.name}"] = stamp_at(font)
    for font in fonts_below(system_folders()).values():
        others[f"{SYSTEM_FONT}{font}"] = stamp_at(font)
    return Snapshot(folders, others, strays, taken_ns, comments_folder)


def with_media(seen: Snapshot, root: Path, state: State) -> Snapshot:
    """A snapshot with the files of media that pages lead to, as far as the state knows."""
    paths = (f"{MEDIA_FOLDER}/{src}" for src in state.rows("SELECT DISTINCT origin FROM need WHERE what <> 'cover'"))
    media = {path: stamp for path in paths if (stamp := stamp_at(root / path)) != NO_STAMP}
    return replace(seen, others={**seen.others, **media})


def refreshed(before: Snapshot, root: Path, paths: Iterable[Path]) -> Snapshot | None:
    """A snapshot after changes to some files alone; None if that takes a look at all files."""
    files, taken_ns = dict(before.files), time.time_ns()
    for path in paths:
        name = source_name(path, root)
        if name in before.others and path.is_file() and not path.is_symlink():
            files[name] = stamp_at(path)
            continue
        if _was_never_seen(path, name, before):
            continue
        is_text = name.startswith((f"{CONTENT_FOLDER}/", f"{PAGES_FOLDER}/")) and name.endswith(".md")
        has_comments = name.startswith(f"{before.comments_folder}/") and name.endswith(".json")
        below = name.removeprefix(f"{before.comments_folder}/") if has_comments else name  # that folder may be hidden
        if not (is_text or has_comments) or any(part.startswith(".") for part in below.split("/")):
            return None
        if path.is_symlink() or path.is_dir():
            return None
        stamp = stamp_at(path)
        if stamp == NO_STAMP:
            files.pop(name, None)
        else:
            files[name] = stamp
    return Snapshot({}, files, before.strays, taken_ns, before.comments_folder)


def source_name(path: Path, root: Path) -> str:
    """What a snapshot calls a file; "" for one that it has no name for."""
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    theme = theme_folder("static").parent
    return f"theme:{path.relative_to(theme).as_posix()}" if path.is_relative_to(theme) else ""


def _was_never_seen(path: Path, name: str, before: Snapshot) -> bool:
    """Whether a file came and went between two looks, as editors make them to save what stands in another one."""
    if path.exists() or path.is_symlink():
        return any(part.startswith(".") for part in name.split("/")) and not name.startswith(before.comments_folder)
    below = f"{name}/"
    known = (*before.files, *before.folders, *(stray.path for stray in before.strays))
    return not any(it == name or it.startswith(below) for it in known)


def changes(now: Snapshot, root: Path, state: State, only: Collection[str] | None = None) -> SourceChanges:
    """What differs from what the state knows, among all files or `only` some.

    A file that only looks new, with the old content, does not count.
    """
    if only is None:
        stale = _stale_folders(now, state)
        rows = [*_rows_of_others(state), *(row for folder in stale for row in _rows_of(folder, state))]
        folders = [folder for path in stale if (folder := now.folders.get(path))]
        files = {f"{folder.path}/{name}": stamp for folder in folders for name, stamp in folder.texts.items()}
        files.update(now.others)
    else:
        rows = [row for path in only for row in state.rows(f"{_COLUMNS} WHERE path = ?", stored_path(path))]
        files = {path: now.files[path] for path in only if path in now.files}
    known: dict[str, tuple[Stamp, bytes | None]] = {
        path_of(path): ((size, written, changed, node), digest) for path, size, written, changed, node, digest in rows
    }
    changed = set()
    for path, stamp in files.items():
        before = known.pop(path, None)
        if before is None:
            changed.add(path)
        elif before[0] != stamp:
            if before[1] is not None and before[1] == digest_of(root, path):
                note_stamp(state, path, settled(stamp, now.taken_ns))
            else:
                changed.add(path)
    return SourceChanges(frozenset(changed), frozenset(known))


_COLUMNS = "SELECT path, size, written, changed, node, digest FROM source"
_NOT_SURE = b""
"""Stands for the digest of a folder if something was noted of one of its texts since the folder was looked at."""


def _stale_folders(now: Snapshot, state: State) -> list[str]:
    """Folders of texts that are not as the state knows them, those that it does not know, and those that are gone."""
    known = {path_of(path): digest for path, digest in state.rows("SELECT path, digest FROM folder")}
    seen = {path: _digest_of_texts(folder.texts) for path, folder in now.folders.items()}
    return [path for path in known | seen if known.get(path) != seen.get(path)]


def _digest_of_texts(texts: Mapping[str, Stamp]) -> bytes:
    """Of names and stamps. Version 2 of marshal writes equal values as equal bytes, and quickly."""
    return content_digest(marshal.dumps(sorted(texts.items()), 2))


def _rows_of(folder: str, state: State) -> Iterator[Any]:
    """What the state knows of the texts right in a folder."""
    first, end = stored_path(f"{folder}/"), stored_path(f"{folder}0")  # "0" comes next after the slash
    for row in state.rows(f"{_COLUMNS} WHERE path > ? AND path < ?", first, end):
        if b"/" not in row[0][len(first) :]:
            yield row


def _rows_of_others(state: State) -> Iterator[Any]:
    """What the state knows of all sources that are no texts."""
    first = b""
    for folder in sorted(TEXTS):
        yield from state.rows(f"{_COLUMNS} WHERE path >= ? AND path < ?", first, stored_path(f"{folder}/"))
        first = stored_path(f"{folder}0")
    yield from state.rows(f"{_COLUMNS} WHERE path >= ?", first)


def note_folders(state: State, seen: Snapshot) -> None:
    """Note folders of which the state knows just what was seen: one look tells next time if a text has changed."""
    known = {path_of(path): digest for path, digest in state.rows("SELECT path, digest FROM folder")}
    for path, folder in seen.folders.items():
        digest = _digest_of_texts(folder.texts)
        if known.pop(path, None) != digest:
            rows = {path_of(row[0]).rpartition("/")[2]: tuple(row[1:5]) for row in _rows_of(path, state)}
            if rows == folder.texts:
                state.run("INSERT OR REPLACE INTO folder VALUES (?, ?)", stored_path(path), digest)
    if seen.folders:
        for path in known:
            if next(_rows_of(path, state), None) is None:
                state.run("DELETE FROM folder WHERE path = ?", stored_path(path))


def is_text(path: str) -> bool:
    """Whether a source is the text of an article or of a static page."""
    return path.startswith(_TEXTS_BELOW)


def is_style(path: str) -> bool:
    """Whether a source is one of the style sheets."""
    return path.startswith(("site/static/css/", "theme:static/css/")) and path.endswith(".css")


def _be_unsure(state: State, path: str) -> None:
    """Of the folder of a text something else than before is known from now on."""
    if is_text(path):
        state.run(
            "INSERT INTO folder VALUES (?1, ?2) ON CONFLICT DO UPDATE SET digest = ?2 WHERE digest <> ?2",
            stored_path(path.rpartition("/")[0]), _NOT_SURE,
        )  # fmt: skip


def digest_of(root: Path, path: str) -> bytes | None:
    """A digest of a source's content; None where it can't be read."""
    if path.startswith(SYSTEM_FONT):
        return digest_of_font(Path(path.removeprefix(SYSTEM_FONT)))
    file = (
        theme_folder("templates").parent / path.removeprefix("theme:") if path.startswith("theme:") else root / path
    )
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, content_hash).digest()
    except OSError:
        return None


def note_stamp(state: State, path: str, stamp: Stamp) -> None:
    """Note that a source has another stamp, but no other content."""
    _be_unsure(state, path)
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
    _be_unsure(state, path)
    said = as_json(report) if report else None
    state.run(
        "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        stored_path(path), *stamp, digest, said, left_out, due_at,
    )  # fmt: skip


def forget_source(state: State, path: str) -> None:
    """A source is gone."""
    _be_unsure(state, path)
    state.run("DELETE FROM source WHERE path = ?", stored_path(path))


def diagnostics_of(said: str) -> Iterator[Diagnostic]:
    """Diagnostics that were kept as JSON."""
    for severity, code, message, path, line, hint in json.loads(said):
        yield Diagnostic(Severity(severity), code, message, Location(path, line), hint)


def as_json(report: Report) -> str | None:
    """Diagnostics to be kept; None for none."""
    rows = [(d.severity, d.code, d.message, d.location.path, d.location.line, d.hint) for d in report]
    return json.dumps(rows) if rows else None


@cache
def identity() -> str:
    """What tells this program, as it was installed when it began, from any other: its files and its libraries."""
    own = program_files(Path(__file__).resolve().parents[1])
    libraries = []
    for name in LIBRARIES:
        found = importlib.util.find_spec(name)
        libraries.append((name, found.origin if found else "", stamp_at(found.origin or "")[:2] if found else ()))
    return hashlib.sha256(repr((sys.version, own, libraries)).encode()).hexdigest()


def program_files(package: Path) -> list[tuple[str, list[tuple[str, tuple[int, ...]]]]]:
    """The files of a program by folder, each with size and time; folders of compiled files come and go."""
    folders = text_folders(package.parent, package.name, ".py")
    return [(it.path, [(name, stamp[:2]) for name, stamp in it.texts.items()]) for it in folders if it.texts]
