"""Which articles are about the same matter, within a language and across languages. Pure and deterministic.

Two articles are compared by the numbers that they state, which no translation changes; by their tags; and, in
one language, by their words. What few articles have in common weighs more than what many have.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    likest_stories = in_parallel(
        lambda number: _likest_stories(number, corpus, catalog, limit), range(len(articles)), jobs
    )
    return {
        article.id: tuple(version_for(article.language, catalog.stories[story]) for story in stories)
        for article, stories in zip(articles, likest_stories, strict=True)
    }


def _likest_stories(number: int, corpus: _Corpus, catalog: Catalog, limit: int) -> list[str]:
    own = catalog.story_of[corpus.articles[number].id]
    stories = dict.fromkeys(catalog.story_of[other.id] for other in corpus.likest(number))
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
class _Holders:
    """The articles that have a feature, by their numbers, and its weight in each."""

    articles: list[int]
    weights: list[float]


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What describes each article, and who else has it. Articles go by their number: it is the quickest key."""

    articles: Sequence[Article]
    weights: Sequence[Weights]
    holders: Mapping[Feature, _Holders]
    lengths: Sequence[tuple[float, float]]
    """Of each article's weights, without its words and with them: the cosine's denominators, as words can be
    shared within a language only."""

    languages: Sequence[str]

    @staticmethod
    def of(articles: Sequence[Article]) -> _Corpus:
        counts = [_features(article) for article in articles]
        spread = Counter(feature for counted in counts for feature in counted)
        weights = [_describing(counted, spread, len(articles)) for counted in counts]
        holders: defaultdict[Feature, _Holders] = defaultdict(lambda: _Holders([], []))
        for number, described in enumerate(weights):
            for feature, weight in described.items():
                holders[feature].articles.append(number)
                holders[feature].weights.append(weight)
        lengths = [(_length(described, False), _length(described, True)) for described in weights]
        return _Corpus(articles, weights, dict(holders), lengths, [article.language for article in articles])

    def likest(self, number: int) -> list[Article]:
        """The articles alike enough to one of them, the likest first.

        Likeness is the cosine of both lists of weights: 0 for nothing in common to 1 for the same.
        """
        alike = []
        for other, product in self._products(number):
            same_language = self.languages[number] == self.languages[other]
            likeness = product / (self.lengths[number][same_language] * self.lengths[other][same_language])
            if likeness >= (LEAST_ALIKE if same_language else LEAST_ALIKE_ACROSS):
                alike.append((-likeness, self.articles[other].id, other))
        return [self.articles[other] for _, _, other in sorted(alike)]

    def _products(self, number: int) -> list[tuple[int, float]]:
        """The articles that share enough with one of them, with the product of both weights of all they share."""
        products = [0.0] * len(self.articles)
        shared: Counter[int] = Counter()
        for feature, weight in self.weights[number].items():
            holders = self.holders[feature]
            # One tag in common is enough; of anything else there must be several.
            shared.update(holders.articles * (LEAST_SHARED if feature[0] == "tag" else 1))
            for other, others_weight in zip(holders.articles, holders.weights, strict=True):
                products[other] += weight * others_weight
        return [
            (other, products[other]) for other, count in shared.items() if count >= LEAST_SHARED and other != number
        ]


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


def _length(weights: Weights, with_words: bool) -> float:
    return math.sqrt(
        math.fsum(weight * weight for feature, weight in weights.items() if with_words or not _is_word(feature))
    )


def _features(article: Article) -> Counter[Feature]:
    text = f"{article.title}\n{article.summary or ''}\n{article.body}"
    kinds = (
        ("number", numbers(text)),
        ("tag", (tag.casefold() for tag in article.tags)),
        (f"word {article.language}", _WORD.findall(text.casefold())),
    )
    return Counter({(kind, word): count for kind, words in kinds for word, count in Counter(words).items()})


def numbers(text: str) -> Iterable[str]:
    """The numbers of a text in one form for all languages: "300 000", "300.000" and "300,000" are "300000".

    Numbers of one digit are left out: every text has them.
    """
    for found in _NUMBER.findall(text):
        number = _GROUPS.sub("", found).replace(",", ".")
        if len(number) > 1:
            yield number
