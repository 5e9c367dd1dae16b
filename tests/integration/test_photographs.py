"""Photographs on their way from `site/media/` to readers."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from tests.builders import SETTINGS, built, codes, portal, text_of, tree, write
from tests.pictures import RED, exif, opened, photo
from toasoan.build import build
from toasoan.content.front_matter import PhotoFields
from toasoan.model.photo_file import PhotoFile
from toasoan.photos import encoding, inspection
from toasoan.photos.metadata import metadata_of

LARGE = (1400, 800)


def with_photo(folder: Path, data: bytes, credit: str | None = "VGP/Gia Huy", settings: str = SETTINGS) -> Path:
    """A portal with an article and its photograph."""
    fields = PhotoFields("2025/chợ cá.jpg", "Một người bán cá", "Chợ lúc năm giờ", credit)
    return portal(
        folder, {"vi/cho-ca.md": text_of("Chợ cá", images=(fields,)), "media/2025/chợ cá.jpg": data}, settings
    )


def page(root: Path, path: str = "vi/cho-ca") -> html.HtmlElement:
    return html.fromstring((root / "public" / path / "index.html").read_text("utf-8"))


def photo_data(root: Path) -> dict[str, Any]:
    """What search engines are told of the photograph."""
    return all_photo_data(root)[0]


def all_photo_data(root: Path) -> list[dict[str, Any]]:
    """What search engines are told of all pictures of the page: first of the whole photograph, then of its shapes."""
    graph = json.loads(page(root).xpath("string(//script[@type='application/ld+json'])"))["@graph"]
    return list(graph[0]["image"])


def renditions(root: Path) -> set[str]:
    return {path for path in tree(root / "public") if path.startswith("media/")}


def test_a_page_names_renditions_that_exist_and_no_others_are_published(tmp_path: Path) -> None:
    root = with_photo(tmp_path, photo(size=LARGE, format="JPEG"))
    built(root)

    (picture,) = page(root).xpath("//figure//picture")
    named = {address for one in picture.xpath(".//@srcset") for address in re.findall(r"\S+(?= \d+w)", one)}
    shaped = {it["url"] for it in all_photo_data(root)[1:4]}
    assert all(re.search(r"-(?:16x9|4x3|1x1)\.jpg$", address) for address in shaped)
    named |= {address.removeprefix("https://portal.example") for address in shaped}
    assert {unquote(address).removeprefix("/") for address in named} == renditions(root)
    (image,) = picture.xpath(".//img")
    assert (image.get("width"), image.get("height")) == tuple(map(str, LARGE))
    assert image.get("alt") == "Một người bán cá"
    assert not (root / "public/media/2025/chợ cá.jpg").exists()


def test_another_photo_under_the_same_name_is_shown_everywhere_under_other_names(tmp_path: Path) -> None:
    root = with_photo(tmp_path, photo())
    built(root)
    before = renditions(root)
    write(root, "site/media/2025/chợ cá.jpg", photo(RED))

    built(root)

    assert renditions(root).isdisjoint(before)
    assert len(renditions(root)) == len(before)
    for path in ("vi/cho-ca", "vi", "vi/photos"):
        assert set(page(root, path).xpath("//main//picture//img/@src")) == set(page(root).xpath("//figure//img/@src"))
    built(root, root / "clean")
    assert tree(root / "public") == tree(root / "clean")


def test_renditions_are_made_once_for_all_output_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = with_photo(tmp_path, photo())
    built(root)
    monkeypatch.setattr(encoding, "encoded", None)

    built(root, root / "another")

    assert tree(root / "public") == tree(root / "another")


def test_a_damaged_store_costs_time_and_nothing_else(tmp_path: Path) -> None:
    root = with_photo(tmp_path, photo())
    built(root)
    (bundle,) = (root / ".toasoan/photos").iterdir()
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 255
    bundle.write_bytes(data)

    built(root, root / "another")

    assert tree(root / "public") == tree(root / "another")
    assert bundle.read_bytes() != data


def test_checking_a_portal_encodes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = with_photo(tmp_path, photo())
    monkeypatch.setattr(encoding, "encoded", None)

    assert codes(build(root, None).report) == []
    assert not (root / ".toasoan/photos").exists()


# ---- who took it


def test_page_search_engines_and_file_name_the_same_person(tmp_path: Path) -> None:
    root = with_photo(tmp_path, photo(size=LARGE))
    built(root)

    assert page(root).xpath("string(//figcaption/cite/bdi)") == "VGP/Gia Huy"
    image = photo_data(root)
    assert (image["creditText"], image["caption"]) == ("VGP/Gia Huy", "Chợ lúc năm giờ")
    for path in renditions(root):
        assert metadata_of(opened((root / "public" / path).read_bytes())).credit == "VGP/Gia Huy"


def test_where_the_article_names_nobody_the_file_does(tmp_path: Path) -> None:
    root = with_photo(tmp_path, photo(exif=exif(Artist="Gia Huy", Copyright="(c) VGP")), credit=None)

    result = build(root, root / "public")

    (said,) = result.report
    assert (said.code, said.location.line) == ("credit-from-file", 6)
    assert "'Gia Huy'" in said.message
    assert page(root).xpath("string(//figcaption/cite/bdi)") == "Gia Huy"
    image = photo_data(root)
    assert (image["creditText"], image["creator"]["name"], image["copyrightNotice"]) == (
        "Gia Huy",
        "Gia Huy",
        "(c) VGP",
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ("VGP", "VGP/Gia Huy", []),
        ("Ảnh: Gia Huy", "gia huy", []),
        ("Зя Гуй", "Gia Huy", []),
        ("VNA", "VGP/Gia Huy", ["credit-differs"]),
    ],
)
def test_two_names_for_one_photo_are_told(ours: str, theirs: str, told: list[str], tmp_path: Path) -> None:
    root = with_photo(tmp_path, photo(exif=exif(Artist=theirs)), credit=ours)

    assert codes(build(root, root / "public").report) == told
    assert page(root).xpath("string(//figcaption/cite/bdi)") == ours


@pytest.mark.parametrize(
    ("rule", "told", "is_published"),
    [("wanted", "warning", True), ("required", "error", False), ("optional", None, True)],
)
def test_a_portal_chooses_how_much_it_cares_for_credits(
    rule: str, told: str | None, is_published: bool, tmp_path: Path
) -> None:
    root = with_photo(tmp_path, photo(), None, f'{SETTINGS}\n[photos]\ncredit = "{rule}"\n')

    result = build(root, root / "public")

    assert [(one.code, str(one.severity)) for one in result.report] == ([("no-credit", told)] if told else [])
    assert (result.published is not None) is is_published


def test_a_warning_about_a_photo_stays_until_it_is_heard(tmp_path: Path) -> None:
    root = with_photo(tmp_path, photo(), None)

    told = [codes(build(root, root / "public").report) for _ in range(3)]

    assert told == [["no-credit"]] * 3


# ---- what goes wrong


def test_a_broken_photo_is_told_at_its_line_and_the_last_good_page_stays(tmp_path: Path) -> None:
    root = with_photo(tmp_path, photo())
    built(root)
    before = tree(root / "public")
    write(root, "site/media/2025/chợ cá.jpg", photo(size=LARGE)[:900])

    for _ in range(2):
        (said,) = build(root, root / "public").report
        assert (str(said.location), said.code) == ("site/content/vi/cho-ca.md:6", "broken-photo")
        assert "cut short" in said.message
    assert tree(root / "public") == before

    write(root, "site/media/2025/chợ cá.jpg", photo(RED))
    built(root)


def test_a_broken_photo_of_many_articles_is_told_at_each_and_looked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = PhotoFields("broken.jpg", "Một người bán cá", credit="VGP")
    articles = {f"vi/cho-{number}.md": text_of(f"Chợ {number}", images=(fields,)) for number in range(5)}
    root = portal(tmp_path, {**articles, "media/broken.jpg": photo(size=LARGE)[:900]})
    looked: list[int] = []
    whole = inspection.inspected

    def counted(data: bytes) -> PhotoFile:
        looked.append(len(data))
        return whole(data)

    monkeypatch.setattr(inspection, "inspected", counted)

    said = build(root, root / "public").report

    assert {str(one.location) for one in said} == {f"site/content/vi/cho-{number}.md:6" for number in range(5)}
    assert len(looked) == 1


def test_a_photo_that_changes_while_it_is_encoded_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = with_photo(tmp_path, photo())
    file = root / "site/media/2025/chợ cá.jpg"
    whole = inspection.inspected

    def then_replaced(data: bytes) -> PhotoFile:
        found = whole(data)
        file.write_bytes(photo(RED))
        return found

    monkeypatch.setattr(inspection, "inspected", then_replaced)
    assert codes(build(root, root / "public").report) == ["broken-photo"]
    monkeypatch.undo()

    built(root)
    assert renditions(root)


def test_a_drawing_is_shown_as_it_is(tmp_path: Path) -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>"
    fields = PhotoFields("so-do.svg", "Sơ đồ", credit="VGP")
    root = portal(tmp_path, {"vi/so-do.md": text_of("Sơ đồ", images=(fields,)), "media/so-do.svg": drawing})

    built(root)

    assert page(root, "vi/so-do").xpath("//figure//img/@src") == ["/media/so-do.svg"]
    assert (root / "public/media/so-do.svg").read_bytes() == drawing


def test_a_file_that_was_changed_a_while_ago_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toasoan.source_files.TICK_NS", 0)
    files: dict[str, str | bytes] = {
        "vi/bang.md": text_of("Bảng", "Xem [bảng](/media/b.txt)."),
        "media/b.txt": b"one",
    }
    root = portal(tmp_path, files)
    built(root)
    write(root, "site/media/b.txt", b"two")
    time.sleep(0.01)
    built(root)

    assert (root / "public/media/b.txt").read_bytes() == b"two"
