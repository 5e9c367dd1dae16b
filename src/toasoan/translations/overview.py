"""All translations of a portal at once: read from its files, compared with their originals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from toasoan.config import Config
from toasoan.content.articles import in_nfc, is_markdown, read_article
from toasoan.content.front_matter import read_document
from toasoan.diagnostics import Report
from toasoan.model.article import Article
from toasoan.parallel import in_parallel
from toasoan.portal_folders import CONTENT_FOLDER
from toasoan.source_files import files_below
from toasoan.source_text import read_source
from toasoan.translations.comparison import (
    Discrepancy,
    VersionText,
    changes_of_original,
    discrepancies,
    unwanted_words,
)
from toasoan.translations.families import Family, families
from toasoan.translations.staleness import StalePart
from toasoan.translations.terms import Terms


@dataclass(frozen=True, slots=True)
class StaleTranslation:
    """A translation whose original has changed since."""

    article: Article
    original: Article
    parts: tuple[StalePart, ...]
    """What has changed; nothing where dates alone tell of it."""


def read_families(root: Path, config: Config, jobs: int, report: Report) -> tuple[Family, ...]:
    """The stories of the portal below `root`, drafts among them. Files with mistakes are told and left out."""
    paths = [file.path for file in files_below(root, CONTENT_FOLDER) if is_markdown(file)]
    articles = []
    for read in in_parallel(lambda path: read_article(root, path, config), paths, jobs):
        report.take_over(read.report)
        if read.article is not None:
            articles.append(read.article)
    return families(articles, config)


def read_version(root: Path, article: Article) -> VersionText | None:
    """An article with its file taken apart; None if that can't be done any more."""
    text = read_source(root, article.path, Report())
    document = None if text is None else read_document(in_nfc(text), article.path, Report())
    return None if document is None else VersionText(article, document)


def stale_translations(root: Path, found: Iterable[Family], jobs: int) -> Iterator[StaleTranslation]:
    """The translations that should be looked at again, in the order of the stories."""
    pairs = [(family.original, article) for family in found for article in family.translations]
    stale = in_parallel(lambda pair: stale_translation(root, *pair), pairs, jobs)
    yield from (it for it in stale if it is not None)


def stale_translation(root: Path, original: Article, article: Article) -> StaleTranslation | None:
    """What has changed in an original since it was translated; None if nothing has, as far as one knows."""
    texts = read_version(root, original), read_version(root, article)
    if texts[0] is None or texts[1] is None:
        return None
    parts = changes_of_original(texts[0], texts[1])
    return None if parts is None else StaleTranslation(article, original, parts)


def all_discrepancies(
    root: Path, found: Iterable[Family], terms: Terms, languages: frozenset[str], jobs: int
) -> Iterator[tuple[Article, tuple[Discrepancy, ...]]]:
    """What to look at in each version in some languages; originals are asked for unwanted words alone."""
    wanted = [
        (family.original, article) for family in found for article in family.versions if article.language in languages
    ]
    for (_, article), told in zip(
        wanted, in_parallel(lambda pair: discrepancies_of(root, *pair, terms), wanted, jobs), strict=True
    ):
        if told:
            yield article, told


def discrepancies_of(root: Path, original: Article, article: Article, terms: Terms) -> tuple[Discrepancy, ...]:
    """What a person should look at in one version of a story."""
    own = read_version(root, article)
    if own is None:
        return ()
    theirs = read_version(root, original) if original.path != article.path else None
    return tuple(unwanted_words(own, terms) if theirs is None else discrepancies(theirs, own, terms))
