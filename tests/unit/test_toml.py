import datetime as dt
import tomllib

import pytest

from toasoan.content.front_matter import FrontMatter, ImportRecord, PhotoFields, format_front_matter
from toasoan.toml import NO_SUCH_DAY, TomlError, read_toml

DOCUMENT = '''title = "A = b"
[languages.vi]
tagline = """
[not.a.table]
key = 1
"""
tags = [
  "one", # ] no end
  "two",
]
after = 1

[[images]]
src = "a.png"

[[images]]
src = "b.png"
"quoted key" = 1
a.b.c = 2

[images.deep]
x = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("languages",), 2),
        (("languages", "vi"), 2),
        (("languages", "vi", "tagline"), 3),
        (("languages", "vi", "tags"), 7),
        (("languages", "vi", "after"), 11),
        (("images",), 13),
        (("images", 0), 13),
        (("images", 0, "src"), 14),
        (("images", 1, "src"), 17),
        (("images", 1, "quoted key"), 18),
        (("images", 1, "a", "b", "c"), 19),
        (("images", 1, "deep", "x"), 22),
    ],
    ids=str,
)
def test_every_key_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert read_toml(DOCUMENT).line_of(path) == line


def test_a_key_in_an_inline_table_is_told_with_the_line_of_the_table() -> None:
    assert read_toml("a = 1\nphoto = { src = 'x' }\n").line_of(("photo", "src")) == 2


def test_a_key_that_is_not_there_is_told_with_the_line_of_its_table() -> None:
    document = read_toml("[languages.vi]\n")

    assert document.line_of(("languages", "vi", "title")) == 1
    assert document.line_of(("sections",)) == 0


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('a = 1\ntitle = "He said "hi""\n', 2, "the line should end after the value, but goes on"),
        ('title = "A\nb = 1\n', 1, "a text has no quotation mark at its end"),
        ("title = A\n", 1, "straight quotation marks"),
        ("title = “A”\n", 1, "straight quotation marks"),
        ("title: 1\n", 1, "there is no = after the name"),
        ("a = 1\na = 2\n", 2, "the same name stands twice"),
        ("[a]\n[a]\n", 2, "the same name stands twice"),
        ('a = "C:\\dir"\n', 1, "has a single \\"),
        ("a = [1 2]\n", 1, "a list lacks a comma, or the ] at its end"),
        ("[a\n", 1, "lacks the ] at its end"),
        ("date = 2025-02-30\n", 1, NO_SUCH_DAY),
        ('a = "\x01"\n', 1, "an invisible character"),
        ("a = " + "[" * 5000, 1, "nested too deeply"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_is_no_toml_is_told_in_plain_words_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(TomlError) as caught:
        read_toml(text)

    assert words in caught.value.message
    assert caught.value.line == line


def test_what_the_program_writes_is_read_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    written = format_front_matter(
        FrontMatter(
            title='The "Tide" \\ of Cần Thơ',
            date=dt.datetime(2025, 12, 17, 9, 36, tzinfo=dt.timezone(dt.timedelta(hours=7))),
            updated=dt.date(2025, 12, 18),
            authors=("Gia Huy", "An"),
            images=(PhotoFields(src="a.jpg"), PhotoFields(caption="b")),
            import_=ImportRecord("a.txt", "0" * 64, found=("title",), derived={"slug": "the title"}),
        )
    )
    values = tomllib.loads(written)
    monkeypatch.setattr(tomllib, "loads", lambda text: pytest.fail("the parser was asked"))

    assert read_toml(written).values == values
