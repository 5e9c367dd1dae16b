"""Feeds import with broken sources: `python benchmarks/fuzz_import.py --minutes 3 --seed 1`.

Sources are mutations of the seeds, of the unseen pages and of small files in every structured format. Each is
imported alone into an empty portal. What must hold: no exception, a fate for every line that isn't blank, an article
that can be read back, at most `LONGEST` seconds and `MOST_MEMORY` more memory for one source. Sources
that fail are kept.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from toasoan.config import Config
from toasoan.content.front_matter import read_document
from toasoan.diagnostics import Report
from toasoan.ingest.importing import import_files

from import_quality import UNSEEN, empty_portal

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))
from tests import sources  # noqa: E402 (the tests' small files in every format)

LONGEST = 10.0
"""Seconds."""

MOST_MEMORY = 300_000
"""KiB above what the program had after its first hundred sources."""

WARM_UP = 100
ODD = (
    *(
        "\u200b",
        "\u00a0",
        "\u202e",
        "\ufeff",
        "\u0000",
        "\u0301",
        "\ud7ff",
        "\U0001f600",
        "\r",
        "\r\n",
        "\u2028",
        "\x0c",
    ),
    *(
        "```",
        "+++",
        "---",
        "# ",
        "1. ",
        "* ",
        "[1]: x",
        "<b>",
        "&amp;",
        "![](",
        "|",
        "\\",
        "_",
        "$",
        "{{",
        "]]>",
        "](",
    ),
    *(
        " date 2025-12-17 ",
        " date 9999-99-99 ",
        "31/02/2025",
        "٣١/١٢/٢٠٢٥",
        "Báo ABáo A17/12/2025",
        "(0)",
        "Comment (0)",
    ),
    *(
        "Source:",
        "Nguồn: https://",
        "https://[::1",
        "Ảnh 1.",
        " - Photo: ",
        "(Photo: ",
        "./.",
        "Zalo Facebook",
        ".jpg)",
    ),
    *('{"', "<![CDATA[", "<!--", "<?xml", "&#0;", "%PDF", "PK\x03\x04"),
)


def main() -> None:
    """Print how many sources were read, and where those that failed are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(".benchmarks/fuzz"), help="where failing sources go")
    arguments = parser.parse_args()
    lots = random.Random(arguments.seed)
    seeds = list(_seeds())
    began, count, written, failed, slowest, first_memory = time.monotonic(), 0, 0, 0, 0.0, 0
    while time.monotonic() - began < 60 * arguments.minutes:
        name, data = lots.choice(seeds)
        data = _mutated(data, [other for _, other in seeds], lots)
        count += 1
        started = time.monotonic()
        made, faults = _faults(name, data)
        took = time.monotonic() - started
        slowest = max(slowest, took)
        written += made
        if took > LONGEST:
            faults.append(f"took {took:.1f} s")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        first_memory = memory if count == WARM_UP else first_memory
        if count > WARM_UP and memory > first_memory + MOST_MEMORY:
            faults.append(f"memory grew to {memory} KiB")
            first_memory = memory
        if faults:
            failed += 1
            arguments.keep.mkdir(parents=True, exist_ok=True)
            kept = arguments.keep / f"{arguments.seed}-{count}-{name}"
            kept.write_bytes(data)
            print(f"{kept}: {'; '.join(faults)}")
    seconds = time.monotonic() - began
    print(f"{count} sources in {seconds:.0f} s, {count / seconds:.1f} a second; {written} became articles")
    print(f"slowest {slowest:.2f} s; {memory // 1024} MiB at most; {failed} failed")
    raise SystemExit(failed > 0)


def _seeds() -> Iterator[tuple[str, bytes]]:
    for path in sorted((REPOSITORY / "seeds").glob("*.txt")) + sorted(UNSEEN.glob("*.txt")):
        yield path.name, path.read_bytes()
    yield "page.html", sources.page().encode()
    yield "stated.html", sources.page(head=sources.json_ld(headline="Boats", datePublished="2025-12-17")).encode()
    yield "feed.xml", sources.rss(*(sources.rss_item(number) for number in range(1, 4))).encode()
    yield "export.xml", sources.wordpress(*(sources.post(number) for number in range(1, 4))).encode()
    yield "item.json", json.dumps(sources.ninjs()).encode()
    yield "item.xml", sources.news_item().encode()


def _mutated(data: bytes, others: Sequence[bytes], lots: random.Random) -> bytes:
    if lots.random() < 0.25:
        return _with_broken_bytes(data, lots)
    text = data.decode("utf-8")
    changes: Sequence[Callable[[str, random.Random], str]] = (_odd, _lines_moved, _cut, _joined, _repeated)
    for _ in range(lots.randint(1, 6)):
        text = lots.choice(changes)(text, lots)
    if lots.random() < 0.2:
        text += lots.choice(others).decode("utf-8")
    return text.encode("utf-8", "surrogatepass")


def _with_broken_bytes(data: bytes, lots: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(lots.randint(1, 30)):
        if broken:
            broken[lots.randrange(len(broken))] = lots.randrange(256)
    return bytes(broken)


def _odd(text: str, lots: random.Random) -> str:
    for _ in range(lots.randint(1, 8)):
        at = lots.randint(0, len(text))
        text = text[:at] + lots.choice(ODD) + text[at:]
    return text


def _lines_moved(text: str, lots: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(lots.randint(1, 5)):
        lines.insert(lots.randint(0, len(lines)), lines.pop(lots.randrange(len(lines))))
    return "\n".join(lines)


def _cut(text: str, lots: random.Random) -> str:
    begin, end = sorted((lots.randint(0, len(text)), lots.randint(0, len(text))))
    return text[:begin] + text[end:]


def _joined(text: str, lots: random.Random) -> str:
    return (
        lots.choice(("", " ", "\u00a0")).join(text.split("\n")) if lots.random() < 0.3 else text.replace("\n\n", "\n")
    )


def _repeated(text: str, lots: random.Random) -> str:
    begin = lots.randint(0, len(text))
    return text[:begin] + text[begin : begin + lots.randint(1, 400)] * lots.choice((2, 3, 50, 500)) + text[begin:]


def _faults(name: str, data: bytes) -> tuple[int, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = root / "raw" / name
        source.parent.mkdir()
        source.write_bytes(data)
        try:
            config = empty_portal(root)
            return _checked(root, source, config)
        except Exception:
            return 0, [traceback.format_exc(limit=-3)]


def _checked(root: Path, source: Path, config: Config) -> tuple[int, list[str]]:
    faults = []
    outcomes = import_files(root, [source], config, Report())
    for outcome in outcomes:
        if outcome.article is None:
            continue
        report = Report()
        text = (root / outcome.article).read_text("utf-8")
        if read_document(text, outcome.article, report) is None:
            faults.append(f"{outcome.article} can't be read: {list(report)}")
    for receipt in sorted((root / "site/import/receipts").rglob("*.json")):
        read = json.loads(receipt.read_text("utf-8"))
        if "lines" in read:
            faults += _lines_without_a_fate(source.read_bytes(), [one["line"] for one in read["lines"]])
        elif not all(part.get("fate") for part in read.get("parts", [])):
            faults.append(f"{receipt.name}: a part has no fate")
    return sum(outcome.article is not None for outcome in outcomes), faults


def _lines_without_a_fate(data: bytes, told: Sequence[int]) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []  # read in another encoding: its lines are not ours
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    wanted = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return [] if wanted == list(told) else [f"lines without a fate: {sorted(set(wanted) ^ set(told))[:5]}"]


if __name__ == "__main__":
    main()
