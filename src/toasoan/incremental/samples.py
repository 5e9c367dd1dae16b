"""Which words are common in a language, learned from a fixed sample of its articles.

A sample changes only when files in it do, or files with smaller lots come, so that descriptions of articles stay.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from toasoan.catalog.signature import SAMPLE, common_words, draw, terms
from toasoan.config import Config
from toasoan.content.articles import read_article
from toasoan.incremental.sources import SourceChanges
from toasoan.portal_folders import CONTENT_FOLDER
from toasoan.state import State, path_of, stored_path

CommonWords = Mapping[str, frozenset[str]]
"""By language."""


def sample_now(known: set[str], articles: SourceChanges, folder: str, files: Iterable[str]) -> frozenset[str]:
    """The sample of a language after changes to the `articles` in its folder, from all files only in need."""
    left = known - articles.gone
    if len(left) < len(known) == SAMPLE:
        return smallest(
            path for path in files if path.startswith(f"{folder}/")
        )  # somebody else takes the place of one that is gone
    return smallest(left | articles.changed)


def smallest(paths: Iterable[str]) -> frozenset[str]:
    """The sample of a language whose articles have these paths: those with the smallest lots."""
    lots = ((draw(path), path) for path in paths)
    return frozenset(path for _, path in heapq.nsmallest(SAMPLE, lots))


def learn_common_words(
    state: State, root: Path, config: Config, files: Iterable[str], changes: SourceChanges
) -> tuple[CommonWords, frozenset[str]]:
    """The common words of each language, and the languages in which they are others than before.

    `files` are all sources.
    """
    changed = set()
    for language in sorted(config.languages):
        folder = f"{CONTENT_FOLDER}/{language}"
        articles = changes.within(folder)
        if not articles:
            continue
        known = {path_of(path) for path in state.rows("SELECT path FROM sample WHERE language = ?", language)}
        sample = sample_now(known, articles, folder, files)
        stale = (known - sample) | (known & changes.changed)
        state.run_each("DELETE FROM sample WHERE path = ?", [(stored_path(path),) for path in stale])
        for path in sorted(sample - (known - stale)):
            row = (language, stored_path(path), json.dumps(sorted(_terms_of(root, path, config))))
            state.run("INSERT INTO sample VALUES (?, ?, ?)", *row)
        before = state.fact(f"common {language}")
        if stale or sample != known:
            words = state.rows("SELECT words FROM sample WHERE language = ?", language)
            now = sorted(common_words(json.loads(of_one) for of_one in words))
            if now != before:
                state.note(f"common {language}", now)
                changed.add(language)
    common = {tag: frozenset(state.fact(f"common {tag}") or ()) for tag in config.languages}
    return common, frozenset(changed)


def _terms_of(root: Path, path: str, config: Config) -> frozenset[str]:
    read = read_article(root, path, config)
    article = read.article
    if article is None:
        return frozenset()
    return terms(article.title, article.summary, article.tags, article.language, read.markdown)
