"""The renditions of photographs on their way into the output folder: a step of its own, with a store of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from toasoan.diagnostics import Location, Report
from toasoan.model.photo_file import UnreadablePhotoError
from toasoan.parallel import in_parallel
from toasoan.photos.bundle import forget_unused, read_bundle, write_bundle
from toasoan.portal_folders import MEDIA_FOLDER, PHOTO_STORE
from toasoan.production import MadeFile, made_file
from toasoan.publish import Staging
from toasoan.source_files import content_digest
from toasoan.state import State


@dataclass(frozen=True, slots=True)
class WantedPhoto:
    """A photograph of which pages want the renditions."""

    stem: str
    """Path of the renditions in the output folder up to their width."""

    src: str
    digest: str
    """That of the file which pages describe: another one has come in its place if it differs."""

    credit: str | None
    """What is written into the renditions where the file names nobody."""


@dataclass(slots=True)
class MadePhoto:
    """What became of a photograph."""

    stem: str
    files: list[MadeFile] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def made_photos(
    wanted: Sequence[WantedPhoto], root: Path, state: State, staging: Staging, jobs: int
) -> Iterator[MadePhoto]:
    """The renditions of photographs, each waiting for publication; what was made before is taken from the store."""
    return in_parallel(lambda photo: _made(photo, root, state, staging), wanted, jobs, chunk=1, least=2)


def forget_unused_photos(root: Path, stems: Sequence[str]) -> None:
    """Remove from the store what no page of the portal has shown for long."""
    forget_unused(root / PHOTO_STORE, {_bundle_name(stem) for stem in stems})


def _made(photo: WantedPhoto, root: Path, state: State, staging: Staging) -> MadePhoto:
    made = MadePhoto(photo.stem)
    renditions = _stored(photo, root) or _encoded(photo, root, made.report)
    folder = PurePosixPath(photo.stem).parent
    made.files = [made_file(state, staging, str(folder / name), data) for name, data in renditions]
    return made


def _stored(photo: WantedPhoto, root: Path) -> list[tuple[str, bytes]] | None:
    found = read_bundle(root / PHOTO_STORE / _bundle_name(photo.stem))
    return list(found.items()) if found else None


def _encoded(photo: WantedPhoto, root: Path, report: Report) -> list[tuple[str, bytes]]:
    from toasoan.photos.encoding import encoded  # most builds encode nothing, and there is much to load

    path = f"{MEDIA_FOLDER}/{photo.src}"
    try:
        data = (root / path).read_bytes()
        if content_digest(data).hex() != photo.digest:
            raise UnreadablePhotoError("it was changed while the portal was being built")
        name = PurePosixPath(photo.stem).name
        made = {one.name(name): file for one, file in encoded(data, photo.credit)}
    except (OSError, UnreadablePhotoError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        report.error(
            "broken-photo", f"the photo can't be shown: {reason}", Location(path), "build again, or replace it"
        )
        return []
    write_bundle(root / PHOTO_STORE / _bundle_name(photo.stem), made)
    return list(made.items())


def _bundle_name(stem: str) -> str:
    """The last part of a stem ends with a key of its own; the start of a long name is left out."""
    return PurePosixPath(stem).name.encode()[-100:].decode(errors="ignore") + ".zip"
