"""What became of each item of an import, kept packed until all is told: thousands of them take little memory."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping

from toasoan.ingest.attempts import Outcome
from toasoan.ingest.placing import Imported
from toasoan.ingest.review import Review, StoryToReview

TOGETHER = 100
"""Outcomes that are packed at once: they say much the same, and so take a tenth of the room."""


class OutcomeLog:
    """The outcomes of an import in the order of the sources' names, to be gone through as often as one likes."""

    def __init__(self) -> None:
        self.counts: Counter[Outcome] = Counter()
        """Items by what was done with them."""

        self.joined: Mapping[str, str] = {}
        """Keys of the stories of which articles became versions because a person said so, by their paths."""

        self.asked: tuple[StoryToReview, ...] = ()
        """What people are asked now, and weren't before."""

        self.review: Review | None = None
        """The queue as it is after the import; None if it has mistakes."""

        self._packed: list[bytes] = []
        self._open: list[Imported] = []

    def add(self, outcome: Imported) -> None:
        """Note what became of one more item."""
        self.counts[outcome.outcome] += 1
        self._open.append(outcome)
        if len(self._open) == TOGETHER:
            self._packed.append(zlib.compress(pickle.dumps(self._open), 1))
            self._open = []

    def __len__(self) -> int:
        return self.counts.total()

    def __iter__(self) -> Iterator[Imported]:
        for packed in self._packed:
            yield from pickle.loads(zlib.decompress(packed))  # noqa: S301  # it was pickled right here
        yield from self._open
