"""Everything can be reached and worked without a mouse, and it is seen where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo_pages import DRAWN, PAGE_KINDS, PHOTOGRAPHED, Demo

FOCUSED = """
() => {
  const it = document.activeElement;
  return it === document.body ? null : it.dataset.place;
}
"""

NUMBER_ALL = """
[...document.querySelectorAll('a[href], button, summary')].filter(it => it.checkVisibility())
  .map((it, place) => (it.dataset.place = `${place} ${it.innerText.trim().slice(0, 40)}`))
"""

RING = """
() => {
  const drawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const it = document.activeElement;
  const ringed = drawn(getComputedStyle(it)) || drawn(getComputedStyle(it, '::after'));
  return [`${it.tagName} ${it.innerText}`, ringed];
}
"""


def tab_stops(page: Page, most: int = 400) -> list[str]:
    """What the tab key reaches from the top of a page, in its order; every link has been numbered before."""
    stops: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or stop in stops:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("kind", ["article", "photos", "month"])
def test_the_tab_key_reaches_everything_in_the_order_of_the_page(chromium: Browser, demo: Demo, kind: str) -> None:
    with demo.opened(chromium, PAGE_KINDS[kind].format("en")) as page:
        there = page.evaluate(NUMBER_ALL)

        assert len(there) > 20
        assert tab_stops(page) == there


@pytest.mark.parametrize("language", ["en", "ar"])
def test_focus_is_seen_wherever_it_goes(chromium: Browser, demo: Demo, language: str) -> None:
    kinds_seen = set()
    for kind in ("article", "photos", "not found"):
        with demo.opened(chromium, PAGE_KINDS[kind].format(language), 360) as page:
            for _ in page.evaluate(NUMBER_ALL):
                page.keyboard.press("Tab")
                element, ringed = page.evaluate(RING)
                assert ringed, f"{kind}: {element}"
                kinds_seen.add(element.partition(" ")[0])
    assert kinds_seen == {"A", "BUTTON", "SUMMARY"}


def test_where_focus_is_it_lies_on_the_screen(chromium: Browser, demo: Demo) -> None:
    """A thing that is reached must not hide behind another."""
    with demo.opened(chromium, f"/en/{PHOTOGRAPHED}/") as page:
        for _ in page.evaluate(NUMBER_ALL):
            page.keyboard.press("Tab")
            place = page.locator(":focus").bounding_box()
            assert place
            assert place["width"] > 0
            assert -1 <= place["y"] < 800, page.evaluate(FOCUSED)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_stop_leads_past_the_masthead(chromium: Browser, demo: Demo, language: str) -> None:
    with demo.opened(chromium, f"/{language}/{DRAWN}/") as page:
        skip = page.locator(".skip")
        expect(skip).not_to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_language_switch_opens_closes_and_gives_focus_back(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, f"/en/{PHOTOGRAPHED}/", 360) as page:
        switch, menu = page.locator(".langs summary"), page.locator(".langs > ul")
        switch.focus()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        stops = []
        for _ in range(4):
            page.keyboard.press("Tab")
            stops.append(page.evaluate("document.activeElement.getAttribute('href')"))
        assert stops == [
            f"/vi/{PHOTOGRAPHED}/", f"/en/{PHOTOGRAPHED}/vi/", f"/en/{PHOTOGRAPHED}/", f"/ar/{PHOTOGRAPHED}/",
        ]  # fmt: skip
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(switch).to_be_focused()


def test_the_language_switch_leads_to_the_same_story(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, f"/en/{PHOTOGRAPHED}/") as page:
        page.locator(".langs summary").focus()
        page.keyboard.press("Space")
        page.locator('.langs a[hreflang="km"]').focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{demo.address}/km/{PHOTOGRAPHED}/")


def test_a_card_is_one_stop_and_the_ring_goes_around_all_of_it(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, "/en/") as page:
        for card in page.locator("main .card").all():
            assert card.locator("a").count() == 1
        page.keyboard.press("Tab")
        headline = page.locator("main .card a").first
        headline.focus()
        ring = page.evaluate(
            "() => { const ring = getComputedStyle(document.activeElement, '::after');"
            " return [ring.outlineStyle, ...[ring.outlineWidth, ring.width, ring.height].map(parseFloat)]; }"
        )
        card_box = page.locator("main .card").first.bounding_box()
        assert card_box
        assert ring == ["solid", 3, pytest.approx(card_box["width"], abs=1), pytest.approx(card_box["height"], abs=1)]
