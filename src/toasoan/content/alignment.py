"""Which passages of two versions of a text say the same.

Most translations keep their original's structure, and then there is nothing to find out. Where it differs, the most
likely way to pair the passages is looked for: by their kinds, by their lengths as Gale and Church describe it ("A
Program for Aligning Sentences in Bilingual Corpora", 1993), by the numbers that both name, and by words that begin
alike once they are written in Latin letters ("Using Cognates to Align Sentences in Bilingual Corpora", Simard and
others, 1992): names and foreign words mostly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from toasoan.content.passages import Passage, PassageKind
from toasoan.slug import slug_of

VARIANCE = 6.8
"""Of the length of a translation, for each character of the original: the value that Gale and Church measured."""

PLAUSIBLE = 4.0
"""How many standard deviations a passage's length may be off before a text of the same structure is looked at again:
translations of news are freer than the parliament's minutes that the measure comes from."""

CLOSE = 2.5
"""What pairing two versions of a text costs at most, for each of their passages. A translation of a news article of
29 passages cost 0.3 with one of them taken away, and up to 2.1 with nine taken from both sides; articles that have
nothing to do with each other cost 3.0 to 5.5."""

MOST_STEPS = 250_000
"""Pairs of passages that are looked at; of longer texts only those of the same structure are compared."""

SAME_LETTERS = 4
"""Letters with which two words begin that are probably the same one, as Simard and others have found."""

_ONE_TO_ONE, _LEFT_OUT, _TWO_TO_ONE = -math.log(0.89), -math.log(0.005), -math.log(0.0445)
"""What a step costs, by how often it happens according to Gale and Church."""

_STEPS = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))

SPREAD = 0.25
"""How far a passage may be from the place of its counterpart, as a share of the text."""

NARROWEST = 6
"""The same in passages, for short texts."""

_SAME_NUMBERS, _OTHER_NUMBERS = -3.0, 3.0
_SAME_WORDS, _MOST_FOR_WORDS = -12.0, -4.0
_NEVER = math.inf
_NUMBER = re.compile(r"\d{2,}")


@dataclass(frozen=True, slots=True)
class Pair:
    """Passages that say the same; nothing on the side where something was left out."""

    left: tuple[int, ...]
    """0-based places."""

    right: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Whether there is something on both sides."""
        return bool(self.left and self.right)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two texts belong together."""

    pairs: tuple[Pair, ...]
    """In the order of both texts; every passage is in one of them."""

    cost: float
    """How unlikely they are, for each passage."""

    @property
    def is_close(self) -> bool:
        """Whether the texts can be compared piece by piece."""
        return self.cost <= CLOSE

    @property
    def is_one_to_one(self) -> bool:
        """Whether each passage has just one counterpart."""
        return all(len(pair.left) == len(pair.right) == 1 for pair in self.pairs)


def alignment(left: Sequence[Passage], right: Sequence[Passage], languages: tuple[str, str]) -> Alignment:
    """Pair the passages of two versions of a text, which are in two languages."""
    sides = _Side(left, languages[0]), _Side(right, languages[1])
    if _has_same_structure(*sides):
        pairs = tuple(Pair((place,), (place,)) for place in range(len(left)))
        return Alignment(pairs, 0.0)
    if not left or not right or len(left) * len(right) > MOST_STEPS:
        return _nothing_in_common(left, right)
    found = _likeliest_pairs(*sides, most=CLOSE * (len(left) + len(right)) / 2)
    if found is None:
        return _nothing_in_common(left, right)
    pairs, cost = found
    return Alignment(pairs, 2 * cost / (len(left) + len(right)))


def _nothing_in_common(left: Sequence[Passage], right: Sequence[Passage]) -> Alignment:
    return Alignment((Pair(tuple(range(len(left))), tuple(range(len(right)))),), _NEVER)


class _Side:
    """What is looked at of a text."""

    def __init__(self, parts: Sequence[Passage], language: str) -> None:
        self.parts = parts
        self._language = language
        self.lengths = [len(part.markdown) if part.has_words else 0 for part in parts]
        self.total = sum(self.lengths)
        self.numbers = [frozenset(_NUMBER.findall(part.markdown)) for part in parts]

    @cached_property
    def beginnings(self) -> list[frozenset[str]]:
        """The first letters of the longer words of each passage, in Latin."""
        slugs = (slug_of(part.markdown, self._language) if part.has_words else "" for part in self.parts)
        return [
            frozenset(word[:SAME_LETTERS] for word in slug.split("-") if len(word) >= SAME_LETTERS) for slug in slugs
        ]


def _has_same_structure(left: _Side, right: _Side) -> bool:
    """Whether nothing but the words differs: the same kinds in the same order, and no length that would surprise."""
    if [(it.kind, it.number) for it in left.parts] != [(it.kind, it.number) for it in right.parts]:
        return False
    ratio = _ratio(left, right)
    return all(
        abs(_deviation(a, b, ratio)) <= PLAUSIBLE for a, b in zip(left.lengths, right.lengths, strict=True) if a and b
    )


def _ratio(left: _Side, right: _Side) -> float:
    return right.total / left.total if left.total and right.total else 1.0


def _deviation(left: int, right: int, ratio: float) -> float:
    """How far the length of a translation is from what is expected, in standard deviations."""
    mean = (left + right / ratio) / 2
    return (right - left * ratio) / math.sqrt(mean * VARIANCE * max(ratio, 1.0))


def _likeliest_pairs(left: _Side, right: _Side, most: float) -> tuple[tuple[Pair, ...], float] | None:
    """The cheapest way through both texts, found from their ends on, and what it costs; None if that is too much."""
    ratio = _ratio(left, right)
    rows, columns = len(left.parts), len(right.parts)
    cost = [[_NEVER] * (columns + 1) for _ in range(rows + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    cost[rows][columns] = 0.0
    width = max(NARROWEST, SPREAD * columns)
    for row in range(rows, -1, -1):
        middle = row * columns / rows
        for column in range(min(columns, int(middle + width)), max(0, int(middle - width)) - 1, -1):
            for down, along in _STEPS:
                if row + down > rows or column + along > columns:
                    continue
                ahead = cost[row + down][column + along]
                if ahead < cost[row][column]:
                    whole = ahead + _cost(left, row, down, right, column, along, ratio)
                    if whole < cost[row][column]:
                        cost[row][column], step[row][column] = whole, (down, along)
        if min(*cost[row], *cost[min(row + 1, rows)]) > most:  # no step goes past two rows
            return None
    return tuple(_way(step, rows, columns)), cost[0][0]


def _way(step: Sequence[Sequence[tuple[int, int]]], rows: int, columns: int) -> Iterator[Pair]:
    row = column = 0
    while (row, column) != (rows, columns):
        down, along = step[row][column]
        yield Pair(tuple(range(row, row + down)), tuple(range(column, column + along)))
        row, column = row + down, column + along


def _cost(left: _Side, row: int, down: int, right: _Side, column: int, along: int, ratio: float) -> float:
    """What it costs to pair so many passages."""
    if not (down and along):
        return _LEFT_OUT
    some, others = left.parts[row : row + down], right.parts[column : column + along]
    if not _may_be_paired(some, others):
        return _NEVER
    if not some[0].has_words:
        return 0.0
    lengths = sum(left.lengths[row : row + down]), sum(right.lengths[column : column + along])
    chance = math.erfc(abs(_deviation(*lengths, ratio)) / math.sqrt(2))
    numbers = _cost_of_numbers(_all(left.numbers, row, down), _all(right.numbers, column, along))
    cognates = _cost_of_cognates(_all(left.beginnings, row, down), _all(right.beginnings, column, along))
    usual = _ONE_TO_ONE if down == along else _TWO_TO_ONE
    return max(0.0, usual - math.log(max(chance, 1e-9)) + numbers + cognates)


def _all(sets: Sequence[frozenset[str]], first: int, count: int) -> frozenset[str]:
    return sets[first] if count == 1 else sets[first].union(*sets[first + 1 : first + count])


def _may_be_paired(some: Sequence[Passage], others: Sequence[Passage]) -> bool:
    """One passage with one of its kind; several only if all of them are paragraphs."""
    if len(some) == len(others):
        return some[0].kind is others[0].kind and some[0].number == others[0].number
    return all(it.kind is PassageKind.PARAGRAPH for it in (*some, *others))


def _cost_of_numbers(some: frozenset[str], others: frozenset[str]) -> float:
    if not some or not others:
        return 0.0
    return _SAME_NUMBERS if some & others else _OTHER_NUMBERS


def _cost_of_cognates(some: frozenset[str], others: frozenset[str]) -> float:
    if not some or not others:
        return 0.0
    return max(_MOST_FOR_WORDS, _SAME_WORDS * len(some & others) / min(len(some), len(others)))
