"""Where the links of a page lead in the portal as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from toasoan import routes
from toasoan.audit.addresses import Addresses, Goal, is_on_the_web
from toasoan.audit.facts import Page
from toasoan.audit.findings import Fault, advice


@dataclass(slots=True)
class Leads:
    """Where the links of a page lead."""

    to: list[str] = field(default_factory=list)
    """Other pages and files of the portal to which readers may go, but for the page's own versions."""

    parts: list[tuple[str, str, str]] = field(default_factory=list)
    """Links to parts of other pages: as written, with the file and the part."""

    outside: list[str] = field(default_factory=list)
    """Links to pages elsewhere for which the portal vouches."""

    loaded: list[str] = field(default_factory=list)
    """Files that come with the page."""

    faults: list[Fault] = field(default_factory=list)


def leads_of(page: Page, path: str, addresses: Addresses) -> Leads:
    """Follow all links of the page at a path."""
    found, address = Leads(), routes.address_of(path)
    versions = set()
    for _, link in page.alternates:
        goal = addresses.goal(link, address)
        versions.add(goal.file)
        if not goal.is_there:
            message = f"a language version at {link} is named, and there is none"
            found.faults.append(Fault("wrong-alternates", message, "compare the page with partials/head.html"))
    for link in page.read:
        goal = addresses.goal(link, address)
        if goal.file is None:
            if is_on_the_web(link) and link not in page.unvouched:
                found.outside.append(link)
        elif not goal.is_there:
            found.faults.append(_missing(link, goal))
        elif goal.file == path:
            if goal.fragment and goal.fragment != "top" and goal.fragment not in page.ids:
                found.faults.append(missing_part(link, path, goal.fragment))
        else:
            if goal.file not in versions:
                found.to.append(goal.file)
            if goal.fragment:
                found.parts.append((link, goal.file, goal.fragment))
    for link in page.loaded:
        goal = addresses.goal(link, address)
        if goal.file is not None:
            found.loaded.append(goal.file)
    found.faults += _not_there((*page.loaded, *page.shown), address, addresses)
    found.faults += _named(page.named, addresses)
    return found


def missing_part(link: str, path: str, fragment: str) -> Fault:
    """That a link leads to a part of a page that is not there."""
    message = f"the page {routes.address_of(path)} has no part {fragment!r}"
    hint = "see what the headings are called now, or link to the page alone"
    return Fault("missing-part", message, hint, link=link)


def _not_there(links: Iterable[str], address: str, addresses: Addresses) -> Iterator[Fault]:
    for link in links:
        goal = addresses.goal(link, address)
        if not goal.is_there:
            yield _missing(link, goal)


def _missing(link: str, goal: Goal) -> Fault:
    if goal.moved_to:
        message, hint = f"the page {link} has moved to {goal.moved_to}", f"write {goal.moved_to}"
        return advice(Fault("moved-link", message, hint, link=link))
    hint = "correct the address, or remove the link"
    return Fault("broken-link", f"the portal has no page or file {link}", hint, link=link)


def _named(named: Iterable[str], addresses: Addresses) -> Iterator[Fault]:
    for link in named:
        if not addresses.goal(link, "/").is_there:
            yield Fault("wrong-structured-data", f"it names {link}, where nothing is", "remove the address")
