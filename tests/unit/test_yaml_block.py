import datetime as dt
import time

import pytest

from toasoan.content.yaml_block import YamlError, read_yaml
from toasoan.toml import NO_SUCH_DAY

BLOCK = """title: "Làng gốm: một đêm"
language: no
draft: true
slug: 2025
date: 2025-12-17
updated: 2025-12-17 09:36:00+07:00
number: 1.5
nothing:
tilde: ~
quoted: "2025-12-17"
tags:
  - gốm
  - yes
photos:
  - src: a.png
    alt: |
      2025-01-01
"""


def test_values_mean_what_they_look_like() -> None:
    assert read_yaml(BLOCK).values == {
        "title": "Làng gốm: một đêm",
        "language": "no",  # not False, as YAML 1.1 has it
        "draft": True,
        "slug": 2025,
        "date": dt.date(2025, 12, 17),
        "updated": dt.datetime(2025, 12, 17, 9, 36, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        "number": "1.5",
        "quoted": "2025-12-17",
        "tags": ["gốm", "yes"],
        "photos": [{"src": "a.png", "alt": "2025-01-01\n"}],
    }


def test_every_key_has_its_line() -> None:
    document = read_yaml(BLOCK)

    assert [document.line_of(path) for path in [("title",), ("tags",), ("photos", 0, "alt")]] == [1, 11, 16]


def test_an_empty_block_has_no_fields() -> None:
    assert read_yaml("").values == read_yaml("# nothing\n").values == {}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: *a\n", 2, "aliases"),
        ("a: &x [1]\nb: *x\n", 2, "aliases"),
        ("a: !!python/object/apply:os.system [x]\n", 1, "tags (!!python/object/apply:os.system)"),
        ("a: !own x\n", 1, "tags"),
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands twice"),
        ("a:\n  b: 1\n  b: 2\n", 3, "the key 'b' stands twice"),
        ("a: 1\ntitle: Hà Nội: hôm nay\n", 2, "a text with a colon must stand in quotation marks"),
        ("a: [1\n", 2, "not closed"),
        ('a: "x\n', 2, "not closed"),
        ("\ta: 1\n", 1, "a tab"),
        ("a: @x\n", 1, "begins with @"),
        ("- a\n", 1, "list of `key: value` lines"),
        ("? [a]\n: b\n", 1, "a key must be a word"),
        ("a: 1\nb: \x01\n", 2, "an invisible character"),
        ('a: "\\ud800"\n', 1, "no character of this number"),
        ('"\\ud800": 1\n', 1, "no character of this number"),
        ("date: 2025-02-30\n", 1, NO_SUCH_DAY),
        ("date: 2025-13-45\n", 1, NO_SUCH_DAY),
        ("date: 2025-12-17T25:00:00\n", 1, NO_SUCH_DAY),
        ("a: " + "[" * 30 + "]" * 30 + "\n", 1, "nested too deeply"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_what_front_matter_may_not_hold_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(YamlError) as caught:
        read_yaml(text)

    assert words in caught.value.message
    assert caught.value.line == line


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
    )
    start = time.perf_counter()

    with pytest.raises(YamlError, match="aliases"):
        read_yaml(bomb)

    assert time.perf_counter() - start < 1
