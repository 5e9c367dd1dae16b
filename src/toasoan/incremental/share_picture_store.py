"""Share images that were drawn once, kept beside the state for all output folders of a portal.

It is a cache: without it, or where it is damaged, pictures are drawn again. The name of a picture is made of all that
it shows, so one that is there is right, if it is whole.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from pathlib import Path

from toasoan.files import delete_file, write_file

SEAL = 32
"""Bytes of the SHA-256 that stands behind a picture."""

SPARE = 2
"""The store is cleared out when it has so many times the pictures that are wanted."""

FEW = 1_000
"""Pictures that no portal need care about."""


class SharePictureStore:
    """Pictures by name, in a folder below that of the state."""

    def __init__(self, state_folder: Path) -> None:
        self._folder = state_folder / "share"

    def get(self, name: str) -> bytes | None:
        """A picture; None if it is not there, or not as it was put there."""
        try:
            kept = self._file(name).read_bytes()
        except OSError:
            return None
        data, seal = kept[:-SEAL], kept[-SEAL:]
        return data if hashlib.sha256(data).digest() == seal else None

    def put(self, name: str, data: bytes) -> None:
        """Keep a picture. Several processes may do so at once."""
        write_file(self._file(name), data + hashlib.sha256(data).digest())

    def clear_out(self, wanted: Collection[str]) -> None:
        """Drop pictures that are not wanted, once there are too many of them."""
        try:
            names = {name.removesuffix(".jpg") for name in os.listdir(self._folder)}  # noqa: PTH208  # names alone
        except OSError:
            return
        if len(names) > SPARE * len(wanted) + FEW:
            for name in names - set(wanted):
                delete_file(self._file(name))

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.jpg"
