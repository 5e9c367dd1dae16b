"""From articles whose covers would look the same to pages on which they don't."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.builders import built, portal, text_of, tree
from tests.reading import document
from toasoan.covers.look import Look, look_of

ALIKE = [f"bai-{n}" for n in range(200) if look_of("local", f"bai-{n}#1") == Look("karst", 0)][:3]
FILES = {f"vi/{name}.md": text_of(name, section="local", story=name) for name in ALIKE}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    root = portal(tmp_path_factory.mktemp("alike"), FILES)
    built(root)
    return tree(root / "public")


def covers_on(page: bytes) -> list[str]:
    return [src for src in document(page.decode()).xpath("//main//img/@src") if src.startswith("/covers/")]


@pytest.mark.parametrize("path", ["vi/local/index.html", "vi/archive/index.html"])
def test_in_a_list_every_second_one_has_other_inks(pages: Mapping[str, bytes], path: str) -> None:
    covers = covers_on(pages[path])

    assert len(ALIKE) == 3
    assert [cover.partition("#")[2] for cover in covers] == ["", "b", ""]
    assert {cover.partition("#")[0].lstrip("/") for cover in covers} <= pages.keys()


def test_the_rows_of_the_home_page_follow(pages: Mapping[str, bytes]) -> None:
    covers = covers_on(pages["vi/index.html"])

    assert [cover.partition("#")[2] for cover in covers].count("b") == 1


def test_feeds_structured_data_and_the_article_itself_name_the_plain_file(pages: Mapping[str, bytes]) -> None:
    feeds = [data for path, data in pages.items() if path.endswith((".xml", "feed.json"))]

    assert not any(b".svg#" in feed for feed in feeds)
    assert json.loads(pages["vi/feed.json"])["items"]
    for name in ALIKE:
        page = pages[f"vi/{name}/index.html"]
        assert "#" not in covers_on(page)[0]
        assert not any(".svg#" in script for script in document(page.decode()).xpath("//script/text()"))


def test_two_builds_from_nothing_choose_the_same_inks(pages: Mapping[str, bytes], tmp_path: Path) -> None:
    root = portal(tmp_path, FILES)
    built(root)

    assert tree(root / "public") == pages
