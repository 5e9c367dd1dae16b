"""Each field of an imported article: found, derived with its evidence, or missing, and never wrong."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from toasoan.config import Config
from toasoan.ingest.dates import event_date
from toasoan.ingest.draft import Draft
from toasoan.ingest.language_detection import detect_language
from toasoan.ingest.portal_draft import draft_of
from toasoan.ingest.portal_text import read_portal_text
from toasoan.ingest.sections import section_of
from toasoan.ingest.sources import day_in_address, is_address, reads_as_vietnamese, slug_in_address
from toasoan.ingest.titles import cut_to_clauses, made_title
from toasoan.ingest.words import all_words
from toasoan.model.language import Language
from toasoan.model.publisher import Publisher
from toasoan.model.section import Section
from toasoan.settings import LanguageSettings, SiteSettings

TODAY = date(2026, 3, 1)
BANNER = "Vietnam.vn - Nền tảng quảng bá Việt Nam"
TEXTS = {
    "en": "The museum stands on the bank where the oldest yard once was, and it shows forty boats of the last "
    "century, among them the ferry on which the children of the village have crossed the river to school each day.",
    "ru": "Музей стоит на берегу, где когда-то была самая старая верфь, и показывает сорок лодок прошлого века, "
    "среди которых есть и паром, на котором дети из деревни каждое утро переправлялись через реку в школу и обратно.",
    "uk": "Музей стоїть на березі, де колись була найстаріша верф, і показує сорок човнів минулого століття, "
    "серед яких є й пором, яким діти із села щоранку перепливали річку до школи, а ввечері поверталися додому.",
    "vi": "Bảo tàng nằm trên bờ sông, nơi trước đây là xưởng đóng thuyền lâu đời nhất, và trưng bày bốn mươi chiếc "
    "thuyền của thế kỷ trước, trong đó có con đò đã chở trẻ em của làng qua sông đến trường vào mỗi buổi sáng.",
}
BULGARIAN = (
    "Музеят е на брега, където някога е била най-старата корабостроителница, и показва четиридесет лодки "
    "от миналия век, сред които е и фериботът, с който децата от селото са пътували всяка сутрин до училище."
)
SOURCE = "Source: https://baotang.example/bao-tang-thuyen-mo-cua-don-khach-post12345.html"


def config() -> Config:
    languages = dict.fromkeys(TEXTS, LanguageSettings())
    keys = ("heritage", "enterprise", "political-system")
    return Config(
        SiteSettings("Portal", "https://portal.example", languages, {key: {} for key in keys}),
        {tag: Language(tag, tag) for tag in languages},
        {key: Section(key, {}) for key in keys},
        (
            Publisher("bao-tang", "Báo Tàng", hosts=("baotang.example",)),
            Publisher("song-hong", "Sông Hồng", spellings=("Song Hong News",)),
        ),
    )


def draft(*lines: str) -> Draft:
    made = draft_of(read_portal_text("\n".join(lines), all_words()), all_words(), config(), TODAY)
    assert made is not None
    return made


def value(made: Draft, field: str) -> Any:
    return made.fields[field].value


def origin(made: Draft, field: str) -> str:
    return str(made.fields[field].origin)


# --- language ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_language_is_told_by_letters_and_small_words(language: str) -> None:
    made = draft(TEXTS[language])

    assert value(made, "language") == language
    assert "script" in made.derived["language"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "Hello",
        "Ok!",
        BULGARIAN,
        "A múzeum a parton áll, ahol egykor a legrégebbi hajógyár volt, és a múlt század negyven hajóját mutatja be.",
        "Muuseum seisab kaldal, kus kunagi oli vanim laevatehas, ja näitab eelmise sajandi nelikümmend paati.",
        "მუზეუმი დგას ნაპირზე, სადაც ოდესღაც უძველესი გემთსაშენი იყო.",
    ],
)
def test_a_text_that_no_language_fits_has_none(text: str) -> None:
    assert detect_language(text, all_words().languages) is None


def test_a_paragraph_in_another_language_is_pointed_out() -> None:
    made = draft(TEXTS["en"], TEXTS["en"], TEXTS["vi"])

    assert value(made, "language") == "en"
    assert "1 paragraph is in another language: vi" in made.to_review


# --- title ------------------------------------------------------------------------------------------------------


def test_a_title_above_the_byline_is_found() -> None:
    made = draft(BANNER, "A museum of boats", "Sông HồngSông Hồng17/12/2025", TEXTS["en"])

    assert (value(made, "title"), origin(made, "title")) == ("A museum of boats", "found")


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Carpenters carry the old ferry into the hall.", "Carpenters carry the old ferry into the hall"),
        ("Carpenters", TEXTS["en"].split(",")[0]),
        ("Carpenters carry it. Then they rest, and then they go on.", TEXTS["en"].split(",")[0]),
        ("Carpenters carry " + "and carry " * 20, TEXTS["en"].split(",")[0]),
    ],
)
def test_without_a_title_the_first_caption_serves_if_it_reads_like_one(caption: str, title: str) -> None:
    made = draft(f"{caption} - Photo: An Binh", TEXTS["en"])

    assert origin(made, "title") == "derived"
    assert value(made, "title").startswith(title)
    assert any("title was made from" in sentence for sentence in made.to_review)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Short enough", "Short enough"),
        ("a" * 60 + "; " + "b" * 60 + ", " + "c" * 60, "a" * 60),
        ("a" * 60 + ", " + "b" * 60 + ", " + "c" * 60, "a" * 60 + ", " + "b" * 60),
        ("word " * 40, " ".join(["word"] * 32) + "…"),
        ("x" * 300, "x" * 159 + "…"),
    ],
)
def test_a_long_sentence_is_cut_after_a_clause_or_a_word(sentence: str, title: str) -> None:
    assert cut_to_clauses(sentence) == title
    assert len(title) <= 160


@pytest.mark.parametrize("slug", ["(Chinhphu.vn) – ", "TPO - ", "TTXVN — ", ""])
def test_the_agencys_mark_is_no_part_of_a_made_title(slug: str) -> None:
    made = made_title(None, f"{slug}The museum opened its doors. It was raining.", all_words())

    assert made is not None
    assert made.title == "The museum opened its doors"


@pytest.mark.parametrize(
    "opening", ["Mr. Binh opened the museum.", "TP. Huế mở bảo tàng.", "Г. Иванов открыл музей."]
)
def test_an_abbreviation_ends_no_sentence(opening: str) -> None:
    made = made_title(None, f"{opening} И ещё одно.", all_words())

    assert made is not None
    assert made.title == opening.removesuffix(".")


# --- publisher and date -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Việt Nam", "Vietnam"])
def test_the_portals_default_agency_is_no_agency(name: str) -> None:
    made = draft(BANNER, "A museum of boats", f"{name}{name}17/12/2025", TEXTS["en"])

    assert origin(made, "publisher") == "missing"
    assert value(made, "date") == date(2025, 12, 17)


def test_an_agency_is_derived_from_the_sources_host() -> None:
    made = draft(BANNER, "A museum of boats", "Việt NamViệt Nam17/12/2025", TEXTS["en"], SOURCE)

    assert (value(made, "publisher"), origin(made, "publisher")) == ("Báo Tàng", "derived")
    assert "baotang.example" in made.derived["publisher"]


def test_a_date_in_the_future_is_not_believed() -> None:
    made = draft(BANNER, "A museum of boats", "Sông HồngSông Hồng17/12/2062", TEXTS["en"])

    assert origin(made, "date") == "missing"
    assert any("17/12/2062" in sentence for sentence in made.to_review)


def test_a_crawlers_day_is_found_and_its_month_only_suggested() -> None:
    day, month = draft(f" date 2025-12-17 {TEXTS['vi']}"), draft(f" date 2025-12 {TEXTS['vi']}")

    assert (value(day, "date"), origin(day, "date")) == (date(2025, 12, 17), "found")
    assert origin(month, "date") == "missing"
    assert month.suggested["date"].startswith("2025-12: ")


@pytest.mark.parametrize(
    ("identifier", "day"),
    [
        ("115251217093630163", date(2025, 12, 17)),
        ("115251317093630163", None),
        ("115250230093630163", None),
        ("11525121709363016", None),
        ("116251217093630163", None),
    ],
)
def test_a_day_in_an_address_counts_where_the_agencys_way_is_known(identifier: str, day: date | None) -> None:
    schemes = all_words().common.dated_addresses

    assert day_in_address(f"https://baochinhphu.vn/mot-hai-ba-{identifier}.htm", schemes) == day
    assert day_in_address(f"https://elsewhere.example/mot-hai-ba-{identifier}.htm", schemes) is None


def test_a_day_that_an_unknown_agencys_address_resembles_is_only_suggested() -> None:
    made = draft(TEXTS["en"], "Source: https://elsewhere.example/mot-hai-ba-169251217093630163.htm")

    assert origin(made, "date") == "missing"
    assert made.suggested["date"].startswith("2025-12-17: ")


@pytest.mark.parametrize(
    ("language", "opening", "rest", "day", "evidence"),
    [
        ("ru", "4 июля музей открылся.", "С 1 июля 2025 года он готовился.", "2025-07-04", "1 июля 2025 года"),
        ("uk", "4 липня музей відкрився.", "З 1 липня 2025 року він готувався.", "2025-07-04", "1 липня 2025 року"),
        ("ru", "4 июля открылся музей.", "С 1 июля 2025 до января 2026 года.", "2025-07-04", "1 июля 2025"),
        ("ru", "4 июля открылся музей.", "Это было в октябре, 5 мая 2024 года.", "2024-07-04", "5 мая 2024"),
        ("en", "On July 4th the museum opened.", "It was built in July 2025.", "2025-07-04", "July 2025"),
        ("en", "On July 4, 2025 the museum opened.", "", "2025-07-04", "July 4, 2025"),
        ("vi", "Ngày 4/7, bảo tàng mở cửa.", "Khởi công ngày 1/7/2025.", "2025-07-04", "ngày 1/7/2025"),
        ("vi", "Ngày 4 tháng 7 năm 2025, bảo tàng mở cửa.", "", "2025-07-04", "4 tháng 7 năm 2025"),
        ("ru", "Музей открылся.", "Это было 4 июля 2025 года.", "2025-07-04", "4 июля 2025 года"),
    ],
)
def test_an_events_day_can_be_suggested(language: str, opening: str, rest: str, day: str, evidence: str) -> None:
    suggested = event_date([opening, rest], all_words().languages[language].dates, TODAY)

    assert suggested is not None
    assert str(suggested.day) == day
    assert evidence in suggested.evidence


@pytest.mark.parametrize(
    "paragraphs",
    [
        [],
        ["Музей открылся."],
        ["4 июля музей открылся."],
        ["Музей открылся.", "1 июля 2024 года и 4 июля 2025 года."],
        ["31 июня 2025 года музей открылся."],
        ["4 июля 2062 года музей откроется."],
    ],
)
def test_no_day_is_suggested_without_good_evidence(paragraphs: list[str]) -> None:
    assert event_date(paragraphs, all_words().languages["ru"].dates, TODAY) is None


def test_an_events_day_is_never_the_articles() -> None:
    made = draft("4 июля 2025 года музей открылся. " + TEXTS["ru"])

    assert (value(made, "date"), origin(made, "date")) == (None, "missing")
    assert made.suggested["date"].startswith("2025-07-04: «4 июля 2025 года»")


# --- authors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Gia Huy", "Lê Thị Mỹ-Hạnh"])
def test_a_signature_names_the_author(name: str) -> None:
    made = draft(TEXTS["en"], TEXTS["en"], name, SOURCE)

    assert value(made, "authors") == (name,)
    assert "author" in [fate.fate for fate in made.fates]


@pytest.mark.parametrize("name", ["(VNA)", "Vnews", "TTXVN", "Theo TTXVN", "Song Hong News", "VNA/VNP"])
def test_an_agencys_signature_names_no_author(name: str) -> None:
    made = draft(TEXTS["en"], TEXTS["en"], name, SOURCE)

    assert origin(made, "authors") == "missing"
    assert "author" not in [fate.fate for fate in made.fates]


def test_a_single_name_is_only_suggested() -> None:
    made = draft(TEXTS["en"], TEXTS["en"], "Thuận", SOURCE)

    assert origin(made, "authors") == "missing"
    assert made.suggested["authors"].startswith("Thuận: ")


# --- story, slug, translation -----------------------------------------------------------------------------------


def test_a_vietnamese_label_and_the_sources_address_lead_to_the_same_story() -> None:
    label = draft(TEXTS["uk"], "Bảo tàng thuyền mở cửa đón khách- Ảnh 1.", "Теслі несуть пором.", TEXTS["uk"])
    address = draft(TEXTS["en"], SOURCE)

    assert value(label, "story") == value(address, "story") == "bao-tang-thuyen-mo-cua-don-khach"
    assert label.slug == address.slug == "bao-tang-thuyen-mo-cua-don-khach"
    assert value(label, "translation") == value(address, "translation") == "machine"


def test_both_ways_cut_a_long_title_at_the_same_word() -> None:
    title = (
        "Bảo tàng thuyền mở cửa đón khách trong mùa nước nổi với bốn mươi chiếc thuyền cổ và một con đò xưa của làng"
    )
    slug = (
        "bao-tang-thuyen-mo-cua-don-khach-trong-mua-nuoc-noi-voi-bon-muoi-chiec-thuyen-co-va-mot-con-do-xua-cua-lang"
    )
    label = draft(TEXTS["uk"], f"{title}- Ảnh 1.", "Теслі несуть пором.", TEXTS["uk"])
    address = draft(TEXTS["en"], f"Source: https://baotang.example/{slug}-post12345.html")

    assert value(label, "story") == value(address, "story")


def test_without_either_there_is_no_story_and_the_title_makes_the_slug() -> None:
    made = draft(BANNER, "Музей лодок", "Sông HồngSông Hồng17/12/2025", TEXTS["ru"])

    assert (value(made, "story"), made.slug) == (None, "muzei-lodok")
    assert made.derived["slug"] == "the title"


def test_a_page_with_the_portals_banner_is_a_machines_translation() -> None:
    made = draft(BANNER, "Музей лодок", "Sông HồngSông Hồng17/12/2025", TEXTS["ru"])

    assert value(made, "translation") == "machine"
    assert "banner" in made.derived["translation"]


def test_a_vietnamese_text_is_an_original_and_other_texts_say_nothing_of_themselves() -> None:
    assert value(draft(TEXTS["vi"]), "translation") == "original"
    assert origin(draft(TEXTS["en"]), "translation") == "missing"


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://a.example/mot-hai-ba-115251217093630163.htm", "mot-hai-ba"),
        ("https://a.example/x/mot-hai-ba-post1047918.vnp", "mot-hai-ba"),
        ("https://a.example/mot-hai-ba-post1047918.tpo?x=1#y", "mot-hai-ba"),
        ("https://a.example/mot-hai-ba/", "mot-hai-ba"),
        ("https://a.example/mot-hai-nam-2026.html", "mot-hai-nam-2026"),
        ("https://a.example/mot-hai-ba-d1234.html", "mot-hai-ba"),
        ("https://a.example/mot-hai-ba-Xk29dsNg.html", "mot-hai-ba"),
        ("https://a.example/tin-moi/", None),
        ("https://a.example/", None),
        ("https://a.example/12345678.htm", None),
        ("https://a.example/m%E1%BB%99t-hai-ba", None),
    ],
)
def test_an_address_ends_in_a_slug_an_id_and_an_ending(address: str, slug: str | None) -> None:
    assert slug_in_address(address) == slug


def test_an_english_slug_is_not_taken_for_vietnamese() -> None:
    assert reads_as_vietnamese("tong-bi-thu-tham-lang-nghe-xuyen-viet-nam-2025")
    assert not reads_as_vietnamese("museum-opens-new-hall-for-forty-boats")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/b", "https://", "https://[::1", "https://a.example:99999/b", "https://a b.example", "x"]
)
def test_not_everything_is_an_address(url: str) -> None:
    assert not is_address(url)


# --- section ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Politburo met the Prime Minister. The National Assembly and the Politburo agreed."),
        ("ru", "Политбюро и премьер-министр встретились. Политбюро и правительство согласились."),
        ("uk", "Політбюро та прем'єр-міністр зустрілися. Політбюро та уряд погодилися."),
        ("vi", "Bộ Chính trị họp với Thủ tướng Chính phủ. Bộ Chính trị và Quốc hội thống nhất."),
    ],
)
def test_a_section_is_derived_from_the_texts_words(language: str, text: str) -> None:
    section = section_of(text, all_words().languages[language], config().sections)

    assert section is not None
    assert section.key == "political-system"
    assert re.search(r"«\w[\w -]*» 2 times", section.evidence)


def test_only_sections_of_the_portal_are_derived() -> None:
    text = "The Politburo met the Prime Minister. The National Assembly and the Politburo agreed."

    assert section_of(text, all_words().languages["en"], {"heritage": None}) is None


@pytest.mark.parametrize(
    "text", ["", "It rained.", "A festival at the museum; profit and revenue; heritage; a company."]
)
def test_no_section_is_better_than_a_guess(text: str) -> None:
    assert section_of(text, all_words().languages["en"], config().sections) is None


def test_one_word_however_often_it_is_said_speaks_for_no_section() -> None:
    assert section_of("The museum. " * 20, all_words().languages["en"], config().sections) is None


def test_words_of_the_headline_decide_between_sections_that_a_text_speaks_of_alike() -> None:
    text = "The company keeps a museum. Its profit and revenue pay for the festival and for the relics."
    english = all_words().languages["en"]
    section = section_of(text, english, config().sections, headline="A festival of relics")

    assert section_of(text, english, config().sections) is None
    assert section is not None
    assert (section.key, section.evidence) == (
        "heritage",
        "«festival» 1 time, «museum» 1 time, «relic» 1 time; in the headline «festival», «relic»",
    )


def test_a_village_in_the_headline_is_only_the_place_of_a_story() -> None:
    text = "In a village of farmers forty boats were cast in bronze. The village was awake all night."
    english = all_words().languages["en"]

    assert section_of(text, english, {"local", "heritage"}, headline="A village of farmers casts boats") is None


def test_vietnamese_words_are_matched_whole() -> None:
    assert section_of("di sảnh " * 20, all_words().languages["vi"], config().sections) is None


# --- the rest ---------------------------------------------------------------------------------------------------


def test_the_lede_stays_as_it_is() -> None:
    lede = "(Chinhphu.vn) – The valley has waited for this."
    made = draft(BANNER, "A museum of boats", lede, "Sông HồngSông Hồng17/12/2025", TEXTS["en"])

    assert (value(made, "summary"), origin(made, "summary")) == (lede, "found")
    assert lede not in made.body


def test_what_a_translator_left_behind_stays_and_is_pointed_out() -> None:
    made = draft(TEXTS["en"], "On DNUM_DAZAFZCACF the museum will be open to all who want to come and see the boats.")

    assert "DNUM_DAZAFZCACF" in made.body
    assert "line 2 has «DNUM_DAZAFZCACF», which a translator left behind" in made.to_review


def test_a_page_without_a_text_makes_no_article() -> None:
    page = read_portal_text(f"{BANNER}\nКомментарий (0)", all_words())

    assert draft_of(page, all_words(), config(), TODAY) is None
