"""Single articles' files: read within bounds, and decoded."""

from __future__ import annotations

import codecs

from toasoan.diagnostics import Location, Report
from toasoan.encoding import NotUtf8Error
from toasoan.ingest.decoding import Decoded, decoded_page, decoded_text
from toasoan.ingest.import_source import UNREADABLE, ImportSource, reason_of
from toasoan.ingest.words import Words

LARGEST = 8 * 1024 * 1024
"""Bytes of a single article's file that is read."""

MOST_LINES = 50_000
"""An article has some hundred lines; a file of more than these is something else."""


def read_bytes(source: ImportSource, report: Report) -> bytes | None:
    """A source's bytes; None if they are too many or can't be read, which then stands in the report."""
    if source.size > LARGEST:
        _tell_huge(source, report)
        return None
    try:
        with source.open() as stream:
            data = stream.read(LARGEST + 1)
    except UNREADABLE as error:
        report.error("unreadable-source", f"the file can't be read: {reason_of(error)}", source.location)
        return None
    if len(data) > LARGEST:
        _tell_huge(source, report)
        return None
    return data


def read_text(data: bytes, source: ImportSource, words: Words, report: Report) -> str | None:
    """A raw file's text; None if it can't be an article's, which then stands in the report."""
    try:
        decoded = decoded_text(data, words.languages)
    except NotUtf8Error as error:
        _tell_encoding(error, data, source, report)
        return None
    _tell_guess(decoded, source, report)
    if not decoded.text.strip():
        report.error("empty-source", "the file is empty", source.location, "leave it out, or fetch the page again")
    elif "\0" in decoded.text:
        _tell_zeros(source, report)
    elif decoded.text.count("\n") > MOST_LINES:
        report.error(
            "huge-source",
            f"the file has more than {MOST_LINES} lines, so it isn't read",
            source.location,
            "import one article per file",
        )
    else:
        return decoded.text
    return None


def read_page(data: bytes, source: ImportSource, words: Words, report: Report) -> str | None:
    """A saved page's markup; None if it is in no encoding that can be told, which then stands in the report."""
    try:
        decoded = decoded_page(data, words.languages)
    except NotUtf8Error as error:
        _tell_encoding(error, data, source, report)
        return None
    _tell_guess(decoded, source, report)
    return decoded.text


def _tell_huge(source: ImportSource, report: Report) -> None:
    report.error(
        "huge-source",
        f"the file is larger than {LARGEST // 1024 // 1024} MB, so it isn't read",
        source.location,
        "import one article per file",
    )


def _tell_zeros(source: ImportSource, report: Report) -> None:
    report.error("binary-source", "the file is no text: it holds zero bytes", source.location, "leave it out")


def _tell_encoding(error: NotUtf8Error, data: bytes, source: ImportSource, report: Report) -> None:
    if b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _tell_zeros(source, report)
        return
    report.error(
        "not-utf8",
        f"the file is not UTF-8: byte {error.offset} is wrong",
        Location(source.location.path, error.line),
        "save it as UTF-8 in your editor",
    )


def _tell_guess(decoded: Decoded, source: ImportSource, report: Report) -> None:
    if decoded.is_guess:
        report.warning(
            "guessed-encoding",
            f"the file is not UTF-8; it was read as {decoded.encoding}, in which it makes sense",
            source.location,
            "look at the article's letters, or save the file as UTF-8 and import it again",
        )
