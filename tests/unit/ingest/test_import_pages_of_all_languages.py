"""A portal's page comes apart rightly in every one of the 31 languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from toasoan.config import Config
from toasoan.ingest.portal_draft import draft_of
from toasoan.ingest.portal_page import Paragraph, PhotoBlock
from toasoan.ingest.portal_text import read_portal_text
from toasoan.ingest.words import all_words
from toasoan.model.language import Language
from toasoan.model.section import Section
from toasoan.settings import LanguageSettings, SiteSettings

WORDS = all_words()
SAMPLES = {
    path.stem: path.read_text("utf-8").strip().split("\n")
    for path in sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
}
CONFIG = Config(
    SiteSettings("Portal", "https://portal.example", dict.fromkeys(SAMPLES, LanguageSettings()), {"heritage": {}}),
    {tag: Language(tag, tag) for tag in SAMPLES},
    {"heritage": Section("heritage", {})},
    (),
)


def page_in(language: str) -> str:
    """The sample as the portal would print it: banner, title, byline, text, source, comments, other articles."""
    *paragraphs, label, caption = SAMPLES[language]
    frame = WORDS.languages[language].frame
    title = label.rsplit(" - ", 1)[0]
    return "\n".join(
        [
            "Vietnam.vn - Nền tảng quảng bá Việt Nam",
            title,
            "Sông HồngSông Hồng17/12/2025",
            paragraphs[0],
            label,
            caption,
            *paragraphs[1:],
            f"{frame.source[0]}: https://baotang.example/bao-tang-ca-phe-mo-cua-post12345.html",
            f"{frame.comment[0]} (0)",
            frame.same_section[0],
            *(words[0] for words in frame.nav.values()),
        ]
    )


@pytest.mark.parametrize("language", SAMPLES)
def test_a_page_comes_apart_into_its_fields(language: str) -> None:
    made = draft_of(read_portal_text(page_in(language), WORDS), WORDS, CONFIG, date(2026, 3, 1))

    assert made is not None
    assert made.language == language
    assert made.fields["title"].origin == "found"
    assert made.fields["date"].value == date(2025, 12, 17)
    assert made.fields["publisher"].value == "Sông Hồng"
    assert str(made.fields["source_url"].value).startswith("https://baotang.example/")
    assert [photo.credit is not None for photo in made.fields["images"].value or ()] == [True]
    assert not any("another language" in remark for remark in made.to_review)


@pytest.mark.parametrize("language", SAMPLES)
def test_the_paragraphs_stay_and_the_frame_goes(language: str) -> None:
    page = read_portal_text(page_in(language), WORDS)

    assert [type(block) for block in page.blocks] == [Paragraph, PhotoBlock, Paragraph, Paragraph]
    assert page.paragraphs == tuple(SAMPLES[language][:3])
    assert [fate.reason for fate in page.fates if fate.fate == "dropped"] == [
        "banner",
        "photo label",
        "comment count",
        "list heading",
        *["navigation"] * 7,
    ]
