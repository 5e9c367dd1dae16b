"""What a deploy will do, made of what a host has and what it shall have: nothing is touched to find that out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from toasoan.deploy.host import Host, Limits, Put, Work
from toasoan.deploy.release import Release, ReleaseFile


class Step(IntEnum):
    """The order in which files come, so that whatever a reader sees leads only to what is there already."""

    ASSETS = 1
    """What pages load: nobody asks for it before a page does."""

    NEW = 2
    """Pages and feeds at addresses that had none: nobody is led to them yet."""

    CHANGED = 3
    """Pages that were there before; they may lead to the new ones."""

    LISTS = 4
    """Home pages, lists, and the directories of search."""

    FEEDS = 5
    """Feeds, sitemaps, and rules for servers: they call programs to come."""

    @property
    def words(self) -> str:
        """The step's name for people."""
        return _WORDS[self]


UNKNOWN = ""
"""Stands for the digest of a file that a deploy was about to replace when it was cut short: it is the old or the
new."""

_WORDS = {
    Step.ASSETS: "files that pages load",
    Step.NEW: "new pages",
    Step.CHANGED: "changed pages",
    Step.LISTS: "lists",
    Step.FEEDS: "feeds, sitemaps, rules",
}


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file of the portal."""

    file: ReleaseFile
    step: Step
    """When its turn comes where it replaces another one."""

    origin: str | None = None
    """The release of the host that has it already; None for a file that comes from here."""


Wanted = Mapping[str, WantedFile]
"""The files of the portal, by path."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a deploy will do."""

    release: Release
    """The host as it will be."""

    base: str | None
    in_the_way: tuple[str, ...]
    """Files that have to go before others can come: a folder is to be where one lies."""

    puts: Mapping[Step, tuple[Put, ...]]
    leaving: tuple[str, ...]
    """Files that leave the portal with this deploy, and stay for readers of earlier pages."""

    removals: tuple[str, ...]
    """Files that go at the end."""

    unchanged: int

    @property
    def all_puts(self) -> tuple[Put, ...]:
        """All files that are put, in their order."""
        return tuple(put for step in sorted(self.puts) for put in self.puts[step])

    def work(self, by: str) -> Work:
        """What the journal is to say before anything is touched."""
        touched: dict[str, ReleaseFile | None] = dict.fromkeys((*self.in_the_way, *self.removals))
        touched |= {put.path: put.file for put in self.all_puts}
        return Work(self.release.id, self.base, by, touched)

    def share_leaving(self) -> float:
        """How many of the files that are in the portal leave it, from 0 to 1."""
        present = self.unchanged + len(self.leaving) + sum(put.replaces is not None for put in self.all_puts)
        return len(self.leaving) / present if present else 0.0


@dataclass(frozen=True, slots=True)
class Manner:
    """How files that are no longer wanted are dealt with."""

    now: int
    """This moment, in seconds since 1970."""

    grace: int
    """Seconds that they stay."""

    at_once: Collection[str] = ()
    """Beginnings of paths for which there is no grace."""


def plan(
    release_id: str,
    current: Release | None,
    unfinished: Work | None,
    wanted: Wanted,
    manner: Manner,
    host: Host,
    returns_to: str | None = None,
) -> Plan:
    """Compare what a host has with what it shall have.

    Of an unfinished deploy only what its journal calls done is relied upon; whatever else it may have touched is put
    again.
    """
    there: dict[str, ReleaseFile | None] = dict(current.files) if current else {}
    if unfinished is not None:
        there |= dict.fromkeys(unfinished.touched)
        there |= unfinished.done
    puts: dict[Step, list[Put]] = {step: [] for step in Step}
    for path, it in wanted.items():
        old = there.get(path)
        if it.file.is_like(old):
            continue
        is_new = (current is None or path not in current.files) and it.step is not Step.ASSETS
        puts[Step.NEW if is_new else it.step].append(Put(path, it.file, old, it.origin))
    kept, leaving, removals = _no_longer_wanted(current, unfinished if host.in_place else None, there, wanted, manner)
    in_the_way = frozenset(() if host.in_place else _in_the_way((*kept, *removals), wanted))
    files = {path: it.file for path, it in wanted.items()}
    files |= {path: file for path, file in kept.items() if path not in in_the_way}
    put = {step: tuple(sorted(of_step, key=lambda it: it.path)) for step, of_step in puts.items()}
    return Plan(
        Release(release_id, files, returns_to),
        current.id if current else None,
        tuple(sorted(in_the_way)),
        put,
        tuple(sorted(leaving)),
        tuple(sorted(path for path in removals if path not in in_the_way)),
        len(wanted) - sum(map(len, put.values())),
    )


def _no_longer_wanted(
    current: Release | None,
    seen: Work | None,
    there: Mapping[str, ReleaseFile | None],
    wanted: Wanted,
    manner: Manner,
) -> tuple[dict[str, ReleaseFile], list[str], list[str]]:
    """Files that stay for a while, those of them that leave the portal just now, and those that go.

    `seen` is a deploy that was cut short but of which readers may have seen something.
    """
    kept: dict[str, ReleaseFile] = {}
    leaving, removals = [], []
    for path in there.keys() - wanted.keys():
        file = current.files.get(path) if current else None
        if file is not None and file.gone is None:
            leaving.append(path)
        if file is None and seen is not None:
            file = seen.touched.get(path)
        if file is None or _is_of_age(path, file, manner):
            removals.append(path)
            continue
        gone = manner.now if file.gone is None else file.gone
        is_known = there[path] is not None
        kept[path] = replace(file, gone=gone, digest=file.digest if is_known else UNKNOWN)
    return kept, leaving, removals


def _is_of_age(path: str, file: ReleaseFile, manner: Manner) -> bool:
    if path.startswith(tuple(manner.at_once)):
        return True
    since = manner.now if file.gone is None else file.gone
    return max(manner.now - since, 0) >= manner.grace  # the moment of a switch that was just now may lie ahead


def _in_the_way(kept: Collection[str], wanted: Wanted) -> Iterator[str]:
    """Files that stay for a while, but in whose place a folder is wanted, or the other way round."""
    if not kept:
        return
    folders = _folders(wanted)
    for path in kept:
        if path in folders or any(folder in wanted for folder in _folders([path])):
            yield path


def _folders(paths: Iterable[str]) -> frozenset[str]:
    """All folders above files."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)


def broken_limits(release: Release, limits: Limits) -> Iterator[str]:
    """What of a release a host does not take, in words that name the limit."""
    name, files, size = limits.name, len(release.files), sum(file.size for file in release.files.values())
    if limits.files and files > limits.files:
        yield f"{name} takes {limits.files:,} files, and there would be {files:,}"
    if limits.bytes and size > limits.bytes:
        yield f"{name} takes {limits.bytes / 1e6:,.0f} MB, and there would be {size / 1e6:,.1f} MB"
    for path, file in sorted(release.files.items()) if limits.largest else ():
        if file.size > limits.largest:
            yield f"{name} takes files of {limits.largest / 1e6:,.0f} MB, and {path} has {file.size / 1e6:,.1f} MB"
