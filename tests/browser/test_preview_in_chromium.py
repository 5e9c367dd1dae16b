from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from toasoan.scaffold import lay_out_portal


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A new portal with a preview server of its own, started and stopped here."""
    lay_out_portal(tmp_path)
    with served_preview(tmp_path) as address:
        yield tmp_path, address


@contextmanager
def served_preview(root: Path, *options: str) -> Iterator[str]:
    """Address of a preview server that runs for a while."""
    command = [sys.executable, "-u", "-m", "toasoan", "serve", "--root", str(root), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        address = None
        for line in server.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                address = found[0]
                break
        assert address, "the server did not say where it is"
        try:
            yield address
        finally:
            server.terminate()
            server.wait(10)


def test_a_saved_text_is_seen_without_reloading_by_hand(chromium: Browser, preview: tuple[Path, str]) -> None:
    root, address = preview
    page = chromium.new_page()
    page.goto(f"{address}/en/xin-chao/", wait_until="commit")  # it may reload itself at any moment
    expect(page.locator("h1")).to_have_text("Hello!")
    article = root / "site/content/en/xin-chao.md"
    article.write_text(article.read_text("utf-8").replace("Hello!", "Good morning!"), "utf-8")
    expect(page.locator("h1")).to_have_text("Good morning!", timeout=10_000)
    page.close()


def test_a_mistake_leaves_the_last_good_page(chromium: Browser, preview: tuple[Path, str]) -> None:
    root, address = preview
    page = chromium.new_page()
    article = root / "site/content/en/xin-chao.md"
    good = article.read_text("utf-8")
    article.write_text(good.replace("current-events", "curent-events"), "utf-8")
    page.wait_for_timeout(1500)
    page.goto(f"{address}/en/xin-chao/", wait_until="commit")  # it may reload itself at any moment
    expect(page.locator("h1")).to_have_text("Hello!")
    article.write_text(good.replace("Hello!", "Mended"), "utf-8")
    expect(page.locator("h1")).to_have_text("Mended", timeout=10_000)
    page.close()


def test_the_preview_never_touches_the_published_site(preview: tuple[Path, str]) -> None:
    root, _ = preview
    assert not (root / "site/public").exists()


def scheduled(root: Path, moment: datetime) -> None:
    """Put an article into a portal that is to appear at a moment."""
    text = (root / "site/content/en/xin-chao.md").read_text("utf-8")
    text = re.sub(r"^(slug|story) = .*\n", "", text, flags=re.MULTILINE).replace("Hello!", "On time")
    text = text.replace("+++\n", f"+++\ndate = {moment.isoformat(timespec='seconds')}\n", 1)
    (root / "site/content/en/on-time.md").write_text(text, "utf-8")


def test_a_scheduled_article_appears_at_its_moment(chromium: Browser, tmp_path: Path) -> None:
    lay_out_portal(tmp_path)
    moment = datetime.now(UTC) + timedelta(seconds=8)
    scheduled(tmp_path, moment)
    with served_preview(tmp_path) as address:
        page = chromium.new_page()
        answer = page.goto(f"{address}/en/on-time/", wait_until="commit")
        assert answer is not None
        assert answer.status == 404
        assert datetime.now(UTC) < moment
        expect(page.locator("h1")).to_have_text("On time", timeout=20_000)
        assert datetime.now(UTC) >= moment.replace(microsecond=0)
        page.close()


def test_the_portal_is_shown_as_it_will_be(chromium: Browser, tmp_path: Path) -> None:
    lay_out_portal(tmp_path)
    scheduled(tmp_path, datetime(2190, 1, 1, tzinfo=UTC))
    with served_preview(tmp_path, "--now", "2190-01-01T08:00+07:00") as address:
        page = chromium.new_page()
        page.goto(f"{address}/en/on-time/", wait_until="commit")
        expect(page.locator("h1")).to_have_text("On time")
        page.close()
