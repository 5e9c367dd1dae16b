"""`toasoan check --host`: whether a host would take a portal, told before it refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import SETTINGS, page_text, portal, text_of
from tests.pictures import photo
from toasoan.check_command import check
from toasoan.cli import run
from toasoan.portal_folders import OUTPUT_FOLDER
from toasoan.web_hosts import WEB_HOSTS, WebHost

NOW = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)
FILES: Mapping[str, str | bytes] = {
    "vi/cho.md": text_of(
        "Chợ", "Người dân trong làng cho biết họ đã làm nghề gốm từ nhiều đời nay.", aliases=["/1/"]
    ),
    "en/cho.md": text_of("Market", "The village has made pottery for many years.", aliases=["/2/", "/3/"]),
    "pages/vi/about.md": page_text("Giới thiệu", "Trang này."),
    "pages/en/about.md": page_text("About", "This page."),
}


def laid_out(root: Path, *formats: str, base: str = "", files: Mapping[str, str | bytes] | None = None) -> Path:
    named = ", ".join(f'"{it}"' for it in formats)
    settings = SETTINGS.replace("https://portal.example", f"https://portal.example{base}")
    return portal(root, {**FILES, **(files or {})}, f"{settings}\n[redirects]\nformats = [{named}]\n")


def told(root: Path, host: WebHost) -> list[str]:
    """What is told of the host, as people read it."""
    found = check(root, root / OUTPUT_FOLDER, lambda *_: None, 1, NOW, host=host)
    plain = {str(it) for it in check(root, root / OUTPUT_FOLDER, lambda *_: None, 1, NOW).report}
    return [str(it) for it in found.report if str(it) not in plain]


@pytest.mark.parametrize("name", WEB_HOSTS)
def test_a_small_portal_with_its_rules_is_taken_by_every_host(tmp_path: Path, name: str) -> None:
    host = WEB_HOSTS[name]
    assert told(laid_out(tmp_path, host.formats[0]), host) == []


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ({"files": 5}, "files; Cloudflare Pages takes 5"),
        ({"bytes": 1000}, "bytes; Cloudflare Pages takes 1000"),
        ({"largest": 20_000}, "bytes; Cloudflare Pages takes 20000"),
        ({"header_rules": 3}, "the file _headers has 23 rules; Cloudflare Pages takes 3"),
        ({"header_length": 100}, "characters; Cloudflare Pages takes 100"),
        ({"many_redirects": 2}, "3 addresses have moved; Cloudflare Pages takes 2"),
    ],
)
def test_what_a_host_does_not_take_is_told_with_its_limit(
    tmp_path: Path, limit: dict[str, Any], message: str
) -> None:
    root = laid_out(tmp_path, "cloudflare")

    found = told(root, replace(WEB_HOSTS["cloudflare"], **limit))

    assert found
    assert all("host-limit" in it and message in it for it in found), found


def test_addresses_that_a_host_can_not_be_told_of_lead_on_by_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {**WEB_HOSTS, "cloudflare": replace(WEB_HOSTS["cloudflare"], redirects=2)}
    monkeypatch.setattr("toasoan.outputs.server_rules.formats.WEB_HOSTS", few)
    monkeypatch.setattr("toasoan.outputs.server_rules.headers_file.WEB_HOSTS", few)
    root = laid_out(tmp_path, "cloudflare")

    first = check(root, root / OUTPUT_FOLDER, lambda *_: None, 1, NOW, host=few["cloudflare"])
    again = check(root, root / OUTPUT_FOLDER, lambda *_: None, 1, NOW, host=few["cloudflare"])
    for found in (first, again):
        (message,) = [str(it) for it in found.report if it.code == "untold-redirects"]
        assert "'/3/' will lead nowhere" in message
    lines = (first.folder / "_redirects").read_text("utf-8").splitlines()[1:]
    assert [line.split()[0] for line in lines] == ["/1/", "/2/"]

    laid_out(tmp_path, "cloudflare", "html")
    assert not [it for it in told(root, few["cloudflare"]) if "untold" in it]
    assert (first.folder / "3/index.html").is_file()


def test_a_portal_in_a_folder_is_not_for_hosts_that_serve_whole_sites(tmp_path: Path) -> None:
    root = laid_out(tmp_path, "vercel", base="/news")

    (found,) = told(root, WEB_HOSTS["vercel"])
    assert "the portal is to lie in /news/" in found
    assert "host-without-folders" in found
    assert told(root, replace(WEB_HOSTS["apache"], formats=("vercel",))) == []


def test_a_portal_without_rules_for_the_host_is_told_how_to_have_them(tmp_path: Path) -> None:
    (found,) = told(laid_out(tmp_path, "html"), WEB_HOSTS["netlify"])

    assert "warning" in found
    assert 'add "netlify" to formats' in found


def test_a_picture_that_a_host_would_keep_for_ever_by_its_name_is_told(tmp_path: Path) -> None:
    shown = text_of("Làng", "[Bản đồ](/media/map-640.jpg)")
    files: Mapping[str, str | bytes] = {"vi/lang.md": shown, "media/map-640.jpg": photo()}

    (found,) = told(laid_out(tmp_path, "netlify", files=files), WEB_HOSTS["netlify"])
    assert "site/public/media/map-640.jpg" in found or "media/map-640.jpg" in found
    assert "kept-for-ever" in found


def test_two_formats_of_one_file_are_refused(tmp_path: Path) -> None:
    found = check(laid_out(tmp_path, "netlify", "cloudflare"), tmp_path / "x", lambda *_: None, 1, NOW)

    assert [it.code for it in found.report] == ["formats-of-one-file"]


def test_the_command_line_asks_for_a_host_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = laid_out(tmp_path, "html")

    assert run(["check", "--root", str(root), "--host", "netlify", "--jobs", "1", "--strict"]) == 1
    assert "[no-rules-for-host]" in capsys.readouterr().err
