"""The order of a deploy, readable in one place: lock, look, plan, put, switch, look again, tell, then remove.

Whatever fails before the switch leaves readers with the release that they had, or, on hosts where each file is seen
as soon as it is put, with pages that lead only to what is there; the journal lets the next deploy go on. What is
found to be wrong after the switch takes the host back to what it had.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from math import ceil
from pathlib import Path
from time import time

from toasoan import routes
from toasoan.build_result import Progress, no_progress
from toasoan.deploy import release as releases
from toasoan.deploy.built_portal import step_of
from toasoan.deploy.delivery import Bodies
from toasoan.deploy.host import Host, Put, Standing, Work
from toasoan.deploy.plan import Manner, Plan, Step, Wanted, WantedFile, broken_limits, plan
from toasoan.deploy.release import NoReleaseError, Release, ReleaseFile, made_at, new_release_id
from toasoan.files import delete_file, write_file

BATCH_FILES = 1000
BATCH_BYTES = 32_000_000
"""After so much the journal is told what is done."""

MARK = routes.file_of(routes.RELEASE)
"""The file that tells which release a host has."""


@dataclass(frozen=True, slots=True)
class Found:
    """A host as it was found, with the list of what it has."""

    standing: Standing
    current: Release | None
    unfinished: Work | None
    """A deploy that was cut short, as far as it matters to what is done next."""


class ReleaseLists:
    """Lists of releases, kept on this machine so that they need not be fetched at every deploy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, release_id: str, host: Host) -> Release:
        """The list of a release of a host. Raises HostError."""
        file = self._folder / f"{release_id}.gz"
        try:
            return releases.read(file.read_bytes())
        except (OSError, NoReleaseError):
            found = host.read_release(release_id)
            write_file(file, found.as_bytes)
            return found

    def keep(self, release: Release, kept: Sequence[str]) -> None:
        """Keep the list of a new release, and of others as many as the host keeps, and of one more."""
        write_file(self._folder / f"{release.id}.gz", release.as_bytes)
        for file in sorted(self._folder.glob("*.gz"), reverse=True)[len(kept) + 1 :]:
            delete_file(file)


def look_at(host: Host, lists: ReleaseLists) -> Found:
    """How a host was left. Raises HostError."""
    standing = host.standing()
    current = lists.read(standing.current, host) if standing.current else None
    work = standing.unfinished
    if work is not None and work.release == standing.current:
        # It was cut short behind its switch: only what it was to take away may still be there.
        gone: dict[str, ReleaseFile | None] = {path: None for path, file in work.touched.items() if file is None}
        work = replace(work, touched=gone, done={})
    return Found(standing, current, work)


def with_mark(wanted: Wanted, release_id: str) -> Wanted:
    """What a host shall have, and the file that tells which release it is."""
    data = mark_of(release_id)
    file = ReleaseFile(hashlib.sha256(data).hexdigest(), len(data))
    return {**wanted, MARK: WantedFile(file, Step.FEEDS)}


def mark_of(release_id: str) -> bytes:
    """What stands in the file that tells which release a host has."""
    return f"{release_id}\n".encode()


def deploy_plan(
    found: Found, wanted: Wanted, manner: Manner, host: Host, now: datetime, returns_to: str | None = None
) -> Plan:
    """What is to be done so that a host has what is wanted."""
    id_ = new_release_id(now, found.standing.current)
    return plan(id_, found.current, found.unfinished, with_mark(wanted, id_), manner, host, returns_to)


def is_needless(plan_: Plan, found: Found) -> bool:
    """Whether a host has everything already, so that nothing but a new mark would be put there."""
    only_mark = all(put.path == MARK for put in plan_.all_puts)
    nothing_else = not (plan_.leaving or plan_.removals or plan_.in_the_way)
    return found.current is not None and found.unfinished is None and only_mark and nothing_else


def return_plan(
    found: Found, release_id: str, lists: ReleaseLists, manner: Manner, host: Host, now: datetime
) -> Plan:
    """What is to be done so that a host has again the files of an earlier release. Raises HostError."""
    earlier = lists.read(release_id, host)
    files = {
        path: WantedFile(file, step_of(path.removesuffix(".br").removesuffix(".gz"), ""), release_id)
        for path, file in earlier.present.items()
        if path != MARK
    }
    return deploy_plan(found, files, manner, host, now, earlier.returns_to or release_id)


def carry_out(
    plan_: Plan,
    found: Found,
    host: Host,
    bodies: Bodies,
    lists: ReleaseLists,
    who: str,
    progress: Progress = no_progress,
) -> Plan:
    """Do what a plan says, up to the switch; gives the plan with the release as the host has it now.

    Raises HostError, ChangedMeanwhileError, OSError.
    """
    host.begin(_joined(plan_.work(who), found.unfinished), lambda release_id: lists.read(release_id, host))
    if not host.in_place:
        host.remove((*plan_.in_the_way, *plan_.removals))
    total, done = len(plan_.all_puts), 0
    # Where readers see all of it at once, steps need not wait for each other.
    for puts in plan_.puts.values() if host.in_place else [plan_.all_puts]:
        for batch in _batches(puts):
            host.put(batch, lambda put: bodies.body(put.path, put.file))
            done += len(batch)
            progress("putting files in their places", done, total)
    carried = replace(plan_, release=gone_from_now_on(plan_))
    host.switch(carried.release)
    return carried


def gone_from_now_on(plan_: Plan) -> Release:
    """The release of a plan, in which the time of what leaves the portal begins with the switch, not with the plan.

    Until the switch is over readers may get pages that lead there.
    """
    gone = ceil(time()) + 1
    files = dict(plan_.release.files)
    for path in plan_.leaving:
        if path in files:
            files[path] = replace(files[path], gone=gone)
    return replace(plan_.release, files=files)


def close(plan_: Plan, found: Found, host: Host, lists: ReleaseLists, keep: int) -> tuple[str, ...]:
    """Remove what is of age, and releases beyond those that are kept; gives the ids of these."""
    if host.in_place:
        host.remove(plan_.removals)
    kept = (plan_.release.id, *(it for it in found.standing.releases if it != plan_.release.id))[: max(keep, 1)]
    host.finish(kept)
    lists.keep(plan_.release, kept)
    return kept


def before_return(plan_: Plan, found: Found, host: Host) -> Found:
    """A host after a switch that is to be taken back: in place, what was to be removed is still there."""
    before = found.current.files if found.current and host.in_place else {}
    waiting = {path: before[path] for path in plan_.removals if path in before}
    current = Release(plan_.release.id, {**waiting, **plan_.release.files})
    standing = Standing(current.id, (current.id, *found.standing.releases))
    return Found(standing, current, None)


def _joined(work: Work, unfinished: Work | None) -> Work:
    """The journal of a deploy that goes on with another one: what that one touched stays touched."""
    if unfinished is None:
        return work
    done = {path: file for path, file in unfinished.done.items() if path not in work.touched}
    return replace(work, touched={**unfinished.touched, **work.touched}, done=done)


def _batches(puts: Sequence[Put]) -> Iterator[Sequence[Put]]:
    batch: list[Put] = []
    size = 0
    for put in puts:
        batch.append(put)
        size += put.file.size
        if len(batch) == BATCH_FILES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def refusals(plan_: Plan, host: Host) -> tuple[str, ...]:
    """What of a plan the host would not take."""
    return tuple(broken_limits(plan_.release, host.limits))


def changed_paths(plan_: Plan) -> tuple[str, ...]:
    """The files that readers get otherwise than before, which caches should forget."""
    replaced = (put.path for step, puts in plan_.puts.items() if step is not Step.NEW for put in puts)
    return tuple(dict.fromkeys(chain(replaced, plan_.removals)))


def release_line(release_id: str, current: str | None) -> Mapping[str, object]:
    """A release, for a list of them."""
    return {"release": release_id, "made": made_at(release_id).isoformat(), "current": release_id == current}
