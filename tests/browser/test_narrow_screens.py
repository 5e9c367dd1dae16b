"""Nothing lies outside the page's width, however narrow the screen or wide the letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo_pages import ALL_PAGES, CHOOSER, Demo, pages_of

LANGUAGES_TRIED = ["vi", "de", "ar", "km"]
"""Long words, another direction, and scripts that put no spaces between words."""

WIDE_LETTERS = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }
"""
"""The spacing that success criterion 1.4.12 of WCAG 2.2 lets readers set."""

CUT_OFF = """
[...document.querySelectorAll('main *, header *, footer *')].filter(it => {
  const style = getComputedStyle(it);
  return ['hidden', 'clip'].includes(style.overflowX) && it.clientWidth > 1 && !it.matches('.pic, svg')
    && (it.scrollWidth > it.clientWidth + 1);
}).map(it => it.outerHTML.slice(0, 120))
"""


def overflow(page: Page) -> int:
    """How many pixels a page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("language", LANGUAGES_TRIED)
def test_nothing_scrolls_sideways_at_320_pixels(chromium: Browser, demo: Demo, language: str) -> None:
    """As wide as a screen of 1280 pixels is for somebody who enlarges the page to 400 %."""
    with demo.opened(chromium, CHOOSER, 320) as page:
        for path in [CHOOSER, *pages_of(language)]:
            page.goto(demo.address + path)
            assert overflow(page) == 0, path
            page.add_style_tag(content=WIDE_LETTERS)
            assert overflow(page) == 0, f"{path} with wide letters"


@pytest.mark.parametrize(("language", "width"), [("de", 360), ("ar", 1280)])
def test_wide_letters_are_not_cut_off(chromium: Browser, demo: Demo, language: str, width: int) -> None:
    with demo.opened(chromium, CHOOSER, width) as page:
        for path in pages_of(language):
            page.goto(demo.address + path)
            page.add_style_tag(content=WIDE_LETTERS)
            assert overflow(page) == 0, path
            assert page.evaluate(CUT_OFF) == [], path


@pytest.mark.parametrize("language", ["de"])
def test_text_of_twice_the_size_fits(chromium: Browser, demo: Demo, language: str) -> None:
    """Enlarged letters on a screen that stays as wide as it was."""
    with demo.opened(chromium, CHOOSER, 1280) as page:
        for path in pages_of(language):
            page.goto(demo.address + path)
            page.add_style_tag(content="html { font-size: 200% }")
            assert overflow(page) == 0, path


@pytest.mark.parametrize("width", [320, 1280])
def test_the_language_menu_stays_on_the_screen(chromium: Browser, demo: Demo, width: int) -> None:
    for path in ("/vi/", "/ar/bell-casters/"):
        with demo.opened(chromium, path, width) as page:
            page.locator(".langs summary").click()
            box = page.locator(".langs > ul").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert overflow(page) == 0


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 360, 640, 800, 992, 1152, 1280, 1920])
def test_no_page_of_any_language_scrolls_sideways(chromium: Browser, demo: Demo, width: int) -> None:
    with demo.opened(chromium, CHOOSER, width) as page:
        for path in ALL_PAGES:
            page.goto(demo.address + path)
            assert overflow(page) == 0, path
            page.add_style_tag(content=WIDE_LETTERS)
            assert overflow(page) == 0, f"{path} with wide letters"
