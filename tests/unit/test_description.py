from toasoan.content.description import LONGEST, OPENING, description_of, shortened


def test_the_lede_describes_an_article_else_its_text_else_its_title() -> None:
    assert description_of("Title", "Lede.", "*Text.*", "en") == "Lede."
    assert description_of("Title", None, "*Text.*\n\nMore.", "en") == "Text. More."
    assert description_of("Title", None, "![](image:1)", "en") == "Title"


def test_only_the_opening_of_a_text_is_looked_at() -> None:
    opening = "word " * (OPENING // 4)

    assert description_of("Title", None, f"{opening}\n\n[x]: /y", "en") == shortened(opening)


def test_a_long_text_is_cut_between_words() -> None:
    cut = shortened("Hà Nội, " * 60)

    assert len(cut) <= LONGEST
    assert cut.endswith(("Hà…", "Nội…"))


def test_a_text_without_spaces_is_cut_anywhere() -> None:
    assert shortened("越" * 300) == "越" * (LONGEST - 1) + "…"


def test_a_short_text_stands_on_one_line_as_it_is() -> None:
    assert shortened(" a\n b\t c ") == "a b c"
    assert shortened("x" * LONGEST) == "x" * LONGEST
