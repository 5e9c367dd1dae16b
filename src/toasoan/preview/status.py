"""What the preview knows of its portal at a moment, and how those who wait learn of the next one."""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from toasoan.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Status:
    """The portal as it is known."""

    run: str
    """Of this server: pages of another one are old, whatever their number."""

    number: int = 0
    """Of the pages' content: it grows whenever pages have changed. 0 until the sources were read."""

    style: str | None = None
    """The link of the style sheet; None where it never changed."""

    mistakes: tuple[Diagnostic, ...] = ()
    """Errors that keep the last change from being shown."""

    found: tuple[Diagnostic, ...] = ()
    """What the last build that knows all found, warnings too."""

    is_complete: bool = False
    """Whether all files lie in the folder as they should be."""

    read: tuple[int, int] = (0, 0)
    """How many articles were read, of how many, until all are."""

    is_over: bool = False

    @property
    def edition(self) -> str:
        """What tells the pages of this moment from others."""
        return f"{self.run}.{self.number}"

    def as_json(self) -> str:
        """What open pages are told."""
        told = {
            "edition": self.edition,
            "style": self.style,
            "mistakes": [it.as_dict() for it in self.mistakes],
            "read": self.read,
        }
        return json.dumps(told, ensure_ascii=False)


class StatusBoard:
    """The status, for many to read and for one to change, all of them in one event loop."""

    def __init__(self) -> None:
        self.now = Status(secrets.token_hex(4))
        self._next = asyncio.Event()

    def change(self, **what: Any) -> None:
        """Change some of it, and let everybody know."""
        self.now = replace(self.now, **what)
        self._next.set()
        self._next = asyncio.Event()

    async def other_than(self, known: Status, seconds: float) -> Status:
        """The status once it is another one than was known, or after some time the same."""
        if self.now is known:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._next.wait(), seconds)
        return self.now
