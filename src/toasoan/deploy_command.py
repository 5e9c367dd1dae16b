"""The command `deploy`: a complete build to a host, and back to an earlier release."""

from __future__ import annotations

import argparse
import getpass
import hashlib
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from toasoan import routes
from toasoan.address_ledger import OnlinePage, append_to_ledger, new_lines, read_ledger
from toasoan.complete_build import complete_build
from toasoan.config import read_settings
from toasoan.deploy.announcements import empty_caches, tell_hub, tell_search_engines
from toasoan.deploy.built_portal import BuiltPortal, built_portal, wanted_files
from toasoan.deploy.delivery import ENDINGS, Bodies, ChangedMeanwhileError
from toasoan.deploy.deploying import (
    MARK,
    Found,
    ReleaseLists,
    before_return,
    carry_out,
    changed_paths,
    close,
    deploy_plan,
    is_needless,
    look_at,
    mark_of,
    refusals,
    release_line,
    return_plan,
)
from toasoan.deploy.host import Host, HostBusyError, HostError, Put
from toasoan.deploy.kinds import host_of
from toasoan.deploy.live_check import Looking, look
from toasoan.deploy.plan import Manner, Plan, Step, Wanted, WantedFile
from toasoan.deploy.release import ReleaseFile
from toasoan.deploy_settings import AnyDeploy, seconds_of
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.portal_folders import ADDRESS_LEDGER, OUTPUT_FOLDER, SETTINGS_FILE, STATE_FOLDER
from toasoan.response_headers import security_headers
from toasoan.settings import SiteSettings
from toasoan.terminal import Terminal

BETWEEN_TRIES = 2.0
"""Seconds between two looks at a host on which somebody else deploys."""

SHOWN = 12
"""Paths of each kind that a plan shows; `--dry-run` shows all."""


class ImpossibleDeployError(Exception):
    """A deploy can't be carried out as it was asked for."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class _Deploy:
    """One call of the command: who puts what where."""

    options: argparse.Namespace
    terminal: Terminal
    report: Report
    site: SiteSettings
    name: str
    settings: AnyDeploy
    host: Host
    lists: ReleaseLists
    who: str

    @property
    def grace(self) -> int:
        return seconds_of(self.settings.grace) or 0

    @property
    def at(self) -> Location:
        return Location(f"deploy.{self.name}")


def deploy(options: argparse.Namespace, terminal: Terminal, report: Report) -> None:
    """Do what the options ask for; what went wrong stands in the report. Raises ImpossibleDeployError."""
    site = read_settings(options.root, report)
    if site is None or report.has_errors:
        terminal.tell(report)
        terminal.result({}, report)
        return
    name, settings = _chosen(options.name, site)
    folder = options.root / STATE_FOLDER / "deploy" / name
    host = host_of(settings, options.root, site, folder)
    call = _Deploy(options, terminal, report, site, name, settings, host, ReleaseLists(folder), _who())
    result: Mapping[str, object] = {}
    try:
        with _locked(call):
            if options.list:
                result = _list(call)
            elif options.rollback is not None:
                result = _go_back(call)
            else:
                result = _put_online(call)
    except HostBusyError as error:
        call.report.error("deploy-under-way", f"{host.name}: {error}", call.at, error.hint)
    except HostError as error:
        call.report.error(
            "host-refuses", f"{host.name}: {error}", call.at, error.hint or "mend it, and deploy again: it goes on"
        )
    except ChangedMeanwhileError as error:
        call.report.error("not-as-built", str(error), call.at, "run `toasoan build`, and deploy again")
    for warning in host.warnings:
        report.warning("host-lacks", f"{host.name}: {warning}", call.at)
    terminal.tell(report)
    terminal.result({"deploy": name, **result}, report)


def _chosen(name: str | None, site: SiteSettings) -> tuple[str, AnyDeploy]:
    """The deploy that was named, or the only one there is."""
    known = site.deploy
    if not known:
        raise ImpossibleDeployError(
            f"{SETTINGS_FILE} names no place for the portal",
            'add a table: [deploy.production] with kind = "folder" and path = "/srv/www/portal"',
        )
    if name is None and len(known) == 1:
        return next(iter(known.items()))
    if name is None or name not in known:
        what = f"there is no [deploy.{name}]" if name else "there are several places for the portal"
        hint = did_you_mean(name or "", known) or f"name one of {', '.join(known)}"
        raise ImpossibleDeployError(what, hint)
    return name, known[name]


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may have users without a name
        user = "somebody"
    return f"{user} on {socket.gethostname()}, process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"


@contextmanager
def _locked(call: _Deploy) -> Iterator[None]:
    """The host, for this deploy alone; others are waited for as long as the options say."""
    end = time.monotonic() + call.options.wait
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(call.host.locked(call.who))
                break
            except HostBusyError as error:
                if time.monotonic() >= end:
                    raise
                call.terminal.say(f"waiting: {error}")
                time.sleep(min(BETWEEN_TRIES, max(end - time.monotonic(), 0.1)))
        yield


def _list(call: _Deploy) -> Mapping[str, object]:
    standing = call.host.standing()
    lines = [release_line(it, standing.current) for it in standing.releases]
    for line in lines:
        call.terminal.say(f"{line['release']}  {line['made']}{'  what readers see' if line['current'] else ''}")
    if not lines:
        call.terminal.say(f"{call.host.name}: no release yet")
    if standing.unfinished is not None and standing.unfinished.release != standing.current:
        work = standing.unfinished
        call.terminal.say(f"{work.release} was cut short, of {work.by}: the next deploy goes on with it")
    return {"releases": lines}


# ---- a build to a host


def _put_online(call: _Deploy) -> Mapping[str, object]:
    options, settings, report = call.options, call.settings, call.report
    destination = options.to or options.root / OUTPUT_FOLDER
    known = read_ledger(options.root, report) if settings.record else {}
    with complete_build(options.root, destination, report) as state:
        if state is None or report.has_errors:
            return {}
        portal = built_portal(state)
        own = (
            {routes.file_of(routes.indexnow_key(settings.indexnow)): settings.indexnow.encode()}
            if settings.indexnow
            else {}
        )
        wanted = {**wanted_files(portal, call.host), **_own(own)}
        found = look_at(call.host, call.lists)
        manner = _manner(call, portal.withdrawn)
        plan = deploy_plan(found, wanted, manner, call.host, datetime.now(UTC))
        if is_needless(plan, found):
            call.terminal.say(f"{call.host.name}: it has all of {plan.base} already, and nothing is to be done")
            _record(portal, known, call)
            return {"release": plan.base, "put": 0}
        _show(plan, call)
        if options.dry_run or not _is_allowed(plan, call):
            return _told(plan)
        bodies = Bodies(destination, options.root, {**own, MARK: mark_of(plan.release.id)})
        with call.terminal.progress() as progress:
            bodies.prepare(((it.path, it.file) for it in plan.all_puts), options.jobs)
            plan = carry_out(plan, found, call.host, bodies, call.lists, call.who, progress)
        if faults := _faults(plan, portal, call):
            return _took_back(plan, found, faults, call)
        _announce(plan, call)
        kept = close(plan, found, call.host, call.lists, options.keep or settings.keep)
        bodies.forget_old()
        call.terminal.say(f"{call.host.name}: readers see {plan.release.id}; {len(kept)} releases are kept")
        _record(portal, known, call)
    return _told(plan)


def _record(portal: BuiltPortal, known: Mapping[str, OnlinePage], call: _Deploy) -> None:
    """Note the addresses that readers have been given now."""
    if call.settings.record and not call.options.dry_run and (lines := tuple(new_lines(portal.online, known))):
        append_to_ledger(call.options.root, lines)
        call.terminal.say(f"addresses that are online: {len(lines)} new in {ADDRESS_LEDGER}: commit it")


def _own(files: Mapping[str, bytes]) -> Wanted:
    """Files that the deploy itself makes."""
    return {
        path: WantedFile(ReleaseFile(hashlib.sha256(data).hexdigest(), len(data)), Step.FEEDS)
        for path, data in files.items()
    }


def _manner(call: _Deploy, at_once: Sequence[str] = ()) -> Manner:
    return Manner(int(time.time()), 0 if call.options.at_once else call.grace, at_once)


def _is_allowed(plan: Plan, call: _Deploy) -> bool:
    for told in refusals(plan, call.host):
        call.report.error("host-limit", told, call.at, "leave kinds of pages out ([pages]), or take another host")
    share = 100 * plan.share_leaving()
    if share > call.settings.most_deletions and not call.options.yes and not _agreed(plan, share, call):
        call.report.error(
            "many-deletions",
            f"{len(plan.leaving)} files, {share:.0f} % of them, would leave the portal",
            call.at,
            f"more than {call.settings.most_deletions} % is a person's decision: if it is right, add --yes",
        )
    return not call.report.has_errors


def _agreed(plan: Plan, share: float, call: _Deploy) -> bool:
    """Whether somebody sits there and says yes."""
    if call.terminal.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return call.terminal.asked(f"{len(plan.leaving)} files, {share:.0f} %, leave the portal. Go on? [y/N] ") in (
        "y",
        "yes",
    )


def _show(plan: Plan, call: _Deploy) -> None:
    """The plan as a table, and the paths: all of them if nothing else is to be done."""
    terminal = call.terminal
    terminal.say(f"{call.host.name}: {plan.base or 'nothing yet'} -> {plan.release.id}")
    rows = [
        (step.words, str(_new(puts)), str(len(puts) - _new(puts)), f"{sum(it.file.size for it in puts) / 1e6:.1f}")
        for step, puts in plan.puts.items()
    ]
    terminal.table(("", "new", "changed", "MB"), rows)
    most = None if call.options.dry_run else SHOWN
    signs = [
        (sign, path)
        for sign, path in (
            *(("+" if it.replaces is None else "~", it.path) for it in plan.all_puts),
            *(("-", path) for path in plan.leaving),
        )
        if not path.endswith(tuple(ENDINGS.values()))
    ]
    terminal.say(*(f"{sign} {path}" for sign, path in signs[:most]))
    if len(signs) > len(signs[:most]):
        terminal.say(f"... and {len(signs) - SHOWN} more; --dry-run shows all")
    terminal.say(
        f"{plan.unchanged} files as they are; {len(plan.leaving)} leave the portal and stay for "
        f"{call.settings.grace}; {len(plan.removals)} go now"
    )


def _new(puts: Sequence[Put]) -> int:
    return sum(it.replaces is None for it in puts)


def _told(plan: Plan) -> Mapping[str, object]:
    """A plan for machines."""
    return {
        "release": plan.release.id,
        "base": plan.base,
        "put": len(plan.all_puts),
        "bytes": sum(it.file.size for it in plan.all_puts),
        "steps": {step.name.lower(): [it.path for it in puts] for step, puts in plan.puts.items()},
        "leaving": list(plan.leaving),
        "removed": list(plan.removals),
        "unchanged": plan.unchanged,
    }


# ---- after the switch


def _faults(plan: Plan, portal: BuiltPortal | None, call: _Deploy) -> Sequence[str]:
    """What is wrong with a release that readers see already."""
    try:
        call.host.after_switch()
    except HostError as error:
        return [str(error)]
    _empty_caches(plan, call)
    return _seen_faults(plan, portal, call)


def _empty_caches(plan: Plan, call: _Deploy) -> None:
    """Have caches forget what readers get otherwise now; what goes wrong is told."""
    paths = changed_paths(plan)
    try:
        call.host.changed(paths)
    except HostError as error:
        call.report.warning("told-in-vain", str(error), call.at, "its cache may show old pages for a while")
    site = routes.Site(call.settings.url or call.site.base_url)
    for wrong in empty_caches(call.settings.purge, paths, site):
        call.report.warning("told-in-vain", wrong, call.at, "such a cache may show old pages for a while")


def _seen_faults(plan: Plan, portal: BuiltPortal | None, call: _Deploy) -> Sequence[str]:
    """What is wrong with what readers get at the real address, where it is known."""
    if call.settings.url is None:
        return []
    seen = look(_looking(call, portal), plan)
    for note in seen.notes:
        call.report.warning("live-note", f"{call.settings.url}: {note}", call.at, HINT_OF_NOTES)
    if not seen.faults:
        call.terminal.say(f"{call.settings.url}: {seen.asked} addresses looked at, all as they should be")
    return seen.faults


HINT_OF_NOTES = "docs/how-to/put-it-online.md has the rules for servers"


def _looking(call: _Deploy, portal: BuiltPortal | None) -> Looking:
    return Looking(
        call.settings.url or "",
        tuple(call.site.languages),
        portal.moved if portal else {},
        portal.gone if portal else (),
        security_headers(routes.file_of(routes.ROOT), call.site),
        call.settings.sample,
        seconds_of(call.settings.settle) or 0,
        call.grace,
    )


def _took_back(plan: Plan, found: Found, faults: Sequence[str], call: _Deploy) -> Mapping[str, object]:
    """Have readers see the files of the release before again."""
    for fault in faults:
        call.report.error("live-check", fault, call.at)
    if found.current is None:
        call.terminal.say(f"{call.host.name}: there is no earlier release; readers see {plan.release.id}")
        close(plan, found, call.host, call.lists, call.settings.keep)
        return _told(plan)
    call.terminal.say(f"{call.host.name}: going back to {found.current.id}")
    now = before_return(plan, found, call.host)
    call.lists.keep(plan.release, (plan.release.id, *found.standing.releases))
    back = return_plan(now, found.current.id, call.lists, _manner(call), call.host, datetime.now(UTC))
    _carry_back(back, now, call)
    return {**_told(plan), "went_back_to": found.current.id, "release": back.release.id}


def _announce(plan: Plan, call: _Deploy) -> None:
    """Tell others what is new, if this is where the portal lives."""
    settings = call.settings
    if settings.url != call.site.base_url:
        return
    site = routes.Site(call.site.base_url)
    if call.site.feeds.hub:
        for wrong in tell_hub(call.site.feeds.hub, plan, site):
            call.report.warning("told-in-vain", wrong, call.at)
    if settings.indexnow:
        for wrong in tell_search_engines(settings.indexnow_endpoint, settings.indexnow, plan, site):
            call.report.warning("told-in-vain", wrong, call.at)


# ---- back to an earlier release


def _go_back(call: _Deploy) -> Mapping[str, object]:
    found = look_at(call.host, call.lists)
    release_id = _release_to_go_back_to(call.options.rollback, found, call)
    if release_id is None:
        return {}
    plan = return_plan(found, release_id, call.lists, _manner(call), call.host, datetime.now(UTC))
    _show(plan, call)
    if call.options.dry_run:
        return _told(plan)
    plan = _carry_back(plan, found, call)
    for fault in _seen_faults(plan, None, call):
        call.report.error("live-check", fault, call.at)
    return {**_told(plan), "went_back_to": release_id}


def _release_to_go_back_to(named: str, found: Found, call: _Deploy) -> str | None:
    """A release by the beginning of its id; without one, the one before what readers see."""
    known, current = found.standing.releases, found.current
    if current is None:
        call.report.error("no-such-release", "there is no release yet", call.at)
        return None
    if named:
        fitting = [it for it in known if it.startswith(named)]
    else:
        here = current.returns_to or current.id
        fitting = [it for it in known if it < here][:1]
    if len(fitting) == 1 and fitting[0] != current.id:
        return fitting[0]
    what = f"there is no one release {named!r} to go back to" if named else "there is no earlier release"
    call.report.error("no-such-release", what, call.at, f"`toasoan deploy {call.name} --list` shows them all")
    return None


def _carry_back(plan: Plan, found: Found, call: _Deploy) -> Plan:
    bodies = Bodies(call.options.root, call.options.root, {MARK: mark_of(plan.release.id)})
    plan = carry_out(plan, found, call.host, bodies, call.lists, call.who)
    try:
        call.host.after_switch()
    except HostError as error:  # what fails is told, but the way back ends nowhere else for that
        call.report.error("live-check", str(error), call.at, error.hint)
    _empty_caches(plan, call)
    close(plan, found, call.host, call.lists, call.settings.keep)
    call.terminal.say(
        f"{call.host.name}: readers see {plan.release.id}, with the files of {plan.release.returns_to}",
        "the next deploy puts what is built then online again",
    )
    return plan
