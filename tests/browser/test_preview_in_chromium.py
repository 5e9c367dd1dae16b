"""What editors see of the preview: they save, and the page in their browser follows."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from toasoan.scaffold import lay_out_portal

ARTICLE = "site/content/en/xin-chao.md"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A new portal with a preview server of its own, started and stopped here."""
    lay_out_portal(tmp_path)
    with served_preview(tmp_path) as address:
        yield tmp_path, address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


@contextmanager
def served_preview(root: Path, *options: str) -> Iterator[str]:
    """Address of a preview server that runs for a while."""
    command = [sys.executable, "-u", "-m", "toasoan", "serve", "--root", str(root), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        address = None
        for line in server.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+\S*", line):
                address = found[0].removesuffix("/")
                break
        assert address, "the server did not say where it is"
        try:
            yield address
        finally:
            server.terminate()
            server.communicate(timeout=20)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_saved_text_is_seen_without_reloading_by_hand(page: Page, preview: tuple[Path, str]) -> None:
    root, address = preview
    page.goto(f"{address}/en/xin-chao/")
    expect(page.locator("h1")).to_have_text("Hello!")
    change(root / ARTICLE, "Hello!", "Good morning!")
    expect(page.locator("h1")).to_have_text("Good morning!")


def test_the_place_where_one_was_reading_is_kept(page: Page, preview: tuple[Path, str]) -> None:
    root, address = preview
    page.set_viewport_size({"width": 360, "height": 400})
    page.goto(f"{address}/en/xin-chao/")
    page.evaluate("scrollTo(0, 300)")
    change(root / ARTICLE, "Hello!", "Good morning!")
    expect(page.locator("h1")).to_have_text("Good morning!")
    page.wait_for_function("scrollY === 300")


def test_a_style_sheet_comes_without_the_page_being_loaded_anew(page: Page, preview: tuple[Path, str]) -> None:
    root, address = preview
    page.goto(f"{address}/en/xin-chao/")
    page.evaluate("window.notLoadedAnew = true")
    (root / "site/static/css").mkdir(parents=True)
    for width in (7, 9):
        (root / "site/static/css/own.css").write_text(f"@layer components {{ h1 {{ border: {width}px solid }} }}")
        page.wait_for_function(f"getComputedStyle(document.querySelector('h1')).borderTopWidth === '{width}px'")
    assert page.evaluate("window.notLoadedAnew")
    assert page.locator('link[rel="stylesheet"]').count() == 1


def test_a_template_is_seen_when_it_is_saved(page: Page, preview: tuple[Path, str]) -> None:
    root, address = preview
    page.goto(f"{address}/en/xin-chao/")
    (root / "site/templates/layouts").mkdir(parents=True)
    (root / "site/templates/layouts/article.html").write_text(
        '{% extends "layouts/base.html" %}{% block main %}<h1>Another look</h1>{% endblock %}'
    )
    expect(page.locator("h1")).to_have_text("Another look")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_mistake_is_shown_on_the_last_good_page(page: Page, preview: tuple[Path, str], width: int) -> None:
    root, address = preview
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/en/xin-chao/")
    change(root / ARTICLE, "current-events", "curent-events")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("One mistake")
    expect(told.locator("code")).to_have_text(re.compile(rf"{re.escape(ARTICLE)}:\d+"))
    expect(told).to_contain_text("Hint: did you mean 'current-events'?")
    expect(page.locator("main h1")).to_have_text("Hello!")
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("One mistake")
    page.keyboard.press("Escape")
    expect(page.get_by_role("alert")).to_have_count(0)

    text = (root / ARTICLE).read_text("utf-8")
    (root / ARTICLE).write_text(text.replace("curent-events", "current-events").replace("Hello!", "Mended"), "utf-8")
    expect(page.locator("h1")).to_have_text("Mended")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_broken_template_says_where_it_is_broken(page: Page, preview: tuple[Path, str]) -> None:
    root, address = preview
    page.goto(f"{address}/en/xin-chao/")
    (root / "site/templates/layouts").mkdir(parents=True)
    template = root / "site/templates/layouts/article.html"
    template.write_text('{% extends "layouts/base.html" %}\n{% block main %}{{ page.nothing }}{% endblock %}')
    expect(page.get_by_role("alert").locator("code").first).to_have_text(re.compile(r"layouts/article\.html:2$"))
    expect(page.locator("main h1")).to_have_text("Hello!")
    template.unlink()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_portal_that_begins_with_a_mistake_comes_once_it_is_mended(page: Page, tmp_path: Path) -> None:
    lay_out_portal(tmp_path)
    change(tmp_path / ARTICLE, "current-events", "curent-events")
    with served_preview(tmp_path) as address:
        answer = page.goto(f"{address}/en/xin-chao/")
        assert answer is not None
        assert answer.status == 500
        expect(page.get_by_role("alert")).to_contain_text("curent-events")
        change(tmp_path / ARTICLE, "curent-events", "current-events")
        expect(page.locator("h1")).to_have_text("Hello!")


def test_an_open_page_outlives_the_server(page: Page, tmp_path: Path) -> None:
    lay_out_portal(tmp_path)
    with served_preview(tmp_path) as address:
        page.goto(f"{address}/en/xin-chao/")
        port = address.rpartition(":")[2]
    change(tmp_path / ARTICLE, "Hello!", "While nobody looked")
    with served_preview(tmp_path, "--port", port):
        expect(page.locator("h1")).to_have_text("While nobody looked")


def test_editors_that_write_elsewhere_and_rename_are_followed(page: Page, preview: tuple[Path, str]) -> None:
    root, address = preview
    page.goto(f"{address}/en/xin-chao/")
    article = root / ARTICLE
    for number in range(3):
        text = article.read_text("utf-8")
        for name in (".xin-chao.md.swp", "4913"):
            article.with_name(name).write_text("x")
        article.with_name("4913").unlink()
        article.rename(article.with_name("xin-chao.md~"))
        article.with_name("xin-chao.md.new").write_text(
            re.sub("^title = .*", f'title = "Number {number}"', text, flags=re.M)
        )
        article.with_name("xin-chao.md.new").rename(article)
        article.with_name("xin-chao.md~").unlink()
        expect(page.locator("h1")).to_have_text(f"Number {number}")


def test_a_folder_that_moves_takes_its_articles_along(page: Page, preview: tuple[Path, str]) -> None:
    root, address = preview
    page.goto(f"{address}/en/xin-chao/")
    (root / "elsewhere").mkdir()
    (root / "site/content/en").rename(root / "elsewhere/en")
    expect(page.locator("h1")).not_to_have_text("Hello!")
    (root / "elsewhere/en").rename(root / "site/content/en")
    expect(page.locator("h1")).to_have_text("Hello!")


def test_drives_that_tell_nothing_are_looked_at_again_and_again(page: Page, tmp_path: Path) -> None:
    lay_out_portal(tmp_path)
    with served_preview(tmp_path, "--poll") as address:
        page.goto(f"{address}/en/xin-chao/")
        change(tmp_path / ARTICLE, "Hello!", "Good morning!")
        expect(page.locator("h1")).to_have_text("Good morning!")


def test_a_phone_needs_the_address_that_the_terminal_shows(chromium: Browser, tmp_path: Path) -> None:
    lay_out_portal(tmp_path)
    with served_preview(tmp_path, "--lan") as address:
        start, token = address.split("/?token=")
        phone = chromium.new_context()
        page = phone.new_page()
        refused = page.goto(f"{start}/en/xin-chao/")
        assert refused is not None
        assert refused.status == 403
        assert "Hello!" not in page.content()
        page.goto(f"{start}/en/xin-chao/?token={token}")
        assert token not in page.url
        expect(page.locator("h1")).to_have_text("Hello!")
        change(tmp_path / ARTICLE, "Hello!", "Good morning!")
        expect(page.locator("h1")).to_have_text("Good morning!")
        phone.close()


def test_the_preview_never_touches_the_published_site(preview: tuple[Path, str]) -> None:
    root, address = preview
    with urlopen(f"{address}/en/feed.xml") as feed:  # it is there once all is built
        assert feed.status == 200
    assert (root / ".toasoan/preview/en/feed.xml").is_file()
    assert not (root / "site/public").exists()


def scheduled(root: Path, moment: datetime) -> None:
    """Put an article into a portal that is to appear at a moment."""
    text = (root / ARTICLE).read_text("utf-8")
    text = re.sub(r"^(slug|story) = .*\n", "", text, flags=re.MULTILINE).replace("Hello!", "On time")
    text = text.replace("+++\n", f"+++\ndate = {moment.isoformat(timespec='seconds')}\n", 1)
    (root / "site/content/en/on-time.md").write_text(text, "utf-8")


def test_a_scheduled_article_appears_at_its_moment(page: Page, tmp_path: Path) -> None:
    lay_out_portal(tmp_path)
    moment = datetime.now(UTC) + timedelta(seconds=8)
    scheduled(tmp_path, moment)
    with served_preview(tmp_path) as address:
        answer = page.goto(f"{address}/en/on-time/", wait_until="commit")
        assert answer is not None
        assert answer.status == 404
        assert datetime.now(UTC) < moment
        expect(page.locator("h1")).to_have_text("On time", timeout=20_000)
        assert datetime.now(UTC) >= moment.replace(microsecond=0)


def test_the_portal_is_shown_as_it_will_be(page: Page, tmp_path: Path) -> None:
    lay_out_portal(tmp_path)
    scheduled(tmp_path, datetime(2190, 1, 1, tzinfo=UTC))
    with served_preview(tmp_path, "--now", "2190-01-01T08:00+07:00") as address:
        page.goto(f"{address}/en/on-time/")
        expect(page.locator("h1")).to_have_text("On time")
