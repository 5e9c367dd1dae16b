"""The bytes that a host gets for a file: as they were built, or compressed. What was compressed once is kept.

Levels were chosen by measurement; docs/explanation/performance.md has the figures.
"""

from __future__ import annotations

import gzip
import hashlib
import posixpath
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import time
from typing import Any

from toasoan.deploy.release import ReleaseFile
from toasoan.files import delete_file, write_file
from toasoan.portal_folders import STATE_FOLDER

STORE = f"{STATE_FOLDER}/compressed"
"""What was compressed before, by digest."""

LEVELS = {"gzip": 9, "br": 8}
LEVELS_FOR_LONG = {"gzip": 9, "br": 11}
"""Of the theme's files, which every reader loads and which hardly ever change."""

ENDINGS = {"gzip": ".gz", "br": ".br"}
"""How servers look for a compressed file beside the other one."""

WORTH = 1024
"""Bytes from which on compressing pays: less fits into one packet in any case."""

COMPRESSIBLE = frozenset(
    [".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".webmanifest", ".opml", ".ico", ".mjs", ".map"]
)
"""Endings of files that are not compressed by their own format."""

BETWEEN_LOOKS = 86400
KEPT_FOR = 30 * 86400
"""Seconds for which a compressed file is kept after it was last asked for."""


class ChangedMeanwhileError(Exception):
    """A file is not as its build left it; the message names it."""


def pays(path: str, size: int) -> bool:
    """Whether to compress a file."""
    return size >= WORTH and posixpath.splitext(path)[1] in COMPRESSIBLE


def encoded_digest(path: str, sha256: str, encoding: str | None) -> str:
    """What a file is, once it is encoded: by the same library another level makes another file."""
    if encoding is None:
        return sha256
    levels = LEVELS_FOR_LONG if path.startswith("assets/") else LEVELS
    return f"{sha256}.{encoding}{levels[encoding]}"


def encoding_of(digest: str) -> str | None:
    """How the file of a digest is encoded."""
    return digest.partition(".")[2].rstrip("0123456789") or None


class Bodies:
    """Gives the bytes of a release's files as files of this machine: from an output folder or the store."""

    def __init__(self, folder: Path, root: Path, own: Mapping[str, bytes] | None = None) -> None:
        self._folder = folder
        self._store = root / STORE
        self._own = dict(own or {})
        """Files that the deploy itself makes, by path."""

    def source(self, path: str, file: ReleaseFile) -> Path:
        """The file that was built, of which a file of the release is made."""
        encoding = encoding_of(file.digest)
        built = self._folder / path
        if encoding is not None and not built.is_file():  # it lies beside the other one, not in its place
            built = self._folder / path.removesuffix(ENDINGS[encoding])
        return built

    def prepare(self, files: Iterable[tuple[str, ReleaseFile]], jobs: int) -> None:
        """Compress what is not in the store yet, several files at a time. Raises ChangedMeanwhileError, OSError.

        In threads, which the libraries let run side by side: a process with connections is not to be forked.
        """
        missing = {
            file.digest: (self.source(path, file), file.digest)
            for path, file in files
            if encoding_of(file.digest) and not self._stored(file.digest).is_file()
        }
        with ThreadPoolExecutor(jobs) as pool:
            for fault in pool.map(partial(_compress, self._store), missing.values()):
                if fault is not None:
                    pool.shutdown(cancel_futures=True)
                    raise ChangedMeanwhileError(fault)

    def body(self, path: str, file: ReleaseFile) -> Path:
        """The file with the bytes to send. Raises ChangedMeanwhileError if it is not as it was built."""
        if encoding_of(file.digest):
            if not self._stored(file.digest).is_file() and (fault := _compress(self._store, self._pair(path, file))):
                raise ChangedMeanwhileError(fault)
            return self._stored(file.digest)
        if path in self._own:
            stored = self._stored(hashlib.sha256(self._own[path]).hexdigest())
            write_file(stored, self._own[path])
            return stored
        built = self._folder / path
        if _sha256(built) != file.digest:
            raise ChangedMeanwhileError(f"{path} is not as it was built")
        return built

    def _pair(self, path: str, file: ReleaseFile) -> tuple[Path, str]:
        return self.source(path, file), file.digest

    def _stored(self, digest: str) -> Path:
        return _stored(self._store, digest)

    def forget_old(self, now: float | None = None) -> None:
        """Remove from the store what nobody has asked for in a while. It looks once a day."""
        now = time() if now is None else now
        looked, limit = self._store / "looked", now - KEPT_FOR
        if not self._store.is_dir() or (looked.is_file() and now - looked.stat().st_mtime < BETWEEN_LOOKS):
            return
        write_file(looked, b"")
        for file in self._store.glob("*/*"):
            if file.stat().st_atime < limit and file.stat().st_mtime < limit:
                delete_file(file)


def _stored(store: Path, digest: str) -> Path:
    sha256, _, encoding = digest.partition(".")
    return store / sha256[:2] / f"{encoding or 'own'}-{sha256}"


def _compress(store: Path, what: tuple[Path, str]) -> str | None:
    """Put the compressed form of a built file into the store; gives what is wrong with the file."""
    built, digest = what
    data = built.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest.partition(".")[0]:
        return f"{built} is not as it was built"
    encoding = encoding_of(digest) or ""
    level = int(digest.partition(".")[2].removeprefix(encoding))
    write_file(_stored(store, digest), compressed(data, encoding, level))
    return None


def compressed(data: bytes, encoding: str, level: int) -> bytes:
    """Bytes in a content coding of HTTP (RFC 9110, 8.4.1); the same bytes for the same data."""
    if encoding == "gzip":
        return gzip.compress(data, level, mtime=0)
    import brotli

    return bytes(brotli.compress(data, quality=level, mode=brotli.MODE_TEXT))


def decompressed(data: bytes, coding: str) -> bytes:
    """What bytes in a content coding of HTTP are. Raises ValueError for broken ones and unknown codings."""
    if coding in ("", "identity"):
        return data
    try:
        if coding == "gzip":
            return gzip.decompress(data)
        if coding == "br":
            import brotli

            return _decompressed_by(brotli, data)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from None
    raise ValueError(f"an unknown coding, {coding!r}")


def _decompressed_by(brotli: Any, data: bytes) -> bytes:
    try:
        return bytes(brotli.decompress(data))
    except brotli.error as error:
        raise ValueError(str(error)) from None


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
