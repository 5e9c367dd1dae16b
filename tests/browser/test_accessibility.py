"""What axe-core finds, on a page of each kind, with the colours and widths that readers have."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.demo_pages import CHOOSER, PAGE_KINDS, Demo, pages_of
from toasoan.demo.demo_texts import LANGUAGES

ONE_OF_EACH_DIRECTION = ["vi", "ar"]
CONTRAST = "color-contrast"

TEXTS_IN_OTHER_COLOURS = """
(() => {
  const probe = document.body.appendChild(document.createElement('i'));
  const allowed = ['CanvasText', 'LinkText', 'VisitedText', 'ButtonText', 'GrayText'].map(name => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return [...document.querySelectorAll('body *')].filter(it => it.checkVisibility() && it.innerText?.trim()
    && !allowed.includes(getComputedStyle(it).color)).map(it => it.outerHTML.slice(0, 150));
})()
"""


def violations(page: Page, **options: object) -> list[str]:
    """What axe finds on a page as it is now: the rule, the first element, and why."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"], **options})
    return [
        f"{page.url} {rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"][:1]
    ]


def violations_by_day_and_night(page: Page) -> list[str]:
    """By night only the contrast can be another."""
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    return found + violations(page, runOnly=[CONTRAST])


def violations_in_forced_colours(page: Page) -> list[str]:
    """Without the contrast, which is the reader's own then; axe reads colours that Chromium does not paint."""
    return violations(page, rules={CONTRAST: {"enabled": False}})


@pytest.mark.parametrize(("language", "width"), [("vi", 360), ("ar", 1280)])
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_axe_finds_nothing(chromium: Browser, demo: Demo, kind: str, language: str, width: int) -> None:
    """Each direction at one width; the sweep has all four."""
    with demo.opened(chromium, PAGE_KINDS[kind].format(language), width) as page:
        assert violations_by_day_and_night(page) == []


@pytest.mark.parametrize("kind", ["home", "article", "photos"])
def test_axe_finds_nothing_in_arabic_on_a_phone(chromium: Browser, demo: Demo, kind: str) -> None:
    with demo.opened(chromium, PAGE_KINDS[kind].format("ar"), 360) as page:
        assert violations_by_day_and_night(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_where_a_language_is_chosen(chromium: Browser, demo: Demo, width: int) -> None:
    with demo.opened(chromium, CHOOSER, width) as page:
        assert violations_by_day_and_night(page) == []


@pytest.mark.parametrize("kind", ["home", "article", "photos", "not found"])
def test_axe_finds_nothing_where_colours_are_forced(chromium: Browser, demo: Demo, kind: str) -> None:
    with demo.opened(chromium, PAGE_KINDS[kind].format("vi"), 360, forced_colors="active") as page:
        assert violations_in_forced_colours(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_where_colours_are_forced_all_text_has_them(
    chromium: Browser, demo: Demo, scheme: Literal["light", "dark"]
) -> None:
    with demo.opened(chromium, "/vi/photos/", 360, forced_colors="active", color_scheme=scheme) as page:
        for path in ("/vi/", "/vi/bell-casters/", "/vi/photos/", "/vi/404.html"):
            page.goto(demo.address + path)
            assert page.evaluate(TEXTS_IN_OTHER_COLOURS) == []


def test_axe_finds_nothing_in_an_open_language_menu(chromium: Browser, demo: Demo) -> None:
    for language in ONE_OF_EACH_DIRECTION:
        with demo.opened(chromium, f"/{language}/404.html", 360) as page:
            page.locator(".langs summary").click()
            assert violations_by_day_and_night(page) == []


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_language(chromium: Browser, demo: Demo, language: str) -> None:
    for width in (360, 1280):
        for path in pages_of(language):
            with demo.opened(chromium, path, width) as page:
                assert violations_by_day_and_night(page) == []
            with demo.opened(chromium, path, width, forced_colors="active") as page:
                assert violations_in_forced_colours(page) == []
