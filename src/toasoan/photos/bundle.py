"""The renditions of a photograph, kept in one file, so that no other build has to make them again.

A cache and nothing else: each part of a ZIP has its checksum, and a file with a mistake counts as absent.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path

from toasoan.files import delete_file, write_file

KEPT_UNUSED = 30 * 24 * 3600
"""Seconds for which a bundle stays that the portal does not need any more: somebody may change their mind."""


def read_bundle(file: Path) -> Mapping[str, bytes] | None:
    """The renditions in a bundle by name; None if there is no sound one."""
    try:
        with zipfile.ZipFile(file) as bundle:
            return {name: bundle.read(name) for name in bundle.namelist()}
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
        return None


def write_bundle(file: Path, renditions: Mapping[str, bytes]) -> None:
    """Keep renditions. Raises what the disk raises."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as bundle:
        for name, rendition in renditions.items():
            bundle.writestr(zipfile.ZipInfo(name), rendition)
    write_file(file, data.getvalue())


def forget_unused(folder: Path, used: Collection[str]) -> None:
    """Remove old bundles whose names are not among those `used`."""
    if not folder.is_dir():
        return
    oldest = time.time() - KEPT_UNUSED
    for file in folder.iterdir():
        if file.name not in used and file.is_file() and file.stat().st_mtime < oldest:
            delete_file(file)
