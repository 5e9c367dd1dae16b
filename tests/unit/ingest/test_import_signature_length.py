from __future__ import annotations

import pytest

from toasoan.ingest import portal_body
from toasoan.ingest.lines import Line
from toasoan.ingest.portal_body import LONGEST_SIGNATURE, signature_line
from toasoan.ingest.portal_page import Fates
from toasoan.ingest.words import all_words


def test_no_name_is_looked_for_in_a_line_that_is_too_long_for_a_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for the words around a name takes time that grows with the square of the line's words."""
    looked_at: list[str] = []

    def noted(text: str, words: object) -> str:
        looked_at.append(text)
        return text

    monkeypatch.setattr(portal_body, "_without_signature_start", noted)
    long, short = "x " * LONGEST_SIGNATURE, "An Binh"
    for last in (long, short):
        signature_line([Line(1, "A title"), Line(2, last)], Line(3, "https://a.example/"), all_words(), Fates())

    assert looked_at == [short]
