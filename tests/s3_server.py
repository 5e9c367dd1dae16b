"""A store that speaks S3 on this machine alone (SeaweedFS), and what may stand between a deploy and it.

`with running_store(folder) as store:` starts one in three seconds; `store.bucket("portal")` makes a bucket, and
anybody may read it at `store.address`, as readers do.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sysconfig
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.builders import write
from tests.servers import free_port

KEY = "key-of-the-newsroom"
SECRET = "secret-of-the-newsroom-5f1c9d"
LOOSE = "loose"
"""A bucket into which anybody may write."""

_PORTS = ("master.port", "volume.port", "filer.port", "s3.port")
_LOCAL = {"authorization", "if-match", "if-none-match"}


@dataclass(frozen=True)
class Store:
    """A store that listens."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def client(self) -> Any:
        """A client of boto3 that may do everything."""
        keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
        return boto3.client("s3", endpoint_url=self.address, **keys)

    def bucket(self, name: str) -> str:
        """A new bucket."""
        self.client.create_bucket(Bucket=name)
        return name

    def keys(self, bucket: str) -> list[str]:
        """The keys of all objects."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return [it["Key"] for page in pages for it in page.get("Contents", ())]


@contextmanager
def running_store(folder: Path) -> Iterator[Store]:
    """A store that listens until it is no longer needed; it knows one key, and anybody may read."""
    write(folder, "identities.json", json.dumps({"identities": _IDENTITIES}))
    (folder / "data").mkdir()
    ports = {name: free_port() for port in _PORTS for name in (port, f"{port}.grpc")}
    command = [
        str(Path(sysconfig.get_path("scripts")) / "weed"),
        "-logtostderr=true",
        "server",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-dir={folder / 'data'}",
        "-s3",
        f"-s3.config={folder / 'identities.json'}",
        "-s3.autoCreateBucket=false",
        "-s3.iam=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-master.telemetry=false",  # it would tell its makers that it runs
        "-master.volumeSizeLimitMB=64",
        "-master.heartbeatInterval=50ms",
        "-master.electionTimeout=1s",
        "-volume.max=100",
        *(f"-{name}={port}" for name, port in ports.items()),
    ]
    with (folder / "told").open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        store = Store(ports["s3.port"])
        _wait_for(store, process, folder / "told")
        yield store
    finally:
        process.kill()  # what it has is thrown away, and a kind word takes it half a minute
        process.wait(timeout=20)
        for port in ports.values():
            for socket in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
                socket.unlink()


_IDENTITIES = [
    {
        "name": "newsroom",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    },
    {"name": "anonymous", "actions": ["Read", f"Write:{LOOSE}", f"List:{LOOSE}"]},
]


def _wait_for(store: Store, process: subprocess.Popen[bytes], told: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(told.read_text("utf-8", "replace"))
        try:
            urllib.request.urlopen(f"{store.address}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the store does not listen: {told.read_text('utf-8', 'replace')[-2000:]}")


# ---- between


@dataclass
class Between:
    """Hands on requests to a store, counts them, and may be told to cut the line."""

    store: Store
    asked: list[str] = field(default_factory=list)
    """Method and path of each request; COPY for what is copied within the store."""

    cut_at: int | None = None
    """From this request on there is no line any more; the first one has the number 1."""

    is_answer_lost: bool = False
    """Whether the request at which the line is cut still reaches the store."""

    lost_once: Callable[[str], bool] | None = None
    """The answer to the first request that fits is lost, and the line is good again afterwards."""

    lost: int = 0
    """How many answers were lost in this way."""

    heeds_conditions: bool = True
    """If not, conditions do not reach the store; nor do signatures, which would no longer fit."""

    port: int = 0

    def __post_init__(self) -> None:
        self._guard = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fate(self, request: str) -> tuple[bool, bool]:
        """Whether a request reaches the store, and whether its answer comes back."""
        with self._guard:
            self.asked.append(request)
            if self.lost_once is not None and self.lost_once(request):
                self.lost_once = None
                self.lost += 1
                return True, False
            number = len(self.asked)
            if self.cut_at is None or number < self.cut_at:
                return True, True
            return number == self.cut_at and self.is_answer_lost, False


@contextmanager
def between(store: Store) -> Iterator[Between]:
    """Something on the line to a store."""
    line = Between(store)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def hand_on(self) -> None:
            act = "COPY" if self.headers.get("x-amz-copy-source") else self.command
            reaches, comes_back = line.fate(f"{act} {self.path}")
            if reaches:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                left_out = {"connection", "expect"} | (set() if line.heeds_conditions else _LOCAL)
                headers = {name: value for name, value in self.headers.items() if name.lower() not in left_out}
                connection = http.client.HTTPConnection("127.0.0.1", line.store.port, timeout=20)
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                data = answer.read()
                connection.close()
            if not reaches or not comes_back:
                self.close_connection = True
                self.connection.close()
                return
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                    self.send_header(name, value)
            size = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(data))
            self.send_header("Content-Length", size or "0")
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = hand_on  # noqa: N815  # as the library has it

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

        def finish(self) -> None:
            with suppress(OSError, ValueError):  # it was cut
                super().finish()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        line.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield line
        server.shutdown()


# ---- instead


@dataclass
class Refusing:
    """Answers every request in the same way, as a store that refuses does."""

    status: int = 500
    code: str = "InternalError"
    said: str = ""
    """What it says; `{authorization}` stands for what it was sent under this name."""

    is_store: bool = True
    """Whether it answers as stores do, in XML."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    """Method and path, and the body, of each request."""

    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def refusing(answer: Refusing) -> Iterator[Refusing]:
    """A store that refuses everything."""

    class Handler(BaseHTTPRequestHandler):
        def refuse(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer.asked.append((f"{self.command} {self.path}", body.decode("utf-8", "replace")))
            said = answer.said.replace("{authorization}", self.headers.get("Authorization", ""))
            text = f"<Error><Code>{answer.code}</Code><Message>{said}</Message></Error>"
            data = (text if answer.is_store else said).encode()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = refuse  # noqa: N815  # as the library has it

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        answer.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield answer
        server.shutdown()
