"""A portal behind nginx with the headers that a build asks for: all of it works, and what was slipped in does not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Route, expect

from tests.browser.conftest import served
from tests.browser.demo_pages import PHOTOGRAPHED, pages_of
from tests.builders import text_of, write
from tests.servers import Server, free_port, nginx, running
from toasoan.build import build
from toasoan.content.front_matter import VideoFields
from toasoan.content.video_hosts import hosted_video
from toasoan.demo.demo_portal import lay_out_demo
from toasoan.preview.comments_server import address_at, comments_server

LONG_TEXT = "\n\n".join(["A paragraph about kilns and jars. " * 20] * 12)
VIDEOS = {
    "youtube": "https://youtu.be/dQw4w9WgXcQ",
    "vimeo": "https://vimeo.com/76979871",
    "dailymotion": "https://www.dailymotion.com/video/x8abcde",
    "tiktok": "https://www.tiktok.com/@news/video/7123456789012345678",
}


@dataclass
class Watched:
    """A browser that notes what it refused."""

    context: BrowserContext
    refused: list[str] = field(default_factory=list)
    """Each violation of a policy, and each mistake told on the console."""

    def told(self, message: ConsoleMessage) -> None:
        """Files that are no pages name no icon, so browsers ask for one where it has always been."""
        if message.type in ("error", "warning") and not message.location["url"].endswith("/favicon.ico"):
            self.refused.append(message.text)

    def opened(self, address: str) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        return page


@contextmanager
def watched(browser: Browser, **options: Any) -> Iterator[Watched]:
    with browser.new_context(viewport={"width": 1280, "height": 800}, **options) as context:
        found = Watched(context)
        context.expose_function("toldOfViolation", lambda it: found.refused.append(it))
        context.add_init_script(
            "addEventListener('securitypolicyviolation',"
            " it => toldOfViolation(`${it.effectiveDirective} ${it.blockedURI} on ${it.documentURI}`))"
        )
        context.on("console", found.told)
        context.on("weberror", lambda it: found.refused.append(str(it.error)))
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo portal with comments and videos of all sites, behind nginx."""
    root = tmp_path_factory.mktemp("behind-nginx")
    small = io.BytesIO()
    Image.new("RGB", (320, 180), "#4a6b5d").save(small, "JPEG")
    lay_out_demo(root, draw=lambda *_: small.getvalue())
    port, of_comments = free_port(), free_port()
    settings = root / "site/site.toml"
    text = settings.read_text("utf-8").replace("share_images = true", "share_images = false")
    assert 'formats = ["html"]' in text
    text = text.replace('formats = ["html"]', 'formats = ["nginx"]')
    settings.write_text(f'{text}\n[comments]\nserver = "{address_at(of_comments)}"\n', "utf-8")
    write(root, "site/media/poster.jpg", small.getvalue())
    videos = [VideoFields(src, "poster.jpg", alt=name) for name, src in VIDEOS.items()]
    placed = "\n\n".join(f"![](video:{number})" for number, _ in enumerate(videos, start=1))
    write(root, "site/content/en/players.md", text_of("Players", f"{placed}\n\n{LONG_TEXT}", videos=tuple(videos)))
    write(root, "site/media/alarm.svg", ALARM)
    write(root, "site/content/en/linking.md", text_of("Linking", "[Drawing](/media/alarm.svg)"))
    result = build(root, root / "public")
    assert not result.report.has_errors, "\n".join(map(str, result.report))
    with (
        comments_server(root, port, of_comments),
        running(nginx, root / "public", "", tmp_path_factory.mktemp("nginx"), port) as found,
    ):
        yield found


ALARM = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>rect { fill: rgb(1, 2, 3) }</style>'
    '<rect width="9" height="9"/><script>document.documentElement.id = "ran"</script></svg>'
)


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("vi", "dark"), ("ar", "light")])
def test_no_page_asks_for_what_its_policy_refuses(
    chromium: Browser, server: Server, language: str, scheme: str
) -> None:
    with watched(chromium, color_scheme=scheme) as browser:
        for path in (*pages_of(language), f"/{language}/search/?q=a", "/"):
            page = browser.opened(server.address + path)
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.wait_for_load_state("networkidle")
            broken = "all => all.filter(it => it.complete && !it.naturalWidth).map(it => it.src)"
            assert page.locator("img").evaluate_all(broken) == []
            assert page.evaluate("document.documentElement.classList.contains('js')")
            page.close()

        assert browser.refused == []


def test_menus_search_and_copying_work(chromium: Browser, server: Server) -> None:
    with watched(chromium, permissions=["clipboard-read", "clipboard-write"]) as browser:
        page = browser.opened(f"{server.address}/en/{PHOTOGRAPHED}/")
        page.locator(".langs summary").first.click()
        expect(page.locator(".langs[open]")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator(".langs[open]")).to_have_count(0)

        button = page.locator("[data-copy]").first
        button.click()
        expect(page.locator("[data-share-status]").first).to_have_text(button.get_attribute("data-copied") or "?")
        assert page.evaluate("navigator.clipboard.readText()").endswith(f"/en/{PHOTOGRAPHED}/")

        page.keyboard.press("/")
        page.locator("dialog input[name=q]").fill("turtle")
        expect(page.locator("dialog [data-search-results] a")).to_have_attribute("href", "/en/turtle-beach/")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/search/?q=turtle*")
        expect(page.locator("[data-search-results] a")).to_have_attribute("href", "/en/turtle-beach/")
        page.goto(f"{server.address}/en/search/?q=Đào Minh Khôi")
        expect(page.locator("[data-search-results] a").first).to_be_visible()
        page.locator("[data-search-elsewhere]").click()
        expect(page.locator("[data-search-languages] a").first).to_be_visible()

        assert browser.refused == []


def test_each_player_comes_when_it_is_asked_for_and_may_fill_the_screen(chromium: Browser, server: Server) -> None:
    def player(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<!doctype html><title>Player</title><p>It plays</p>")

    with watched(chromium) as browser:
        browser.context.route(re.compile("^https:"), player)
        page = browser.opened(f"{server.address}/en/players/")
        assert not page.evaluate("document.featurePolicy.allowsFeature('camera')")
        for name, src in VIDEOS.items():
            page.get_by_role("link", name=name).click()
            video = hosted_video(src)
            assert video
            frame = page.frame_locator(f"iframe[src='{video.player}']")
            expect(frame.get_by_text("It plays")).to_be_visible()
            its = next(it for it in page.frames if it.url == video.player)
            assert its.evaluate("document.fullscreenEnabled && document.featurePolicy.allowsFeature('autoplay')")

        assert browser.refused == []


def test_a_video_of_our_own_is_loaded(chromium: Browser, server: Server) -> None:
    with watched(chromium) as browser:
        page = browser.opened(f"{server.address}/en/night-ferry/")
        video = page.locator("video").first
        video.evaluate("it => { it.preload = 'auto'; it.load() }")
        for _ in range(300):  # the policy lets nobody wait with a script of his own
            if video.evaluate("it => it.readyState") > 0:
                break
            page.wait_for_timeout(100)

        assert video.evaluate("it => it.readyState") > 0
        assert "/media/" in video.evaluate("it => it.currentSrc")
        assert browser.refused == []


def test_a_comment_is_sent(chromium: Browser, server: Server) -> None:
    with watched(chromium) as browser:
        page = browser.opened(f"{server.address}/en/players/")
        page.locator("#all_comments").scroll_into_view_if_needed()
        page.get_by_label("Name", exact=True).fill("An")
        page.get_by_label("Comment", exact=True).fill("Good to know.")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".comment-form [role=status]")).to_contain_text("Thank you.")

        assert browser.refused == []


def test_a_feed_is_shown_with_its_style(chromium: Browser, server: Server) -> None:
    with watched(chromium) as browser:
        for pattern in ("en/feed.xml", "en/agency/*/atom.xml"):
            file = next(server.portal.glob(pattern)).relative_to(server.portal)
            page = browser.opened(f"{server.address}/{file}")
            assert page.evaluate("document.styleSheets.length") == 1
            assert page.evaluate("getComputedStyle(document.documentElement).display") == "block"

        assert browser.refused == []


# ---- what does not belong there


@pytest.mark.parametrize(
    ("injected", "refused"),
    [
        ("<script>document.documentElement.id = 'ran'</script>", "script-src-elem inline"),
        ("<img src=/none.png onerror=\"document.documentElement.id = 'ran'\">", "script-src-attr inline"),
        ("<script src='https://evil.example/x.js'></script>", "script-src-elem https://evil.example/x.js"),
        ("<style>html { display: none }</style>", "style-src-elem inline"),
        ("<img src='https://evil.example/seen.png'>", "img-src https://evil.example/seen.png"),
        ("<iframe src='https://evil.example/'></iframe>", "frame-src https://evil.example"),
        ("<base href='https://evil.example/'>", "base-uri https://evil.example"),
        ("<object data='/media/poster.jpg'></object>", "object-src"),
    ],
)
def test_what_somebody_slipped_into_a_page_does_nothing(
    chromium: Browser, server: Server, injected: str, refused: str
) -> None:
    sound = (server.portal / "en/players/index.html").read_text("utf-8")
    write(server.portal, "en/slipped/index.html", sound.replace("</body>", f"{injected}</body>"))
    with watched(chromium) as browser:
        asked: list[str] = []
        browser.context.on("response", lambda it: asked.append(it.url) if "evil" in it.url else None)
        browser.context.route(
            re.compile("^https:"), lambda route: route.fulfill(body="document.documentElement.id = 'ran'")
        )
        page = browser.opened(f"{server.address}/en/slipped/")
        page.wait_for_load_state("networkidle")

        assert page.evaluate("document.documentElement.id") == ""
        assert page.evaluate("getComputedStyle(document.documentElement).display") == "block"
        assert asked == []
        assert any(it.startswith(refused) for it in browser.refused), browser.refused


def test_no_script_can_make_markup_of_text(chromium: Browser, server: Server) -> None:
    with watched(chromium) as browser:
        page = browser.opened(f"{server.address}/en/players/")
        with pytest.raises(Error, match="TrustedHTML"):
            page.evaluate("document.body.innerHTML = '<b>x</b>'")
        with pytest.raises(Error, match="disallowed"):
            page.evaluate("trustedTypes.createPolicy('own', { createHTML: it => it })")


def test_a_drawing_with_a_script_is_shown_and_runs_nothing(chromium: Browser, server: Server) -> None:
    with watched(chromium) as browser:
        page = browser.opened(f"{server.address}/media/alarm.svg")

        assert page.evaluate("document.documentElement.id") == ""
        assert page.evaluate("getComputedStyle(document.querySelector('rect')).fill") == "rgb(1, 2, 3)"
        assert page.evaluate("origin") == "null"
        assert browser.refused


def test_another_site_can_not_show_a_page_in_a_frame(chromium: Browser, server: Server, tmp_path: Path) -> None:
    write(tmp_path, "index.html", f"<!doctype html><iframe src='{server.address}/en/'></iframe>")
    with served(tmp_path) as other, watched(chromium) as browser:
        page = browser.opened(other)
        page.wait_for_load_state("networkidle")

        assert page.frames[1].url == "chrome-error://chromewebdata/"
