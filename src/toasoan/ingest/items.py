"""The items of a source, by the reader of its format; what can't be read stands in the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from toasoan.diagnostics import Location, Report
from toasoan.encoding import NotUtf8Error
from toasoan.ingest.decoding import decoded_page
from toasoan.ingest.formats import Format
from toasoan.ingest.import_source import UNREADABLE, ImportSource, reason_of
from toasoan.ingest.item import Item
from toasoan.ingest.ledger import fingerprint
from toasoan.ingest.raw_files import read_bytes, read_page, read_text
from toasoan.ingest.words import Words


def items_of(source: ImportSource, words: Words, report: Report) -> Iterator[Item]:
    """The articles of a source, one at a time."""
    try:
        form = source.format()
    except UNREADABLE as error:
        report.error("unreadable-source", f"the file can't be read: {reason_of(error)}", source.location)
        return
    match form:
        case Format.RSS | Format.ATOM | Format.WORDPRESS | Format.NEWSML:
            yield from _from_xml(source, form, report)
        case Format.JSON:
            yield from _from_json(source, words, report)
        case Format.HTML:
            yield from _from_html(source, words, report)
        case Format.TEXT:
            data = read_bytes(source, report)
            text = read_text(data, source, words, report) if data is not None else None
            if data is not None and text is not None:
                yield Item(source.name, source.location, fingerprint(data), text)
        case Format.OTHER_XML:
            report.error(
                "unknown-source-format",
                "the file is XML of a kind that import doesn't read",
                source.location,
                "it reads RSS, Atom, WordPress exports and NewsML-G2",
            )
        case _:
            report.error("binary-source", "the file is no text", source.location, "leave it out")


def _from_xml(source: ImportSource, form: Format, report: Report) -> Iterator[Item]:
    # lxml is loaded only by those who have something for it.
    from toasoan.ingest.readers.feed import read_atom, read_rss
    from toasoan.ingest.readers.newsml import read_newsml
    from toasoan.ingest.readers.wordpress import read_wordpress
    from toasoan.ingest.safe_xml import BrokenXmlError, EntitiesError

    count = 0
    try:
        if form is Format.WORDPRESS:
            items = read_wordpress(source.open, source.name, source.location)
        elif form is Format.NEWSML:
            items = read_newsml(source.open, source.name, source.location)
        else:
            items = _with_stream(source, read_rss if form is Format.RSS else read_atom)
        for item in items:
            count += 1
            yield item
    except EntitiesError:
        report.error(
            "entities-in-source",
            "the XML declares entities of its own, so nothing of it is read",
            source.location,
            "feeds and exports have no use for them: ask where the file is from",
        )
        return
    except BrokenXmlError as error:
        report.error(
            "broken-source",
            f"the source is damaged: {error}",
            Location(source.location.path, error.line),
            "what stands before this place was read; fetch or export it again",
        )
        return
    except UNREADABLE as error:
        report.error("unreadable-source", f"the file can't be read: {reason_of(error)}", source.location)
        return
    if not count:
        report.error("empty-source", "the file holds no articles", source.location, "fetch or export it again")


def _with_stream(source: ImportSource, read: Callable[[BinaryIO, str, Location], Iterator[Item]]) -> Iterator[Item]:
    with source.open() as stream:
        yield from read(stream, source.name, source.location)


def _from_json(source: ImportSource, words: Words, report: Report) -> Iterator[Item]:
    from toasoan.ingest.readers.ninjs import NotNinjsError, read_ninjs

    data = read_bytes(source, report)
    if data is None:
        return
    try:
        text = decoded_page(data, words.languages).text
        yield from read_ninjs(text, source.name, source.location, fingerprint(data))
    except (NotNinjsError, NotUtf8Error) as error:
        report.error(
            "unknown-source-format",
            f"the file can't be read as ninjs: {error}",
            source.location,
            "of JSON, import reads ninjs alone",
        )


def _from_html(source: ImportSource, words: Words, report: Report) -> Iterator[Item]:
    from toasoan.ingest.readers.html_page import read_html

    data = read_bytes(source, report)
    text = read_page(data, source, words, report) if data is not None else None
    if data is None or text is None:
        return
    page = read_html(text, source.address)
    if page is None:
        report.error("empty-source", "the file is empty", source.location, "leave it out, or fetch the page again")
        return
    yield Item(source.name, source.location, fingerprint(data), page)
