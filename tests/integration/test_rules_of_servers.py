"""The rules for servers, tried with the servers themselves: nginx and Caddy, on this machine alone."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.builders import tree, write
from tests.served_portals import laid_out
from tests.servers import Configured, Server, apache, caddy, nginx, running
from toasoan import routes
from toasoan.config import Config, read_config
from toasoan.diagnostics import Report
from toasoan.response_headers import FOR_EVER, response_headers, security_headers

SHORT = "public, max-age=90, must-revalidate"


@dataclass(frozen=True)
class Laid:
    """A portal where a host serves it."""

    folder: Path
    base: str
    config: Config


def laid_for(root: Path, base: str, formats: Sequence[str]) -> Laid:
    """A portal with the rules of some formats."""
    folder = laid_out(root, base, formats)
    config = read_config(root, Report())
    assert config is not None
    return Laid(folder, base, config)


@pytest.fixture(scope="module", params=["", "/portal"], ids=["at-the-root", "in-a-folder"])
def laid(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    return laid_for(tmp_path_factory.mktemp("portal"), request.param, ["nginx", "caddy"])


@pytest.fixture(scope="module")
def laid_for_apache(laid: Laid, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """A portal of its own: the rules of Apache lie in folders, which other servers would find."""
    return laid_for(tmp_path_factory.mktemp("portal"), laid.base, ["apache"])


@pytest.fixture(scope="module", params=[nginx, caddy, apache])
def server(
    request: pytest.FixtureRequest, laid: Laid, laid_for_apache: Laid, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    configured: Configured = request.param
    where = laid_for_apache if configured is apache else laid
    with running(configured, where.folder, where.base, tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(scope="module", params=[nginx, caddy])
def storing(request: pytest.FixtureRequest, laid: Laid, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that sends what was compressed beforehand."""
    with running(request.param, laid.folder, laid.base, tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture
def config(laid: Laid) -> Config:
    return laid.config


def said(server: Server, path: str) -> dict[str, str]:
    """The headers of an answer; a header that comes twice is a mistake."""
    headers = server.ask(path).headers
    assert len(headers.keys()) == len({name.lower() for name in headers}), headers.keys()
    return dict(headers.items())


# ---- addresses


@pytest.mark.parametrize("path", ["/vi/a/", "/vi/a", "/tin/đời.html"])
@pytest.mark.parametrize("query", ["", "?from=mail&q=%7Benv.HOME%7D"])
def test_an_address_that_has_moved_leads_on_with_what_was_asked(server: Server, path: str, query: str) -> None:
    answer = server.ask(path + query)

    assert answer.status == 301
    there = urlsplit(answer.headers["Location"])
    assert there.hostname in (None, "portal.example")
    assert (unquote(there.path), f"?{there.query}" if there.query else "") == (f"{server.base}/vi/c$d/", query)
    assert server.ask("/vi/c$d/").status == 200


@pytest.mark.parametrize("path", ["/en/b/", "/en/b"])
def test_a_page_that_is_gone_says_so_in_its_language(server: Server, path: str) -> None:
    answer = server.ask(path)

    assert answer.status == 410
    assert '<html lang="en"' in answer.text


def test_a_page_that_is_gone_is_answered_as_long_as_its_file_is_there(server: Server) -> None:
    """A folder of which only a part is left is no page either."""
    page = server.portal / "en/b/index.html"
    write(page.parent, "photos/index.html", "Photos")
    page.write_text("Still here")
    try:
        assert (server.ask("/en/b/").status, server.ask("/en/b/").text) == (200, "Still here")
        page.unlink()
        assert server.ask("/en/b/").status == 410
    finally:
        shutil.rmtree(page.parent / "photos")
    assert server.ask("/en/b/").status == 410


@pytest.mark.parametrize(("path", "language"), [("/vi/never-was/", "vi"), ("/en/never-was", "en"), ("/never", "vi")])
def test_what_never_was_is_not_found_in_the_language_of_its_address(server: Server, path: str, language: str) -> None:
    answer = server.ask(path)

    assert answer.status == 404
    assert f'<html lang="{language}"' in answer.text


def test_the_rules_themselves_are_shown_to_nobody(server: Server) -> None:
    if "apache" in server.program:
        assert server.ask("/.htaccess").status == 403
        return
    for name in ("Caddyfile", "nginx-http.conf", "nginx-server.conf", "nginx-brotli.conf"):
        assert (server.portal / "_server" / name).is_file()
        assert server.ask(f"/_server/{name}").status == 404


# ---- headers


def test_every_file_has_the_headers_that_it_wants(server: Server, config: Config) -> None:
    """Those of the model, all of them and none besides, for each file of the portal."""
    ours = {name for path in ("index.html", "map.svg") for name in response_headers(path, config.settings)}
    paths = [path for path in tree(server.portal) if not path.startswith("_server/") and "/.ht" not in f"/{path}"]
    kinds = {path.rpartition(".")[2] for path in paths}
    assert kinds >= {"html", "css", "js", "svg", "woff2", "jpg", "png", "txt", "json", "xml", "webmanifest", "opml"}

    for path in paths:
        answer = server.ask(routes.address_of(path))
        assert answer.status == 200, path
        found = said(server, routes.address_of(path))
        assert {name: found[name] for name in found if name in ours} == response_headers(path, config.settings), path


@pytest.mark.parametrize(
    ("path", "status"),
    [("/vi/never-was/", 404), ("/assets/css/never.0123456789.css", 404), ("/covers/never.svg", 404), ("/en/b/", 410)],
)
def test_a_page_of_an_error_is_as_safe_as_all_others_and_not_kept_for_ever(
    server: Server, config: Config, path: str, status: int
) -> None:
    assert server.ask(path).status == status
    found = said(server, path)
    assert {
        name: found[name] for name in found if name in response_headers("404.html", config.settings)
    } == response_headers("404.html", config.settings)
    assert found["Cache-Control"] == SHORT


def test_an_answer_that_leads_on_is_as_safe_as_a_page(server: Server, config: Config) -> None:
    found = said(server, "/vi/a/")

    assert found.items() >= security_headers("vi/a/index.html", config.settings).items()
    assert found["Cache-Control"] == SHORT


def test_what_lies_beside_the_portal_on_a_host_is_left_alone(server: Server) -> None:
    if not server.base:
        pytest.skip("the portal has the host to itself")
    write(server.folder, "other/index.html", "Another site")
    answer = server.ask_host("/other/")

    assert answer.status == 200
    assert not {"Content-Security-Policy", "Cache-Control", "Strict-Transport-Security"} & set(answer.headers)


def test_which_release_is_online_is_never_kept(server: Server) -> None:
    write(server.portal, "release.txt", "1\n")
    assert said(server, "/release.txt")["Cache-Control"] == "no-store"


def test_that_something_went_wrong_is_never_kept(server: Server) -> None:
    assert server.ask("/goes-wrong").status == 500
    assert said(server, "/goes-wrong")["Cache-Control"] == "no-store"


def test_a_refusal_is_not_kept_for_ever(server: Server) -> None:
    answer = server.ask(style_of(server), method="DELETE")

    assert answer.status == 405
    assert answer.headers["Cache-Control"] == SHORT


# ---- what need not be sent again


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_what_a_browser_has_already_is_not_sent_again(storing: Server, encoding: str) -> None:
    compressed(storing)
    seen_again(storing, encoding)


def test_a_server_that_compresses_by_itself_knows_again_what_it_sent(laid_for_apache: Laid, tmp_path: Path) -> None:
    with running(apache, laid_for_apache.folder, laid_for_apache.base, tmp_path) as server:
        seen_again(server, "gzip")
        seen_again(server, "")


def seen_again(server: Server, encoding: str) -> None:
    """What was sent is not sent again to whoever has it."""
    accepts = {"Accept-Encoding": encoding} if encoding else {}
    for path in ("/vi/c$d/", style_of(server)):
        first = server.ask(path, accepts)
        assert first.headers.get("Content-Encoding", "") == encoding
        known = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
        for name, value in known.items():
            again = server.ask(path, {**accepts, name: value})
            assert (again.status, again.body) == (304, b""), (path, name)
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
            assert "Accept-Encoding" in again.headers.get("Vary", "") or "Vary" not in first.headers
        assert server.ask(path, {**accepts, "If-None-Match": '"another"'}).status == 200


def test_what_a_browser_keeps_for_ever_has_a_digest_in_its_name(server: Server) -> None:
    assert said(server, style_of(server))["Cache-Control"] == FOR_EVER
    assert said(server, "/vi/c$d/")["Cache-Control"] == SHORT


# ---- compressed beforehand


def compressed(server: Server) -> None:
    """Give a page, an error's page and a style sheet their compressed forms; that of Brotli is a stand-in."""
    for path in ("vi/c$d/index.html", "vi/404.html", style_of(server)[1:]):
        file = server.portal / path
        write(server.portal, f"{path}.gz", gzip.compress(file.read_bytes()))
        write(server.portal, f"{path}.br", b"Brotli of " + path.encode())


def style_of(server: Server) -> str:
    """The address of the style sheet."""
    return (
        f"/{next(path for path in tree(server.portal) if path.startswith('assets/css/') and path.endswith('.css'))}"
    )


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [("", ""), ("identity", ""), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("br", "br")],
)
def test_what_was_compressed_beforehand_is_sent_to_those_who_understand_it(
    storing: Server, config: Config, accepted: str, sent: str
) -> None:
    compressed(storing)
    for path in ("vi/c$d/index.html", style_of(storing)[1:]):
        answer = storing.ask(routes.address_of(path), {"Accept-Encoding": accepted, "Via": "1.1 cache"})
        assert (answer.status, answer.headers.get("Content-Encoding", "")) == (200, sent)
        wanted = {"": "", "gzip": ".gz", "br": ".br"}[sent]
        assert answer.body == (storing.portal / f"{path}{wanted}").read_bytes()
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert dict(answer.headers.items()).items() >= response_headers(path, config.settings).items()


def test_pages_of_errors_are_sent_compressed_too(storing: Server) -> None:
    compressed(storing)
    answer = storing.ask("/vi/never-was/", {"Accept-Encoding": "gzip"})

    assert (answer.status, answer.headers["Content-Encoding"]) == (404, "gzip")
    assert b'<html lang="vi"' in gzip.decompress(answer.body)
