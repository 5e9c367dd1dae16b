"""A server of one's own, reached by the `ssh` of this machine: keys, agents and `~/.ssh/config` are its affair.

The folder there is laid out as that of `folder_host`, and all that happens inside of it is done by the server's own
shell and its GNU tools, so that what did not change never travels. One connection is opened; the lock is held by a
program at its other end, and goes when the connection does, however that comes about. rsync or sftp carry the files
through the same connection.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from toasoan.deploy import release as releases
from toasoan.deploy.host import Bodies, HostBusyError, HostError, Limits, Put, Standing, Work
from toasoan.deploy.journal import done_line, journal_in, journal_lines
from toasoan.deploy.release import Release, is_release_id
from toasoan.deploy.release_folder import CURRENT, JOURNAL, LIST, LOCK, NEXT, RELEASES
from toasoan.deploy_settings import SshDeploy
from toasoan.files import make_folder, point, temporary_folder

BUSY = 75
"""What the program at the other end ends with if another deploy holds the lock (EX_TEMPFAIL of sysexits.h)."""

LOST = 255
"""What `ssh` ends with if it is `ssh` that failed, not the command at the other end."""

PULSE = 20
"""Seconds between two signs of life, by which the server knows that the lock is still wanted."""

SILENCE = 120
"""Seconds without one, after which the server lets go of the lock: the network may have been cut in silence."""

_MARK = "-- toasoan --"
"""Parts what the server says into its parts."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """What `ssh` may fail with."""

    words: str
    """By which it is recognised."""

    message: str
    hint: str


_FAULTS = (
    _Fault(
        "Host key verification failed",
        "the server's key is not the one that this machine knows",
        "if it is new, put it into known_hosts (`ssh-keyscan`), after asking whoever runs the server",
    ),
    _Fault(
        "Permission denied (",
        "the server refuses the key",
        "see that the public key stands in its ~/.ssh/authorized_keys, and try `ssh` by hand",
    ),
    _Fault("Could not resolve", "there is no server of this name", "correct `host`"),
    _Fault("Connection refused", "nobody listens there", "correct `host` and `port`, or start the server"),
    _Fault("timed out", "the server does not answer", "see whether the network lets this machine reach it"),
)


class SshHost:
    """A folder with releases on another machine."""

    def __init__(self, settings: SshDeploy, root: Path, encodings: tuple[str, ...]) -> None:
        self.name = f"{settings.host}:{settings.path}"
        self.in_place = False
        self.encodings = encodings
        self.encoding: str | None = None
        self.limits = Limits()
        self.warnings: list[str] = []
        self._settings = settings
        self._root = root
        self._socket: Path | None = None
        self._goes_on = False
        self._names: frozenset[str] = frozenset()
        """What lay among the releases when this deploy began."""
        self._has_rsync = False
        self._told_late: list[str] = []
        """Lines for the journal, which go with the next command: to send a batch twice does no harm."""

    def headers(self, path: str) -> Mapping[str, str]:
        """None: a web server sends them."""
        return {}

    # ---- the connection

    @contextmanager
    def locked(self, who: str) -> Iterator[None]:
        """Connect, and have the server hold a lock for as long as the connection stands."""
        with ExitStack() as held:
            folder = held.enter_context(temporary_folder())
            self._socket = folder / "c"
            said = held.enter_context((folder / "said").open("w+b"))
            script = (
                f"mkdir -p {RELEASES} && command -v flock >/dev/null || {{ echo 'there is no flock' >&2; exit 1; }}\n"
                f"exec 9>>{LOCK}; flock -n 9 || {{ cat {LOCK}.owner; exit {BUSY}; }}\n"
                f"printf %s {shlex.quote(who)} >{LOCK}.owner; echo {_MARK!r}\n"
                f"while timeout {SILENCE} dd bs=1 count=1 2>/dev/null | grep -q .; do :; done"
            )
            path = shlex.quote(self._settings.path)
            command = [
                *self._ssh("yes"),
                self._settings.host,
                _in_shell(f"mkdir -p {path} && cd {path} || exit\n{script}"),
            ]
            master = _started(command, said)
            held.callback(_end, master)
            channel_in, channel_out = master.stdin, master.stdout
            if channel_in is None or channel_out is None:
                raise HostError("no channel to `ssh`")
            answer = channel_out.readline().decode("utf-8", "replace").strip()
            if answer != _MARK:
                status = master.wait()
                if status == BUSY:
                    raise HostBusyError(answer)
                said.seek(0)
                raise _refusal(status, said.read())
            done = threading.Event()
            held.callback(done.set)
            threading.Thread(target=_pulse, args=(channel_in, done), daemon=True).start()
            try:
                yield
            finally:
                self._socket = None

    def _ssh(self, master: str) -> list[str]:
        """The `ssh` that opens the connection, or one that goes through it and never opens another."""
        settings = self._settings
        options = [f"ControlMaster={master}", f"ControlPath={self._socket}", "BatchMode=yes"]
        if master == "no":
            options.append("ProxyCommand=false")
        else:
            options += ["StrictHostKeyChecking=yes", "ConnectTimeout=20", "ServerAliveInterval=15"]
            if settings.known_hosts:
                options.append(f'UserKnownHostsFile="{self._root / settings.known_hosts}"')
            if settings.identity:
                options += [f'IdentityFile="{self._root / settings.identity}"', "IdentitiesOnly=yes"]
            if settings.user:
                options.append(f"User={settings.user}")
            if settings.port:
                options.append(f"Port={settings.port}")
        return ["ssh", *(word for option in options for word in ("-o", option))]

    def _run(self, script: str, given: bytes = b"", below: str = "") -> bytes:
        """What the server's shell prints. Raises HostError."""
        folder = shlex.quote(f"{self._settings.path}/{below}".rstrip("/"))
        command = [*self._ssh("no"), self._settings.host, _in_shell(f"set -e; cd {folder}\n{script}")]
        done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            raise _refusal(done.returncode, done.stderr)
        return done.stdout

    # ---- releases

    def standing(self) -> Standing:
        """What lies there."""
        said = self._run(
            f"readlink {CURRENT} || true; echo {_MARK!r}\nls -1 {RELEASES}; echo {_MARK!r}\n"
            f"if [ -d {NEXT} ]; then echo yes; fi; echo {_MARK!r}\n"
            f"command -v rsync || true; echo {_MARK!r}\ncat {JOURNAL} 2>/dev/null || true"
        ).decode("utf-8", "surrogateescape")
        link, listed, has_next, rsync, journal = said.split(f"{_MARK}\n", 4)
        self._has_rsync = bool(rsync.strip()) and shutil.which("rsync") is not None
        current = Path(link.strip()).name
        self._names = names = frozenset(listed.splitlines())
        work = journal_in(journal)
        if work is not None and work.release != current and (work.base != (current or None) or not has_next):
            work = None
        self._goes_on = work is not None and work.release != current
        kept = sorted((it for it in names if is_release_id(it) and f"{it}{LIST}" in names), reverse=True)
        left_out = work.release if work is not None and self._goes_on else None
        return Standing(current if is_release_id(current) else None, tuple(it for it in kept if it != left_out), work)

    def read_release(self, release_id: str) -> Release:
        """The list beside a release."""
        try:
            return releases.read(self._run(f"cat {release_id}{LIST}", below=RELEASES))
        except releases.NoReleaseError as error:
            raise HostError(f"the list of the release {release_id} can't be read: {error}") from None

    def begin(self, work: Work) -> None:
        """Let the next release begin as the current one, or go on with what was begun."""
        beginning = ""
        if not self._goes_on:
            base = f"cp -al {RELEASES}/{work.base} {NEXT}" if work.base else f"mkdir {NEXT}"
            beginning = f"rm -f {JOURNAL}; rm -rf {NEXT}; {base}\n"
        self._run(f"{beginning}{_keep(JOURNAL)}", journal_lines(work).encode("utf-8", "surrogateescape"))
        self._goes_on = False

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files from the next release."""
        if paths:
            script = (
                "list=$(mktemp); cat >$list; xargs -0 rm -f -- <$list\n"
                "xargs -0 dirname -z -- <$list | sort -zu"
                " | xargs -0 rmdir -p --ignore-fail-on-non-empty -- 2>/dev/null || true; rm -f $list"
            )
            self._run(script, _listed(paths), NEXT)

    def put(self, batch: Sequence[Put], bodies: Bodies) -> None:
        """Send files into the next release, or link them from an earlier one."""
        if self._told_late:
            self._run(f"cat >>{JOURNAL}", "".join(self._told_late).encode("utf-8", "surrogateescape"))
        there: dict[str, list[str]] = {}
        for it in batch:
            if it.origin is not None:
                there.setdefault(it.origin, []).append(it.path)
        for origin, paths in there.items():
            link = f"xargs -0 cp -lP --parents --remove-destination -t {shlex.quote('../.next')} --"
            self._run(link, _listed(paths), f"{RELEASES}/{origin}")
        sent = [(it.path, bodies(it)) for it in batch if it.origin is None]
        if sent:
            self._send(sent)
        self._told_late = [done_line(it.path, it.file) for it in batch]

    def switch(self, release: Release) -> None:
        """Give the next release its name, and let `current` lead to it, once the disk has all of it."""
        self._run(
            f"{_keep(f'{RELEASES}/{release.id}{LIST}')}\nmv {NEXT} {RELEASES}/{release.id}\n"
            f"sync -f {RELEASES}/{release.id} 2>/dev/null || sync\n"
            f"rm -f .{CURRENT}.new; ln -s {RELEASES}/{release.id} .{CURRENT}.new; mv -T .{CURRENT}.new {CURRENT}",
            releases.written(release),
        )

    def after_switch(self) -> None:
        """Run the command that the settings name, on the server."""
        if self._settings.after:
            self._run(shlex.join(self._settings.after))

    def finish(self, kept: Sequence[str]) -> None:
        """Remove other releases, their lists first."""
        others = [
            it for it in self._names if is_release_id(it.removesuffix(LIST)) and it.removesuffix(LIST) not in kept
        ]
        lists = shlex.join(it for it in others if it.endswith(LIST))
        self._run(f"rm -f {lists}; rm -rf {shlex.join(others)}; rm -f {Path(JOURNAL).name}", below=RELEASES)

    def changed(self, paths: Sequence[str]) -> None:
        """Nothing: a folder has no cache."""

    # ---- what carries files

    def _send(self, files: Sequence[tuple[str, Path]]) -> None:
        wish = self._settings.transfer
        if wish == "rsync" and not self._has_rsync:
            raise HostError("rsync is not on both machines", 'install it there, or set transfer = "sftp"')
        if self._has_rsync and wish != "sftp":
            self._send_by_rsync(files)
        else:
            self._send_by_sftp(files)

    def _send_by_rsync(self, files: Sequence[tuple[str, Path]]) -> None:
        """Rsync writes a new file and renames it over the old one, so earlier releases keep theirs."""
        with temporary_folder() as folder:
            for path, body in files:
                make_folder((folder / path).parent)
                point(folder / path, str(body.resolve()))
            command = [
                "rsync", "-rLts", "--checksum", "--chmod=D755,F644", "--from0", "--files-from=-",
                "-e", shlex.join(self._ssh("no")),
                f"{folder}/", f"{self._settings.host}:{self._settings.path}/{NEXT}/",
            ]  # fmt: skip
            given = _listed(path for path, _ in files)
            done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            raise _refusal(done.returncode, done.stderr)

    def _send_by_sftp(self, files: Sequence[tuple[str, Path]]) -> None:
        """An earlier file of this name goes first: it may be a link to one of an earlier release."""
        folders = sorted({str(Path(path).parent) for path, _ in files})
        self._run("xargs -0 mkdir -p --", _listed(folders), NEXT)
        self._run("xargs -0 rm -f --", _listed(path for path, _ in files), NEXT)
        puts = "".join(
            f"put {_quoted(str(body.resolve()))} {_quoted(f'{self._settings.path}/{NEXT}/{path}')}\n"
            for path, body in files
        )
        command = ["sftp", "-q", *self._ssh("no")[1:], "-b", "-", self._settings.host]
        done = subprocess.run(command, input=puts.encode(), capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            raise _refusal(done.returncode, done.stderr)


def _started(command: Sequence[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)  # noqa: S603
    except FileNotFoundError:
        raise HostError("there is no `ssh` on this machine", "install OpenSSH") from None


def _pulse(channel: IO[bytes], done: threading.Event) -> None:
    while not done.wait(PULSE):
        with suppress(OSError, ValueError):
            channel.write(b".")
            channel.flush()


def _end(master: subprocess.Popen[bytes]) -> None:
    for channel in (master.stdin, master.stdout):
        if channel is not None:
            with suppress(OSError):
                channel.close()
    try:
        master.wait(timeout=10)
    except subprocess.TimeoutExpired:
        master.kill()
        master.wait()


def _in_shell(script: str) -> str:
    """A script for `sh`, whatever shell a user has there."""
    return f"exec sh -c {shlex.quote(script)}"


def _keep(file: str) -> str:
    """Put what is given into a file in one step."""
    return f"cat >{file}.new && mv {file}.new {file}"


def _listed(names: Iterable[str]) -> bytes:
    return b"\0".join(name.encode("utf-8", "surrogateescape") for name in names)


def _quoted(path: str) -> str:
    """A path as sftp reads it."""
    return '"' + re.sub(r'(["\\*?\[])', r"\\\1", path) + '"'


def _refusal(status: int, said: bytes) -> HostError:
    """What a program said, as a refusal with help."""
    text = said.decode("utf-8", "replace")
    lines = [line for line in text.strip().splitlines() if line.strip() and not line.startswith("@")]
    for fault in _FAULTS if status == LOST else ():
        if fault.words in text:
            return HostError(fault.message, fault.hint)
    last = "; ".join(lines[-2:]) or f"a program ended with {status}"
    return HostError(f"the connection was lost ({last})" if status == LOST else last)
