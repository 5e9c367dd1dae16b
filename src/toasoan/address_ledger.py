"""The addresses that readers have been given: `site/urls.jsonl`, which is committed with the content.

A line for each page that was ever online: its address, the file that it came from and, for an article, the key of its
story. Lines are added and never changed; the last one about an address counts. Builds only read the ledger, to know
where pages have gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from toasoan.diagnostics import Location, Report
from toasoan.files import append_text, make_folder
from toasoan.portal_folders import ADDRESS_LEDGER
from toasoan.source_text import read_source


class OnlinePage(NamedTuple):
    """A page that was online."""

    address: str
    source: str | None = None
    """The file of its text, relative to the portal's root; None for lists."""

    story: str | None = None
    """Of an article: the key of its story."""


def read_ledger(root: Path, report: Report) -> Mapping[str, OnlinePage]:
    """All pages that were ever online, by address; lines that can't be read stand in the report."""
    if not (root / ADDRESS_LEDGER).exists():
        return {}
    text = read_source(root, ADDRESS_LEDGER, report) or ""
    pages = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        page = _page_of(line)
        if page is None:
            report.error(
                "broken-url-ledger",
                "the line does not say which page was online",
                Location(ADDRESS_LEDGER, number),
                "take the line as it was from version control, or remove it: its address will then answer 404",
            )
        else:
            pages[page.address] = page
    return pages


def _page_of(line: str) -> OnlinePage | None:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not values.keys() <= set(OnlinePage._fields):
        return None
    address = values.get("address")
    if not isinstance(address, str) or not address.startswith("/") or not address.isprintable() or " " in address:
        return None
    if not all(isinstance(value, str) for value in values.values()):
        return None
    return OnlinePage(**values)


def new_lines(pages: Iterable[OnlinePage], known: Mapping[str, OnlinePage]) -> Iterator[str]:
    """The lines that a ledger lacks."""
    for page in sorted(pages):
        if known.get(page.address) != page:
            values = {name: value for name, value in page._asdict().items() if value is not None}
            yield json.dumps(values, ensure_ascii=False)


def append_to_ledger(root: Path, lines: Iterable[str]) -> None:
    """Add lines to the ledger, which need not exist; what stands in it stays as it is. Raises OSError."""
    file = root / ADDRESS_LEDGER
    make_folder(file.parent)
    # The last line may be half of one, of a disk that was full.
    begins = "\n" if file.exists() and not f"\n{file.read_bytes()[-1:].decode('latin-1')}".endswith("\n") else ""
    append_text(file, begins + "".join(f"{line}\n" for line in lines))
