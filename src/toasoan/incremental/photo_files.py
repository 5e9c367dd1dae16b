"""What the files of photographs are like: looked at once, and remembered until they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from json import dumps, loads
from pathlib import Path
from typing import NamedTuple

from toasoan.incremental.sources import forget_source, note_source
from toasoan.model.photo_file import PhotoFile, UnreadablePhotoError
from toasoan.portal_folders import MEDIA_FOLDER
from toasoan.source_files import Stamp, settled, stamp_at
from toasoan.state import State, stored_path

KEPT = 20_000
"""Photographs that each process remembers at most, some 500 bytes each: versions of a story show the same ones."""

_NOTED = "SELECT size, written, changed, node, said FROM photo WHERE path = ?"


class SeenPhoto(NamedTuple):
    """A photograph's file as it was found."""

    path: str
    stamp: Stamp
    file: PhotoFile


class PhotoFiles:
    """Looks at the files of photographs, each once."""

    def __init__(self, root: Path, state: State, taken_ns: int) -> None:
        self._root = root
        self._state = state
        self._taken_ns = taken_ns
        self._known: dict[str, PhotoFile | UnreadablePhotoError] = {}
        self._seen: list[SeenPhoto] = []

    def __call__(self, src: str) -> PhotoFile:
        """What a file below the media folder is like. Raises UnreadablePhotoError."""
        file = self._known.get(src)
        if file is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            try:
                file = self._noted(src)
            except UnreadablePhotoError as error:
                file = error
            self._known[src] = file
        if isinstance(file, UnreadablePhotoError):
            raise file.with_traceback(None)
        return file

    def taken(self) -> tuple[SeenPhoto, ...]:
        """Those that were looked at since the last time, to be noted by whoever may write the state."""
        seen, self._seen = tuple(self._seen), []
        return seen

    def _noted(self, src: str) -> PhotoFile:
        path = f"{MEDIA_FOLDER}/{src}"
        stamp = stamp_at(self._root / path)
        row = self._state.row(_NOTED, stored_path(path))
        known = row is not None and tuple(row[:4]) == stamp
        file = PhotoFile(**loads(row[4])) if known else self._inspected(path)
        self._seen.append(SeenPhoto(path, settled(stamp, self._taken_ns), file))
        return file

    def _inspected(self, path: str) -> PhotoFile:
        # Most builds see no new photograph, and there is much to load.
        from toasoan.photos.inspection import inspected

        try:
            return inspected((self._root / path).read_bytes())
        except OSError as error:
            raise UnreadablePhotoError(f"the file can't be read: {error.strerror}") from None


def note_photos(state: State, seen: Iterable[SeenPhoto]) -> None:
    """Note what photographs were found to be like."""
    for path, stamp, file in seen:
        note_source(state, path, stamp, bytes.fromhex(file.digest))
        row = (stored_path(path), *stamp, dumps(asdict(file)))
        state.run("INSERT OR REPLACE INTO photo VALUES (?, ?, ?, ?, ?, ?)", *row)


def forget_photo(state: State, path: str) -> None:
    """A photograph is gone, or no page shows it any more."""
    forget_source(state, path)
    state.run("DELETE FROM photo WHERE path = ?", stored_path(path))
