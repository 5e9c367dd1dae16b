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
from toasoan.parallel import in_parallel

Feature = tuple[str, str]
"""What two articles may share: ("number", "0.84"), ("tag", "asean"), ("word vi", "thi đua")."""

Weights = Mapping[Feature, float]

LEAST_ALIKE = 0.12
"""Likeness from which on two articles in one language count as related."""

LEAST_ALIKE_ACROSS = 0.3
"""The same across languages, where numbers must say it all."""

LEAST_SHARED = 4
"""Numbers or words that two articles must share: one year in common says nothing."""

COMMON = 100
"""What more articles have than this tells none of them apart; it counts for nothing."""

TELLING = 48
"""So many words describe an article: those that it uses often and others seldom."""

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_GROUPS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]{3,}")


def related_articles(catalog: Catalog, limit: int, jobs: int = 1) -> Mapping[ArticleId, tuple[Article, ...]]:
    """For each article at most `limit` others, the likest first, none of its own story.

    A story is named once, in the reader's language where it has that, else in its original or main language.
    """
    articles = [article for index in catalog.languages.values() for article in index.articles]
    corpus = _Corpus.of(articles)
    likest_stories = in_parallel(lambda article: _likest_stories(article, corpus, catalog, limit), articles, jobs)
    return {
        article.id: tuple(version_for(article.language, catalog.stories[story]) for story in stories)
        for article, stories in zip(articles, likest_stories, strict=True)
    }


def _likest_stories(article: Article, corpus: _Corpus, catalog: Catalog, limit: int) -> list[str]:
    own = catalog.story_of[article.id]
    stories = dict.fromkeys(catalog.story_of[other.id] for other in corpus.likest(article))
    stories.pop(own, None)
    return list(stories)[:limit]


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
    """What describes each article, and who else has it."""

    articles: Mapping[ArticleId, Article]
    weights: Mapping[ArticleId, Weights]
    """Of the features that describe an article and that another one has, too."""

    holders: Mapping[Feature, tuple[ArticleId, ...]]
    lengths: Mapping[tuple[ArticleId, bool], float]
    """Of each article's weights, with its words and without."""

    @staticmethod
    def of(articles: Iterable[Article]) -> _Corpus:
        by_id = {article.id: article for article in articles}
        counts = {id_: Counter(_features(article)) for id_, article in by_id.items()}
        spread = Counter(feature for counted in counts.values() for feature in counted)
        weights = {id_: _describing(counted, spread, len(by_id)) for id_, counted in counts.items()}
        holders: defaultdict[Feature, list[ArticleId]] = defaultdict(list)
        for id_, described in weights.items():
            for feature in described:
                holders[feature].append(id_)
        lengths = {
            (id_, with_words): _length(described, with_words)
            for id_, described in weights.items()
            for with_words in (True, False)
        }
        return _Corpus(by_id, weights, {feature: tuple(ids) for feature, ids in holders.items()}, lengths)

    def likest(self, article: Article) -> list[Article]:
        """Articles alike enough, the likest first."""
        shared: defaultdict[ArticleId, list[Feature]] = defaultdict(list)
        for feature in self.weights[article.id]:
            for other in self.holders[feature]:
                shared[other].append(feature)
        shared.pop(article.id, None)
        scored = [(self._likeness(article.id, other, features), other) for other, features in shared.items()]
        alike = sorted((-score, other) for score, other in scored if score >= _least(article.id, other))
        return [self.articles[other] for _, other in alike]

    def _likeness(self, one: ArticleId, other: ArticleId, shared: list[Feature]) -> float:
        """0 for nothing in common to 1 for the same: the cosine of what both languages can share."""
        if len(shared) < LEAST_SHARED and not any(kind == "tag" for kind, _ in shared):
            return 0.0
        a, b = self.weights[one], self.weights[other]
        with_words = one.language == other.language
        product = sum(a[feature] * b[feature] for feature in shared)
        return product / (self.lengths[one, with_words] * self.lengths[other, with_words])


def _describing(counted: Counter[Feature], spread: Counter[Feature], total: int) -> Weights:
    """An article's numbers and tags, and the words that say most of it, with their weights."""
    weights = {
        feature: (1 + math.log(count)) * math.log(1 + total / spread[feature])
        for feature, count in counted.items()
        if spread[feature] <= COMMON
    }
    words = sorted((feature for feature in weights if _is_word(feature)), key=lambda word: (-weights[word], word))
    for word in words[TELLING:]:
        del weights[word]
    return weights


def _is_word(feature: Feature) -> bool:
    return feature[0].startswith("word ")


def _least(one: ArticleId, other: ArticleId) -> float:
    return LEAST_ALIKE if one.language == other.language else LEAST_ALIKE_ACROSS


def _length(weights: Weights, with_words: bool) -> float:
    return math.sqrt(
        math.fsum(weight * weight for feature, weight in weights.items() if with_words or not _is_word(feature))
    )


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
