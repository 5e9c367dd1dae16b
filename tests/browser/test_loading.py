"""A page while it loads: it asks no one else, complains of nothing, and nothing moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.demo_pages import ALL_PAGES, CHOOSER, PAGE_KINDS, Demo, pages_of

WATCH_FOR_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const it of list.getEntries()) {
    if (it.value < 0.001) continue;
    const moved = it.sources.map(source => source.node?.outerHTML?.slice(0, 100)).join(' | ');
    shifts.push(`${it.value.toFixed(4)} ${moved}`);
  }
}).observe({type: 'layout-shift', buffered: true});
"""
"""Shifts from a thousandth on; 0.1 is what search engines still call good. A slow machine may paint the header of a
page before all of its first line has come, and a button then grows by the name of a language: 0.0001.
"""

LOAD_ALL_PICTURES = """
Promise.all([...document.images].map(it => {
  it.loading = 'eager';
  return it.decode().catch(() => console.error(`${it.src} is no picture`));
}))
"""

SCROLL_THROUGH = """
async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let at = 0; at < document.body.scrollHeight; at += 600) { scrollTo(0, at); await frame(); await frame(); }
  for (const it of document.images) if (!it.complete) await new Promise(done => it.onload = it.onerror = done);
  await frame(); await frame();
  return shifts;
}
"""


def trouble(chromium: Browser, demo: Demo, paths: list[str]) -> list[str]:
    """Errors in the console, answers that are none, and requests to other hosts."""
    found: list[str] = []
    with demo.visited_first(chromium) as page:
        page.on(
            "console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: found.append(str(error)))
        page.on(
            "response", lambda answer: found.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        )
        page.on(
            "request", lambda it: None if it.url.startswith(demo.address) else found.append(f"other host: {it.url}")
        )
        for path in paths:
            page.goto(demo.address + path)
            page.evaluate(LOAD_ALL_PICTURES)
    return found


def shifts(chromium: Browser, demo: Demo, path: str, width: int) -> list[str]:
    """What moved while a page was loaded and read to its end, in a browser that has nothing of it yet."""
    with demo.visited_first(chromium, width) as page:
        page.add_init_script(WATCH_FOR_SHIFTS)
        page.goto(demo.address + path)
        page.evaluate("document.fonts.ready")
        return [f"{path} {shift}" for shift in page.evaluate(SCROLL_THROUGH)]


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_a_page_asks_no_other_host_and_complains_of_nothing(chromium: Browser, demo: Demo, language: str) -> None:
    assert trouble(chromium, demo, [CHOOSER, *pages_of(language)]) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["uk", "ar"])
def test_nothing_moves_while_a_page_is_loaded_and_read(
    chromium: Browser, demo: Demo, language: str, width: int
) -> None:
    for kind in ("home", "article"):
        assert shifts(chromium, demo, PAGE_KINDS[kind].format(language), width) == []


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_without_scripts_nothing_is_missing(chromium: Browser, demo: Demo, kind: str) -> None:
    """But the buttons that would do nothing."""
    path = PAGE_KINDS[kind].format("en")
    with demo.opened(chromium, path) as page:
        page.locator("li.js-only").evaluate_all("all => all.forEach(it => it.remove())")
        with_scripts = page.locator("body").inner_text()
    with demo.opened(chromium, path, java_script_enabled=False) as page:
        assert page.locator("button:visible").count() == 0
        assert page.locator("body").inner_text() == with_scripts


def test_without_scripts_the_language_switch_works(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, "/en/bell-casters/", java_script_enabled=False) as page:
        page.locator(".langs summary").click()
        page.locator('.langs a[hreflang="ja"]').click()
        assert page.url == f"{demo.address}/ja/bell-casters/"


@pytest.mark.long
def test_no_page_of_any_language_asks_others_or_complains(chromium: Browser, demo: Demo) -> None:
    assert trouble(chromium, demo, ALL_PAGES) == []


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_on_a_page_of_any_language(chromium: Browser, demo: Demo, width: int) -> None:
    assert [shift for path in ALL_PAGES for shift in shifts(chromium, demo, path, width)] == []
