"""Files that go to translators and come back: XLIFF 2 and PO. The one door to translate-toolkit."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toasoan.encoding import without_controls


class ExchangeFormat(StrEnum):
    """What a file for translators is."""

    XLIFF = "xliff"
    PO = "po"

    @property
    def ending(self) -> str:
        """Of the names of its files."""
        return ".xlf" if self is ExchangeFormat.XLIFF else ".po"


class NotReadableError(Exception):
    """A file is no XLIFF 2 or PO file of this program's; says why."""


class ToolkitMissingError(Exception):
    """translate-toolkit is not installed."""


@dataclass(frozen=True, slots=True)
class ExchangedPart:
    """A part of an article, with its translation if there is one."""

    key: str
    source: str
    target: str = ""
    note: str = ""
    """What it is, for the translator."""

    is_final: bool = True
    """Whether the translation is said to be good; old words are given as a proposal."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What goes to a translator: one article."""

    original: str
    """Its file, relative to the portal's root."""

    language: str
    into: str
    parts: tuple[ExchangedPart, ...]


def must_have_toolkit() -> None:
    """Raise ToolkitMissingError if translate-toolkit is not there."""
    if importlib.util.find_spec("translate") is None:
        raise ToolkitMissingError


def written(exchange: Exchange, as_: ExchangeFormat) -> bytes:
    """A file for a translator."""
    return _xliff(exchange) if as_ is ExchangeFormat.XLIFF else _po(exchange)


def read_exchange(data: bytes) -> Exchange:
    """What came back from a translator. Raises NotReadableError."""
    try:
        return _read_xliff(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _read_po(data)
    except NotReadableError:
        raise
    except Exception as error:  # the library raises whatever its own libraries do
        raise NotReadableError(str(error) or type(error).__name__) from error


# ---- XLIFF 2 (OASIS, XLIFF Version 2.0, 2014)


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _xliff(exchange: Exchange) -> bytes:
    from translate.storage.xliff2 import Xliff2File, Xliff2Unit

    store: Any = Xliff2File()
    store.setsourcelanguage(exchange.language)
    store.settargetlanguage(exchange.into)
    store.body.set("original", exchange.original)
    for part in exchange.parts:
        unit: Any = Xliff2Unit(without_controls(part.source))
        if part.target:
            unit.target = without_controls(part.target)
        unit.xmlelement.set("state", _state_of(part))
        store.addunit(unit)
        unit.setid(part.key)
        _put_in_order(unit, part.note)
    return bytes(store)


def _state_of(part: ExchangedPart) -> str:
    return "translated" if part.target and part.is_final else "initial"


def _put_in_order(unit: Any, note: str) -> None:
    """Notes and the keeping of blanks belong to a unit, not to its segment, where the library puts them."""
    around = unit.getunitelement()
    around.set(_SPACE, unit.xmlelement.attrib.pop(_SPACE))
    if note:
        notes, words = (around.makeelement(unit.namespaced(name)) for name in ("notes", "note"))
        words.text = note
        notes.append(words)
        around.insert(0, notes)


def _read_xliff(data: bytes) -> Exchange:
    from translate.storage.xliff2 import Xliff2File

    _refuse_entities(data)
    reader: Any = Xliff2File
    store = reader.parsestring(data)
    original, into = store.body.get("original"), store.gettargetlanguage()
    if not original or not into:
        raise NotReadableError("it does not say which article it belongs to, or into which language it is")
    return Exchange(original, store.getsourcelanguage(), into, tuple(_units_of(store.units)))


def _units_of(units: Sequence[Any]) -> Iterator[ExchangedPart]:
    """The parts; a unit that a tool has cut into segments is put together again."""
    by_key: dict[str, list[Any]] = {}
    for unit in units:
        by_key.setdefault(unit.getid().partition("::")[0], []).append(unit)
    for key, segments in by_key.items():
        source = "".join(_text(it.source) for it in segments)
        targets = [_text(it.target) for it in segments]
        is_whole = all(target or not _text(it.source).strip() for it, target in zip(segments, targets, strict=True))
        is_final = not any(it.isfuzzy() for it in segments)
        yield ExchangedPart(key, source, "".join(targets) if is_whole else "", "", is_final)


def _text(words: object) -> str:
    return "" if words is None else str(words)


def _refuse_entities(data: bytes) -> None:
    """No tool needs declarations of entities in such files, and they can fill a machine's memory."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotReadableError("it has a document type declaration, which no XLIFF file needs")


# ---- PO (GNU gettext)

_ARTICLE, _LANGUAGE = "X-Article", "X-Source-Language"


def _po(exchange: Exchange) -> bytes:
    from translate.storage.pypo import pofile, pounit

    store: Any = pofile()
    store.updateheader(
        add=True,
        Content_Type="text/plain; charset=UTF-8",
        Content_Transfer_Encoding="8bit",
        Language=exchange.into,
        **{_ARTICLE: exchange.original, _LANGUAGE: exchange.language},
    )
    for part in exchange.parts:
        unit: Any = pounit(without_controls(part.source))
        unit.setcontext(part.key)
        if part.target:
            unit.target = without_controls(part.target)
            unit.markfuzzy(not part.is_final)
        if part.note:
            unit.addnote(part.note, origin="developer")
        store.addunit(unit)
    return bytes(store)


def _read_po(data: bytes) -> Exchange:
    from translate.storage.pypo import pofile

    reader: Any = pofile
    store = reader.parsestring(data)
    header = store.parseheader()
    original, language, into = header.get(_ARTICLE), header.get(_LANGUAGE), header.get("Language")
    if not original or not language or not into:
        raise NotReadableError(f"its head has no {_ARTICLE}, {_LANGUAGE} or Language")
    parts = tuple(
        ExchangedPart(unit.getcontext(), _text(unit.source), _text(unit.target), "", not unit.isfuzzy())
        for unit in store.units
        if not unit.isheader() and not unit.isobsolete()
    )
    return Exchange(original, language, into, parts)
