"""Which headers files want: the model from which the rules of all servers and hosts are made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders import SETTINGS, codes, config, portal
from toasoan.config import Config, read_config
from toasoan.content.video_hosts import HOSTS
from toasoan.content_security_policy import extended, policy, source_fault
from toasoan.diagnostics import Report
from toasoan.photos.renditions import Rendition
from toasoan.response_headers import (
    FOR_EVER,
    cache_control,
    cache_rules,
    content_type,
    is_immutable,
    page_policy,
    response_headers,
    security_headers,
    security_rules,
)
from toasoan.search.directory import named
from toasoan.settings import CommentsSettings, HeadersSettings

PATHS = (
    "index.html",
    "404.html",
    "vi/index.html",
    "vi/a/index.html",
    "vi/feed.xml",
    "vi/heritage/feed.json",
    "vi/tag/a/atom.xml",
    "feeds.opml",
    "vi/manifest.webmanifest",
    "vi/search/index.html",
    "vi/search/index.json",
    "sitemap.xml",
    "robots.txt",
    "release.txt",
    "assets/js/enhance.0123456789.js",
    "assets/images/seal.0123456789.svg",
    "covers/0123456789abcdef.svg",
    "media/2025/map.svg",
    "media/2025/map.html",
    "media/2025/market.mp4",
    "media/report.pdf",
    "media/a-0123456789-640.avif",
    "_headers",
)


def directives(path: str, settings: Config) -> dict[str, set[str]]:
    """What the policy of a file says, by directive."""
    parts = (
        part.split() for part in security_headers(path, settings.settings)["Content-Security-Policy"].split("; ")
    )
    return {name: set(sources) for name, *sources in parts}


# ---- types


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("vi/a/index.html", "text/html; charset=utf-8"),
        ("assets/css/style.0123456789.css", "text/css; charset=utf-8"),
        ("assets/js/search.0123456789.js", "text/javascript; charset=utf-8"),
        ("vi/feed.xml", "application/xml; charset=utf-8"),
        ("vi/tag/a/atom.xml", "application/xml; charset=utf-8"),
        ("vi/feed.json", "application/feed+json; charset=utf-8"),
        ("vi/search/index.json", "application/json; charset=utf-8"),
        ("sitemap-vi-2025-12.xml", "application/xml; charset=utf-8"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("vi/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("covers/a.svg", "image/svg+xml; charset=utf-8"),
        ("release.txt", "text/plain; charset=utf-8"),
        ("media/a.vi.vtt", "text/vtt; charset=utf-8"),
        ("media/a-0123456789-640.avif", "image/avif"),
        ("media/a-0123456789-640.webp", "image/webp"),
        ("media/A.JPG", "image/jpeg"),
        ("assets/fonts/a.0123456789.woff2", "font/woff2"),
        ("media/no-ending", "application/octet-stream"),
    ],
)
def test_a_file_has_the_type_of_its_name(path: str, kind: str) -> None:
    assert content_type(path) == kind


# ---- caching


@pytest.mark.parametrize(
    "path",
    [
        "assets/css/style.0123456789.css",
        "assets/fonts/head.latin.abcdef0123.woff2",
        "assets/own.0123456789",
        "share/0123456789abcdef0123.jpg",
        f"vi/search/{named('vi', b'index', '.txt')}",
        f"zh-Hant/search/{named('traits', b'index', '.json')}",
        f"media/2025/{Rendition(640, 480, 'avif').name('market-0123456789')}",
        f"media/{Rendition(1200, 675, 'jpg', '16x9').name('market-0123456789')}",
    ],
)
def test_what_has_a_digest_in_its_name_is_kept_for_ever(path: str) -> None:
    assert is_immutable(path)
    assert cache_control(path, config().settings) == FOR_EVER


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "vi/assets/a.0123456789.css",
        "assets/own.css",
        "vi/search/index.html",
        "vi/search/index.json",
        "vi/search/feed.json",
        "vi/a/search/abcdefghijklm.txt",
        "media/2025/market.jpg",
        "media/market-2025-640.jpg",
        "media/market-0123456789-640.svg",
        "covers/0123456789abcdef.svg",
        "vi/share/0123456789abcdef0123.jpg",
        "sitemap.xml",
    ],
)
def test_what_may_change_under_its_name_is_asked_about(path: str) -> None:
    assert not is_immutable(path)
    assert cache_control(path, config().settings) == "public, max-age=60, must-revalidate"


def test_the_settings_say_for_how_long_a_page_is_kept() -> None:
    settings = config(headers=HeadersSettings(max_age=300)).settings

    assert cache_control("vi/a/index.html", settings) == "public, max-age=300, must-revalidate"
    assert cache_control("assets/a.0123456789.css", settings) == FOR_EVER


def test_which_release_is_online_is_never_kept() -> None:
    assert cache_control("release.txt", config().settings) == "no-store"
    assert cache_control("vi/release.txt", config().settings) != "no-store"


# ---- security


def test_a_page_may_do_what_the_theme_does_and_nothing_else() -> None:
    said = directives("vi/a/index.html", config())

    assert said["default-src"] == {"'none'"}
    assert said["script-src"] == said["style-src"] == said["connect-src"] == {"'self'"}
    assert said["base-uri"] == said["frame-ancestors"] == said["trusted-types"] == {"'none'"}
    assert said["require-trusted-types-for"] == {"'script'"}
    assert "unsafe" not in security_headers("vi/a/index.html", config().settings)["Content-Security-Policy"]


def test_only_players_that_the_theme_knows_come_into_frames() -> None:
    frames = directives("vi/a/index.html", config())["frame-src"]

    assert all(any(host.player.startswith(f"{source}/") for source in frames) for host in HOSTS)
    assert all(any(host.player.startswith(f"{source}/") for host in HOSTS) for source in frames)


@pytest.mark.parametrize(
    ("server", "source"),
    [
        ("https://comments.portal.example", "https://comments.portal.example/new"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001/new"),
        ("https://portal.example/isso", "https://portal.example/isso/new"),
        ("https://bücher.example", "https://xn--bcher-kva.example/new"),
        ("https://a.example;script-src", "https://a.example%3Bscript-src/new"),
    ],
)
def test_comments_are_sent_to_their_server_and_nowhere_else(server: str, source: str) -> None:
    said = directives("vi/a/index.html", config(comments=CommentsSettings(server)))

    assert said["connect-src"] == {"'self'", source}
    assert said["script-src"] == {"'self'"}


def test_a_source_that_the_settings_name_is_added_to_what_was_there() -> None:
    allow = {
        "script-src": ("https://stats.example",),
        "worker-src": ("https://w.example",),
        "trusted-types": ("stats",),
    }
    said = directives("vi/a/index.html", config(headers=HeadersSettings(allow=allow)))

    assert said["script-src"] == {"'self'", "https://stats.example"}
    assert said["worker-src"] == {"'self'", "https://w.example"}
    assert said["trusted-types"] == {"stats"}
    assert said["default-src"] == {"'none'"}


def test_nothing_added_to_nothing_is_nothing() -> None:
    assert policy(extended({"frame-ancestors": ("'none'",)}, {"frame-ancestors": ()})) == "frame-ancestors 'none'"


@pytest.mark.parametrize(
    "path", ["covers/a.svg", "assets/images/seal.0123456789.svg", "media/map.svg", "media/map.html", "media/MAP.SVG"]
)
def test_a_picture_that_may_hold_scripts_is_locked_up(path: str) -> None:
    said = directives(path, config(headers=HeadersSettings(allow={"script-src": ("https://stats.example",)})))

    assert said == {"default-src": {"'none'"}, "style-src": {"'unsafe-inline'"}, "sandbox": set()}


@pytest.mark.parametrize("path", ["media/report.pdf", "media/market.mp4", "media/a.jpg", "assets/a.0123456789.css"])
def test_what_can_run_no_script_is_only_told_not_to_be_taken_for_something_else(path: str) -> None:
    assert security_headers(path, config().settings) == {"X-Content-Type-Options": "nosniff"}


@pytest.mark.parametrize("path", PATHS)
def test_no_file_is_taken_for_something_else(path: str) -> None:
    assert response_headers(path, config().settings)["X-Content-Type-Options"] == "nosniff"


def test_https_is_asked_for_only_where_the_settings_say_for_how_long() -> None:
    asked = config(headers=HeadersSettings(hsts_days=2))

    assert "Strict-Transport-Security" not in response_headers("index.html", config().settings)
    for path in PATHS:
        assert response_headers(path, asked.settings)["Strict-Transport-Security"] == "max-age=172800"


def test_players_may_fill_the_screen() -> None:
    said = security_headers("vi/a/index.html", config().settings)["Permissions-Policy"]

    assert "camera=()" in said
    assert not re.search("fullscreen|autoplay|picture-in-picture", said)


# ---- rules


@pytest.mark.parametrize("path", PATHS)
def test_one_rule_of_a_group_fits_every_file(path: str) -> None:
    address = "/" + path.removesuffix("index.html")
    for rules in (cache_rules(config().settings), security_rules(config().settings)):
        assert any(rule.fits(address) for rule in rules)
        assert rules[-1].pattern == "/.*"


def test_headers_are_ascii_without_line_breaks_or_signs_that_configurations_understand() -> None:
    settings = config(
        comments=CommentsSettings("https://ý-kiến.example/a$b"),
        headers=HeadersSettings(allow={"img-src": ("https://*.pictures.example/a%20b/",)}),
    )

    for path in PATHS:
        for value in response_headers(path, settings.settings).values():
            assert re.fullmatch(r"[ -!#%-\[\]-z|~]*", value), value


# ---- what the settings may add


@pytest.mark.parametrize(
    ("directive", "source"),
    [
        ("script-src", "https://stats.example"),
        ("script-src", "https://stats.example:8443/count.js"),
        ("script-src", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"),
        ("img-src", "https://*.pictures.example"),
        ("img-src", "https:"),
        ("media-src", "blob:"),
        ("connect-src", "wss://live.example"),
        ("frame-ancestors", "https://partner.example"),
        ("trusted-types", "stats#1"),
    ],
)
def test_a_source_may_be_added(directive: str, source: str) -> None:
    assert source_fault(directive, source) is None


@pytest.mark.parametrize(
    ("directive", "source"),
    [
        ("script-src", "*"),
        ("img-src", "*"),
        ("script-src", "https:"),
        ("script-src", "data:"),
        ("frame-src", "blob:"),
        ("script-src", "https://*"),
        ("script-src", "https://*.example"),
        ("script-src", "'unsafe-eval'"),
        ("script-src", "'unsafe-inline'"),
        ("style-src", "'unsafe-inline'"),
        ("script-src", "'strict-dynamic'"),
        ("script-src", "'nonce-abc'"),
        ("img-src", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"),
        ("script-src", "http://stats.example"),
        ("script-src", "wss://stats.example"),
        ("script-src", "stats.example"),
        ("script-src", "https://stats.example; default-src *"),
        ("script-src", "https://stats.example https://x.example"),
        ("script-src", "https://stats.example,"),
        ("script-src", 'https://stats.example/"'),
        ("script-src", "https://stats.example/$host"),
        ("script-src", "https://stats.example/{env.HOME}"),
        ("script-src", "https://stats.example\n"),
        ("script-src", "https://thống-kê.example"),
        ("script-src", ""),
        ("trusted-types", "*"),
        ("trusted-types", "'allow-duplicates'"),
    ],
)
def test_a_source_that_lets_in_everybody_or_breaks_the_header_is_refused(directive: str, source: str) -> None:
    assert source_fault(directive, source) is not None


def test_settings_name_sources(tmp_path: Path) -> None:
    headers = '\n[headers]\nmax_age = 0\nhsts_days = 1\n[headers.allow]\nscript-src = ["https://stats.example"]\n'
    read = read_config(portal(tmp_path, settings=SETTINGS + headers), Report())

    assert read is not None
    assert read.settings.headers == HeadersSettings(0, 1, {"script-src": ("https://stats.example",)})
    assert page_policy(read.settings)["script-src"] == ("'self'", "https://stats.example")


@pytest.mark.parametrize(
    ("lines", "code", "told"),
    [
        ("max_age = -1", "too-small", "'headers.max_age' must be at least 0"),
        ("hsts_days = -1", "too-small", "'headers.hsts_days' must be at least 0"),
        ('allow = { script = ["https://a.example"] }', "unknown-directive", "did you mean 'script-src'?"),
        ('allow = { sandbox = ["allow-scripts"] }', "unknown-directive", "use one of these: connect-src"),
        ('allow = { script-src = ["*"] }', "wrong-source", "'headers.allow.script-src' has '*'"),
        ('allow = { script-src = "https://a.example" }', "wrong-type", "headers.allow.script-src"),
    ],
)
def test_mistakes_in_the_settings_are_told(lines: str, code: str, told: str, tmp_path: Path) -> None:
    report = Report()

    assert read_config(portal(tmp_path, settings=f"{SETTINGS}\n[headers]\n{lines}\n"), report) is None
    assert codes(report) == [code]
    assert told in f"{next(iter(report))} {next(iter(report)).hint}"
