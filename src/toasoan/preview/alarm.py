"""Wakes the preview at the moment at which the clock alone changes the portal."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

LONGEST = 86_400.0
"""Seconds after which it looks again in any case: a machine that slept has another clock."""

AFTER = 0.05
"""Seconds that it is late on purpose: timers and the clock do not agree to the last bit."""


class Alarm:
    """Calls what it was given at one moment, the one that was set last."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._over = False

    def set(self, moment: datetime | None) -> None:
        """Ring at a moment, and not at the one that was set before; None for never."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if moment is None or self._over:
                return
            seconds = (moment - datetime.now(UTC)).total_seconds()
            self._timer = threading.Timer(min(max(seconds, 0.0), LONGEST) + AFTER, self._ring)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> None:
        """Ring no more."""
        self.set(None)
        with self._lock:
            self._over = True
