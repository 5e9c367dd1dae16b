"""`toasoan check`: a portal as readers get it, looked at from the first text to the last link."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urldefrag

from toasoan.audit.audit import Audited, BuiltPortal, audit
from toasoan.audit.findings import Findings
from toasoan.audit.outside import OutsideLinks, outside_faults
from toasoan.audit.places import Places
from toasoan.audit.web_host import Offered, file_faults, portal_faults
from toasoan.build import build, last_build, state_file
from toasoan.build_result import BuildResult, Progress
from toasoan.config import Config, read_config
from toasoan.diagnostics import Location, Report
from toasoan.incremental.redirects import known_rules
from toasoan.lock import LockedError, locked, tell_build_under_way
from toasoan.outputs.server_rules.headers_file import HEADERS
from toasoan.portal_folders import SETTINGS_FILE, STATE_FOLDER
from toasoan.routes import Site
from toasoan.state import State, open_state
from toasoan.web_hosts import WebHost

CHECKED_FOLDER = f"{STATE_FOLDER}/check"
"""Where a portal is built that is not up to date, so that its output folder stays as it is."""

OUTSIDE_LINKS = f"{STATE_FOLDER}/outside-links.json"
"""What was heard of pages elsewhere."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at and found."""

    report: Report
    articles: int
    audited: Audited | None
    """None if there are no pages to look at, because of mistakes that stand in the report."""

    folder: Path
    """Whose files were looked at."""

    outside: Mapping[str, int]
    """How many pages elsewhere gave which answer, by HTTP status; empty if nobody was asked."""


def check(
    root: Path, destination: Path, progress: Progress, jobs: int, now: datetime, asks_outside: bool = False,
    outside: OutsideLinks | None = None, host: WebHost | None = None,
) -> Checked:  # fmt: skip
    """Look for mistakes in a portal and in the pages that it gives. Nothing is written but below `.toasoan/`.

    If `destination` is as a build would leave it now, its files are looked at; else the portal is built into a folder
    of its own first, which is kept, so that the next check has little to build. Pages elsewhere are only asked for
    if `asks_outside`. With a `host` it is also looked at whether that would take the portal.
    """
    result, folder = last_build(root, destination, now), destination
    if result is None:
        folder = root / CHECKED_FOLDER
        result = build(root, folder, progress, jobs, now)
    report = result.report
    if result.published is None or report.has_errors:
        return Checked(report, result.articles, None, folder, {})
    file = state_file(root, folder)
    try:
        with locked(file.with_suffix(".lock")):
            return _looked_at(root, folder, result, file, progress, jobs, asks_outside, outside, host)
    except LockedError as error:
        tell_build_under_way(error, folder, report)
        return Checked(report, result.articles, None, folder, {})


def _looked_at(
    root: Path, folder: Path, result: BuildResult, file: Path, progress: Progress, jobs: int, asks_outside: bool,
    outside: OutsideLinks | None, host: WebHost | None,
) -> Checked:  # fmt: skip
    report, found = result.report, Report()
    config = read_config(root, Report())
    if config is None:
        raise AssertionError("the settings of a portal that was built could be read")
    findings, counts = Findings(), dict[str, int]()
    state = open_state(file)
    try:
        audited = audit(
            BuiltPortal(root, folder, config, state), file.with_suffix(".checked"), jobs, progress, findings
        )
        if asks_outside:
            outside = outside or OutsideLinks(root / OUTSIDE_LINKS, time.time())
            forms = _as_written(audited.outside)
            for link, heard in outside.look(audited.outside, progress).items():
                counts[str(heard.status or "no answer")] = counts.get(str(heard.status or "no answer"), 0) + 1
                for written in forms[link]:
                    for path in audited.outside[written]:
                        findings.add(path, outside_faults(written, heard))
        if host is not None:
            _ask_of_host(host, folder, config, state, findings)
        name = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
        findings.tell(Places(state, Site(config.settings.base_url), name).place_of, found)
    finally:
        state.close()
    known = frozenset(report)  # links in texts were looked at by the build
    for diagnostic in found:
        if diagnostic not in known:
            report.add(diagnostic)
    return Checked(report, result.articles, audited, folder, counts)


def _ask_of_host(host: WebHost, folder: Path, config: Config, state: State, findings: Findings) -> None:
    """Whether a host would take the portal; what is wrong with all of it is told of the settings."""
    sizes = dict(state.rows("SELECT path, size FROM output"))
    headers = (folder / HEADERS).read_text(encoding="utf-8") if HEADERS in sizes else ""
    for fault in portal_faults(Offered(sizes, known_rules(state, config), headers), host):
        findings.add_at(Location(SETTINGS_FILE), fault)
    for path, size in sizes.items():
        findings.add(path, file_faults(path, size, config.settings, host))


def _as_written(outside: Iterable[str]) -> dict[str, list[str]]:
    """The forms in which the address of a page is written: with parts of the page, or without."""
    forms = dict[str, list[str]]()
    for written in outside:
        forms.setdefault(urldefrag(written).url, []).append(written)
    return forms
