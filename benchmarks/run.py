"""Measures Toasoan beside other generators on the same news portal: `python benchmarks/run.py --articles 1000`.

docs/how-to/benchmark.md tells what is measured and what is not.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import peers
from corpus import fingerprint
from growth_curve import growth_curve, points_by_program
from measured_process import MEMORY_IS
from programs import FULL, PROGRAMS, TOASOAN, Program
from results import Machine, Result, as_markdown, read_results, write_result
from rounds import lay_out, measure

OURS = (TOASOAN, FULL)
CURVE = Path(__file__).resolve().parents[1] / "docs" / "images" / "growth.svg"


def main() -> None:
    """Measure, and draw the curve, as the command line asks."""
    # Whoever ends this program ends with it what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = _command_line()
    if asked.articles:
        programs = tuple(
            replace(program, cold_only=program.cold_only or (asked.peers_cold and program.name not in OURS))
            for program in asked.peers
        )
        _measure_all(asked.articles, programs, asked.runs, asked.keep, asked.timeout)
    if asked.curve:
        _draw(asked.curve)


def _command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--articles",
        type=_positive,
        action="append",
        default=[],
        metavar="N",
        help="how many; may be given repeatedly",
    )
    parser.add_argument("--runs", type=_positive, default=3, metavar="N", help="of each scenario (default: 3)")
    parser.add_argument(
        "--peers",
        type=_programs,
        default=_programs(",".join(PROGRAMS)),
        metavar="NAMES",
        help=f"those that Toasoan is compared with, or none (default: {','.join(PROGRAMS)})",
    )
    parser.add_argument(
        "--peers-cold",
        action="store_true",
        help="let the others build from nothing only: they take as long each time",
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="new folder to work in and to keep")
    parser.add_argument(
        "--timeout", type=float, default=900, metavar="S", help="seconds that a build may take (default: 900)"
    )
    parser.add_argument(
        "--curve",
        type=Path,
        nargs="?",
        const=CURVE,
        metavar="FILE",
        help="draw all kept results (docs/images/growth.svg)",
    )
    asked = parser.parse_args()
    if not asked.articles and not asked.curve:
        parser.error("say how many articles, as in --articles 1000, or --curve")
    if asked.keep and asked.keep.exists() and any(asked.keep.iterdir()):
        parser.error(f"{asked.keep} is not empty: --keep wants a new folder")
    return asked


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _programs(names: str) -> tuple[Program, ...]:
    """Toasoan, with the pages that all have, and those named, each once."""
    wanted = dict.fromkeys((TOASOAN, *(name for name in names.split(",") if name not in ("", "none"))))
    unknown = [name for name in wanted if name not in PROGRAMS]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no {unknown[0]!r}; there are {', '.join(PROGRAMS)}")
    return tuple(PROGRAMS[name] for name in wanted)


def _measure_all(
    numbers: Sequence[int], programs: Sequence[Program], runs: int, keep: Path | None, timeout: float
) -> None:
    peers.make_work_folder()
    if any(program.name not in OURS for program in programs):
        peers.install()
    versions = {program.name: _version(program) for program in programs}
    for number in dict.fromkeys(numbers):
        with _folder(keep, number) as folder:
            result = Result(
                dt.datetime.now(dt.UTC).date().isoformat(),
                number,
                fingerprint(),
                _machine(folder),
                versions,
                MEMORY_IS,
            )
            print(f"{number:,} articles in {folder}", file=sys.stderr, flush=True)
            portals = lay_out(programs, number, folder / "portals")
            measure(portals, runs, folder / "outputs", timeout, result)
            path = write_result(result)
        print(as_markdown(result))
        print(f"Kept as {path}", file=sys.stderr)


def _version(program: Program) -> str:
    """Which version a program is; asking also brings it into the system's file cache, so that none starts cold."""
    answer = subprocess.run(
        program.version_command(), check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    number = re.search(r"\d+(\.\w+)+", answer.stdout)
    return number.group() if number else "unknown"


@contextmanager
def _folder(keep: Path | None, number: int) -> Iterator[Path]:
    """Where sources and outputs of one number of articles lie."""
    if keep is not None:
        folder = keep.resolve() / str(number)
        folder.mkdir(parents=True)
        yield folder
        return
    folder = Path(tempfile.mkdtemp(prefix=f"{number}-", dir=peers.WORK_FOLDER))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _machine(folder: Path) -> Machine:
    return Machine(
        processors=os.cpu_count() or 1,
        memory_bytes=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        system=f"{platform.system()}, Python {platform.python_version()}",
        file_system=_file_system(folder),
    )


def _file_system(folder: Path) -> str:
    """The kind of file system that a folder lies on, as far as the system tells."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "unknown"
    holding = [(len(place), kind) for place, kind in mounts if folder.is_relative_to(place)]
    return max(holding)[1] if holding else "unknown"


def _draw(path: Path) -> None:
    curves = points_by_program(read_results())
    if not curves:
        sys.exit("There is no result to draw: measure first, with --articles.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(growth_curve(curves), encoding="utf-8")
    print(f"Drawn in {path}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
