"""Bytes of strangers into text: UTF-8, what a byte order mark or a declaration says, else a guess that proves itself.

A guess counts only if the text then reads as a language that import knows: windows-1251 gives letters to any bytes,
but no words.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.ingest.language_detection import detect_language
from toasoan.ingest.words import LanguageWords

SAMPLE = 20_000

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}encoding\s{0,5}=\s{0,5}["']([\w.:-]{2,40})["']""")
_WRITTEN = re.compile(
    r"cp(?:125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)|gb2312|gbk|gb18030|big5(?:hkscs)?"
    r"|euc_(?:jp|kr)|shift_jis|iso2022_jp|tis-620|utf-16(?:-[lb]e)?"
)
"""Encodings in which pages are written; Python knows others, which are none of texts."""

_GUESSES = (("windows-1251", ("CYRILLIC",)), ("windows-1258", ("LATIN",)))
_AS_BROWSERS_READ = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252"}
"""encoding.spec.whatwg.org, section 4.2: what pages call so is the larger set."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was written."""

    text: str
    encoding: str = "utf-8"
    is_guess: bool = False


def decoded_text(data: bytes, languages: Mapping[str, LanguageWords]) -> Decoded:
    """The text of a raw file. Raises NotUtf8Error if it is in no encoding that can be told."""
    try:
        if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not looks_like_utf16(data):
            return Decoded(decode_utf8(data))
    except NotUtf8Error as error:
        guessed = _guessed(data, languages)
        if guessed is None:
            raise error from None
        return guessed
    return _from_utf16(data, languages)


def decoded_page(data: bytes, languages: Mapping[str, LanguageWords]) -> Decoded:
    """The text of an HTML page, by mark, declaration, UTF-8 or guess. Raises NotUtf8Error if none of them fits."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(_lines(data[len(mark) :].decode(encoding, "replace")), encoding)
    declared = _DECLARED.search(data[:4096]) or _XML_DECLARED.search(data[:200])
    try:
        return Decoded(decode_utf8(data))
    except NotUtf8Error as error:
        if declared and (text := _as_declared(data, declared[1].decode("ascii").lower())):
            return text
        guessed = _guessed(data, languages)
        if guessed is None:
            raise error from None
        return guessed


def looks_like_utf16(data: bytes) -> bool:
    """Whether every second byte of the beginning is mostly zero: Latin letters in UTF-16 without a mark."""
    return _order(data) is not None


def _order(data: bytes) -> str | None:
    sample = data[:2000]
    half = len(sample) // 2
    if half < 20:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else None


def _from_utf16(data: bytes, languages: Mapping[str, LanguageWords]) -> Decoded:
    encoding = _order(data)
    for mark, named in _BOMS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], named
    try:
        text = data.decode(encoding or "utf-16-le")
    except UnicodeDecodeError:
        raise NotUtf8Error(1, 0) from None
    if detect_language(text[:SAMPLE], languages) is None:
        raise NotUtf8Error(1, 0)
    return Decoded(_lines(text), "utf-16", is_guess=True)


def _as_declared(data: bytes, label: str) -> Decoded | None:
    label = _AS_BROWSERS_READ.get(label, label)
    try:
        if not _WRITTEN.fullmatch(codecs.lookup(label).name):
            return None
        text = data.decode(label)
    except (LookupError, UnicodeError, ValueError, AttributeError):
        return None
    return Decoded(_lines(unicodedata.normalize("NFC", text)), label)


def _guessed(data: bytes, languages: Mapping[str, LanguageWords]) -> Decoded | None:
    """The text in the one legacy encoding in which it reads as a language of the encoding's script."""
    for encoding, scripts in _GUESSES:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") > len(text) // 1000:
            continue
        text = unicodedata.normalize("NFC", text)
        detected = detect_language(text[:SAMPLE], languages)
        if detected is None or not set(scripts) & set(languages[detected.tag].detection.scripts):
            continue
        if encoding != "windows-1258" or detected.tag == "vi":
            return Decoded(_lines(text), encoding, is_guess=True)
    return None


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
