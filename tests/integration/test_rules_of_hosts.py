"""The rules for hosts of static sites, tried with these hosts' own code as far as it is to be had."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.builders import tree, write
from tests.served_portals import laid_out
from tests.servers import Server, running, web_host
from toasoan import routes
from toasoan.config import Config, read_config
from toasoan.diagnostics import Report
from toasoan.response_headers import FOR_EVER, HeaderRule, cache_control, content_type, is_immutable, security_headers
from toasoan.response_headers import cache_rules as rules_for_caching

RULES = ("_headers", "_redirects", "vercel.json", "firebase.json")


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where each host's portal is; Netlify and Cloudflare Pages have one name for two files."""
    both = laid_out(tmp_path_factory.mktemp("portal"), "", ["cloudflare", "vercel", "firebase"])
    alone = laid_out(tmp_path_factory.mktemp("portal"), "", ["netlify"])
    return {"cloudflare": both, "vercel": both, "firebase": both, "netlify": alone}


@pytest.fixture(scope="module", params=["cloudflare", "firebase", "netlify", "vercel"])
def host(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def server(host: str, portals: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The host, which has found nothing wrong in its rules: else it would not have begun."""
    with running(web_host(host), portals[host], "", tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(scope="module")
def config(portals: dict[str, Path]) -> Config:
    config = read_config(portals["netlify"].parent, Report())
    assert config is not None
    return config


def files_of(server: Server, host: str) -> list[str]:
    """All files that readers may ask for by their names; Cloudflare Pages leads on from "report.html" to "report"."""
    hidden = (".html",) if host == "cloudflare" else ("404.html",)
    return [
        path
        for path in tree(server.portal)
        if path not in RULES
        and not path.startswith((".", "_server/"))
        and (path.endswith("index.html") or not path.endswith(hidden))
    ]


@pytest.mark.parametrize("path", ["/vi/a/", "/vi/a", "/tin/đời.html"])
@pytest.mark.parametrize("query", ["", "?from=mail&q=x"])
def test_an_address_that_has_moved_leads_on_with_what_was_asked(server: Server, path: str, query: str) -> None:
    answer = server.ask(path + query)

    assert answer.status == 301
    there = urlsplit(answer.headers["Location"])
    assert (unquote(there.path), f"?{there.query}" if there.query else "") == ("/vi/c$d/", query)


def test_an_address_that_has_moved_leads_on_though_the_old_page_still_lies_there(server: Server) -> None:
    write(server.portal, "vi/a/index.html", "Old")
    try:
        assert server.ask("/vi/a/").status == 301
    finally:
        (server.portal / "vi/a/index.html").unlink()
        (server.portal / "vi/a").rmdir()


def test_a_page_that_is_gone_says_so_where_the_host_has_a_word_for_it(server: Server, host: str) -> None:
    answer = server.ask("/en/b/")

    assert answer.status == (410 if host == "vercel" else 404)
    assert '<html lang="en"' in answer.text or host == "firebase"


def test_a_page_that_is_gone_is_answered_as_long_as_its_file_is_there(server: Server) -> None:
    write(server.portal, "en/b/index.html", "Still here")
    try:
        assert server.ask("/en/b/").status == 200
    finally:
        (server.portal / "en/b/index.html").unlink()
        (server.portal / "en/b").rmdir()


@pytest.mark.parametrize(
    ("path", "language"), [("/vi/never-was/", "vi"), ("/en/never-was/", "en"), ("/never/", "vi")]
)
def test_what_never_was_is_not_found_in_the_language_of_its_address(
    server: Server, host: str, path: str, language: str
) -> None:
    answer = server.ask(path)

    assert answer.status == 404
    assert f'<html lang="{"vi" if host == "firebase" else language}"' in answer.text


def test_every_file_is_as_safe_as_it_wants_to_be(server: Server, host: str, config: Config) -> None:
    """With all headers that it wants, and as they are wanted; a style sheet may have those of a page too."""
    paths = files_of(server, host)
    assert {path.rpartition(".")[2] for path in paths} >= {"html", "css", "js", "svg", "jpg", "json", "xml"}
    for path in paths:
        answer = server.ask(routes.address_of(path))
        wanted = security_headers(path, config.settings)
        assert answer.status == 200, path
        assert {name: answer.headers[name] for name in wanted} == wanted, path


def test_every_file_has_its_type(server: Server, host: str, config: Config) -> None:
    """Types that go without saying, hosts know by themselves, with or without the charset."""
    for path in set(files_of(server, host)) - {"media/table.of-no-known-type"}:
        said, wanted = server.ask(routes.address_of(path)).headers["Content-Type"].lower(), content_type(path)
        same = said.split(";")[0] == wanted.split(";")[0]
        scripts = {said.split(";")[0], wanted.split(";")[0]} == {"application/javascript", "text/javascript"}
        assert same or scripts, (path, said, wanted)


def test_nothing_is_kept_longer_than_it_may_be_and_what_can_be_is_kept_for_ever(
    server: Server, host: str, config: Config
) -> None:
    """Hosts that know no expressions can't tell each file by its digest; what they can't tell is asked about."""
    write(server.portal, "release.txt", "1\n")
    rules = rules_for_caching(config.settings)
    for path in files_of(server, host):
        answer = server.ask(routes.address_of(path)).headers["Cache-Control"].replace(",", ", ").replace("  ", " ")
        wanted = cache_control(path, config.settings)
        if host in ("cloudflare", "netlify") and wanted == FOR_EVER and not told_by_a_path(path, rules):
            assert "must-revalidate" in answer, path
        elif host == "netlify" and "max-age=90" in wanted:
            assert answer == "public, max-age=0, must-revalidate", path
        else:
            assert answer == wanted, path
    kept = [path for path in files_of(server, host) if is_immutable(path)]
    told = [path for path in kept if told_by_a_path(path, rules)]
    assert len(told) > len(kept) * 0.6


def told_by_a_path(path: str, rules: tuple[HeaderRule, ...]) -> bool:
    """Whether one of the paths of a rule for what is kept for ever is about a file, as plain words say it."""
    address = routes.address_of(path)
    return any(_fits(form, address) for rule in rules[:-2] for form in rule.paths)


def _fits(form: str, address: str) -> bool:
    before, _, after = form.partition("*")
    if ":language" in before:
        parts = address.split("/")
        return len(parts) == 4 and parts[2] == "search" and address.endswith(after)
    return address.startswith(before) and address.endswith(after)


@pytest.mark.parametrize("path", ["/vi/never-was/", "/assets/css/never.0123456789.css"])
def test_a_page_of_an_error_is_as_safe_as_all_others(server: Server, host: str, config: Config, path: str) -> None:
    answer = server.ask(path)

    assert answer.status == 404
    wanted = security_headers("404.html", config.settings)
    assert {name: answer.headers[name] for name in wanted} == wanted
    if host in ("cloudflare", "vercel"):
        assert answer.headers["Cache-Control"] != FOR_EVER


def test_the_rules_themselves_are_no_pages_of_the_portal(portals: dict[str, Path]) -> None:
    assert {name for name in RULES if (portals["vercel"] / name).is_file()} == set(RULES)
