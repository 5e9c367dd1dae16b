"""Photographs as agencies, phones and attackers deliver them."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import Base

from tests.pictures import BLUE, RED, exif, file_of, opened, photo
from toasoan.model.photo_file import PhotoFile, UnreadablePhotoError
from toasoan.photos.encoding import encoded
from toasoan.photos.inspection import TURNS, inspected
from toasoan.photos.metadata import metadata_of
from toasoan.photos.renditions import renditions, shaped, widths
from toasoan.photos.tint import colour_of, tint_of

INVERSE = {6: 8, 8: 6}
"""Orientations that are undone by another one; all others undo themselves."""

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" {more}
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="VGP">
<dc:creator><rdf:Seq><rdf:li>Gia Huy</rdf:li><rdf:li>Mai Vân</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© VGP 2025</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def corner(size: tuple[int, int] = (400, 200)) -> Image.Image:
    """Blue, with a red quarter at the upper left."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1] // 2))
    return image


def jpeg_of(data: bytes, credit: str | None = None) -> Image.Image:
    """The largest JPEG that is made of a file."""
    made = {one: file for one, file in encoded(data, credit) if one.ending == "jpg"}
    return opened(made[max(made)])


def is_close(one: Any, other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    stored = corner()
    if orientation in TURNS:
        stored = stored.transpose(TURNS[INVERSE.get(orientation, orientation)])
    data = file_of(stored, format="JPEG", quality=95, exif=exif(Orientation=orientation))

    shown = jpeg_of(data)

    assert (inspected(data).width, inspected(data).height) == shown.size == (400, 200)
    assert is_close(shown.getpixel((60, 40)), RED)
    assert is_close(shown.getpixel((340, 40)), BLUE)
    assert is_close(shown.getpixel((60, 160)), BLUE)
    assert Base.Orientation not in shown.getexif()


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (file_of(Image.new("CMYK", (80, 40), (0, 255, 255, 0)), format="JPEG"), (254, 0, 0)),
        (file_of(Image.new("I;16", (80, 40), 40000)), (156, 156, 156)),
        (file_of(Image.new("I;16", (80, 40), 40000), format="TIFF"), (156, 156, 156)),
        (file_of(Image.new("L", (80, 40), 90)), (90, 90, 90)),
        (file_of(Image.new("1", (80, 40), 1)), (255, 255, 255)),
        (file_of(Image.new("RGBA", (80, 40), (0, 0, 0, 0))), (255, 255, 255)),
        (file_of(Image.new("RGBA", (80, 40), (0, 0, 0, 128))), (127, 127, 127)),
        (file_of(Image.new("P", (80, 40), 0), transparency=0), (255, 255, 255)),
        (file_of(corner().quantize(), format="GIF"), RED),
        (file_of(corner(), format="WEBP", lossless=True), RED),
        (file_of(corner(), format="AVIF", quality=95), RED),
    ],
    ids=["CMYK", "16 bits", "16 bits, TIFF", "grey", "bilevel", "transparent", "half transparent", "palette", "GIF",
         "WebP", "AVIF"],
)  # fmt: skip
def test_a_photo_shows_its_colours_whatever_they_are_written_in(data: bytes, colour: tuple[int, int, int]) -> None:
    assert is_close(jpeg_of(data).getpixel((5, 5)), colour)


def test_colours_are_shown_as_the_profile_means_them() -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = plain.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"????", b"gXYZ", 1)

    assert is_close(jpeg_of(photo(RED, icc_profile=plain)).getpixel((5, 5)), RED)
    assert is_close(jpeg_of(photo(RED, icc_profile=b"no profile")).getpixel((5, 5)), RED)
    assert is_close(jpeg_of(photo(RED, icc_profile=swapped)).getpixel((5, 5)), (RED[1], RED[0], RED[2]))


def test_of_an_animation_the_first_picture_is_shown() -> None:
    data = file_of(corner(), format="GIF", save_all=True, append_images=[Image.new("RGB", (400, 200), "white")])

    assert inspected(data).is_animated
    assert is_close(jpeg_of(data).getpixel((5, 5)), RED)
    assert not inspected(photo()).is_animated


def test_renditions_are_no_wider_than_the_photo_and_keep_its_shape() -> None:
    made = dict(encoded(photo(size=(1000, 750)), None))

    assert set(made) == set(renditions(1000, 750))
    assert len(made) == len(list(renditions(1000, 750)))
    whole = {(one.width, one.height) for one in made if one.shape is None}
    assert whole == {(320, 240), (640, 480), (1000, 750)}
    assert {one.shape: (one.width, one.height) for one in made if one.shape} == {
        "16x9": (1000, 562),
        "4x3": (1000, 750),
        "1x1": (750, 750),
    }
    assert all(opened(file).size == (one.width, one.height) for one, file in made.items())
    assert {opened(file).format for file in made.values()} == {"AVIF", "WEBP", "JPEG"}


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((4000, 3000), {"16x9": (1200, 675), "4x3": (1200, 900), "1x1": (1200, 1200)}),
        ((600, 2000), {"16x9": (600, 338), "4x3": (600, 450), "1x1": (600, 600)}),
        ((300, 200), {"16x9": (300, 169), "4x3": (266, 200)}),
        ((200, 200), {}),
    ],
)
def test_shapes_that_search_engines_want_are_cut_as_large_as_can_be(
    size: tuple[int, int], wanted: dict[str, tuple[int, int]]
) -> None:
    assert {one.shape: (one.width, one.height) for one in shaped(*size)} == wanted


def test_a_photo_is_cut_in_the_middle_and_a_high_one_in_its_upper_part() -> None:
    wide = Image.new("RGB", (1200, 400), "white")
    wide.paste(RED, (400, 0, 800, 400))
    high = Image.new("RGB", (300, 1200), "white")
    high.paste(RED, (0, 300, 300, 600))

    for picture in (wide, high):
        made = {one.shape: opened(file) for one, file in encoded(file_of(picture, format="PNG"), None)}
        square = made["1x1"].convert("RGB")
        assert is_close(square.getpixel((5, 5)), RED)
        assert is_close(square.getpixel((square.width - 5, square.height - 5)), RED)


@pytest.mark.parametrize(
    ("own", "wanted"),
    [(1, (1,)), (320, (320,)), (380, (380,)), (390, (320, 390)), (1200, (320, 640, 960, 1200)),
     (9000, (320, 640, 960, 1280, 1920))],
)  # fmt: skip
def test_widths_that_save_nobody_anything_are_left_out(own: int, wanted: tuple[int, ...]) -> None:
    assert widths(own) == wanted


def test_the_same_photo_gives_the_same_bytes() -> None:
    data = file_of(corner((900, 500)), format="JPEG")

    assert list(encoded(data, "VGP")) == list(encoded(data, "VGP"))


# ---- who took it


def test_maker_credit_and_notice_are_found_in_xmp() -> None:
    data = file_of(corner(), format="JPEG", xmp=XMP.format(more="").encode())

    found = inspected(data)

    assert (found.creator, found.credit, found.copyright) == ("Gia Huy, Mai Vân", "VGP", "© VGP 2025")


def iim(**said: bytes) -> bytes:
    """A JPEG with a record of IPTC-IIM."""
    numbers = {"by_line": 80, "credit": 110, "notice": 116}
    records = b"".join(
        b"\x1c\x02" + bytes([numbers[name]]) + struct.pack(">H", len(text)) + text for name, text in said.items()
    )
    block = (
        b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(records)) + records + (b"\x00" if len(records) % 2 else b"")
    )
    body = b"Photoshop 3.0\x00" + block
    plain = file_of(corner(), format="JPEG")
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + plain[2:]


@pytest.mark.parametrize(("written", "read"), [("Nguyễn Gia Huy".encode(), "Nguyễn Gia Huy"), (b"Jos\xe9", "José")])
def test_they_are_found_in_the_older_records_of_the_iptc(written: bytes, read: str) -> None:
    found = inspected(iim(by_line=written, credit=b"VNA", notice=b"(c) VNA"))

    assert (found.creator, found.credit, found.copyright) == (read, "VNA", "(c) VNA")


def test_they_are_found_in_exif() -> None:
    found = inspected(photo(exif=exif(Artist="Gia Huy", Copyright="VGP")))

    assert (found.creator, found.credit, found.copyright) == ("Gia Huy", None, "VGP")


def test_names_in_a_file_are_one_line_of_visible_characters() -> None:
    found = inspected(iim(by_line=f"Gia\x1b[31m\nHuy\u202e{'!' * 999}".encode()))

    assert found.creator is not None
    assert found.creator.startswith("Gia [31m Huy !")
    assert len(found.creator) <= 300


@pytest.mark.parametrize(
    "xmp",
    [b"<x", b"\xff\xfe\x00", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 100_000],
    ids=["cut short", "no text", "entities", "deep"],
)
def test_broken_metadata_say_nothing_and_harm_nobody(xmp: bytes) -> None:
    assert inspected(file_of(corner(), format="WEBP", xmp=xmp)).creator is None


def test_a_rendition_says_who_took_the_photo_and_not_where() -> None:
    with_place = exif(Artist="Gia Huy")
    with_place.get_ifd(0x8825).update({1: "N", 2: (10.0, 46.0, 0.0), 3: "E", 4: (106.0, 42.0, 0.0)})
    xmp = XMP.format(more='xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="10,46N"').encode()
    data = file_of(corner(), format="JPEG", exif=with_place, xmp=xmp)
    assert inspected(data).tells_place

    for one, file in encoded(data, "Somebody else"):
        image = opened(file)
        said = metadata_of(image)
        assert (said.creator, said.credit, said.copyright) == ("Gia Huy, Mai Vân", "VGP", "© VGP 2025"), one
        assert not said.tells_place
        assert b"GPS" not in file
        assert not image.getexif()


def test_the_articles_credit_goes_with_a_photo_that_names_nobody() -> None:
    for one, file in encoded(photo(), "VGP/Gia <Huy> & con"):
        assert metadata_of(opened(file)).credit == "VGP/Gia <Huy> & con", one
    for _, file in encoded(photo(), None):
        assert b"xpacket" not in file


# ---- what can't be shown


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a size and has next to nothing in it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(1000))), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no photo of a kind that can be read"),
        (b"hello", "no photo of a kind that can be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no photo of a kind that can be read"),
        (file_of(corner((3000, 2000)), format="JPEG")[:15_000], "cut short"),
        (file_of(Image.effect_noise((300, 200), 90))[:9_000], "cut short"),
        (bomb(60_000, 60_000), "more pixels than any camera"),
        (bomb(13_000, 13_000), "169 megapixels"),
        (b"\xff\xd8\xff\xe0" + bytes(5000), "no photo of a kind that can be read"),
    ],
    ids=["empty", "text", "SVG", "JPEG cut short", "PNG cut short", "bomb", "too large", "zeros"],
)
def test_what_is_no_photo_is_told_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePhotoError, match=reason):
        inspected(data)


def test_a_photo_of_a_hundred_megapixels_is_fine() -> None:
    data = file_of(Image.new("RGB", (11_648, 8_736), BLUE), format="JPEG")

    found = inspected(data)

    assert (found.width, found.height, found.tint) == (11_648, 8_736, tint_of(*BLUE))
    assert jpeg_of(data).size == (1280, 960)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_photo_is_shown_or_refused_and_nothing_else(seed: int) -> None:
    data = bytearray(file_of(corner(), format=("JPEG", "PNG", "WEBP", "GIF", "TIFF")[seed % 5], xmp=b"<x/>" * 9))
    for step in range(1, 9):
        data[(seed * 7919 * step) % len(data)] ^= 1 << (seed + step) % 8
    try:
        found = inspected(bytes(data))
    except UnreadablePhotoError:
        return

    assert isinstance(found, PhotoFile)
    try:
        assert list(encoded(bytes(data), None))
    except UnreadablePhotoError:
        pytest.fail("it was looked at and found to be well")


# ---- its colour


def test_a_tint_is_the_most_frequent_colour() -> None:
    image = Image.new("RGB", (100, 100), BLUE)
    image.paste(RED, (0, 0, 40, 100))

    assert inspected(file_of(image)).tint == tint_of(*BLUE)
    assert colour_of(tint_of(33, 90, 212)) == "#205cd4"
