"""Measures import on raw pages it was not made for: `python benchmarks/import_quality.py`.

Every page in `tests/unseen/` has its truth beside it; the README there tells how to read it. All pages are imported
into one empty portal. A field is right if it has the page's value, however it was come by; or, where the page has
none, if it is empty or was worked out within what the truth allows. Slugs count where
the page has the title of the original.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from toasoan.config import Config, read_config
from toasoan.content.front_matter import Document, read_document
from toasoan.diagnostics import Report
from toasoan.ingest.importing import Imported, import_files
from toasoan.ingest.words import all_words

UNSEEN = Path(__file__).resolve().parents[1] / "tests/unseen"
SECTIONS = ("heritage", "figure", "enterprise", "current-events", "political-system", "local", "product")
FIELDS = (
    *("title", "language", "publisher", "date", "authors", "source_url"),
    *("section", "story", "slug", "lede", "photos"),
)
PUBLISHERS = {
    "Báo Chính Phủ": ("baochinhphu.vn", "chinhphu.vn"),
    "VietnamPlus": ("vietnamplus.vn",),
    "Tuổi Trẻ": ("tuoitre.vn",),
    "Thanh Niên": ("thanhnien.vn",),
    "Tiền Phong": ("tienphong.vn",),
    "Lao Động": ("laodong.vn",),
    "Việt Nam News": ("vietnamnews.vn",),
    "Hà Nội Mới": ("hanoimoi.vn",),
    "Báo Nghệ An": ("baonghean.vn",),
}
"""A portal knows the agencies it takes most from. The pages name twice as many."""
ROUNDS = ("second", "third", "fourth", "fifth", "sixth")
"""The first round has no number in its truths."""
ORIGINS = {"lede": "summary", "photos": "images"}
"""Fields that the front matter calls otherwise."""
IN_BODY = ("paragraph", "heading", "caption")


@dataclass
class Figures:
    """What was counted over some pages."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    """Present on the page and left empty."""
    present: Counter[str] = field(default_factory=Counter)
    present_right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    found_wrong: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    """Not said by the page, and worked out as the truth allows."""
    pages: int = 0
    sections_sure: int = 0
    """Pages of which a reader can say for sure which section they belong to; counted for themselves."""

    sections_sure_right: int = 0
    photos: int = 0
    photos_right: int = 0
    paragraphs: int = 0
    paragraphs_lost: int = 0
    boilerplate: int = 0
    boilerplate_in_body: int = 0
    lines: int = 0
    lines_right: int = 0
    problems: list[str] = field(default_factory=list)


def main() -> None:
    """Print the figures, or write them for another program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the totals as JSON")
    parser.add_argument("--problems", action="store_true", help="print every difference, but none of held pages")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        by_page = measured(Path(folder))
    everything = _sum(figures for figures, _ in by_page.values())
    held = _sum(figures for figures, truth in by_page.values() if truth.get("held"))
    columns = {"all": everything, "held": held}
    for number, name in enumerate(ROUNDS, start=2):
        columns[name] = _sum(of for of, truth in by_page.values() if truth.get("round") == number)
    if arguments.json:
        print(json.dumps({name: totals(of) for name, of in columns.items()}))
        return
    if arguments.problems:
        for name, (figures, truth) in by_page.items():
            if not truth.get("held"):
                print(*(f"{name}: {problem}" for problem in figures.problems), sep="\n")
    print(_field_table(everything), _language_table(by_page), _totals_table(columns), sep="\n\n")


def measured(root: Path) -> Mapping[str, tuple[Figures, Mapping[str, Any]]]:
    """The figures and the truth of every page, imported into an empty portal at `root`."""
    pages = sorted(UNSEEN.glob("*.txt"))
    outcomes = {one.source: one for one in import_files(root, pages, empty_portal(root), Report())}
    result = {}
    for page in pages:
        truth = tomllib.loads(page.with_suffix(".toml").read_text("utf-8"))
        result[page.stem] = _compared(root, outcomes[page.name], truth), truth
    return result


def totals(of: Figures) -> Mapping[str, float]:
    """The figures of the standard."""
    values = of.right.total() + of.wrong.total() + of.missing.total()
    return {
        "pages": of.pages,
        "fields": of.right.total() / max(1, values),
        "present": of.present_right.total() / max(1, of.present.total()),
        "found": 1 - of.found_wrong.total() / max(1, of.found.total()),
        "paragraphs_lost": of.paragraphs_lost,
        "boilerplate_in_body": of.boilerplate_in_body / max(1, of.boilerplate),
        "lines": of.lines_right / max(1, of.lines),
        "sections": of.filled["section"] / max(1, of.pages),
        "sections_wrong": of.wrong["section"] / max(1, of.pages),
    }


def empty_portal(root: Path) -> Config:
    """A portal without articles, in all languages that import knows."""
    languages = sorted(all_words().languages)
    names = "\n".join(f'{tag} = "…"' for tag in languages)
    settings = [
        'title = "Portal"\nbase_url = "https://portal.example"',
        *(f"[languages.{tag}]" for tag in languages),
        *(f"[sections.{key}]\n{names}" for key in SECTIONS),
    ]
    agencies = [
        f'[publishers.a{number}]\nname = "{name}"\nhosts = {json.dumps(hosts)}'
        for number, (name, hosts) in enumerate(PUBLISHERS.items())
    ]
    (root / "site").mkdir(parents=True)
    (root / "site/site.toml").write_text("\n".join(settings), "utf-8")
    (root / "site/publishers.toml").write_text("\n".join(agencies), "utf-8")
    report = Report()
    config = read_config(root, report)
    if config is None:
        raise SystemExit("\n".join(map(str, report)))
    return config


def _compared(root: Path, outcome: Imported, truth: Mapping[str, Any]) -> Figures:
    figures = Figures(pages=1)
    document = None
    if outcome.article is not None:
        document = read_document((root / outcome.article).read_text("utf-8"), outcome.article, Report())
    if document is None:
        figures.problems.append(f"not imported: {outcome.outcome}")
    values = _values(document, outcome)
    for name in FIELDS:
        _judge(figures, name, values[name], truth, called_found=ORIGINS.get(name, name) in outcome.found)
    if sure := truth.get("section"):
        figures.sections_sure = 1
        figures.sections_sure_right = int(values["section"] == sure)
    wanted = [(_plain(one["caption"]), _plain(one["credit"])) for one in truth.get("photos", [])]
    figures.photos = len(wanted)
    figures.photos_right = (Counter(wanted) & Counter(values["photos"])).total()
    receipt = root / "site/import/receipts" / f"{Path(outcome.source).stem}.json"
    fates = json.loads(receipt.read_text("utf-8"))["lines"] if receipt.exists() else []
    _compare_lines(figures, document, {one["line"]: one["fate"] for one in fates}, truth["lines"])
    return figures


def _values(document: Document | None, outcome: Imported) -> dict[str, Any]:
    if document is None:
        return {name: [] if name in ("photos", "authors") else None for name in FIELDS}
    fields = document.front_matter
    return {
        "title": _plain(fields.title),
        "language": fields.language,
        "publisher": _plain(fields.publisher or ""),
        "date": str(fields.date)[:10] if fields.date else None,
        "authors": [_plain(author) for author in fields.authors],
        "source_url": fields.source_url,
        "section": fields.section,
        "story": fields.story,
        "slug": re.sub(r"-\d+$", "", Path(outcome.article or "").stem),
        "lede": _plain(fields.summary or ""),
        "photos": [
            (_plain(photo.caption or ""), _plain(photo.credit or ""))
            for photo in fields.images
            if photo.caption or photo.credit
        ],
    }


def _judge(figures: Figures, name: str, value: Any, truth: Mapping[str, Any], *, called_found: bool) -> None:
    said, allowed = _truth_of(name, truth)
    allowed = [one for one in allowed if one]
    present = bool(said)
    if name == "slug" and not present:
        return
    if present:
        right = value == said or value in allowed
        if name == "slug":
            # A number at the end may tell it from another article, or be part of the title.
            right = right or value == re.sub(r"-\d+$", "", said)
    elif name == "title":
        # A page without a title needs one all the same. It must only not be called found.
        right = not called_found
    else:
        right = not value or (value in allowed and not called_found)
        figures.filled[name] += bool(value) and right
    figures.present[name] += present
    figures.present_right[name] += present and right
    figures.found[name] += called_found
    figures.found_wrong[name] += called_found and not right
    verdict = figures.right if right else figures.wrong if value else figures.missing
    verdict[name] += 1
    if not right:
        figures.problems.append(f"{name}{' (called found)' if called_found else ''}: {value!r} instead of {said!r}")


def _truth_of(name: str, truth: Mapping[str, Any]) -> tuple[Any, Sequence[Any]]:
    """What the page says, and what else is right."""
    match name:
        case "language":
            return truth["language"], truth.get("languages_allowed", [])
        case "section":
            return None, truth["section_allowed"]
        case "slug":
            return truth.get("story"), []
        case "authors":
            return [_plain(author) for author in truth["authors"]], []
        case "photos":
            return [(_plain(one["caption"]), _plain(one["credit"])) for one in truth.get("photos", [])], []
        case "title" | "lede" | "publisher":
            return _plain(truth.get(name, "")), [_plain(truth.get(f"{name}_allowed", ""))]
        case _:
            return truth.get(name), [truth.get(f"{name}_allowed")]


def _compare_lines(
    figures: Figures, document: Document | None, fates: Mapping[int, str], lines: Sequence[Mapping[str, Any]]
) -> None:
    blocks = [_letters(block) for block in _rendered(document.body)] if document else []
    kept = "\n".join(blocks)
    if document:
        kept += "\n" + _letters(document.front_matter.title) + "\n" + _letters(document.front_matter.summary or "")
    pieces = Counter(one["line"] for one in lines)
    for one in lines:
        number, kinds, text = one["line"], one["is"], one["text"]
        fate = fates.get(number, "nothing").replace("dropped", "boilerplate")
        if pieces[number] == 1:
            figures.lines += 1
            figures.lines_right += fate in kinds
            if fate not in kinds:
                figures.problems.append(f"line {number}: {fate} instead of {kinds[0]}: {text[:60]!r}")
        if kinds[0] in ("paragraph", "heading"):
            figures.paragraphs += 1
            if _letters(text) not in kept:
                figures.paragraphs_lost += 1
                figures.problems.append(f"line {number}: lost: {text[:60]!r}")
        if "boilerplate" in kinds:
            figures.boilerplate += 1
            shown = fate in IN_BODY if pieces[number] == 1 else any(_letters(text) in block for block in blocks)
            figures.boilerplate_in_body += shown
            if shown and pieces[number] > 1:
                figures.problems.append(f"line {number}: boilerplate in the body: {text[:60]!r}")


def _rendered(body: str) -> Iterator[str]:
    tokens = MarkdownIt("commonmark", {"html": False}).parse(body)
    for _, inline in pairwise(tokens):
        if inline.type == "inline":
            yield "".join(child.content for child in inline.children or [])


def _plain(text: str) -> str:
    """The text without what editors don't see: forms of letters, kinds of spaces, a caption's last stop."""
    text = re.sub("[\u200b\ufeff]", "", unicodedata.normalize("NFC", text)).replace("\u00a0", " ")
    return re.sub(r"\s+(?=[.,;:!?)»])|\.$", "", re.sub(r"\s+", " ", text).strip())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def _sum(figures: Iterator[Figures]) -> Figures:
    total = Figures()
    for one in figures:
        for name, value in vars(one).items():
            setattr(total, name, getattr(total, name) + value)
    return total


def _field_table(of: Figures) -> str:
    rows = ["| field | right | wrong | missing though present | present | called found | found and wrong | filled |"]
    rows.append("| --- " * 8 + "|")
    for name in FIELDS:
        counts = (of.right, of.wrong, of.missing, of.present, of.found, of.found_wrong, of.filled)
        rows.append(f"| {name} | " + " | ".join(str(count[name]) for count in counts) + " |")
    return "\n".join(rows)


def _language_table(by_page: Mapping[str, tuple[Figures, Mapping[str, Any]]]) -> str:
    rows = ["| language | pages | fields right | of those present | lines right | paragraphs lost | boilerplate |"]
    rows.append("| --- " * 7 + "|")
    for tag in sorted({truth["language"] for _, truth in by_page.values()}):
        of = _sum(figures for figures, truth in by_page.values() if truth["language"] == tag)
        values = totals(of)
        shares = " | ".join(f"{values[name]:.1%}" for name in ("fields", "present", "lines"))
        lost = f"{of.paragraphs_lost} of {of.paragraphs}"
        rows.append(f"| {tag} | {of.pages} | {shares} | {lost} | {of.boilerplate_in_body} of {of.boilerplate} |")
    return "\n".join(rows)


def _totals_table(by_name: Mapping[str, Figures]) -> str:
    columns = by_name.values()
    rows = [f"| | standard | {' | '.join(by_name)} |", "| --- " * (len(by_name) + 2) + "|"]
    for words, name, standard in (
        ("fields right", "fields", "95 %"),
        ("right of those present", "present", "90 %"),
        ("right of those called found", "found", "99 %"),
        ("lines right", "lines", ""),
    ):
        rows.append(f"| {words} | {standard} | " + " | ".join(f"{totals(of)[name]:.1%}" for of in columns) + " |")
    lost = " | ".join(f"{of.paragraphs_lost} of {of.paragraphs}" for of in columns)
    rows.append(f"| paragraphs lost | 0 | {lost} |")
    lines = " | ".join(f"{of.boilerplate_in_body} of {of.boilerplate}" for of in columns)
    rows.append(f"| boilerplate lines in bodies | hardly any | {lines} |")
    photos = " | ".join(f"{of.photos_right} of {of.photos}" for of in columns)
    rows.append(f"| photos with right caption and credit | | {photos} |")
    sections = " | ".join(f"{of.filled['section']}, {of.wrong['section']} of {of.pages}" for of in columns)
    rows.append(f"| sections suggested that an editor would accept, and others | | {sections} |")
    sure = " | ".join(f"{of.sections_sure_right} of {of.sections_sure}" for of in columns)
    rows.append(f"| the one section of which a reader is sure | | {sure} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
