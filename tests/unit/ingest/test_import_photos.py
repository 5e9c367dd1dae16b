"""Photos: labels are dropped, captions and credits part, and each photo counts once."""

from __future__ import annotations

import pytest

from toasoan.ingest.photos import Caption, caption_with_credit, photo_label_of
from toasoan.ingest.portal_page import PhotoBlock, PortalText
from toasoan.ingest.portal_text import read_portal_text
from toasoan.ingest.words import all_words

TEXT = (
    "The museum stands on the bank where the oldest yard once was, and it shows forty boats of the last two hundred "
    "years, among them the ferry on which the village school crossed the river every morning."
)
CAPTION = "Carpenters carry the old ferry into the hall"


def read(*lines: str) -> PortalText:
    return read_portal_text("\n".join(lines), all_words())


def photos(page: PortalText) -> list[tuple[str | None, str | None]]:
    return [(block.caption, block.credit) for block in page.blocks if isinstance(block, PhotoBlock)]


def reasons(page: PortalText) -> list[str]:
    return [fate.reason for fate in page.fates if fate.reason]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        (f"{CAPTION} - Photo: VNA/An Binh", CAPTION, "VNA/An Binh"),
        (f"{CAPTION} – Photo: VNA/An Binh.", CAPTION, "VNA/An Binh"),
        (f"{CAPTION}. Photo : An Binh", f"{CAPTION}.", "An Binh"),
        (f"{CAPTION}. Foto: An Binh", f"{CAPTION}.", "An Binh"),
        (f"{CAPTION} (Photo: An Binh)", CAPTION, "An Binh"),
        (f"{CAPTION}. (Photo: An Binh).", f"{CAPTION}.", "An Binh"),
        ("Плотники несут паром (Фото: Ан Бинь/VNA)", "Плотники несут паром", "Ан Бинь/VNA"),
        ("Теслі несуть пором - Фото: Ан Бінь", "Теслі несуть пором", "Ан Бінь"),
        ("Thợ mộc khiêng con đò - Ảnh: VGP/An Bình", "Thợ mộc khiêng con đò", "VGP/An Bình"),
        ("Thợ mộc khiêng con đò. Nguồn ảnh: TTXVN", "Thợ mộc khiêng con đò.", "TTXVN"),
        ("Photo: An Binh", None, "An Binh"),
    ],
)
def test_a_credit_parts_from_its_caption(line: str, caption: str | None, credit: str) -> None:
    assert caption_with_credit(line, all_words()) == Caption(caption, credit)


@pytest.mark.parametrize(
    "line",
    [
        "She looked at the photo: it was torn, and nobody knew who had taken it.",
        "Он увидел фото: дом, река, лодка. И вспомнил.",
        "The telephoto: lens of the year",
        TEXT,
    ],
)
def test_a_sentence_about_a_photo_has_no_credit(line: str) -> None:
    assert caption_with_credit(line, all_words()) is None


@pytest.mark.parametrize(
    ("line", "stem"),
    [
        ("Bảo tàng thuyền mở cửa- Ảnh 1.", "Bảo tàng thuyền mở cửa"),
        ("Bảo tàng thuyền mở cửa - Ảnh 12", "Bảo tàng thuyền mở cửa"),
        ("Музей лодок открыт, изображение 1", "Музей лодок открыт"),
        ("Музей лодок открыт, рисунок 3.", "Музей лодок открыт"),
        ("Музей човнів відкрито - фото 2.", "Музей човнів відкрито"),
        ("The boat museum opens - photo 1.", "The boat museum opens"),
    ],
)
def test_labels_have_many_forms(line: str, stem: str) -> None:
    label = photo_label_of(line, all_words())

    assert label is not None
    assert (label.stem, label.is_set_off) == (stem, True)


def test_the_line_after_a_label_is_its_caption_and_the_label_is_dropped() -> None:
    page = read(TEXT, "Музей лодок открыт, изображение 1", "Плотники несут паром.", TEXT)

    assert photos(page) == [("Плотники несут паром.", None)]
    assert reasons(page) == ["photo label"]
    assert page.label_stems == ("Музей лодок открыт",)


def test_a_paragraph_after_a_label_stays_a_paragraph() -> None:
    page = read(TEXT, "Музей лодок открыт, изображение 1", TEXT)

    assert photos(page) == []
    assert page.paragraphs == (TEXT, TEXT)


def test_a_number_that_is_not_set_off_makes_a_label_only_when_it_repeats_the_title() -> None:
    title = "The valley opens a museum of boats"
    page = read(title, "AgencyAgency17/12/2025", TEXT, f"{title} photo 1", CAPTION, TEXT, "Look at photo 2.", TEXT)

    assert photos(page) == [(CAPTION, None)]
    assert reasons(page) == ["photo label"]


def test_the_title_repeated_alone_is_a_label() -> None:
    title = "The valley opens a museum of boats"
    page = read(title, "AgencyAgency17/12/2025", TEXT, title, CAPTION, TEXT)

    assert photos(page) == [(CAPTION, None)]
    assert reasons(page) == ["photo label"]


def test_the_title_glued_in_front_of_a_caption_is_taken_off() -> None:
    title = "The valley opens a museum of boats"
    page = read(title, "AgencyAgency17/12/2025", TEXT, f"{title} - {CAPTION} - Photo: An Binh", TEXT)

    assert photos(page) == [(CAPTION, "An Binh")]


@pytest.mark.parametrize("name", ["2.jpg", "BNA_7636-01.jpeg", "https://a.example/x/y.png", "image.webp)", ".jpg)"])
def test_a_file_name_is_no_text(name: str) -> None:
    page = read(TEXT, name, CAPTION, TEXT)

    assert photos(page) == [(CAPTION, None)]
    assert reasons(page) == ["rest of a lost picture"]


@pytest.mark.parametrize("residue", ["![]()", "![]() |", "![boat](boat.jpg)", "| --- |", "|:--|--:|"])
def test_markdown_of_a_lost_picture_is_dropped(residue: str) -> None:
    assert reasons(read(TEXT, residue, TEXT)) == ["rest of a lost picture"]


def test_a_lost_pictures_address_is_pointed_out() -> None:
    page = read(TEXT, "![](https://a.example/boat.jpg)", TEXT)

    assert page.remarks == ("line 2 names a picture, which was left out",)


def test_a_caption_in_a_table_cell_is_a_caption() -> None:
    assert photos(read(TEXT, "![]() |", f"| {CAPTION} |", TEXT)) == [(CAPTION, None)]


def test_the_rest_of_a_file_name_is_taken_off_a_caption() -> None:
    assert photos(read(f"boat.jpg) {CAPTION} - Photo: An Binh", TEXT)) == [(CAPTION, "An Binh")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{CAPTION} - Photo: An Binh", f"{CAPTION} - Photo: An Binh"),
        (CAPTION, f"{CAPTION} - Photo: An Binh"),
        (f"{CAPTION} - Photo: An Binh", CAPTION),
        (CAPTION, "Photo: An Binh"),
        (f"{CAPTION}{CAPTION} - Photo: An Binh", CAPTION),
    ],
)
def test_a_caption_printed_twice_counts_once(first: str, second: str) -> None:
    page = read(TEXT, "The boat museum opens - photo 1.", first, second, TEXT)

    assert photos(page) == [(CAPTION, "An Binh")]
    assert page.paragraphs == (TEXT, TEXT)
    assert len(page.blocks) == 3


def test_a_credit_alone_makes_a_photo_without_a_caption() -> None:
    assert photos(read(TEXT, "Photo: An Binh", TEXT)) == [(None, "An Binh")]


def test_photos_keep_their_order_and_place() -> None:
    page = read("A - Photo: An Binh", TEXT, "B - Photo: An Binh", "C - Photo: An Binh", TEXT)

    assert [caption for caption, _ in photos(page)] == ["A", "B", "C"]
    assert [type(block).__name__ for block in page.blocks] == [
        "PhotoBlock",
        "Paragraph",
        "PhotoBlock",
        "PhotoBlock",
        "Paragraph",
    ]


def test_a_sentence_as_long_as_a_paragraph_below_a_file_name_is_no_caption() -> None:
    sentence = (
        "The secret lies in the planks: only trees that were felled in the dry months are used, and they lie in the "
        "river for a whole year."
    )

    assert photos(read(TEXT, "2.jpg", sentence, TEXT)) == []
    assert photos(read(TEXT, "2.jpg", f"{CAPTION}.", TEXT)) == [(f"{CAPTION}.", None)]


def test_a_label_may_stand_behind_a_full_stop() -> None:
    page = read(TEXT, "The boats come home. Photo 1", f"{CAPTION}.", TEXT)

    assert photos(page) == [(f"{CAPTION}.", None)]
    assert page.label_stems == ("The boats come home.",)
    assert read(TEXT, f"{TEXT} {TEXT} Photo 1", TEXT).label_stems == ()
