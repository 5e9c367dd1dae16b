"""The sample of a language: what changes lead to is what all files lead to."""

from __future__ import annotations

import random

import pytest

from toasoan.incremental import samples
from toasoan.incremental.sources import SourceChanges

FOLDER = "site/content/vi"


def test_a_sample_after_changes_is_that_of_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "SAMPLE", 4)
    dice = random.Random(1)
    files: set[str] = set()
    sample: frozenset[str] = frozenset()
    for _ in range(300):
        gone = frozenset(path for path in sorted(files) if dice.random() < 0.1)
        changed = frozenset(f"{FOLDER}/{dice.randrange(30)}.md" for _ in range(dice.randrange(3))) - gone
        files = (files - gone) | changed
        sample = samples.sample_now(set(sample), SourceChanges(changed, gone), FOLDER, files)

        assert sample == samples.smallest(files)
