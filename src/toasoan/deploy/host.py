"""What a deploy asks of a host, whatever its kind: a few acts, and the errors that they may end in.

A host keeps releases. Of the one that is being made it keeps a journal, so that the next deploy can go on where this
one was cut short: before anything is touched, what may be touched is written there; what is done, when it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from toasoan.deploy.release import Release, ReleaseFile


class HostError(Exception):
    """A host refuses, or can't be reached. The message has no secret in it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class HostBusyError(HostError):
    """Another deploy is at work there."""

    def __init__(self, by: str) -> None:
        super().__init__(f"another deploy is under way: {by}", "wait for it, or let this one wait with --wait 600")
        self.by = by
        """Who it is, as that deploy said."""


class LockLostError(HostError):
    """Somebody else has taken over the host: whatever is done from now on would be done twice."""


@dataclass(frozen=True, slots=True)
class Put:
    """A file to be put in its place."""

    path: str
    file: ReleaseFile
    replaces: ReleaseFile | None
    """What lies there now; None for nothing, or nothing that could be relied upon."""

    origin: str | None = None
    """The release of the host that has it already; None for a file that comes from here."""


Bodies = Callable[[Put], Path]
"""Gives a file of this machine with the bytes to send, encoded and checked."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a deploy is about to do, as the journal has it."""

    release: str
    """The id of the release that it makes."""

    base: str | None
    """The id of the one that it begins from."""

    by: str
    """Who does it."""

    touched: Mapping[str, ReleaseFile | None]
    """Every path that may be touched, with what it will be; None for a file that goes."""

    done: Mapping[str, ReleaseFile] = field(default_factory=dict)
    """What is known to have been put in its place already."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a host was found."""

    current: str | None
    """The id of the release that readers see; None before the first deploy."""

    releases: tuple[str, ...] = ()
    """The ids of all releases that could be gone back to, the current one among them, the newest first."""

    unfinished: Work | None = None
    """A deploy that was cut short and can be gone on with."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a host takes; 0 for no limit."""

    name: str = "this host"
    files: int = 0
    bytes: int = 0
    largest: int = 0
    """Bytes of one file."""


class Host(Protocol):
    """A place on which portals are put. Every act may raise HostError, and wants the lock to be held."""

    name: str
    """What it is, for people: "the folder /srv/www/portal"."""

    in_place: bool
    """Whether readers see each file as soon as it is put; else they see all of them at once, at the switch."""

    encodings: tuple[str, ...]
    """How compressed files lie beside each text: "gzip", "br"; nothing for hosts that compress by themselves."""

    encoding: str | None
    """How texts themselves are encoded, for hosts that send what they have to everybody; None for not at all."""

    limits: Limits
    warnings: list[str]
    """What whoever deploys should be told of this host, found out on the way."""

    def headers(self, path: str) -> Mapping[str, str]:
        """The headers that the host keeps with a file."""

    def locked(self, who: str) -> AbstractContextManager[None]:
        """Connect, and keep others from deploying there meanwhile. Raises HostBusyError."""

    def standing(self) -> Standing:
        """How the host was left by earlier deploys."""

    def read_release(self, release_id: str) -> Release:
        """A release that is kept there."""

    def begin(self, work: Work) -> None:
        """Note in the journal what may be touched from now on; an unfinished deploy goes over into this one."""

    def put(self, batch: Sequence[Put], bodies: Bodies) -> None:
        """Put files in their places, each whole or not at all, and note in the journal that this is done."""

    def switch(self, release: Release) -> None:
        """Make a release the one that readers see. Raises LockLostError if somebody else did in the meantime."""

    def after_switch(self) -> None:
        """Do what the host needs once readers see a release, such as reloading a server's rules."""

    def remove(self, paths: Sequence[str]) -> None:
        """Take away files: from the release in the making, or, in place, from what readers see."""

    def finish(self, kept: Sequence[str]) -> None:
        """Close the journal and forget all releases but those that are kept."""

    def changed(self, paths: Sequence[str]) -> None:
        """Have caches that belong to the host forget the pages at these paths."""
