"""What a benchmark found: kept as JSON, told as Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import Any

from measured_process import Usage
from output_folder import WritingLimit, Written
from programs import FULL, REFERENCE, PageKind

RESULTS_FOLDER = Path(__file__).parent / "results"
FORMAT = 1


class Scenario(StrEnum):
    """What happened before a build; each goes on from the one before."""

    COLD = "cold"
    UNCHANGED = "nothing changed"
    EDITED = "one text edited"
    ADDED = "one article added"
    BACKDATED = "one article back-dated"
    WITHDRAWN = "one article withdrawn"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One build."""

    program: str
    scenario: Scenario
    run: int
    usage: Usage
    written: Written


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured: enough for judging the numbers, and nothing that names it."""

    processors: int
    memory_bytes: int
    system: str
    file_system: str
    """Of the folder in which sources and outputs lay: "ext4", "tmpfs", "unknown"."""


@dataclass
class Result:
    """All that was found at one number of articles; it grows while measuring."""

    date: str
    articles: int
    corpus: str
    """Fingerprint: results of different ones can't be compared."""

    machine: Machine
    versions: Mapping[str, str]
    """By program."""

    memory_is: str
    measurements: list[Measurement] = field(default_factory=list)
    kinds: dict[str, Mapping[str, int]] = field(default_factory=dict)
    """By program, how many files of each `PageKind` a cold build wrote."""

    writing: dict[str, WritingLimit] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def programs(self) -> tuple[str, ...]:
        """Those that were measured, in the order in which they were asked for."""
        return tuple(self.versions)

    def of(self, program: str, scenario: Scenario) -> Sequence[Measurement]:
        """A program's runs of one scenario."""
        return [it for it in self.measurements if it.program == program and it.scenario is scenario]

    def median_of(self, program: str, scenario: Scenario, value: Callable[[Measurement], float]) -> float | None:
        """The median of a value over the runs; None if there was none."""
        values = [value(it) for it in self.of(program, scenario)]
        return median(values) if values else None

    def ratio(self, program: str, scenario: Scenario) -> float | None:
        """The median, over the runs, of the wall time in relation to that of Hugo in the same run."""
        reference = {it.run: it.usage.wall_seconds for it in self.of(REFERENCE, scenario)}
        ratios = [
            it.usage.wall_seconds / reference[it.run] for it in self.of(program, scenario) if it.run in reference
        ]
        return median(ratios) if ratios else None


def write_result(result: Result) -> Path:
    """Keep a result; one of the same day and number of articles is replaced."""
    RESULTS_FOLDER.mkdir(exist_ok=True)
    path = RESULTS_FOLDER / f"{result.date}-{result.articles}.json"
    path.write_text(json.dumps(asdict(result), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_results(folder: Path = RESULTS_FOLDER) -> Iterator[Result]:
    """All that were kept, the oldest first."""
    for path in sorted(folder.glob("*.json")):
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] == FORMAT:
            yield _result(values)


def _result(values: dict[str, Any]) -> Result:
    measurements = [
        Measurement(
            it["program"], Scenario(it["scenario"]), it["run"], Usage(**it["usage"]), Written(**it["written"])
        )
        for it in values["measurements"]
    ]
    writing = {program: WritingLimit(**limit) for program, limit in values["writing"].items()}
    machine = Machine(**values["machine"])
    return Result(**{**values, "machine": machine, "measurements": measurements, "writing": writing})


def as_markdown(result: Result) -> str:
    """The whole result for people."""
    parts = [
        f"## {result.articles:,} articles",
        "",
        _circumstances(result),
        "",
        *_table(
            ("", "wall s", "× Hugo", "CPU s", "memory MB", "pages", "files written", "MB written"), _builds(result)
        ),
        "",
        "Files of each kind after a cold build:",
        "",
        *_table(("", *result.kinds, ""), _kinds(result)),
        "",
        "Writing the same files once more, with nothing to compute; no build of them can be faster:",
        "",
        *_table(("", "files", "MB", "s", "cold build ÷ writing"), _writing(result)),
        *(f"\n**{program} was given up**: {reason}" for program, reason in result.failures.items()),
        *_disturbed(result),
    ]
    return "\n".join(parts) + "\n"


def _circumstances(result: Result) -> str:
    machine = result.machine
    return (
        f"{', '.join(f'{name} {version}' for name, version in result.versions.items())}. "
        f"{result.date}, {machine.processors} processors, {machine.memory_bytes / 2**30:.0f} GiB, {machine.system}, "
        f"files on {machine.file_system}. Medians of the runs; memory: {result.memory_is}."
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _builds(result: Result) -> Iterator[Sequence[str]]:
    for scenario in Scenario:
        programs = [program for program in result.programs if result.of(program, scenario)]
        if not programs:
            continue  # a result from before there was this scenario
        yield (f"**{scenario}**", *[""] * 7)
        for program in programs:
            values = (
                (result.median_of(program, scenario, lambda it: it.usage.wall_seconds), "{:.2f}"),
                (result.ratio(program, scenario), "{:.2f}"),
                (result.median_of(program, scenario, lambda it: it.usage.cpu_seconds), "{:.2f}"),
                (result.median_of(program, scenario, lambda it: it.usage.memory_bytes / 1e6), "{:,.0f}"),
                (result.median_of(program, scenario, lambda it: it.written.pages), "{:,.0f}"),
                (result.median_of(program, scenario, lambda it: it.written.files), "{:,.0f}"),
                (result.median_of(program, scenario, lambda it: it.written.bytes / 1e6), "{:,.1f}"),
            )
            yield (program, *("–" if value is None else form.format(value) for value, form in values))


def _kinds(result: Result) -> Iterator[Sequence[str]]:
    for kind in PageKind:
        counts = {program: of_program.get(kind, 0) for program, of_program in result.kinds.items()}
        agree = len({count for program, count in counts.items() if program != FULL}) <= 1
        yield (str(kind), *(f"{count:,}" for count in counts.values()), "" if agree else "differ")


def _writing(result: Result) -> Iterator[Sequence[str]]:
    for program, limit in result.writing.items():
        cold = result.median_of(program, Scenario.COLD, lambda it: it.usage.wall_seconds)
        ratio = f"{cold / limit.seconds:.1f}" if cold and limit.seconds else "–"
        yield program, f"{limit.files:,}", f"{limit.bytes / 1e6:,.1f}", f"{limit.seconds:.2f}", ratio


def _disturbed(result: Result) -> Iterator[str]:
    """How many runs other processes of the machine have slowed down, as far as that can be seen."""
    disturbed = [
        it for it in result.measurements if (it.usage.foreign_cpu_seconds or 0) > 0.3 + 0.15 * it.usage.wall_seconds
    ]
    if disturbed:
        yield f"\nOther processes were busy during {len(disturbed)} of {len(result.measurements)} builds."
