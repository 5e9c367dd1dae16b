"""Tells when files change. The one door to watchdog."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

QUIET = 0.03
"""Seconds without a further change after which a burst of changes is over: editors save in several acts."""

_CHANGES = frozenset(("created", "modified", "moved", "deleted"))


Changed = Callable[[frozenset[Path]], None]
"""Told the files and folders, absolute, to which something happened."""


@contextmanager
def watching(folders: Iterable[Path], ignored: Path, changed: Changed) -> Iterator[None]:
    """Tell `changed`, in a thread of its own, of each burst of changes below `folders` but not in `ignored`."""
    bursts = _Bursts(changed, ignored.resolve())
    observer = Observer()
    for folder in folders:
        if folder.is_dir():
            observer.schedule(bursts, str(folder.resolve()), recursive=True)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
        bursts.stop()


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
        if event.event_type not in _CHANGES or not paths:
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
