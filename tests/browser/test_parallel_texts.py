"""A story in two languages: what says the same stands on one line, whichever way the languages are written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import served
from tests.browser.demo_pages import PHOTOGRAPHED, Demo, parallel_text
from toasoan.build import build
from toasoan.demo.demo_portal import lay_out_demo
from toasoan.demo.photographs import photograph

SLOPPY = 2
"""Pixels by which two things on one line may differ: languages have lines of different heights."""


@pytest.fixture(scope="module")
def beside_english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A portal of four languages, in which articles stand beside English ones too."""
    root = tmp_path_factory.mktemp("two")
    lay_out_demo(root, draw=photograph)
    settings = root / "site/site.toml"
    text = settings.read_text("utf-8")
    there = 'parallel_texts = ["original"]'
    assert there in text
    text = text.replace(there, 'parallel_texts = ["original", "en"]').replace(
        "share_images = true", "share_images = false"
    )
    settings.write_text(text, "utf-8")
    for language in (root / "site/content").iterdir():
        for file in language.rglob("*.md"):
            if language.name not in ("vi", "uk", "en", "ar") or file.stem != PHOTOGRAPHED:
                file.unlink()
    output = root / "site/public"
    assert not build(root, output).report.has_errors
    with served(output) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def edges(thing: Locator) -> tuple[float, float, float]:
    """Left, right and top of something."""
    box = thing.bounding_box()
    assert box
    return box["x"], box["x"] + box["width"], box["y"]


def rows(page: Page) -> list[tuple[Locator, Locator]]:
    found = page.locator(".pair:not(.names)").all()
    assert len(found) >= 5
    return [(row.locator("> *").nth(0), row.locator("> *").nth(1)) for row in found]


@pytest.mark.parametrize(("own", "other"), [("uk", "vi"), ("ar", "en"), ("en", "vi")])
@pytest.mark.parametrize("width", [800, 1280])
def test_two_columns_begin_on_one_line(own: str, other: str, width: int, page: Page, beside_english: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{beside_english}/{own}/{PHOTOGRAPHED}/{other}/")

    is_rtl = own == "ar"
    for first, second in rows(page):
        (left, right, top), (other_left, other_right, other_top) = edges(first), edges(second)
        assert top == pytest.approx(other_top, abs=SLOPPY)
        assert (other_right < left) if is_rtl else (right < other_left)
        text = second.locator(".prose")
        assert text.get_attribute("lang") == other
        assert text.evaluate("it => getComputedStyle(it).direction") == ("rtl" if other == "ar" else "ltr")


@pytest.mark.parametrize(("own", "other"), [("uk", "vi"), ("ar", "en")])
def test_on_a_phone_one_stands_below_the_other(own: str, other: str, page: Page, beside_english: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{beside_english}/{own}/{PHOTOGRAPHED}/{other}/")

    for first, second in rows(page):
        assert edges(first)[2] < edges(second)[2]
        # The line that tells them apart is at the side where the page begins.
        assert second.evaluate("it => getComputedStyle(it).borderInlineStartWidth") == "3px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [f"ar/{PHOTOGRAPHED}/en/", f"uk/{PHOTOGRAPHED}/vi/"])
def test_it_is_accessible(path: str, width: int, scheme: str, page: Page, beside_english: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{beside_english}/{path}")

    assert [it["id"] for it in Axe().run(page).response["violations"]] == []


def test_the_language_switch_leads_there_and_on(page: Page, beside_english: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{beside_english}/uk/{PHOTOGRAPHED}/")
    page.locator("details.langs summary").click()
    page.locator(".langs").get_by_role("link", name="Читати двома мовами: Tiếng Việt").click()

    expect(page).to_have_url(f"{beside_english}/uk/{PHOTOGRAPHED}/vi/")
    page.locator("details.langs summary").click()
    page.locator(".langs").get_by_role("link", name="Tiếng Việt").first.click()
    expect(page).to_have_url(f"{beside_english}/vi/{PHOTOGRAPHED}/")


def test_what_is_pressed_is_large_enough(page: Page, beside_english: str) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels each way."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{beside_english}/uk/{PHOTOGRAPHED}/")
    page.locator("details.langs summary").click()

    for link in page.locator("a.both").all():
        box = link.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


def test_pages_in_every_script_keep_to_their_width(chromium: Browser, demo: Demo) -> None:
    for language in ("th", "ja", "ur", "km", "de"):
        with demo.opened(chromium, parallel_text(language), 360) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_photo_stands_once_across_both(page: Page, beside_english: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{beside_english}/ar/{PHOTOGRAPHED}/en/")

    expect(page.locator(".pair-media img")).to_have_count(1)
    expect(page.locator(".pair-media .other-caption")).to_have_attribute("lang", "en")
