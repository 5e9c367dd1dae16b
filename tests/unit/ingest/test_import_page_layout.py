"""What stands where on a page: each test is one way in which real pages are laid out."""

from __future__ import annotations

import pytest

from toasoan.ingest.lines import Fate
from toasoan.ingest.portal_page import Heading, PortalText, TitlePlace
from toasoan.ingest.portal_text import read_portal_text
from toasoan.ingest.words import all_words

BANNER = "Vietnam.vn - Nền tảng quảng bá Việt Nam"
TITLE = "The valley opens a museum of boats"
LEDE = "Fishermen and carpenters of the valley have built it together in three winters."
TEXT = (
    "The museum stands on the bank where the oldest yard once was, and it shows forty boats of the last two hundred "
    "years, among them the ferry on which the village school crossed the river every morning."
)
MORE = (
    "Its director said that the collection will travel to the coast in spring; the boats that still float will go "
    "there by water, and visitors are welcome to come along as long as there are oars for them."
)


def read(*lines: str) -> PortalText:
    return read_portal_text("\n".join(lines), all_words())


def fate(page: PortalText, line: int) -> tuple[str, str | None]:
    (found,) = [fate for fate in page.fates if fate.number == line]
    return str(found.fate), found.reason


def title(page: PortalText) -> str | None:
    return page.title.text if page.title else None


# --- the head ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Báo Chính PhủBáo Chính Phủ17/12/2025", "Báo Chính Phủ"),
        ("Công Luận Công Luận 17/12/2025", "Công Luận"),
        ("Báo Quảng Ngãi•17/12/2025", "Báo Quảng Ngãi"),
        ("Báo Quảng Ngãi • 17/12/2025", "Báo Quảng Ngãi"),
        ("VietnamPlusVietnamPlus17/12/2025", "VietnamPlus"),
        ("17/12/2025", None),
    ],
)
def test_a_byline_names_agency_and_day(line: str, publisher: str | None) -> None:
    page = read(BANNER, TITLE, line, TEXT, MORE)

    assert page.byline is not None
    assert (page.byline.publisher, str(page.byline.published)) == (publisher, "2025-12-17")
    assert fate(page, 3) == ("byline", None)


def test_a_byline_may_have_the_time_of_day() -> None:
    page = read(BANNER, TITLE, "Công LuậnCông Luận17/12/2025 09:36", TEXT)

    assert page.byline is not None
    assert str(page.byline.published) == "2025-12-17 09:36:00"


def test_a_day_that_the_calendar_does_not_have_is_no_date() -> None:
    page = read(BANNER, TITLE, "Công LuậnCông Luận32/12/2025", TEXT)

    assert page.byline is not None
    assert (page.byline.publisher, page.byline.published) == ("Công Luận", None)


@pytest.mark.parametrize("line", ["The museum opened on 17/12/2025", "Hà Nội, 17/12/2025", "Seen in Huế 17/12/2025"])
def test_a_sentence_that_ends_in_a_date_is_no_byline(line: str) -> None:
    assert read(BANNER, TITLE, line, TEXT).byline is None


def test_the_line_between_banner_and_byline_is_the_title_and_the_next_one_the_lede() -> None:
    page = read(BANNER, "", TITLE, "", LEDE, "", "Công LuậnCông Luận13/01/2024", "", TEXT)

    assert (title(page), page.title_place) == (TITLE, TitlePlace.ABOVE_BYLINE)
    assert [line.text for line in page.summary] == [LEDE]
    assert page.paragraphs == (TEXT,)


def test_a_page_may_have_no_lede() -> None:
    page = read(BANNER, TITLE, "Công LuậnCông Luận13/01/2024", TEXT)

    assert (title(page), page.summary) == (TITLE, ())


@pytest.mark.parametrize("motto", ["Độc lập - Tự do - Hạnh phúc", "ĐỘC LẬP – TỰ DO – HẠNH PHÚC"])
def test_the_motto_is_never_a_title(motto: str) -> None:
    page = read(BANNER, motto, TITLE, "Công LuậnCông Luận13/01/2024", TEXT)

    assert title(page) == TITLE
    assert fate(page, 2) == ("dropped", "motto")


def test_a_banner_without_a_byline_leaves_the_title_in_doubt() -> None:
    page = read(BANNER, TITLE, TEXT, MORE)

    assert (title(page), page.title_place) == (TITLE, TitlePlace.BELOW_BANNER)


def test_a_short_line_above_a_bare_text_is_taken_for_its_title() -> None:
    page = read(TITLE, TEXT, MORE)

    assert (title(page), page.title_place) == (TITLE, TitlePlace.ABOVE_TEXT)
    assert page.paragraphs == (TEXT, MORE)


def test_a_long_first_line_is_no_title() -> None:
    assert read(TEXT, MORE).title is None


@pytest.mark.parametrize(
    ("mark", "day"), [(" date 2025-12-17 ", 17), ("date 2025-12-17 ", 17), (" date 2025-12 ", None)]
)
def test_a_crawlers_mark_is_taken_off_the_first_line(mark: str, day: int | None) -> None:
    page = read(mark + TEXT, MORE)

    assert page.crawler_mark is not None
    assert (page.crawler_mark.year, page.crawler_mark.month, page.crawler_mark.day) == (2025, 12, day)
    assert page.paragraphs[0] == TEXT


# --- the foot ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["Comment (0)", "Комментарий (12)", "Коментар (0)", "Bình luận (3)", "COMMENT (0)", "(0)"]
)
def test_a_comment_count_ends_the_article(line: str) -> None:
    page = read(TEXT, MORE, line, "A headline of something else.", "Another headline")

    assert page.paragraphs == (TEXT, MORE)
    assert fate(page, 3) == ("dropped", "comment count")
    assert fate(page, 4) == ("dropped", "headline of another article")


def test_a_comment_count_above_the_text_ends_nothing() -> None:
    page = read("Comment (0)", TEXT, MORE)

    assert page.paragraphs == (TEXT, MORE)
    assert fate(page, 1) == ("dropped", "comment count")


@pytest.mark.parametrize(
    "line",
    [
        "Source: https://agency.example/mot-hai-ba-115.htm",
        "Source : https://agency.example/mot-hai-ba-115.htm",
        "Источник: https://agency.example/mot-hai-ba-115.htm",
        "Джерело: https://agency.example/mot-hai-ba-115.htm",
        "Nguồn:https://agency.example/mot-hai-ba-115.htm",
    ],
)
def test_a_source_line_gives_the_address(line: str) -> None:
    page = read(TEXT, MORE, line)

    assert page.source is not None
    assert page.source.url == "https://agency.example/mot-hai-ba-115.htm"
    assert fate(page, 3) == ("source", None)


@pytest.mark.parametrize("ending", [".htm", ".vnp", ".tpo", "/", ".html?x=1"])
def test_addresses_end_in_many_ways(ending: str) -> None:
    page = read(TEXT, f"Source: https://agency.example/mot-hai-ba{ending}")

    assert page.source is not None
    assert page.source.url == f"https://agency.example/mot-hai-ba{ending}"


@pytest.mark.parametrize("word", ["Источник", "Source", "Джерело", "Nguồn"])
def test_a_bare_word_for_the_source_has_no_address(word: str) -> None:
    page = read(TEXT, MORE, word, "", "Comment (0)")

    assert page.source is not None
    assert page.source.url is None
    assert fate(page, 3) == ("dropped", "the word for the source, without an address")


def test_the_word_alone_above_a_paragraph_ends_nothing() -> None:
    page = read(TEXT, "Source", MORE, TEXT)

    assert page.source is None
    assert len(page.paragraphs) + sum(isinstance(block, Heading) for block in page.blocks) == 4


def test_a_named_source_without_an_address_stays_in_the_text() -> None:
    line = "Source: the yearbook of the valley, volume three"

    assert line in read(TEXT, MORE, line).paragraphs


def test_headlines_between_source_and_comment_lines_are_not_the_articles() -> None:
    page = read(
        TEXT, MORE, "Source: https://a.example/b", "Storm nears the coast.", "Bridge closed again.", "Comment (0)"
    )

    assert page.paragraphs == (TEXT, MORE)
    assert fate(page, 4) == fate(page, 5) == ("dropped", "headline of another article")


def test_text_below_a_source_line_is_not_lost() -> None:
    page = read(TEXT, "Source: https://a.example/b", MORE + " " + TEXT)

    assert page.paragraphs == (TEXT, MORE + " " + TEXT)


def test_a_page_without_a_foot_loses_nothing() -> None:
    lines = [TEXT, MORE, "Heritage", "Figure", "It ends like this."]
    page = read(*lines)

    assert {fate.fate for fate in page.fates} <= {Fate.PARAGRAPH, Fate.HEADING}
    assert len(page.blocks) == len(lines)


@pytest.mark.parametrize(
    ("heading", "nav"),
    [
        ("Same category", ["Heritage", "Figure", "Enterprise"]),
        ("У тій самій категорії", ["Спадщина", "Фігура", "Бізнес"]),
        ("Того же автора", ["Наследство", "Фигура", "Бизнес"]),
        ("Cùng chuyên mục", ["Di sản", "Nhân vật", "Doanh nghiệp"]),
    ],
)
def test_the_foot_is_told_piece_by_piece(heading: str, nav: list[str]) -> None:
    page = read(TEXT, "Comment (0)", heading, "A headline.", *nav, "A video of a flower village.", "No data")

    assert fate(page, 3) == ("dropped", "list heading")
    assert fate(page, 4) == ("dropped", "headline of another article")
    assert [fate(page, number) for number in (5, 6, 7)] == [("dropped", "navigation")] * 3
    assert fate(page, 8) == ("dropped", "video headline")
    assert fate(page, 9) == ("dropped", "empty block")


@pytest.mark.parametrize(
    "line",
    [
        "Zalo Facebook Twitter ПечатьКопировать ссылку",
        "Zalo Facebook Twitter PrintCopy link",
        "ZaloFacebookTwitterДрукКопіювати посилання",
        "Zalo | Facebook | Sao chép liên kết",
        "Zalo Facebook Twitter TipăreșteCopiați adresa",
    ],
)
def test_a_share_bar_is_dropped_wherever_it_stands(line: str) -> None:
    page = read(TEXT, line, MORE)

    assert fate(page, 2) == ("dropped", "share bar")
    assert page.paragraphs == (TEXT, MORE)


def test_a_sentence_about_networks_is_no_share_bar() -> None:
    assert fate(read(TEXT, "Facebook and Twitter said no.", MORE), 2)[0] != "dropped"
    assert fate(read(TEXT, "Zalo, Facebook, Twitter and others pay a tax on what they earn", MORE), 2)[0] != "dropped"


def test_a_long_line_in_the_foot_is_pointed_out() -> None:
    page = read(TEXT, MORE, "Comment (0)", TEXT + MORE)

    assert page.remarks == ("line 4 stands below the article but reads like a paragraph of it",)


# --- signature --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Gia Huy", "Гія Хуй", "Нгуен Ван Ан", "Lê Thị Mỹ-Hạnh", "(VNA)", "Vnews"])
def test_a_short_line_before_the_source_line_is_a_signature(name: str) -> None:
    page = read(TEXT, MORE, name, "Source: https://a.example/b")

    assert page.signature is not None
    assert page.signature.text == name


@pytest.mark.parametrize("line", ["So it ends.", "and so on", "The End Of The Long Road Home", "In 2025"])
def test_other_short_lines_are_no_signature(line: str) -> None:
    page = read(TEXT, MORE, line, "Source: https://a.example/b")

    assert page.signature is None
    assert line in page.paragraphs


def test_without_a_source_line_nothing_is_a_signature() -> None:
    assert read(TEXT, MORE, "Gia Huy").signature is None


# --- headings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "What the boats tell",
        "The valley remembers its carpenters and ferrymen.",
        "Долина помнит своих плотников.",
        "Con đò cũ kể chuyện xưa",
        "1. The first winter",
        "Về",
    ],
)
def test_a_short_sentence_above_a_paragraph_is_a_heading(line: str) -> None:
    page = read(TEXT, line, MORE)

    assert [block.line.text for block in page.blocks if isinstance(block, Heading)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The director said:",
        "And then…",
        "The boats, the oars,",
        "It floats. It even sails.",
        "«We waited for this»",
        "- forty boats",
        "• forty boats",
        "—",
    ],
)
def test_other_short_lines_are_paragraphs(line: str) -> None:
    page = read(TEXT, line, MORE)

    assert page.paragraphs == (TEXT, line, MORE)


def test_the_last_line_heads_nothing() -> None:
    assert read(TEXT, MORE, "So it goes").paragraphs[-1] == "So it goes"


def test_in_a_text_of_short_lines_nothing_is_a_heading() -> None:
    page = read("Short and sweet.", "Every line here is short.", "None of them heads another.", "The end.")

    assert len(page.paragraphs) == 4


def test_a_heading_may_have_a_photo_below_it() -> None:
    page = read(TEXT, "What the boats tell", "Boats at dawn - Photo: VNA/An Binh", MORE)

    assert [type(block).__name__ for block in page.blocks] == ["Paragraph", "Heading", "PhotoBlock", "Paragraph"]


# --- lines ------------------------------------------------------------------------------------------------------


def test_blank_lines_and_a_missing_last_line_feed_change_nothing() -> None:
    sparse = read("", "", TEXT, *[""] * 6, MORE, "")

    assert sparse.paragraphs == read(TEXT, MORE).paragraphs == (TEXT, MORE)
    assert [fate.number for fate in sparse.fates] == [3, 10]


def test_a_whole_page_on_one_line_is_one_paragraph() -> None:
    page = read(f"{TEXT} {MORE} {TEXT}")

    assert page.paragraphs == (f"{TEXT} {MORE} {TEXT}",)


def test_a_line_of_invisible_characters_is_accounted_for() -> None:
    assert fate(read(TEXT, "\u200b\u200b", MORE), 2) == ("dropped", "nothing but invisible characters")


# --- seen on pages that import had not been made for ------------------------------------------------------------


def kinds(page: PortalText) -> list[str]:
    return [str(fate.fate) for fate in page.fates]


def test_a_title_glued_in_front_of_its_byline_is_the_title() -> None:
    page = read(f"{BANNER} {TITLE} Báo Thanh HóaBáo Thanh Hóa03/10/2025", TEXT, MORE)

    assert page.byline is not None
    assert (title(page), page.byline.publisher) == (TITLE, "Báo Thanh Hóa")
    assert kinds(page) == ["byline", "paragraph", "paragraph"]


def test_a_source_glued_to_the_last_paragraph_is_taken_off() -> None:
    page = read(
        TITLE, "Công LuậnCông Luận17/12/2025", TEXT, f"{MORE} Nguồn: https://congluan.vn/a-1.html Bình luận (0)"
    )

    assert page.source is not None
    assert (page.source.url, page.paragraphs[-1]) == ("https://congluan.vn/a-1.html", MORE)


def test_a_short_sentence_with_figures_is_no_heading() -> None:
    sentence = "Tickets cost 40,000 dong for grown-ups."

    assert kinds(read(BANNER, TITLE, "17/12/2025", TEXT, sentence, MORE))[3:] == ["paragraph"] * 3
    assert kinds(read(BANNER, TITLE, "17/12/2025", TEXT, "Plans for the year 2026.", MORE))[4] == "heading"


def test_of_two_short_lines_the_one_that_is_no_sentence_heads_the_other() -> None:
    sentence = "The yard hopes to launch the first boat before the autumn storms."

    assert kinds(read(BANNER, TITLE, "17/12/2025", TEXT, "What comes next", sentence, MORE))[3:] == [
        *("paragraph", "heading", "paragraph", "paragraph")
    ]


def test_a_text_of_short_paragraphs_has_headings_without_a_full_stop_only() -> None:
    sentences = [
        f"{each} by noon, when the wind had already turned to the south-west."
        for each in ("Three boats left", "Four boats returned")
    ]
    lines = (BANNER, TITLE, "17/12/2025", sentences[0], "A day at sea", sentences[1], "It rained.", sentences[0])

    assert kinds(read(*lines))[3:] == ["paragraph", "heading", "paragraph", "paragraph", "paragraph"]


def test_a_cell_of_a_table_is_a_caption() -> None:
    assert (
        kinds(read(BANNER, TITLE, "17/12/2025", "| The ferry before its last voyage |", TEXT, MORE))[3] == "caption"
    )


def test_headlines_may_stand_between_a_lost_source_and_the_comments() -> None:
    page = read(
        BANNER, TITLE, "17/12/2025", TEXT, MORE, TEXT, MORE, "Source", "Lanterns return to Hoi An.", "Comment (0)"
    )

    assert kinds(page)[3:] == [*["paragraph"] * 4, *["dropped"] * 3]


def test_the_word_source_may_still_head_the_last_paragraph() -> None:
    page = read(BANNER, TITLE, "17/12/2025", TEXT, "Source", MORE, "Comment (0)")

    assert kinds(page)[3:] == ["paragraph", "heading", "paragraph", "dropped"]


def test_a_short_sentence_where_a_crawler_cut_a_page_out_is_no_title() -> None:
    page = read(" date 2025-12-17 Forty boats came home.", TEXT, MORE)

    assert title(page) is None
    assert kinds(page) == ["paragraph"] * 3


@pytest.mark.parametrize(
    "signature",
    [
        *("Bài và ảnh: An Bình", "An Bình (TTXVN)", "An Bình", "An Bình thực hiện", "An Bình (tổng hợp)"),
        *("Testo e foto di An Bình", "Текст и фото: An Bình", "Text und Fotos An Bình"),
    ],
)
def test_a_signature_names_the_author_alone(signature: str) -> None:
    page = read(TITLE, "17/12/2025", TEXT, MORE, signature, "Nguồn: https://congluan.vn/a-1.html")

    assert page.signature is not None
    assert page.signature.text == "An Bình"


def test_the_title_with_a_number_in_brackets_is_a_photo_label() -> None:
    assert kinds(read(BANNER, TITLE, "17/12/2025", f"{TITLE} (photo 1)", TEXT, MORE))[3] == "dropped"
    assert kinds(read(BANNER, TITLE, "17/12/2025", TEXT, f"{MORE} (photo 1)."))[4] == "paragraph"


def test_a_byline_in_the_middle_of_a_page_on_one_line_parts_its_title_from_its_text() -> None:
    page = read(f"{TITLE} Báo Quảng NgãiBáo Quảng Ngãi12/06/2024 {TEXT} {MORE} Comment (0)")

    assert page.byline is not None
    assert (title(page), page.byline.publisher, str(page.byline.published)) == (
        *(TITLE, "Báo Quảng Ngãi", "2024-06-12"),
    )
    assert page.paragraphs == (f"{TEXT} {MORE}",)


def test_a_name_said_twice_before_a_date_in_a_sentence_is_no_byline() -> None:
    line = f"They sang Ho Ho 12/06/2024 was the day on which the boats came home. {TEXT}"

    assert read(BANNER, TITLE, line, MORE).byline is None


def test_a_comment_count_glued_to_the_last_paragraph_is_taken_off() -> None:
    assert read(BANNER, TITLE, "17/12/2025", TEXT, f"{MORE} Коментар (12)").paragraphs == (TEXT, MORE)
    assert read(BANNER, TITLE, "17/12/2025", TEXT, f"{MORE} boats (12)").paragraphs == (TEXT, f"{MORE} boats (12)")


def test_where_headings_have_no_full_stop_a_short_sentence_is_a_paragraph() -> None:
    sentence = "Nobody in the village had seen so large a boat before."
    lines = [BANNER, TITLE, "17/12/2025", TEXT, "Forty boats", MORE, "Three winters", TEXT, sentence, MORE]

    assert kinds(read(*lines))[8] == "paragraph"
    assert kinds(read(*lines[:4], "Forty boats in one hall.", *lines[5:6], sentence, MORE))[6] == "heading"


def test_navigation_between_banner_and_title_is_not_the_title() -> None:
    page = read(BANNER, "Patrimonio", "Figura", "Noticias", TITLE, "AgencyAgency17/12/2025", TEXT, MORE)

    assert (title(page), page.summary) == (TITLE, ())
    assert [fate(page, line) for line in (2, 3, 4)] == [("dropped", "navigation")] * 3


def test_a_title_of_one_word_may_be_one_of_the_navigations() -> None:
    assert title(read(BANNER, "Patrimonio", "AgencyAgency17/12/2025", TEXT, MORE)) == "Patrimonio"
