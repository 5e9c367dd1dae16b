"""What a photograph's file says of its maker, in the three forms that cameras and agencies write.

The fields are those of the IPTC Photo Metadata Standard: Creator, Credit Line, Copyright Notice. They stand in XMP
(ISO 16684-1), in the older IPTC-IIM records, and the first and last of them in Exif too. Where several say something,
that order decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree
from PIL import Image, IptcImagePlugin
from PIL.ExifTags import IFD, Base
from PIL.ImageFile import ImageFile

LONGEST = 300
"""Characters of a field that are kept: more than that is no name."""

LARGEST_XMP = 1 << 20
"""Bytes of XMP that are read."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_EXIF = "http://ns.adobe.com/exif/1.0/"

_IIM_CREATOR, _IIM_CREDIT, _IIM_COPYRIGHT = (2, 80), (2, 110), (2, 116)
_IIM_CHARACTERS = (1, 90)
_UTF_8 = b"\x1b%G"
"""How an IIM record says that its texts are in UTF-8 (ISO 2022)."""


@dataclass(frozen=True, slots=True)
class PhotoMetadata:
    """What a file says; None for what it does not say."""

    creator: str | None = None
    credit: str | None = None
    copyright: str | None = None
    tells_place: bool = False


def metadata_of(image: Image.Image) -> PhotoMetadata:
    """What an opened image says of itself. Broken metadata say nothing."""
    said = [_read(read, image) for read in (_of_xmp, _of_iim, _of_exif)]
    return PhotoMetadata(
        creator=next((one.creator for one in said if one.creator), None),
        credit=next((one.credit for one in said if one.credit), None),
        copyright=next((one.copyright for one in said if one.copyright), None),
        tells_place=any(one.tells_place for one in said),
    )


def xmp_of(metadata: PhotoMetadata) -> bytes:
    """An XMP packet that says this and nothing else; empty where there is nothing to say."""
    fields = [
        (f"<dc:creator><rdf:Seq><rdf:li>{escape(metadata.creator)}</rdf:li></rdf:Seq></dc:creator>")
        if metadata.creator
        else "",
        f"<photoshop:Credit>{escape(metadata.credit)}</photoshop:Credit>" if metadata.credit else "",
        (
            '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">'
            f"{escape(metadata.copyright)}</rdf:li></rdf:Alt></dc:rights>"
        )
        if metadata.copyright
        else "",
    ]
    if not any(fields):
        return b""
    # The identifier and the marks around a packet are those of ISO 16684-1, 7.3.2.
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
        f'<rdf:Description rdf:about="" xmlns:dc="{_DC}" xmlns:photoshop="{_PHOTOSHOP}">{"".join(fields)}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _read(read: Callable[[Image.Image], PhotoMetadata], image: Image.Image) -> PhotoMetadata:
    try:
        return read(image)
    except Exception:  # a library that trips over broken metadata says nothing of the photograph
        return PhotoMetadata()


def _of_xmp(image: Image.Image) -> PhotoMetadata:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    data = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not data or len(data) > LARGEST_XMP:
        return PhotoMetadata()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data.strip(b"\0 \r\n\t"), parser)
    return PhotoMetadata(
        creator=_joined(_list(root, _DC, "creator")),
        credit=_text(_simple(root, _PHOTOSHOP, "Credit")),
        copyright=_text(next(_list(root, _DC, "rights"), None)),
        tells_place=_simple(root, _EXIF, "GPSLatitude") is not None,
    )


def _simple(root: etree._Element, space: str, name: str) -> str | None:
    """A property, which may be written as an element or as an attribute."""
    element = next(root.iter(f"{{{space}}}{name}"), None)
    if element is not None:
        return element.text
    holders = (one.get(f"{{{space}}}{name}") for one in root.iter(f"{{{_RDF}}}Description"))
    return next((value for value in holders if value), None)


def _list(root: etree._Element, space: str, name: str) -> Iterator[str]:
    for element in root.iter(f"{{{space}}}{name}"):
        for item in element.iter(f"{{{_RDF}}}li"):
            if item.text and item.text.strip():
                yield item.text


def _of_iim(image: Image.Image) -> PhotoMetadata:
    records = (IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile) else None) or {}
    is_utf_8 = _UTF_8 in _bytes_of(records.get(_IIM_CHARACTERS))

    def texts(key: tuple[int, int]) -> Iterator[str]:
        found = records.get(key)
        for data in found if isinstance(found, list) else [found]:
            if data:
                yield _iim_text(bytes(data), is_utf_8)

    return PhotoMetadata(
        creator=_joined(texts(_IIM_CREATOR)),
        credit=_text(next(texts(_IIM_CREDIT), None)),
        copyright=_text(next(texts(_IIM_COPYRIGHT), None)),
    )


def _bytes_of(found: object) -> bytes:
    return found if isinstance(found, bytes) else b""


def _iim_text(data: bytes, is_utf_8: bool) -> str:
    """Many programs write UTF-8 without saying so; what is none is in Windows' Latin letters."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8" if is_utf_8 else "cp1252", "replace")


def _of_exif(image: Image.Image) -> PhotoMetadata:
    exif = image.getexif()
    return PhotoMetadata(
        creator=_text(_exif_text(exif.get(Base.Artist))),
        copyright=_text(_exif_text(exif.get(Base.Copyright))),
        tells_place=bool(exif.get_ifd(IFD.GPSInfo)),
    )


def _exif_text(value: object) -> str | None:
    """Exif texts are ASCII by the book; Pillow reads them as Latin-1, and cameras write UTF-8."""
    if not isinstance(value, str):
        return None
    try:
        return value.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value


def _joined(texts: Iterator[str]) -> str | None:
    return _text(", ".join(dict.fromkeys(text.strip() for text in texts if text.strip())))


def _text(text: str | None) -> str | None:
    """A field in one line without control characters; None for nothing."""
    if not text:
        return None
    line = " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
    return line[:LONGEST].strip() or None
