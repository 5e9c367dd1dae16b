"""Chance that always falls the same way: numbers drawn from SHA-256.

Python promises a stable sequence for `random.Random.random()` alone, not for `choice` or `shuffle`. Covers must
not change with the interpreter, so these few methods are written out here.
"""

from collections.abc import Sequence
from hashlib import sha256
from struct import Struct
from typing import TypeVar

Item = TypeVar("Item")

_EIGHT_NUMBERS = Struct(">8I").unpack
_BEYOND = 1 << 32


class Dice:
    """An endless sequence of draws, fixed by the words it was made from."""

    __slots__ = ("_digests", "_left", "_seed")

    def __init__(self, *seed: str) -> None:
        self._seed = "\0".join(seed)
        self._digests = 0
        self._left: list[int] = []

    def fraction(self) -> float:
        """A number from 0 up to, but never, 1."""
        if not self._left:
            # A digest is dear, and 32 bits are more than any drawing can show: eight draws come out of each.
            self._left += _EIGHT_NUMBERS(sha256(f"{self._seed}\0{self._digests}".encode()).digest())
            self._digests += 1
        return self._left.pop() / _BEYOND

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self.fraction()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.fraction() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """True in that share of all draws."""
        return self.fraction() < probability

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self.fraction() * len(items))]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """All the items, in another order."""
        rest = list(items)
        return [rest.pop(int(self.fraction() * len(rest))) for _ in items]
