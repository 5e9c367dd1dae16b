"""How many articles a portal has: by language, section, agency and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from toasoan.config import Config
from toasoan.model.article import Article

NONE = ""
"""Stands for the section, agency or month of articles that have none."""


@dataclass(slots=True)
class Counts:
    """Numbers of articles by what they have in common."""

    articles: int = 0
    sections: Counter[str] = field(default_factory=Counter)
    """By key."""

    agencies: Counter[str] = field(default_factory=Counter)
    """By name."""

    months: Counter[str] = field(default_factory=Counter)
    """As "2025-12"."""

    def add(self, section: str, agency: str, month: str) -> None:
        """Count an article."""
        self.articles += 1
        self.sections[section] += 1
        self.agencies[agency] += 1
        self.months[month] += 1


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers of articles, of all and of each language, in the portal's order."""

    whole: Counts
    languages: Mapping[str, Counts]


def statistics(articles: Iterable[Article], config: Config) -> Statistics:
    """Count articles."""
    whole, languages = Counts(), {tag: Counts() for tag in config.languages}
    for article in articles:
        agency = config.agency_named(article.publisher).name if article.publisher else NONE
        month = f"{article.published.day:%Y-%m}" if article.published else NONE
        for counts in (whole, languages[article.language]):
            counts.add(article.section or NONE, agency, month)
    return Statistics(whole, languages)
