"""Share images: where lines end, what is written and what is not, and that nothing leaves the picture."""

from __future__ import annotations

import unicodedata
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.builders import REPOSITORY
from toasoan.covers.look import Look
from toasoan.covers.palettes import PALETTES
from toasoan.demo.demo_texts import LANGUAGES, demo_texts
from toasoan.share_images import line_breaks
from toasoan.share_images.drawing import BAND, HEIGHT, WIDTH, drawn
from toasoan.share_images.fonts import (
    FoundFonts,
    digest_of_font,
    fonts_below,
    headline_fonts,
    own_fonts,
    system_folders,
)
from toasoan.share_images.headline import MOST_LINES, SIZES, Headline, fitted
from toasoan.share_images.line_breaks import clusters, line_units
from toasoan.share_images.motif import motif_image
from toasoan.share_images.share_image import ShareImage, share_image
from toasoan.share_images.typesetting import Face, runs, settable, shapes_text, width, write

THEME = own_fonts(REPOSITORY / "static/fonts")
FONTS = FoundFonts({}, THEME, fonts_below(system_folders()))
LOOK = Look("lotus", 0)
LONG = "Thợ đúc chuông Vân Khê mỗi năm chỉ rót đồng một lần, và năm nay cả làng cùng thức đêm bên lò " * 3

SCRIPTS = {"ar": "Arab", "fa": "Arab", "ur": "Arab", "he": "Hebr", "th": "Thai", "lo": "Laoo", "km": "Khmr",
           "hi": "Deva", "bn": "Beng", "ja": "Jpan", "zh": "Hans", "ko": "Kore", "el": "Grek", "ru": "Cyrl",
           "uk": "Cyrl"}  # fmt: skip
needs_fonts = pytest.mark.skipif(
    not shapes_text() or "NotoSansThai-Bold.ttf" not in FONTS.system,
    reason="no Noto fonts, or no FriBiDi",
)


def image(title: str, language: str = "vi", photo: str = "", **others: str) -> ShareImage:
    script = SCRIPTS.get(language, "Latn")
    face = Face(language, headline_fonts(language, script, FONTS), language in ("ar", "fa", "ur", "he"))
    words = {"section": "Di sản", "portal": "Đầm Sen", "date": "17 tháng 12, 2025", **others}
    made = share_image(title, **words, face=face, script=script, look=LOOK, photo=photo)
    assert made is not None
    return made


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def at(canvas: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    """The colour of a place."""
    pixel = canvas.getpixel((x, y))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return red, green, blue


def photo_of(colour: str, size: tuple[int, int] = (1600, 1200), orientation: int = 1) -> bytes:
    data = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", size, colour).save(data, "JPEG", exif=exif)
    return data.getvalue()


# ---- lines


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("vi", "Gốm Bát Tràng, 1.250 bình", ["Gốm ", "Bát ", "Tràng, ", "1.250 ", "bình"]),
        ("en", "A well-known (old) “bell”", ["A ", "well-", "known ", "(old) ", "“bell”"]),
        ("ja", "紙は「500年」もつ。", ["紙", "は", "「500", "年」", "も", "つ。"]),
        ("ja", "夜間フェリー", ["夜", "間", "フェリー"]),
        ("ko", "다리가 열린 날", ["다리가 ", "열린 ", "날"]),
        ("ar", "المرأة التي أصلحت", ["المرأة ", "التي ", "أصلحت"]),
    ],
)
def test_lines_end_where_unicode_allows_it(language: str, text: str, units: list[str]) -> None:
    assert list(line_units(text, language)) == units


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("th", "สหกรณ์เพาะเห็ด", ["สหกรณ์", "เพาะ", "เห็ด"]),
        ("lo", "ແມ່ຍິງສ້ອມແປງ", ["ແມ່ຍິງ", "ສ້ອມແປງ"]),
        ("km", "ខ្ញុំស្រឡាញ់ភាសាខ្មែរ", ["ខ្ញុំ", "ស្រឡាញ់", "ភាសាខ្មែរ"]),
    ],
)
def test_words_of_thai_lao_and_khmer_come_from_the_dictionary(language: str, text: str, units: list[str]) -> None:
    pytest.importorskip("icu", reason="PyICU is an extra")

    assert list(line_units(text, language)) == units


def test_without_a_dictionary_they_end_at_spaces_and_zero_width_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_breaks, "_icu", lambda: None)
    line_units.cache_clear()

    assert line_units("ແມ່ຍິງ ສ້ອມ\u200bແປງ", "lo") == ("ແມ່ຍິງ ", "ສ້ອມ\u200b", "ແປງ")

    line_units.cache_clear()


def test_words_of_thai_are_known_without_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_breaks, "_icu", lambda: None)
    line_units.cache_clear()

    assert line_units("ตลาดมีตาชั่ง เครื่องเดียว", "th") == ("ตลาด", "มี", "ตาชั่ง ", "เครื่อง", "เดียว")

    line_units.cache_clear()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Vũ̃", ["V", "ũ̃"]),  # two marks on one letter
        ("क्षत्रिय", ["क्ष", "त्रि", "य"]),
        ("ស្រុក", ["ស្រុ", "ក"]),  # what stands below stays below
        ("เห็ดน้ำ", ["เห็", "ด", "น้ำ"]),  # a vowel before its consonant, and one behind it
        ("👩‍🌾x", ["👩‍🌾", "x"]),
        ("각", ["각"]),  # Hangul in its parts
    ],
)
def test_what_readers_take_for_one_letter_is_one(text: str, parts: list[str]) -> None:
    assert list(clusters(text)) == parts


def fit(text: str, wide: float = 900, high: float = 300) -> Headline:
    return fitted(text, "vi", lambda part: len(part) * 0.5, (wide, high), 1.2)


def test_a_short_headline_is_larger_than_a_long_one() -> None:
    assert fit("Chợ nổi").size == SIZES[0] > fit("Chợ nổi " * 12).size


def test_lines_are_about_equally_long() -> None:
    first, second = fit("một hai ba bốn năm sáu bảy").lines

    assert abs(len(first) - len(second)) <= 4


def test_what_does_not_fit_ends_with_an_ellipsis_behind_a_word() -> None:
    headline = fit("Lễ hội, " * 60)

    assert (len(headline.lines), headline.size) == (MOST_LINES, SIZES[-1])
    assert headline.lines[-1].endswith("hội…")
    assert all(len(line) * 0.5 * headline.size <= 900 for line in headline.lines)


def test_a_word_that_is_too_long_is_cut_between_letters() -> None:
    headline = fit("ក្រ" * 60)

    assert all(not line.startswith("្") for line in headline.lines)
    assert all(len(line) * 0.5 * headline.size <= 900 for line in headline.lines)


# ---- fonts


def test_each_letter_is_set_in_a_font_that_has_it() -> None:
    face = Face("ru", headline_fonts("ru", "Cyrl", FoundFonts({}, THEME, {})), rtl=False)

    assert [(run.text, Path(run.font.path).name) for run in runs("Музей Đông Sơn открыт", face)] == [
        ("Музей ", "head-cyrillic.woff2"),
        ("Đông Sơn ", "head-latin-vi.woff2"),
        ("открыт", "head-cyrillic.woff2"),
    ]


def test_signs_without_a_glyph_are_left_out_and_letters_are_not() -> None:
    fonts = headline_fonts("vi", "Latn", FoundFonts({}, THEME, {}))

    assert settable("Chợ 🎉 nổi", fonts) == "Chợ nổi"
    assert settable("Chợ 市 nổi", fonts) is None


def test_a_language_without_a_font_has_no_picture() -> None:
    face = Face("th", headline_fonts("th", "Thai", FoundFonts({}, THEME, {})), rtl=False)

    assert share_image("เห็ด", "", "", "", face=face, script="Thai", look=LOOK, photo="") is None


def test_a_font_of_the_portal_goes_first_if_it_is_named_after_the_language(tmp_path: Path) -> None:
    for name in ("vi.woff2", "other.woff2"):
        (tmp_path / name).write_bytes(THEME["head-cyrillic.woff2"].read_bytes())
    fonts = headline_fonts("vi", "Latn", FoundFonts(own_fonts(tmp_path), THEME, {}))

    assert [Path(font.path).name for font in fonts[:3]] == ["vi.woff2", "head-latin-vi.woff2", "other.woff2"]


def test_a_file_that_is_no_font_has_no_letters(tmp_path: Path) -> None:
    (tmp_path / "vi.ttf").write_bytes(b"no font")
    fonts = headline_fonts("vi", "Latn", FoundFonts(own_fonts(tmp_path), THEME, {}))

    assert settable("Chợ", fonts) == "Chợ"


def test_a_font_is_known_by_its_content_and_not_by_its_place(tmp_path: Path) -> None:
    data = THEME["head-cyrillic.woff2"].read_bytes()
    for name, content in (("a.woff2", data), ("b.woff2", data), ("c.woff2", data[:-1] + b"x")):
        (tmp_path / name).write_bytes(content)
    one, same, other = (digest_of_font(tmp_path / name) for name in ("a.woff2", "b.woff2", "c.woff2"))

    assert one == same != other


@needs_fonts
def test_a_foreign_name_in_arabic_is_read_from_the_left_at_its_place() -> None:
    face = image("x", "ar").face

    assert [(run.text, run.rtl) for run in runs("فيروس COVID-19 ينتشر", face)] == [
        (" ينتشر", True), ("COVID-19", False), ("فيروس ", True)
    ]  # fmt: skip


@needs_fonts
def test_letters_of_arabic_are_joined() -> None:
    face = image("x", "ar").face

    assert width("بيت", face, 100) < sum(width(letter, face, 100) for letter in "بيت")


# ---- the picture


def test_the_same_image_has_the_same_bytes() -> None:
    assert drawn(image("Chợ nổi")) == drawn(image("Chợ nổi"))


def test_it_is_as_large_as_services_want_it_and_not_heavy() -> None:
    data = drawn(image("Chợ nổi Cái Răng họp từ ba giờ sáng"))

    assert picture(data).size == (1200, 630)
    assert len(data) < 100_000


@pytest.mark.parametrize("what", ["title", "section", "portal", "date", "photo", "look", "leading", "face"])
def test_everything_that_is_shown_has_a_say_in_the_name(what: str) -> None:
    one = image("Chợ nổi")
    other = {
        "look": Look("lotus", 1), "leading": 1.3, "face": one.face._replace(fonts=one.face.fonts[1:])
    }.get(what, "other")  # fmt: skip

    assert ShareImage(**{**one._asdict(), what: other}).name != one.name


def test_a_font_that_has_no_letter_in_it_has_no_say_in_the_name() -> None:
    one = image("Chợ nổi")

    assert one._replace(face=one.face._replace(fonts=one.face.fonts[:1])).name == one.name


def test_a_photo_is_behind_the_text_and_dark_enough_there() -> None:
    canvas = picture(drawn(image("Chợ nổi"), photo_of("white")))

    assert min(at(canvas, 600, 20)) > 240
    ground = max(at(canvas, 900, 500))
    assert contrast(ground, (0xEA, 0xDF, 0xCE)) >= 4.5


def contrast(ground: int, text: tuple[int, int, int]) -> float:
    def light(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(light, text)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) / (light(ground) + 0.05)


@pytest.mark.parametrize("data", [b"", b"no photo", photo_of("white")[:900], b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_broken_photo_is_not_missed(data: bytes) -> None:
    assert drawn(image("Chợ nổi"), data) == drawn(image("Chợ nổi"))


def test_a_photo_is_turned_as_it_was_held() -> None:
    wide = Image.new("RGB", (1600, 900), "red")
    wide.paste("blue", (0, 0, 800, 900))
    data = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    wide.save(data, "JPEG", exif=exif)

    canvas = picture(drawn(image("Chợ nổi"), data.getvalue()))

    red, _, blue = at(canvas, 100, 60)
    assert red > 200 > blue


def test_a_photo_that_can_be_seen_through_lies_on_white() -> None:
    data = BytesIO()
    Image.new("RGBA", (1200, 630), (0, 0, 0, 0)).save(data, "PNG")

    assert min(at(picture(drawn(image("Chợ"), data.getvalue())), 600, 20)) > 240


@pytest.mark.parametrize("motif", PALETTES)
def test_each_motif_can_be_drawn(motif: str) -> None:
    colours = motif_image(Look(motif, 0), 90).getcolors(1 << 20) or []

    assert len(colours) > 20


def text_layer(made: ShareImage, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int, int]]:
    """The boxes of all lines that are written into a picture."""
    boxes: list[tuple[int, int, int, int]] = []

    def traced(
        draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, face: Face, size: int, fill: str
    ) -> None:
        layer = Image.new("L", (3 * WIDTH, 3 * HEIGHT))
        write(ImageDraw.Draw(layer), (place[0] + WIDTH, place[1] + HEIGHT), text, face, size, "white")
        if box := layer.getbbox():
            boxes.append((box[0] - WIDTH, box[1] - HEIGHT, box[2] - WIDTH, box[3] - HEIGHT))

    monkeypatch.setattr("toasoan.share_images.drawing.write", traced)
    drawn(made)
    drawn(made, photo_of("white"))
    return boxes


@pytest.mark.parametrize("title", [LONG, "A", "W" * 300, "Ặ" * 50, "x \u0323" * 90])
def test_no_text_leaves_the_picture(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = image(title, section=LONG, portal=LONG)

    for left, top, right, bottom in text_layer(made, monkeypatch):
        assert left >= 40
        assert top >= 20
        assert right <= WIDTH - 40
        assert bottom <= HEIGHT - BAND


@needs_fonts
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_leaves_the_picture_in_any_language(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = demo_texts(language)
    longest = max((story.title for story in texts.stories), key=len)
    for title in (longest, " ".join(story.title for story in texts.stories)):
        for left, top, right, bottom in text_layer(image(title, language), monkeypatch):
            assert left >= 40
            assert top >= 20
            assert right <= WIDTH - 40
            assert bottom <= HEIGHT


@needs_fonts
@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_joined_are_the_headline_and_no_letter_is_cut(language: str) -> None:
    for story in demo_texts(language).stories:
        made = image(story.title, language)
        headline = fitted(made.title, language, partial(width, face=made.face, size=1), (640, 352), made.leading)
        lines = "".join(headline.lines).replace(" ", "")

        assert lines == made.title.replace(" ", "")
        assert not any(unicodedata.category(line[0])[0] == "M" for line in headline.lines)


@needs_fonts
def test_scripts_that_are_read_from_the_right_stand_at_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = text_layer(image("المرأة التي", "ar"), monkeypatch)

    assert max(right for _, _, right, _ in boxes) > WIDTH - 70
    assert boxes[1][0] > WIDTH // 2
