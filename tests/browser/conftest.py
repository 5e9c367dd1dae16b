"""Two portals, built and served on loopback, and a real Chromium to look at them."""

from __future__ import annotations

import functools
import http.server
import io
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.demo_pages import PHOTOGRAPHED, Demo
from toasoan.build import build
from toasoan.demo.demo_portal import lay_out_demo
from toasoan.demo.photographs import photograph

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    assert executable, "Chromium is missing: `make test` installs it, or says how"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of the repository's own portal."""
    output = tmp_path_factory.mktemp("portal")
    result = build(REPOSITORY, output)
    assert not result.report.has_errors, "\n".join(map(str, result.report))
    return output


@pytest.fixture(scope="session")
def portal(built: Path) -> Iterator[str]:
    """Address of the built portal on loopback."""
    with served(built) as address:
        yield address


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo portal, built and served: small photographs, for painting takes time, and lists of several pages."""
    root = tmp_path_factory.mktemp("demo")
    small = io.BytesIO()
    Image.new("RGB", (320, 180), "#4a6b5d").save(small, "JPEG")
    lay_out_demo(root, draw=lambda key, it: photograph(key, it) if key == PHOTOGRAPHED else small.getvalue())
    settings = root / "site/site.toml"
    text = settings.read_text("utf-8")
    assert "articles_per_page = 12" in text
    text = text.replace("articles_per_page = 12", "articles_per_page = 8")
    assert "share_images = true" in text
    text = text.replace("share_images = true", "share_images = false")  # no browser shows them
    settings.write_text(text, "utf-8")
    output = root / "site/public"
    result = build(root, output)
    assert not result.report.has_errors, "\n".join(map(str, result.report))
    with served(output) as address:
        yield Demo(output, address)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path, handler: type[_Quiet] = _Quiet) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()
