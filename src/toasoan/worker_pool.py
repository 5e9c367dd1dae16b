"""Processes that share the work on many things: forks of this one, chunk after chunk, each replaced if it is killed.

`concurrent.futures` would not let a worker keep to a stretch of the things, and needs two threads beside the caller,
which a fork must not have.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

IN_HAND = 2
"""Chunks that a worker is given: one to work on, and one so that it need not wait for the next."""

LIVES = 3
"""How often workers are started anew after one was killed; from then on the others go on without it."""


@dataclass(slots=True)
class _Worker:
    process: ForkProcess
    connection: Connection
    stretch: deque[int]
    """Where the chunks begin that it is to take first, shared with others or its own."""

    in_hand: list[int] = field(default_factory=list)


class WorkerPool(Generic[T, R]):
    """Some workers, and what is to be done. One thread, so that it can fork at any time."""

    def __init__(
        self, work: Callable[[T], R], things: Sequence[T], chunk: int, stretches: Sequence[deque[int]], ahead: int
    ) -> None:
        """`stretches` has for each worker where the chunks begin that it is to take first; they may be the same one.

        No chunk is begun that lies more than `ahead` things behind the first one that is not done.
        """
        self._work = work
        self._things = things
        self._chunk = chunk
        self._stretches = stretches
        self._ahead = ahead
        self._undone = set(range(0, len(things), chunk))
        self._again: list[int] = []
        """What killed workers had in hand."""

        self._workers: list[_Worker] = []
        self._lives = LIVES

    def results(self) -> Iterator[tuple[int, list[R]]]:
        """Where each chunk begins, and its results, as they come."""
        gc.freeze()  # what is there now is not looked through by workers, so its memory stays shared
        try:
            for stretch in self._stretches:
                self._workers.append(self._started(stretch))
            while self._undone and self._workers:
                for worker in tuple(self._workers):
                    self._give(worker)
                for connection in wait([worker.connection for worker in self._workers]):
                    worker = next(it for it in self._workers if it.connection is connection)
                    message = _received(worker.connection)
                    if message is None:
                        self._replace(worker)
                        continue
                    start, results, fault = message
                    if fault is not None:
                        raise fault
                    worker.in_hand.remove(start)
                    self._undone.discard(start)
                    yield start, results
        finally:
            self._end()
            gc.unfreeze()
        for start in sorted(self._undone):
            yield start, _done(self._work, self._things, start, self._chunk)

    def _started(self, stretch: deque[int]) -> _Worker:
        here, there = multiprocessing.Pipe()
        others = [worker.connection for worker in self._workers]
        process = multiprocessing.get_context("fork").Process(
            target=_serve,
            args=(self._work, self._things, self._chunk, there, [*others, here], os.getpid()),
            daemon=True,
        )
        process.start()
        there.close()  # so that the end of the worker is the end of the pipe
        return _Worker(process, here, stretch)

    def _give(self, worker: _Worker) -> None:
        while len(worker.in_hand) < IN_HAND:
            start = self._taken_by(worker)
            if start is None:
                return
            worker.in_hand.append(start)
            try:
                worker.connection.send(start)
            except OSError:
                return  # it was killed, as its connection will tell

    def _taken_by(self, worker: _Worker) -> int | None:
        if self._again:
            return self._again.pop()
        if worker.stretch:
            if worker.stretch[0] > min(self._undone) + self._ahead:
                return None
            return worker.stretch.popleft()
        longest = max(self._stretches, key=len)
        return longest.pop() if longest else None

    def _replace(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._again += worker.in_hand
        worker.connection.close()
        worker.process.join()
        if self._lives:
            self._lives -= 1
            self._workers.append(self._started(worker.stretch))

    def _end(self) -> None:
        for worker in self._workers:
            worker.connection.close()
            if worker.in_hand:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


def _received(connection: Connection) -> Any:
    """What a worker sent; None if it was killed."""
    try:
        return connection.recv()
    except (EOFError, OSError, pickle.UnpicklingError):
        return None


def _done(work: Callable[[T], R], things: Sequence[T], start: int, chunk: int) -> list[R]:
    return [work(thing) for thing in things[start : start + chunk]]


def _serve(
    work: Callable[[Any], Any],
    things: Sequence[Any],
    chunk: int,
    connection: Connection,
    inherited: Sequence[Connection],
    parent: int,
) -> None:
    """What a worker does: chunk after chunk, until the parent closes the connection."""
    end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the parent has it end its workers
    for other in inherited:
        other.close()
    gc.disable()
    while True:
        try:
            start = connection.recv()
        except (EOFError, OSError):
            return
        try:
            message: Any = (start, _done(work, things, start, chunk), None)
        except Exception as fault:
            fault.add_note(traceback.format_exc())  # where it happened does not travel otherwise
            message = (start, None, fault)
        try:
            connection.send(message)
        except OSError:
            return
        except Exception:  # it can't be pickled
            connection.send((start, None, RuntimeError(f"a worker can't send {message[2] or 'its results'!r}")))
        gc.collect(0)


def end_with(parent: int) -> None:
    """Have this worker end when its parent is killed, where the system can do that (Linux, prctl(2))."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


_PR_SET_PDEATHSIG = 1
