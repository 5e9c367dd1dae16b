"""What holds for every text that somebody may put into a file."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import tomllib
import unicodedata
from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from tests.property.strategies import LANGUAGES, front_matters, markdown, marked_blocks, marked_texts, names, texts
from tests.reading import dangers, unbalanced
from tests.whole_reading import html_without_anchors, library_html, read_as_a_whole
from toasoan.content.foreign import fragments
from toasoan.content.front_matter import FrontMatter, format_document, read_document
from toasoan.content.markdown import WORDS_A_MINUTE, Body, PhotoPlace, render_body
from toasoan.content.yaml_block import YamlError, read_yaml
from toasoan.diagnostics import Report
from toasoan.encoding import without_controls
from toasoan.slug import LONGEST_ALLOWED, LONGEST_MADE, folded_address, slug_fault, slug_of, unique_slug
from toasoan.toml import TomlError, read_toml

languages = st.sampled_from([*LANGUAGES, "ar", "zh-Hant", "lo"])


# ---- slugs


@given(texts, languages)
def test_a_slug_of_anything_is_a_safe_name(text: str, language: str) -> None:
    slug = slug_of(text, language)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LONGEST_MADE + len("-n")
    assert slug_fault(slug) is None
    assert slug_of(unicodedata.normalize("NFD", text), language) == slug_of(
        unicodedata.normalize("NFC", text), language
    )


@given(st.lists(texts, max_size=8), languages)
def test_slugs_of_anything_can_be_made_unique(given_texts: list[str], language: str) -> None:
    taken: list[str] = []
    for text in given_texts:
        taken.append(unique_slug(slug_of(text, language), taken))

    assert len({folded_address(slug) for slug in taken}) == len(given_texts)
    assert all(slug_fault(slug) is None for slug in taken)


@given(texts)
def test_a_slug_that_is_let_through_stays_in_its_folder(slug: str) -> None:
    if slug_fault(slug) is None:
        assert PurePosixPath("/portal", slug).parts == ("/", "portal", slug)
        assert slug not in (".", "..")
        assert len(slug.encode()) <= LONGEST_ALLOWED
        assert not set(slug) & set('\\/?#%:*"<>|\x00')


# ---- front matter


@given(front_matters, texts)
@example(FrontMatter(title='"\\\n\x00\x7f💥\u2028'), "+++\n")
def test_front_matter_that_is_written_is_read_again(front_matter: FrontMatter, body: str) -> None:
    report = Report()

    document = read_document(format_document(front_matter, body), "a.md", report)

    assert [str(told) for told in report] == []
    assert document is not None
    assert document.front_matter == front_matter
    assert document.body == body.strip("\n")


@given(texts, st.sampled_from(["+++", "---"]), texts)
@example("date = 2025-13-45", "+++", "")
@example("[a]\n[a.b]\na = {b.c = 1}\n", "+++", "")
@example("a: !!float .nan", "---", "")
def test_reading_any_file_tells_its_mistakes_and_never_fails(inside: str, fence: str, body: str) -> None:
    report = Report()

    document = read_document(f"{fence}\n{inside}\n{fence}\n{body}", "a.md", report)

    assert (document is None) == report.has_errors
    # YAML takes more characters for the end of a line than editors do.
    assert all(1 <= told.location.line <= len(inside.splitlines()) + 4 for told in report)


@given(texts)
def test_reading_any_text_as_a_file_never_fails(text: str) -> None:
    report = Report()

    assert (read_document(text, "a.md", report) is None) == report.has_errors


toml_lines = st.sampled_from(
    [
        "[a]",
        "[[a]]",
        "[a.b]",
        '["q.r"]',
        "x = 1",
        "x.y = 2",
        'x = """',
        "'''",
        '"""',
        "x = [",
        "]",
        "# [",
        "x = {a=1}",
    ]
)


@given(st.lists(toml_lines | texts, max_size=8).map("\n".join), st.lists(st.integers() | texts).map(tuple))
@example("[[a]]", ())
def test_the_line_of_any_key_can_be_asked_for(text: str, path: tuple[str | int, ...]) -> None:
    last = text.count("\n") + 1
    try:
        document = read_toml(text)
    except TomlError as error:
        told = error.line
    else:
        told = document.line_of(path) or 1
        assert all(1 <= document.line_of((key,)) <= last for key in document.values)

    assert 1 <= told <= last


plain_toml_lines = st.sampled_from(
    [
        "",
        "[a]",
        "[b]",
        "[a.b]",
        "[[a]]",
        "[[c]]",
        "[[a.c]]",
        'a = "x"',
        'b = "\\"\\\\ Київ\t"',
        'c = ["x", "y, z"]',
        "a = []",
        "b = 2025-12-17",
        "c = 2025-02-30",
        "a = 2025-12-17T09:36:00Z",
        "b = 2025-12-17T09:36:00+07:00",
        "c = 2025-12-17T23:59:59-00:00",
        "a = 2025-12-17T24:00:00",
        "b = 0000-01-01",
        "a.b = 1",
        'd = "\\u0041"',
        "d = [1, 2]",
        "d = {a = 1}",
    ]
)
slips = st.tuples(
    st.integers(0, 200), st.integers(0, 2), st.sampled_from(list('"\\[]=, .+-:#TZ07a\n\r\t\x7f\x85\u0661'))
)
"""A place in a text, how many characters are lost there, and what stands there instead."""


@given(st.lists(plain_toml_lines, max_size=8).map("\n".join), st.lists(slips, max_size=2))
@example('a = "x"\na = "y"', [])
@example('a = "\x7f"', [])
@example('a = ["x"]\n[[a]]', [])
@example("[a.b]\n[a]", [])
@example("[[a]]\n[a.b]\n[[a]]\n[a.b]", [])
def test_toml_that_is_read_without_the_parser_means_what_the_parser_says(
    text: str, mistakes: list[tuple[int, int, str]]
) -> None:
    for place, lost, instead in mistakes:
        text = text[:place] + instead + text[place + lost :]
    told: object = None
    meant: object = None
    with contextlib.suppress(TomlError):
        told = read_toml(text).values
    with contextlib.suppress(tomllib.TOMLDecodeError):
        meant = tomllib.loads(text)

    # The texts of values tell types, zones and the order of keys as well.
    assert repr(told) == repr(meant)


yaml_lines = st.sampled_from(
    [
        "a: 1",
        "a:",
        "  b: 2",
        "- c",
        "  - d",
        "&x e",
        "*x",
        "!!int f",
        "g: |",
        "h: [",
        "]",
        "{",
        "? i",
        ": j",
        "k: 'l",
        "#",
    ]
)


@given(st.lists(yaml_lines | texts, max_size=8).map("\n".join))
def test_reading_any_yaml_gives_values_or_a_line(text: str) -> None:
    last = len(text.splitlines()) + 2
    try:
        told = set(read_yaml(text).lines.values())
    except YamlError as error:
        told = {error.line}

    assert all(1 <= line <= last for line in told)


# ---- texts


@given(markdown, languages, st.sampled_from(["", "/tin"]))
@example("[x](http://[)", "en", "")
@example("# ![](image:1)\n\n![](image:1)", "en", "")
def test_no_markup_gets_through_whatever_the_text(text: str, language: str, base_path: str) -> None:
    body = render_body(text, language, base_path)

    html = "".join(part for part in body.parts if isinstance(part, str))
    page = f"<!doctype html><html><body>{html}</body></html>"
    # Pictures in the text are told as faults: such a text is not published.
    assert [found for found in dangers(page) if not found.startswith("data:") or not body.faults] == []
    assert unbalanced(page) == []
    attributes = set(re.findall(r'<\w+(?: [\w-]+="[^"]*")*? ([\w-]+)="', html))
    assert attributes <= {"href", "lang", "dir", "id", "class", "style", "start", "src", "alt", "title"}
    assert all(part.number >= 0 for part in body.parts if isinstance(part, PhotoPlace))
    assert body.minutes >= 1


@given(markdown | marked_texts | marked_blocks, languages, st.sampled_from(["", "/tin"]))
@example("- a\n\nb\n\n  c", "en", "")
@example("Nội &#7841; <https://x.example/%E1%BA%A1>", "en", "")
def test_what_is_read_without_the_library_is_as_the_library_reads_it(
    text: str, language: str, base_path: str
) -> None:
    assert render_body(text, language, base_path) == read_as_a_whole(text, language, base_path)


@given(markdown | marked_texts | marked_blocks)
def test_what_is_read_without_the_library_has_the_html_of_the_library(text: str) -> None:
    body = render_body(text, "vi")

    if all(isinstance(part, str) for part in body.parts):
        assert html_without_anchors(body) == library_html(text)


@given(st.text(alphabet="ab \n\t\u00a0\u2003\x1c\u200b", max_size=12) | texts)
@example("a  b")
@example("a\n\n\nb")
def test_words_are_what_stands_between_blanks_of_any_kind(plain: str) -> None:
    plain = re.sub(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]", "", plain)

    assert Body((), plain=f"{plain}\n" * WORDS_A_MINUTE).minutes == max(1, len(plain.split()))


@given(texts)
def test_a_text_without_controls_has_all_else(text: str) -> None:
    kept = [c for c in text if c in "\t\n\r" or c == "\x85" or unicodedata.category(c) != "Cc"]

    assert without_controls(text) == "".join(kept)


@given(markdown, languages)
def test_anchors_in_a_text_are_unique(text: str, language: str) -> None:
    anchors = [heading.anchor for heading in render_body(text, language).headings]

    assert len(anchors) == len(set(anchors))


@given(texts, languages)
def test_the_pieces_of_a_text_are_the_text_again(text: str, language: str) -> None:
    assert "".join(piece.text for piece in fragments(text, language)) == text


@given(names, st.dates())
def test_names_and_days_survive_being_written(tags: tuple[str, ...], day: dt.date) -> None:
    written = format_document(FrontMatter(title="x", tags=tags, date=day), "")

    document = read_document(written, "a.md", Report())

    assert document is not None
    assert (document.front_matter.tags, document.front_matter.date) == (tags, day)


latin = st.text(alphabet=st.sampled_from("aAbz09 .:;!?()/–-éÈđĐơƯảẫỹỸßæØœŁŀŉ,'&x"), max_size=130)


@given(latin)
def test_plain_texts_get_the_slug_that_the_library_would_make(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    made = slugify(text, max_length=LONGEST_MADE, word_boundary=True, save_order=True, backend="text-unidecode")

    assert slug_of(text, "vi").removesuffix("-n") == made or not made
