"""nginx, Caddy, Apache and hosts of static sites on this machine alone, with the rules that a build made."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.builders import write

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
"""Where Debian has the module."""


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Server:
    """A server that listens."""

    port: int
    folder: Path
    """The root of the host, in which the portal may have a folder of its own."""

    base: str
    program: str = ""

    @property
    def address(self) -> str:
        """Of the portal."""
        return f"http://127.0.0.1:{self.port}{self.base}"

    @property
    def portal(self) -> Path:
        """The folder of the portal."""
        return self.folder / self.base.strip("/")

    def ask(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        """Ask for a path below the portal's root."""
        return self.ask_host(self.base + path, headers, method)

    def ask_host(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        """Ask for a path of the host, whatever the portal's folder."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(
            method, quote(path, safe="/?=&{}%$"), headers={"Host": "portal.example", **(headers or {})}
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return Answer(answer.status, answer.headers, body)


Configured = Callable[[Path, str, Path, int], list[str]]
"""The command that starts a server: for a folder, the portal's place in it, one for its own files, and a port."""


def nginx(folder: Path, base: str, own: Path, port: int) -> list[str]:
    """nginx, configured as docs/how-to/put-it-online.md says, with an address at which something goes wrong."""
    assert BROTLI.is_file(), "nginx has no module for Brotli: `make test` installs it, or says how"
    rules = folder / base.strip("/") / "_server"
    for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
        (own / name).mkdir()
    configuration = f"""
        daemon off; master_process off; pid {own}/pid; error_log stderr;
        load_module {BROTLI};
        events {{}}
        http {{
            access_log off;
            client_body_temp_path {own}/body; proxy_temp_path {own}/proxy;
            fastcgi_temp_path {own}/fastcgi; uwsgi_temp_path {own}/uwsgi; scgi_temp_path {own}/scgi;
            include /etc/nginx/mime.types;
            include {rules}/nginx-http.conf;
            server {{
                listen 127.0.0.1:{port};
                root {folder};
                include {rules}/nginx-server.conf;
                include {rules}/nginx-brotli.conf;
                location = {base}/goes-wrong {{ return 500; }}
            }}
        }}
    """
    write(own, "nginx.conf", configuration)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-p", str(own), "-c", str(own / "nginx.conf")]


def caddy(folder: Path, base: str, own: Path, port: int) -> list[str]:
    """Caddy, configured as docs/how-to/put-it-online.md says, with an address at which something goes wrong."""
    configuration = f"""
        {{
            admin off
            auto_https off
            persist_config off
        }}
        http://:{port} {{
            bind 127.0.0.1
            root * {folder}
            import {folder / base.strip("/")}/_server/Caddyfile
            error {base}/goes-wrong 500
        }}
    """
    write(own, "Caddyfile", configuration)
    program = Path(sysconfig.get_path("scripts")) / "caddy"
    return [str(program), "run", "--config", str(own / "Caddyfile"), "--adapter", "caddyfile"]


_MODULES = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers", "filter", "deflate")


def apache(folder: Path, base: str, own: Path, port: int) -> list[str]:
    """Apache as hosts have it for everybody: a portal's own rules are heeded as far as `FileInfo` allows."""
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in _MODULES)
    configuration = f"""
        ServerName portal.example
        Listen 127.0.0.1:{port}
        PidFile {own}/pid
        ErrorLog {own}/errors
        {modules}
        TypesConfig /dev/null
        DocumentRoot {folder}
        <Directory {folder}>
            AllowOverride FileInfo
            Options FollowSymLinks
            Require all granted
        </Directory>
        <Files ".ht*">
            Require all denied
        </Files>
        <Location {base}/goes-wrong>
            Redirect 500 {base}/goes-wrong
        </Location>
    """
    write(own, "apache.conf", configuration)
    # Apache never works as root; as another user it may look into folders for tests all the same.
    mine = "+dac_override"
    other = ["setpriv", "--reuid=65534", f"--inh-caps={mine}", f"--ambient-caps={mine}"] if os.geteuid() == 0 else []
    return [*other, "/usr/sbin/apache2", "-d", str(own), "-f", str(own / "apache.conf"), "-D", "FOREGROUND"]


HOST_PROGRAMS = Path(__file__).parents[1] / ".venv/hosts"
"""Where `make` puts what hosts of static sites are tried with."""


def web_host(name: str) -> Configured:
    """A host of static sites, by its own code as far as that is to be had."""

    def configured(folder: Path, _base: str, _own: Path, port: int) -> list[str]:
        assert HOST_PROGRAMS.is_dir(), "the programs of hosts are missing: `make test` installs them"
        program = Path(__file__).parent / "hosts/serve.mjs"
        return ["node", str(program), str(HOST_PROGRAMS), name, str(folder), str(port)]

    return configured


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(configured: Configured, folder: Path, base: str, own: Path, port: int | None = None) -> Iterator[Server]:
    """A server that listens until it is no longer needed."""
    port = port or free_port()
    with (own / "told").open("wb") as told:
        process = subprocess.Popen(configured(folder, base, own, port), stdout=told, stderr=told)
        try:
            _wait_for(process, port, own / "told")
            yield Server(port, folder, base, getattr(configured, "__name__", ""))
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(process: subprocess.Popen[bytes], port: int, told: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            pytest.fail(told.read_text("utf-8", "replace"))
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server does not listen")
