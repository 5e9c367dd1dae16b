"""A release: all files that a host shall have, each with what it is.

Besides the files of the portal itself a release has those that have left it lately: whoever loaded a page before may
still ask for what that page leads to. Each carries the moment since when it is gone, and goes itself when it is of
age.
"""

from __future__ import annotations

import gzip
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LEVEL = 2
"""Of compression: digests hardly get smaller."""

_FORMAT = 1
"""Of a release's list; a program that finds a later one leaves it alone."""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release."""

    digest: str
    """What it is: the SHA-256 of the file that was built, and behind a dot how that is encoded, "br9" or "gzip9"."""

    size: int
    """Bytes of the file that was built."""

    headers: str = ""
    """A digest of the headers that the host keeps with it; empty for hosts that keep none."""

    gone: int | None = None
    """Since when it is no longer in the portal, in seconds since 1970; None for a file of the portal."""

    def is_like(self, other: ReleaseFile | None) -> bool:
        """Whether a host need not touch a file to make it another."""
        return other is not None and (self.digest, self.headers) == (other.digest, other.headers)


@dataclass(frozen=True)
class Release:
    """All files of a host at one time, by path."""

    id: str
    files: Mapping[str, ReleaseFile]
    returns_to: str | None = None
    """The earlier release whose files these are, where somebody went back."""

    @property
    def present(self) -> Mapping[str, ReleaseFile]:
        """The files of the portal, without those that only stay for a while."""
        return {path: file for path, file in self.files.items() if file.gone is None}

    @cached_property
    def as_bytes(self) -> bytes:
        """A release as it is kept: compressed lines of JSON, the same bytes for the same files."""
        head = {"format": _FORMAT, "release": self.id, "returns_to": self.returns_to, "files": len(self.files)}
        lines = [_json(head)]
        lines += (_json([path, it.digest, it.size, it.headers, it.gone]) for path, it in sorted(self.files.items()))
        return gzip.compress("\n".join(lines).encode("utf-8", "surrogatepass"), _LEVEL, mtime=0)


class NoReleaseError(ValueError):
    """What should be a release's list is none; the message says why."""


def new_release_id(now: datetime, latest: str | None) -> str:
    """An id that sorts behind all earlier ones, even where clocks disagree."""
    if latest is not None and made_at(latest) >= now.replace(microsecond=0):
        now = made_at(latest) + timedelta(seconds=1)
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def is_release_id(text: str) -> bool:
    """Whether a text is the id of a release: what hosts list may be anything."""
    return _ID.fullmatch(text) is not None


def made_at(release_id: str) -> datetime:
    """When a release was made, by its id."""
    return datetime.strptime(release_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def read(data: bytes) -> Release:
    """A release from its bytes. Raises NoReleaseError for anything else, also for the half of one."""
    try:
        lines = gzip.decompress(data).decode("utf-8", "surrogatepass").split("\n")
        head = json.loads(lines[0])
        if head["format"] != _FORMAT:
            raise NoReleaseError("it was written by a later version of this program")
        files = {path: ReleaseFile(*rest) for path, *rest in map(json.loads, lines[1:])}
        if len(files) != head["files"] or not is_release_id(head["release"]):
            raise NoReleaseError("it is not whole")
        return Release(head["release"], files, head["returns_to"])
    except NoReleaseError:
        raise
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
        raise NoReleaseError(f"it can't be read: {error}") from None
