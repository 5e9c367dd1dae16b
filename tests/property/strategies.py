"""Texts, dates, articles and catalogs of every kind."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from tests.builders import article
from toasoan.content.front_matter import FrontMatter, ImportRecord, PhotoFields, TranslatedFields
from toasoan.model.article import Status, Translation

LANGUAGES = ("vi", "en", "uk", "ru")

TRICKY = st.sampled_from(
    [
        '"',
        "'",
        '"""',
        "\\",
        "+++",
        "---",
        "{{ 7*7 }}",
        "{% x %}",
        "</script><script>",
        "]]>",
        "<!--",
        "&amp;",
        "\u202e",
        "\x00",
        "\x7f",
        "\x85",
        "\u2028",
        "💥",
        "e\u0301",
        "Đ",
        "Київ",
        "Cần Thơ",
        "2025-02-30",
        "[[x]]",
        "= 1",
        "#",
        ": ",
        "\t",
        "CON",
        "../",
        "İ",
        "ß",
        "ǅ",
    ]
)

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
texts = st.lists(ANY_TEXT | TRICKY, max_size=4).map("".join)
"""Any text whatever, often with something in it that has a meaning somewhere."""

names = st.lists(texts, max_size=3).map(tuple)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
days = st.dates()
moments = st.datetimes(timezones=st.none() | zones)
dates = st.none() | days | moments
photos = st.builds(PhotoFields, *[st.none() | texts] * 4)

translated_fields = st.builds(TranslatedFields, texts, names)
import_records = st.builds(
    ImportRecord,
    texts,
    texts,
    names,
    names,
    st.dictionaries(texts, texts, max_size=2),
    st.dictionaries(texts, texts, max_size=2),
)

front_matters = st.builds(
    FrontMatter,
    title=texts,
    language=st.none() | texts,
    slug=st.none() | texts,
    date=dates,
    updated=dates,
    section=st.none() | texts,
    tags=names,
    authors=names,
    publisher=st.none() | texts,
    source_url=st.none() | texts,
    story=st.none() | texts,
    summary=st.none() | texts,
    translation=st.none() | st.sampled_from(Translation),
    status=st.sampled_from(Status),
    images=st.lists(photos, max_size=2).map(tuple),
    translated=st.none() | translated_fields,
    import_=st.none() | import_records,
)

FRAGMENTS = st.sampled_from(
    [
        "[x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "![a](data:text/html,x)",
        "![](image:1)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x]{onclick=alert(1)}",
        '[x]{lang="vi\\" onclick=\\"y"}',
        "{#id .class}",
        "[x][y]\n\n[y]: javascript:alert(1) 'onload=x'",
        '[x](</vi/" onclick="x>)',
        "[x](https://[)",
        "## A\n",
        "> ",
        "- ",
        "| a |\n|---|\n| b |\n",
        "```html\n",
        "`",
        "**",
        "~~",
        "&#x6a;avascript:",
        "\n\n",
        "\\",
        "Cần Thơ",
        "<a href='javascript:x'>",
        "<!--",
        "]]>",
        "\x00",
    ]
)
markdown = st.lists(FRAGMENTS | ANY_TEXT | TRICKY, max_size=12).map("".join)
"""Texts in Markdown, most of them meaning harm."""

MARKS = st.sampled_from(
    [
        *"-=#>|*_~`!:+.,;?()[]{}<&\\\"'019 ",
        *(
            "\t",
            "\u00a0",
            "\u3000",
            "\u200b",
            "\ufeff",
            "\u2028",
            "\x0b",
            "\x1c",
            "\x85",
            "\r",
            "\x00",
            "\u0661",
            "²",
        ),
        *("a", "bc", "Nội", "Cần Thơ", "đ", "Київ", "ไทย", "مرحبا", "中文", "e\u0301", "💥", "«", "»", "—", "…"),
        *("  ", "    ", "\n", "\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "  \n", "\\\n"),
        *(
            "- ",
            "* ",
            "+ ",
            "> ",
            "# ",
            "## ",
            "### ",
            "1. ",
            "2) ",
            "10. ",
            "1234567890. ",
            "---",
            "===",
            "***",
            "* * *",
        ),
        *("|-|", "a|b", ":-:", "**", "**b**", " **b,** ", "*c*", "__", "~~", "~~~", "```", "`d`"),
        *(
            "![](image:1)",
            "![e](image:2)",
            "[f](/vi/f/)",
            "[g](https://g.example/a_b)",
            "[h](http://h.example)",
            "[i]",
        ),
        *(
            "[i]: /i",
            "{lang=vi}",
            "<https://j.example/%E1%BA%A1>",
            "&amp;",
            "&#7841;",
            "&k;",
            "<b>",
            "</div>",
            "<!--",
        ),
    ]
)
marked_texts = st.lists(MARKS, max_size=14).map("".join)
marked_blocks = st.lists(st.lists(MARKS, max_size=5).map("".join), max_size=5).map("\n\n".join)
"""Texts in Markdown that look into the corners of its rules."""

small_articles = st.builds(
    article,
    slug=st.sampled_from([f"s{number}" for number in range(12)]),
    language=st.sampled_from(LANGUAGES[:3]),
    published=st.none() | days.map(str),
    section=st.sampled_from([None, "heritage", "local"]),
    tags=names,
    authors=names,
    publisher=st.none() | texts.filter(bool),
    story=st.sampled_from([None, "one", "two", "three"]),
    translation=st.none() | st.sampled_from(Translation),
    status=st.sampled_from(Status),
)
catalogs = st.lists(small_articles, max_size=10, unique_by=lambda one: one.id)
"""A few articles in three languages, some of them versions of one story."""
