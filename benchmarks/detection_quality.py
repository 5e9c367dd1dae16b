"""Measures how well the language of short pieces of text is told: `python benchmarks/detection_quality.py`.

The pieces are cut from `tests/samples/`, among them languages that import must not take for one of its own. With a
folder given, the lines of `<folder>/<tag>.txt` are measured instead.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from toasoan.ingest.language_detection import detect_language
from toasoan.ingest.words import all_words

SAMPLES = Path(__file__).resolve().parents[1] / "tests/samples"
LENGTHS = (40, 60, 120, 200)
PARAGRAPHS = 3
"""Of a sample; a label and a caption follow."""


def main() -> None:
    """Print a table of lengths, and what was confused with what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    texts = _texts(parser.parse_args().folder)
    languages = all_words().languages
    print("| characters | pieces | told | told right | precision | confused |")
    print("| --- | --- | --- | --- | --- | --- |")
    for length in LENGTHS:
        found: Counter[tuple[str, str | None]] = Counter()
        for truth, paragraphs in texts.items():
            for piece in _pieces(paragraphs, length):
                detected = detect_language(piece, languages)
                found[truth, detected.tag if detected else None] += 1
        told = Counter({pair: count for pair, count in found.items() if pair[1] is not None})
        right = sum(count for (truth, tag), count in told.items() if truth == tag)
        wrong = ", ".join(f"{t} as {tag}: {count}" for (t, tag), count in told.most_common() if t != tag)
        ours = sum(count for (truth, _), count in found.items() if truth in languages)
        precision = right / max(1, told.total())
        print(f"| {length} | {ours} | {right / max(1, ours):.3f} | {right} | {precision:.3f} | {wrong or 'none'} |")


def _texts(folder: Path) -> Mapping[str, Sequence[str]]:
    files = sorted(folder.glob("*.txt")) + sorted(folder.glob("other/*.txt"))
    return {path.stem: path.read_text("utf-8").split("\n")[:PARAGRAPHS] for path in files}


def _pieces(paragraphs: Sequence[str], length: int) -> Iterator[str]:
    for text in paragraphs:
        for start in range(0, len(text) - length + 1, length):
            yield text[start : start + length]


if __name__ == "__main__":
    main()
