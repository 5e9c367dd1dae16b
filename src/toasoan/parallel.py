"""The same work on many things, in several processes.

Workers are forks of this process: they inherit whatever the work refers to, so nothing but results has to travel.
Where a system can't fork, or for few things, the work is done right here, with the same results.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 50
"""Things that a worker takes at once: to send for each of them costs more than the work."""

LEAST = 150
"""Things for which it pays to start workers."""

AHEAD = 3
"""Chunks for each worker that are begun before their turn comes, so that results do not pile up."""


def in_parallel(
    work: Callable[[T], R], things: Sequence[T], jobs: int, chunk: int = CHUNK, least: int = LEAST
) -> Iterator[R]:
    """The result of `work` for each thing, in their order. `work` must not change anything but its result.

    A worker that is killed costs time and no result: its things are done again, so doing one twice must do no harm.
    Raises what `work` raises. Do not fork (`jobs` above 1) while threads of this process hold locks.
    """
    if not _pays(things, jobs, least):
        yield from map(work, things)
        return
    from toasoan.worker_pool import WorkerPool  # small builds need none of it

    starts = range(0, len(things), chunk)
    early: dict[int, list[R]] = {}
    turn = iter(starts)
    awaited = next(turn)
    for start, results in WorkerPool(work, things, chunk, [deque(starts)] * jobs, AHEAD * jobs * chunk).results():
        early[start] = results
        while awaited in early:
            yield from early.pop(awaited)
            awaited = next(turn, -1)


def in_stretches(
    work: Callable[[T], R], things: Sequence[T], jobs: int, chunk: int = CHUNK, least: int = LEAST
) -> Iterator[R]:
    """As `in_parallel`, but in any order: each worker keeps to a stretch of the things, while it has one.

    So what stands beside each other is mostly done by one worker, which has at hand what it looked up before. A
    worker that is done with its stretch helps another one, from the end.
    """
    if not _pays(things, jobs, least):
        yield from map(work, things)
        return
    from toasoan.worker_pool import WorkerPool

    starts = range(0, len(things), chunk)
    bounds = [len(starts) * place // jobs for place in range(jobs + 1)]
    stretches = [deque(starts[low:high]) for low, high in pairwise(bounds)]
    for _, results in WorkerPool(work, things, chunk, stretches, len(things)).results():
        yield from results


def _pays(things: Sequence[object], jobs: int, least: int) -> bool:
    return jobs > 1 and len(things) >= least and hasattr(os, "fork")


def meanwhile(work: Callable[[], list[str]]) -> Callable[[], list[str] | None]:
    """Begin work in a fork of this process; its result when that is asked for.

    None if the work failed, or where a system can't fork: then it is to be done in another way. `work` must not
    change anything. Call this before the process has threads, and ask once.
    """
    if not hasattr(os, "fork"):
        return lambda: None
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            os.close(reader)
            data = memoryview(json.dumps(work()).encode())
            while data:
                data = data[os.write(writer, data) :]
            code = 0
        finally:
            os._exit(code)  # nobody else is to see what happened here
    os.close(writer)

    def result() -> list[str] | None:
        with os.fdopen(reader, "rb") as told:
            data = told.read()
        _, status = os.waitpid(process, 0)
        return None if status else json.loads(data)

    return result
