"""Addresses on the command line are fetched, with care for where they lead."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.sources import JPEG, TEXT, page
from tests.unit.ingest.test_import_of_files import Portal
from toasoan import fetching
from toasoan.fetching import CannotFetchError, fetched
from toasoan.ingest.importing import Outcome, import_files

PICTURE = page(body=f"<article><h1>Boats</h1><p>{TEXT}</p><img src='/a.jpg' alt='A ferry'></article>")


class _Site(BaseHTTPRequestHandler):
    redirects: ClassVar = {
        "/moved": "/page",
        "/to-file": "file:///etc/passwd",
        "/to-ftp": "ftp://a.example/x",
        "/to-private": "http://127.0.0.2:1/x",
        "/to-metadata": "http://169.254.169.254/latest",
        "/loop": "/loop",
        "/to-localhost": "",  # this very server, by a name that nobody named
    }
    pages: ClassVar = {"/page": PICTURE.encode(), "/a.jpg": JPEG, "/no-picture.jpg": b"<svg/>", "/large": b"x" * 5000}

    def do_GET(self) -> None:
        if self.path in self.redirects:
            self.send_response(302)
            own = f"http://localhost:{self.connection.getsockname()[1]}/page"
            self.send_header("Location", self.redirects[self.path] or own)
            self.end_headers()
        elif self.path in self.pages:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.pages[self.path])
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def serving(host: str) -> Iterator[int]:
    """The site on a free port of this machine."""
    server = ThreadingHTTPServer((host, 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving("127.0.0.1") as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(tmp_path)


def test_an_address_is_fetched_and_is_the_source(portal: Portal, site: str) -> None:
    (outcome,) = import_files(portal.root, [f"{site}/moved"], portal.config, portal.report)

    assert (outcome.source, outcome.outcome) == (f"{site}/moved", Outcome.WRITTEN)
    assert "[[images]]" in portal.article(outcome).read_text("utf-8")
    assert not (portal.root / "site/media").exists()


def test_photos_are_fetched_only_where_that_is_asked_for(portal: Portal, site: str) -> None:
    (outcome,) = import_files(portal.root, [f"{site}/page"], portal.config, portal.report, fetch_media=True)

    (media,) = (portal.root / "site/media/import").iterdir()
    assert media.read_bytes() == JPEG
    assert f'src = "import/{media.name}"' in portal.article(outcome).read_text("utf-8")


def test_a_dry_run_says_which_photos_would_be_fetched_and_fetches_none(
    portal: Portal, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = portal.put("a.html", PICTURE.replace("/a.jpg", f"{site}/a.jpg"))
    monkeypatch.setattr(socket, "create_connection", None)

    (outcome,) = import_files(portal.root, [path], portal.config, portal.report, dry_run=True, fetch_media=True)

    assert "a photo lies elsewhere and would be fetched" in outcome.to_review
    assert portal.tree() == {}


def test_a_photo_that_is_shown_twice_and_lost_is_told_once(portal: Portal, site: str) -> None:
    lost = f"<img src='{site}/lost.jpg'><p>{TEXT}</p>"
    path = portal.put("a.html", page(body=f"<article><h1>Boats</h1>{lost}{lost}</article>"))

    outcome, _ = import_files(portal.root, [path, f"{site}/page"], portal.config, portal.report, fetch_media=True)

    told = [sentence for sentence in outcome.to_review if "photo" in sentence]
    assert told == [f"the photo {site}/lost.jpg wasn't fetched: the server answers 404"]


def test_a_photo_that_was_fetched_stays_when_the_article_is_updated(portal: Portal, site: str) -> None:
    picture = page(body=f"<article><h1>Boats</h1><p>{TEXT}</p><img src='{site}/a.jpg'></article>")
    path = portal.put("a.html", picture)
    import_files(portal.root, [path, f"{site}/page"], portal.config, portal.report, fetch_media=True)
    portal.put("a.html", picture.replace("forty", "fifty"))

    (outcome,) = import_files(portal.root, [path], portal.config, portal.report)

    text = portal.article(outcome).read_text("utf-8")
    assert outcome.outcome is Outcome.UPDATED
    assert 'src = "import/' in text
    assert "fifty" in text


@pytest.mark.parametrize(
    "path", ["/to-file", "/to-ftp", "/to-private", "/to-metadata", "/to-localhost", "/loop", "/nothing"]
)
def test_what_leads_astray_or_nowhere_is_told(portal: Portal, site: str, path: str) -> None:
    assert list(import_files(portal.root, [f"{site}{path}"], portal.config, portal.report)) == []
    assert portal.codes == ["cannot-fetch"]


def test_a_private_host_that_nobody_named_is_not_asked(site: str) -> None:
    with pytest.raises(CannotFetchError, match="private network"):
        fetched(f"{site}/page")


PUBLIC = "93.184.216.34"


def resolving(monkeypatch: pytest.MonkeyPatch, **answers: list[str]) -> None:
    """Let names have these addresses, one after the other; the last one stays."""
    real = socket.getaddrinfo

    def stub(host: str, *more: Any, **named: Any) -> Any:
        name = host.partition(".")[0]
        if name not in answers:
            return real(host, *more, **named)
        address = answers[name][0] if len(answers[name]) == 1 else answers[name].pop(0)
        return real(address, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", stub)


def test_a_public_name_that_turns_private_when_it_is_asked_again_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolving(monkeypatch, turncoat=[PUBLIC, "127.0.0.1"])
    with pytest.raises(CannotFetchError, match="private network"):
        fetched(site.replace("127.0.0.1", "turncoat.example") + "/page")


def test_a_redirect_to_a_public_name_that_turns_private_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_Site.redirects, "/to-turncoat", f"{site.replace('127.0.0.1', 'turncoat.example')}/page")
    resolving(monkeypatch, turncoat=[PUBLIC, "127.0.0.1"])
    with pytest.raises(CannotFetchError, match="private network"):
        fetched(f"{site}/to-turncoat", {"127.0.0.1"})


def test_a_private_name_that_a_person_typed_is_fetched(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, intranet=["127.0.0.1"])
    address = site.replace("127.0.0.1", "intranet.example")

    assert fetched(f"{address}/moved", {"intranet.example"}) == (PICTURE.encode(), f"{address}/page")


def test_a_public_name_that_a_person_typed_may_not_lead_into_a_private_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """127.0.0.1 stands in for the public address that answers first."""
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    with serving("0.0.0.0") as port:
        resolving(monkeypatch, named=["127.0.0.1", "127.0.0.2"])
        with pytest.raises(CannotFetchError, match="private network"):
            fetched(f"http://named.example:{port}/moved", {"named.example"})


def test_a_source_that_is_too_large_is_not_read_to_its_end(site: str) -> None:
    with pytest.raises(CannotFetchError, match="larger"):
        fetched(f"{site}/large", {"127.0.0.1"}, largest=1000)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "gopher://a.example/", "http://", "http://[x/"])
def test_only_addresses_of_the_web_are_fetched(address: str) -> None:
    with pytest.raises(CannotFetchError):
        fetched(address, {fetching.host_of(address)})
