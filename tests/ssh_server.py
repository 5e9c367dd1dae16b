"""A real OpenSSH server of this machine's loopback, with keys of its own, for as long as a test needs it."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"

_CONFIG = """Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
MaxStartups 100
MaxSessions 10
Subsystem sftp internal-sftp
"""

_LONGEST_START = 20


@dataclass(frozen=True)
class SshServer:
    """A server that listens, and what one needs to be let in."""

    folder: Path
    """Where its keys lie."""

    port: int
    process: int = 0
    """The server's process, in whose file systems it sees its files."""

    def through(self, port: int) -> SshServer:
        """The same server, behind another port: it stands in a file of known hosts with each of them."""
        (self.folder / f"known-{port}").write_text(_known(port, self.folder))
        return replace(self, port=port)

    @property
    def known_hosts(self) -> Path:
        return self.folder / f"known-{self.port}"

    @property
    def identity(self) -> Path:
        return self.folder / "user"

    def settings(self, path: Path | str, **others: object) -> str:
        """The lines of a table `[deploy.NAME]` for a folder of this server."""
        values: dict[str, object] = {
            "kind": "ssh",
            "host": "127.0.0.1",
            "port": self.port,
            "user": getpass.getuser(),
            "identity": self.identity,
            "known_hosts": self.known_hosts,
            "path": path,
            **others,
        }
        return "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())


def _toml(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def new_key(file: Path) -> Path:
    """Make a pair of keys; gives the private one."""
    run = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file)]
    subprocess.run(run, check=True, stdin=subprocess.DEVNULL)
    return file


def _known(port: int, folder: Path) -> str:
    return f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}"


@contextlib.contextmanager
def ssh_server(folder: Path, *options: str, before: Sequence[str] = ()) -> Iterator[SshServer]:
    """A server with lines of its own in its settings. `before` is a command that is to start it."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(parents=True, exist_ok=True)  # it wants this folder for its own protection
    for name in ("host", "user"):
        new_key(folder / name)
    (folder / "authorized").write_text(f"restrict {(folder / 'user.pub').read_text()}")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
    # The first word for a setting counts.
    (folder / "config").write_text("\n".join((*options, _CONFIG.format(port=port, folder=folder))))
    server = SshServer(folder, port).through(port)
    with (folder / "log").open("wb") as log:
        run = [*before, SSHD, "-D", "-e", "-f", str(folder / "config")]
        process = subprocess.Popen(run, stdin=subprocess.DEVNULL, stderr=log, start_new_session=True)
    try:
        _wait_for(server, process)
        yield replace(server, process=process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait_for(server: SshServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _LONGEST_START
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
            return
        assert process.poll() is None, (server.folder / "log").read_text()
        assert time.monotonic() < end, "the server does not listen"
        time.sleep(0.02)
