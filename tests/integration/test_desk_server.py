"""The desk over HTTP: who may ask it, and what it answers to whom."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.test_preview_in_chromium import served_preview
from toasoan.desk.application import LONGEST
from toasoan.preview.guard import Guard
from toasoan.scaffold import lay_out_portal

ARTICLE = "site/content/en/xin-chao.md"


class Desk:
    """A desk that runs."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"
        page = self.ask("/_desk/", token=None)[1].decode()
        found = re.search(r'name="token" content="([^"]+)"', page)
        assert found
        self.token = found[1]

    def ask(
        self, target: str, method: str = "GET", body: bytes | None = None, token: str | None = "own", **headers: str
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = {name.replace("_", "-"): value for name, value in headers.items() if value}
        if token:
            given["X-Desk-Token"] = self.token if token == "own" else token
        connection.request(method, target, body, given)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def tell(self, name: str, values: object, **headers: str) -> tuple[int, dict[str, Any]]:
        own = {"Origin": self.origin, "Content_Type": "application/json", **headers}
        status, body = self.ask(f"/_desk/api/{name}", "POST", json.dumps(values).encode(), **own)
        return status, json.loads(body) if body.startswith(b"{") else {}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("desk")
    lay_out_portal(root)
    with served_preview(root) as address:
        yield Desk(root, int(address.rpartition(":")[2]))


def article(desk: Desk) -> dict[str, Any]:
    status, body = desk.ask(f"/_desk/api/article?path={ARTICLE}")
    assert status == 200
    found: dict[str, Any] = json.loads(body)
    return found


def test_a_file_is_saved_and_the_preview_shows_it(desk: Desk) -> None:
    opened = article(desk)

    values = {"path": ARTICLE, "digest": opened["digest"], "values": {"title": "Saved!"}, "body": opened["body"]}
    status, told = desk.tell("save", values)

    assert status == 200
    assert told["values"]["title"] == "Saved!"
    for _ in range(100):
        if b"Saved!" in desk.ask("/en/xin-chao/")[1]:
            break
    else:
        pytest.fail("the preview never showed it")


def test_whoever_saves_over_another_one_is_refused_and_shown_what_is_there(desk: Desk) -> None:
    opened = article(desk)
    file = desk.root / ARTICLE
    file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")
    there = file.read_bytes()

    status, told = desk.tell(
        "save", {"path": ARTICLE, "digest": opened["digest"], "values": {"title": "Mine"}, "body": ""}
    )

    assert status == 409
    assert told["now"]["text"].endswith("More.\n")
    assert file.read_bytes() == there


@pytest.mark.parametrize(
    "headers",
    [
        {"token": None},
        {"token": "x" * 32},
        {"Origin": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Host": "evil.example"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
    ],
)
def test_only_pages_of_the_desk_change_files(headers: dict[str, str], desk: Desk) -> None:
    before, opened = (desk.root / ARTICLE).read_bytes(), article(desk)
    values = {"path": ARTICLE, "digest": opened["digest"], "text": "overwritten"}

    status, _ = desk.tell("save", values, **headers)

    assert status in (403, 415, 421)
    assert (desk.root / ARTICLE).read_bytes() == before


@pytest.mark.parametrize("name", ["stories", "review", "found", f"article?path={ARTICLE}", f"history?path={ARTICLE}"])
def test_nobody_reads_what_the_desk_knows_without_its_secret(name: str, desk: Desk) -> None:
    assert desk.ask(f"/_desk/api/{name}", token=None)[0] == 403
    assert desk.ask(f"/_desk/api/{name}")[0] == 200


@pytest.mark.parametrize(
    "path", ["site/site.toml", "../../../etc/passwd", "/etc/passwd", "site/content/en/none.md", ""]
)
def test_other_files_are_no_affair_of_the_desk(path: str, desk: Desk) -> None:
    assert desk.ask(f"/_desk/api/article?path={path}")[0] == 404
    for name in ("save", "bring-back", "open"):
        assert desk.tell(name, {"path": path, "digest": "0", "text": "x"})[0] == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"no JSON", b"{", b"[" * 100_000, b"1"])
def test_what_is_no_object_is_refused(body: bytes, desk: Desk) -> None:
    headers = {"Origin": desk.origin, "Content_Type": "application/json"}

    assert desk.ask("/_desk/api/save", "POST", body, **headers)[0] == 400


def test_too_much_is_refused(desk: Desk) -> None:
    assert desk.tell("save", {"path": ARTICLE, "text": "x" * (LONGEST + 1)})[0] == 413


@pytest.mark.parametrize("name", ["save", "bring-back", "decide", "translate", "done", "open", "proof"])
@pytest.mark.parametrize(
    "values",
    [
        {}, {"path": None}, {"path": ["a"]}, {"path": {}, "digest": 3, "values": [], "body": 7, "number": "x"},
        {"path": ARTICLE, "digest": None, "values": {"title": {}, "images": {"a": 1}, "corrections": [3]}},
        {"articles": 5, "answer": 3}, {"articles": ["a", "b"], "answer": "perhaps"}, {"language": "../.."},
    ],
)  # fmt: skip
def test_strange_values_never_make_it_fail(name: str, values: dict[str, Any], desk: Desk) -> None:
    before = (desk.root / ARTICLE).read_bytes()

    status, _ = desk.tell(name, values)

    assert status < 500
    assert (desk.root / ARTICLE).read_bytes() == before


@pytest.mark.parametrize(
    "target", ["/_desk/../site/site.toml", "/_desk/application.py", "/_desk/%2e%2e/application.py", "/_desk/x.js"]
)
def test_nothing_but_its_own_files_is_served(target: str, desk: Desk) -> None:
    assert desk.ask(target)[0] in (404, 302, 301)


def test_photographs_are_shown_as_they_are_and_nothing_else_of_the_disk(desk: Desk) -> None:
    media = desk.root / "site/media"
    media.mkdir(exist_ok=True)
    (media / "a b.png").write_bytes(b"picture")
    (media / "a.html").write_bytes(b"<script>")
    (desk.root / "site/secret.png").write_bytes(b"secret")
    (media / "out.png").symlink_to(desk.root / "site/secret.png")

    assert desk.ask("/_desk/media/a%20b.png", token=None) == (200, b"picture")
    for target in (
        "a.html",
        "out.png",
        "..%2fsecret.png",
        "../secret.png",
        "..%2fsite.toml",
        "none.png",
        "%00.png",
        "",
    ):
        assert desk.ask(f"/_desk/media/{target}", token=None)[0] == 404, target


@pytest.mark.parametrize("number", ["²", "9" * 400, "-1", "x", "１"])
def test_strange_numbers_are_none(number: str, desk: Desk) -> None:
    told = quote(number)

    assert desk.ask(f"/_desk/api/stories?page={told}")[0] == 200
    assert desk.ask(f"/_desk/api/older?path={ARTICLE}&number={told}")[0] == 404


def test_files_are_not_changed_by_get(desk: Desk) -> None:
    before = (desk.root / ARTICLE).read_bytes()

    assert desk.ask(f"/_desk/api/save?path={ARTICLE}&text=x")[0] == 404
    assert (desk.root / ARTICLE).read_bytes() == before
    assert desk.ask("/en/", "POST", b"{}", Origin=desk.origin)[0] == 405


def test_its_pages_let_no_strange_script_in(desk: Desk) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)
    connection.request("GET", "/_desk/")
    policy = connection.getresponse().headers["Content-Security-Policy"]
    connection.close()

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


async def _asked(client: tuple[str, int] | None, path: str) -> int:
    statuses = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def receive() -> Any:
        return {}

    guard = Guard(application, ["127.0.0.1"], None, "/_desk/")
    headers = [(b"host", b"127.0.0.1:8000")]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "client": client, "query_string": b""}
    await guard(scope, receive, send)
    return int(statuses[0])


@pytest.mark.parametrize(
    ("client", "expected"),
    [(("127.0.0.1", 1), 200), (("::1", 1), 200), (("192.168.1.7", 1), 403), (None, 403), (("x", 1), 403)],
)
def test_other_machines_see_the_preview_but_not_the_desk(client: tuple[str, int] | None, expected: int) -> None:
    import asyncio

    assert asyncio.run(_asked(client, "/_desk/api/stories")) == expected
    assert asyncio.run(_asked(client, "/en/")) == 200
