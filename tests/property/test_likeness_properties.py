"""However articles come, go and change: lists that are kept up to date are those that would be made anew."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toasoan.catalog import likeness
from toasoan.catalog.likeness import UNDATED, Holders, HoldersInMemory, Place, likest, touched
from toasoan.catalog.signature import Signature

Lists = dict[int, list[Place]]

moments = st.integers(-6, 0) | st.just(UNDATED)
places = st.builds(Place, moments, st.integers(1, 6), st.sampled_from(["en", "vi"]))
signatures = st.dictionaries(st.integers(1, 5), st.integers(1, 6), max_size=4).map(
    lambda one: tuple(sorted(one.items()))
)


@dataclass(frozen=True)
class Change:
    """What becomes of an article: it comes or gets another place or signature; without a place it goes."""

    number: int
    place: Place | None
    signature: Signature


changes = st.builds(Change, st.integers(0, 15), st.none() | places, signatures)
batches = st.lists(st.lists(changes, min_size=1, max_size=4, unique_by=lambda one: one.number), max_size=8)


class Portal:
    """The articles of a portal with their lists, of which only those are made anew that a change touched."""

    def __init__(self, asks_before: bool = False) -> None:
        self.articles: dict[int, tuple[Place, Signature]] = {}
        self.holders = HoldersInMemory()
        self.lists: Lists = {}
        self.asks_before = asks_before

    def change(self, batch: list[Change]) -> None:
        """Make several changes at once."""
        gone = {one.number: self.articles.pop(one.number) for one in batch if one.number in self.articles}
        come: dict[int, tuple[Place, Signature]] = {}
        for one in batch:
            if one.place and self._is_free(one.place):
                self.articles[one.number] = come[one.number] = (one.place, one.signature)
        affected = {one.number for one in batch}
        if self.asks_before:
            affected |= self._touched(*gone.values(), *come.values())
        for place, signature in gone.values():
            self.holders.remove(place, signature)
        for number, (place, signature) in come.items():
            self.holders.add(number, place, signature)
        if not self.asks_before:
            affected |= self._touched(*gone.values(), *come.values())
        for number in affected:
            self.lists.pop(number, None)
            if number in self.articles:
                self.lists[number] = list_of(number, self.articles, self.holders)

    def _touched(self, *articles: tuple[Place, Signature]) -> set[int]:
        return set().union(*(touched(signature, place, self.holders) for place, signature in articles))

    def _is_free(self, place: Place) -> bool:
        return all(place[1:] != taken[1:] for taken, _ in self.articles.values())


def list_of(number: int, articles: dict[int, tuple[Place, Signature]], holders: Holders) -> list[Place]:
    place, signature = articles[number]
    return [holders.place(other) for other in likest(signature, place, holders)]


def made_anew(articles: dict[int, tuple[Place, Signature]]) -> Lists:
    """The articles have other numbers than before, as the rows of a new database would."""
    renumbered = {100 - number: article for number, article in articles.items()}
    holders = HoldersInMemory((number, *article) for number, article in renumbered.items())
    return {number: list_of(100 - number, renumbered, holders) for number in articles}


def small_limits() -> AbstractContextManager[object]:
    return patch.multiple(likeness, WINDOW=4, LEAST_ALIKE=2, LEAST_ALIKE_ACROSS=3, LEAST_SHARED_ACROSS=2)


@settings(max_examples=300, deadline=None)
@given(batches, st.booleans())
def test_lists_kept_up_to_date_are_those_made_anew(all_changes: list[list[Change]], asks_before: bool) -> None:
    with small_limits():
        portal = Portal(asks_before)
        for batch in all_changes:
            portal.change(batch)

            assert portal.lists == made_anew(portal.articles)


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 30), st.tuples(places, signatures), max_size=20))
def test_whoever_is_listed_lists_the_other_too(articles: dict[int, tuple[Place, Signature]]) -> None:
    by_name = {place[1:]: (place, signature) for place, signature in articles.values()}
    apart = dict(enumerate(by_name.values()))
    with small_limits():
        lists = made_anew(apart)

    for number, listed in lists.items():
        for other, (place, _) in apart.items():
            assert (place in listed) == (apart[number][0] in lists[other])


def test_an_article_that_is_related_to_nobody_may_push_another_out_of_a_list() -> None:
    newer, reader, far = Place(-3, 1, "vi"), Place(-1, 2, "vi"), Place(-4, 3, "vi")
    between = Place(-2, 4, "vi")
    loud, faint = ((1, 5),), ((1, 1),)
    with small_limits():
        portal = Portal()
        portal.change([Change(number, place, loud) for number, place in enumerate((far, newer, reader))])
        assert portal.lists[2] == [newer, far]

        portal.change([Change(3, between, faint)])

        assert portal.lists[2] == [newer]
        assert portal.lists[3] == []


@pytest.mark.parametrize("each_way", [0, 1])
def test_near_gives_no_more_than_asked_for(each_way: int) -> None:
    holders = HoldersInMemory((number, Place(number, 1, "vi"), ((1, 1),)) for number in range(5))

    ((_, near, _),) = holders.near(((1, 1),), Place(2, 1, "vi"), each_way)
    assert near == [1, 3][: 2 * each_way]
