"""The same work on many things, in several processes.

Workers are forks of this process: they inherit whatever the work refers to, so nothing but results has to travel.
Where a system can't fork, or for few things, the work is done right here, with the same results.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 100
"""Things that a worker takes at once: a task of its own for each costs more than the work."""

_inherited: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""The work and the things of the pool that is being started; forks get a copy of it."""


def in_parallel(work: Callable[[T], R], things: Sequence[T], jobs: int) -> Iterator[R]:
    """The result of `work` for each thing, in their order. `work` must not change anything but its result.

    Raises what `work` raises. Do not fork (`jobs` above 1) while threads of this process hold locks.
    """
    if jobs < 2 or len(things) < 2 * CHUNK or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, things)
        return
    global _inherited
    _inherited = (work, things)
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
            for results in pool.map(_work_on_chunk, range(0, len(things), CHUNK)):
                yield from results
    finally:
        _inherited = None


def _work_on_chunk(start: int) -> list[Any]:
    if _inherited is None:
        raise RuntimeError("this worker was not started by in_parallel")
    work, things = _inherited
    return [work(thing) for thing in things[start : start + CHUNK]]
