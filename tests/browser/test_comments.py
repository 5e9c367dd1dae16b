"""Readers' comments with a real Isso on loopback: from the form to the page that is read without scripts."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import _Quiet, served
from tests.browser.demo_pages import quick_and_long
from tests.browser.test_accessibility import violations_by_day_and_night, violations_in_forced_colours
from tests.builders import built, config, portal, text_of
from toasoan.cli import run
from toasoan.demo.demo_texts import LANGUAGES as ALL_LANGUAGES
from toasoan.demo.demo_texts import demo_texts
from toasoan.preview.comments_server import CommentsServer, address_at, comments_server, free_port
from toasoan.response_headers import security_headers
from toasoan.settings import CommentsSettings

SETTINGS = """title = "Tin thử"
base_url = "https://portal.example"
{languages}
[sections.local]
{names}
[comments]
server = "{server}"
"""
LANGUAGES = ("vi", "en", "ar", "ja")
HEAVIEST_SCRIPT = 2_500
TARGET = 44
SENT = "Thank you. Your comment will appear once it has been approved."
FAILED = "Sending failed. Your text is kept: please try again later."
BODY = "\n\n".join(f"Paragraph {number} of a long article about kilns and jars." * 6 for number in range(20))


def body_in(language: str) -> str:
    """A long text in the letters of a language."""
    return "\n\n".join([f"{demo_texts(language).description} " * 6] * 20)


HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(2)> </script><script>alert(3)</script>
[click](javascript:alert(4)) javascript:alert(5) https://x.example/"onmouseover="alert(6)
<a href="javascript:alert(7)">a</a> <svg onload=alert(8)> ]]> --> <!-- &lt;script&gt; {{ 7 * 7 }}

\u202ereversed for ever and ever \u2066 https://bank.example@evil.example/ <style>*{display:none}</style>
![](http://tracker.example/pixel.png) <iframe src="http://tracker.example/"></iframe> \\u003cscript"""
HOSTILE_NAME = '\u202e</bdi></script><img src=x onerror=alert(9)>"'


@dataclass(frozen=True, slots=True)
class Commented:
    """A portal with comments, built and served, and its Isso."""

    root: Path
    address: str
    isso: CommentsServer

    def rebuild(self) -> None:
        """Fetch what was approved, and build."""
        assert run(["comments", "--root", str(self.root)]) == 0
        built(self.root)

    def post(self, slug: str, text: str, author: str = "Lan", language: str = "en") -> None:
        """Send a comment as any program can."""
        data = json.dumps({"text": text, "author": author, "title": "T", "parent": None}).encode()
        query = urllib.parse.urlencode({"uri": f"/{language}/{slug}/"})
        headers = {"Content-Type": "application/json", "Origin": self.address}
        request = urllib.request.Request(f"{self.isso.address}/new?{query}", data, headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 202

    def approve_all(self) -> None:
        """As an editor does, on the page of Isso."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        form = urllib.parse.urlencode({"password": self.isso.password}).encode()
        page = opener.open(f"{self.isso.address}/login/", form, timeout=10).read().decode()
        for number, key in re.findall(r"validate_com\((\d+), '([^']+)'", page):
            opener.open(f"{self.isso.address}/id/{number}/activate/{key}", b"", timeout=10)

    def waiting(self) -> int:
        """How many comments nobody has looked at."""
        with closing(sqlite3.connect(self.isso.database)) as database:
            return int(database.execute("SELECT count(*) FROM comments WHERE mode = 2").fetchone()[0])


class _WithPolicy(_Quiet):
    """For those who ask for "localhost" it keeps to the policy that a build asks servers to send."""

    policy = ""

    def end_headers(self) -> None:
        if self.headers["Host"].startswith("localhost"):
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@pytest.fixture(scope="module")
def commented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commented]:
    root = tmp_path_factory.mktemp("commented")
    output = root / "public"
    output.mkdir()
    with served(output, _WithPolicy) as address:
        portal_port = int(address.rpartition(":")[2])
        port = free_port(portal_port + 1)
        with_comments = config(comments=CommentsSettings(address_at(port)))
        _WithPolicy.policy = security_headers("en/way/index.html", with_comments.settings)["Content-Security-Policy"]
        settings = SETTINGS.format(
            server=address_at(port),
            languages="\n".join(f"[languages.{tag}]" for tag in LANGUAGES),
            names="\n".join(f'{tag} = "Local"' for tag in LANGUAGES),
        )
        slugs = ("way", "hostile", "offline", "keys", "more")
        files = {f"en/{slug}.md": text_of(slug.title(), BODY) for slug in slugs}
        files |= {f"{tag}/look.md": text_of("Look", body_in(tag)) for tag in LANGUAGES}
        files["en/closed.md"] = text_of("Closed", BODY, comments=False)
        portal(root, dict(files), settings)
        built(root)
        with comments_server(root, portal_port, port) as isso:
            yield Commented(root, address, isso)


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def form_of(page: Page) -> None:
    """Go where the form is, and wait for it."""
    page.locator("#all_comments").scroll_into_view_if_needed()
    expect(page.locator(".comment-form")).to_be_visible()


def fill_in(page: Page, name: str, text: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Comment", exact=True).fill(text)


def status(page: Page) -> Any:
    return page.locator(".comment-form [role=status]")


def test_a_comment_goes_its_whole_way(chromium: Browser, commented: Commented) -> None:
    """Written, held back, approved by an editor with a mouse, fetched, built, and read without scripts."""
    address = f"{commented.address}/en/way/"
    with opened(chromium, address) as page:
        form_of(page)
        fill_in(page, "Lê Lan & Söhne", "Good to know.\n\nMore at https://kilns.example/jars.")
        page.get_by_role("button", name="Send").click()
        expect(status(page)).to_have_text(SENT)
        assert page.get_by_label("Comment", exact=True).input_value() == ""
        assert page.context.cookies() == []
    commented.rebuild()
    with opened(chromium, address, java_script_enabled=False) as page:
        assert page.get_by_text("Good to know.").count() == 0
        expect(page.get_by_text("To write a comment, switch on JavaScript.")).to_be_visible()

    with opened(chromium, commented.isso.admin) as page:
        page.locator("input[type=password]").fill(commented.isso.password)
        page.keyboard.press("Enter")
        with page.expect_response(re.compile("/activate/")):
            page.get_by_text("Validate").click()
    commented.rebuild()
    with opened(chromium, address, java_script_enabled=False) as page:
        expect(page.get_by_role("heading", name="1 comment")).to_be_visible()
        expect(page.locator(".byline a[href='#all_comments']")).to_have_text("1 comment")
        expect(page.locator(".comments bdi")).to_have_text("Lê Lan & Söhne")
        link = page.locator(".said a")
        expect(link).to_have_attribute("href", "https://kilns.example/jars")
        expect(link).to_have_attribute("rel", "nofollow ugc noopener")
        data = json.loads(page.locator("script[type='application/ld+json']").inner_text())["@graph"][0]
        assert data["commentCount"] == 1
        assert data["comment"][0]["author"] == {"@type": "Person", "name": "Lê Lan & Söhne"}


def test_a_hostile_comment_does_nothing(chromium: Browser, commented: Commented) -> None:
    commented.post("hostile", HOSTILE, HOSTILE_NAME)
    commented.approve_all()
    commented.rebuild()
    context = chromium.new_context()
    page = context.new_page()
    happened = watched(context, page, commented)
    page.goto(f"{commented.address}/en/hostile/")
    form_of(page)
    page.locator(".said").hover()
    page.get_by_role("button", name="Reply").click()
    page.wait_for_timeout(300)

    assert happened == []
    shown = page.locator(".said").inner_text()
    assert "<script>alert(1)</script>" in shown
    assert "<iframe" in shown
    assert page.locator("article[data-comment] :is(script, img, svg, iframe, style)").count() == 0
    links = page.locator(".said a").evaluate_all("all => all.map(it => it.getAttribute('href'))")
    assert links == ["https://x.example/", "http://tracker.example/pixel.png", "http://tracker.example/"]
    names = page.locator(".comments *").evaluate_all("all => all.flatMap(it => it.getAttributeNames())")
    assert [it for it in names if it.startswith("on") or it == "style"] == []
    # What turns letters around ends with the comment: the date beside the name stands as always.
    assert page.locator(".by").evaluate("it => getComputedStyle(it.querySelector('bdi')).unicodeBidi") == "isolate"
    clipped = "all => all.map(it => getComputedStyle(it).overflow)"
    assert page.locator(".comments :is(.by, .said)").evaluate_all(clipped) == ["clip", "clip"]
    assert page.locator("script[type='application/ld+json']").count() == 1
    graph = json.loads(page.locator("script[type='application/ld+json']").inner_text())["@graph"]
    assert graph[0]["comment"][0]["text"] == HOSTILE
    context.close()


def watched(context: BrowserContext, page: Page, commented: Commented) -> list[str]:
    """What a page should not do: dialogs, mistakes, requests to anybody else."""
    happened: list[str] = []

    def dialog(it: Any) -> None:
        happened.append(f"dialog {it.message}")
        it.dismiss()

    page.on("dialog", dialog)
    page.on("pageerror", lambda error: happened.append(f"mistake {error}"))
    context.on(
        "request",
        lambda it: None if it.url.startswith(commented.address) else happened.append(f"request {it.url}"),
    )
    return happened


def test_what_was_typed_survives_a_line_that_drops(chromium: Browser, commented: Commented) -> None:
    with opened(chromium, f"{commented.address}/en/offline/") as page:
        form_of(page)
        page.context.set_offline(True)
        fill_in(page, "An", "Typed on a train.")
        page.get_by_role("button", name="Send").click()
        expect(status(page)).to_have_text(FAILED)
        expect(page.get_by_label("Comment", exact=True)).to_have_value("Typed on a train.")
        page.context.set_offline(False)
        page.reload()
        form_of(page)
        expect(page.get_by_label("Name", exact=True)).to_have_value("An")
        expect(page.get_by_label("Comment", exact=True)).to_have_value("Typed on a train.")
        page.get_by_role("button", name="Send").click()
        expect(status(page)).to_have_text(SENT)
        page.reload()
        form_of(page)
        expect(page.get_by_label("Comment", exact=True)).to_have_value("")


def test_a_refusal_of_the_server_keeps_the_text(chromium: Browser, commented: Commented) -> None:
    with opened(chromium, f"{commented.address}/en/offline/") as page:
        page.route("**/new?**", lambda route: route.fulfill(status=403, body="no"))
        form_of(page)
        fill_in(page, "An", "Refused for now.")
        page.get_by_role("button", name="Send").click()
        expect(status(page)).to_have_text(FAILED)
        expect(page.get_by_label("Comment", exact=True)).to_have_value("Refused for now.")


def test_all_works_by_keyboard_and_mistakes_are_told_where_they_are(chromium: Browser, commented: Commented) -> None:
    commented.post("keys", "The first one.", "Vân")
    commented.approve_all()
    commented.rebuild()
    before = commented.waiting()
    with opened(chromium, f"{commented.address}/en/keys/") as page:
        page.locator(".byline a[href='#all_comments']").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".comment-form")).to_be_visible()
        for _ in range(2):  # the date, the reply
            page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Reply: Vân")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Name", exact=True)).to_be_focused()
        expect(page.locator(".comment-form h3")).to_have_text("Reply: Vân")
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # cancel
        expect(page.get_by_role("button", name="Reply: Vân")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")  # sends the empty form from its first field
        name = page.get_by_label("Name", exact=True)
        expect(name).to_be_focused()
        expect(name).to_have_attribute("aria-invalid", "true")
        expect(name).to_have_accessible_description(re.compile(r"^Please fill in this field\."))
        page.keyboard.type("An")
        expect(name).not_to_have_attribute("aria-invalid", "true")
        page.keyboard.press("Tab")
        page.keyboard.type("ab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        text = page.get_by_label("Comment", exact=True)
        expect(text).to_be_focused()
        expect(text).to_have_accessible_description(re.compile(r"^The comment is too short\."))
        page.keyboard.type("c, an answer.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(status(page)).to_have_text(SENT)
    assert commented.waiting() == before + 1
    commented.approve_all()
    commented.rebuild()
    with opened(chromium, f"{commented.address}/en/keys/", java_script_enabled=False) as page:
        expect(page.locator(".threads > li > .replies .said")).to_have_text("abc, an answer.")


@pytest.mark.parametrize("language", quick_and_long(["vi", "ar"], ["ja"]))
def test_axe_finds_nothing_with_the_form_open(chromium: Browser, commented: Commented, language: str) -> None:
    for width in (360, 1280):
        with opened(
            chromium, f"{commented.address}/{language}/look/", viewport={"width": width, "height": 800}
        ) as page:
            form_of(page)
            page.locator(".comment-form .btn").click()
            expect(page.locator("#comment_author_fault")).not_to_be_empty()
            assert violations_by_day_and_night(page) == []
            page.emulate_media(forced_colors="active")
            assert violations_in_forced_colours(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_pressed_is_large_enough_for_a_finger(chromium: Browser, commented: Commented) -> None:
    """In Arabic the words are the shortest."""
    commented.post("look", "Something to answer.", language="ar")
    commented.approve_all()
    commented.rebuild()
    with opened(chromium, f"{commented.address}/ar/look/", viewport={"width": 360, "height": 800}) as page:
        form_of(page)
        reply = page.locator("article > .chip")
        assert reply.evaluate("it => Math.min(it.offsetWidth, it.offsetHeight)") >= TARGET
        reply.click()
        sizes = page.locator(".comments :is(button, input, textarea)").evaluate_all(
            "all => all.filter(it => it.checkVisibility()).map(it => [it.offsetWidth, it.offsetHeight])"
        )
        assert len(sizes) == 4
        assert all(min(size) >= TARGET for size in sizes), sizes


def test_the_script_is_small_and_comes_only_to_those_who_come_near(chromium: Browser, commented: Commented) -> None:
    with opened(chromium, "about:blank", viewport={"width": 360, "height": 640}) as page:
        loaded: list[str] = []
        page.on("request", lambda it: loaded.append(it.url))
        page.goto(f"{commented.address}/en/way/", wait_until="networkidle")
        assert not [url for url in loaded if "/comments." in url]
        with page.expect_response(re.compile(r"/js/comments\.")) as answer:
            page.locator("#all_comments").scroll_into_view_if_needed()
        assert len(gzip.compress(answer.value.body(), 9)) <= HEAVIEST_SCRIPT


def test_a_closed_article_says_so_and_has_no_form(chromium: Browser, commented: Commented) -> None:
    with opened(chromium, f"{commented.address}/en/closed/") as page:
        page.locator("#all_comments").scroll_into_view_if_needed()
        expect(page.get_by_text("Comments are closed.")).to_be_visible()
        page.wait_for_timeout(200)
        assert page.locator("form, template").count() == 0


def test_the_policy_of_the_documentation_lets_the_form_work(chromium: Browser, commented: Commented) -> None:
    with opened(chromium, "about:blank") as page:
        said: list[str] = []
        page.on("console", lambda it: said.append(it.text))
        answer = page.goto(f"{commented.address.replace('127.0.0.1', 'localhost')}/en/more/")
        assert answer
        assert "connect-src 'self' http://127.0.0.1:" in answer.headers["content-security-policy"]
        form_of(page)
        fill_in(page, "An", "Within the rules.")
        page.get_by_role("button", name="Send").click()
        expect(status(page)).to_have_text(SENT)
        assert said == []


@pytest.mark.long
def test_the_form_is_whole_in_every_language_on_a_small_phone(chromium: Browser, tmp_path: Path) -> None:
    settings = SETTINGS.format(
        server="http://127.0.0.1:9",
        languages="\n".join(f"[languages.{tag}]" for tag in ALL_LANGUAGES),
        names="\n".join(f'{tag} = "Local"' for tag in ALL_LANGUAGES),
    )
    portal(tmp_path, {f"{tag}/look.md": text_of("Look", body_in(tag)) for tag in ALL_LANGUAGES}, settings)
    built(tmp_path)
    with served(tmp_path / "public") as address:
        for tag in ALL_LANGUAGES:
            with opened(chromium, f"{address}/{tag}/look/", viewport={"width": 320, "height": 700}) as page:
                form_of(page)
                page.locator(".comment-form .btn").click()
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, tag
                assert violations_by_day_and_night(page) == [], tag


def test_paper_has_the_comments_and_not_the_form(chromium: Browser, commented: Commented) -> None:
    with opened(chromium, f"{commented.address}/en/way/") as page:
        form_of(page)
        page.emulate_media(media="print")
        assert not page.locator(".comment-form").is_visible()
        assert page.locator("#comments_title").is_visible()


def test_the_preview_brings_its_own_server_and_takes_in_what_is_approved(chromium: Browser, tmp_path: Path) -> None:
    portal(tmp_path, {"en/look.md": text_of("Look", BODY)})
    command = [sys.executable, "-u", "-m", "toasoan", "serve", "--comments", "--root", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        try:
            said = ""
            while " with the password " not in said:
                line = server.stdout.readline()
                assert line, said
                said += line
            words = r"(http://\S+:\d+)/  .*at (http://\S+:\d+)/admin/ with the password (\S+)"
            found = re.search(words, said, re.DOTALL)
            assert found, said
            isso = CommentsServer(found[2], found[3], tmp_path / ".toasoan/comments/comments.db")
            with opened(chromium, f"{found[1]}/en/look/") as page:
                form_of(page)
                fill_in(page, "An", "Tried out at home.")
                page.get_by_role("button", name="Send").click()
                expect(status(page)).to_have_text(SENT)
                for line in server.stdout:
                    if line.startswith("comments that wait for approval: 1"):
                        break
                Commented(tmp_path, found[1], isso).approve_all()
                expect(page.locator(".said")).to_have_text("Tried out at home.", timeout=10_000)
        finally:
            server.terminate()
            server.wait(10)
    assert not (tmp_path / "site/comments").exists()
    assert_nobody_answers(isso.address)


def assert_nobody_answers(address: str) -> None:
    import time

    for _ in range(50):
        try:
            urllib.request.urlopen(f"{address}/config", timeout=1).close()
        except OSError:
            return
        time.sleep(0.1)
    raise AssertionError("Isso is still there")
