"""A check of a portal: what is right passes, and a planted mistake of each kind is told where it can be mended."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.builders import REPOSITORY, SETTINGS, page_text, portal, text_of, tree, write
from tests.host import Host
from toasoan.audit.outside import OutsideLinks
from toasoan.build import build
from toasoan.check_command import CHECKED_FOLDER, Checked, check
from toasoan.cli import run
from toasoan.portal_folders import OUTPUT_FOLDER

NOW = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)
DAY = dt.date(2025, 6, 1)
LONG = "Người dân trong làng cho biết họ đã làm nghề gốm từ nhiều đời nay và mong con cháu giữ nghề. " * 4
FILES: Mapping[str, str | bytes] = {
    "vi/cho.md": text_of("Chợ", f"{LONG}\n\n## Giá cả\n\nXem [giá](/vi/cho/#gia-ca).", date=DAY, story="cho"),
    "vi/lang.md": text_of("Làng", f"Đọc [chợ](/vi/cho/) và [trang khác](https://a.example/1).\n\n{LONG}", date=DAY),
    "en/cho.md": text_of("Market", "The village has made pottery for many years.", date=DAY, story="cho"),
    "pages/vi/about.md": page_text("Giới thiệu", "Trang này."),
    "pages/en/about.md": page_text("About", "This page."),
}


def checked(root: Path) -> Checked:
    return check(root, root / OUTPUT_FOLDER, lambda *_: None, 1, NOW)


def told(root: Path) -> list[str]:
    """Place, weight and code of all that a check tells."""
    found = checked(root)
    return [f"{it.location}: {it.severity} {it.code}" for it in found.report]


def lay_out(folder: Path, files: Mapping[str, str | bytes] | None = None, settings: str = SETTINGS) -> Path:
    return portal(folder, {**FILES, **(files or {})}, settings)


def change(root: Path, template: str, old: str, new: str) -> None:
    """Have the portal use a template of its own."""
    text = (REPOSITORY / "templates" / template).read_text("utf-8")
    assert old in text
    write(root, f"site/templates/{template}", text.replace(old, new, 1))


def test_a_portal_without_mistakes_passes(tmp_path: Path) -> None:
    found = checked(lay_out(tmp_path))

    assert [str(it) for it in found.report] == []
    assert found.audited is not None
    assert found.audited.pages > 20
    assert found.audited.feeds > 10
    assert found.audited.sitemaps > 2
    assert set(found.audited.outside) == {"https://a.example/1"}


def test_html_among_the_files_of_editors_is_theirs(tmp_path: Path) -> None:
    text = text_of("Làng", f"{LONG}\n\nXem [bảng](/media/table.html).", date=DAY)

    assert told(lay_out(tmp_path, {"vi/lang.md": text, "media/table.html": "<td><p>1"})) == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "vi/lang.md",
            text_of("Làng", f"{LONG}\n\nXem [giá](/vi/cho/#gia).", date=DAY),
            ["site/content/vi/lang.md:9: error missing-part"],
        ),
        (
            "vi/lang.md",
            text_of("Làng", f"{LONG}\n\nXem [giá](#gia).", date=DAY),
            ["site/content/vi/lang.md:9: error missing-part"],
        ),
        (
            "vi/lang.md",
            text_of("Làng", f"{LONG}\n\nXem [chợ](/en/cho/).", date=DAY),
            ["site/content/vi/lang.md:9: warning link-to-another-language"],
        ),
        (
            "en/lang.md",
            text_of("Làng", LONG, date=DAY),
            ["site/content/en/lang.md: warning text-in-another-language"],
        ),
        (
            "pages/vi/thanks.md",
            page_text("Cảm ơn", "Trang này."),
            ["site/pages/vi/thanks.md: warning missing-translation"],
        ),
    ],
    ids=["part of another page", "part of the page", "another language", "wrong folder", "static page"],
)
def test_a_mistake_in_a_text_is_told_on_its_line(path: str, text: str, expected: list[str], tmp_path: Path) -> None:
    assert told(lay_out(tmp_path, {path: text})) == expected


def test_a_translation_older_than_the_last_change_of_its_original_is_told(tmp_path: Path) -> None:
    changed = {"updated": dt.date(2025, 6, 9), "translation": "original"}
    files = {
        "vi/cho.md": text_of("Chợ", LONG, date=DAY, story="cho", **changed),
        "en/cho.md": text_of("Market", "Text.", date=DAY, story="cho", translation="human"),
    }
    root = lay_out(tmp_path, files)

    assert told(root) == [
        "site/public/en/cho/index.html: warning stale-translation".replace("site/public", CHECKED_FOLDER)
    ]

    write(
        root,
        "site/content/en/cho.md",
        text_of("Market", date=DAY, story="cho", translation="human", updated=dt.date(2025, 6, 9)),
    )
    assert told(root) == []


@pytest.mark.parametrize(
    ("template", "old", "new", "code"),
    [
        ("layouts/static.html", '<div class="prose">', '<span><div class="prose">', "invalid-html"),
        ("layouts/static.html", '<div class="prose">', '<div class="prose" id="main"><b id="main"></b>', "wrong-id"),
        ("layouts/static.html", '<div class="prose">', '<div class="prose"><button></button>', "not-for-everybody"),
        (
            "layouts/static.html",
            '<div class="prose">',
            '<div class="prose"><img src="/covers/none.svg" alt="">',
            "broken-link",
        ),
        ("layouts/static.html", '<div class="prose">', '<div class="prose"><a href="/vi/none/">a</a>', "broken-link"),
        ("partials/head.html", '<meta name="description"', '<meta name="about"', "missing-description"),
        ("partials/head.html", '{{ head.structured_data }}', '{"@type": "NewsArticle"}', "wrong-structured-data"),
        ("partials/head.html", '{{ head.structured_data }}', '{"@type":', "wrong-structured-data"),
        (
            "partials/head.html",
            "{% if head.indexable %}",
            '<meta name="robots" content="noindex">{% if 1 %}',
            "wrong-sitemap",
        ),
        ("partials/footer.html", "{% for link in shell.static_pages %}", "{% for link in () %}", "lost-page"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_template_is_told_once(template: str, old: str, new: str, code: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, template, old, new)

    found = checked(root).report

    about = [it for it in found if it.code == code]
    assert about
    assert all(it.location.path.startswith(CHECKED_FOLDER) for it in about)
    messages = [it.message.partition(" (and so on")[0] for it in about]
    assert all(messages.count(message) <= 3 for message in messages)


def test_a_page_over_its_budget_is_told(tmp_path: Path) -> None:
    root = lay_out(
        tmp_path, settings=f"{SETTINGS}\n[budgets]\nhtml_and_styles = 1\nscripts = 1\nfonts = 1\npage = 2\n"
    )

    found = [it for it in checked(root).report if it.code == "over-budget"]

    assert {it.message.partition(":")[0] for it in found} == {
        "the page without its photographs",
        "its HTML and style sheets",
        "its scripts",
        "the fonts that it asks for at once",
    }


def test_a_portal_that_is_up_to_date_is_looked_at_where_it_lies(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    build(root, root / OUTPUT_FOLDER, now=NOW)
    before = tree(root / OUTPUT_FOLDER)

    assert checked(root).folder == root / OUTPUT_FOLDER
    assert not (root / CHECKED_FOLDER).exists()

    write(root, "site/content/vi/cho.md", text_of("Chợ mới", LONG, date=DAY, story="cho"))
    assert checked(root).folder == root / CHECKED_FOLDER
    assert tree(root / OUTPUT_FOLDER) == before


def test_a_link_to_a_page_that_moved_is_told_once(tmp_path: Path) -> None:
    files = {"vi/cho.md": text_of("Chợ", LONG, date=DAY, story="cho", aliases=["/cu/"]),
             "vi/lang.md": text_of("Làng", f"{LONG}\n\nXem [giá](/cu/).", date=DAY)}  # fmt: skip

    assert told(lay_out(tmp_path, files)) == ["site/content/vi/lang.md:9: warning moved-link"]


def test_pages_elsewhere_are_asked_for_on_request_and_told_on_the_line_of_the_link(
    tmp_path: Path, host: Host
) -> None:
    base = f"http://127.0.0.1:{host.server_address[1]}"
    body = f"{LONG}\n\n[a]({base}/there#part), [b]({base}/gone#part) và [c]({base}/moved)"
    root = lay_out(
        tmp_path, {"vi/lang.md": text_of("Làng", body, date=DAY), "en/lang.md": text_of("Village", date=DAY)}
    )
    links = OutsideLinks(root / ".toasoan/outside-links.json", 0, frozenset({"127.0.0.1"}), pause=0)

    assert told(root) == []
    assert host.asked == []
    found = check(root, root / OUTPUT_FOLDER, lambda *_: None, 1, NOW, asks_outside=True, outside=links)

    assert [f"{it.location}: {it.code}" for it in found.report] == [
        "site/content/vi/lang.md:9: dead-outside-link",
        "site/content/vi/lang.md:9: moved-outside-link",
    ]
    assert found.outside == {"200": 2, "410": 1}
    # Share links are not among them, nor is a page asked for twice.
    assert sorted({path for _, path, _ in host.asked}) == ["/gone", "/moved", "/new", "/there"]


def test_mistakes_in_the_sources_come_first(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"vi/lang.md": text_of("Làng", "[a](/vi/none/)")})

    found = checked(root)

    assert [it.code for it in found.report] == ["broken-link"]
    assert found.audited is None


# ---- as a command


def test_the_command_fails_on_errors_and_on_warnings_if_it_is_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_out(tmp_path, {"vi/lang.md": text_of("Làng", f"{LONG}\n\nXem [chợ](/en/cho/).", date=DAY)})
    words = ("check", "--root", str(root), "--now", "2025-07-01")

    assert run(words) == 0
    assert "0 errors, 1 warning in 3 articles" in capsys.readouterr().out
    assert run([*words, "--strict"]) == 1
    capsys.readouterr()

    assert run([*words, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [it["code"] for it in said["diagnostics"]] == ["link-to-another-language"]
    assert said["pages"] > 20

    assert run([*words, "--format", "sarif", "--strict"]) == 1
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["ruleId"] == "link-to-another-language"
    assert run([*words, "--format", "junit"]) == 0
    assert ET.fromstring(capsys.readouterr().out).get("failures") == "0"


def test_the_command_says_which_folder_it_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay_out(tmp_path)

    assert run(["check", "--root", str(root), "--now", "2025-07-01"]) == 0

    said = capsys.readouterr().out
    assert "is not up to date: this is about a build in" in said
    assert "no mistakes in 3 articles" in said
    assert "1 page elsewhere: not asked for (--external does)" in said
