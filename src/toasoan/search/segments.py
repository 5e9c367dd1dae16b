"""Which articles of a language share files: the newest in small groups, the older ones in larger ones.

A new article is nearly always among the newest, so it changes a small group and leaves the others alone. Where the
groups end is a matter of the calendar and of what there is, never of the order in which articles came: the same
articles always make the same groups.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

SMALL = 64
"""Articles that stay together even if they are the newest."""

LARGE = 1_024
"""Articles of a group of older ones at most: a bound on what it takes to make one, and on its memory."""


class Dated(NamedTuple):
    """An article, and the day on which it appeared."""

    number: int
    """The catalog's own."""

    day: tuple[int, int, int] | None
    """Year, month and day, in UTC; None where nobody knows: such articles are taken for the oldest."""


class Segment(NamedTuple):
    """Articles that share files, the oldest first."""

    name: str
    """The days that it is about, and a number where these are in several segments."""

    articles: tuple[int, ...]


def segments(articles: Sequence[Dated]) -> Iterator[Segment]:
    """The segments of a language, the oldest first, from its articles, of which the oldest stand first too.

    The newest day stands alone, then what else its month has, what else its year has, and the years before; but not
    where there are so few articles that a part of them would not be worth files of its own. What is larger than
    `LARGE` is cut, from the oldest on, so that a new article moves no other one.
    """
    newest = articles[-1].day if articles else None
    if newest is None or len(articles) <= SMALL:
        yield from _cut("all", articles)
        return
    year, month, _ = newest
    rest = articles
    for name, is_newer in (
        ("before", _in(lambda day: day[0], year)),
        (f"{year}", _in(lambda day: day[:2], (year, month))),
        (f"{year}-{month}", _in(lambda day: day, newest)),
    ):
        older = [it for it in rest if not is_newer(it)]
        rest = rest[len(older) :]
        if older:
            yield from _cut(name, older)
        if len(rest) <= SMALL:
            name = "newest"
            break
    else:
        name = "newest"
    yield from _cut(name, rest)


def _in(part: Callable[[tuple[int, int, int]], Hashable], wanted: Hashable) -> Callable[[Dated], bool]:
    return lambda it: it.day is not None and part(it.day) == wanted


def _cut(name: str, articles: Sequence[Dated]) -> Iterator[Segment]:
    numbers = tuple([it.number for it in articles])
    for start in range(0, len(numbers), LARGE):
        yield Segment(f"{name}/{start // LARGE}", numbers[start : start + LARGE])
