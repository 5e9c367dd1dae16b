import datetime as dt

import pytest

from tests.builders import codes, text_of
from toasoan.content.front_matter import (
    LONGEST,
    Document,
    FrontMatter,
    ImportRecord,
    PhotoFields,
    format_document,
    read_document,
)
from toasoan.diagnostics import Report
from toasoan.model.article import Status, Translation

FULL = FrontMatter(
    title='Ông nói "xin chào"',
    language="vi",
    slug="xin-chao",
    date=dt.datetime(2025, 12, 17, 9, 36, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    updated=dt.date(2025, 12, 18),
    section="heritage",
    tags=("gốm", "C:\\dir", "\x7f\x00"),
    authors=("Lê Lan",),
    publisher="Báo Thử",
    source_url="https://baothu.example/1",
    story="xin-chao",
    summary="Một.\nHai.",
    translation=Translation.MACHINE,
    status=Status.DRAFT,
    images=(PhotoFields("a.png", "Cổng", "Cổng\tsáng", "VGP"), PhotoFields(caption="Mất ảnh")),
    import_=ImportRecord("000.txt", "ab" * 32, ("title",), ("date",), {"slug": "from the title"}, {"a key": "x"}),
)


def read(text: str) -> tuple[Document | None, Report]:
    report = Report()
    return read_document(text, "site/content/vi/a.md", report), report


def test_what_is_written_is_read_again() -> None:
    document, report = read(format_document(FULL, "Chữ.\n\n+++\n\nHết."))

    assert codes(report) == []
    assert document is not None
    assert document.front_matter == FULL
    assert document.body == "Chữ.\n\n+++\n\nHết."


def test_fields_without_a_value_are_not_written() -> None:
    assert text_of("Trà", "Chữ.") == '+++\ntitle = "Trà"\nstatus = "published"\n+++\n\nChữ.\n'


def test_the_text_begins_on_the_line_it_stands_on() -> None:
    document, _ = read("+++\ntitle = 'a'\n+++\n\n\nChữ.\n")

    assert document is not None
    assert (document.body, document.body_line) == ("Chữ.", 6)


def test_toml_and_yaml_give_the_same_fields() -> None:
    toml, _ = read('+++\ntitle = "Trà"\ntags = ["gốm"]\ndate = 2025-12-17\n+++\n')
    yaml, _ = read("---\ntitle: Trà\ntags: [gốm]\ndate: 2025-12-17\n---\n")

    assert toml is not None
    assert yaml is not None
    assert toml.front_matter == yaml.front_matter


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a.md:1: error: the file does not begin with front matter [no-front-matter]"),
        ("+++\n", "a.md:1: error: the front matter is not closed"),
        ("+++\ntitle = 'a'\n---\n", "a.md:1: error: the front matter is not closed"),
        ("+++\ntitle = 'a'\nsection: b\n+++\n", "a.md:3: error: the front matter can't be read"),
        (
            "+++\ntitle = 'a'\ndate = 2025-02-30\n+++\n",
            "a.md:3: error: there is no such day or time: date = 2025-02-30",
        ),
        (
            "+++\ntitle = 'a'\ndate = 2025-13-01\n+++\n",
            "a.md:3: error: there is no such day or time: date = 2025-13-01",
        ),
        ("---\ntitle: a\nupdated: 1\nupdated: 2\n---\n", "a.md:4: error: the front matter can't be read: the key"),
        ("---\ntitle: a\nphoto: b\n---\n", "a.md:3: error: there is no front matter field 'photo'"),
        ("+++\ntitle = 'a'\n[import]\nfile = 1\nsha256 = ''\n+++\n", "a.md:4: error: 'import.file' must be a text"),
        ("+++\ntitle = 'a'\n[[images]]\n[[images]]\nsrc = 1\n+++\n", "a.md:5: error: 'images.2.src' must be a text"),
        (f"+++\ntitle = 'a' # {'x' * LONGEST}\n+++\n", "a.md:1: error: the front matter is longer than"),
    ],
    ids=lambda value: value[:40],
)
def test_a_wrong_file_is_told_with_its_line(text: str, told: str) -> None:
    document, report = read(text)

    assert document is None
    assert str(next(iter(report))).startswith(f"site/content/vi/{told}")


def test_quotation_marks_in_a_title_get_a_hint_how_to_write_them() -> None:
    _, report = read('+++\ntitle = "Ông nói "chào""\n+++\n')

    assert 'write \\" for a quotation mark' in (next(iter(report)).hint or "")
