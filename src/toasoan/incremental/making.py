"""What is due, made: from changed sources to a published output folder and a state that knows of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from toasoan.build_result import BuildResult
from toasoan.catalog.catalog import Catalog
from toasoan.checks.addresses import check_addresses, check_stories
from toasoan.checks.home import check_home
from toasoan.checks.links import check_links
from toasoan.checks.policies import check_policies
from toasoan.checks.security import check_security
from toasoan.config import read_config, with_comments_server
from toasoan.diagnostics import Report
from toasoan.incremental.assembly import Assembly, in_order
from toasoan.incremental.clock import note_security
from toasoan.incremental.intake import bring_up_to_date
from toasoan.incremental.order import Frame, Order
from toasoan.incremental.output_folder import INCOMPLETE, take_stock
from toasoan.incremental.preparation import Prepared, prepare
from toasoan.incremental.sources import SETTINGS, identity
from toasoan.incremental.unpublished import check_planned_links, check_texts
from toasoan.model.language import Language
from toasoan.parallel import LEAST
from toasoan.plan import targets
from toasoan.portal_folders import HOME_FILE
from toasoan.publish import Staging
from toasoan.state import State
from toasoan.targets import Target, due


@dataclass(frozen=True, slots=True)
class Ready:
    """A portal whose sources are in the catalog, so that each of its files can be made."""

    catalog: Catalog
    prepared: Prepared
    order: Order
    report: Report
    is_first: bool


def make(order: Order, state: State, keep_frame: Callable[[Frame], None] = lambda _: None) -> BuildResult:
    """Read what changed, make what is due, and publish it if there is no mistake in the whole portal.

    `keep_frame` is given what the next build of this process need not prepare again.
    """
    with without_collection():
        ready = take_in(order, state, keep_frame)
        return finish(ready) if isinstance(ready, Ready) else ready


@contextmanager
def without_collection() -> Iterator[None]:
    """Leave what refers to itself in memory for a while: there is little of it, and to look for it takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def take_in(order: Order, state: State, keep_frame: Callable[[Frame], None]) -> Ready | BuildResult:
    """Read what changed, and note what is due because of it; a result without publication if there are mistakes."""
    report, stages = Report(), order.stages
    config = order.frame.config if order.frame else read_config(order.root, report, _known_languages(state))
    if config is None:
        return BuildResult(report)
    if order.comments_server is not None:
        config = with_comments_server(config, order.comments_server)
    is_first = _is_first(state, order)
    state.run("DELETE FROM fact WHERE name = 'result'")
    if is_first:
        _begin_anew(state)
        state.note(INCOMPLETE, True)  # until this build, or one that finishes what it began, has published
        state.note("languages", [(it.tag, it.endonym, it.direction) for it in config.languages.values()])
    state.note("comments_server", order.comments_server)
    if order.output is not None:
        take_stock(state, order.output)
    catalog = Catalog(state, config)
    if HOME_FILE in order.changed.changed | order.changed.gone:
        for tag in config.languages:
            due(state, Target.LANGUAGE, tag, f"{HOME_FILE} changed")
    bring_up_to_date(catalog, order, is_first, report)
    check_addresses(catalog, report)
    check_stories(catalog, report)
    check_home(catalog, order.root, report)
    check_policies(catalog, order.root, report)
    note_security(state, check_security(config, order.now, report))

    if is_first:
        state.run_each("INSERT OR IGNORE INTO due VALUES (?, ?, 'it is built for the first time')", targets(catalog))
    staging = Staging(order.destination)
    with stages("theme"):
        prepared = prepare(catalog, order, staging, report, keep_frame)
    if is_first or state.row("SELECT count(*) FROM due") >= LEAST:
        # Workers read what is in the file, and a build that is cut short is finished by the next one.
        if prepared is not None:
            prepared.production.renderer.load()
        state.seal()
    if prepared is None or report.has_errors:
        check_texts(catalog, order, [output.path for output in prepared.theme.outputs] if prepared else (), report)
        state.seal()
        return BuildResult(report)
    return Ready(catalog, prepared, order, report, is_first)


def finish(ready: Ready, before_publication: Callable[[], None] = lambda: None) -> BuildResult:
    """Make what is due, and publish it if there is no mistake in it.

    Nothing is lost by cutting this short until `before_publication` is called.
    """
    state, staging = ready.catalog.state, ready.prepared.production.staging
    state.mark()
    staging.clear()
    try:
        making = Assembly(ready.catalog, ready.prepared, ready.order, ready.report, ready.is_first)
        result = _made(making, before_publication)
    finally:
        staging.clear()
    if result is None:
        # Nothing is published, but what was read is known: the next build begins here.
        state.return_to_mark()
        state.seal()
    return result or BuildResult(ready.report)


def _made(making: Assembly, before_publication: Callable[[], None]) -> BuildResult | None:
    """Make and publish; None if there are mistakes, or if publication would harm other people's files."""
    if not making.make_targets(in_order(making.catalog)):
        check_planned_links(making.catalog, [output.path for output in making.theme.outputs], making.report)
        return None
    with making.order.stages("feeds, sitemaps, search, pictures"):
        making.make_the_rest()
    if not check_links(making.state, None, making.report):
        return None
    before_publication()
    return making.publish()


def _is_first(state: State, order: Order) -> bool:
    """Whether nothing is known, or nothing that could be relied upon."""
    if state.fact("identity") != identity():  # a new state knows of none
        return True
    if state.fact("comments_server") != order.comments_server:
        return True  # as if the settings named another one
    return any(path in order.changed.changed | order.changed.gone for path in SETTINGS)


def _known_languages(state: State) -> Mapping[str, Language]:
    """Languages that CLDR was asked about by the same program."""
    if state.fact("identity") != identity():
        return {}
    return {tag: Language(tag, endonym, direction) for tag, endonym, direction in state.fact("languages") or ()}


def _begin_anew(state: State) -> None:
    if state.fact("identity") != identity():
        state.run("DELETE FROM template")  # another version may put templates into another form
        state.run("DELETE FROM photo")  # and see something else in photographs
    state.forget_catalog()
    state.run(
        "UPDATE output SET kind = '', key = '', inputs = NULL, entry = NULL, part = NULL,"
        " versions = NULL, version_count = NULL, waits = NULL"
    )
    state.note("identity", identity())
