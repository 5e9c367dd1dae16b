"""The rules for servers, tried with the servers themselves: nginx and Caddy, on this machine alone."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.builders import SETTINGS, built, portal, text_of, write
from toasoan.diagnostics import Report
from toasoan.record_command import record_addresses

FORMATS = '\n[redirects]\nformats = ["nginx", "caddy"]\n'
Answer = tuple[int, str | None, str]
"""Status, where it leads, and the text."""


@pytest.fixture(scope="module", params=["", "/portal"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The output of a portal of which one page has moved and another one is gone, and the folder of its address."""
    base: str = request.param
    root = tmp_path_factory.mktemp("portal")
    settings = SETTINGS.replace("https://portal.example", f"https://portal.example{base}") + FORMATS
    portal(root, {"vi/a.md": text_of("A", aliases=["/tin/đời.html"]), "en/b.md": text_of("B")}, settings)
    built(root)
    record_addresses(root, root / "public", Report())
    write(root, "site/content/vi/a.md", text_of("A", slug="c$d", aliases=["/tin/đời.html"]))
    (root / "site/content/en/b.md").unlink()
    built(root)
    served = root / "www"
    shutil.copytree(root / "public", served / base.strip("/"))
    return served, base


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(port: int, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", quote(path, safe="/?=&"), headers={"Host": "portal.example"})
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, answer.getheader("Location"), text


def running(command: list[str], port: int) -> subprocess.Popen[bytes]:
    """A server that listens already."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    for _ in range(200):
        if server.poll() is not None:
            assert server.stderr is not None
            pytest.fail(server.stderr.read().decode("utf-8", "replace"))
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.05)
    server.kill()
    return pytest.fail("the server does not listen")


def nginx(folder: Path, base: str, tmp_path: Path, port: int) -> list[str]:
    rules = folder / base.strip("/") / "_server"
    for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
        (tmp_path / name).mkdir()
    configuration = f"""
        daemon off; master_process off; pid {tmp_path}/pid; error_log stderr;
        events {{}}
        http {{
            access_log off;
            client_body_temp_path {tmp_path}/body; proxy_temp_path {tmp_path}/proxy;
            fastcgi_temp_path {tmp_path}/fastcgi; uwsgi_temp_path {tmp_path}/uwsgi; scgi_temp_path {tmp_path}/scgi;
            include {rules}/nginx-http.conf;
            server {{
                listen 127.0.0.1:{port};
                root {folder};
                include {rules}/nginx-server.conf;
            }}
        }}
    """
    write(tmp_path, "nginx.conf", configuration)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]


def caddy(folder: Path, base: str, tmp_path: Path, port: int) -> list[str]:
    rules = folder / base.strip("/") / "_server"
    configuration = f"""
        {{
            admin off
            auto_https off
            persist_config off
        }}
        http://:{port} {{
            bind 127.0.0.1
            root * {folder}
            import {rules}/Caddyfile
            file_server
            handle_errors {{
                @language path_regexp ^{base}/(vi|en)/
                rewrite @language {base}/{{re.1}}/404.html
                file_server
            }}
        }}
    """
    write(tmp_path, "Caddyfile", configuration)
    program = Path(sysconfig.get_path("scripts")) / "caddy"
    return [str(program), "run", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.mark.parametrize("server", [nginx, caddy])
def test_a_server_leads_on_and_says_what_is_gone(
    server: Callable[[Path, str, Path, int], list[str]], folder: tuple[Path, str], tmp_path: Path
) -> None:
    served, base = folder
    port = free_port()
    process = running(server(served, base, tmp_path, port), port)
    try:
        status, there, _ = asked(port, f"{base}/vi/a/")
        assert (status, there and there.removeprefix(f"http://portal.example:{port}")) in (
            (301, f"{base}/vi/c%24d/"),
            (301, f"http://portal.example{base}/vi/c%24d/"),
        )
        for path in ("/vi/a", "/tin/đời.html"):
            status, there, _ = asked(port, base + path)
            assert status == 301
            assert (there or "").endswith(f"{base}/vi/c%24d/")
        status, _, text = asked(port, f"{base}/en/b/")
        assert status == 410
        assert '<html lang="en"' in text
        assert asked(port, f"{base}/vi/c$d/")[0] == 200
        assert asked(port, f"{base}/vi/never-was/")[0] == 404
        assert asked(port, f"{base}/_server/Caddyfile")[0] == 404
    finally:
        process.terminate()
        process.wait(timeout=20)
        assert process.stderr is not None
        process.stderr.close()
