"""Which articles are about the same matter, found among neighbours in time only. Pure and deterministic.

An article is described by a few features (`signature.py`). Those that share features are alike. Of the articles that
have a feature only the nearest in time count, so that one more article changes the lists of few others, and `touched`
tells of which. All sums are of whole numbers and every tie is broken by the articles themselves: nothing depends on
the order in which they came.

Worker processes load this module, so it imports nothing beyond the standard library.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from toasoan.catalog.signature import Signature, stable

WINDOW = 24
"""Of the articles that have a feature so many count for another: half of them before it in the order of lists, half
of them after it."""

LEAST_ALIKE = 5
"""Score from which on two articles in one language count as related: a name that both repeat, a name and a word that
both have, or several words. Tags alone do not reach it."""

LEAST_ALIKE_ACROSS = 9
"""The same across languages, where names and numbers must say it all."""

LEAST_SHARED_ACROSS = 3
"""Names and numbers that two articles in different languages must share at least."""

UNDATED = 2**62
"""The moment of an article without a date: such articles stand last."""


class Place(NamedTuple):
    """Where an article stands in time. No two articles have the same place."""

    moment: int
    """Microseconds since 1970, negative, so that the newest come first; `UNDATED` without a date."""

    lot: int
    """Puts articles of one moment in an order: see `lot_of`."""

    language: str


Near = tuple[int, Sequence[int], Sequence[int]]
"""The weight of one of an article's own features, and the articles near it that have the feature too: what the caller
knows each by, and the feature's weight in it. Nothing is decided by a number."""


class Holders(Protocol):
    """Who has which feature, whether it is kept in memory or in a database."""

    def near(self, signature: Signature, place: Place, each_way: int) -> Iterable[Near]:
        """For each feature of a signature those who have it next to a place.

        At most so many before the place and as many behind it, without one at the place itself.
        """
        ...

    def place(self, number: int) -> Place:
        """Where an article stands."""
        ...


# ---- who is alike


def likest(signature: Signature, place: Place, holders: Holders) -> list[int]:
    """The numbers of all articles that are related to one, the likest first; among equals the nearest in time.

    The score of two articles is what they share: of each feature the lesser of its two weights.
    """
    scores: dict[int, int] = {}
    get = scores.get
    for own, numbers, weights in holders.near(signature, place, WINDOW // 2):
        for number, weight in zip(numbers, weights, strict=True):
            scores[number] = get(number, 0) + _ONE_SHARED + (weight if weight < own else own)
    alike = []
    for number, packed in scores.items():
        score = packed & (_ONE_SHARED - 1)
        if score >= LEAST_ALIKE:
            other = holders.place(number)
            if other.language == place.language or (
                score >= LEAST_ALIKE_ACROSS and packed // _ONE_SHARED >= LEAST_SHARED_ACROSS
            ):
                alike.append((-score, abs(other.moment - place.moment), other, number))
    alike.sort()
    return [number for _, _, _, number in alike]


_ONE_SHARED = 1 << 20
"""Above the score stands the number of shared features: one sum is quicker than two."""


def touched(signature: Signature, place: Place, holders: Holders) -> set[int]:
    """The numbers of all other articles whose lists may change when an article comes, goes or changes.

    Whether `holders` have the article itself makes no difference. When several change at once, ask for the old
    signature and place of each and for the new ones, all before the changes are made or all afterwards.
    """
    found: set[int] = set()
    for _, numbers, _ in holders.near(signature, place, WINDOW // 2):
        found.update(numbers)
    return found


class HoldersInMemory:
    """Holders in sorted lists: for tests and for measuring."""

    def __init__(self, articles: Iterable[tuple[int, Place, Signature]] = ()) -> None:
        self._places: dict[int, Place] = {}
        self._of_feature: defaultdict[int, list[tuple[Place, int, int]]] = defaultdict(list)
        for article in articles:
            self.add(*article)

    def add(self, number: int, place: Place, signature: Signature) -> None:
        """Take in one more article."""
        self._places[number] = place
        for feature, weight in signature:
            insort(self._of_feature[feature], (place, number, weight))

    def remove(self, place: Place, signature: Signature) -> None:
        """Forget the article at a place."""
        for feature, _ in signature:
            of_feature = self._of_feature[feature]
            del of_feature[bisect_left(of_feature, (place,))]

    def near(self, signature: Signature, place: Place, each_way: int) -> Iterator[Near]:
        """As `Holders` says."""
        for feature, own in signature:
            of_feature = self._of_feature[feature]
            at = bisect_left(of_feature, (place,))
            behind = at + (at < len(of_feature) and of_feature[at][0] == place)
            near = of_feature[max(0, at - each_way) : at] + of_feature[behind : behind + each_way]
            yield own, [number for _, number, _ in near], [weight for _, _, weight in near]

    def place(self, number: int) -> Place:
        """Where an article stands."""
        return self._places[number]


def lot_of(language: str, slug: str) -> int:
    """What puts articles of one moment in an order that has nothing to do with how they came."""
    return stable(f"{language}/{slug}")
