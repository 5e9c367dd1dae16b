"""A server of one's own, reached by the `ssh` of this machine: keys, agents and `~/.ssh/config` are its affair.

The folder there is laid out as that of `folder_host`, and all that happens inside of it is done by the server's own
shell and its GNU tools, so that what did not change never travels. rsync or sftp carry files through the same
connection, into a folder of this deploy alone: what a deploy that was killed goes on sending harms nobody.
"""

from __future__ import annotations

import re
import secrets
import shlex
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from shutil import which

from toasoan.deploy import release as releases
from toasoan.deploy.host import Bodies, HostError, Limits, ListOf, Put, Standing, Work
from toasoan.deploy.hosts.ssh_connection import SshConnection, refusal
from toasoan.deploy.journal import done_line, journal_in, journal_lines
from toasoan.deploy.release import Release, is_release_id
from toasoan.deploy.release_folder import CURRENT, JOURNAL, LIST, LOCK, NEXT, RELEASES, SPARE, makeover, spare_in
from toasoan.deploy_settings import SshDeploy
from toasoan.files import make_folder, point, temporary_folder

ARRIVING = f"{RELEASES}/.arriving-"
"""How the folder begins into which a deploy sends its files."""

_MARK = "-- toasoan --"
"""Parts what the server says into its parts."""

_PROBE = f"{RELEASES}/.probe"
_TRY_PROGRAMS = f"""
rm -rf {_PROBE}; mkdir {_PROBE}; (
cd {_PROBE} && mkdir a && : >a/f && cp -al a b && : >a/g && ln -s a l && ln -s b m && mv -T l m && cd a &&
printf 'g\\0' | xargs -0 -r cp -lP --parents --remove-destination -t ../b -- &&
cp -rlPT --remove-destination . ../b
) || {{
echo "a deploy needs the programs of GNU (coreutils, findutils) and a disk with hard links" >&2; exit 1; }}
rm -rf {_PROBE}
"""
"""Tries what is asked of the server's programs and of its disk, in a folder of no meaning."""


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
        self._connection = SshConnection(settings, root, RELEASES, LOCK)
        self._run = self._connection.run
        self._goes_on = False
        self._names: frozenset[str] = frozenset()
        """What lies among the releases."""
        self._arriving = f"{ARRIVING}{secrets.token_hex(4)}"
        self._has_rsync = False
        self._told_late: list[str] = []
        """Lines for the journal, which go with the next command: to send a batch twice does no harm."""

    def headers(self, path: str) -> Mapping[str, str]:
        """None: a web server sends them."""
        return {}

    def locked(self, who: str) -> AbstractContextManager[None]:
        """Connect, and have the server hold a lock for as long as the connection stands."""
        return self._connection.opened(who)

    # ---- releases

    def standing(self) -> Standing:
        """What lies there."""
        said = self._run(
            f"if [ -L {CURRENT} ]; then readlink {CURRENT}; elif [ -e {CURRENT} ]; then echo '?'; fi\n"
            f"echo {_MARK!r}\nls -1A {RELEASES}; echo {_MARK!r}\n"
            f"command -v rsync || true; echo {_MARK!r}\nif [ -e {JOURNAL} ]; then cat {JOURNAL}; fi"
        ).decode("utf-8", "surrogateescape")
        link, listed, rsync, journal = said.split(f"{_MARK}\n", 3)
        if link == "?\n":
            raise HostError(
                f"{self._settings.path}/{CURRENT} is no symbolic link",
                "no deploy made it; move it away, or name another folder",
            )
        self._has_rsync = bool(rsync.strip()) and which("rsync") is not None
        name = Path(link.strip()).name
        current = name if is_release_id(name) else None
        self._names = names = frozenset(listed.splitlines())
        work = journal_in(journal)
        if work is not None and work.release != current and (work.base != current or Path(NEXT).name not in names):
            work = None
        self._goes_on = work is not None and work.release != current
        # A later release than the current one never got so far that readers saw it.
        kept = (it for it in names if is_release_id(it) and f"{it}{LIST}" in names and it <= (current or ""))
        return Standing(current, tuple(sorted(kept, reverse=True)), work)

    def read_release(self, release_id: str) -> Release:
        """The list beside a release."""
        try:
            return releases.read(self._run(f"cat {RELEASES}/{release_id}{LIST}"))
        except releases.NoReleaseError as error:
            raise HostError(f"the list of the release {release_id} can't be read: {error}") from None

    def begin(self, work: Work, list_of: ListOf) -> None:
        """Let the next release begin as the current one, or go on with what was begun."""
        script, given = f"rm -rf {ARRIVING}*", b""
        if not self._goes_on:
            beginning, given = self._beginning(work.base, list_of)
            script = f"{_TRY_PROGRAMS}{script} {JOURNAL} {NEXT}\n{beginning}"
        journal = journal_lines(work).encode("utf-8", "surrogateescape")
        self._run(f"{script}\n{_keep(JOURNAL)}", given + journal)
        self._goes_on = False

    def _beginning(self, base: str | None, list_of: ListOf) -> tuple[str, bytes]:
        """How the next release is made of another one, and the lists of files for that."""
        if base is None:
            return f"mkdir {NEXT}", b""
        spare = spare_in(self._names)
        if spare is None:
            return f"cp -al {RELEASES}/{base} {NEXT}", b""
        self._names -= {f"{SPARE}{spare}", f"{spare}{LIST}"}
        try:
            todo = makeover(list_of(spare), list_of(base))
        except HostError:  # nobody knows what it has
            return f"rm -rf {RELEASES}/{SPARE}*; cp -al {RELEASES}/{base} {NEXT}", b""
        removed, linked = _listed(todo.removed), _listed(todo.linked)
        script = (
            f"rm -f {RELEASES}/{spare}{LIST}; mv {RELEASES}/{SPARE}{spare} {NEXT}\n"
            f"(cd {NEXT}; head -c {len(removed)} | xargs -0 -r rm -f --)\n"
            f"(cd {RELEASES}/{base}; head -c {len(linked)} | {_LINK_TO_NEXT})"
        )
        return script, removed + linked

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files from the next release, and folders that have nothing in them any more."""
        if paths:
            files = _listed(paths)
            folders = _listed(sorted({Path(path).parent.as_posix() for path in paths} - {"."}))
            self._run(
                f"cd {NEXT}; head -c {len(files)} | xargs -0 -r rm -f --\n"
                "xargs -0 -r rmdir -p --ignore-fail-on-non-empty -- 2>/dev/null || true",
                files + folders,
            )

    def put(self, batch: Sequence[Put], bodies: Bodies) -> None:
        """Send files into the next release, or link them from an earlier one."""
        there: dict[str, list[str]] = {}
        for it in batch:
            if it.origin is not None:
                there.setdefault(it.origin, []).append(it.path)
        for origin, paths in there.items():
            self._run(f"cd {RELEASES}/{origin}; {_LINK_TO_NEXT}", _listed(paths))
        sent = [(it.path, bodies(it)) for it in batch if it.origin is None]
        if sent:
            self._send(sent)
            arrived = (
                f"chmod -R u=rwX,go=rX {self._arriving}\n"
                f"cp -rlPT --remove-destination {self._arriving} {NEXT}\nrm -rf {self._arriving}\n"
            )
        done = "".join(done_line(it.path, it.file) for it in batch).encode("utf-8", "surrogateescape")
        self._run(f"{arrived if sent else ''}cat >>{JOURNAL}", done)

    def switch(self, release: Release) -> None:
        """Give the next release its name, and let `current` lead to it, once the disk has all of it."""
        self._run(
            f"{_keep(f'{RELEASES}/{release.id}{LIST}')}\nmv {NEXT} {RELEASES}/{release.id}\n"
            f"sync -f {RELEASES}/{release.id} 2>/dev/null || sync\n"
            f"rm -f .{CURRENT}.new; ln -s {RELEASES}/{release.id} .{CURRENT}.new; mv -T .{CURRENT}.new {CURRENT}",
            release.as_bytes,
        )
        self._names |= {release.id, f"{release.id}{LIST}"}

    def after_switch(self) -> None:
        """Run the command that the settings name, in the server's folder. What it leaves running has no lock."""
        if self._settings.after:
            command = shlex.join(self._settings.after)
            said = f"{RELEASES}/.said"
            try:
                self._run(
                    f"{command} >{said} 2>&1 </dev/null 4>&- 9>&- || {{ it=$?; tail -n 3 {said} >&2; exit $it; }}"
                )
            except HostError as error:
                raise HostError(f"the command {command!r} failed: {error}", error.hint) from None

    def finish(self, kept: Sequence[str]) -> None:
        """Remove other releases, their lists first. The folder of one of them stays for the next release."""
        ids = sorted(it for it in self._names if is_release_id(it) and it not in kept)
        spare, moved = spare_in(self._names), ""
        if spare is None and (fitting := [it for it in ids if f"{it}{LIST}" in self._names]):
            spare = fitting[0]
            ids.remove(spare)
            moved = f"mv {spare} {SPARE}{spare}; "
        listed = (it.removesuffix(LIST) for it in self._names if it.endswith(LIST))
        lists = [f"{it}{LIST}" for it in sorted(listed) if is_release_id(it) and it not in (*kept, spare)]
        self._run(
            f"cd {RELEASES}; {moved}rm -f {shlex.join(lists)}; rm -rf {shlex.join(ids)}; rm -f {Path(JOURNAL).name}"
        )
        stay = {it for id_ in kept for it in (id_, f"{id_}{LIST}")}
        self._names = frozenset((self._names & stay) | ({f"{SPARE}{spare}", f"{spare}{LIST}"} if spare else set()))

    def changed(self, paths: Sequence[str]) -> None:
        """Nothing: a folder has no cache."""

    # ---- what carries files

    def _send(self, files: Sequence[tuple[str, Path]]) -> None:
        """Send files into a folder of this deploy alone."""
        wish = self._settings.transfer
        if wish == "rsync" and not self._has_rsync:
            raise HostError("rsync is not on both machines", 'install it there, or set transfer = "sftp"')
        if self._has_rsync and wish != "sftp":
            self._send_by_rsync(files)
        else:
            self._send_by_sftp(files)

    def _send_by_rsync(self, files: Sequence[tuple[str, Path]]) -> None:
        """Rsync sends of a file what the earlier one has not."""
        with temporary_folder() as folder:
            for path, body in files:
                make_folder((folder / path).parent)
                point(folder / path, str(body.resolve()))
            command = [
                "rsync", "-rLts", "--checksum", "--chmod=D755,F644", "--from0", "--files-from=-",
                f"--copy-dest=../{Path(NEXT).name}", "-e", shlex.join(self._connection.through),
                f"{folder}/", f"{self._host}:{self._settings.path}/{self._arriving}/",
            ]  # fmt: skip
            _carried(command, _listed(path for path, _ in files))

    def _send_by_sftp(self, files: Sequence[tuple[str, Path]]) -> None:
        folders = sorted({str(Path(path).parent) for path, _ in files})
        self._run(f"mkdir -p {self._arriving}; cd {self._arriving}; xargs -0 mkdir -p --", _listed(folders))
        puts = "".join(
            f"put {_quoted(str(body.resolve()))} {_quoted(f'{self._settings.path}/{self._arriving}/{path}')}\n"
            for path, body in files
        )
        command = ["sftp", "-q", *self._connection.through[1:], "-b", "-", self._host]
        try:
            _carried(command, puts.encode("utf-8", "surrogateescape"))
        except HostError:
            # Sftp does not tell why a file can't be written; the shell does.
            largest = max(body.stat().st_size for _, body in files)
            self._run(f"rm -rf {_PROBE}; head -c {largest} /dev/zero >{_PROBE}; rm {_PROBE}")
            raise

    @property
    def _host(self) -> str:
        """The server, for programs to which a colon ends its name."""
        host = self._settings.host
        return f"[{host}]" if ":" in host else host


def _carried(command: Sequence[str], given: bytes) -> None:
    """Run a program that carries files. Raises HostError."""
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise HostError(f"there is no `{command[0]}` on this machine", "install it") from None
    if done.returncode:
        raise refusal(done.returncode, done.stderr)


_LINK_TO_NEXT = f"xargs -0 -r cp -lP --parents --remove-destination -t ../{Path(NEXT).name} --"
"""Links the files that are given, from the release in which the shell is."""


def _keep(file: str) -> str:
    """Put what is given into a file in one step. Behind `&&` a fault would not end a script."""
    return f"cat >{file}.new\nmv {file}.new {file}"


def _listed(names: Iterable[str]) -> bytes:
    return b"".join(name.encode("utf-8", "surrogateescape") + b"\0" for name in names)


def _quoted(path: str) -> str:
    """A path as sftp reads it: between quotation marks signs of patterns mean themselves."""
    return '"' + re.sub(r'(["\\])', r"\\\1", path) + '"'
