"""What holds for every text whatever: import never fails, loses no line, and keeps the letters of a paragraph."""

from __future__ import annotations

import json
import tempfile
import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from toasoan.config import Config
from toasoan.content.front_matter import read_document
from toasoan.diagnostics import Report
from toasoan.ingest.cleaning import cleaned, legible
from toasoan.ingest.importing import Outcome, import_files
from toasoan.ingest.markdown_text import heading_markdown, paragraph_markdown
from toasoan.ingest.portal_text import read_portal_text
from toasoan.ingest.words import all_words
from toasoan.model.language import Language
from toasoan.model.section import Section
from toasoan.settings import LanguageSettings, SiteSettings

LANGUAGES = ("vi", "en", "ru", "uk")
CONFIG = Config(
    SiteSettings("Portal", "https://portal.example", dict.fromkeys(LANGUAGES, LanguageSettings()), {}),
    {tag: Language(tag, tag) for tag in LANGUAGES},
    {key: Section(key, {}) for key in ("heritage", "political-system")},
    (),
)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PIECES = st.sampled_from(
    [
        "Vietnam.vn - Nền tảng quảng bá Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
        "Công LuậnCông Luận13/01/2024",
        " date 2025-12-17 ",
        "Tiêu đề- Ảnh 1.",
        "a.jpg",
        "![](x) |",
        "| a |",
        " - Photo: An",
        "(Фото: An)",
        "No data",
        "Zalo Facebook",
        "Comment (0)",
        "Source",
        "Source: https://a.example/mot-hai-ba-115251217093630163.htm",
        "Same category",
        "Heritage",
        "Gia Huy",
        "The museum stands on the bank of the river and it is open to all who want to come. " * 3,
        "Музей стоит на берегу реки, и он открыт для всех, кто хочет прийти. Это было 1 июля 2025 года. " * 3,
        "Музей стоїть на березі річки, і він відкритий для всіх, хто хоче прийти. " * 3,
        "Bảo tàng nằm trên bờ sông và mở cửa cho tất cả những người muốn đến. " * 3,
        "./.",
        "\u200b",
        "\u00a0",
        "\x1c",
        "\u2028",
    ]
)
LINES = st.one_of(PIECES, st.text(max_size=40), st.tuples(PIECES, st.text(max_size=5), PIECES).map("".join))
PAGES = st.lists(LINES, max_size=14).map("\n".join)
MARKDOWN_CHARACTERS = st.sampled_from(list("\\`*_[]()<>&;#+-.!|~:=^{}$\"'/ 0123456789aБ€é\u0300😀"))
PARAGRAPHS = st.one_of(
    st.text(max_size=60), st.text(MARKDOWN_CHARACTERS, max_size=12), st.text(MARKDOWN_CHARACTERS, max_size=40)
).map(lambda text: cleaned(legible(text), all_words().languages["en"].cleaning))


@quick
@given(PAGES)
def test_every_line_that_is_not_blank_has_exactly_one_fate(text: str) -> None:
    page = read_portal_text(text, all_words())

    assert [fate.number for fate in page.fates] == [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert all((fate.reason is not None) == (fate.fate == "dropped") for fate in page.fates)


@quick
@given(st.one_of(PAGES.map(str.encode), st.binary(max_size=60), st.text(max_size=200).map(str.encode)))
def test_import_never_fails_on_a_text_and_what_it_writes_can_be_read(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "a.txt").write_bytes(data)
        report = Report()
        (outcome,) = import_files(root, [root / "a.txt"], CONFIG, report)

        assert outcome.outcome in (Outcome.WRITTEN, Outcome.FAILED)
        assert (outcome.outcome is Outcome.FAILED) == report.has_errors == (outcome.article is None)
        if outcome.article:
            article = (root / outcome.article).read_text("utf-8")
            assert read_document(article, outcome.article, report) is not None, list(report)
            assert json.loads((root / "site/import/receipts/a.json").read_text("utf-8"))["article"] == outcome.article
            (again,) = import_files(root, [root / "a.txt"], CONFIG, report)
            assert again.outcome is Outcome.UNCHANGED


def rendered(markdown: str) -> list[tuple[str, str]]:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    assert [token.type for token in tokens[1:]] == ["inline", tokens[0].type.replace("open", "close")], tokens
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}, children
    return [(tokens[0].tag, "".join(child.content for child in children))]


@settings(quick, max_examples=1500)
@given(PARAGRAPHS.filter(bool))
def test_a_paragraph_renders_to_its_very_text(text: str) -> None:
    assert rendered(paragraph_markdown(text)) == [("p", text)]


@settings(quick, max_examples=700)
@given(PARAGRAPHS.filter(bool))
def test_a_heading_renders_to_its_very_text(text: str) -> None:
    assert rendered(heading_markdown(text)) == [("h2", text)]


@quick
@given(st.text(max_size=60))
def test_cleaning_takes_away_no_letter_and_leaves_nothing_to_mend(text: str) -> None:
    for tag in LANGUAGES:
        once = cleaned(legible(text), all_words().languages[tag].cleaning)
        assert [c for c in unicodedata.normalize("NFD", once) if c.isalnum()] == [
            c for c in unicodedata.normalize("NFD", text) if c.isalnum()
        ]
        assert legible(once) == once
