"""Which articles are about the same matter, within a language and across languages. Pure and deterministic.

Two articles are compared by the numbers that they state, which no translation changes; by their tags; and, in
one language, by their words. What few articles have in common weighs more than what many have.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toasoan.catalog.catalog import Catalog
from toasoan.model.article import Article, ArticleId, Translation

Feature = tuple[str, str]
"""What two articles may share: ("number", "0.84"), ("tag", "asean"), ("word vi", "thi đua")."""

Weights = Mapping[Feature, float]

LEAST_ALIKE = 0.12
"""Likeness from which on two articles in one language count as related."""

LEAST_ALIKE_ACROSS = 0.3
"""The same across languages, where numbers must say it all."""

LEAST_SHARED = 4
"""Numbers or words that two articles must share: one year in common says nothing."""

COMMON = 200
"""A feature that more articles have than this is no way to find candidates, though it counts among them."""

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_GROUPS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]{3,}")


def related_articles(catalog: Catalog, limit: int) -> Mapping[ArticleId, tuple[Article, ...]]:
    """For each article at most `limit` others, the likest first, none of its own story.

    A story is named once, in the reader's language where it has that, else in its original or main language.
    """
    articles = [article for index in catalog.languages.values() for article in index.articles]
    corpus = _Corpus.of(articles)
    return {
        article.id: tuple(_stories_once(article, corpus.likest(article), catalog))[:limit] for article in articles
    }


def _stories_once(article: Article, candidates: Iterable[Article], catalog: Catalog) -> Iterable[Article]:
    seen = {catalog.story_of[article.id]}
    for candidate in candidates:
        story = catalog.story_of[candidate.id]
        if story not in seen:
            seen.add(story)
            yield version_for(article.language, catalog.stories[story])


def version_for(language: str, versions: tuple[Article, ...]) -> Article:
    """The version of a story that a reader of `language` is led to."""
    return min(
        versions,
        key=lambda version: (
            version.language != language,
            version.translation is not Translation.ORIGINAL,
            versions.index(version),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Corpus:
    articles: Mapping[ArticleId, Article]
    features: Mapping[ArticleId, Weights]
    holders: Mapping[Feature, tuple[ArticleId, ...]]

    @staticmethod
    def of(articles: Iterable[Article]) -> _Corpus:
        by_id = {article.id: article for article in articles}
        counts = {id_: Counter(_features(article)) for id_, article in by_id.items()}
        holders: defaultdict[Feature, list[ArticleId]] = defaultdict(list)
        for id_, counted in counts.items():
            for feature in counted:
                holders[feature].append(id_)
        total = len(by_id)
        weights = {
            id_: {
                feature: (1 + math.log(count)) * math.log(1 + total / len(holders[feature]))
                for feature, count in counted.items()
            }
            for id_, counted in counts.items()
        }
        return _Corpus(by_id, weights, {feature: tuple(ids) for feature, ids in holders.items()})

    def likest(self, article: Article) -> list[Article]:
        """Articles alike enough, the likest first."""
        candidates = {
            holder
            for feature in self.features[article.id]
            if len(self.holders[feature]) <= COMMON
            for holder in self.holders[feature]
        } - {article.id}
        scored = [(self.likeness(article.id, other), other) for other in candidates]
        alike = sorted((-score, other) for score, other in scored if score >= _least(article.id, other))
        return [self.articles[other] for _, other in alike]

    def likeness(self, one: ArticleId, other: ArticleId) -> float:
        """0 for nothing in common to 1 for the same: the cosine of what both languages can share."""
        kinds = {"number", "tag"} | ({f"word {one.language}"} if one.language == other.language else set())
        a, b = self.features[one], self.features[other]
        shared = [feature for feature in a.keys() & b.keys() if feature[0] in kinds]
        if len(shared) < LEAST_SHARED and not any(kind == "tag" for kind, _ in shared):
            return 0.0
        product = math.fsum(a[feature] * b[feature] for feature in shared)
        return product / (_length(a, kinds) * _length(b, kinds)) if product else 0.0


def _least(one: ArticleId, other: ArticleId) -> float:
    return LEAST_ALIKE if one.language == other.language else LEAST_ALIKE_ACROSS


def _length(weights: Weights, kinds: set[str]) -> float:
    return math.sqrt(math.fsum(weight * weight for (kind, _), weight in weights.items() if kind in kinds))


def _features(article: Article) -> Iterable[Feature]:
    text = f"{article.title}\n{article.summary or ''}\n{article.body}"
    for number in numbers(text):
        yield "number", number
    for tag in article.tags:
        yield "tag", tag.casefold()
    for word in _WORD.findall(text.casefold()):
        yield f"word {article.language}", word


def numbers(text: str) -> Iterable[str]:
    """The numbers of a text in one form for all languages: "300 000", "300.000" and "300,000" are "300000".

    Numbers of one digit are left out: every text has them.
    """
    for found in _NUMBER.findall(text):
        number = _GROUPS.sub("", found).replace(",", ".")
        if len(number) > 1:
            yield number
