"""After a deploy the real address is looked at, by way of a real server; others are told only of what is good."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.builders import SETTINGS, built, text_of, write
from tests.deploys import change, deployed, portal_with, removed, texts_of, whole_tree
from tests.servers import Server, nginx, running

FOLDER = 'kind = "folder"\npath = "www"\nmost_deletions = 100\n'
RULES = '\n[redirects]\nformats = ["nginx"]\n'


class Recorder(ThreadingHTTPServer):
    """Somebody who is told things, and notes them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Noting)
        self.told: list[tuple[str, str, str, bytes]] = []
        self.status = 204
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Noting(BaseHTTPRequestHandler):
    server: Recorder

    def note(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.told.append((self.command, self.path, self.headers.get("Host", ""), body))
        self.send_response(self.server.status)
        self.end_headers()

    do_POST = do_PURGE = note  # noqa: N815  # as the library has it

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as server:
        yield server
        server.shutdown()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A portal of which one release is online already."""
    folder = portal_with(tmp_path / "portal", FOLDER, SETTINGS + RULES)
    assert deployed(folder, "there").is_fine
    return folder


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "server").mkdir()
    with running(nginx, root / "www/current", "", tmp_path / "server") as found:
        yield found


def with_more(root: Path, more: str, first: str = "") -> None:
    """Settings with more of them, for the deploy and for the portal."""
    settings = SETTINGS + RULES
    write(root, "site/site.toml", f"{first}{settings if not first else settings.split(chr(10), 2)[2]}"
          f"\n[deploy.there]\n{FOLDER}settle = \"2s\"\n{more}\n")  # fmt: skip
    built(root)


def title_seen(root: Path) -> str:
    return (root / "www/current/vi/a/index.html").read_text().partition("<title>")[2].partition("<")[0]


def test_a_good_release_stays(root: Path, server: Server) -> None:
    with_more(root, f'url = "{server.address}"')
    change(root, "vi/a.md", "Good")
    outcome = deployed(root, "there")
    assert outcome.is_fine, outcome.text
    assert outcome.codes == []
    assert title_seen(root).startswith("Good")


def test_a_page_that_readers_get_otherwise_takes_the_host_back(root: Path, server: Server) -> None:
    before = texts_of(whole_tree(root / "www/current"))
    spoil = "grep -q Worse www/current/vi/a/index.html && echo broken > www/current/vi/a/index.html; true"
    with_more(root, f'url = "{server.address}"\nafter = ["sh", "-c", "{spoil}"]')
    change(root, "vi/a.md", "Worse")
    outcome = deployed(root, "there")
    assert set(outcome.codes) == {"live-check"}
    assert f"{server.address}/vi/a/ is not what was put there" in outcome.text
    assert before.items() <= texts_of(whole_tree(root / "www/current")).items()
    assert not (root / "site/urls.jsonl").read_text().count("Worse")


def test_a_page_that_is_missing_takes_the_host_back(root: Path, server: Server) -> None:
    lose = "grep -q Lost www/current/vi/a/index.html && rm www/current/vi/a/index.html; true"
    with_more(root, f'url = "{server.address}"\nafter = ["sh", "-c", "{lose}"]')
    change(root, "vi/a.md", "Lost")
    outcome = deployed(root, "there")
    assert f"{server.address}/vi/a/ answers 404" in outcome.text
    assert title_seen(root).startswith("A")


def test_an_address_that_shows_another_release_takes_the_host_back(root: Path) -> None:
    write(root, "www/stale/release.txt", "20200101T000000Z-0000\n")
    (root / "own").mkdir()
    with running(_plain_nginx, root / "www/stale", "", root / "own") as other:
        with_more(root, f'url = "{other.address}"')
        change(root, "vi/a.md", "Unseen")
        outcome = deployed(root, "there")
    assert outcome.codes == ["live-check"]
    assert "is still '20200101T000000Z-0000'" in outcome.text
    assert title_seen(root).startswith("A")


def test_a_server_that_sends_no_headers_is_noted(root: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    with running(_plain_nginx, root / "www/current", "", tmp_path / "own") as other:
        with_more(root, f'url = "{other.address}"')
        change(root, "vi/a.md", "News")
        outcome = deployed(root, "there")
    assert outcome.is_fine
    assert "pages come without" in outcome.text
    assert "Content-Security-Policy" in outcome.text
    assert "not said to be immutable" in outcome.text
    assert title_seen(root).startswith("News")


def _plain_nginx(folder: Path, base: str, own: Path, port: int) -> list[str]:
    """nginx as somebody has it who has read nothing."""
    for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
        (own / name).mkdir()
    paths = " ".join(f"{it}_temp_path {own}/{it};" for it in ("proxy", "fastcgi", "uwsgi", "scgi"))
    write(
        own,
        "nginx.conf",
        f"daemon off; master_process off; pid {own}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {own}/body; {paths} include /etc/nginx/mime.types;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n",
    )
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(own), "-c", str(own / "nginx.conf")]


def test_a_page_that_may_be_kept_for_longer_than_old_files_stay_takes_the_host_back(
    root: Path, server: Server
) -> None:
    with_more(root, f'url = "{server.address}"\ngrace = "30s"')
    change(root, "vi/a.md", "Kept")
    outcome = deployed(root, "there")
    assert "may be kept for 60 s, longer than the 30 s" in outcome.text
    assert title_seen(root).startswith("A")


def test_an_address_that_should_lead_on_and_does_not_takes_the_host_back(root: Path, server: Server) -> None:
    with_more(root, f'url = "{server.address}"')
    write(root, "site/content/vi/a.md", text_of("A", slug="moved"))
    built(root)
    outcome = deployed(root, "there")  # nobody had nginx read its rules again
    assert f"{server.address}/vi/a/ answers 200 and does not lead to /vi/moved/" in outcome.text
    assert title_seen(root).startswith("A")


def test_a_first_release_that_is_wrong_has_nothing_to_go_back_to(tmp_path: Path) -> None:
    table = f'{FOLDER}url = "http://127.0.0.1:1"\nsettle = "0s"'
    root = portal_with(tmp_path / "portal", table)
    outcome = deployed(root, "there")
    assert outcome.codes == ["live-check"]
    assert (root / "www/current/vi/a/index.html").exists()


def test_the_way_back_is_looked_at_too(root: Path, server: Server) -> None:
    change(root, "vi/a.md", "Second")
    deployed(root, "there")
    with_more(root, f'url = "{server.address}"')
    assert deployed(root, "there", "--rollback").is_fine
    assert title_seen(root).startswith("A")


def test_a_hub_is_told_of_changed_feeds_once_they_are_seen(root: Path, server: Server, recorder: Recorder) -> None:
    address = f'title = "Tin thử"\nbase_url = "{server.address}"\n'
    with_more(root, f'url = "{server.address}"\n[feeds]\nhub = "{recorder.address}/hub"', address)
    change(root, "vi/a.md", "News")
    assert deployed(root, "there").is_fine
    told = [parse_qs(body.decode()) for method, path, _, body in recorder.told if (method, path) == ("POST", "/hub")]
    assert {"hub.mode": ["publish"], "hub.url": [f"{server.address}/vi/feed.xml"]} in told


def test_nobody_is_told_of_a_release_that_was_taken_back(root: Path, server: Server, recorder: Recorder) -> None:
    address = f'title = "Tin thử"\nbase_url = "{server.address}"\n'
    more = f'url = "{server.address}"\ngrace = "30s"\n[feeds]\nhub = "{recorder.address}/hub"'
    with_more(root, more, address)
    assert not deployed(root, "there").is_fine
    assert recorder.told == []


def test_search_engines_are_told_of_new_changed_and_removed_pages(
    root: Path, server: Server, recorder: Recorder
) -> None:
    address = f'title = "Tin thử"\nbase_url = "{server.address}"\n'
    key = "0123456789abcdef"
    more = f'url = "{server.address}"\nindexnow = "{key}"\nindexnow_endpoint = "{recorder.address}/indexnow"'
    with_more(root, more, address)
    removed(root, "en/b.md")
    change(root, "vi/a.md", "News")
    outcome = deployed(root, "there")
    assert outcome.is_fine, outcome.text
    (told,) = [json.loads(body) for _, path, _, body in recorder.told if path == "/indexnow"]
    assert told["keyLocation"] == f"{server.address}/{key}.txt"
    assert {f"{server.address}/vi/a/", f"{server.address}/en/b/"} <= set(told["urlList"])
    assert server.ask(f"/{key}.txt").text == key


def test_a_copy_of_the_portal_is_announced_to_nobody(root: Path, server: Server, recorder: Recorder) -> None:
    with_more(root, f'url = "{server.address}"\n[feeds]\nhub = "{recorder.address}/hub"')
    change(root, "vi/a.md", "News")
    assert deployed(root, "there").is_fine
    assert recorder.told == []


def test_caches_forget_the_pages_that_changed_and_no_others(root: Path, recorder: Recorder) -> None:
    with_more(root, f'purge = ["{recorder.address}"]')
    change(root, "vi/a.md", "News")
    deployed(root, "there")
    purged = {path for method, path, host, _ in recorder.told if (method, host) == ("PURGE", "portal.example")}
    assert {"/vi/a/", "/vi/", "/vi/feed.xml"} <= purged
    assert not {"/en/b/", "/en/"} & purged


def test_whoever_can_not_be_told_is_named_and_the_release_stays(root: Path, recorder: Recorder) -> None:
    recorder.status = 500
    with_more(root, f'purge = ["{recorder.address}"]')
    change(root, "vi/a.md", "News")
    outcome = deployed(root, "there")
    assert outcome.codes == ["told-in-vain"]
    assert "it answers 500" in outcome.text
    assert title_seen(root).startswith("News")


def test_a_withdrawn_page_is_there_again_after_a_return(root: Path, server: Server) -> None:
    with_more(root, f'url = "{server.address}"\ngrace = "30s"')  # pages may be kept for longer: it goes back
    write(root, "site/content/en/b.md", text_of("B", status="withdrawn"))
    change(root, "vi/a.md", "News")
    outcome = deployed(root, "there")
    assert "went_back_to" in outcome.values
    assert "<title>B" in server.ask("/en/b/").text


def test_caches_forget_what_was_taken_back(root: Path, server: Server, recorder: Recorder) -> None:
    with_more(root, f'url = "{server.address}"\ngrace = "30s"\npurge = ["{recorder.address}"]')
    change(root, "vi/a.md", "News")
    assert not deployed(root, "there").is_fine
    assert [path for _, path, _, _ in recorder.told].count("/vi/a/") == 2, "the new page, and then the old one"
