"""The page on which a story is read in two languages: where there is one, what is on it, and when it is made anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders import SETTINGS, built, codes, portal, text_of, tree, write
from toasoan.build import build
from toasoan.content.front_matter import CorrectionFields, PhotoFields
from toasoan.model.article import Status, Translation

VI, UK, EN, AR = (
    "Chợ nổi.\n\n## Sáng sớm\n\nThuyền đến.",
    "Плавучий ринок.\n\n## Рано\n\nЧовни.",
    "Market.\n\n## Dawn\n\nBoats come.",
    "سوق.\n\n## فجر\n\nقوارب.",
)
FOUR = (
    SETTINGS.replace("[sections", "[languages.uk]\n\n[languages.ar]\n\n[sections", 1)
    .replace('en = "Heritage"', 'en = "Heritage"\nuk = "Спадщина"\nar = "تراث"')
    .replace('en = "Regions"', 'en = "Regions"\nuk = "Місця"\nar = "أماكن"')
)


def story(language: str, title: str, body: str, **fields: object) -> str:
    origin = Translation.ORIGINAL if language == "vi" else Translation.HUMAN
    return text_of(title, body, **{"story": "cho", "translation": origin, **fields})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "vi/cho.md": story("vi", "Chợ", VI),
        "uk/cho.md": story("uk", "Ринок", UK),
        "en/cho.md": story("en", "Market", EN),
        "ar/cho.md": story("ar", "سوق", AR),
        "en/alone.md": text_of("Alone"),
    }
    return portal(tmp_path, files, FOUR)


def parallel_pages(root: Path) -> set[str]:
    return {path for path in tree(root / "public") if re.fullmatch(r"../[^/]+/../index\.html", path)}


def page(root: Path, path: str) -> str:
    return (root / "public" / path).read_text("utf-8")


def test_each_translation_can_be_read_beside_its_original(root: Path) -> None:
    built(root)

    assert parallel_pages(root) == {f"{tag}/cho/vi/index.html" for tag in ("uk", "en", "ar")}


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("[]", set()),
        ('["en"]', {"vi/cho/en", "uk/cho/en", "ar/cho/en"}),
        ('["original", "ar"]', {"uk/cho/vi", "en/cho/vi", "ar/cho/vi", "vi/cho/ar", "uk/cho/ar", "en/cho/ar"}),
    ],
)
def test_the_settings_say_beside_which_versions(setting: str, expected: set[str], root: Path) -> None:
    write(root, "site/site.toml", f"{FOUR}\n[pages]\nparallel_texts = {setting}\n")
    built(root)

    assert parallel_pages(root) == {f"{it}/index.html" for it in expected}


def test_a_language_that_the_portal_does_not_have_is_told(root: Path) -> None:
    write(root, "site/site.toml", f'{FOUR}\n[pages]\nparallel_texts = ["fr"]\n')

    assert codes(build(root, root / "public").report) == ["language-not-listed"]


def test_where_no_version_is_the_original_the_first_language_serves(tmp_path: Path) -> None:
    files = {"vi/cho.md": text_of("Chợ", VI, story="cho"), "en/cho.md": text_of("Market", EN, story="cho")}
    root = portal(tmp_path, files)
    built(root)

    assert parallel_pages(root) == {"en/cho/vi/index.html"}


def test_what_says_the_same_stands_in_one_row(root: Path) -> None:
    built(root)

    rows = re.findall(r'<div class="pair">(.*?)\n</div>\n', page(root, "en/cho/vi/index.html"), re.DOTALL)

    assert [re.findall(r"<(?:p|h2)>(.*?)</", row) for row in rows] == [
        ["Market.", "Chợ nổi."], ["Dawn", "Sáng sớm"], ["Boats come.", "Thuyền đến."],
    ]  # fmt: skip
    assert all('lang="vi" dir="ltr"' in row for row in rows)


def test_a_text_from_right_to_left_keeps_its_direction(root: Path) -> None:
    write(root, "site/site.toml", f'{FOUR}\n[pages]\nparallel_texts = ["ar"]\n')
    built(root)

    html = page(root, "en/cho/ar/index.html")

    assert '<html lang="en" dir="ltr">' in html
    assert html.count('lang="ar" dir="rtl"') >= 4  # link, title, and the paragraphs


def test_a_paragraph_without_a_counterpart_has_an_empty_place_beside_it(root: Path) -> None:
    write(root, "site/content/vi/cho.md", story("vi", "Chợ", f"{VI}\n\n## Trưa"))
    built(root)

    html = page(root, "en/cho/vi/index.html")

    assert re.search(
        r'<div class="side-text"></div>\n<div class="side-text"><div class="prose" lang="vi" dir="ltr"><h2>Trưa', html
    )


def test_search_engines_are_not_to_list_it(root: Path) -> None:
    built(root)

    assert '<meta name="robots" content="noindex' in page(root, "en/cho/vi/index.html")
    assert "/en/cho/vi/" not in "".join(
        text.decode() for path, text in tree(root / "public").items() if "sitemap" in path
    )


def test_the_language_switch_and_the_list_of_versions_lead_to_it(root: Path) -> None:
    built(root)

    translation, original = page(root, "en/cho/index.html"), page(root, "vi/cho/index.html")

    assert translation.count('href="/en/cho/vi/" hreflang="en"') == 2
    assert "/uk/cho/vi/" not in translation
    # Of an original's readers each translation's page is in the language of the translation.
    assert original.count('href="/en/cho/vi/" hreflang="en"') == 1
    assert original.count('href="/uk/cho/vi/" hreflang="uk"') == 1
    assert "/cho/vi/" not in original.split("</details>")[0]
    assert "Read in two languages" not in page(root, "en/alone/index.html")


def test_its_own_switch_leads_to_the_versions(root: Path) -> None:
    built(root)

    html = page(root, "uk/cho/vi/index.html")

    assert all(f'href="/{tag}/cho/" hreflang="{tag}"' in html for tag in ("vi", "en", "ar"))


def test_corrections_of_both_texts_are_seen(root: Path) -> None:
    write(root, "site/content/vi/cho.md", story("vi", "Chợ", VI, corrections=(CorrectionFields("Sai tên."),)))
    write(root, "site/content/en/cho.md", story("en", "Market", EN, corrections=(CorrectionFields("Wrong name."),)))
    built(root)

    html = page(root, "en/cho/vi/index.html")

    assert "Wrong name." in html
    assert '<span lang="vi" dir="ltr">Sai tên.</span>' in html


def test_a_photo_stands_across_both_with_both_captions(root: Path) -> None:
    for tag, text, caption in (("vi", VI, "Thuyền"), ("en", EN, "Boats")):
        fields = {"images": (PhotoFields(caption=caption),)}
        write(root, f"site/content/{tag}/cho.md", story(tag, "T", f"{text}\n\n![](image:1)", **fields))
    built(root)

    media = re.search(r'<div class="pair-media">(.*?)</div>', page(root, "en/cho/vi/index.html"), re.DOTALL)

    assert media
    assert "Boats" in media[1]
    assert '<p class="other-caption" lang="vi" dir="ltr">Thuyền</p>' in media[1]


def test_links_by_reference_lead_where_they_lead_in_the_article(root: Path) -> None:
    write(
        root,
        "site/content/en/cho.md",
        story("en", "Market", f"{EN}\n\nSee [this][1].\n\n[1]: https://portal.example/x"),
    )
    built(root)

    assert 'href="https://portal.example/x">this</a>' in page(root, "en/cho/vi/index.html")


def test_two_headings_alike_have_no_anchors_that_clash(root: Path) -> None:
    write(root, "site/content/vi/cho.md", story("vi", "Chợ", VI.replace("Sáng sớm", "Dawn")))
    built(root)

    assert 'id="dawn"' not in page(root, "en/cho/vi/index.html")


# ---- made anew when, and only when, something on it is another


def build_again(root: Path) -> None:
    before = tree(root / "public")
    assert not build(root, root / "public").report.has_errors
    built(root, root.parent / f"{root.name}-from-nothing")
    assert tree(root / "public") == tree(root.parent / f"{root.name}-from-nothing")
    assert tree(root / "public") != before


@pytest.mark.parametrize(("tag", "body"), [("vi", VI), ("en", EN)])
def test_a_changed_text_of_either_version(tag: str, body: str, root: Path) -> None:
    built(root)
    write(root, f"site/content/{tag}/cho.md", story(tag, "Chợ" if tag == "vi" else "Market", f"{body}\n\n2026"))

    build_again(root)
    assert "<p>2026</p>" in page(root, "en/cho/vi/index.html")


@pytest.mark.parametrize(("tag", "body"), [("vi", VI), ("en", EN)])
def test_a_text_that_changes_and_nothing_else(tag: str, body: str, root: Path) -> None:
    """Nothing that lists show: the article's page is due, and those that have its text beside another."""
    title = "Chợ" if tag == "vi" else "Market"
    write(root, f"site/content/{tag}/cho.md", story(tag, title, body, summary="Lede."))
    built(root)
    write(root, f"site/content/{tag}/cho.md", story(tag, title, f"{body}\n\n2026", summary="Lede."))

    build_again(root)
    assert "<p>2026</p>" in page(root, "en/cho/vi/index.html")


@pytest.mark.parametrize("way", ["gone", "draft"])
def test_a_translation_that_goes_takes_its_page_with_it(way: str, root: Path) -> None:
    built(root)
    if way == "gone":
        (root / "site/content/ar/cho.md").unlink()
    else:
        write(root, "site/content/ar/cho.md", story("ar", "سوق", AR, status=Status.DRAFT))

    build_again(root)
    assert parallel_pages(root) == {"uk/cho/vi/index.html", "en/cho/vi/index.html"}


def test_a_changed_title_of_the_original(root: Path) -> None:
    built(root)
    write(root, "site/content/vi/cho.md", story("vi", "Chợ lớn", VI))

    build_again(root)
    assert "Chợ lớn" in page(root, "en/cho/vi/index.html")


@pytest.mark.parametrize("way", ["gone", "withdrawn", "another story"])
def test_an_original_that_goes_takes_the_pages_with_it(way: str, root: Path) -> None:
    built(root)
    file = root / "site/content/vi/cho.md"
    if way == "gone":
        file.unlink()
    elif way == "withdrawn":
        write(root, "site/content/vi/cho.md", story("vi", "Chợ", VI, status=Status.WITHDRAWN))
    else:
        write(root, "site/content/vi/cho.md", story("vi", "Chợ", VI, story="khac"))

    build_again(root)
    assert parallel_pages(root) == {"uk/cho/en/index.html", "ar/cho/en/index.html"}


def test_a_translation_that_comes(root: Path) -> None:
    (root / "site/content/ar/cho.md").unlink()
    built(root)
    write(root, "site/content/ar/cho.md", story("ar", "سوق", AR))

    build_again(root)
    assert "ar/cho/vi/index.html" in parallel_pages(root)


def test_a_text_of_another_story_makes_none_of_them_anew(root: Path) -> None:
    built(root)
    write(root, "site/content/en/alone.md", text_of("Alone", "Other words."))

    result = build(root, root / "public")

    assert "en/alone/index.html" in result.reasons
    assert not parallel_pages(root) & result.reasons.keys()
