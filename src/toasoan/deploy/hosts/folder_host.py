"""A folder of this machine with releases, from which a web server serves: `current` leads to the present one.

Releases are whole trees; files that did not change are hard links to those of the release before, so that a release
takes no more room than what it changed. The next release grows in a folder that no server looks into, and becomes the
one that readers see by the exchange of one symbolic link.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toasoan.deploy import release as releases
from toasoan.deploy.host import Bodies, HostBusyError, HostError, Limits, ListOf, Put, Standing, Work
from toasoan.deploy.journal import done_line, journal_lines, read_journal
from toasoan.deploy.release import Release, is_release_id
from toasoan.deploy.release_folder import CURRENT, JOURNAL, LIST, LOCK, NEXT, RELEASES, SPARE, makeover, spare_in
from toasoan.files import (
    TEMPORARY_MARK,
    append_text,
    copy_file,
    delete_file,
    link_file,
    link_tree,
    make_folder,
    move,
    point,
    remove_empty_folders,
    remove_tree,
    write_file,
    write_out,
    write_text,
)
from toasoan.lock import LockedError, locked


@dataclass
class FolderHost:
    """A folder with releases."""

    folder: Path
    root: Path = Path()
    """The portal's root, in which the command runs."""

    after: tuple[str, ...] = ()
    """A command to run once readers see a release."""

    encodings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.name = f"the folder {self.folder}"
        self.in_place = False
        self.encoding: str | None = None
        self.limits = Limits()
        self.warnings: list[str] = []

    def headers(self, path: str) -> Mapping[str, str]:
        """None: a web server sends them."""
        return {}

    @contextmanager
    def locked(self, who: str) -> Iterator[None]:
        """Hold a lock, which the system lets go of when this process ends. Raises HostBusyError, HostError."""
        with _told():
            make_folder(self.folder / RELEASES)
        owner = self.folder / f"{LOCK}.owner"
        try:
            with locked(self.folder / LOCK):
                with _told():
                    write_text(owner, who)
                yield
        except LockedError as error:
            by = owner.read_text(encoding="utf-8") if owner.is_file() else f"process {error.process}"
            raise HostBusyError(by) from None

    def standing(self) -> Standing:
        """What lies there."""
        current = self._current()
        listed = sorted((it.name.removesuffix(LIST) for it in self._lists()), reverse=True)
        work = read_journal(self.folder / JOURNAL)
        if work is not None and work.release != current and not self._can_go_on(work, current):
            work = None
        # A later release than the current one never got so far that readers saw it.
        seen = (it for it in listed if is_release_id(it) and it <= (current or ""))
        kept = tuple(it for it in seen if (self.folder / RELEASES / it).is_dir())
        return Standing(current, kept, work)

    def _can_go_on(self, work: Work, current: str | None) -> bool:
        return work.base == current and (self.folder / NEXT).is_dir()

    def _current(self) -> str | None:
        try:
            name = (self.folder / CURRENT).readlink().name
        except FileNotFoundError:
            return None
        except OSError as error:
            raise HostError(
                f"{self.folder / CURRENT} is no symbolic link: {error.strerror}",
                "no deploy made it; move it away, or name another folder",
            ) from None
        return name if is_release_id(name) else None

    def _lists(self) -> Iterable[Path]:
        return (self.folder / RELEASES).glob(f"*{LIST}")

    def read_release(self, release_id: str) -> Release:
        """The list beside a release. Raises HostError if there is none."""
        try:
            return releases.read((self.folder / RELEASES / f"{release_id}{LIST}").read_bytes())
        except (OSError, releases.NoReleaseError) as error:
            raise HostError(f"the list of the release {release_id} can't be read: {error}") from None

    def begin(self, work: Work, list_of: ListOf) -> None:
        """Let the next release begin as the current one, or go on with what was begun."""
        with _told():
            goes_on = (self.folder / NEXT).is_dir() and (old := read_journal(self.folder / JOURNAL)) is not None
            if goes_on and old is not None and old.base == work.base:
                for part in list((self.folder / NEXT).rglob(f"*{TEMPORARY_MARK}")):
                    delete_file(part)
            else:
                delete_file(self.folder / JOURNAL)
                remove_tree(self.folder / NEXT)
                if work.base is None:
                    make_folder(self.folder / NEXT)
                elif (spare := spare_in(it.name for it in (self.folder / RELEASES).iterdir())) is not None:
                    self._make_over(spare, work.base, list_of)
                else:
                    link_tree(self.folder / RELEASES / work.base, self.folder / NEXT)
            write_text(self.folder / JOURNAL, journal_lines(work))

    def _make_over(self, spare: str, base: str, list_of: ListOf) -> None:
        """Let the next release begin as another one, with the folder of one that nobody wants any more."""
        try:
            todo = makeover(list_of(spare), list_of(base))
        except HostError:  # nobody knows what it has
            remove_tree(self.folder / RELEASES / f"{SPARE}{spare}")
            link_tree(self.folder / RELEASES / base, self.folder / NEXT)
            return
        delete_file(self.folder / RELEASES / f"{spare}{LIST}")  # from now on it is no longer what its list says
        move(self.folder / RELEASES / f"{SPARE}{spare}", self.folder / NEXT)
        self.remove(todo.removed)
        for path in todo.linked:
            make_folder((self.folder / NEXT / path).parent)
            link_file(self.folder / RELEASES / base / path, self.folder / NEXT / path)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files from the next release."""
        with _told():
            for path in paths:
                delete_file(self.folder / NEXT / path)
                remove_empty_folders((self.folder / NEXT / path).parent, self.folder / NEXT)

    def put(self, batch: Sequence[Put], bodies: Bodies) -> None:
        """Copy files into the next release, or link them from an earlier one."""
        with _told():
            for it in batch:
                place = self.folder / NEXT / it.path
                if it.origin is not None:
                    make_folder(place.parent)
                    link_file(self.folder / RELEASES / it.origin / it.path, place)
                else:
                    copy_file(bodies(it), place)
            append_text(self.folder / JOURNAL, "".join(done_line(it.path, it.file) for it in batch))

    def switch(self, release: Release) -> None:
        """Give the next release its name, and let `current` lead to it, once the disk has all of it."""
        with _told():
            write_file(self.folder / RELEASES / f"{release.id}{LIST}", release.as_bytes)
            move(self.folder / NEXT, self.folder / RELEASES / release.id)
            write_out(self.folder)
            point(self.folder / CURRENT, f"{RELEASES}/{release.id}")

    def after_switch(self) -> None:
        """Run the command that the settings name."""
        if self.after:
            told = _outcome(self.after, self.root)
            if told is not None:
                raise HostError(f"the command {' '.join(self.after)!r} failed: {told}")

    def finish(self, kept: Sequence[str]) -> None:
        """Forget other releases. The folder of one of them stays for the next release."""
        place = self.folder / RELEASES
        with _told():
            spare = spare_in(it.name for it in place.iterdir())
            for folder in sorted(it for it in place.iterdir() if is_release_id(it.name) and it.name not in kept):
                if spare is None and (place / f"{folder.name}{LIST}").is_file():
                    spare = folder.name
                    move(folder, place / f"{SPARE}{spare}")
                else:
                    remove_tree(folder)
            for file in list(self._lists()):
                if file.name.removesuffix(LIST) not in (*kept, spare):
                    delete_file(file)
            delete_file(self.folder / JOURNAL)

    def changed(self, paths: Sequence[str]) -> None:
        """Nothing: a folder has no cache."""


def _outcome(command: Sequence[str], root: Path) -> str | None:
    """What a command that failed said; None if it did not fail."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, cwd=root)  # noqa: S603
    except OSError as error:
        return str(error)
    said = (done.stderr or done.stdout).strip().splitlines()[-3:]
    return None if done.returncode == 0 else "; ".join(said) or f"it ended with {done.returncode}"


@contextmanager
def _told() -> Iterator[None]:
    """What the disk refuses, as a host's refusal."""
    try:
        yield
    except OSError as error:
        raise HostError(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from error
