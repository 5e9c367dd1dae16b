"""robots.txt, security.txt and the web app manifest: read as programs read them."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from PIL import Image

from tests.builders import SETTINGS, built, codes, portal, text_of, tree
from tests.conftest import BuiltSite
from tests.reading import document
from toasoan.build import build

SECURITY = """
[security]
contact = ["mailto:security@portal.example", "https://portal.example/report"]
expires = 2027-01-01
policy = "https://portal.example/policy"
"""


def may_read(root: Path) -> dict[str, bool]:
    """Which programs may read an article."""
    robots = RobotFileParser()
    robots.parse((root / "public/robots.txt").read_text().splitlines())
    programs = (
        "Googlebot",
        "Bingbot",
        "OAI-SearchBot",
        "Claude-User",
        "PerplexityBot",
        "GPTBot",
        "ClaudeBot",
        "CCBot",
    )
    assert robots.site_maps() == ["https://portal.example/sitemap.xml"]
    return {name: robots.can_fetch(name, "https://portal.example/vi/a/") for name in programs}


@pytest.mark.parametrize(
    ("crawlers", "kept_out"),
    [
        ("open", set()),
        ("cite", {"GPTBot", "ClaudeBot", "CCBot"}),
        ("closed", {"OAI-SearchBot", "Claude-User", "PerplexityBot", "GPTBot", "ClaudeBot", "CCBot"}),
    ],
)
def test_a_portal_chooses_who_may_read_it(crawlers: str, kept_out: set[str], tmp_path: Path) -> None:
    built(portal(tmp_path, {"vi/a.md": text_of("A")}, f'{SETTINGS}\n[robots]\ncrawlers = "{crawlers}"\n'))

    assert {name for name, allowed in may_read(tmp_path).items() if not allowed} == kept_out


def test_whoever_finds_a_hole_learns_whom_to_tell(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")}, SETTINGS + SECURITY)
    assert not list(build(root, root / "public", now=dt.datetime(2026, 6, 1, tzinfo=dt.UTC)).report)

    assert (root / "public/.well-known/security.txt").read_text().splitlines() == [
        "Contact: mailto:security@portal.example",
        "Contact: https://portal.example/report",
        "Expires: 2027-01-01T00:00:00Z",
        "Preferred-Languages: vi, en",
        "Canonical: https://portal.example/.well-known/security.txt",
        "Policy: https://portal.example/policy",
    ]


def test_the_end_of_it_is_told_a_month_before_although_nothing_was_changed(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")}, SETTINGS + SECURITY)

    def told(month: int, day: int) -> list[str]:
        return codes(build(root, root / "public", now=dt.datetime(2026, month, day, tzinfo=dt.UTC)).report)

    assert told(11, 30) == []
    assert told(12, 1) == []
    assert told(12, 2) == ["security-txt-expires"]
    assert told(12, 3) == ["security-txt-expires"]


@pytest.mark.parametrize("contact", ["[]", '["security@portal.example"]', '["mailto:a b@portal.example"]'])
def test_a_contact_that_leads_nowhere_is_told(contact: str, tmp_path: Path) -> None:
    settings = f"{SETTINGS}\n[security]\ncontact = {contact}\nexpires = 2030-01-01\n"

    assert codes(build(portal(tmp_path, {"vi/a.md": text_of("A")}, settings), None).report) == ["wrong-address"]


def test_without_settings_there_is_no_security_txt(tiny: BuiltSite) -> None:
    assert ".well-known/security.txt" not in tiny.files


def test_every_page_names_the_manifest_of_its_language_and_its_icons_are_as_large_as_it_says(tiny: BuiltSite) -> None:
    for path, page in tiny.pages.items():
        (link,) = document(page).xpath("//link[@rel='manifest']/@href")
        manifest = json.loads(tiny.files[str(link).removeprefix("/")])
        assert manifest["lang"] == document(page).get("lang"), path
        assert tiny.files[f"{manifest['start_url'].removeprefix('/')}index.html"]
        for icon in manifest["icons"]:
            image = Image.open(io.BytesIO(tiny.files[icon["src"].removeprefix("/")]))
            assert f"{image.width}x{image.height}" == icon["sizes"]


def test_a_portal_in_a_folder_of_its_host_has_its_manifest_there(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")}, SETTINGS.replace("portal.example", "host.example/portal"))
    built(root)

    manifest = json.loads(tree(root / "public")["vi/manifest.webmanifest"])
    assert (manifest["start_url"], manifest["scope"]) == ("/portal/vi/", "/portal/")
