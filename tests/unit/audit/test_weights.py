"""What a page weighs is what travels."""

from __future__ import annotations

import random
import zlib

from toasoan.audit.weights import Weights, compressed_size
from toasoan.settings import BudgetSettings

KIB = 1024
NOISE = random.Random(1).randbytes(30 * KIB)
SIZES = {"a.css": 8 * KIB, "b.js": 5 * KIB, "c.woff2": 20 * KIB}


def faults(html: bytes, loaded: tuple[str, ...], **budgets: int) -> list[str]:
    size = len(zlib.compress(html, 1))
    found = Weights(BudgetSettings(**budgets), SIZES).faults(size, lambda: compressed_size("a.html", html), loaded)
    return [it.message for it in found]


def test_a_text_weighs_what_is_left_of_it_when_it_is_compressed() -> None:
    assert compressed_size("a.css", b"a" * 10_000) < 100
    assert compressed_size("a.woff2", b"a" * 10_000) == 10_000
    assert faults(b"a" * 1_000_000, ("a.css",)) == []


def test_a_page_that_is_too_heavy_is_told_with_the_part_that_is() -> None:
    assert faults(NOISE, ()) == ["its HTML and style sheets: more than 22 KiB as they travel"]
    assert faults(NOISE, ("a.css", "c.woff2"), html_and_styles=40) == [
        "the page without its photographs: more than 50 KiB as they travel"
    ]
    assert faults(b"", ("b.js", "c.woff2"), fonts=19) == [
        "its scripts: more than 4 KiB as they travel",
        "the fonts that it asks for at once: more than 19 KiB as they travel",
    ]


def test_a_budget_of_nought_is_no_limit() -> None:
    assert faults(NOISE * 10, ("b.js",), page=0, html_and_styles=0, scripts=0) == []
