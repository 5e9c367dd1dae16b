"""Pages in Arabic, Persian, Hebrew and Urdu are the same pages, mirrored."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FloatRect, Locator

from tests.browser.demo_pages import PHOTOGRAPHED, RIGHT_TO_LEFT, Demo

WIDTH = 1280


def place_of(thing: Locator) -> FloatRect:
    """Where something lies on the page."""
    box = thing.bounding_box()
    assert box
    return box


def right_edge(thing: Locator) -> float:
    """How far its right edge is from the left of the page."""
    box = place_of(thing)
    return box["x"] + box["width"]


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_the_first_card_lies_at_the_right_edge(chromium: Browser, demo: Demo, language: str) -> None:
    with demo.opened(chromium, f"/{language}/", WIDTH) as page:
        assert page.locator("html").get_attribute("dir") == "rtl"
        for grid in page.locator("main .grid").all():
            first, second = grid.locator("> *").nth(0), grid.locator("> *").nth(1)
            assert right_edge(first) == pytest.approx(right_edge(grid), abs=1)
            assert place_of(second)["x"] < place_of(first)["x"]


def test_the_first_card_lies_at_the_left_edge_where_one_reads_from_there(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, "/en/", WIDTH) as page:
        for grid in page.locator("main .grid").all():
            assert place_of(grid.locator("> *").first)["x"] == pytest.approx(place_of(grid)["x"], abs=1)


@pytest.mark.parametrize(("language", "arrow"), [("en", "→"), ("ar", "←"), ("he", "←")])
def test_arrows_point_where_reading_goes(chromium: Browser, demo: Demo, language: str, arrow: str) -> None:
    with demo.opened(chromium, f"/{language}/") as page:
        shown = page.locator(".more").evaluate_all("all => all.map(it => getComputedStyle(it, '::after').content)")
        assert shown
        assert all(arrow in it for it in shown), shown


def test_an_article_is_mirrored(chromium: Browser, demo: Demo) -> None:
    """Contents at the right, the text, and the aside at the left; the same distances as the other way round."""
    edges = []
    for language in ("en", "ar"):
        with demo.opened(chromium, f"/{language}/{PHOTOGRAPHED}/", WIDTH) as page:
            parts = [
                place_of(page.locator(it)) for it in (".mast .brand", ".langs", ".rail", ".body", ".story > .aside")
            ]
            edges.append([(it["x"], it["x"] + it["width"]) for it in parts])
    english, arabic = edges
    for number in range(2, 5):
        left, right = english[number]
        assert arabic[number] == pytest.approx((WIDTH - right, WIDTH - left), abs=1)
    assert english[0][0] < WIDTH / 2 < arabic[0][0]
    assert arabic[1][1] < WIDTH / 2 < english[1][0]


def test_the_mark_of_a_note_is_at_the_side_where_reading_starts(chromium: Browser, demo: Demo) -> None:
    for language, side in (("ar", "Right"), ("en", "Left")):
        with demo.opened(chromium, f"/{language}/archive/") as page:
            widths = page.evaluate(
                "() => { const box = document.createElement('p'); box.className = 'box';"
                " document.querySelector('main').append(box); const style = getComputedStyle(box);"
                " return {Left: style.borderLeftWidth, Right: style.borderRightWidth}; }"
            )
        assert widths == {"Left": "0px", "Right": "0px", side: "4px"}


def test_the_line_of_sections_fades_at_its_end(chromium: Browser, demo: Demo) -> None:
    for language, towards in (("en", "to right"), ("ar", "to left")):
        with demo.opened(chromium, f"/{language}/", 360) as page:
            mask = page.locator(".mast .nav ul").evaluate("it => getComputedStyle(it).maskImage")
        assert towards in mask


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ur"])
def test_a_day_stands_beside_its_month_and_not_beyond_the_latin_name(
    chromium: Browser, demo: Demo, language: str
) -> None:
    """Digits after a Latin name are drawn to its other side, unless the date is kept apart."""
    with demo.opened(chromium, f"/{language}/") as page:
        for line in page.locator(".ticker small").all():
            assert right_edge(line.locator("time")) <= place_of(line.locator("[lang]"))["x"]
