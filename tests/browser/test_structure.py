"""What a screen reader makes of a page: its landmarks, headings, pictures, and the languages of its parts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo_pages import (
    CHOOSER,
    DRAWN,
    PAGE_KINDS,
    PHOTOGRAPHED,
    RIGHT_TO_LEFT,
    Demo,
    pages_of,
    quick_and_long,
)
from toasoan.content.foreign import OTHER_SCRIPTS
from toasoan.demo.demo_portal import AGENCIES
from toasoan.demo.demo_texts import LANGUAGES, demo_texts

HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(it => Number(it.tagName[1]))"

TEXTS_WITH_THEIR_LANGUAGE = """
(() => {
  const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest('script')) continue;
    texts.push([node.data.trim(), node.parentElement.closest('[lang]').lang]);
  }
  return texts;
})()
"""


def headings(page: Page) -> list[int]:
    """The levels of a page's headings, in their order."""
    return list(page.evaluate(HEADINGS))


def texts_with_their_language(page: Page) -> list[tuple[str, str]]:
    """Every piece of text with the language that a screen reader will say it in."""
    return [(text, language) for text, language in page.evaluate(TEXTS_WITH_THEIR_LANGUAGE)]


@pytest.mark.parametrize("path", [CHOOSER, *pages_of("en")])
def test_a_page_has_one_main_part_and_headings_without_a_jump(chromium: Browser, demo: Demo, path: str) -> None:
    with demo.opened(chromium, path) as page:
        assert page.get_by_role("main").count() == 1
        levels = headings(page)
        assert levels.count(1) == 1
        assert [(above, below) for above, below in pairwise(levels) if below > above + 1] == []


@pytest.mark.parametrize("path", [CHOOSER, *pages_of("en")])
def test_landmarks_of_one_kind_have_names_of_their_own(chromium: Browser, demo: Demo, path: str) -> None:
    with demo.opened(chromium, path) as page:
        tree = page.locator("body").aria_snapshot()
        lines = [line.strip().removeprefix("- ").rstrip(":") for line in tree.split("\n")]
        for role in ("navigation", "complementary", "region"):
            named = [line for line in lines if line.split(" ")[0] == role]
            assert all('"' in line for line in named), named
            assert len(named) == len(set(named)), named
        for role in ("banner", "contentinfo"):
            assert lines.count(role) <= 1


@pytest.mark.parametrize("language", ["en", "ar", "ja"])
def test_photographs_of_an_article_say_what_they_show(chromium: Browser, demo: Demo, language: str) -> None:
    story = next(it for it in demo_texts(language).stories if it.key == PHOTOGRAPHED)
    with demo.opened(chromium, f"/{language}/{PHOTOGRAPHED}/") as page:
        shown = page.locator(".story figure img").evaluate_all("all => all.map(it => it.alt)")
    assert tuple(shown) == story.alts
    assert len(shown) == 2


def test_a_drawn_cover_says_nothing_but_that_it_is_drawn(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, f"/en/{DRAWN}/") as page:
        cover = page.locator("figure.hero img")
        assert cover.get_attribute("alt") == ""
        assert "/covers/" in (cover.get_attribute("src") or "")
        assert page.locator("figure.hero figcaption").inner_text().startswith("Drawing")
        assert page.locator("main").get_by_role("img").count() == 0


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_pictures_of_cards_are_silent_for_their_headline_speaks(chromium: Browser, demo: Demo, kind: str) -> None:
    with demo.opened(chromium, PAGE_KINDS[kind].format("en")) as page:
        assert page.locator("img:not([alt])").count() == 0
        assert set(page.locator(".card img").evaluate_all("all => all.map(it => it.alt)")) <= {""}


@pytest.mark.parametrize("kind", quick_and_long(["home", "article"], ["list", "agencies", "not found"]))
@pytest.mark.parametrize("language", quick_and_long(["ar", "uk"], ["ja", "fr"]))
def test_vietnamese_names_are_said_in_vietnamese(chromium: Browser, demo: Demo, language: str, kind: str) -> None:
    with demo.opened(chromium, PAGE_KINDS[kind].format(language)) as page:
        texts = texts_with_their_language(page)
    names = [*AGENCIES.values(), "Tòa soạn"]
    said = [(text, tag) for text, tag in texts if text in names]
    assert said
    assert {tag for _, tag in said} == {"vi"}


@pytest.mark.parametrize("language", quick_and_long(["ar", "ja"], ["uk", "km", "hi"]))
def test_no_foreign_letters_are_said_in_the_language_of_the_page(
    chromium: Browser, demo: Demo, language: str
) -> None:
    """Vietnamese letters prove it; names without such a letter may be anybody's."""
    assert language in OTHER_SCRIPTS
    for kind in PAGE_KINDS:
        with demo.opened(chromium, PAGE_KINDS[kind].format(language)) as page:
            wrong = [
                text
                for text, tag in texts_with_their_language(page)
                if tag != "vi" and set(text.casefold()) & set("ạảấầẩậắặẹẻếềểễệịọỏốồổộớờởợụủứừửựỳỵ")
            ]
        assert wrong == [], kind


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_name_of_a_language_is_in_that_language_and_direction(
    chromium: Browser, demo: Demo, language: str
) -> None:
    with demo.opened(chromium, f"/{language}/{PHOTOGRAPHED}/") as page:
        for place in (".langs li", ".trans li"):
            told = page.locator(f"{place} a:not(.both)").evaluate_all(
                "all => all.map(it => [it, it.querySelector('[lang]')])"
                ".map(([it, name]) => [it.hreflang, name.lang, name.dir])"
            )
            assert len(told) >= len(LANGUAGES) - 1
            for leads_to, tag, direction in told:
                assert leads_to == tag
                assert direction == ("rtl" if tag in RIGHT_TO_LEFT else "ltr")


def test_an_address_keeps_its_direction_on_a_page_from_right_to_left(chromium: Browser, demo: Demo) -> None:
    with demo.opened(chromium, f"/ar/{PHOTOGRAPHED}/") as page:
        assert page.locator(".src .host").get_attribute("dir") == "ltr"
        assert page.locator("figure cite bdi").count() == 2
