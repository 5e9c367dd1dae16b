"""The measuring itself: portals of one size, built by all programs in turn, scenario by scenario, round by round.

The order of the programs changes from round to round, so that none always runs on a warm or a tired machine.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from adapters import SourceFile, write_source
from corpus import AFTER_ALL_OTHERS, articles
from measured_process import RunFailed, run_measured
from output_folder import writing_limit, written_since
from programs import Program
from results import Measurement, Result, Scenario


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal laid out for a program."""

    program: Program
    folder: Path
    edited: SourceFile
    """The article to which the edit adds a paragraph, as it is before."""

    added: SourceFile
    """The article that comes, newer than all others."""

    backdated: tuple[SourceFile, SourceFile]
    """The article that gets an earlier date, before and after."""

    withdrawn: SourceFile
    """The article that goes."""

    @property
    def name(self) -> str:
        """The program's."""
        return self.program.name

    def restore(self) -> None:
        """Undo what the scenarios did to the sources."""
        for source in (self.edited, self.backdated[0], self.withdrawn):
            write_source(self.folder, source)
        (self.folder / self.added[0]).unlink(missing_ok=True)


def lay_out(programs: Iterable[Program], number: int, folder: Path) -> tuple[Portal, ...]:
    """Write the portals of all programs with the first articles of the corpus, each below `folder`."""
    programs = tuple(programs)
    sources: dict[tuple[str, int], SourceFile] = {}
    touched = (number // 2, number // 3, number // 4)
    added: dict[str, SourceFile] = {}
    earlier: dict[str, SourceFile] = {}
    for program in programs:
        program.lay_out_site(folder / program.name)
    # One more than asked for: the last one is the one that comes later.
    for article in articles(number + 1):
        for program in programs:
            if article.number == number:
                added[program.name] = program.article(replace(article, date=AFTER_ALL_OTHERS))
                continue
            source = program.article(article)
            write_source(folder / program.name, source)
            if article.number in touched:
                sources[program.name, article.number] = source
            if article.number == touched[1]:
                # In the same year, for years are folders of some programs.
                earlier[program.name] = program.article(replace(article, date=article.date.replace(month=1, day=1)))
    return tuple(
        Portal(
            program,
            folder / program.name,
            sources[program.name, touched[0]],
            added[program.name],
            (sources[program.name, touched[1]], earlier[program.name]),
            sources[program.name, touched[2]],
        )
        for program in programs
    )


def measure(portals: Sequence[Portal], rounds: int, folder: Path, timeout: float, result: Result) -> None:
    """Build all portals in all scenarios as often as asked, outputs lying below `folder`; `result` gets what it took.

    A program whose run fails is told in the result and left out from there on.
    """
    folder.mkdir()
    running = list(portals)
    outputs: dict[str, Path] = {}
    for number in range(rounds):
        _make_room(outputs.values(), folder)
        outputs = {portal.name: folder / f"{portal.name}-{number + 1}" for portal in running}
        for scenario in Scenario:
            for portal in _rotated(running, number):
                if portal.program.cold_only and scenario is not Scenario.COLD:
                    continue
                try:
                    measurement = _run(portal, scenario, number, outputs[portal.name], timeout)
                except RunFailed as failure:
                    result.failures[portal.name] = f"{scenario}, run {number + 1}: {failure}"
                    print(f"  {portal.name}: {result.failures[portal.name]}", file=sys.stderr, flush=True)
                    running.remove(portal)
                    continue
                result.measurements.append(measurement)
                _tell(measurement)
                if scenario is Scenario.COLD and number == 0:
                    kinds = portal.program.count_kinds(outputs[portal.name])
                    result.kinds[portal.name] = {str(kind): count for kind, count in kinds.items()}
        for portal in portals:
            portal.restore()
    for portal in running:
        result.writing[portal.name] = writing_limit(outputs[portal.name], folder / f"{portal.name}-written-again")


def _rotated(portals: Sequence[Portal], by: int) -> Sequence[Portal]:
    """A B C, then B C A, then C A B; a copy."""
    start = by % max(1, len(portals))
    return [*portals[start:], *portals[:start]]


def _run(portal: Portal, scenario: Scenario, number: int, output: Path, timeout: float) -> Measurement:
    _prepare(portal, scenario, number, output)
    # What others have yet to write is not to be waited for by this run.
    os.sync()
    start_ns = time.time_ns()
    usage = run_measured(
        portal.program.command(output), portal.folder, output.with_name(f"{portal.name}.log"), timeout
    )
    return Measurement(portal.name, scenario, number + 1, usage, written_since(output, start_ns))


def _prepare(portal: Portal, scenario: Scenario, number: int, output: Path) -> None:
    match scenario:
        case Scenario.COLD:
            portal.program.forget_caches(portal.folder)
            output.mkdir(parents=True)
        case Scenario.UNCHANGED:
            pass
        case Scenario.EDITED:
            path, text = portal.edited
            write_source(portal.folder, (path, f"{text}\nA paragraph added in run {number + 1}.\n"))
        case Scenario.ADDED:
            write_source(portal.folder, portal.added)
        case Scenario.BACKDATED:
            write_source(portal.folder, portal.backdated[1])
        case Scenario.WITHDRAWN:
            (portal.folder / portal.withdrawn[0]).unlink()


def _make_room(outputs: Iterable[Path], folder: Path) -> None:
    """Remove the outputs of the last round if there is not room for another.

    Only then: some file systems write several times slower after much was deleted.
    """
    outputs = tuple(outputs)
    needed = sum(file.stat().st_size for output in outputs for file in output.rglob("*") if file.is_file())
    if shutil.disk_usage(folder).free < 3 * needed:
        for output in outputs:
            shutil.rmtree(output)


def _tell(it: Measurement) -> None:
    print(f"  run {it.run}, {it.scenario}: {it.program} {it.usage.wall_seconds:.2f} s", file=sys.stderr, flush=True)
