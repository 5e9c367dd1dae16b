"""Tells when files change. The one door to watchdog."""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

QUIET = 0.015
"""Seconds without a further change after which a burst of changes is over: editors save in several acts."""

_CHANGES = frozenset(("created", "modified", "moved", "deleted"))


POLL_EVERY = 1.0
"""Seconds between two looks at all files."""

REMOTE = frozenset(
    "9p afs cifs fuse.sshfs ncpfs nfs nfs4 prl_fs smb3 smbfs vboxsf virtiofs".split()  # noqa: SIM905  # easier to read
)
"""Types of file systems, as Linux calls them, that do not tell of what others write into them (inotify(7))."""

Changed = Callable[[frozenset[Path]], None]
"""Told the files and folders, absolute, to which something happened."""


@contextmanager
def watching(folders: Iterable[Path], ignored: Path, changed: Changed, poll: bool = False) -> Iterator[None]:
    """Tell `changed`, in a thread of its own, of each burst of changes below `folders` but not in `ignored`.

    With `poll` the folders are looked at again and again, as is done for drives of a network in any case.
    """
    folders = [folder.resolve() for folder in folders if folder.is_dir()]
    bursts = _Bursts(changed, ignored.resolve())
    # It says so of folders that are made one in the other, and all is well.
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, "watchdog")
    observer: BaseObserver = (
        PollingObserver(timeout=POLL_EVERY) if poll or any(map(is_remote, folders)) else Observer()
    )
    for folder in folders:
        observer.schedule(bursts, str(folder), recursive=True)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
        bursts.stop()


def is_remote(folder: Path, mounts: str = "/proc/mounts") -> bool:
    """Whether a folder lies on a drive of the network, as far as the system says (proc_pid_mounts(5))."""
    try:
        lines = Path(mounts).read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    found = [line.split(" ")[1:3] for line in lines if line.count(" ") > 2]
    places = {Path(_OCTAL.sub(lambda it: chr(int(it[1], 8)), place)): kind for place, kind in found}
    nearest = next((places[it] for it in (folder, *folder.parents) if it in places), "")
    return nearest in REMOTE


_OCTAL = re.compile(r"\\([0-7]{3})")


class _Bursts(FileSystemEventHandler):
    """Many events into one call."""

    def __init__(self, changed: Changed, ignored: Path) -> None:
        self._changed = changed
        self._ignored = ignored
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._paths: set[Path] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = {Path(str(path)) for path in (event.dest_path, event.src_path) if path}
        paths = {path for path in paths if self._ignored not in (path, *path.parents)}
        is_about_others = event.is_directory and event.event_type == "modified"  # what changed in it is told as well
        if event.event_type not in _CHANGES or is_about_others or not paths:
            return
        with self._lock:
            self._paths |= paths
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(QUIET, self._tell)
            self._timer.daemon = True
            self._timer.start()

    def _tell(self) -> None:
        with self._lock:
            paths, self._paths = frozenset(self._paths), set()
        self._changed(paths)

    def stop(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
