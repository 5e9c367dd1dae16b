"""Readers who never rest: they load pages with all that these need, think for a while, and follow links."""

from __future__ import annotations

import gzip
import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from tests.builders import REPOSITORY

_LINK = re.compile(rb'(?:href|src)="([^"#]+)"')
_NEEDED = (".css", ".js", ".svg", ".png", ".jpg", ".webp", ".avif", ".woff2", ".webmanifest")

Path = Callable[[str], str]
"""Gives what to ask a server for, of an address of the portal."""


@dataclass(frozen=True)
class Met:
    """What readers met."""

    visits: int
    requests: int
    broken: list[tuple[str, str, int]]
    """Links that led nowhere: the page, the link, the answer."""


@contextmanager
def reading(
    port: int, starts: Sequence[str], think: float, count: int = 48, keys: bool = False
) -> Iterator[list[Met]]:
    """Let readers read, in a process of their own; afterwards the list has what they met.

    They begin at some pages, and think for so many seconds at most before they follow a link: the time that a deploy
    promises. `keys` asks for objects of a store by their names, which have no folders.
    """
    met: list[Met] = []
    command = [sys.executable, "-m", "tests.readers", json.dumps([port, starts, think, count, keys])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPOSITORY) as process:
        yield met
        said, _ = process.communicate(timeout=120)
    visits, requests, broken = json.loads(said)
    met.append(Met(visits, requests, [tuple(it) for it in broken]))


class _Readers:
    """Many readers of one portal, each in a thread of its own."""

    def __init__(self, port: int, starts: Sequence[str], think: float, path: Path) -> None:
        self.port, self.starts, self.think, self.path = port, starts, think, path
        self.visits = self.requests = 0
        self.broken: list[tuple[str, str, int]] = []
        self._ends = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def begin(self, count: int) -> None:
        """Let so many readers read."""
        for number in range(count):
            self._threads.append(threading.Thread(target=self._read, args=(number,), daemon=True))
            self._threads[-1].start()

    def end(self) -> None:
        """Let them follow the last links that they think about."""
        self._ends.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _read(self, number: int) -> None:
        choice = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self._ends.is_set():
            page, depth = choice.choice(self.starts), 0
            came_from = "nowhere"
            while depth < 4 and not self._ends.is_set():
                body = self._ask(connection, page, came_from)
                if body is None:
                    break
                links = [urljoin(page, found.decode()) for found in _LINK.findall(body)]
                own = list(dict.fromkeys(it for it in links if urlsplit(it).netloc == "" and it.startswith("/")))
                needed = [it for it in own if it.endswith(_NEEDED)]
                with self._lock:
                    self.visits += 1
                for it in needed:
                    self._ask(connection, it, page)
                pages = [it for it in own if it.endswith("/")]
                if not pages:
                    break
                time.sleep(choice.uniform(0, self.think))
                page, came_from, depth = choice.choice(pages), page, depth + 1
                if self._ends.is_set():  # the link that was thought about is followed all the same
                    self._ask(connection, page, came_from)
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, address: str, page: str) -> bytes | None:
        status, body = 0, b""
        with suppress(OSError, http.client.HTTPException):
            try:
                connection.request("GET", quote(self.path(address), safe="/%?=&"))
            except (OSError, http.client.HTTPException):  # kept open for too long
                connection.close()
                connection.request("GET", quote(self.path(address), safe="/%?=&"))
            answer = connection.getresponse()
            status, body = answer.status, answer.read()
            if answer.getheader("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
        with self._lock:
            self.requests += 1
            if status != 200:
                self.broken.append((page, address, status))
        if status == 0:
            connection.close()
        return body if status == 200 else None


def _key(address: str) -> str:
    """The name of the object that a CDN before a store would ask for."""
    return f"{address}index.html" if address.endswith("/") else address


if __name__ == "__main__":
    _port, _starts, _think, _count, _keys = json.loads(sys.argv[1])
    _many = _Readers(_port, _starts, _think, _key if _keys else str)
    _many.begin(_count)
    sys.stdin.read()
    _many.end()
    sys.stdout.write(json.dumps([_many.visits, _many.requests, _many.broken]))
