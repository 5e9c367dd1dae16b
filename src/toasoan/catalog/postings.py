"""Who has which feature, in the state's tables: for relating articles."""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from toasoan.catalog.likeness import Near, Place, lot_of
from toasoan.catalog.record import moment_of
from toasoan.catalog.signature import Signature
from toasoan.model.article import Article
from toasoan.state import State

PLACES_KEPT = 20_000
"""Places of articles that are remembered at most."""

_BEFORE = """SELECT article, weight FROM posting WHERE feature = ? AND (moment, lot) < (?, ?)
    ORDER BY moment DESC, lot DESC LIMIT ?"""
_BEHIND = """SELECT article, weight FROM posting WHERE feature = ? AND (moment, lot) > (?, ?)
    ORDER BY moment, lot LIMIT ?"""


def place_of(article: Article) -> Place:
    """Where an article stands in time."""
    return Place(moment_of(article.published), lot_of(article.language, article.slug), article.language)


def written(signature: Signature) -> bytes:
    """A signature as the state keeps it: all features, eight bytes each, then their weights, one byte each."""
    features = [feature for feature, _ in signature]
    return struct.pack(f"<{len(features)}q", *features) + bytes([weight for _, weight in signature])


def signature_of(number: int, state: State) -> Signature:
    """The signature of an article."""
    kept: bytes = state.row("SELECT signature FROM article WHERE number = ?", number) or b""
    count = len(kept) // 9
    return tuple(zip(struct.unpack_from(f"<{count}q", kept), kept[8 * count :], strict=True))


def posting_rows(number: int, place: Place, signature: Signature) -> Iterator[tuple[int, int, int, int, int]]:
    """What the table of postings has of an article."""
    return ((feature, place.moment, place.lot, number, weight) for feature, weight in signature)


class Postings:
    """Looks up a few articles' surroundings in the table of postings."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.place = lru_cache(maxsize=PLACES_KEPT)(self._place)
        """Where the article of a number stands."""

    def near(self, signature: Signature, place: Place, each_way: int) -> Iterator[Near]:
        """As `Holders` says."""
        execute = self._state.connection.execute
        moment, lot, _ = place
        for feature, own in signature:
            rows = execute(_BEFORE, (feature, moment, lot, each_way)).fetchall()
            rows += execute(_BEHIND, (feature, moment, lot, each_way)).fetchall()
            yield own, [row[0] for row in rows], [row[1] for row in rows]

    def _place(self, number: int) -> Place:
        moment, language, slug = self._state.row(
            "SELECT moment, language, slug FROM article WHERE number = ?", number
        )
        return Place(moment, lot_of(language, slug), language)


class AllPostings:
    """The whole table of postings as bare numbers, 17 bytes each, for relating all articles.

    Forks share it: there are no objects in it whose counts of references would change.
    """

    def __init__(self, state: State) -> None:
        self._features, self._numbers, self._weights = array("q"), array("q"), array("b")
        for feature, number, weight in state.rows(
            "SELECT feature, article, weight FROM posting ORDER BY feature, moment, lot"
        ):
            self._features.append(feature)
            self._numbers.append(number)
            self._weights.append(weight)
        most = state.row("SELECT max(number) FROM article") or 0
        self._moments, self._lots = array("q", bytes(8 * (most + 1))), array("q", bytes(8 * (most + 1)))
        self._languages = array("b", bytes(most + 1))
        self._tags: list[str] = []
        for number, moment, language, slug in state.rows("SELECT number, moment, language, slug FROM article"):
            if language not in self._tags:
                self._tags.append(language)
            self._moments[number], self._lots[number] = moment, lot_of(language, slug)
            self._languages[number] = self._tags.index(language)

    def near(self, signature: Signature, place: Place, each_way: int) -> Iterator[Near]:
        """As `Holders` says."""
        features, numbers, weights = self._features, self._numbers, self._weights
        moments, lots = self._moments, self._lots
        here = (place.moment, place.lot)
        for feature, own in signature:
            first = bisect_left(features, feature)
            last = bisect_right(features, feature, first)
            if last - first > 1 or (last > first and self.place(numbers[first]) != place):
                at = bisect_left(numbers, here, first, last, key=lambda number: (moments[number], lots[number]))
                behind = at + (at < last and self.place(numbers[at]) == place)
                low, high = max(first, at - each_way), min(last, behind + each_way)
                yield own, numbers[low:at] + numbers[behind:high], weights[low:at] + weights[behind:high]

    def place(self, number: int) -> Place:
        """Where an article stands."""
        return Place(self._moments[number], self._lots[number], self._tags[self._languages[number]])
