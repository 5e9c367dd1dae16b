"""The demo portal as the browser tests see it: one page of each kind, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from toasoan.demo.demo_texts import LANGUAGES

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
PHOTOGRAPHED = "bell-casters"
"""An article with a table of contents and two photographs."""

ORIGINAL = "vi"
"""The language of that article's original."""

DRAWN = "honey-ginger"
"""An article without a photograph, whose cover is drawn."""

PAGE_KINDS: Mapping[str, str] = {
    "home": "/{}/",
    "article": f"/{{}}/{PHOTOGRAPHED}/",
    "article without photo": f"/{{}}/{DRAWN}/",
    "article with video": "/{}/night-ferry/",
    "gallery": f"/{{}}/{PHOTOGRAPHED}/photos/",
    "list": "/{}/heritage/",
    "photos": "/{}/photos/",
    "agencies": "/{}/agency/",
    "month": "/{}/2026/01/",
    "long list": "/{}/archive/",
    "static page": "/{}/accessibility/",
    "not found": "/{}/404.html",
}
CHOOSER = "/"
"""The page where a language is chosen; it belongs to none."""


def pages_of(language: str) -> list[str]:
    """The paths of one page of each kind in a language."""
    beside_the_original = [] if language == ORIGINAL else [parallel_text(language)]
    return [*(path.format(language) for path in PAGE_KINDS.values()), *beside_the_original]


def parallel_text(language: str) -> str:
    """The path of a page that has a translation and its original."""
    return f"/{language}/{PHOTOGRAPHED}/{ORIGINAL}/"


ALL_PAGES = [CHOOSER, *(path for language in LANGUAGES for path in pages_of(language))]


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo portal, built."""

    folder: Path
    address: str
    """Where it is served, without a slash at the end."""

    _open: dict[str, Page] = field(default_factory=dict)
    """A page for each set of options, kept because Chromium takes its time to open another."""

    @contextmanager
    def opened(self, browser: Browser, path: str = "/en/", width: int = 1280, **options: Any) -> Iterator[Page]:
        """A page of the portal at a width, with more options of Playwright's contexts."""
        page = self._open.get(repr(options))
        if page is None:
            page = self._open[repr(options)] = browser.new_context(**options).new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(self.address + path)
        yield page
        if options.get("java_script_enabled", True):
            usual: dict[str, Any] = {
                "color_scheme": "light",
                "forced_colors": "none",
                "reduced_motion": "no-preference",
            }
            page.emulate_media(media="screen", **(usual | {key: options[key] for key in usual if key in options}))

    @contextmanager
    def visited_first(self, browser: Browser, width: int = 1280) -> Iterator[Page]:
        """An empty page of a browser that has loaded nothing yet."""
        context = browser.new_context(viewport={"width": width, "height": 800})
        yield context.new_page()
        context.close()


def quick_and_long(quick: Iterable[str], others: Iterable[str]) -> list[object]:
    """Values of a parameter: some for each run of the tests, others for the slow sweeps alone."""
    return [*quick, *(pytest.param(other, marks=pytest.mark.long) for other in others)]
