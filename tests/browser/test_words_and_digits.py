"""Dates, numbers and counted things as each language writes them, on the page that a reader sees."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_pages import PHOTOGRAPHED, Demo

OWN_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "bn": "০১২৩৪৫৬৭৮৯"}

COUNTED = {
    "pl": {1: "1 artykuł", 2: "2 artykuły", 5: "5 artykułów"},
    "ru": {1: "1 статья", 2: "2 статьи", 5: "5 статей"},
    "uk": {1: "1 стаття", 2: "2 статті", 5: "5 статей"},
    "ar": {1: "عدد المقالات: 1", 2: "عدد المقالات: 2", 5: "5 مقالات"},
}


@pytest.mark.parametrize("language", OWN_DIGITS)
def test_dates_have_the_digits_of_their_language(chromium: Browser, demo: Demo, language: str) -> None:
    with demo.opened(chromium, f"/{language}/") as page:
        for path in (f"/{language}/", f"/{language}/{PHOTOGRAPHED}/", f"/{language}/archive/"):
            page.goto(demo.address + path)
            dates = page.locator("main time").all_inner_texts()
            assert dates
            for date in dates:
                shown = set(re.findall(r"\d", re.sub(r"GMT\S+", "", date)))
                assert shown, date
                assert shown <= set(OWN_DIGITS[language]), date


@pytest.mark.parametrize("language", OWN_DIGITS)
def test_counts_have_the_digits_of_their_language(chromium: Browser, demo: Demo, language: str) -> None:
    with demo.opened(chromium, f"/{language}/archive/") as page:
        counts = page.locator(".page-lede, .months small, .pages .chip").all_inner_texts()
    digits = set(re.findall(r"\d", "".join(counts)))
    assert digits
    assert digits <= set(OWN_DIGITS[language])


@pytest.mark.parametrize("language", COUNTED)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_count_takes_the_form_of_its_number(chromium: Browser, demo: Demo, language: str, count: int) -> None:
    """Looks for a list of so many articles, and at what its page says of them."""
    path = next(
        f"/{page.parent.relative_to(demo.folder).as_posix()}/"
        for page in sorted((demo.folder / language).glob("*/*/index.html"))
        if page.read_text("utf-8").count('<article class="card') == count
    )
    with demo.opened(chromium, path) as page:
        assert page.locator("main .card").count() == count
        assert page.locator(".page-lede").inner_text() == COUNTED[language][count]
