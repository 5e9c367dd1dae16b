"""A host on this machine to which portals link: it answers in many ways, and counts who asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Host(ThreadingHTTPServer):
    """A host that answers in many ways, and counts who asks."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[tuple[str, str, float]] = []
        self.at_once = 0
        self.most_at_once = 0


class _Answers(BaseHTTPRequestHandler):
    server: Host

    def answer(self) -> None:
        host = self.server
        host.at_once += 1
        host.most_at_once = max(host.most_at_once, host.at_once)
        host.asked.append((self.command, self.path, time.monotonic()))
        status = {"/gone": 410, "/moved": 301, "/for-now": 302, "/closed": 403, "/no-head": 200}.get(self.path, 200)
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/new")
        self.send_header("Content-Length", "0")
        self.end_headers()
        host.at_once -= 1

    do_GET = do_HEAD = answer  # noqa: N815  # as the library has it

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def running_host() -> Iterator[Host]:
    """A host that answers until it is no longer needed."""
    with Host() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
