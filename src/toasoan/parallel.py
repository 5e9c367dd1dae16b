"""The same work on many things, in several processes.

Workers are forks of this process: they inherit whatever the work refers to, so nothing but results has to travel.
Where a system can't fork, or for few things, the work is done right here, with the same results.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 50
"""Things that a worker takes at once: a task of its own for each costs more than the work."""

LEAST = 150
"""Things for which it pays to start workers."""

AHEAD = 3
"""Chunks for each worker that are begun before their turn comes, so that results do not pile up."""

LIVES = 3
"""How often workers are started anew after one was killed; from then on the work is done right here."""

_inherited: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""The work and the things of the pool that is being started; forks get a copy of it."""


def in_parallel(
    work: Callable[[T], R], things: Sequence[T], jobs: int, chunk: int = CHUNK, least: int = LEAST
) -> Iterator[R]:
    """The result of `work` for each thing, in their order. `work` must not change anything but its result.

    A worker that is killed costs time and no result: its things are done again, so doing one twice must do no harm.
    Raises what `work` raises. Do not fork (`jobs` above 1) while threads of this process hold locks.
    """
    if jobs < 2 or len(things) < least or not hasattr(os, "fork"):
        yield from map(work, things)
        return
    from concurrent.futures.process import BrokenProcessPool  # small builds need none of it

    starts = range(0, len(things), chunk)
    done = 0
    for _ in range(LIVES):
        try:
            for results in _in_pool(work, things, jobs, starts[done:], chunk):
                yield from results
                done += 1
            return
        except BrokenProcessPool:
            continue
    yield from map(work, things[done * chunk :])


def _in_pool(
    work: Callable[[T], R], things: Sequence[T], jobs: int, starts: Sequence[int], chunk: int
) -> Iterator[list[R]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    global _inherited
    _inherited = (work, things)
    gc.freeze()  # what is there now is not looked through by workers, so its memory stays shared
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(
            min(jobs, len(starts)), mp_context=context, initializer=_end_with, initargs=(os.getpid(),)
        ) as pool:
            waiting: deque[Future[list[R]]] = deque()
            try:
                for start in starts:
                    waiting.append(pool.submit(_work_on_chunk, start, chunk))
                    if len(waiting) > AHEAD * jobs:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()
    finally:
        _inherited = None
        gc.unfreeze()


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


def _end_with(parent: int) -> None:
    """Have this worker end when its parent is killed, where the system can do that (Linux, prctl(2))."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


_PR_SET_PDEATHSIG = 1


def _work_on_chunk(start: int, chunk: int) -> list[Any]:
    if _inherited is None:
        raise RuntimeError("this worker was not started by in_parallel")
    work, things = _inherited
    gc.disable()  # once for the whole chunk is enough
    try:
        return [work(thing) for thing in things[start : start + chunk]]
    finally:
        gc.enable()
        gc.collect(0)
