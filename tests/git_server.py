"""Bare repositories to which deploys push: on disk, and behind a little web server that wants a password."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.builders import write


def git(repository: Path, *words: str, given: str = "") -> str:
    """What Git prints, in a bare repository."""
    who = {f"GIT_{role}_{what}": "x@y" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    run = ["git", "--git-dir", str(repository), *words]
    return subprocess.run(
        run, check=True, capture_output=True, text=True, input=given, env={**os.environ, **who}
    ).stdout.strip()


def new_repository(folder: Path) -> Path:
    """A bare repository that allows pushes, and counts them."""
    subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True)
    git(folder, "config", "http.receivepack", "true")
    hook(folder, "post-receive", f"echo push >>'{folder}/pushes'")
    return folder


def hook(repository: Path, name: str, script: str) -> Path:
    """Have a repository run a script."""
    file = write(repository, f"hooks/{name}", f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def pushes(repository: Path) -> int:
    """How many pushes have come."""
    counted = repository / "pushes"
    return len(counted.read_text().splitlines()) if counted.exists() else 0


def files_of(repository: Path, branch: str = "pages") -> dict[str, bytes]:
    """The files of a branch."""
    run = ["git", "--git-dir", str(repository), "archive", "--format=tar", branch]
    data = subprocess.run(run, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        read = {it.name: archive.extractfile(it) for it in archive.getmembers() if it.isfile()}
    return {name: file.read() for name, file in read.items() if file is not None}


class _Repositories(ThreadingHTTPServer):
    def __init__(self, folder: Path, password: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.folder = folder
        self.password = password


class _Answers(BaseHTTPRequestHandler):
    """Git's own program for the web, behind a password."""

    server: _Repositories
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self._body()
        self.close_connection = True
        given = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        if given.partition(":")[2] != self.server.password:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="repositories"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.server.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REMOTE_USER": given.partition(":")[0],
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        run = subprocess.run(["git", "http-backend"], input=body, capture_output=True, check=False, env=environment)
        head, _, answer = run.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    do_GET = do_POST = answer  # noqa: N815  # as the library has it

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def git_server(folder: Path, password: str) -> Iterator[str]:
    """The repositories below a folder at an address, for whoever knows the password."""
    with _Repositories(folder, password) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
