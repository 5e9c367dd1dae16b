"""A file opened at the desk, changed, saved and brought back, while others may change it too.

Whoever saves says what the file was when it was opened. If it is another one by now, nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toasoan.config import Config
from toasoan.content.articles import in_nfc, read_article
from toasoan.content.front_matter import Document, read_document
from toasoan.content.front_matter_edit import NotEditableError, edited
from toasoan.desk.form import changes_of, values_of
from toasoan.desk.history import History, OlderText
from toasoan.diagnostics import Diagnostic, Report
from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.files import write_file
from toasoan.portal_folders import CONTENT_FOLDER


class NoSuchFileError(Exception):
    """The path is none of an article's file."""


class ConflictError(Exception):
    """The file has changed since it was opened; `now` is what it says."""

    def __init__(self, now: Opened) -> None:
        super().__init__(now.path)
        self.now = now


class WrongValuesError(Exception):
    """What was filled in can't be written; `wrong` says why, by field."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as the desk shows it."""

    path: str
    digest: str
    """Of its bytes, SHA-256: what tells it from others."""

    text: str
    """All of it, with line feeds at the ends of lines."""

    document: Document | None
    """None where it can't be taken apart."""

    only_whole: str | None
    """Why it can be edited as a whole alone; None if the form works."""

    found: tuple[Diagnostic, ...]
    """What is wrong in it."""

    @property
    def values(self) -> Mapping[str, Any] | None:
        """What stands in the form; None where there is none."""
        return None if self.document is None or self.only_whole else values_of(self.document.front_matter)


class Editing:
    """The files of a portal's articles, for editing."""

    def __init__(self, root: Path, config: Config) -> None:
        self._root = root.resolve()
        self._config = config
        self._history = History(root)

    def opened(self, path: str) -> Opened:
        """An article's file. Raises NoSuchFileError, OSError."""
        return self._opened(path, self._file(path).read_bytes())

    def _file(self, path: str) -> Path:
        content = self._root / CONTENT_FOLDER
        file = self._root / path
        if "\0" in path or not path.endswith(".md") or content not in file.resolve().parents or not file.is_file():
            raise NoSuchFileError(path)
        return file

    def _opened(self, path: str, data: bytes) -> Opened:
        digest = hashlib.sha256(data).hexdigest()
        try:
            text = decode_utf8(data).replace("\r\n", "\n")
        except NotUtf8Error as error:
            raise NoSuchFileError(f"{path} is not UTF-8") from error
        report = Report()
        document = read_document(in_nfc(text), path, Report())
        report.take_over(read_article(self._root, path, self._config).report)
        reason = None if document is not None else "its front matter has a mistake"
        if document is not None:
            try:
                edited(text, {})
            except NotEditableError as error:
                reason = str(error)
        return Opened(path, digest, text, document, reason, tuple(report))

    def save(self, path: str, digest: str, values: Mapping[str, Any], body: str) -> Opened:
        """Write what was filled in, and the text below it, into a file that was opened as `digest`.

        Raises ConflictError, WrongValuesError, NotEditableError, NoSuchFileError, OSError.
        """
        now = self._unchanged(path, digest)
        if now.document is None:
            raise NotEditableError("its front matter has a mistake")
        changes, wrong = changes_of(now.document.front_matter, values)
        if wrong:
            raise WrongValuesError(wrong)
        text = self._file(path).read_bytes().decode("utf-8")
        own = None if body.strip("\n") == now.document.body else body
        return self._write(path, digest, edited(text, changes, own).encode())

    def save_whole(self, path: str, digest: str, text: str) -> Opened:
        """Write a whole file. Raises ConflictError, NoSuchFileError, OSError."""
        self._unchanged(path, digest)
        ends = b"\r\n" if b"\r\n" in self._file(path).read_bytes() else b"\n"
        return self._write(path, digest, text.replace("\r\n", "\n").encode().replace(b"\n", ends))

    def history(self, path: str) -> tuple[OlderText, ...]:
        """What the file was before. Raises NoSuchFileError."""
        self._file(path)
        return tuple(self._history.of(path))

    def older(self, path: str, number: int) -> str | None:
        """An older text of a file; None if there is none of this number."""
        data = self._history.text(path, number)
        return None if data is None else data.decode("utf-8", "replace")

    def bring_back(self, path: str, digest: str, number: int | None = None) -> Opened:
        """Write an older text of a file, the last one if no number is given; what it replaces becomes an older text.

        Raises ConflictError, NoSuchFileError (also if there is no such text), OSError.
        """
        self._unchanged(path, digest)
        if number is None:
            number = next((it.number for it in self._history.of(path)), 0)
        data = self._history.text(path, number)
        if data is None:
            raise NoSuchFileError(f"{path} has no older text {number}")
        return self._write(path, digest, data)

    def _unchanged(self, path: str, digest: str) -> Opened:
        now = self.opened(path)
        if now.digest != digest:
            raise ConflictError(now)
        return now

    def _write(self, path: str, digest: str, data: bytes) -> Opened:
        """Replace a file, looking once more at the last moment whether it is still the one that was opened."""
        file = self._file(path)
        before = file.read_bytes()
        if data == before:
            return self._opened(path, before)
        self._history.keep(path, before)
        last = file.read_bytes()
        if hashlib.sha256(last).hexdigest() != digest:
            raise ConflictError(self._opened(path, last))
        write_file(file, data)
        return self._opened(path, data)
