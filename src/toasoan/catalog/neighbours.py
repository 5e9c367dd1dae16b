"""The articles that stand next to one in a list: of the same section, by the same author."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toasoan.state import State

COUNT = 4
"""Neighbours that an article's page names of its section, and of its authors."""

Standing = tuple[int, str, int]
"""Where an article stands in a list: moment, slug and number, which lists are sorted by."""

_NEWER = """SELECT moment, slug, article FROM member WHERE list = ? AND (moment, slug, article) < (?, ?, ?)
    ORDER BY moment DESC, slug DESC, article DESC LIMIT ?"""
_OLDER = """SELECT moment, slug, article FROM member WHERE list = ? AND (moment, slug, article) > (?, ?, ?)
    ORDER BY moment, slug, article LIMIT ?"""


def reach(related_count: int) -> int:
    """How many places away an article can be that another's page names as its neighbour.

    Those that it names already are passed over: itself, its related articles, the neighbours of the other kind.
    """
    return 1 + related_count + 2 * COUNT


def within_reach(state: State, list_number: int, at: Standing, each_way: int) -> set[int]:
    """The articles that stand so near to a place in a list."""
    return {
        number
        for query in (_NEWER, _OLDER)
        for _, _, number in state.rows(query, list_number, *at, each_way)
    }  # fmt: skip


def neighbours(
    state: State, list_numbers: Iterable[int], at: Standing, each_way: int, besides: set[int]
) -> tuple[int, ...]:
    """The nearest articles of some lists, newest first: half of them newer, half older, as far as there are.

    Nearness does not depend on what comes or goes further away, so a new article changes the pages of a few others.
    """
    newer: set[Standing] = set()
    older: set[Standing] = set()
    for number in list_numbers:
        newer.update(state.rows(_NEWER, number, *at, each_way))
        older.update(state.rows(_OLDER, number, *at, each_way))
    before = [number for _, _, number in sorted(newer, reverse=True) if number not in besides]
    after = [number for _, _, number in sorted(older) if number not in besides]
    return _middle(before, after)


def _middle(before: Sequence[int], after: Sequence[int]) -> tuple[int, ...]:
    """The nearest ones, both given from near to far."""
    newer = min(len(before), max(COUNT // 2, COUNT - len(after)))
    return (*reversed(before[:newer]), *after[: COUNT - newer])
