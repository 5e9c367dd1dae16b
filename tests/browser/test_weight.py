"""What a page costs a reader who pays by the megabyte."""

from __future__ import annotations

import gzip
from collections import defaultdict

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.demo_pages import ALL_PAGES, CHOOSER, PAGE_KINDS, Demo, quick_and_long

KILOBYTE = 1000
PAGE_AND_STYLE = 22 * KILOBYTE
SCRIPT = 4 * KILOBYTE
ONE_FONT = 24 * KILOBYTE
TWO_FONTS = 34 * KILOBYTE

ONE_SCRIPT = ["vi", "en", "pl"]
NO_FONT = ["ar", "ja", "km", "el"]
TWO_SCRIPTS = ["ru", "uk"]
"""Pages in Cyrillic letters, where the agencies' names are in Latin ones with Vietnamese marks."""


def loaded(chromium: Browser, demo: Demo, path: str) -> dict[str, int]:
    """The bytes of each kind of file that a first visit to a page loads; texts compressed as a host sends them."""
    answers: list[Response] = []
    with demo.visited_first(chromium) as page:
        page.on("response", lambda answer: answers.append(answer))
        page.goto(demo.address + path)
        page.evaluate("document.fonts.ready")
        weights: dict[str, int] = defaultdict(int)
        for answer in answers:
            body, kind = answer.body(), answer.request.resource_type
            weights[kind] += len(body) if kind in ("font", "image") else len(gzip.compress(body, 9))
    return weights


@pytest.mark.parametrize("kind", PAGE_KINDS)
@pytest.mark.parametrize("language", ["vi"])
def test_a_page_with_its_style_sheet_is_light(chromium: Browser, demo: Demo, language: str, kind: str) -> None:
    weights = loaded(chromium, demo, PAGE_KINDS[kind].format(language))

    assert weights["stylesheet"] > 0
    assert weights["document"] + weights["stylesheet"] <= PAGE_AND_STYLE
    assert 0 < weights["script"] <= SCRIPT


def test_no_page_of_the_portal_is_heavy(demo: Demo) -> None:
    """Looks at the files themselves, so that it can look at all of them."""
    (style,) = demo.folder.glob("assets/css/*.css")
    left = PAGE_AND_STYLE - len(gzip.compress(style.read_bytes(), 9))
    weights = {page: len(gzip.compress(page.read_bytes(), 9)) for page in demo.folder.rglob("*.html")}

    assert len(weights) > 3000
    assert {page.relative_to(demo.folder).as_posix(): it for page, it in weights.items() if it > left} == {}


@pytest.mark.parametrize("language", ONE_SCRIPT)
def test_a_page_in_latin_script_loads_one_font(chromium: Browser, demo: Demo, language: str) -> None:
    for path in (f"/{language}/", f"/{language}/bell-casters/"):
        assert 0 < loaded(chromium, demo, path)["font"] <= ONE_FONT, path


@pytest.mark.parametrize("language", TWO_SCRIPTS)
@pytest.mark.parametrize("kind", quick_and_long(["home", "agencies"], ["article", "list", "photos"]))
def test_a_page_with_names_in_a_second_script_loads_little_more(
    chromium: Browser, demo: Demo, language: str, kind: str
) -> None:
    assert 0 < loaded(chromium, demo, PAGE_KINDS[kind].format(language))["font"] <= TWO_FONTS


@pytest.mark.parametrize("language", quick_and_long(NO_FONT[:1], NO_FONT[1:]))
def test_a_page_in_a_script_that_the_system_draws_loads_little_or_no_font(
    chromium: Browser, demo: Demo, language: str
) -> None:
    for path in (f"/{language}/", f"/{language}/bell-casters/"):
        assert loaded(chromium, demo, path)["font"] <= ONE_FONT, path


def test_the_page_where_a_language_is_chosen_is_light(chromium: Browser, demo: Demo) -> None:
    weights = loaded(chromium, demo, CHOOSER)

    assert weights["document"] + weights["stylesheet"] <= PAGE_AND_STYLE
    assert weights["font"] <= TWO_FONTS


@pytest.mark.long
def test_no_page_of_any_language_loads_more_than_two_scripts_need(chromium: Browser, demo: Demo) -> None:
    heavy = {path: weight for path in ALL_PAGES if (weight := loaded(chromium, demo, path)["font"]) > TWO_FONTS}
    assert heavy == {}
