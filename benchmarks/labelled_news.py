"""Made-up news in six languages of which is known what each article is about, and how well lists keep to it.

The texts are in `related/`, a file for each language. Their dates, sections and tags are as mixed as in life:
topics run side by side, some tags are missing, and some are shared by articles that have nothing else in common.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "related"

LISTED = 5
"""So many related articles are looked at."""


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with what readers would call its matter."""

    language: str
    slug: str
    topic: str
    """Empty for an article that has nothing to do with any other."""

    date: dt.date
    section: str
    tags: tuple[str, ...]
    title: str
    summary: str | None
    body: str


Rankings = Mapping[LabelledArticle, Sequence[LabelledArticle]]
"""For each article the others that a program relates to it, the likest first."""


def labelled_news(folder: Path = FOLDER) -> list[LabelledArticle]:
    """All articles of the set."""
    return [
        LabelledArticle(
            language=path.stem,
            slug=f"{number:02}",
            topic=fields["topic"],
            date=fields["date"],
            section=fields["section"],
            tags=tuple(fields["tags"]),
            title=fields["title"],
            summary=fields.get("summary"),
            body=fields["body"].strip(),
        )
        for path in sorted(folder.glob("*.toml"))
        for number, fields in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["articles"])
    ]


@dataclass(frozen=True, slots=True)
class Quality:
    """How well lists keep to the topics of their articles."""

    found: int
    """Right ones among the first of each list: of the first five, or of as many as there are in all."""

    there: int
    """How many could have been found so."""

    right: int
    """Right ones among the first five of each list."""

    listed: int
    strangers: int
    """Articles without a topic that have a list all the same."""

    @property
    def precision(self) -> float:
        """Precision at 5, where an empty place in a list counts as a wrong one."""
        return self.found / self.there if self.there else 0.0

    @property
    def right_of_listed(self) -> float:
        """Share of the right ones among those that readers get to see."""
        return self.right / self.listed if self.listed else 1.0


def quality(articles: Iterable[LabelledArticle], rankings: Rankings, across: bool = False) -> Quality:
    """Of the lists of some articles, each with those in its own language only, or with those in others only."""
    found = there = right = listed = strangers = 0
    for article in articles:
        others = [other for other in rankings if (other.language != article.language) is across and other != article]
        places = min(LISTED, sum(other.topic == article.topic for other in others)) if article.topic else 0
        first = [other for other in rankings[article] if (other.language != article.language) is across][:LISTED]
        hits = [bool(article.topic) and other.topic == article.topic for other in first]
        found += sum(hits[:places])
        there += places
        right += sum(hits)
        listed += len(first)
        strangers += bool(first) and not article.topic
    return Quality(found, there, right, listed, strangers)
