"""A connection to a server by the `ssh` of this machine, and a shell at its other end that holds a lock.

All commands go to this one shell, so whoever has the lock and whoever works there are the same: a connection that is
cut takes the shell with it, and the lock stays with what the shell has begun until that has ended as well. Commands
arrive whole or not at all, with their length before them: half of a list of files would name others.
"""

from __future__ import annotations

import os
import secrets
import select
import shlex
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from toasoan.deploy.host import HostBusyError, HostError
from toasoan.deploy_settings import SshDeploy
from toasoan.files import temporary_file, temporary_folder

CONNECT = 20
"""Seconds that a server may take to say that it is one."""

ANSWER = 60
"""Seconds that it may take from then on until its shell answers."""

PULSE = 20
"""Seconds between two signs of life, by which the server knows that the lock is still wanted."""

SILENCE = 120
"""Seconds without one, after which the server lets go of the lock: the network may have been cut in silence."""

LONGEST_LIST = 900
"""Seconds that a list of files may take to arrive."""

END = 10
"""Seconds that `ssh` may take to end."""

HEAD = 24
"""Bytes before a command, that tell the length of its script and of what it is given."""

NEEDED = ("cat", "chmod", "cp", "dd", "flock", "head", "ln", "ls", "mv", "rm", "rmdir", "timeout", "wc", "xargs")
"""What must be on a server."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """What may go wrong between two machines."""

    words: str
    """By which it is recognised."""

    message: str
    hint: str


_FAULTS = (
    _Fault(
        "REMOTE HOST IDENTIFICATION HAS CHANGED",
        "the server's key is not the one that this machine knows: it was set up anew, or another machine answers "
        "in its place",
        "ask whoever runs the server; if the new key is right, put it into known_hosts instead of the old one",
    ),
    _Fault(
        "Host key verification failed",
        "this machine does not know the server's key",
        "put it into known_hosts (`ssh-keyscan`), after asking whoever runs the server whether it is right",
    ),
    _Fault(
        "UNPROTECTED PRIVATE KEY FILE",
        "the file with the private key can be read by others, so `ssh` does not take it",
        "chmod 600, and only its owner reads it",
    ),
    _Fault(
        "Permission denied (",
        "the server refuses the key",
        "see that the public key stands in its ~/.ssh/authorized_keys, and try `ssh` by hand",
    ),
    _Fault("Could not resolve", "there is no server of this name", "correct `host`"),
    _Fault("Connection refused", "nobody listens there", "correct `host` and `port`, or start the server"),
    _Fault("timed out", "the server does not answer", "see whether the network lets this machine reach it"),
    _Fault(
        "refused by peer",
        "the server lets a connection have one session, and a deploy needs two",
        "let `MaxSessions` in its sshd_config be 10, as it usually is",
    ),
    _Fault(
        "is your shell clean",
        "the server's shell prints something before rsync speaks",
        "see that ~/.bashrc or ~/.profile there print nothing where nobody sits before a screen",
    ),
    _Fault(
        "Received message too long",
        "the server's shell prints something before sftp speaks",
        "see that ~/.bashrc or ~/.profile there print nothing where nobody sits before a screen",
    ),
    _Fault("No space left on device", "the server's disk is full", "make room there, and deploy again: it goes on"),
    _Fault("Disk quota exceeded", "the server's disk has no more room for this user", "make room, and deploy again"),
)

# What runs at the other end; {token} marks what is not the output of commands.
_SHELL = """
unset CDPATH; export LC_ALL=C; umask 022
for it in {needed}; do command -v $it >/dev/null || {{ echo "there is no program '$it'" >&2; exit 1; }}; done
mkdir -p -- {path} && cd -- {path} && mkdir -p {beside} || exit 1
exec 9>>{lock} || exit 1
flock -n 9 || {{ printf '%s busy %s\\n' {token} "$(cat {lock}.owner)"; exit 1; }}
printf %s {who} >{lock}.owner
exec 4>&1; echo {token} ready
while op=$(timeout {silence} dd bs=1 count=1 2>/dev/null); do
case $op in
.) continue ;;
!) ;;
*) exit ;;
esac
set -- $(timeout {silence} head -c {head})
[ $# = 2 ] || exit
script=$(timeout {silence} head -c $1)
[ ${{#script}} = $1 ] || exit
timeout {longest} head -c $2 >{beside}/.given
[ $(wc -c <{beside}/.given) = $2 ] || exit
said=$( ( set -e; eval "$script" ) 2>&1 >&4 <{beside}/.given )
printf '\\n%s %s %s\\n%s' {token} $? ${{#said}} "$said"
done
"""


class SshConnection:
    """A connection to a server's shell, in a folder there."""

    def __init__(self, settings: SshDeploy, root: Path, beside: str, lock: str) -> None:
        self._settings = settings
        self._root = root
        self._beside = beside
        """A folder in the server's folder that no reader sees."""

        self._lock = lock
        self._token = secrets.token_hex(8)
        self._socket: Path | None = None
        self._master: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._received = b""
        self._writing = threading.Lock()

    @contextmanager
    def opened(self, who: str) -> Iterator[None]:
        """Connect, and hold the lock. Raises HostBusyError, HostError."""
        for key in ("identity", "known_hosts"):
            file = getattr(self._settings, key)
            if file and not (self._root / file).is_file():
                raise HostError(f"there is no file {file}", f"correct `{key}`")
        with ExitStack() as held:
            folder = held.enter_context(temporary_folder())
            self._socket = folder / "c"
            self._said = held.enter_context(temporary_file())
            self._received = b""
            command = [*self._ssh("yes"), self._settings.host, f"exec sh -c {shlex.quote(self._shell(who))}"]
            self._master = _started(command, self._said)
            held.callback(self._close)
            self._wait_for_shell()
            done = threading.Event()
            held.callback(done.set)
            threading.Thread(target=self._pulse, args=(done,), daemon=True).start()
            yield

    def _shell(self, who: str) -> str:
        quoted = {"path": shlex.quote(self._settings.path), "who": shlex.quote(who)}
        numbers = {"silence": SILENCE, "longest": LONGEST_LIST, "head": HEAD}
        return _SHELL.format(
            **quoted, **numbers, needed=" ".join(NEEDED), lock=self._lock, beside=self._beside, token=self._token
        )

    def _ssh(self, master: str) -> list[str]:
        """The `ssh` that opens the connection, or one that goes through it and never opens another."""
        settings = self._settings
        options = [
            f"ControlMaster={master}", f"ControlPath={_escaped(str(self._socket))}", "ControlPersist=no",
            "BatchMode=yes", "RequestTTY=no", "RemoteCommand=none", "ClearAllForwardings=yes",
        ]  # fmt: skip
        if master == "no":
            options.append("ProxyCommand=false")
        else:
            options += ["StrictHostKeyChecking=yes", f"ConnectTimeout={CONNECT}", "ServerAliveInterval=15"]
            if settings.known_hosts:
                options.append(f"UserKnownHostsFile={_escaped(str(self._root / settings.known_hosts))}")
            if settings.identity:
                options += [f"IdentityFile={_escaped(str(self._root / settings.identity))}", "IdentitiesOnly=yes"]
            if settings.user:
                options.append(f"User={settings.user}")
            if settings.port:
                options.append(f"Port={settings.port}")
        return ["ssh", *(word for option in options for word in ("-o", option))]

    @property
    def through(self) -> list[str]:
        """An `ssh` whose sessions go through this connection: for programs that carry files."""
        return self._ssh("no")

    def _wait_for_shell(self) -> None:
        first = self._read_to(f"{self._token} ".encode(), time.monotonic() + ANSWER)
        line = self._read_to(b"\n", time.monotonic() + ANSWER) if first is not None else None
        if first is None or line is None:
            raise self._no_shell()
        word, _, by = line.decode("utf-8", "replace").partition(" ")
        if word == "busy":
            raise HostBusyError(by)

    def run(self, script: str, given: bytes = b"") -> bytes:
        """What the server's shell prints, in the server's folder. Raises HostError."""
        text = script.encode("utf-8", "surrogateescape").strip(b"\n")
        self._write(b"!" + f"{len(text)} {len(given)}".ljust(HEAD - 1).encode() + b"\n" + text + given)
        printed = self._read_to(f"\n{self._token} ".encode())
        told = self._read_to(b"\n") if printed is not None else None
        if printed is None or told is None:
            raise self._lost()
        status, length = map(int, told.split())
        said = self._read_bytes(length)
        if said is None:
            raise self._lost()
        if status:
            raise refusal(status, said)
        return printed

    def _write(self, data: bytes) -> None:
        try:
            self._send(data)
        except (OSError, ValueError):
            raise self._lost() from None

    def _send(self, data: bytes) -> None:
        channel = self._open_master().stdin
        if channel is not None:
            with self._writing:
                channel.write(data)
                channel.flush()

    def _open_master(self) -> subprocess.Popen[bytes]:
        if self._master is None:
            raise HostError("there is no connection")
        return self._master

    def _read_to(self, mark: bytes, end: float | None = None) -> bytes | None:
        """What comes before a mark; None if the connection ends, or nothing comes in time."""
        looked = 0
        while (found := self._received.find(mark, max(looked - len(mark), 0))) < 0:
            looked = len(self._received)
            if not self._receive(end):
                return None
        before, self._received = self._received[:found], self._received[found + len(mark) :]
        return before

    def _read_bytes(self, length: int) -> bytes | None:
        while len(self._received) < length:
            if not self._receive(None):
                return None
        data, self._received = self._received[:length], self._received[length:]
        return data

    def _receive(self, end: float | None) -> bool:
        channel = self._open_master().stdout
        if channel is None or (end is not None and not _is_ready(channel, end - time.monotonic())):
            return False
        data = os.read(channel.fileno(), 1 << 18)
        self._received += data
        return bool(data)

    def _no_shell(self) -> HostError:
        """Why no shell answers."""
        printed = self._received.strip()
        status, said = self._close(), self._all_said()
        if status == LOST or said:
            return refusal(LOST if status is None else status, said or printed)
        what = f" ({printed[-200:].decode('utf-8', 'replace')})" if printed else ""
        return HostError(
            f"the server has no shell for this user{what}",
            "a deploy needs one: a user who may only use sftp, or nothing, can't do it",
        )

    def _lost(self) -> HostError:
        """Why there is no shell any more."""
        self._close()
        return refusal(LOST, self._all_said())

    def _all_said(self) -> bytes:
        if self._said is None:
            return b""
        self._said.seek(0)
        return self._said.read().strip()

    def _pulse(self, done: threading.Event) -> None:
        while not done.wait(PULSE):
            with suppress(OSError, ValueError, HostError):
                self._send(b".")

    def _close(self) -> int | None:
        """What `ssh` ended with; None if it had to be stopped."""
        master, self._master = self._master, None
        if master is None:
            return None
        for channel in (master.stdin, master.stdout):
            if channel is not None:
                with suppress(OSError):
                    channel.close()
        try:
            return master.wait(timeout=END)
        except subprocess.TimeoutExpired:
            master.kill()
            master.wait()
            return None


LOST = 255
"""What `ssh` ends with if it is `ssh` that failed, not the command at the other end."""


def _is_ready(channel: IO[bytes], seconds: float) -> bool:
    return bool(select.select([channel], [], [], max(seconds, 0))[0])


def _started(command: Sequence[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)  # noqa: S603
    except FileNotFoundError:
        raise HostError("there is no `ssh` on this machine", "install OpenSSH") from None


def _escaped(path: str) -> str:
    """A path as a setting of `ssh`, in which "%" has a meaning of its own."""
    for sign, instead in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%")):
        path = path.replace(sign, instead)
    return f'"{path}"'


def refusal(status: int, said: bytes) -> HostError:
    """What a program said, as a refusal with help."""
    text = said.decode("utf-8", "replace")
    for fault in _FAULTS:
        if fault.words in text:
            return HostError(fault.message, fault.hint)
    lines = [line for line in text.strip().splitlines() if line.strip() and not line.startswith("@")]
    last = "; ".join(lines[-2:]) or f"a program ended with {status}"
    return HostError(f"the connection was lost ({last})" if status == LOST else last)
