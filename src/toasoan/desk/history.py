"""What the desk has replaced, so that it can be brought back: older texts of a file, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from toasoan.files import delete_file, write_file

FOLDER = ".toasoan/desk/history"
MOST = 50
"""Older texts of a file that are kept."""


@dataclass(frozen=True, slots=True)
class OlderText:
    """A file as it was before the desk changed it."""

    number: int
    """Grows with each change."""

    written: float
    """When it was put here, in seconds since 1970."""

    size: int


class History:
    """The older texts of a portal's files."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER

    def keep(self, path: str, data: bytes) -> None:
        """Keep what a file says now, unless that was kept last."""
        there = tuple(self.of(path))
        if there and self.text(path, there[0].number) == data:
            return
        write_file(self._file(path, there[0].number + 1 if there else 1), data)
        for old in there[MOST - 1 :]:
            delete_file(self._file(path, old.number))

    def of(self, path: str) -> Iterator[OlderText]:
        """The older texts of a file, the newest first."""
        files = {int(file.stem): file for file in self._of(path).glob("*.md") if file.stem.isdigit()}
        for number in sorted(files, reverse=True):
            found = files[number].stat()
            yield OlderText(number, found.st_mtime, found.st_size)

    def text(self, path: str, number: int) -> bytes | None:
        """An older text; None if there is none of this number."""
        try:
            return self._file(path, number).read_bytes()
        except OSError:
            return None

    def _file(self, path: str, number: int) -> Path:
        return self._of(path) / f"{number:06}.md"

    def _of(self, path: str) -> Path:
        return self._folder / blake2b(path.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
