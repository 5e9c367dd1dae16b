"""Searching as readers do: typing into the page and into the box, in every language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import served
from tests.browser.demo_pages import Demo
from tests.builders import built, portal, text_of
from toasoan.demo.demo_texts import LANGUAGES

NONE = "-"


def queries() -> dict[str, list[tuple[str, str]]]:
    """What is typed in each language, and the slug of what should be found."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    language = ""
    for line in (Path(__file__).parent / "search_queries.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            typed, _, slug = line.rpartition(" = ")
            found[language].append((typed, slug))
    return found


QUERIES = queries()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(10_000)
    yield page
    page.close()
    assert faults == []


def search(page: Page, typed: str) -> list[str]:
    """Type it, and give the slugs of what is found, in order."""
    page.evaluate("document.querySelector('[data-search-results]').removeAttribute('aria-busy')")
    page.fill("[data-search] input[name=q]", typed)
    page.wait_for_selector("[data-search-results][aria-busy=false]", state="attached")
    links = page.locator("[data-search-results] a").evaluate_all("all => all.map(it => it.getAttribute('href'))")
    return [link.split("/")[-2] for link in links]


def begin(page: Page, demo: Demo, language: str, query: str = "") -> None:
    page.goto(f"{demo.address}/{language}/search/{query}")
    expect(page.locator("[data-search] form")).to_be_visible()


def test_there_are_queries_in_all_languages() -> None:
    assert set(QUERIES) == set(LANGUAGES)
    assert sum(map(len, QUERIES.values())) >= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_find_what_they_look_for_among_the_first_three(page: Page, demo: Demo, language: str) -> None:
    begin(page, demo, language)
    missed = []
    for typed, slug in QUERIES[language]:
        found = search(page, typed)
        if found if slug == NONE else slug not in found[:3]:
            missed.append((typed, slug, found[:5]))
    assert missed == []


def test_words_with_tones_come_before_words_without(page: Page, demo: Demo) -> None:
    begin(page, demo, "vi")
    assert "salt-flower" in search(page, "phá")[:3]
    assert page.locator("[data-search-results] mark").first.inner_text().lower() in ("phá", "phà")


def test_the_address_can_be_shared_and_back_leads_to_the_same_results(page: Page, demo: Demo) -> None:
    begin(page, demo, "en", "?q=turtles")
    expect(page.locator("[data-search-results] a")).to_have_count(1)
    search(page, "lagoon salt")
    page.wait_for_url("**/en/search/?q=lagoon+salt")
    page.locator("[data-search-results] a").first.click()
    page.wait_for_url("**/en/salt-flower/")
    page.go_back()
    expect(page.locator("input[name=q]")).to_have_value("lagoon salt")
    expect(page.locator("[data-search-results] a")).to_have_count(1)


def test_a_screen_reader_is_told_how_many_there_are(page: Page, demo: Demo) -> None:
    begin(page, demo, "en")
    found = search(page, "lagoon")
    status = page.locator("[data-search] [role=status]")
    assert status.inner_text() == f"Results: {len(found)}"
    search(page, "xqzvw")
    assert status.inner_text() == "Nothing was found."


def test_filters_leave_what_fits(page: Page, demo: Demo) -> None:
    begin(page, demo, "en")
    everything = search(page, "lagoon")
    page.select_option("select[name=section]", "product")
    page.wait_for_url("**section=product*")
    expect(page.locator("[data-search-results] .kick").first).to_have_text("Products")
    fitting = page.locator("[data-search-results] a").count()
    assert 0 < fitting < len(everything)
    page.select_option("select[name=section]", "")
    page.fill("input[name=to]", "2000-01-01")
    expect(page.locator("[data-search] [role=status]")).to_have_text("Nothing was found.")


def test_the_match_is_marked_in_a_part_of_the_text_where_title_and_summary_lack_it(page: Page, demo: Demo) -> None:
    begin(page, demo, "en")
    assert "tree-count" in search(page, "neighbour waters")
    item = page.locator("[data-search-results] li").first
    expect(item.locator("p mark").first).to_have_text(re.compile("neighbour|waters"))


def test_other_languages_are_searched_on_demand(page: Page, demo: Demo) -> None:
    begin(page, demo, "en")
    search(page, "Đào Minh Khôi")
    page.click("[data-search-elsewhere]")
    section = page.locator("[data-search-languages] section[lang=uk]")
    expect(section.locator("a").first).to_have_attribute("href", re.compile("^/uk/"))
    assert section.locator("h2").inner_text() == "Українська"


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_the_box_opens_by_keyboard_and_closes_again(page: Page, demo: Demo, key: str) -> None:
    page.goto(f"{demo.address}/en/")
    page.wait_for_function("document.documentElement.classList.contains('js')")
    page.keyboard.press(key)
    field = page.locator("dialog input[name=q]")
    expect(field).to_be_focused()
    page.keyboard.type("turtle")
    expect(page.locator("dialog [data-search-results] a")).to_have_attribute("href", "/en/turtle-beach/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).not_to_be_visible()


def test_enter_in_the_box_leads_to_the_page(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/en/")
    page.locator("[data-search-link]").click()
    page.locator("dialog input[name=q]").fill("turtle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=turtle*")
    expect(page.locator("[data-search-results] a")).to_have_attribute("href", "/en/turtle-beach/")


def test_nothing_moves_when_a_part_of_the_text_comes_later(page: Page, demo: Demo) -> None:
    page.set_viewport_size({"width": 620, "height": 800})  # wider ones have pictures higher than the text beside them
    begin(page, demo, "en")
    waiting: list[Route] = []
    page.route("**/en/tree-count/", lambda route: waiting.append(route))
    search(page, "neighbour waters")
    item = page.locator("[data-search-results] li")
    item.locator("p:not(.kick, .meta)").evaluate("it => { it.textContent = 'Short.'; }")
    before = item.bounding_box()
    expect(item.locator("p mark")).to_have_count(0)
    for _ in range(50):
        page.wait_for_timeout(20)
        if waiting:
            break
    waiting[0].continue_()
    expect(item.locator("p mark").first).to_be_visible()
    assert item.bounding_box() == before


def test_without_scripts_the_page_leads_to_archives_and_tags(chromium: Browser, demo: Demo) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo.address}/en/search/")
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("[data-without-script]")).to_be_visible()
    links = page.locator(".ways a").evaluate_all("all => all.map(it => it.getAttribute('href'))")
    assert "/en/archive/" in links
    assert any(link.startswith("/en/tag/") for link in links)
    page.locator("[data-search-link]").click()
    page.wait_for_url("**/en/search/")
    context.close()


def test_the_box_has_room_for_what_is_typed_on_a_phone(page: Page, demo: Demo) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{demo.address}/vi/")
    page.locator("[data-search-link]").click()
    box = page.locator("dialog input[name=q]").bounding_box()
    assert box is not None
    assert box["width"] > 200


def test_a_portal_that_was_published_anew_meanwhile_is_still_searched(page: Page, demo: Demo) -> None:
    begin(page, demo, "en")
    stale: list[Route] = []

    def gone(route: Route) -> None:
        stale.append(route)
        if len(stale) == 1:
            route.fulfill(status=404)
        else:
            route.continue_()

    page.route(re.compile(r"/en/search/[a-z0-9]+\.txt"), gone)
    assert search(page, "turtle") == ["turtle-beach"]
    assert len(stale) > 1


def test_a_portal_without_agencies_and_articles_in_sections_is_searched(page: Page, tmp_path: Path) -> None:
    built(portal(tmp_path, {"en/a.md": text_of("Bamboo bridges")}))
    with served(tmp_path / "public") as address:
        page.goto(f"{address}/en/search/?q=bamboo+bridge")
        expect(page.locator("[data-search-results] a")).to_have_attribute("href", "/en/a/")


def test_the_script_is_small_and_comes_on_use() -> None:
    import gzip

    script = Path(__file__).resolve().parents[2] / "static/js/search.js"
    assert len(gzip.compress(script.read_bytes(), 9)) <= 8 * 1024
