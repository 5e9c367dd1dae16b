"""Isso beside the preview: a comments server of its own, to try comments out and to approve them."""

from __future__ import annotations

import importlib.util
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toasoan.files import make_folder, write_text
from toasoan.isso.database import NoDatabaseError, approved_comments, waiting_comments
from toasoan.isso.fetched_files import FileChanges, by_article, keep_comments
from toasoan.routes import Site

FOLDER = ".toasoan/comments"
APPROVED_FOLDER = f"{FOLDER}/approved"
"""Where the preview's own approved comments lie: what was tried out must not reach readers."""

DATABASE = "comments.db"
SETTINGS = "isso.cfg"
ADDRESS = "127.0.0.1"
LONGEST_START = 20.0
"""Seconds that Isso may take to answer."""

LONGEST_END = 5.0
LOOK_EVERY = 0.5
"""Seconds between two looks at the database."""

_PROGRAM = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from isso import main
main()
"""
"""It ends when its standard input does: with this process, however that ends."""

_SETTINGS = """[general]
dbpath = {database}
host =
    http://{address}:{portal}/
    http://localhost:{portal}/
[server]
listen = http://{address}:{port}/
[moderation]
enabled = true
[admin]
enabled = true
password = {password}
[guard]
enabled = false
"""
"""Here one person tries things out: nobody counts how many comments that one sends."""


class IssoFailedError(Exception):
    """Isso did not start; says in its own words why."""


@dataclass(frozen=True, slots=True)
class CommentsServer:
    """A running server."""

    address: str
    password: str
    """Of the page on which comments are approved."""

    database: Path

    @property
    def admin(self) -> str:
        """Where comments are approved."""
        return f"{self.address}/admin/"


def is_installed() -> bool:
    """Whether there is an Isso to start."""
    return importlib.util.find_spec("isso") is not None


@contextmanager
def comments_server(root: Path, portal_port: int, port: int) -> Iterator[CommentsServer]:
    """Isso at a port, for a preview at another, until the end of the block. Raises IssoFailedError."""
    folder = root / FOLDER
    make_folder(folder)
    password = secrets.token_urlsafe(9)
    settings = _SETTINGS.format(database=DATABASE, address=ADDRESS, portal=portal_port, port=port, password=password)
    write_text(folder / SETTINGS, settings)
    command = [sys.executable, "-P", "-c", _PROGRAM, "-c", SETTINGS, "run"]
    with subprocess.Popen(  # noqa: S603  # our own words
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, errors="replace", start_new_session=True,
    ) as process:  # fmt: skip
        said = _last_words(process)
        try:
            _wait_until_it_answers(process, port, said)
            yield CommentsServer(address_at(port), password, folder / DATABASE)
        finally:
            _end(process)


def address_at(port: int) -> str:
    """The address of a server at a port."""
    return f"http://{ADDRESS}:{port}"


def free_port(wanted: int) -> int:
    """The wanted port, so that pages need not be made anew for another address; any other one where it is taken.

    Raises IssoFailedError if none can be had.
    """
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((ADDRESS, port))
            except (OSError, OverflowError):
                continue
            return int(tried.getsockname()[1])
    raise IssoFailedError("no port can be had for it")


def _last_words(process: subprocess.Popen[str]) -> deque[str]:
    """What a process says, the last lines of it. Somebody has to read them, or it would wait for ever."""
    said: deque[str] = deque(maxlen=5)

    def read() -> None:
        for line in process.stderr or ():
            said.append(line.rstrip())

    threading.Thread(target=read, daemon=True).start()
    return said


def _wait_until_it_answers(process: subprocess.Popen[str], port: int, said: deque[str]) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        if process.poll() is not None:
            time.sleep(0.1)  # its last words may still be on their way
            raise IssoFailedError(said[-1] if said else f"it ended with {process.returncode}")
        try:
            socket.create_connection((ADDRESS, port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise IssoFailedError(f"it did not answer within {LONGEST_START:.0f} seconds")


def _end(process: subprocess.Popen[str]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(LONGEST_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def taking_in_comments(
    server: CommentsServer, root: Path, site: Site, languages: Collection[str],
    changed: Callable[[frozenset[Path]], None], tell_waiting: Callable[[int], None],
) -> Iterator[None]:  # fmt: skip
    """Have approved comments come into the preview, and tell when others wait, in a thread of its own.

    `changed` is told the files that were written or removed, absolute.
    """
    over = threading.Event()

    def look() -> None:
        before, waited = 0, 0
        while not over.is_set():
            now = _written_at(server.database)
            if now != before:
                try:
                    files = take_in(server, root, site, languages)
                    waiting = waiting_comments(server.database)
                except NoDatabaseError:
                    files, waiting = FileChanges((), ()), waited  # Isso is still laying it out
                else:
                    before = now
                if waiting > waited:
                    tell_waiting(waiting)
                waited = waiting
                paths = frozenset(root.resolve() / path for path in (*files.written, *files.removed))
                if paths:
                    changed(paths)
            over.wait(LOOK_EVERY)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def take_in(server: CommentsServer, root: Path, site: Site, languages: Collection[str]) -> FileChanges:
    """Put the approved comments of a server into the preview's folder. Raises NoDatabaseError."""
    return keep_comments(root, APPROVED_FOLDER, by_article(approved_comments(server.database), site, languages))


def _written_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
