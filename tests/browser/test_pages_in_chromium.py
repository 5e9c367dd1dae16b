from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

LANGUAGES = ["vi", "en", "ru", "uk"]
ONE_STORY = "van-phong-chinh-phu-chu-dong-ban-linh-dong-hanh-cung-chinh-phu-trong-nam-tang-toc-but-pha"
KINDS = ["/", "/404.html"] + [
    f"/{language}/{below}"
    for language in LANGUAGES
    for below in ("", "political-system/", "archive/", "heritage/", "agency/", "about/", "404.html")
]


def articles(built: Path) -> list[str]:
    return [
        f"/{page.parent.relative_to(built).as_posix()}/"
        for page in sorted(built.glob("*/*/index.html"))
        if b'"NewsArticle"' in page.read_bytes()
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_page_fits_and_asks_for_nothing_that_is_not_there(
    chromium: Browser, portal: str, built: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("response", lambda response: trouble.append(response.url) if response.status >= 400 else None)
    page.on("request", lambda request: trouble.append(request.url) if not request.url.startswith(portal) else None)
    for address in [*KINDS, *articles(built)]:
        page.goto(portal + address)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow == 0, f"{address} is {overflow} px too wide at {width} px"
        assert page.locator("h1").count() == 1, address
    assert trouble == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_half_translated(chromium: Browser, portal: str, language: str) -> None:
    """English words of the interface must not show through on pages of other languages."""
    page = chromium.new_page()
    page.goto(f"{portal}/{language}/")
    interface = page.locator("nav, footer h2, .sec, .skip, .meta").all_inner_texts()
    english = {"Sections", "Newest", "See all", "All news", "Agencies", "Follow", "date unknown", "The portal"}
    shown = {line.strip() for text in interface for line in text.split("\n")}
    assert (shown & english != set()) == (language == "en")
    page.close()


@pytest.fixture
def story(chromium: Browser, portal: str) -> Page:
    page = chromium.new_page()
    page.goto(f"{portal}/uk/{ONE_STORY}/")
    return page


def test_the_language_switch_leads_to_the_same_story_where_it_exists(story: Page, portal: str) -> None:
    story.locator(".langs summary").click()
    story.locator('.langs a[hreflang="en"]').click()
    expect(story).to_have_url(f"{portal}/en/{ONE_STORY}/")
    expect(story.locator("html")).to_have_attribute("lang", "en")


def test_the_language_switch_says_where_the_story_does_not_exist(story: Page, portal: str) -> None:
    story.locator(".langs summary").click()
    russian = story.locator('.langs a[hreflang="ru"]')
    expect(russian).to_contain_text("немає цією мовою")
    russian.click()
    expect(story).to_have_url(f"{portal}/ru/")


def test_the_language_menu_works_by_keyboard(story: Page) -> None:
    story.locator(".langs summary").focus()
    story.keyboard.press("Enter")
    expect(story.locator(".langs ul")).to_be_visible()
    story.keyboard.press("Tab")
    assert story.evaluate("document.activeElement.hreflang") == "vi"
    story.keyboard.press("Escape")
    expect(story.locator(".langs ul")).to_be_hidden()
    assert story.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_tab_stop_leads_past_the_masthead(story: Page) -> None:
    story.keyboard.press("Tab")
    assert story.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_the_article_shows_where_it_is_from_and_who_took_its_photos(story: Page) -> None:
    expect(story.locator(".byline")).to_contain_text("Báo Chính Phủ")
    expect(story.locator(".src a")).to_have_text("baochinhphu.vn")
    assert story.locator("figure cite").count() == 3
    expect(story.locator("figure.hero .drawn")).to_have_text("Малюнок замість фото")
    expect(story.locator(".box")).to_contain_text("перекладено машиною")


def test_the_link_to_be_shared_can_be_copied(chromium: Browser, portal: str) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{portal}/en/{ONE_STORY}/")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("[data-share-status]")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"https://portal.example/en/{ONE_STORY}/"
    context.close()


def test_without_scripts_all_text_is_there_and_no_button_that_does_nothing(chromium: Browser, portal: str) -> None:
    with_scripts, without = chromium.new_context(), chromium.new_context(java_script_enabled=False)
    texts = []
    for context in (with_scripts, without):
        page = context.new_page()
        page.goto(f"{portal}/en/{ONE_STORY}/")
        texts.append(page.locator("main").inner_text())
        if context is without:
            assert page.locator("button:visible").count() == 0
    assert texts[0].replace("Print", "").replace("Copy link", "").split() == texts[1].split()
    with_scripts.close()
    without.close()


def test_lists_lead_to_articles_and_back(chromium: Browser, portal: str) -> None:
    page = chromium.new_page()
    page.goto(f"{portal}/ru/political-system/")
    page.locator("main .card a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.locator(".crumbs a").last.click()
    expect(page).to_have_url(f"{portal}/ru/political-system/")
    page.close()
