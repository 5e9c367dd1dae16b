"""Measures how fast raw documents are imported: `python benchmarks/import_speed.py`.

The documents are made of the seeds' sentences, the same ones in every run: pages with a title, a byline, paragraphs,
photos with captions and a foot, in the languages of the seeds, and on average as large as these.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
from pathlib import Path

from measured_process import MEMORY_IS, RunFailed, run_measured

REPOSITORY = Path(__file__).resolve().parents[1]
COUNTS = (1_000, 4_000)
TIMEOUT = 600.0
PARAGRAPHS = (6, 14)
"""So many, for documents of the seeds' size: 14 KB on average."""

FEWEST_LETTERS = 60
"""Characters of a line of the seeds that counts as running text."""


def main() -> int:
    """Measure, and print a line for each number of documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=COUNTS, metavar="N", help="how many to import")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes that share the work (default: 2)")
    options = parser.parse_args()
    print(f"memory: {MEMORY_IS}")
    for count in options.documents:
        with tempfile.TemporaryDirectory(prefix="toasoan-import-") as folder:
            print(measured(Path(folder), count, options.jobs), flush=True)
    return 0


def measured(folder: Path, count: int, jobs: int) -> str:
    """What one import of so many documents took, in words."""
    (folder / "site").mkdir()
    for name in ("site.toml", "publishers.toml"):
        shutil.copy(REPOSITORY / "site" / name, folder / "site")
    size = write_documents(folder / "raw", count)
    log = folder / "log.json"
    command = [sys.executable, "-m", "toasoan", "import", "--json", "--jobs", str(jobs), "raw"]
    usage = run_measured(command, folder, log, TIMEOUT)
    outcomes = [one["outcome"] for one in json.loads(log.read_text("utf-8"))["articles"]]
    if outcomes != ["written"] * count:
        raise RunFailed("an import that fails is no measurement")
    return (
        f"{count} documents of {size / count:,.0f} bytes on average, {jobs} processes: {usage.wall_seconds:.2f} s, "
        f"for each {1000 * usage.wall_seconds / count:.2f} ms and {1000 * usage.cpu_seconds / count:.2f} ms of "
        f"processor time, {usage.memory_bytes / 1e6:.0f} MB of memory"
    )


def write_documents(folder: Path, count: int) -> int:
    """Write so many documents into a new folder; gives their size in bytes."""
    folder.mkdir()
    chance = random.Random(20251217)
    texts = [lines_of(path) for path in sorted((REPOSITORY / "seeds").glob("*.txt"))]
    size = 0
    for number in range(count):
        data = document(number, texts[number % len(texts)], chance).encode()
        (folder / f"{number:06}.txt").write_bytes(data)
        size += len(data)
    return size


def lines_of(seed: Path) -> list[str]:
    """The running text of a seed, line by line."""
    lines = seed.read_text("utf-8").splitlines()
    return [line for line in lines if len(line) >= FEWEST_LETTERS and "http" not in line]


def document(number: int, lines: list[str], chance: random.Random) -> str:
    """A page in the manner of the seeds; no two have the same title."""
    sentences = [sentence for line in lines for sentence in re.split(r"(?<=[.!?]) ", line) if len(sentence) > 30]
    title = f"{' '.join(chance.choice(sentences).split()[:9]).rstrip('.,:;')} {number}"
    day = f"{1 + number % 28:02}/{1 + number % 12:02}/2025"
    paragraphs = [
        " ".join(chance.choices(sentences, k=chance.randint(2, 5))) for _ in range(chance.randint(*PARAGRAPHS))
    ]
    for photo in range(chance.randint(0, 3)):
        caption = " ".join(chance.choice(sentences).split()[:14]).rstrip(".")
        paragraphs.insert(1 + 2 * photo, f"{caption}. Ảnh: VGP/An")
    foot = ["Comment (0)", "Same category", *(" ".join(chance.choice(sentences).split()[:10]) for _ in range(6))]
    byline = f"Báo Chính PhủBáo Chính Phủ{day}"
    return "\n".join(["Vietnam.vn - Nền tảng quảng bá Việt Nam", title, byline, *paragraphs, *foot])


if __name__ == "__main__":
    sys.exit(main())
