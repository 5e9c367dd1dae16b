"""Galleries without a script, and videos of other sites that keep quiet until they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served
from tests.browser.demo_pages import PHOTOGRAPHED, Demo
from tests.builders import built, portal, text_of
from tests.pictures import photo
from toasoan.content.front_matter import VideoFields

PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"
IN_SIGHT = """
() => [...document.querySelectorAll('.gallery li')].filter(it => {
  const box = it.getBoundingClientRect();
  return Math.abs(box.left) < 3 && Math.abs(box.right - document.querySelector('.gallery').clientWidth) < 3;
}).map(it => it.id)
"""


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_a_gallery_moves_by_its_links_and_by_the_keyboard_without_a_script(
    chromium: Browser, demo: Demo, language: str
) -> None:
    path = f"/{language}/{PHOTOGRAPHED}/photos/"
    with demo.opened(chromium, path, java_script_enabled=False, reduced_motion="reduce") as page:
        assert seen(page) == ["photo-1"]
        page.click("#photo-1 a[rel=next]")
        assert seen(page) == ["photo-2"]
        page.click("#photo-2 a[rel=prev]")
        assert seen(page) == ["photo-1"]
        page.focus(".gallery")
        page.keyboard.press("ArrowLeft" if language == "ar" else "ArrowRight")
        page.wait_for_timeout(600)
        assert seen(page) == ["photo-2"]


@pytest.mark.parametrize(("language", "fingers_way"), [("vi", -1), ("ar", 1)])
def test_a_gallery_moves_by_one_photo_with_each_stroke_of_a_finger(
    chromium: Browser, demo: Demo, language: str, fingers_way: int
) -> None:
    path = f"/{language}/{PHOTOGRAPHED}/photos/"
    with demo.opened(chromium, path, width=360, java_script_enabled=False, has_touch=True, is_mobile=True) as page:
        assert seen(page) == ["photo-1"]
        stroke(page, 200 * fingers_way)
        assert seen(page) == ["photo-2"]
        stroke(page, -200 * fingers_way)
        assert seen(page) == ["photo-1"]


def stroke(page: Page, distance: int) -> None:
    """Move a finger over the middle of the gallery, and take it away."""
    box = page.locator(".gallery").bounding_box()
    assert box
    x, y = round(box["x"] + box["width"] / 2), round(box["y"] + 60)
    screen = page.context.new_cdp_session(page)
    screen.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        at = {"x": x + distance * step // 10, "y": y}
        screen.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        page.wait_for_timeout(16)
    screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(600)


def seen(page: Page) -> list[str]:
    """The photos that fill the strip once it has come to rest."""
    page.wait_for_timeout(300)
    found: list[str] = page.evaluate(IN_SIGHT)
    return found


@pytest.fixture(scope="module")
def with_video(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an article with a video of another site."""
    root = tmp_path_factory.mktemp("video")
    videos = (VideoFields("https://youtu.be/dQw4w9WgXcQ", "a.png", alt="Phà đêm"),)
    portal(root, {"media/a.png": photo(), "vi/pha.md": text_of("Phà", videos=videos)})
    built(root)
    with served(Path(root / "public")) as address:
        yield f"{address}/vi/pha/"


@pytest.mark.parametrize("press", ["click", "Enter"])
def test_a_video_of_another_site_loads_nothing_before_somebody_asks_for_it(
    chromium: Browser, with_video: str, press: str
) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda it: asked.append(it.url) if it.url.startswith("https:") else None)
    page.route("https://**", lambda route: route.abort())
    page.goto(with_video)
    page.wait_for_timeout(300)
    assert asked == []

    link = page.get_by_role("link", name="Phà đêm")
    link.click() if press == "click" else link.press("Enter")

    expect(page.locator("iframe")).to_be_focused()
    assert page.locator("iframe").get_attribute("src") == PLAYER
    assert page.locator("iframe").get_attribute("title") == "Phát video: Phà đêm"
    page.wait_for_timeout(300)
    assert asked == [PLAYER]
    page.close()


def test_without_scripts_the_picture_leads_to_the_other_site(chromium: Browser, with_video: str) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(with_video)

    assert page.get_by_role("link", name="Phà đêm").get_attribute("href") == "https://youtu.be/dQw4w9WgXcQ"
    page.close()
