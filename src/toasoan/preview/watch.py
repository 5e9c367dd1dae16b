"""Tells when files change. The one door to watchdog."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

QUIET = 0.1
"""Seconds without a further change after which a burst of changes is over: editors save in several acts."""

_CHANGES = frozenset(("created", "modified", "moved", "deleted"))


@contextmanager
def watching(folders: Iterable[Path], ignored: Path, changed: Callable[[], None]) -> Iterator[None]:
    """Call `changed`, in a thread of its own, after each burst of changes below `folders` but not in `ignored`."""
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

    def __init__(self, changed: Callable[[], None], ignored: Path) -> None:
        self._changed = changed
        self._ignored = ignored
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(str(event.dest_path or event.src_path))
        if event.event_type not in _CHANGES or self._ignored in (path, *path.parents):
            return
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(QUIET, self._changed)
            self._timer.daemon = True
            self._timer.start()

    def stop(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
