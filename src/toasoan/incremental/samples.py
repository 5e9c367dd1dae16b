"""Which words are common in a language, learned from a fixed sample of its articles.

A sample changes only when files in it do, or files with smaller lots come, so that descriptions of articles stay.
"""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from toasoan.catalog.likeness import SAMPLE, common_words, draw, terms
from toasoan.config import Config
from toasoan.content.articles import read_article
from toasoan.incremental.sources import SourceChanges
from toasoan.portal_folders import CONTENT_FOLDER
from toasoan.state import State, path_of, stored_path

CommonWords = Mapping[str, frozenset[str]]
"""By language."""


def sampled(paths: Iterable[str], config: Config) -> Mapping[str, frozenset[str]]:
    """The sample of each language, from all articles' paths: those in its folder with the smallest lots."""
    of_language: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for path in paths:
        folder = path.split("/", 3)[2]
        if folder in config.languages:
            of_language[folder].append((draw(path), path))
    return {tag: frozenset(path for _, path in heapq.nsmallest(SAMPLE, lots)) for tag, lots in of_language.items()}


def learn_common_words(
    state: State, root: Path, config: Config, paths: Collection[str], changes: SourceChanges
) -> tuple[CommonWords, frozenset[str]]:
    """The common words of each language, and the languages in which they are others than before."""
    articles = changes.within(CONTENT_FOLDER)
    touched = {path.split("/", 3)[2] for path in articles.changed | articles.gone}
    samples = sampled((path for path in paths if path.split("/", 3)[2] in touched), config)
    changed = set()
    for language in sorted(touched & config.languages.keys()):
        sample = samples.get(language, frozenset())
        known = {path_of(path) for path in state.rows("SELECT path FROM sample WHERE language = ?", language)}
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
