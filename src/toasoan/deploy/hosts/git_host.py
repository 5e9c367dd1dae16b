"""A branch of a Git repository, from which GitHub Pages, GitLab Pages or another host serves.

Each release is a commit whose tree is the whole portal; readers see it once it is pushed, all of it at once. Now and
then the branch is cut down to the releases that are kept, so that the repository does not grow for ever. Commits are
made in a bare repository beside the portal's caches; nothing is checked out. Whoever pushed meanwhile is noticed,
because a push names the commit that it is to replace.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from toasoan.deploy import release as releases
from toasoan.deploy.host import Bodies, HostBusyError, HostError, Limits, ListOf, LockLostError, Put, Standing, Work
from toasoan.deploy.release import Release, is_release_id
from toasoan.deploy_settings import GitDeploy
from toasoan.files import delete_file, make_folder, write_text
from toasoan.lock import LockedError, locked

LIST = ".toasoan-release.gz"
"""The list of a release's files, in its tree: it has nothing in it that readers may not see."""

TRAILER = "Release: "
"""Begins the line of a commit's message that names its release."""

FOLDER_TRAILER, NAME_TRAILER = "Folder: ", "Host: "
"""Begin the lines that say in which folder the portal lies, and the host name of its own; left out for none."""

GITLAB_FOLDER, GITLAB_JOB = "public", ".gitlab-ci.yml"
"""GitLab serves this folder, once a job named in this file has handed it on. Other hosts heed neither."""

_GITLAB_JOB = b"""pages:
  script: [echo "The portal lies in public/."]
  artifacts:
    paths: [public]
"""

LARGEST = 100_000_000
"""Bytes of one file that GitHub takes at most."""

MOST_COMMITS = 100
"""Releases that a branch has before it is cut down to those that are kept. To cut it at each deploy would send the
whole portal each time: Git finds what both sides have by the commits that they share."""

_FILE, _NOTHING = "100644", "0" * 40
_LONGEST = 600
"""Seconds that Git may take for one command."""

_FAULTS = (
    (
        "authentication failed|returned error: 401",
        "the host refuses the password or token",
        "see `token_variable`: whether the token is still good, and may write to this repository",
    ),
    (
        "could not read (username|password)",
        "the host wants a password",
        "set `token_variable`, or use an address for ssh",
    ),
    ("returned error: 403|not allowed to push", "the token may not write here", "see the token's rights"),
    (r"permission denied \(", "the host refuses the key", "see that it may write there, and try `git push`"),
    ("host key verification failed", "the host's key is not known to this machine", "try `ssh` to it by hand once"),
    ("protected branch", "the branch is protected", "let this account push there, with force"),
    ("could not resolve", "there is no host of this name", "correct `remote`"),
    ("connection refused|failed to connect|could not connect", "nobody listens there", "correct `remote`"),
    (
        "does not appear to be a git repository|repository .*not found|not found.*repository|returned error: 404",
        "there is no such repository, or it may not be seen",
        "correct `remote`, make the repository, or see whether the token or key may read it",
    ),
)
"""What Git says, in small letters, with what it means and what to do."""

_OF_NO_HELP = ("To ", "error: failed to push some refs")
"""How lines begin that repeat where one pushed to."""

_LOST = ("stale info", "already exists", "cannot lock ref", "fetch first")
"""What Git says where a branch is not as it was found."""

_OF_ANOTHER_REPOSITORY = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_QUARANTINE_PATH", "GIT_WORK_TREE",
)  # fmt: skip
"""What a hook of another repository has in its environment, from which a deploy may be started."""

_QUIET = (
    "gc.autoDetach=false",
    "maintenance.autoDetach=false",
    "core.hooksPath=/dev/null",
    "advice.pushFetchFirst=false",
)
"""Nothing stays running, and no hook of this machine has a say."""


@dataclass(frozen=True, slots=True)
class _Commit:
    """A release in the branch."""

    sha: str
    tree: str
    release: str
    folder: str
    name: str
    """The host name that the portal has of its own."""


class GitHost:
    """A branch whose commits are releases."""

    def __init__(self, settings: GitDeploy, root: Path, repository: Path) -> None:
        self.name = f"the branch {settings.branch} of {without_password(settings.remote)}"
        self.in_place = False
        self.encodings: tuple[str, ...] = ()
        self.encoding: str | None = None
        self.limits = Limits("this host", settings.most_files, settings.most_megabytes * 1_000_000, LARGEST)
        self.warnings: list[str] = []
        self._settings = settings
        self._root = root
        self._repository = repository = repository.resolve()
        self._tip: str = _NOTHING
        """The commit that a push is to replace."""
        self._commits: tuple[_Commit, ...] = ()
        self._index = repository / "toasoan-index"

    def headers(self, path: str) -> Mapping[str, str]:
        """None: such hosts send what they want."""
        return {}

    @contextmanager
    def locked(self, who: str) -> Iterator[None]:
        """Keep other deploys of this machine away, and fetch the branch; those of others are noticed at the push."""
        make_folder(self._repository)
        owner = self._repository / "toasoan-lock.owner"
        try:
            with locked(self._repository / "toasoan-lock"):
                write_text(owner, who)
                if not (self._repository / "HEAD").exists():
                    self._git("init", "--quiet", "--bare")
                self._fetch()
                yield
        except LockedError as error:
            by = owner.read_text(encoding="utf-8") if owner.is_file() else f"process {error.process}"
            raise HostBusyError(by) from None

    def _fetch(self) -> None:
        branch, remote = self._settings.branch, self._settings.remote
        listed = self._git("ls-remote", "--heads", remote, f"refs/heads/{branch}").split()
        self._tip = listed[0] if listed else _NOTHING
        self._commits = ()
        if not listed:
            return
        self._git("fetch", "--quiet", "--force", "--no-tags", remote, f"refs/heads/{branch}:refs/heads/{branch}")
        told = self._git("log", "--first-parent", "--format=%H%x00%T%x00%B%x01", self._tip)
        self._commits = tuple(_commits(told))
        if not self._commits:
            raise HostError(
                "the branch has commits that no deploy made",
                "name a branch that belongs to the deploys alone, or delete this one",
            )

    def standing(self) -> Standing:
        """What the branch has. A push is done or not done, so no deploy is ever left unfinished.

        But a branch whose settings are others by now has something to be done, even if no page changed.
        """
        ids = tuple(it.release for it in self._commits[: self._settings.keep])
        if not ids:
            return Standing(None)
        latest, wanted = self._commits[0], (self._settings.folder, self._settings.cname or "")
        is_as_wanted = (latest.folder, latest.name) == wanted
        return Standing(ids[0], ids, None if is_as_wanted else Work(ids[0], None, "", {}))

    def read_release(self, release_id: str) -> Release:
        """The list in a release's tree."""
        try:
            return releases.read(self._bytes("cat-file", "blob", f"{self._commit_of(release_id).sha}:{LIST}"))
        except releases.NoReleaseError as error:
            raise HostError(f"the list of the release {release_id} can't be read: {error}") from None

    def _commit_of(self, release_id: str) -> _Commit:
        for it in self._commits:
            if it.release == release_id:
                return it
        raise HostError(f"the branch has no release {release_id}")

    def begin(self, work: Work, list_of: ListOf) -> None:
        """Let the next tree begin as that of the current release."""
        delete_file(self._index)
        if work.base is not None:
            base = self._commit_of(work.base)
            if base.folder == self._settings.folder:
                self._git("read-tree", base.tree)
            else:
                self._note(self._lines_of(base, None))

    def remove(self, paths: Sequence[str]) -> None:
        """Take files out of the next tree."""
        self._note(f"0 {_NOTHING}\t{self._place(path)}" for path in paths)

    def put(self, batch: Sequence[Put], bodies: Bodies) -> None:
        """Put files into the next tree."""
        own = [it for it in batch if it.origin is None]
        listed = "".join(f"{bodies(it).resolve()}\n" for it in own)
        shas = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed).split()
        self._note(f"{_FILE} {sha}\t{self._place(it.path)}" for it, sha in zip(own, shas, strict=True))
        for origin in sorted({it.origin for it in batch if it.origin is not None}):
            self._note(self._lines_of(self._commit_of(origin), {it.path for it in batch if it.origin == origin}))

    def _lines_of(self, commit: _Commit, paths: Container[str] | None) -> Iterator[str]:
        """Files of a release for the next tree; None for all."""
        for entry in self._git("ls-tree", "-r", "-z", f"{commit.tree}:{commit.folder}").split("\0"):
            head, _, path = entry.partition("\t")
            if path and (paths is None or path in paths):
                yield f"{_FILE} {head.split()[2]}\t{self._place(path)}"

    def switch(self, release: Release) -> None:
        """Push the release, and those that are kept, in place of what was found. Raises LockLostError."""
        folder, name = self._settings.folder, self._settings.cname or ""
        self.remove([path for path in (LIST, "CNAME") if path not in release.files])
        own = {LIST: release.as_bytes, self._place(".nojekyll"): b""}
        if folder == GITLAB_FOLDER:
            own[GITLAB_JOB] = _GITLAB_JOB
        if name:
            own[self._place("CNAME")] = f"{name}\n".encode()
        self._note(f"{_FILE} {self._blob(data)}\t{path}" for path, data in own.items())
        commit = _Commit("", self._git("write-tree").strip(), release.id, folder, name)
        if len(self._commits) < MOST_COMMITS:
            parent = None if self._tip == _NOTHING else self._tip
            self._push((replace(commit, sha=self._committed(commit, parent)), *self._commits))
        else:
            # One earlier release at least, to go back to if there is something wrong with this one.
            self._push(self._made_anew((commit, *self._commits)[: max(self._settings.keep, 2)]))

    def _blob(self, data: bytes) -> str:
        return self._bytes("hash-object", "-w", "--no-filters", "--stdin", given=data).decode().strip()

    def _made_anew(self, wanted: Sequence[_Commit]) -> Sequence[_Commit]:
        """Releases, the newest first, without all that was before the last one."""
        parent: str | None = None
        made: list[_Commit] = []
        for it in reversed(wanted):
            parent = self._committed(it, parent)
            made.insert(0, replace(it, sha=parent))
        return made

    def _push(self, made: Sequence[_Commit]) -> None:
        """Push releases, the newest first, in place of what was found."""
        branch = f"refs/heads/{self._settings.branch}"
        lease = f"--force-with-lease={branch}:{'' if self._tip == _NOTHING else self._tip}"
        try:
            self._git("push", "--quiet", lease, self._settings.remote, f"{made[0].sha}:{branch}")
        except HostError as error:
            if any(words in str(error) for words in _LOST):
                raise LockLostError(
                    "somebody else deployed in the meantime, and their release stays", "look at it, and deploy again"
                ) from None
            raise
        self._tip, self._commits = made[0].sha, tuple(made)

    def _committed(self, commit: _Commit, parent: str | None) -> str:
        """A commit that is the same whenever it is made anew."""
        moment = f"{int(releases.made_at(commit.release).timestamp())} +0000"
        name, _, mail = self._settings.author.partition("<")
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name.strip()), ("EMAIL", mail.rstrip("> ")), ("DATE", moment))
        }
        told = ((TRAILER, commit.release), (FOLDER_TRAILER, commit.folder), (NAME_TRAILER, commit.name))
        message = "Publish\n\n" + "".join(f"{trailer}{value}\n" for trailer, value in told if value)
        above = ["-p", parent] if parent else []
        return self._git("commit-tree", commit.tree, *above, given=message, **who).strip()

    def after_switch(self) -> None:
        """Nothing: the host sees the push."""

    def finish(self, kept: Sequence[str]) -> None:
        """Tidy up here. Commits of earlier releases stay until the branch is cut."""
        delete_file(self._index)
        self._git("update-ref", f"refs/heads/{self._settings.branch}", self._tip)
        self._git("gc", "--auto", "--quiet")

    def changed(self, paths: Sequence[str]) -> None:
        """Nothing: such hosts empty their own caches."""

    # ---- Git itself

    def _place(self, path: str) -> str:
        return f"{self._settings.folder}/{path}" if self._settings.folder else path

    def _note(self, lines: Iterator[str]) -> None:
        given = "\0".join(lines)
        if given:
            self._git("update-index", "-z", "--add", "--index-info", given=f"{given}\0")

    def _git(self, *words: str, given: str = "", **environment: str) -> str:
        data = given.encode("utf-8", "surrogateescape")
        return self._bytes(*words, given=data, **environment).decode("utf-8", "surrogateescape")

    def _bytes(self, *words: str, given: bytes = b"", **environment: str) -> bytes:
        """What Git prints. It asks nobody, and finds a token in its environment, never in its arguments."""
        variable = self._settings.token_variable
        helper = []
        if variable:
            if not os.environ.get(variable):
                raise HostError(f"the environment has no {variable}", "set it to a token that may push")
            said = f'!f() {{ echo username=x-access-token; echo "password=${variable}"; }}; f'
            helper = ["-c", "credential.helper=", "-c", f"credential.helper={said}"]
        own = {"GIT_DIR": str(self._repository), "GIT_INDEX_FILE": str(self._index), "GIT_TERMINAL_PROMPT": "0"}
        inherited = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY}
        quiet = [word for setting in _QUIET for word in ("-c", setting)]
        ssh = {"GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")}
        try:
            done = subprocess.run(  # noqa: S603
                ["git", *quiet, *helper, *words],  # noqa: S607
                input=given, capture_output=True, check=False, timeout=_LONGEST, cwd=self._root,
                env={**inherited, "LC_ALL": "C", **ssh, **own, **environment},
            )  # fmt: skip
        except FileNotFoundError:
            raise HostError("there is no `git` on this machine", "install it") from None
        except subprocess.TimeoutExpired:
            raise HostError(f"`git {words[0]}` took longer than {_LONGEST} s") from None
        if done.returncode:
            raise _refusal(words[0], done.stderr.decode("utf-8", "replace"), variable)
        return done.stdout


def _commits(told: str) -> Iterator[_Commit]:
    """The releases that a branch has, up to the first commit that is none."""
    for entry in told.split("\x01\n"):
        sha, _, rest = entry.partition("\0")
        tree, _, message = rest.partition("\0")
        release, folder, name = (_told(message, it) for it in (TRAILER, FOLDER_TRAILER, NAME_TRAILER))
        if not is_release_id(release):
            return
        yield _Commit(sha, tree, release, folder, name)


def _told(message: str, trailer: str) -> str:
    """What a line of a commit's message says; empty for nothing."""
    found = re.search(rf"^{trailer}(\S+)$", message, re.MULTILINE)
    return found[1] if found else ""


def _refusal(command: str, said: str, variable: str | None) -> HostError:
    """What Git said, without any secret, as a refusal with help."""
    said = without_password(said)
    secret = os.environ.get(variable, "") if variable else ""
    if secret:
        said = said.replace(secret, "***")
    for words, message, hint in _FAULTS:
        if re.search(words, said.lower()):
            return HostError(message, hint)
    lines = (line.removeprefix("remote:").strip() for line in said.strip().splitlines())
    last = "; ".join([line for line in lines if line and not line.startswith(_OF_NO_HELP)][-3:])
    return HostError(f"`git {command}` failed: {last}")


def without_password(text: str) -> str:
    """A text in which addresses have no passwords."""
    return re.sub(r"(://)[^/\s@]*@", r"\1", text)
