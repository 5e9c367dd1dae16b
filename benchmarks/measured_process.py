"""A command run to its end, with what it took: time, CPU time and memory of all its processes.

It runs in a session of its own, and nothing of that session outlives it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

SAMPLES_EVERY = 0.1
"""Seconds between two looks at the memory: often enough for builds of seconds, too rarely to disturb them."""

_LINUX = sys.platform == "linux"

MEMORY_IS = (
    "largest sum of the resident memory of all processes, sampled; memory that they share counts for each"
    if _LINUX
    else "resident memory of the largest process (this system does not tell that of a tree)"
)


class RunFailed(Exception):  # noqa: N818 - it says what happened, and is no mistake of this program
    """A command that took too long, or ended with a fault."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run took."""

    wall_seconds: float
    cpu_seconds: float
    """User and system, of the process and of all descendants that were waited for."""

    memory_bytes: int
    """See `MEMORY_IS`."""

    foreign_cpu_seconds: float | None
    """What all other processes of the machine took meanwhile: much of it means a disturbed run. None if unknown."""


def run_measured(command: list[str], folder: Path, log: Path, timeout: float) -> Usage:
    """Run a command in a folder, its words going to `log`; RunFailed if it fails or takes longer than `timeout`."""
    busy_before = _busy_seconds()
    with log.open("wb") as words:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(), stdin=subprocess.DEVNULL, stdout=words, stderr=words,
            start_new_session=True,
        )  # fmt: skip
        with _Watch(process.pid, timeout) as watch:
            _, status, used = os.wait4(process.pid, 0)
            wall_seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if watch.ended_it:
        raise RunFailed(f"longer than {timeout:g} s")
    if process.returncode:
        last_words = log.read_text(encoding="utf-8", errors="replace").strip()[-500:]
        raise RunFailed(f"ended with code {process.returncode}: {last_words}")
    cpu_seconds = used.ru_utime + used.ru_stime
    # For a child that was just forked the kernel counts the memory of this very process, which is small.
    largest = used.ru_maxrss * (1024 if _LINUX else 1)
    busy = _busy_seconds()
    foreign = None if busy is None or busy_before is None else max(0.0, busy - busy_before - cpu_seconds)
    return Usage(wall_seconds, cpu_seconds, max(largest, watch.memory_bytes), foreign)


class _Watch:
    """Looks after a session from a thread: samples its memory, ends it when its time is over, and at the end."""

    def __init__(self, session: int, timeout: float) -> None:
        self.memory_bytes = 0
        self.ended_it = False
        self._session = session
        self._deadline = time.monotonic() + timeout
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._end_session()

    def _look(self) -> None:
        while not self._over.wait(SAMPLES_EVERY):
            self.memory_bytes = max(self.memory_bytes, sum(_resident_bytes(self._session)))
            if time.monotonic() > self._deadline:
                self.ended_it = True
                self._end_session()
                return

    def _end_session(self) -> None:
        # The process leads its session and group; its number is free for others only when all of them are gone.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._session, signal.SIGKILL)


def _resident_bytes(session: int) -> Iterator[int]:
    """The resident memory of each process of a session; none where /proc does not tell."""
    if not _LINUX:
        return
    page = os.sysconf("SC_PAGE_SIZE")
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                # After the name, which may hold anything: state, parent, group, session; resident pages are the 22nd.
                fields = Path(entry.path, "stat").read_bytes().rpartition(b")")[2].split()
                if int(fields[3]) == session:
                    yield int(fields[21]) * page


def _busy_seconds() -> float | None:
    """What all processors together have worked since the machine started."""
    if not _LINUX:
        return None
    names = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")
    ticks = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    spent = dict(zip(names, map(int, ticks), strict=True))
    return sum(spent[name] for name in names if name not in ("idle", "iowait")) / os.sysconf("SC_CLK_TCK")


def _environment() -> Mapping[str, str]:
    """That of a usual shell: nobody who builds portals forbids Python to keep its compiled modules."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "NO_COLOR": "1"
    }
