"""The preview as a host, over HTTP: what it gives to whom, and what it keeps to itself."""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import socket
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.test_preview_in_chromium import served_preview
from toasoan.scaffold import lay_out_portal

Answer = tuple[int, dict[str, str], bytes]
SECRET = b"what nobody is to read"


class Host:
    """A preview that runs."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.port = port

    def ask(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """Send a request with just these headers; underscores in their names are dashes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": f"127.0.0.1:{self.port}", **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    root = tmp_path_factory.mktemp("previewed")
    lay_out_portal(root)
    (root / "secret.txt").write_bytes(SECRET)
    article = root / "site/content/en/xin-chao.md"
    article.write_text(article.read_text("utf-8").replace("+++\n", '+++\naliases = ["/en/old/"]\n', 1), "utf-8")
    with served_preview(root) as address:
        found = Host(root, int(address.rpartition(":")[2]))
        for _ in range(200):  # until all is built
            if found.ask("/en/feed.xml")[0] == 200:
                break
        yield found


def test_a_page_comes_with_its_type_and_a_tag(host: Host) -> None:
    status, headers, body = host.ask("/en/xin-chao/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    assert b"Hello!" in body
    assert host.ask("/en/xin-chao/", If_None_Match=headers["etag"])[0] == 304
    assert host.ask("/en/xin-chao/", If_None_Match='"another"')[0] == 200


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("assets/css/*.css", "text/css; charset=utf-8"),
        ("assets/js/*.js", "text/javascript; charset=utf-8"),
        ("assets/fonts/*.woff2", "font/woff2"),
        ("covers/*.svg", "image/svg+xml; charset=utf-8"),
        ("en/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("en/feed.xml", "application/xml; charset=utf-8"),
        ("en/search/index.json", "application/json; charset=utf-8"),
    ],
)
def test_files_have_their_types(host: Host, pattern: str, kind: str) -> None:
    folder = host.root / ".toasoan/preview"
    file = next(folder.glob(pattern))
    status, headers, body = host.ask(f"/{file.relative_to(folder)}")
    assert (status, headers["content-type"]) == (200, kind)
    assert body == file.read_bytes()


def test_parts_of_a_file_can_be_had(host: Host) -> None:
    file = next((host.root / ".toasoan/preview/assets/fonts").glob("*.woff2"))
    target = f"/assets/fonts/{file.name}"
    whole = host.ask(target)
    status, headers, body = host.ask(target, Range="bytes=10-19")
    assert (status, body) == (206, file.read_bytes()[10:20])
    assert headers["content-range"] == f"bytes 10-19/{file.stat().st_size}"
    assert headers["etag"] == whole[1]["etag"]
    assert host.ask(target, Range=f"bytes={file.stat().st_size}-")[0] == 416
    assert host.ask(target, Range="bytes=0-4", If_Range='"another"')[0] == 200


def test_a_head_has_no_body(host: Host) -> None:
    status, headers, body = host.ask("/en/xin-chao/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 1000


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_nothing_can_be_done_but_reading(host: Host, method: str) -> None:
    status, headers, _ = host.ask("/en/xin-chao/", method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_an_address_without_its_slash_leads_to_the_one_with_it(host: Host) -> None:
    status, headers, _ = host.ask("/en/xin-chao?from=x")
    assert (status, headers["location"]) == (301, "/en/xin-chao/?from=x")
    assert headers["cache-control"] == "no-store"


def test_an_old_address_leads_on(host: Host) -> None:
    status, headers, body = host.ask("/en/old/")
    assert status == 301 or b'http-equiv="refresh"' in body
    assert "/en/xin-chao/" in headers.get("location", "") + body.decode()


def test_what_is_missing_is_told_in_the_readers_language(host: Host) -> None:
    status, headers, body = host.ask("/en/nothing-here/")
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert b'lang="en"' in body
    assert host.ask("/nothing-here/")[0] == 404


@pytest.mark.parametrize(
    "target", ["/assets/", "/assets", "/covers/", "/.toasoan-manifest.jsonl", "/.toasoan-staging/"]
)
def test_there_is_no_listing_of_folders(host: Host, target: str) -> None:
    assert host.ask(target)[0] == 404


@pytest.mark.parametrize(
    "target",
    [
        "/../../secret.txt",
        "/en/../../../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2fsecret.txt",
        "/..%5c..%5csecret.txt",
        "//secret.txt",
        "/en/xin-chao/%00",
        "/%00/../secret.txt",
        "/assets/link.txt",
        "/linked/secret.txt",
        f"/{'a' * 5000}",
        "/%ff%fe",
        "/en/%f0%9f%98%80/",
        "*",
    ],
)
def test_there_is_no_way_out_of_the_folder(host: Host, target: str) -> None:
    folder = host.root / ".toasoan/preview"
    for link, to in ((folder / "assets/link.txt", host.root / "secret.txt"), (folder / "linked", host.root)):
        if not link.is_symlink():
            link.symlink_to(to)
    status, _, body = host.ask(target)
    assert 400 <= status < 500
    assert SECRET not in body


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", "", "[::1"])
def test_it_is_known_under_its_own_names_alone(host: Host, name: str) -> None:
    status, _, body = host.ask("/en/xin-chao/", Host=name)
    assert status in (400, 421)
    assert b"Hello" not in body


def test_pages_of_other_sites_read_nothing(host: Host) -> None:
    own = f"http://127.0.0.1:{host.port}"
    assert host.ask("/en/xin-chao/", Origin=own)[0] == 200
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{host.port + 1}", f"{own}.evil.example"):
        assert host.ask("/_toasoan/live.js", Origin=origin)[0] == 403
    assert host.ask("/en/xin-chao/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0] == 403
    framed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}
    assert host.ask("/en/xin-chao/", **framed)[0] == 403
    assert host.ask("/en/xin-chao/", **{**framed, "Sec_Fetch_Dest": "document"})[0] == 200


def test_ten_thousand_hostile_requests_get_nothing_and_break_nothing(host: Host) -> None:
    """Requests that were made from good ones by chance, sent as bytes, many on one connection."""
    chance = random.Random(20261123)
    targets = [
        "/en/xin-chao/", "/en/", "/", "/assets/css/x.css", "/../../secret.txt", "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2f..%2fetc/passwd", "/.toasoan-manifest.jsonl", "/_toasoan/live.js", "/en/old/",
        "/linked/secret.txt",
    ]  # fmt: skip
    pieces = ["..", "/", "%2f", "%5c", "%00", "\\", "//", "./", "%25", "é", "?", "#", ";", "%", "%zz", "~", ".", "*"]
    names = ["Range", "If-None-Match", "If-Range", "Cookie", "Accept", "Origin", "Sec-Fetch-Site", "Content-Length",
             "Transfer-Encoding", "X-Forwarded-Host", "Connection", "Expect", "Upgrade"]  # fmt: skip
    values = ["bytes=0-", "bytes=-1", "bytes=5-2,1-", "*", '"', "W/", "null", "0", "-1", "999999999999999999999",
              "chunked", "100-continue", "websocket", "a=b; =; ;;", "\x7f", "", "é"]  # fmt: skip
    statuses: dict[int, int] = {}
    for _ in range(10_000):
        target = chance.choice(targets)
        for _ in range(chance.randrange(4)):
            place = chance.randrange(len(target) + 1)
            target = target[:place] + chance.choice([*pieces, chance.choice(string.printable)]) + target[place:]
        method = chance.choice(["GET"] * 8 + ["HEAD", "POST", "get", "G" * 50, "CONNECT", ""])
        host_name = chance.choice([f"127.0.0.1:{host.port}"] * 9 + ["evil.example", "127.0.0.1:x"])
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host_name}", "Connection: close"]
        for _ in range(chance.randrange(3)):
            lines.append(f"{chance.choice(names)}: {chance.choice(values)}")
        with socket.create_connection(("127.0.0.1", host.port), 20) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape"))
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while part := connection.recv(65536):
                    answer += part
            except ConnectionResetError:
                pass
        assert SECRET not in answer
        assert b"root:" not in answer
        status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0
        statuses[status] = statuses.get(status, 0) + 1
        assert status < 500, (status, lines)
    assert statuses[200] > 500, statuses
    assert host.ask("/en/xin-chao/")[0] == 200


def test_it_serves_many_at_once(host: Host) -> None:
    """No figure of this machine is asked for here: that nobody is refused is."""
    program = shutil.which("wrk")
    assert program, "wrk is missing: `make test` installs it, or says how"
    told = subprocess.run(  # our own words
        [program, "-t1", "-c32", "-d2s", f"http://127.0.0.1:{host.port}/en/xin-chao/"],
        capture_output=True, text=True, check=True, env=os.environ,
    ).stdout  # fmt: skip
    assert "Socket errors" not in told
    assert "Non-2xx" not in told
    requests = re.search(r"(\d+) requests in", told)
    assert requests is not None
    assert int(requests[1]) > 1000, told
