"""Nothing moves for readers who asked for that."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo_pages import PAGE_KINDS, Demo

MOVING = """
[...document.querySelectorAll('*')].filter(it => {
  const style = getComputedStyle(it);
  if (!style.display) return false;  // what a player shows only where it can't play has no style
  return style.transitionDuration !== '0s' || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
}).length
"""


def moving(page: Page) -> int:
    """How many elements have a transition or an animation."""
    return int(page.evaluate(MOVING))


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_nothing_moves_where_motion_is_not_wanted(chromium: Browser, demo: Demo, kind: str) -> None:
    with demo.opened(chromium, PAGE_KINDS[kind].format("en"), reduced_motion="reduce") as page:
        assert moving(page) == 0


def test_a_picture_grows_a_little_below_the_mouse_where_motion_is_welcome(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, "/en/", reduced_motion="no-preference") as page:
        assert moving(page) == page.locator(".card .pic img").count() > 0


def test_a_card_below_the_mouse_stays_as_it_is_where_motion_is_not_wanted(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, "/en/", reduced_motion="reduce") as page:
        page.locator("main .card").first.hover()
        assert page.locator("main .card .pic img").first.evaluate("it => getComputedStyle(it).scale") == "none"
