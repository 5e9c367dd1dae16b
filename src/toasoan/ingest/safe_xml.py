"""XML of strangers, read record by record: no network, no entities of its own, no more than one record in memory.

Entities that a document declares itself serve nothing but attacks in feeds and exports ("billion laughs"), so such a
document is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from lxml import etree

LARGEST_RECORD = 32 * 1024 * 1024
"""Bytes of an export that are read without one record's coming to its end."""

MOST_SAID = 200
"""Values above the records that are kept."""


class BrokenXmlError(ValueError):
    """The document can't be read further; what was read before stands."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line
        """1-based; 0 where it isn't known."""


class EntitiesError(BrokenXmlError):
    """The document declares entities of its own."""


@dataclass(slots=True)
class Record:
    """A record of a document: an item, an entry, a newsItem."""

    element: etree._Element
    said: Mapping[str, str] = field(default_factory=dict)
    """What elements outside of records say, by local name: the title of the channel, its language."""


def records_of(stream: BinaryIO, names: Container[str], collected: Container[str] = ()) -> Iterator[Record]:
    """The elements of these local names, each as soon as it is whole; do not keep them.

    Elements in `collected` are records as well, wherever they stand outside of others. Raises BrokenXmlError where
    the document ends to be readable.
    """
    bounded = _Bounded(stream)
    said: dict[str, str] = {}
    inside: etree._Element | None = None
    seen_root = False
    try:
        events = etree.iterparse(
            cast(BinaryIO, bounded),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in events:
            if not seen_root:
                seen_root = True
                _refuse_entities(element)
                said |= {f"@{_local(key)}": value for key, value in element.attrib.items()}
            name = _local(element.tag)
            if event == "start":
                if inside is None and (name in names or name in collected):
                    inside = element
            elif inside is not None and element is inside:
                inside = None
                yield Record(element, said)
                bounded.since = 0
                _forget(element)
            elif inside is None and element.getparent() is not None:
                if len(said) < MOST_SAID and name not in said and element.text and element.text.strip():
                    said[name] = element.text.strip()[:2000]
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise BrokenXmlError(error.msg or "it is not well-formed", error.lineno or 0) from None
    except (ValueError, LookupError) as error:
        if isinstance(error, BrokenXmlError):
            raise
        raise BrokenXmlError(str(error)) from None


class _Bounded:
    """A stream that gives up when a record doesn't end."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size if 0 < size <= 65536 else 65536)
        self.since += len(data)
        if self.since > LARGEST_RECORD:
            raise BrokenXmlError(f"one article of it is larger than {LARGEST_RECORD // 1024 // 1024} MB")
        return data


def _refuse_entities(root: etree._Element) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and getattr(dtd, "entities", tuple)():
        raise EntitiesError("it declares entities of its own")


def _forget(element: etree._Element) -> None:
    """Free an element, and those before it beside it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def line_of(element: etree._Element) -> int:
    """The line on which an element stands, 1-based; 0 where it isn't known."""
    line: object = getattr(element, "sourceline", 0)
    return line if isinstance(line, int) else 0


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
