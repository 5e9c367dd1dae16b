"""A host looked at as readers look at it, right after a deploy: the real address must give what was put there.

Some pages are looked at, not all: those that this deploy changed first. What is wrong is a reason to go back; what
could be better is a note.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar
from urllib.parse import urljoin

from toasoan import routes
from toasoan.deploy.deploying import MARK
from toasoan.deploy.plan import UNKNOWN, Plan, Step
from toasoan.deploy.release import Release
from toasoan.deploy.web_request import NoAnswerError, WebAnswer, web_answer
from toasoan.outputs.server_rules.formats import is_rule_file

T = TypeVar("T")

AT_ONCE = 8
"""Questions under way."""

BETWEEN = 1.0
"""Seconds until a host is asked again for what it does not show yet."""

MOST_FAULTS = 10
"""More of them are not told."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What is to be looked at, and by what it is measured."""

    url: str
    """Where readers find the portal."""

    languages: Sequence[str]
    moved: Mapping[str, str]
    """Addresses that lead to others."""

    gone: Sequence[str]
    """Addresses whose pages are gone for ever."""

    wanted_headers: Mapping[str, str]
    """Security headers of a page, by name."""

    sample: int
    settle: int
    """Seconds that a host may take."""

    grace: int


@dataclass
class Seen:
    """What was found."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: int = 0
    """How many addresses were looked at."""


def look(looking: Looking, plan: Plan) -> Seen:
    """Look at a host on which a release was just put."""
    seen = Seen()
    site = routes.Site(looking.url)
    if not _shows(site, plan.release, looking.settle, seen):
        return seen
    questions = [*_files(looking, plan), *_addresses(looking, plan.release)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for found in pool.map(lambda question: question(site), questions):
            seen.faults += found.faults
            seen.notes += [note for note in found.notes if note not in seen.notes]
    seen.asked += len(questions)
    if len(seen.faults) > MOST_FAULTS:
        seen.faults[MOST_FAULTS:] = [f"and {len(seen.faults) - MOST_FAULTS} more"]
    return seen


def _shows(site: routes.Site, release: Release, settle: int, seen: Seen) -> bool:
    """Whether the address shows the new release, perhaps after a while."""
    end = time.monotonic() + settle
    while True:
        try:
            answer = web_answer(site.absolute(routes.RELEASE), headers={"Cache-Control": "no-cache"})
            said = answer.body.decode("utf-8", "replace").strip()
            if answer.status == 200 and said == release.id:
                seen.asked += 1
                return True
            wrong = f"answers {answer.status}" if answer.status != 200 else f"is still {said[:60]!r}"
        except NoAnswerError as error:
            wrong = f"does not answer: {error}"
        if time.monotonic() >= end:
            seen.faults.append(f"{site.absolute(routes.RELEASE)} {wrong}, not {release.id!r}, after {settle} s")
            return False
        time.sleep(min(BETWEEN, max(end - time.monotonic(), 0)))


Question = Callable[[routes.Site], Seen]


def _files(looking: Looking, plan: Plan) -> Iterator[Question]:
    """Files of the release, with what they must be."""
    release = plan.release
    homes = [routes.file_of(routes.home(tag)) for tag in looking.languages]
    feeds = [routes.file_of(routes.rss(routes.home(tag))) for tag in looking.languages]
    put = [
        it.path for step in (Step.NEW, Step.CHANGED, Step.LISTS) for it in _spread(plan.puts[step], looking.sample)
    ]
    styles = [path for path in release.present if path.startswith("assets/css/")]
    assets = [it.path for it in _spread(plan.puts[Step.ASSETS], looking.sample)]
    others = _spread([path for path in release.present if path.endswith(".html")], looking.sample)
    left = _spread(plan.leaving, looking.sample)
    chosen = dict.fromkeys((*homes, *feeds, *put, *styles, *assets, *others, *left))
    for number, path in enumerate(path for path in chosen if path in release.files and path != MARK):
        file = release.files[path]
        if file.digest != UNKNOWN and not path.endswith((".br", ".gz")) and _has_one_address(path):
            yield _file_question(path, file.digest.partition(".")[0], looking, is_compressed=number % 2 == 1)


def _has_one_address(path: str) -> bool:
    """Whether every host serves a file, and by its name; some lead on from "report.html" to "report"."""
    is_named_page = path.endswith((".html", ".htm")) and not path.endswith("index.html")
    return not is_named_page and not is_rule_file(path)


def _spread(things: Sequence[T], most: int) -> list[T]:
    """Some of many, from all over."""
    return list(things[:: max(1, len(things) // most)])[:most] if most else []


def _file_question(path: str, sha256: str, looking: Looking, *, is_compressed: bool) -> Question:
    def ask(site: routes.Site) -> Seen:
        seen = Seen()
        address = site.absolute(routes.address_of(path))
        coding = {"Accept-Encoding": "br, gzip" if is_compressed else "identity"}
        try:
            answer = web_answer(address, headers=coding)
            if answer.status != 200:
                seen.faults.append(f"{address} answers {answer.status}")
            elif hashlib.sha256(answer.decoded()).hexdigest() != sha256:
                seen.faults.append(f"{address} is not what was put there")
            else:
                _look_at_headers(path, address, answer, looking, seen)
        except (NoAnswerError, ValueError) as error:
            seen.faults.append(f"{address}: {error}")
        return seen

    return ask


def _look_at_headers(path: str, address: str, answer: WebAnswer, looking: Looking, seen: Seen) -> None:
    kind = answer.headers.get("content-type", "")
    if path.endswith(".html"):
        if not kind.startswith("text/html"):
            seen.faults.append(f"{address} is sent as {kind or 'nothing'!r}, not as text/html")
        missing = [name for name in looking.wanted_headers if name.lower() not in answer.headers]
        if missing:
            seen.notes.append(f"pages come without {', '.join(missing)}")
        age = re.search(r"(?:s-maxage|max-age)=([0-9]+)", answer.headers.get("cache-control", ""))
        if age and int(age[1]) > looking.grace:
            seen.faults.append(
                f"{address} may be kept for {age[1]} s, longer than the {looking.grace} s for which old files stay"
            )
    elif path.startswith("assets/"):
        if "immutable" not in answer.headers.get("cache-control", ""):
            seen.notes.append("files below /assets/ may be kept for ever, but are not said to be immutable")
    elif path.endswith(".xml") and "xml" not in kind:
        seen.faults.append(f"{address} is sent as {kind or 'nothing'!r}, which no feed reader expects")


def _addresses(looking: Looking, release: Release) -> Iterator[Question]:
    """Addresses at which there is no page of the portal."""
    for address, target in islice(looking.moved.items(), looking.sample):
        yield _moved_question(address, target)
    for address in looking.gone[: looking.sample]:
        if routes.file_of(address) not in release.files:
            yield _gone_question(address)
    yield _missing_question(routes.static_page(looking.languages[0], f"no-such-page-{release.id.lower()}"))


def _moved_question(address: str, target: str) -> Question:
    def ask(site: routes.Site) -> Seen:
        seen, there = Seen(), site.absolute(address)
        try:
            answer = web_answer(there)
        except NoAnswerError as error:
            return Seen([f"{there}: {error}"])
        if answer.status in (301, 308):
            path = urljoin(there, answer.headers.get("location", "")).removeprefix(site.origin)
            leads_on = path.endswith(site.link(target).removeprefix(site.base_path))
        else:
            leads_on = answer.status == 200 and routes.Site("").link(target).encode() in answer.body
        if not leads_on:
            seen.faults.append(f"{there} answers {answer.status} and does not lead to {target}")
        return seen

    return ask


def _gone_question(address: str) -> Question:
    def judge(there: str, status: int) -> Seen:
        if status == 200:
            return Seen([f"{there} is gone for ever, but there is still a page"])
        return Seen([], ["pages that are gone for ever answer 404 here, not 410"] if status == 404 else [])

    return _status_question(address, judge)


def _missing_question(address: str) -> Question:
    def judge(there: str, status: int) -> Seen:
        return Seen([f"{there} answers 200, though there is no such page"] if status == 200 else [])

    return _status_question(address, judge)


def _status_question(address: str, judge: Callable[[str, int], Seen]) -> Question:
    def ask(site: routes.Site) -> Seen:
        there = site.absolute(address)
        try:
            return judge(there, web_answer(there).status)
        except NoAnswerError as error:
            return Seen([f"{there}: {error}"])

    return ask
