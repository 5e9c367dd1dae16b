"""An article on paper: the story and where it is from, nothing that wants to be clicked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo_pages import PHOTOGRAPHED, Demo

NOT_ON_PAPER = [
    ".nav",
    ".langs",
    ".crumbs",
    ".rail",
    ".aside",
    ".share",
    ".tags",
    ".related",
    ".foot",
    ".skip",
    "button",
]
ON_PAPER = [".brand", "h1", ".lede", ".byline", ".hero img", ".body", ".sign", ".src"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_paper_has_the_story_and_nothing_to_click(chromium: Browser, demo: Demo, language: str) -> None:
    with demo.opened(chromium, f"/{language}/{PHOTOGRAPHED}/") as page:
        for selector in [*NOT_ON_PAPER, *ON_PAPER]:
            assert page.locator(selector).count(), f"{selector} is not even on the screen"
        page.emulate_media(media="print")
        for selector in NOT_ON_PAPER:
            for it in page.locator(selector).all():
                expect(it, selector).to_be_hidden()
        for selector in ON_PAPER:
            expect(page.locator(selector).first, selector).to_be_visible()


def test_paper_has_the_full_address_of_the_source(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, f"/en/{PHOTOGRAPHED}/") as page:
        printed = "it => getComputedStyle(it, '::after').content"
        source = page.locator(".src .host")
        assert "https://" not in source.evaluate(printed)
        page.emulate_media(media="print")
        assert f"https://song-may.example/{PHOTOGRAPHED}" in source.evaluate(printed)


def test_paper_is_white_at_night_too(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, f"/en/{PHOTOGRAPHED}/", color_scheme="dark") as page:
        page.emulate_media(media="print")
        colours = page.evaluate(
            "['html', '.title', '.body p'].map(it => getComputedStyle(document.querySelector(it)))"
            ".map((it, place) => place ? it.color : it.backgroundColor)"
        )
        assert colours == ["rgb(255, 255, 255)", "rgb(28, 21, 18)", "rgb(28, 21, 18)"]


def test_a_photograph_leaves_room_for_the_text_on_paper(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, f"/en/{PHOTOGRAPHED}/") as page:
        page.emulate_media(media="print")
        for picture in page.locator(".story figure img").all():
            box = picture.bounding_box()
            assert box
            assert box["height"] <= 70 / 25.4 * 96 + 1, "a picture is at most 70 mm high"
