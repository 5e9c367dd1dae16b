"""From sources to published files: what readers, search engines and other people's files can rely on."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser  # type: ignore[import-untyped]
import pytest

from tests.builders import SETTINGS, built, codes, copy_of, page_text, portal, text_of, tree, write
from tests.conftest import BuiltSite
from tests.pictures import photo
from tests.reading import dangers, document, duplicate_ids, json_ld, links, unbalanced
from toasoan import routes
from toasoan.build import build, differences, forget_state, state_file
from toasoan.cli import run
from toasoan.content.front_matter import PhotoFields
from toasoan.diagnostics import Report
from toasoan.files import TEMPORARY_MARK, Act, acting_through
from toasoan.lock import locked
from toasoan.model.article import Status, Translation
from toasoan.parallel import CHUNK
from toasoan.publish import MANIFEST, STAGING
from toasoan.scaffold import lay_out_portal
from toasoan.theme import theme_folder

ORIGIN = "https://portal.example"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HIDDEN = b"khongaithay"
"""Stands in every text, name and address of the tiny site that nobody is to see."""


# ---- what is there


def test_every_planned_page_is_written(tiny: BuiltSite) -> None:
    expected = {"index.html", "404.html", "vi/index.html", "vi/404.html", "vi/bao-tang/index.html"}
    expected |= {"en/bao-tang/index.html", "vi/tag/gom/index.html", "vi/tag/gom/1/index.html"}
    expected |= {"vi/agency/bao-thu/index.html", "vi/author/le-lan/index.html", "vi/heritage/2025/01/index.html"}
    expected |= {"vi/about/index.html", "vi/lien-he/index.html", "en/current-events/index.html"}

    assert expected <= tiny.pages.keys()
    assert len(tiny.pages) == tiny.result.pages
    assert tiny.result.languages == {"vi": 4, "en": 2}


def test_the_result_counts_what_lies_in_the_folder(tiny: BuiltSite) -> None:
    published = tiny.result.published

    assert published is not None
    assert published.files == published.written == len(tiny.files)
    assert published.bytes == sum(len(data) for data in tiny.files.values())


def test_drafts_and_withdrawn_articles_appear_nowhere(tiny: BuiltSite) -> None:
    assert [path for path, data in tiny.files.items() if HIDDEN in data.lower() or b"ban-nhap" in data.lower()] == []
    assert [path for path in tiny.files if "ban-nhap" in path or "da-rut" in path or HIDDEN.decode() in path] == []


def test_undated_articles_stand_last_and_in_no_archive(tiny: BuiltSite) -> None:
    titles = [item["url"] for item in json.loads(tiny.files["vi/feed.json"])["items"]]
    section = [item["url"] for item in json.loads(tiny.files["vi/local/feed.json"])["items"]]
    archives = [
        path
        for path, data in tiny.files.items()
        if path.startswith(("vi/2", "vi/local/2", "vi/heritage/2")) and b"/vi/khong-ngay/" in data
    ]

    assert titles[-1] == section[-1] == f"{ORIGIN}/vi/khong-ngay/"
    assert archives == []
    assert document(tiny.pages["vi/khong-ngay/index.html"]).xpath('//p[@class="byline"]/*[@class="unknown-date"]')


def test_a_month_is_a_month_of_the_portals_own_time_zone(tiny: BuiltSite) -> None:
    """23:30 in Greenwich on 31 December is the first of January in Vietnam."""
    assert b"/vi/lang-gom/" in tiny.files["vi/2025/01/index.html"]
    assert "vi/2024/12/index.html" not in tiny.files


def test_a_lost_photo_is_drawn_and_said_to_be(tiny: BuiltSite) -> None:
    figures = document(tiny.pages["vi/bao-tang/index.html"]).xpath("//figure")

    assert [figure.xpath("string(.//img/@src)").split("/")[1] for figure in figures] == ["media", "covers"]
    assert [bool(figure.xpath('.//*[@class="drawn"]')) for figure in figures] == [False, True]
    assert figures[1].xpath("string(.//img/@alt)") == ""


def test_an_agency_goes_by_its_listed_name(tiny: BuiltSite) -> None:
    page = document(tiny.pages["vi/agency/bao-thu/index.html"])

    assert page.xpath("string(//h1)") == "Báo Thử"
    assert {path for path in tiny.files if path.startswith("vi/agency/")} == {
        "vi/agency/index.html",
        "vi/agency/bao-thu/index.html",
        "vi/agency/bao-thu/feed.json",
        "vi/agency/bao-thu/atom.xml",
        "vi/agency/ban-tin-can-tho/index.html",
        "vi/agency/ban-tin-can-tho/feed.json",
        "vi/agency/ban-tin-can-tho/atom.xml",
    }


def test_a_tag_in_capitals_is_the_same_tag(tiny: BuiltSite) -> None:
    newest = json.loads(tiny.files["vi/tag/gom/feed.json"])
    oldest = json.loads(tiny.files["vi/tag/gom/1/feed.json"])

    assert newest["next_url"] == oldest["feed_url"]
    assert [item["url"].split("/")[-2] for item in newest["items"] + oldest["items"]] == [
        "bao-tang",
        "cho-noi",
        "lang-gom",
        "khong-ngay",
    ]


# ---- how pages hang together


def sitemap_entries(site: BuiltSite) -> Iterator[ET.Element]:
    for path, data in site.files.items():
        if path.startswith("sitemap-"):
            yield from ET.fromstring(data).iterfind("s:url", SITEMAP)


def alternates_of(page: str) -> dict[str, str]:
    return {
        str(link.get("hreflang")): str(link.get("href"))
        for link in document(page).xpath('//link[@rel="alternate"][@hreflang]')
    }


def test_alternates_are_symmetric(tiny: BuiltSite) -> None:
    by_address = {f"{ORIGIN}/{path.removesuffix('index.html')}": page for path, page in tiny.pages.items()}
    claimed = {address: alternates for address, page in by_address.items() if (alternates := alternates_of(page))}

    assert len(claimed) > 10
    for address, alternates in claimed.items():
        languages = {tag: there for tag, there in alternates.items() if tag != "x-default"}
        assert address in languages.values()
        assert len(languages) > 1
        for tag, there in languages.items():
            assert alternates_of(by_address[there]) == alternates
            assert document(by_address[there]).get("lang") == tag


def test_the_sitemap_names_the_same_alternates_as_the_pages(tiny: BuiltSite) -> None:
    for url in sitemap_entries(tiny):
        path = (url.findtext("s:loc", None, SITEMAP) or "").removeprefix(f"{ORIGIN}/")
        named = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", SITEMAP)}

        assert named == alternates_of(tiny.pages[f"{path}index.html"])


def test_the_language_switch_leads_to_the_same_story(tiny: BuiltSite) -> None:
    def switch(path: str) -> dict[str, str]:
        entries = document(tiny.pages[path]).xpath('//details[@class="langs"]//a[not(contains(@class, "both"))]')
        return {entry.get("hreflang"): entry.get("href") for entry in entries}

    assert switch("vi/bao-tang/index.html") == {"vi": "/vi/bao-tang/", "en": "/en/bao-tang/"}
    assert switch("en/bao-tang/index.html") == {"vi": "/vi/bao-tang/", "en": "/en/bao-tang/"}
    assert switch("vi/cho-noi/index.html") == {"vi": "/vi/cho-noi/", "en": "/en/"}


def test_a_machine_translation_says_so_and_leads_to_the_original(tiny: BuiltSite) -> None:
    box = document(tiny.pages["en/bao-tang/index.html"]).xpath('//p[@class="box"]')[0]

    assert "translated by a machine" in box.text_content()
    assert box.xpath("string(.//a/@href)") == "/vi/bao-tang/"
    assert not document(tiny.pages["vi/bao-tang/index.html"]).xpath('//p[@class="box"]')


def files_that(addresses: Iterator[str], base: str = "") -> Iterator[str]:
    """The files that addresses of the portal ask a host for."""
    for address in addresses:
        parts = urlsplit(address.removeprefix(ORIGIN) if address.startswith(ORIGIN) else address)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        assert parts.path.startswith(f"{base}/"), address
        yield routes.file_of(unquote(parts.path.removeprefix(base)))


def test_all_links_of_pages_lead_somewhere(tiny: BuiltSite) -> None:
    lost = {
        (path, file)
        for path, page in tiny.pages.items()
        for file in files_that(iter(links(page)))
        if file not in tiny.files
    }

    assert lost == set()


def test_all_fragments_lead_to_a_place_in_their_page(tiny: BuiltSite) -> None:
    def ids(path: str) -> set[str]:
        return {str(id_) for id_ in document(tiny.pages[path]).xpath("//@id")}

    lost = {
        (path, address)
        for path, page in tiny.pages.items()
        for address in links(page)
        if (fragment := urlsplit(address).fragment) and not urlsplit(address).scheme
        if fragment not in ids(next(files_that(iter([address])), path))
    }

    assert lost == set()


def test_pages_are_well_formed_and_no_id_stands_twice(tiny: BuiltSite) -> None:
    assert {path: faults for path, page in tiny.pages.items() if (faults := unbalanced(page))} == {}
    assert {path: ids for path, page in tiny.pages.items() if (ids := duplicate_ids(page))} == {}


def test_a_page_has_one_heading_of_the_first_level_and_no_level_is_left_out(tiny: BuiltSite) -> None:
    for path, page in tiny.pages.items():
        levels = [int(heading.tag[1]) for heading in document(page).xpath("//h1 | //h2 | //h3 | //h4")]

        assert levels.count(1) == 1, path
        assert all(below - above <= 1 for above, below in pairwise(levels)), (path, levels)


def test_headings_never_take_an_id_of_the_page(tmp_path: Path) -> None:
    body = "## Main\n\n## Related\n\n## Toc\n\n## Versions\n\n## Same section\n\n## Main\n"
    files = {f"en/{slug}.md": text_of("Tea", body, section="local", tags=("tea",)) for slug in ("one", "two")}
    root = portal(tmp_path, {**files, "pages/en/about.md": page_text("About", "## Main\n")})

    built(root)

    pages = {path: data.decode() for path, data in tree(root / "public").items() if path.endswith(".html")}
    assert {path: ids for path, page in pages.items() if (ids := duplicate_ids(page))} == {}


# ---- machines


def test_articles_stand_in_the_sitemap_of_their_month_and_all_sitemaps_in_the_index(tiny: BuiltSite) -> None:
    index = ET.fromstring(tiny.files["sitemap.xml"])
    named = [str(place.text).removeprefix(f"{ORIGIN}/") for place in index.iterfind("s:sitemap/s:loc", SITEMAP)]

    assert named == sorted(path for path in tiny.files if path.startswith("sitemap-"))
    assert b"/vi/lang-gom/" in tiny.files["sitemap-vi-2025-01.xml"]
    assert b"/vi/khong-ngay/" in tiny.files["sitemap-vi.xml"]


def test_the_sitemap_lists_just_the_pages_that_may_be_indexed(tiny: BuiltSite) -> None:
    listed = [url.findtext("s:loc", None, SITEMAP) for url in sitemap_entries(tiny)]
    indexable = {
        f"{ORIGIN}/{path.removesuffix('index.html')}"
        for path, page in tiny.pages.items()
        if not document(page).xpath('//meta[@name="robots"]')
    }

    assert len(listed) == len(set(listed))
    assert set(listed) == indexable
    assert f"{ORIGIN}/vi/current-events/" not in indexable  # nothing is in it
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in tiny.files["robots.txt"].decode()


def test_pages_that_may_be_indexed_say_where_they_are(tiny: BuiltSite) -> None:
    for path, page in tiny.pages.items():
        canonical = [str(address) for address in document(page).xpath('//link[@rel="canonical"]/@href')]
        if not document(page).xpath('//meta[@name="robots"]'):
            assert canonical == [f"{ORIGIN}/{path.removesuffix('index.html')}"]


def test_no_two_pages_of_a_language_have_one_title(tiny: BuiltSite) -> None:
    titles = [
        (document(page).get("lang"), document(page).findtext(".//title"))
        for page in tiny.pages.values()
        if not document(page).xpath('//meta[@name="robots"]')
    ]

    assert len(titles) == len(set(titles))


def test_json_ld_says_what_the_page_says_and_invents_no_date(tiny: BuiltSite) -> None:
    graphs = {path: {thing["@type"]: thing for thing in json_ld(page)} for path, page in tiny.pages.items()}

    moment = graphs["vi/bao-tang/index.html"]["NewsArticle"]
    day = graphs["vi/cho-noi/index.html"]["NewsArticle"]
    undated = graphs["vi/khong-ngay/index.html"]["NewsArticle"]
    assert (moment["datePublished"], moment["dateModified"]) == ("2025-12-17T09:36:00+07:00", "2025-12-18")
    assert (day["datePublished"], day["dateModified"]) == ("2025-01-02", "2025-01-02")
    assert not {key for key in undated if key.startswith("date")}
    assert b"time datetime" not in tiny.files["vi/khong-ngay/index.html"].split(b'class="body"')[0].split(b"<h1")[1]
    assert moment["headline"] == "Bảo tàng gốm mở cửa"
    assert moment["isBasedOn"] == "https://www.baothu.example/bao-tang-gom"
    assert [author["name"] for author in moment["author"]] == ["Lê Lan", "Trần Minh"]
    assert [author["name"] for author in day["author"]] == ["Bản tin Cần Thơ"]


def test_a_time_of_day_is_only_shown_where_it_is_known(tiny: BuiltSite) -> None:
    def times(path: str) -> list[str]:
        return [str(time) for time in document(tiny.pages[path]).xpath('//p[@class="byline"]//time/@datetime')]

    assert times("vi/bao-tang/index.html") == ["2025-12-17T09:36:00+07:00", "2025-12-18"]
    assert times("vi/cho-noi/index.html") == ["2025-01-02"]
    assert times("vi/khong-ngay/index.html") == []
    assert "00:00" not in document(tiny.pages["vi/cho-noi/index.html"]).text_content()


# ---- a portal below a folder of its host


def unhashed(path: str) -> str:
    """A path without the part of a name that tells what is in a file that is searched with: links are."""
    return re.sub(r"/search/[a-z2-7]{13}\.", "/search/.", path)


def test_a_portal_below_a_folder_has_all_its_links_below_it(tmp_path: Path, tiny: BuiltSite) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    settings = root / "site/site.toml"
    settings.write_text(settings.read_text("utf-8").replace(ORIGIN, f"{ORIGIN}/tin/moi"), "utf-8")

    built(root)

    files = tree(root / "public")
    assert set(map(unhashed, files)) == set(map(unhashed, tiny.files))
    for path, data in files.items():
        if path.endswith(".html"):
            for file in files_that(iter(links(data.decode())), base="/tin/moi"):
                assert file in files, (path, file)
        if path.endswith((".html", ".xml", ".json", ".txt")) and path != MANIFEST:
            outside = unquote(data.decode()).replace(f"{ORIGIN}/tin/moi", "").replace("toasoan@portal.example", "")
            assert "portal.example" not in outside, path


# ---- building again


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    before = {path: path.stat().st_mtime_ns for path in (root / "public").rglob("*")}
    acts: list[str] = []

    def watch(act: str, path: Path) -> None:
        if (root / "public") in path.parents:
            acts.append(f"{act} {path.name}")

    with acting_through(watch):
        again = built(root)

    assert again.published is not None
    assert (again.published.written, again.published.removed) == (0, 0)
    assert acts == []
    assert {path: path.stat().st_mtime_ns for path in (root / "public").rglob("*")} == before


def test_a_build_writes_nothing_among_the_sources(tmp_path: Path) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    before = tree(root / "site")

    built(root)

    assert tree(root / "site") == before


def test_a_check_writes_nothing_at_all(tmp_path: Path) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    before = tree(tmp_path)

    assert not build(root, None).report.has_errors
    assert tree(tmp_path) == before


def test_a_deleted_articles_page_goes_and_other_peoples_files_stay(tmp_path: Path) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    write(root, "public/CNAME", "portal.example\n")
    write(root, "public/vi/cho-noi/notes.txt", "theirs")

    (root / "site/content/vi/2025/cho-noi.md").unlink()
    link = root / "site/content/vi/2025/bao-tang.md"
    link.write_text(link.read_text("utf-8").replace(" và [chợ nổi](/vi/cho-noi/)", ""), "utf-8")
    result = built(root)

    files = tree(root / "public")
    assert "vi/cho-noi/index.html" not in files
    assert not (root / "public/vi/agency/ban-tin-can-tho").exists()
    assert files["CNAME"] == b"portal.example\n"
    assert files["vi/cho-noi/notes.txt"] == b"theirs"
    assert b"cho-noi" not in b"".join(
        data for path, data in files.items() if path.endswith((".html", ".json", ".xml"))
    )
    assert result.published is not None
    assert result.published.removed > 0
    built(root, tmp_path / "clean")
    assert tree(tmp_path / "clean").items() <= files.items()


@pytest.mark.parametrize("path", ["index.html", "vi/bao-tang/index.html"])
def test_a_foreign_file_is_not_overwritten(path: str, tmp_path: Path) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    write(root, f"public/{path}", "theirs")

    result = build(root, root / "public")

    assert codes(result.report) == ["foreign-file"]
    assert tree(root / "public") == {path: b"theirs"}


def test_a_foreign_file_that_is_just_the_same_is_taken_over(tmp_path: Path, tiny: BuiltSite) -> None:
    write(tmp_path, "index.html", tiny.files["index.html"])

    built(tiny.root, tmp_path)

    assert tree(tmp_path) == tiny.files


def test_a_page_that_somebody_removed_or_cut_short_is_written_again(tmp_path: Path, tiny: BuiltSite) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    (root / "public/vi/index.html").unlink()
    (root / "public/en/index.html").write_bytes(b"<!doctype")

    built(root)

    assert tree(root / "public") == tiny.files


def test_a_mistake_in_an_article_leaves_the_old_output(tmp_path: Path, tiny: BuiltSite) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    write(root, "site/content/vi/wrong.md", "+++\n")

    result = build(root, root / "public")

    assert result.published is None
    assert tree(root / "public") == tiny.files


def test_a_mistake_in_a_template_is_told_with_its_line_and_the_old_output_stays(
    tmp_path: Path, tiny: BuiltSite
) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    template = write(
        root, "site/templates/layouts/article.html", "<h1>{{ page.view.title }}</h1>\n{{ page.nothing }}\n"
    )

    result = build(root, root / "public")

    (told,) = result.report
    assert (told.code, told.location.path, told.location.line) == ("template-mistake", str(template), 2)
    assert tree(root / "public") == tiny.files


def test_a_mistake_in_the_program_is_not_taken_for_one_in_a_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toasoan.render.environment.has_fragments", None)

    with pytest.raises(TypeError, match="not callable"):
        build(portal(tmp_path, {"vi/office.md": text_of()}), None)


def test_a_portals_own_template_comes_before_the_themes(tmp_path: Path) -> None:
    own = {"templates/partials/footer.html": "<footer>OWN FOOTER</footer>\n", "static/css/own.css": "b{color:red}\n"}
    root = portal(tmp_path, own)

    built(root)

    files = tree(root / "public")
    assert b"OWN FOOTER" in files["vi/index.html"]
    assert any(b"b{color:red}" in data for path, data in files.items() if path.endswith(".css"))


def test_an_empty_portal_and_the_starter_build(tmp_path: Path) -> None:
    starter = tmp_path / "starter"
    lay_out_portal(starter)

    assert built(portal(tmp_path / "empty")).articles == 0
    assert built(starter).articles == 2


# ---- texts that mean harm


FORBIDDEN = {chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\x85"}
"""Control characters that HTML and XML do not allow."""

HARMFUL = (
    '{{7*7}}{% x %} </script><script>alert("x")</script> ]]> <img src=x onerror=alert(1)> '
    "&lt;b&gt; \u202e \" ' --> \x00\x07\x1b\x7f\x85 javascript:alert(1)"
)
HARMFUL_BODY = """{{7*7}} {% include "x" %}

<script>alert(1)</script> ]]> <svg onload=alert(1)> </textarea>

[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](&#106;avascript:alert(1)) <javascript:alert(1)>
[d](vbscript:x) [e](data:text/html;base64,PHNjcmlwdD4=)

[f](https://x.example/"onmouseover="alert(1)) [g]{lang="vi\\" onclick=\\"x"} [h]{onclick=x} [i]{style="a:b"} *j*{.k}

## </h2><script>alert(2)</script>

## </h2><script>alert(2)</script>

\x00\x07\x1b 💥
"""


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A portal with one article, all of whose texts mean harm, built."""
    root = tmp_path_factory.mktemp("harmful")
    text = text_of(
        HARMFUL,
        HARMFUL_BODY,
        summary=HARMFUL,
        tags=(HARMFUL, "tea"),
        authors=(HARMFUL,),
        publisher=HARMFUL,
        section="local",
        source_url='https://x.example/"><script>alert(3)</script>',
        story=HARMFUL,
        images=(PhotoFields('https://x.example/"onload="x.png', HARMFUL, HARMFUL, HARMFUL),),
    )
    settings = SETTINGS.replace('"Tin thử"', "'Tin </script><script>alert(4)</script> ]]> {{7*7}}'")
    portal(root, {"vi/office.md": text, "pages/vi/about.md": page_text(HARMFUL, HARMFUL_BODY)}, settings)
    built(root)
    return tree(root / "public")


def test_harmful_texts_are_only_texts(harmful: dict[str, bytes]) -> None:
    pages = {path: data.decode() for path, data in harmful.items() if path.endswith(".html")}
    title = document(pages["vi/office/index.html"]).xpath('string(//h1[@class="title"])')

    assert {path: found for path, page in pages.items() if (found := dangers(page))} == {}
    assert {path: faults for path, page in pages.items() if (faults := unbalanced(page))} == {}
    assert '{{7*7}}{% x %} </script><script>alert("x")</script> ]]> <img src=x onerror=alert(1)> &lt;b&gt;' in title
    assert "49" not in title


def test_harmful_texts_leave_no_control_character_in_a_page(harmful: dict[str, bytes]) -> None:
    found = {
        path: sorted(controls)
        for path, data in harmful.items()
        if path.endswith((".html", ".xml"))
        if (controls := set(data.decode()) & FORBIDDEN)
    }

    assert found == {}


def test_harmful_texts_stay_inside_json_ld(harmful: dict[str, bytes]) -> None:
    (news,) = [t for t in json_ld(harmful["vi/office/index.html"].decode()) if t["@type"] == "NewsArticle"]

    raw = [script.text for script in document(harmful["vi/office/index.html"].decode()).xpath("//head/script")]
    assert not [script for script in raw if script and set(script) & set("<>&")]
    assert "</script><script>" in news["headline"]
    assert "</script><script>" in news["description"]


def test_harmful_texts_stay_inside_feeds(harmful: dict[str, bytes]) -> None:
    feed = feedparser.parse(harmful["vi/feed.xml"], sanitize_html=False)
    (item,) = json.loads(harmful["vi/feed.json"])["items"]

    assert not feed.bozo
    assert "]]> <img src=x onerror=alert(1)>" in feed.entries[0].title
    assert "<script" not in feed.entries[0].content[0].value.lower()
    assert dangers(f"<!doctype html><html><body>{feed.entries[0].content[0].value}") == []
    assert "</script><script>" in item["title"]
    ET.fromstring(harmful["sitemap.xml"])


# ---- the same everywhere


def test_builds_are_the_same_whatever_the_folder_zone_or_hash_seed(tmp_path: Path, tiny: BuiltSite) -> None:
    for number, (zone, seed) in enumerate([("America/New_York", "1"), ("Asia/Tokyo", "4242")]):
        root = copy_of("tiny", tmp_path / f"portal-{number}" / "in" / "a-folder")
        subprocess.run(
            [sys.executable, "-m", "toasoan", "build", "--root", root, "--to", tmp_path / f"out-{number}"],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

        assert tree(tmp_path / f"out-{number}") == tiny.files


# ---- faults of the disk


class DiskFullError(OSError):
    """What `failing_at` raises."""


def failing_at(number: int) -> Act:
    """A disk that refuses the act of this number and all that follow."""
    acts = count(1)

    def watch(act: str, path: Path) -> None:
        if next(acts) >= number:
            raise DiskFullError(28, "No space left on device", str(path))

    return watch


def number_of_acts(root: Path, destination: Path) -> int:
    acts: list[str] = []
    with acting_through(lambda act, path: acts.append(act)):
        built(root, destination)
    return len(acts)


def test_a_disk_that_fails_during_a_build_leaves_whole_files_only_and_the_next_build_finishes(tmp_path: Path) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root, tmp_path / "old")
    changed = root / "site/content/vi/2025/bao-tang.md"
    changed.write_text(changed.read_text("utf-8").replace("mở cửa", "đóng cửa"), "utf-8")
    (root / "site/content/vi/khong-ngay.md").unlink()
    write(root, "site/content/en/2025/new.md", text_of("Quite new", section="local"))
    built(root, tmp_path / "new")
    old, new = tree(tmp_path / "old"), tree(tmp_path / "new")
    shutil.copytree(tmp_path / "old", tmp_path / "counted")
    acts = number_of_acts(root, tmp_path / "counted")

    for number in range(1, acts + 1, max(1, acts // 6)):
        output = tmp_path / f"output-{number}"
        shutil.copytree(tmp_path / "old", output)
        with acting_through(failing_at(number)), pytest.raises(DiskFullError):
            build(root, output)

        for path, data in tree(output).items():
            assert path == MANIFEST or data in (old.get(path), new.get(path)), (number, path)
        built(root, output)
        assert tree(output) == new, number


def test_a_disk_that_fails_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path)

    with acting_through(failing_at(5)):
        exit_code = run(["build", "--root", str(root)])

    assert exit_code == 1
    assert "the disk refuses: No space left on device" in capsys.readouterr().err
    assert not list(root.rglob(f"*{TEMPORARY_MARK}"))


def test_what_a_failed_build_wrote_is_not_taken_for_other_peoples_files(tmp_path: Path, tiny: BuiltSite) -> None:
    """The texts may change between the build that failed and the next one."""
    root = copy_of("tiny", tmp_path / "tiny")
    with acting_through(failing_at(number_of_acts(root, tmp_path / "counted") - 20)), pytest.raises(DiskFullError):
        build(root, root / "public")
    assert tree(root / "public")
    changed = root / "site/site.toml"
    changed.write_text(changed.read_text("utf-8").replace("Tin nhỏ mỗi ngày", "Mỗi ngày"), "utf-8")

    built(root)
    built(root, tmp_path / "clean")

    assert tree(root / "public") == tree(tmp_path / "clean")


def test_a_change_that_failed_and_was_taken_back_leaves_nothing_behind(tmp_path: Path, tiny: BuiltSite) -> None:
    """Same length, so that only the manifest can tell which pages the failed build had already written."""
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    text = root / "site/content/vi/2025/bao-tang.md"
    before = text.read_text("utf-8")
    was_there = set()
    for number in range(1, 60):
        text.write_text(before.replace("Gian", "Phòn"), "utf-8")
        with acting_through(failing_at(number)), suppress(DiskFullError):
            build(root, root / "public")
        was_there.add(tree(root / "public") != tiny.files)
        text.write_text(before, "utf-8")

        built(root)

        assert tree(root / "public") == tiny.files, number
    assert was_there == {True, False}


def test_the_number_of_processes_changes_no_byte(tmp_path: Path) -> None:
    root = portal(tmp_path / "portal", {})
    for number in range(2 * CHUNK + 1):
        language = "en" if number % 3 else "vi"
        text = text_of(
            f"Bài {number}",
            f"## Phần {number}\n\nSố {number} và {number * 7}, [xa](https://example.org/{number}).",
            date=dt.date(2025, 1 + number % 12, 1 + number % 28),
            section="local",
            tags=(f"thẻ {number % 5}",),
        )
        write(root, f"site/content/{language}/2025/bai-{number}.md", text)
    broken = write(root, "site/content/en/2025/broken.md", "no front matter")
    alone, shared = build(root, None, jobs=1), build(root, None, jobs=2)
    assert [str(told) for told in alone.report] == [str(told) for told in shared.report] != []
    broken.unlink()
    for jobs in (1, 2):
        assert build(root, tmp_path / f"out-{jobs}", jobs=jobs).published is not None
    assert tree(tmp_path / "out-1") == tree(tmp_path / "out-2")


def test_a_portal_can_do_without_months_agencies_and_json_feeds(tmp_path: Path) -> None:
    settings = (
        "articles_per_page = 2\n" + SETTINGS + "\n[pages]\nmonths = false\nagencies = false\njson_feeds = false\n"
    )
    texts = {
        f"vi/2025/bai-{number}.md": text_of(
            f"Bài {number}", date=dt.date(2025, number, 1), section="local", publisher="Báo Địa phương"
        )
        for number in range(1, 8)
    }
    root = portal(tmp_path / "portal", texts, settings)
    built(root)
    output = tree(root / "public")
    files = set(output)
    assert not [path for path in files if path.endswith("feed.json") or "agency" in path or "/2025/" in path]
    for front in ("vi/archive", "vi/local"):
        assert {f"{front}/index.html", f"{front}/1/index.html", f"{front}/2/index.html"} <= files
        assert f"{front}/3/index.html" not in files
    assert {"vi/feed.xml", "vi/local/feed.xml"} <= files
    named = {link for path in files if path.endswith(".html") for link in links(output[path].decode())}
    assert not {link for link in named if "agency" in link or "feed.json" in link}


# ---- builds after builds


def large_portal(folder: Path, count: int = 400) -> Path:
    texts = {
        f"{('vi', 'en')[number % 2]}/2025/bai-{number}.md": text_of(
            f"Bài {number}", f"Số {number}.", date=dt.date(2025, 1 + number % 12, 1 + number % 28), section="local"
        )
        for number in range(count)
    }
    return portal(folder, texts)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_build_that_is_killed_leaves_whole_files_and_the_next_one_finishes(tmp_path: Path) -> None:
    root = large_portal(tmp_path / "portal")
    built(root, tmp_path / "clean")
    wanted = tree(tmp_path / "clean")
    command = [sys.executable, "-m", "toasoan", "build", "--root", str(root), "--to", str(tmp_path / "out")]
    command += ["--jobs", "2"]
    killed = 0
    for tenths in range(3, 20, 3):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(tenths / 10)
        killed += process.poll() is None
        process.kill()
        process.wait()
        there = tree(tmp_path / "out") if (tmp_path / "out").exists() else {}
        assert {path for path, data in there.items() if data != wanted.get(path)} == set()

    built(root, tmp_path / "out")

    assert killed
    assert tree(tmp_path / "out") == wanted
    assert not (tmp_path / "out" / STAGING).exists()


def test_two_builds_into_one_folder_do_not_meet(tmp_path: Path) -> None:
    root = portal(tmp_path / "portal")
    with locked(state_file(root, tmp_path / "out").with_suffix(".lock")):
        report = build(root, tmp_path / "out").report

    assert [str(told).split("\n")[0] for told in report] == [
        f"{tmp_path / 'out'}: error: process {os.getpid()} is building into this folder [build-under-way]"
    ]


def test_an_article_of_a_later_date_stays_back_until_then(tmp_path: Path) -> None:
    later = text_of("Ngày mai", date=dt.datetime(2025, 7, 1, 9, 0, tzinfo=dt.UTC))
    root = portal(tmp_path, {"vi/ngay-mai.md": later, "vi/hom-nay.md": text_of()})

    def pages(hour: int) -> bool:
        build(root, root / "public", now=dt.datetime(2025, 7, 1, hour, tzinfo=dt.UTC))
        return "vi/ngay-mai/index.html" in tree(root / "public")

    assert [pages(hour) for hour in (8, 8, 9, 10, 8)] == [False, False, True, True, False]


def test_what_is_wrong_with_an_article_of_a_later_date_is_told_today(tmp_path: Path) -> None:
    later = text_of(body="![](image:1)", date=dt.date(2030, 1, 1))

    report = build(portal(tmp_path, {"vi/a.md": later}), None, now=dt.datetime(2025, 1, 1, tzinfo=dt.UTC)).report

    assert codes(report) == ["no-such-photo"]


def test_one_more_article_makes_a_few_files_of_a_large_portal(tmp_path: Path) -> None:
    root = large_portal(tmp_path)
    before = built(root).published
    write(root, "site/content/vi/2025/moi.md", text_of("Bài mới", date=dt.date(2025, 12, 31), section="local"))

    result = built(root)

    assert before is not None
    assert result.published is not None
    assert before.files > 500
    assert result.published.written < 40
    assert result.reasons["vi/moi/index.html"] == "site/content/vi/2025/moi.md is new"


def test_a_template_makes_pages_of_its_kind_only(tmp_path: Path) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    theme = (theme_folder("templates") / "layouts/static.html").read_text("utf-8")
    write(root, "site/templates/layouts/static.html", theme.replace("wrap", "wide wrap"))

    result = built(root)

    assert {path.split("/")[1] for path in result.reasons} == {"about", "lien-he"}
    assert "the template layouts/static.html" in result.reasons["vi/about/index.html"]


def test_a_photo_that_goes_is_missed(tmp_path: Path) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    (root / "site/media/bao-tang.png").unlink()

    assert "missing-image" in codes(build(root, root / "public").report)


def test_a_file_that_somebody_edited_is_mended_if_the_state_is_lost(tmp_path: Path, tiny: BuiltSite) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    built(root)
    page = root / "public/vi/index.html"
    page.write_bytes(page.read_bytes().replace(b"a", b"b"))
    assert [str(it.path) for it in differences(root, root / "public", Report())] == ["vi/index.html"]
    forget_state(root, root / "public")

    built(root)

    assert tree(root / "public") == tiny.files


def test_an_article_that_somebody_names_as_their_story_gets_another_cover_in_its_lists_too(tmp_path: Path) -> None:
    original = text_of("Lò gốm", section="heritage", date=dt.date(2025, 5, 31), translation=Translation.ORIGINAL)
    root = portal(tmp_path, {"vi/lo-gom.md": original})
    built(root)
    write(root, "site/content/en/kiln.md", text_of("The kiln", section="local", story="lo-gom"))
    built(root)

    built(root, tmp_path / "clean")
    assert tree(tmp_path / "public") == tree(tmp_path / "clean")


def test_a_photo_that_goes_is_missed_though_nothing_was_published_yet(tmp_path: Path) -> None:
    root = portal(
        tmp_path,
        {
            "vi/gom.md": text_of("Gốm", images=(PhotoFields("a.png", alt="Bình", credit="An"),)),
            "vi/cho.md": text_of("Chợ", "Đọc [bài kia](/vi/khong-co/)."),
            "media/a.png": photo(),
        },
    )
    assert codes(build(root, root / "public").report) == ["broken-link"]
    (root / "site/media/a.png").unlink()

    assert codes(build(root, root / "public").report) == ["broken-link", "missing-image"]


# ---- looking for changes


@pytest.mark.parametrize("is_settled", [False, True])
def test_a_folder_of_texts_that_goes_is_noticed(
    is_settled: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_of("tiny", tmp_path / "tiny")
    late = write(root, "site/content/en/late/one.md", text_of("Late"))
    if is_settled:  # otherwise it was written too lately to be relied upon
        monkeypatch.setattr("toasoan.source_files.TICK_NS", -(10**18))
    for _ in range(2):
        built(root, root / "public")
        assert "en/one/index.html" in tree(root / "public")
    shutil.rmtree(late.parent)

    built(root, root / "public")

    assert "en/one/index.html" not in tree(root / "public")
    assert build(root, root / "public").published.written == 0  # type: ignore[union-attr]


def test_a_text_that_changes_in_a_settled_folder_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toasoan.source_files.TICK_NS", -(10**18))
    root = copy_of("tiny", tmp_path / "tiny")
    text = write(root, "site/content/en/2025/one.md", text_of("One", "Before."))
    for _ in range(2):
        built(root, root / "public")
    text.write_text(text.read_text("utf-8").replace("Before.", "Beyond."), "utf-8")

    built(root, root / "public")

    assert b"Beyond." in tree(root / "public")["en/one/index.html"]


def test_damage_to_the_output_is_seen_by_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toasoan.build.LARGE", 1)
    monkeypatch.setattr("toasoan.incremental.output_folder._damaged", _told_by_another_process)
    root = copy_of("tiny", tmp_path / "tiny")
    build(root, root / "public", jobs=2)
    before = tree(root / "public")
    (root / "public/vi/index.html").write_bytes(b"x")

    build(root, root / "public", jobs=2)

    assert tree(root / "public") == before


_MINE = os.getpid()


def _told_by_another_process(sizes: Iterable[tuple[str, int]], folder: Path) -> list[str]:
    assert os.getpid() != _MINE
    return [path for path, size in sizes if (folder / path).stat().st_size != size]


def test_a_draft_may_name_a_photo_that_is_not_there_yet(tmp_path: Path) -> None:
    photos = (PhotoFields(src="later.png", alt="Bình"),)
    root = portal(tmp_path, {"vi/gom.md": text_of("Gốm", images=photos, status=Status.DRAFT)})
    built(root)

    write(root, "site/content/vi/gom.md", text_of("Gốm", images=photos))
    assert codes(build(root, root / "public").report) == ["missing-image"]
