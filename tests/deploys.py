"""Deploys of little portals, as the command makes them; and proxies that cut what goes through them."""

from __future__ import annotations

import contextlib
import io
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.builders import SETTINGS, built, portal, text_of, write
from toasoan.cli import command_line
from toasoan.deploy_command import deploy as run_deploy
from toasoan.diagnostics import Report
from toasoan.terminal import Terminal

PUBLIC = "public"
"""The output folder of `built`."""


@dataclass(frozen=True)
class Outcome:
    """What a deploy told."""

    values: dict[str, Any]
    report: Report

    @property
    def codes(self) -> list[str]:
        return [it.code for it in self.report]

    @property
    def text(self) -> str:
        """All that a person would be told of mistakes."""
        return "\n".join(str(it) for it in self.report)

    @property
    def is_fine(self) -> bool:
        return not self.report.has_errors


def deployed(root: Path, *words: str) -> Outcome:
    """What `toasoan deploy` does with the portal below `root` and some words."""
    options = command_line().parse_args(["deploy", *words])
    options.root, options.to, options.jobs = root, options.to or root / PUBLIC, 1
    report, said = Report(), io.StringIO()
    with contextlib.redirect_stdout(said):
        run_deploy(options, Terminal(as_json=True), report)
    return Outcome(json.loads(said.getvalue()), report)


def portal_with(root: Path, deploy: str, settings: str = SETTINGS) -> Path:
    """A built portal of two articles, with a table `[deploy.there]`."""
    table = f"\n[deploy.there]\n{deploy}\n"
    portal(root, {"vi/a.md": text_of("A"), "en/b.md": text_of("B")}, settings + table)
    built(root)
    return root


def change(root: Path, path: str, title: str) -> None:
    """Give an article another title, and build."""
    write(root, f"site/content/{path}", text_of(title))
    built(root)


def removed(root: Path, path: str) -> None:
    """Take an article out of the portal, and build."""
    (root / f"site/content/{path}").unlink()
    built(root)


def whole_tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {it.relative_to(folder).as_posix(): it.read_bytes() for it in folder.rglob("*") if it.is_file()}


def texts_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files without their compressed forms and the mark of a release."""
    return {path: data for path, data in files.items() if not path.endswith((".br", ".gz")) and path != "release.txt"}


class CuttingProxy:
    """Passes on what goes to a server, until so many pieces have gone through; then it cuts all connections."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.left: int | None = None
        """Pieces that may still pass; None for any number."""
        self.passed = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                here.close()
                continue
            with self._lock:
                self._open |= {here, there}
            for source, sink in ((here, there), (there, here)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                with self._lock:
                    self.passed += 1
                    if self.left is not None:
                        self.left -= 1
                        if self.left < 0:
                            break
                sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def cut_after(self, pieces: int | None) -> None:
        """Let so many pieces pass from now on."""
        with self._lock:
            self.left, self.passed = pieces, 0

    def close(self) -> None:
        """Stop listening, and cut all connections."""
        self._listener.close()
        for one in self._open:
            with contextlib.suppress(OSError):
                one.close()


@contextlib.contextmanager
def cutting_proxy(port: int) -> Iterator[CuttingProxy]:
    """A proxy before a server of this machine."""
    proxy = CuttingProxy(port)
    try:
        yield proxy
    finally:
        proxy.close()
