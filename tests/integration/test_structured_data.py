"""What pages tell machines: all that the portal has, and nothing that it has not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.builders import SETTINGS, built, codes, page_text, portal, text_of, write
from tests.conftest import BuiltSite
from tests.pictures import photo
from tests.reading import json_ld
from toasoan.build import build
from toasoan.content.front_matter import CorrectionFields, PhotoFields

ORIGIN = "https://portal.example"
NEWSROOM = """
[organization]
legal_name = "Công ty Tin thử"
email = "toasoan@portal.example"
same_as = ["https://vi.wikipedia.org/wiki/Tin"]

[organization.policies]
corrections = "corrections"
ethics = "ethics"
"""


def things(root: Path, path: str) -> dict[str, Any]:
    """What a page says, by type."""
    page = (root / "public" / path / "index.html").read_text("utf-8")
    return {thing["@type"]: thing for thing in json_ld(page)}


def test_a_correction_is_a_comment_with_its_date(tmp_path: Path) -> None:
    corrections = (
        CorrectionFields("Chợ họp lúc năm giờ.", dt.date(2025, 6, 3)),
        CorrectionFields("Cá, không phải cua."),
    )
    built(portal(tmp_path, {"vi/cho.md": text_of("Chợ", corrections=corrections)}))

    first, second = things(tmp_path, "vi/cho")["NewsArticle"]["correction"]
    assert first == {"@type": "CorrectionComment", "text": "Chợ họp lúc năm giờ.", "datePublished": "2025-06-03"}
    assert second == {"@type": "CorrectionComment", "text": "Cá, không phải cua."}


def test_the_newsroom_names_its_policies_in_the_languages_that_have_them(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "pages/vi/corrections.md": page_text("Đính chính"),
        "pages/vi/ethics.md": page_text("Đạo đức"),
        "pages/en/ethics.md": page_text("Ethics"),
    }
    built(portal(tmp_path, {"vi/a.md": text_of("A"), **pages}, SETTINGS + NEWSROOM))

    vietnamese, english = (things(tmp_path, tag)["NewsMediaOrganization"] for tag in ("vi", "en"))
    assert vietnamese["legalName"] == "Công ty Tin thử"
    assert vietnamese["email"] == "toasoan@portal.example"
    assert vietnamese["sameAs"] == ["https://vi.wikipedia.org/wiki/Tin"]
    assert vietnamese["correctionsPolicy"] == f"{ORIGIN}/vi/corrections/"
    assert vietnamese["ethicsPolicy"] == f"{ORIGIN}/vi/ethics/"
    assert english["ethicsPolicy"] == f"{ORIGIN}/en/ethics/"
    assert "correctionsPolicy" not in english
    assert vietnamese["@id"] == things(tmp_path, "vi")["WebSite"]["publisher"]["@id"]


def test_a_policy_without_its_page_is_told_at_its_line(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"vi/a.md": text_of("A"), "pages/vi/ethics.md": page_text("Đạo đức")}
    root = portal(tmp_path, files, SETTINGS + NEWSROOM)

    (said,) = build(root, None).report

    line = 1 + (SETTINGS + NEWSROOM).split("\n").index('corrections = "corrections"')
    assert (str(said.location), said.code) == (f"site/site.toml:{line}", "no-such-page")


def test_a_portal_that_says_nothing_of_its_newsroom_invents_nothing(tiny: BuiltSite) -> None:
    (newsroom,) = (it for it in json_ld(tiny.pages["vi/index.html"]) if it["@type"] == "NewsMediaOrganization")
    assert newsroom.keys() == {"@type", "@id", "name", "url", "logo"}


def test_a_list_names_the_articles_that_it_shows_in_their_order(tiny: BuiltSite) -> None:
    for path in (
        "vi/heritage/index.html",
        "vi/tag/gom/index.html",
        "vi/tag/gom/1/index.html",
        "vi/2025/01/index.html",
    ):
        graph = {thing["@type"]: thing for thing in json_ld(tiny.pages[path])}
        page = graph["CollectionPage"]
        assert page["url"] == f"{ORIGIN}/{path.removesuffix('index.html')}"
        items = page["mainEntity"]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, page["mainEntity"]["numberOfItems"] + 1))
        shown = tiny.pages[path].split("<main")[1]
        places = [shown.index(f'href="{item["url"].removeprefix(ORIGIN)}"') for item in items]
        assert places == sorted(places)
        assert "BreadcrumbList" in graph


def test_a_licence_is_told_with_each_photograph(tmp_path: Path) -> None:
    settings = f'{SETTINGS}\n[photos]\nlicense = "https://portal.example/vi/licence/"\n'
    images = (PhotoFields("a.png", "Chợ", credit="An"),)
    built(portal(tmp_path, {"vi/a.md": text_of("A", images=images), "media/a.png": photo()}, settings))

    image, _ = things(tmp_path, "vi/a")["NewsArticle"]["image"]
    assert image["license"] == "https://portal.example/vi/licence/"


def test_wrong_addresses_in_the_settings_are_told(tmp_path: Path) -> None:
    settings = f'{SETTINGS}\n[photos]\nlicense = "licence"\n\n[organization]\nsame_as = ["x"]\n'
    root = portal(tmp_path, {"vi/a.md": text_of("A")}, settings)

    assert codes(build(root, None).report) == ["wrong-address", "wrong-address"]


def test_a_page_of_policies_that_comes_later_is_told_of(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")}, SETTINGS + '\n[organization.policies]\nethics = "ethics"\n')
    write(root, "site/pages/vi/ethics.md", page_text("Đạo đức"))
    built(root)
    assert "ethicsPolicy" not in things(root, "en")["NewsMediaOrganization"]

    write(root, "site/pages/en/ethics.md", page_text("Ethics"))
    built(root)

    assert things(root, "en")["NewsMediaOrganization"]["ethicsPolicy"] == f"{ORIGIN}/en/ethics/"
