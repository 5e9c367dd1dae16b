"""What goes to translators comes back as it went: XLIFF 2 and PO."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.property.strategies import texts
from toasoan.encoding import without_controls
from toasoan.translations.exchange import (
    Exchange,
    ExchangedPart,
    ExchangeFormat,
    NotReadableError,
    read_exchange,
    written,
)

ARTICLE = "site/content/vi/cho.md"
PARTS = (
    ExchangedPart("title", "Chợ nổi", "Плавучий ринок", "The headline"),
    ExchangedPart("images.1.caption", 'Thuyền "lớn" & <nhỏ>', "", "The caption of photo 1"),
    ExchangedPart("text.1", "Một.\n\n  hai  dòng\n- a\n- b", "Old words.", "", is_final=False),
)
FORMATS = list(ExchangeFormat)
NAMESPACE = {"x": "urn:oasis:names:tc:xliff:document:2.0"}


def back(parts: tuple[ExchangedPart, ...], as_: ExchangeFormat) -> Exchange:
    return read_exchange(written(Exchange(ARTICLE, "vi", "uk", parts), as_))


@pytest.mark.parametrize("as_", FORMATS)
def test_nothing_is_lost(as_: ExchangeFormat) -> None:
    found = back(PARTS, as_)

    assert (found.original, found.language, found.into) == (ARTICLE, "vi", "uk")
    assert [(it.key, it.source, it.target) for it in found.parts] == [(it.key, it.source, it.target) for it in PARTS]
    assert [it.is_final for it in found.parts if it.target] == [True, False]


PARTS_OF_ANY_KIND = st.lists(st.tuples(texts.filter(str.strip), texts), max_size=5).map(
    lambda pairs: tuple(ExchangedPart(f"text.{n}", a, b) for n, (a, b) in enumerate(pairs, start=1))
)


@pytest.mark.parametrize("as_", FORMATS)
@given(parts=PARTS_OF_ANY_KIND)
def test_any_words_come_back(as_: ExchangeFormat, parts: tuple[ExchangedPart, ...]) -> None:
    """But for control characters, which no XML can hold, and which articles do not have either."""
    found = {it.key: it for it in back(parts, as_).parts}

    for part in parts:
        assert found[part.key].source == without_controls(part.source)
        assert found[part.key].target == without_controls(part.target)


def test_xliff_is_as_the_standard_has_it() -> None:
    """XLIFF 2.0, 4.2.2: notes before segments; blanks are kept by units; each unit has an id of its own."""
    root = ElementTree.fromstring(written(Exchange(ARTICLE, "vi", "uk", PARTS), ExchangeFormat.XLIFF))

    assert root.attrib == {"version": "2.0", "srcLang": "vi", "trgLang": "uk"}
    units = root.findall("x:file/x:unit", NAMESPACE)
    assert [unit.get("id") for unit in units] == ["title", "images.1.caption", "text.1"]
    for unit in units:
        assert unit.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        names = [child.tag.rpartition("}")[2] for child in unit]
        assert names in (["notes", "segment"], ["segment"])
        for segment in unit.findall("x:segment", NAMESPACE):
            assert set(segment.attrib) <= {"id", "state", "canResegment", "subState"}
            assert [child.tag.rpartition("}")[2] for child in segment] in (["source"], ["source", "target"])
    assert [segment.get("state") for segment in root.iter(f"{{{NAMESPACE['x']}}}segment")] == [
        "translated", "initial", "initial",
    ]  # fmt: skip


def test_po_says_what_each_text_is() -> None:
    text = written(Exchange(ARTICLE, "vi", "uk", PARTS), ExchangeFormat.PO).decode()

    assert 'msgctxt "images.1.caption"' in text
    assert "#. The headline" in text
    assert "#, fuzzy" in text


def test_a_unit_that_a_tool_has_cut_into_segments_is_put_together() -> None:
    data = written(
        Exchange(ARTICLE, "vi", "uk", (ExchangedPart("text.1", "Một. Hai."),)), ExchangeFormat.XLIFF
    ).decode()
    two = (
        '<segment id="s1" state="translated"><source>Một. </source><target>Один. </target></segment>'
        '<segment id="s2" state="translated"><source>Hai.</source><target>Два.</target></segment>'
    )
    data = re.sub(r"<segment.*</segment>", two, data, flags=re.DOTALL)

    assert read_exchange(data.encode()).parts == (ExchangedPart("text.1", "Một. Hai.", "Один. Два."),)
    half = data.replace("<target>Два.</target>", "")
    assert read_exchange(half.encode()).parts[0].target == ""


XLIFF_1 = b'<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><xliff version="2.0"/>'


def test_entities_are_refused_before_anything_reads_them() -> None:
    data = written(Exchange(ARTICLE, "vi", "uk", PARTS), ExchangeFormat.XLIFF)
    assert read_exchange(data).into == "uk"
    bomb = data.replace(b"<xliff", b'<!DOCTYPE xliff [<!ENTITY a "aaaa">]>\n<xliff', 1)

    with pytest.raises(NotReadableError, match="document type"):
        read_exchange(bomb)


@pytest.mark.parametrize(
    "data", [b"", b"Hello", b"<html></html>", XLIFF_1, BOMB, b'msgid "a"\nmsgstr "b"\n', b"\xff\xfe\x00", b"<xliff"]
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(NotReadableError):
        read_exchange(data)
