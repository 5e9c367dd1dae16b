from tests.builders import article
from toasoan.content.markdown import Body
from toasoan.render.summary import LONGEST, description_of, shortened


def test_the_lede_describes_an_article_else_its_text_else_its_title() -> None:
    body = Body((), plain="Text.\nMore.")

    assert description_of(article(summary="Lede."), body) == "Lede."
    assert description_of(article(), body) == "Text. More."
    assert description_of(article(title="Title"), Body(())) == "Title"


def test_a_long_text_is_cut_between_words() -> None:
    cut = shortened("Hà Nội, " * 60)

    assert len(cut) <= LONGEST
    assert cut.endswith(("Hà…", "Nội…"))


def test_a_text_without_spaces_is_cut_anywhere() -> None:
    assert shortened("越" * 300) == "越" * (LONGEST - 1) + "…"


def test_a_short_text_stands_on_one_line_as_it_is() -> None:
    assert shortened(" a\n b\t c ") == "a b c"
    assert shortened("x" * LONGEST) == "x" * LONGEST
