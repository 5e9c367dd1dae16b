"""What is broken, hostile or too large is told in a sentence, and all else is imported."""

from __future__ import annotations

import io
import json
import socket
import stat
import unicodedata
import zipfile
from pathlib import Path
from typing import NoReturn

import pytest

from tests.sources import JPEG, RUSSIAN, TEXT, VIETNAMESE, ninjs, page, post, rss, rss_item, wordpress
from tests.unit.ingest.test_import_of_files import Portal
from tests.unit.ingest.test_import_of_files import page as raw_page
from toasoan.diagnostics import Severity
from toasoan.ingest import archives, decoding, safe_xml
from toasoan.ingest.importing import Outcome, import_files
from toasoan.ingest.words import all_words

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    "<rss version='2.0'><channel><item><title>&d;</title></item></channel></rss>"
)
FILE_ENTITY = BOMB.replace('"ha"', 'SYSTEM "file:///etc/passwd"')


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(tmp_path)


def packed(members: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return stream.getvalue()


def read_beside_a_good_one(portal: Portal, name: str, data: bytes) -> list[str]:
    """The codes of what is told of a source; a good text beside it must come through."""
    portal.put_bytes(name, data)
    portal.put("zz.txt", *raw_page("A museum of boats"))
    outcomes = portal.run()
    assert outcomes["zz.txt"].outcome is Outcome.WRITTEN
    return portal.codes


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xml", BOMB.encode(), "entities-in-source"),
        ("a.xml", FILE_ENTITY.encode(), "entities-in-source"),
        ("a.xml", b"<rss><channel><item><title>a</titel>", "broken-source"),
        ("a.xml", rss(rss_item()).replace("Boats", "B&nbsp;oats").encode(), "broken-source"),
        ("a.xml", b'<?xml version="1.0" encoding="x-none"?><rss><channel/></rss>', "broken-source"),
        ("a.xml", rss().encode(), "empty-source"),
        ("a.xml", rss("<title>Only a headline</title>").encode(), "empty-source"),
        ("a.json", b'{"uri": "urn:x:1", "headline": ', "unknown-source-format"),
        ("a.json", b'{"rows": [1, 2]}', "unknown-source-format"),
        ("a.json", b'{"a":' + b"[" * 200_000, "unknown-source-format"),
        ("a.zip", packed({"a.txt": TEXT})[:-30], "broken-source"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 50, "broken-source"),
        ("a.html", b"", "empty-source"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "binary-source"),
        ("a.txt", b"\xd0\xcf\x11\xe0 an old Word document", "binary-source"),
        ("a.txt", "a\n".encode("utf-16-le"), "binary-source"),
        ("a.html", ("<p>" + "<div>" * 100_000).encode(), "empty-source"),
        ("a.txt", b"x\n" * 1_000_000, "huge-source"),
        ("a.txt", b"\x9e\x01 no text in any encoding \xff\x00" * 9, "binary-source"),
        ("a.html", b"\x9e\x01 no text in any encoding \xff\x00" * 9, "binary-source"),
    ],
)  # fmt: skip
def test_a_bad_source_is_told(portal: Portal, name: str, data: bytes, code: str) -> None:
    assert read_beside_a_good_one(portal, name, data) == [code]


def test_an_archive_with_a_damaged_member_gives_its_others(portal: Portal) -> None:
    data = bytearray(packed({"a.txt": TEXT, "b.txt": "\n".join(raw_page("A museum of ferries"))}))
    data[data.index(b"a.txt") + len("a.txt")] = 0xFF  # how the first member begins, packed
    portal.put_bytes("a.zip", bytes(data))

    assert [(name, it.outcome) for name, it in portal.run().items()] == [("a.zip/b.txt", Outcome.WRITTEN)]
    assert portal.codes == ["broken-source"]


def test_an_archive_that_was_cut_off_is_said_to_be(portal: Portal) -> None:
    portal.put_bytes("a.zip", packed({"a.txt": TEXT})[:-30])

    portal.run()

    (told,) = portal.report
    assert told.message == "the source is damaged: its end is missing, where the table of contents stands"


def test_what_stands_before_a_damaged_place_is_imported(portal: Portal) -> None:
    whole = rss(rss_item(1), rss_item(2), rss_item(3))
    portal.put("feed.xml", whole[: whole.index("Boats 3")])

    outcomes = portal.run()

    assert [str(outcome.outcome) for outcome in outcomes.values()] == ["written", "written"]
    assert portal.codes == ["broken-source"]


def test_an_export_without_end_of_an_item_is_given_up(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "LARGEST_RECORD", 100_000)
    portal.put("e.xml", wordpress(post(1), "<title>x</title>" + "<a>b</a>" * 50_000))

    assert [str(outcome.outcome) for outcome in portal.run().values()] == ["written"]
    assert portal.codes == ["broken-source"]


# --- encodings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding", "language"),
    [
        (TEXT, "utf-16", "en"),
        (TEXT, "utf-16-le", "en"),
        (TEXT, "utf-16-be", "en"),
        (RUSSIAN, "windows-1251", "ru"),
        (VIETNAMESE * 3, "windows-1258", "vi"),
    ],
)
def test_a_text_in_another_encoding_is_recognised_and_told(
    tmp_path: Path, text: str, encoding: str, language: str
) -> None:
    portal = Portal(tmp_path, ("en", "vi", "ru"))
    portal.put_bytes("a.txt", as_windows_1258(text) if encoding == "windows-1258" else text.encode(encoding))

    (outcome,) = portal.run().values()

    assert outcome.language == language
    assert [(d.code, d.severity) for d in portal.report] == [("guessed-encoding", Severity.WARNING)]
    assert text.split()[3] in portal.article(outcome).read_text("utf-8")


def as_windows_1258(text: str) -> bytes:
    """The code page has letters with hats, and tones as marks of their own."""
    written = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", letter)[:-1], unicodedata.normalize("NFD", letter)[-1]
            if tone not in "\u0300\u0301\u0303\u0309\u0323":
                parts = unicodedata.normalize("NFD", letter)
                tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
                base = parts.replace(tone, "")
            written += unicodedata.normalize("NFC", base).encode("cp1258") + tone.encode("cp1258")
    return written


@pytest.mark.parametrize("data", [TEXT.encode() + b"\n\xc3(", b"\xff\xfe\x00a", bytes(range(128, 256)) * 3])
def test_bytes_that_make_sense_in_no_encoding_are_not_guessed_at(portal: Portal, data: bytes) -> None:
    assert read_beside_a_good_one(portal, "a.txt", data) == ["not-utf8"]


def test_a_declared_encoding_is_honoured(tmp_path: Path) -> None:
    portal = Portal(tmp_path, ("ru",))
    html = page(body=f"<article><h1>Музей</h1><p>{RUSSIAN}</p></article>", lang="ru").replace("utf-8", "windows-1251")
    feed = rss(f"<title>Музей</title><description>{RUSSIAN}</description>").replace("utf-8", "koi8-r")
    portal.put_bytes("a.html", html.encode("windows-1251"))
    portal.put_bytes("b.xml", feed.encode("koi8-r"))

    outcomes = portal.run()

    assert [outcome.title for outcome in outcomes.values()] == ["Музей", "Музей"]
    assert portal.codes == []


def test_an_encoding_that_a_page_makes_up_is_not_used() -> None:
    data = b'<meta charset="unicode_escape">' + RUSSIAN.encode("windows-1251")

    assert decoding.decoded_page(data, all_words().languages).is_guess


# --- archives and folders ---------------------------------------------------------------------------------------


def test_an_archive_holds_sources_of_all_kinds_and_archives(portal: Portal) -> None:
    inner = packed({"feed.xml": rss(rss_item(1))})
    picture = "<figure><img src='a_files/b.jpg'><figcaption>A ferry</figcaption></figure>"
    saved = page(body=f"<article><h1>Boats</h1><p>{TEXT}</p>{picture}</article>")
    members: dict[str, bytes | str] = {
        "2025/a.html": saved,
        "2025/a_files/b.jpg": JPEG,
        "2025/a_files/frame.html": page(),
        "b.txt": "\n".join(raw_page("A museum of boats")),
        "inner.zip": inner,
        "notes.doc": "nothing",
        "n.json": json.dumps(ninjs()),
    }
    portal.put_bytes("all.zip", packed(members))

    outcomes = portal.run()

    assert {name: str(outcome.outcome) for name, outcome in outcomes.items()} == {
        "all.zip/2025/a.html": "written",
        "all.zip/b.txt": "written",
        "all.zip/inner.zip/feed.xml#https://river.example/1": "written",
        "all.zip/n.json": "written",
    }
    assert any(path.startswith("site/media/import/") for path in portal.tree())
    assert {str(outcome.outcome) for outcome in portal.run().values()} == {"unchanged"}


def test_a_folder_is_looked_through_to_its_bottom(portal: Portal) -> None:
    for way in ("2024", "2025", "2025/a_files", ".hidden"):
        (portal.raw / way).mkdir()
        (portal.raw / way / "index.html").write_text(page(f"<meta name='x' content='{way}'>"), "utf-8")

    assert list(portal.run()) == ["2024/index.html", "2025/index.html"]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../a.txt", "C:a.txt", "a\\b.txt"])
def test_a_name_that_leads_out_of_an_archive_is_left_out(portal: Portal, name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        info = zipfile.ZipInfo("x.txt")
        info.filename = name
        file.writestr(info, TEXT)

    assert read_beside_a_good_one(portal, "a.zip", stream.getvalue()) == ["unsafe-name-in-archive"]


def test_a_link_in_an_archive_is_left_out(portal: Portal) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(info, "/etc/passwd")

    assert read_beside_a_good_one(portal, "a.zip", stream.getvalue()) == ["unsafe-name-in-archive"]


def test_a_member_that_is_packed_beyond_belief_is_not_unpacked(portal: Portal) -> None:
    data = packed({"a.txt": b"a" * 5_000_000, "b.txt": "\n".join(raw_page("B museum"))})

    assert read_beside_a_good_one(portal, "a.zip", data) == ["unsafe-archive"]
    assert len(list((portal.root / "site/content").rglob("*.md"))) == 2


def test_archives_have_a_limit_together(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    members: dict[str, bytes | str] = {f"{n}.txt": "\n".join(raw_page(f"Museum {n}")) for n in range(3)}
    portal.put_bytes("a.zip", packed(members))

    assert [str(outcome.outcome) for outcome in portal.run().values()] == ["written", "written"]
    assert portal.codes == ["unsafe-archive"]


def test_archives_in_archives_have_a_bottom(portal: Portal) -> None:
    data = packed({"a.txt": TEXT})
    for _ in range(5):
        data = packed({"a.zip": data})

    assert read_beside_a_good_one(portal, "a.zip", data) == ["unsafe-archive"]


# --- the network ------------------------------------------------------------------------------------------------


def test_no_source_makes_import_open_a_connection(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    picture = "<img src='https://a.example/a.jpg'>"
    portal.put(
        "a.html", page(f"<base href='http://a.example/'>{picture}", f"<article><p>{TEXT}{picture}</p></article>")
    )
    dtd = '<!DOCTYPE rss SYSTEM "http://a.example/rss.dtd">'
    portal.put("b.xml", rss(rss_item(1)).replace("<rss", f"{dtd}<rss", 1))
    portal.put("c.xml", wordpress(post(7, text=f"{TEXT}{picture}")))
    portal.put("d.json", json.dumps(ninjs()))
    portal.put("e.xml", FILE_ENTITY.replace("file:///etc/passwd", "http://a.example/x"))

    outcomes = portal.run()

    assert [str(outcome.outcome) for outcome in outcomes.values()] == ["written"] * 4 + ["failed"]


def test_many_sources_are_imported_by_several_processes_with_the_same_result(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    portals = [Portal(tmp_path / "one"), Portal(tmp_path / "two")]
    for portal in portals:
        for number in range(160):
            portal.put(f"{number}.txt", *raw_page(f"A museum of boats {number}"))
        portal.put("feed.xml", rss(*(rss_item(number) for number in range(5))))

    trees = []
    for jobs, portal in enumerate(portals, 1):
        import_files(portal.root, [portal.raw], portal.config, portal.report, jobs=jobs)
        trees.append(portal.tree())

    assert trees[0] == trees[1]
    assert len(trees[0]) == 2 * 165 + 1
