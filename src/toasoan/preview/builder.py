"""The process that takes in what changed and makes pages on demand, and the fork of it that makes the rest.

It has one thread, so it can fork at any time. Whoever serves the portal speaks with it by messages alone, and is
never kept waiting by its work.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

from toasoan.answer import Answer, Missing
from toasoan.build_result import BuildResult
from toasoan.lock import LockedError
from toasoan.worker_pool import end_with
from toasoan.workshop import CommentsSource, TakenIn, Workshop

NICENESS = 5
"""How far the making of the rest stands back, so that whoever waits for a page gets the processor."""

QUIET = 0.2
"""Seconds for which nobody asks for anything before the rest is made: after a change open pages are loaded anew."""

TERMINATE_EVERY = 0.05
"""Seconds between two attempts to end the making of the rest."""

TELL_EVERY = 100
"""Articles between two words on how far reading has come."""


@dataclass(frozen=True, slots=True)
class Changed:
    """To the builder: something changed."""

    paths: frozenset[Path] | None
    """The only files, absolute, that can have; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """To the builder: somebody wants a file."""

    number: int
    path: str
    """In the output folder."""


@dataclass(frozen=True, slots=True)
class Opened:
    """From the builder: the portal is its own now."""


@dataclass(frozen=True, slots=True)
class Refused:
    """From the builder: another process has the portal."""

    process: str


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """From the builder: how far it has come with reading."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Built:
    """From the builder: all is made, or can't be for mistakes."""

    result: BuildResult


@dataclass(frozen=True, slots=True)
class Failed:
    """From the builder: something happened that nobody foresaw; it begins from nothing with the next change."""

    reason: str


@dataclass(frozen=True, slots=True)
class Answered:
    """From the builder: what somebody asked for."""

    number: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Ended:
    """That there is no builder any more."""


Message = Opened | Refused | ReadSoFar | TakenIn | Built | Failed | Answered | Ended


@dataclass(frozen=True, slots=True)
class Portal:
    """What is to be built."""

    root: Path
    folder: Path
    """Where the built files go."""

    comments: CommentsSource | None
    now: datetime | None
    jobs: int


class Closable(Protocol):
    """Something that a fork has no business with."""

    def close(self) -> None:
        """Let go of it."""


class Builder:
    """The builder, as the server sees it. It ends when the server does, however that ends."""

    def __init__(self, portal: Portal, not_its: Iterable[Closable] = ()) -> None:
        """Begin one; `not_its` is what it is not to inherit."""
        forks = hasattr(os, "fork")
        self._connection, there = multiprocessing.Pipe()
        not_its = (*not_its, self._connection) if forks else ()
        context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        self._process = context.Process(target=_work, args=(there, portal, not_its))
        self._process.start()
        there.close()
        self._lock = threading.Lock()

    def wait_until_open(self) -> None:
        """Until the portal is its own. Raises LockedError if somebody else has it."""
        opened = self._received()
        if not isinstance(opened, Opened):
            self._process.join()
            raise LockedError(opened.process if isinstance(opened, Refused) else "of an unknown number")

    def tell(self, message: Changed | Asked) -> None:
        """Send it a message, from any thread; one that has ended hears nothing."""
        with self._lock, suppress(OSError):
            self._connection.send(message)

    def listen(self, told: Callable[[Message], None]) -> None:
        """Pass on what it says, from a thread of its own, the last thing being `Ended`."""

        def listen() -> None:
            while True:
                message = self._received()
                told(message)
                if isinstance(message, Ended):
                    return

        threading.Thread(target=listen, daemon=True).start()

    def _received(self) -> Message:
        try:
            message: Message = self._connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            return Ended()
        return message

    def end(self) -> None:
        """Have it put its things away, and wait until it has."""
        with self._lock, suppress(OSError):
            self._connection.send(None)
        self._process.join()


def _work(connection: Connection, portal: Portal, not_its: Iterable[Closable]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # whoever interrupts the server has it end this one
    for it in not_its:
        it.close()
    try:
        workshop = Workshop(portal.root, portal.folder, portal.comments, portal.now)
    except LockedError as error:
        connection.send(Refused(error.process))
        return
    with closing(workshop), suppress(EOFError, OSError):  # nobody is there any more
        connection.send(Opened())
        _Work(connection, workshop, portal.jobs).go_on()


class _Work:
    """What the builder does, message after message."""

    def __init__(self, connection: Connection, workshop: Workshop, jobs: int) -> None:
        self._connection = connection
        self._workshop = workshop
        self._jobs = jobs
        self._rest: _Rest | None = None
        self._has_rest = False
        """Whether there is something to make, with which nobody has begun."""

        self._asked: deque[Asked] = deque()
        self._is_over = False

    def go_on(self) -> None:
        """Until the server is over. Raises EOFError or OSError if that has gone without a word."""
        try:
            while not self._is_over:
                is_quiet = not self._is_told_something()
                changed = self._heard()
                if changed is not None:
                    self._take_in(changed)
                while self._asked:
                    self._answer(self._asked.popleft())
                if is_quiet and self._has_rest:
                    self._make_the_rest()
                if self._rest and self._rest.connection.poll():
                    self._tell_rest(self._rest.end() or Failed("the process that made the rest was killed"))
                    self._rest = None
        finally:
            if self._rest:
                self._rest.stop()

    def _is_told_something(self) -> bool:
        """Whether somebody speaks, after waiting for it: not for ever, if there is something to make."""
        speakers = [self._connection, *([self._rest.connection] if self._rest else [])]
        return bool(wait(speakers, QUIET if self._has_rest else None))

    def _heard(self) -> Changed | None:
        """What changed by all that is being said now; what is asked for waits."""
        paths: set[Path] = set()
        anything, everything = False, False
        while self._connection.poll():
            match self._connection.recv():
                case Asked() as asked:
                    self._asked.append(asked)
                case Changed(None):
                    anything = everything = True
                case Changed(some):
                    anything = True
                    paths |= some or frozenset()
                case _:
                    self._is_over = True
                    return None
        return Changed(None if everything else frozenset(paths)) if anything else None

    def _take_in(self, changed: Changed) -> None:
        if self._rest:
            self._tell_rest(self._rest.stop())
            self._rest = None
        self._has_rest = False
        try:
            taken = self._workshop.take_in(changed.paths, self._jobs, self._tell_progress)
            self._connection.send(taken)
            if taken.is_finished and not (self._workshop.makes_pages or taken.result.report.has_errors):
                # Libraries and templates are loaded now, and not when the first text is saved.
                taken = self._workshop.take_in(frozenset(), self._jobs, in_any_case=True)
                if taken.result.report.has_errors:
                    self._connection.send(taken)
        except Exception as error:
            self._fail(error)
            return
        self._has_rest = not taken.is_finished

    def _tell_progress(self, stage: str, done: int, total: int) -> None:
        if done % TELL_EVERY == 0:
            self._connection.send(ReadSoFar(done, total))

    def _make_the_rest(self) -> None:
        self._has_rest = False
        if hasattr(os, "fork"):
            self._rest = _Rest(self._workshop)
            return
        try:
            self._tell_rest(Built(self._workshop.finish()))
        except Exception as error:
            self._fail(error)

    def _tell_rest(self, message: Built | Failed | None) -> None:
        if isinstance(message, Failed):
            self._workshop.begin_anew()
        if message is not None:
            self._connection.send(message)

    def _answer(self, asked: Asked) -> None:
        try:
            self._connection.send(Answered(asked.number, self._workshop.file(asked.path)))
        except Exception as error:
            self._connection.send(Answered(asked.number, Missing()))
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if self._rest:
            self._tell_rest(self._rest.stop())
            self._rest = None
        self._workshop.begin_anew()
        self._connection.send(Failed(_reason(error)))


def _reason(error: Exception) -> str:
    """What is to be said of an error; one of this program's own is told in full on standard error."""
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"the disk refuses: {error.strerror or error}{where}"
    traceback.print_exception(error, file=sys.stderr)
    return f"a mistake of this program: {type(error).__name__}: {error}"


class _Rest:
    """A fork of the builder that makes all that nobody has asked for."""

    def __init__(self, workshop: Workshop) -> None:
        self.connection, there = multiprocessing.Pipe(duplex=False)
        self._process = multiprocessing.get_context("fork").Process(
            target=_make_the_rest, args=(workshop, there, os.getpid())
        )
        self._process.start()
        there.close()

    def stop(self) -> Built | Failed | None:
        """End it at once, or when it has published what it is publishing; gives what it still had to say."""
        self._process.terminate()
        while not self.connection.poll(TERMINATE_EVERY):
            self._process.terminate()  # the first time may have been too early for it
        return self.end()

    def end(self) -> Built | Failed | None:
        """What it has to say last; None if it was stopped."""
        try:
            message: Built | Failed | None = self.connection.recv()
        except (EOFError, OSError):
            message = None
        self._process.join()
        self.connection.close()
        return message


def _make_the_rest(workshop: Workshop, connection: Connection, parent: int) -> None:
    is_publishing = False

    def stop(signal_: int, frame: object) -> None:
        if not is_publishing:
            os._exit(1)  # nothing of what was made is anybody's yet

    def before_publication() -> None:
        nonlocal is_publishing
        is_publishing = True

    signal.signal(signal.SIGTERM, stop)
    end_with(parent)
    os.nice(NICENESS)
    try:
        message: Built | Failed = Built(workshop.finish(before_publication))
    except Exception as error:
        message = Failed(_reason(error))
    is_publishing = True
    connection.send(message)
