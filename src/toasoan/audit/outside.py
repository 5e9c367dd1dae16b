"""Whether pages elsewhere to which a portal links are still there: asked politely, and remembered.

No more than one question at a time goes to a host, with a pause between two, and what was heard is believed for days:
a newsroom that checks ten times a day must not be a burden to the agencies that it links to.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urldefrag

from toasoan.audit.findings import Fault, advice
from toasoan.fetching import CannotFetchError, asked, host_of
from toasoan.files import write_text

KEPT = 7 * 24 * 3600
"""Seconds for which it is believed that a page is there."""

KEPT_IF_GONE = 24 * 3600
"""Seconds for which it is believed that it is not: it may have been a bad day."""

PAUSE = 1.0
"""Seconds between two questions to one host."""

MOST_HOSTS = 8
"""Hosts that are asked at once."""

_GONE = (404, 410)
_OK = 400


@dataclass(frozen=True, slots=True)
class Heard:
    """What a host said of a page."""

    status: int
    """Its HTTP status; 0 if there was no answer."""

    reason: str
    """Why there was none; empty if there was."""

    moved_to: str | None
    """Where the page is for good, if it moved."""

    at: int
    """When it was asked, in seconds since 1970."""


class OutsideLinks:
    """What is known of pages elsewhere, kept in a file."""

    def __init__(
        self, file: Path, now: float, trusted_hosts: frozenset[str] = frozenset(), pause: float = PAUSE
    ) -> None:
        """`trusted_hosts` may lie in a private network, `pause` are seconds between two questions to a host."""
        self._file, self._now, self._trusted, self._pause = file, now, trusted_hosts, pause
        self._heard = _read(file)

    def look(self, links: Iterable[str], progress: Callable[[str, int, int], None]) -> Mapping[str, Heard]:
        """What is known of each link, after those were asked of whom nothing is known, or no longer."""
        wanted = {urldefrag(link).url for link in links}
        by_host: dict[str, list[str]] = {}
        for link in sorted(wanted):
            if not self._is_fresh(self._heard.get(link)):
                by_host.setdefault(host_of(link), []).append(link)
        count, done = sum(map(len, by_host.values())), 0
        with ThreadPoolExecutor(MOST_HOSTS) as pool:
            for heard in pool.map(self._ask_host, by_host.values()):
                self._heard.update(heard)
                done += len(heard)
                progress("asking for pages elsewhere", done, count)
        if by_host:
            kept = {link: asdict(it) for link, it in sorted(self._heard.items()) if self._is_fresh(it)}
            write_text(self._file, json.dumps(kept, ensure_ascii=False, indent=0))
        return {link: self._heard[link] for link in wanted}

    def _is_fresh(self, heard: Heard | None) -> bool:
        if heard is None:
            return False
        return 0 <= self._now - heard.at < (KEPT if 0 < heard.status < _OK else KEPT_IF_GONE)

    def _ask_host(self, links: list[str]) -> Mapping[str, Heard]:
        found = {}
        for place, link in enumerate(links):
            if place:
                time.sleep(self._pause)
            found[link] = self._ask(link)
        return found

    def _ask(self, link: str) -> Heard:
        at = int(self._now)
        try:
            answer = asked(link, self._trusted)
        except CannotFetchError as error:
            return Heard(0, str(error), None, at)
        return Heard(answer.status, "", answer.moved_to if answer.moved_to != link else None, at)


def outside_faults(link: str, heard: Heard) -> Iterator[Fault]:
    """What is wrong with a link to a page elsewhere.

    Nothing, if the host does not let programs in (403, 429 and the like): that says nothing of readers.
    """
    if heard.status in _GONE:
        message = f"{link} is not there any more: the host answers {heard.status}"
        yield advice(Fault("dead-outside-link", message, "link to something else", link=link))
    elif heard.status == 0:
        message = f"{link} can't be reached: {heard.reason}"
        hint = "try it in a browser; remove the link if it is gone"
        yield advice(Fault("dead-outside-link", message, hint, link=link))
    elif heard.moved_to and heard.status < _OK:
        message = f"{link} has moved to {heard.moved_to}"
        yield advice(Fault("moved-outside-link", message, "write that address", link=link))


def _read(file: Path) -> dict[str, Heard]:
    try:
        return {link: Heard(**said) for link, said in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # it is nothing but a memory
