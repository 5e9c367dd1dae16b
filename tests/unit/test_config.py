from pathlib import Path

import pytest

from tests.builders import SETTINGS, codes, config, portal, write
from toasoan.config import read_config
from toasoan.diagnostics import Report
from toasoan.model.publisher import Publisher

LISTED = Publisher("bao-thu", "Báo Thử", "vi", ("baothu.example",), ("Bao Thu",))


def test_a_portal_knows_its_languages_sections_and_agencies(tmp_path: Path) -> None:
    root = portal(tmp_path)
    write(root, "site/publishers.toml", '[publishers.bao-thu]\nname = "Báo Thử"\nhosts = ["baothu.example"]\n')

    read = read_config(root, Report())

    assert read is not None
    assert (list(read.languages), list(read.sections)) == (["vi", "en"], ["heritage", "local"])
    assert read.main_language.tag == "vi"
    assert read.sections["local"].names == {"vi": "Địa phương", "en": "Regions"}
    assert read.publishers == (Publisher("bao-thu", "Báo Thử", None, ("baothu.example",)),)
    assert str(read.zone) == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize("name", ["Báo Thử", "BÁO THỬ", "bao thu"])
def test_an_agency_is_known_by_its_names_whatever_their_case(name: str) -> None:
    assert config(publishers=[LISTED]).publisher_named(name) == LISTED


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://baothu.example/1", True),
        ("https://www.baothu.example/1", True),
        ("https://en.baothu.example/1", True),
        ("https://notbaothu.example/1", False),
        ("https://baothu.example.evil/", False),
        ("baothu.example", False),
        ("https://[x", False),
    ],
)
def test_an_agency_is_known_by_the_host_of_an_address(url: str, known: bool) -> None:
    assert (config(publishers=[LISTED]).publisher_of_address(url) is not None) == known


@pytest.mark.parametrize(
    "url",
    ["https://portal.example", "http://localhost:8000", "https://host.example/tin/moi", "https://báo.example"],
)
def test_an_address_of_a_site_is_fine(url: str, tmp_path: Path) -> None:
    assert read_config(portal(tmp_path, settings=SETTINGS.replace("https://portal.example", url)), Report())


@pytest.mark.parametrize(
    "url",
    [
        "",
        "portal.example",
        "ftp://x.example",
        "https://",
        "https://x.example/",
        "https://x.example?a=b",
        "https://x.example#a",
        "https://[x",
        "https://x.example/a b",
        "https://x.example/'><b>",
        "javascript:alert(1)",
    ],
)
def test_anything_else_is_no_address_of_a_site(url: str, tmp_path: Path) -> None:
    report = Report()

    assert read_config(portal(tmp_path, settings=SETTINGS.replace("https://portal.example", url)), report) is None
    assert codes(report) == ["wrong-base-url"]


@pytest.mark.parametrize("key", ["agency", "archive", "author", "tag", "Local", "a_b", "-a", "con", "a/b", ""])
def test_a_section_needs_a_key_that_an_address_can_carry(key: str, tmp_path: Path) -> None:
    report = Report()

    read_config(portal(tmp_path, settings=f'{SETTINGS}\n[sections."{key}"]\nvi = "a"\nen = "a"\n'), report)

    assert codes(report) == ["wrong-section-key"]


@pytest.mark.parametrize("tag", ["vi./../../x", "../x", "VI", "vn"])
def test_a_language_that_would_leave_the_output_folder_is_none(tag: str, tmp_path: Path) -> None:
    report = Report()

    read_config(portal(tmp_path, settings=SETTINGS.replace("[languages.en]", f'[languages."{tag}"]')), report)

    assert "unknown-language" in codes(report)


def test_a_folder_where_the_settings_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "site/site.toml").mkdir(parents=True)
    report = Report()

    assert read_config(tmp_path, report) is None
    assert codes(report) == ["unreadable-file"]
