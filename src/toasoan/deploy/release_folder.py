"""Where things lie in a folder with releases, on this machine or on another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toasoan.deploy.release import Release, is_release_id

CURRENT = "current"
"""A symbolic link to the release that readers see: the root of a web server."""

RELEASES = "releases"
NEXT = f"{RELEASES}/.next"
"""The release in the making."""

SPARE = ".spare-"
"""How the folder of a release begins that nobody wants any more: the next one is made of it, for the two share nearly
all of their files, and to remove and to link tens of thousands would take longer than all else."""

JOURNAL = f"{RELEASES}/.journal"
LOCK = f"{RELEASES}/.lock"
LIST = ".files.gz"
"""How the list of a release's files ends, which lies beside the release."""


@dataclass(frozen=True, slots=True)
class Makeover:
    """What makes one release's folder another's."""

    removed: tuple[str, ...]
    linked: tuple[str, ...]
    """Files to be linked from the other one."""


def makeover(spare: Release, base: Release) -> Makeover:
    """What to do with the folder of a release so that it has the files of another one."""
    return Makeover(
        tuple(sorted(spare.files.keys() - base.files.keys())),
        tuple(sorted(path for path, file in base.files.items() if not file.is_like(spare.files.get(path)))),
    )


def spare_in(names: Iterable[str]) -> str | None:
    """The id of a release that nobody wants any more, among the names of what lies beside the releases."""
    found = sorted(name.removeprefix(SPARE) for name in names if name.startswith(SPARE))
    return found[0] if found and is_release_id(found[0]) else None
