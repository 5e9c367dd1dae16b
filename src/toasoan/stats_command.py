"""`toasoan stats`: tells how many articles there are, as a table, as JSON or as a chart."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from toasoan.build import articles_of_last_build
from toasoan.config import Config, read_config
from toasoan.content.articles import is_markdown, is_to_be_seen, read_article
from toasoan.diagnostics import Report
from toasoan.files import write_text
from toasoan.model.article import Article, Status
from toasoan.month_chart import month_chart
from toasoan.parallel import in_parallel
from toasoan.portal_folders import CONTENT_FOLDER, OUTPUT_FOLDER
from toasoan.source_files import files_below
from toasoan.statistics import NONE, Counts, Statistics, statistics
from toasoan.terminal import Terminal

MOST_ROWS = 40
"""Rows of a table that people are shown; the JSON has all."""


def tell_statistics(options: argparse.Namespace, now: dt.datetime, terminal: Terminal, report: Report) -> None:
    """Count the articles that readers see at a moment, and tell. Mistakes stand in the report."""
    config = read_config(options.root, report)
    if config is None:
        terminal.tell(report)
        terminal.result({"articles": None}, report)
        return
    found = statistics(_articles(options, config, now, report), config)
    chart: Path | None = options.chart
    if chart is not None:
        names = {tag: language.endonym for tag, language in config.languages.items()}
        write_text(chart, month_chart(found, names, f"{config.settings.title}: articles by month"))
    terminal.tell(report)
    languages = {tag: _as_dict(counts) for tag, counts in found.languages.items()}
    terminal.result({**_as_dict(found.whole), "languages": languages, "chart": str(chart) if chart else None}, report)
    for title, rows in _tables(found, config, options.by):
        terminal.table((title, "articles", "share"), rows)
        terminal.say("")
    terminal.say(f"{found.whole.articles} articles" + (f", drawn in {chart}" if chart else ""))


def _articles(options: argparse.Namespace, config: Config, now: dt.datetime, report: Report) -> Iterable[Article]:
    """Those that readers see: of the last build, if nothing has changed since, else from the files."""
    known = articles_of_last_build(options.root, options.root / OUTPUT_FOLDER, now)
    return known if known is not None else _read(options, config, now, report)


def _read(options: argparse.Namespace, config: Config, now: dt.datetime, report: Report) -> Iterator[Article]:
    root: Path = options.root
    paths = [file.path for file in files_below(root, CONTENT_FOLDER) if is_markdown(file)]
    for read in in_parallel(lambda path: read_article(root, path, config, now), paths, options.jobs):
        report.take_over(read.report)
        article = read.article
        if article is None or article.status is not Status.PUBLISHED:
            continue
        if is_to_be_seen(article.published, article.expires, now):
            yield article


def _as_dict(counts: Counts) -> dict[str, Any]:
    return {
        "articles": counts.articles,
        "sections": dict(counts.sections.most_common()),
        "agencies": dict(counts.agencies.most_common()),
        "months": dict(sorted(counts.months.items(), reverse=True)),
    }


def _tables(found: Statistics, config: Config, only: str | None) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    main, whole = config.main_language.tag, found.whole
    sections = {key: section.names[main] for key, section in config.sections.items()}
    languages = {config.languages[tag].endonym: counts.articles for tag, counts in found.languages.items()}
    tables: Mapping[str, Iterable[tuple[str, int]]] = {
        "language": sorted(languages.items(), key=lambda row: -row[1]),
        "section": [(sections.get(key, key), count) for key, count in whole.sections.most_common()],
        "agency": whole.agencies.most_common(),
        "month": sorted(whole.months.items(), reverse=True),
    }
    for name, rows in tables.items():
        if only in (None, name):
            yield name, list(_shown(list(rows), whole.articles))


def _shown(rows: list[tuple[str, int]], total: int) -> Iterator[tuple[str, ...]]:
    for name, count in rows[:MOST_ROWS]:
        yield name if name != NONE else "(none)", str(count), f"{count / total:.0%}" if total else ""
    rest = rows[MOST_ROWS:]
    if rest:
        yield f"({len(rest)} more)", str(sum(count for _, count in rest)), ""
