"""The words of the interface in each language, from gettext's .po files.

A page is never half translated: a text that a language lacks is a mistake that stops the build.
"""

from __future__ import annotations

import gettext
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from toasoan.diagnostics import Location, Report
from toasoan.portal_folders import SETTINGS_FILE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

SOURCE_LANGUAGE = "en"
"""The language in which templates have their texts: it needs no file."""

LOCALE_FOLDER = "locale"
"""Below a templates folder; a portal's own files in `site/templates/locale/` come before the theme's."""

_VALUE = re.compile(r"%(?!%)(?:\(\w*\)?[a-z]?|.?)")

SOURCE_TEXTS = "messages.pot"
"""All texts of the theme's templates."""


@dataclass(frozen=True, slots=True)
class Interface:
    """The texts of one language."""

    language: str
    translations: gettext.NullTranslations
    digest: str = ""
    """Of its file."""

    def text(self, english: str) -> str:
        """What an English text is in this language."""
        return self.translations.gettext(english)

    def plural(self, one: str, many: str, count: int) -> str:
        """The form of a text that goes with a number, by the language's own rule."""
        return self.translations.ngettext(one, many, count)


class Compiled(Protocol):
    """Where translations are kept in gettext's form, so that those without mistakes are not parsed each time."""

    def get(self, name: str) -> bytes | None:
        """What is kept under a name; None if nothing is."""

    def put(self, name: str, data: bytes) -> None:
        """Keep something under a name."""


def read_interfaces(
    languages: Iterable[str], folders: Iterable[Path], report: Report, compiled: Compiled | None = None
) -> Mapping[str, Interface]:
    """The interface of each language, looked for in `folders` in turn; what is missing stands in the report."""
    places = tuple(folders)
    texts = next((path for folder in places if (path := folder / SOURCE_TEXTS).is_file()), None)
    source = texts.read_bytes() if texts else b""
    interfaces = {}
    for language in languages:
        interface = _read_interface(language, places, source, report, compiled)
        if interface is not None:
            interfaces[language] = interface
    return interfaces


def _source_messages(source: bytes) -> tuple[Message, ...]:
    from babel.messages.pofile import read_po

    return tuple(message for message in read_po(BytesIO(source)) if message.id)


def _read_interface(
    language: str, folders: tuple[Path, ...], source: bytes, report: Report, compiled: Compiled | None
) -> Interface | None:
    path = next((folder / f"{language}.po" for folder in folders if (folder / f"{language}.po").is_file()), None)
    if path is None:
        if language == SOURCE_LANGUAGE:
            return Interface(language, gettext.NullTranslations())
        report.error(
            "no-interface",
            f"the interface has not been translated into {language!r}",
            Location(SETTINGS_FILE),
            f"put a translation of the theme's {SOURCE_TEXTS} at site/templates/locale/{language}.po, "
            "or leave the language out",
        )
        return None
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    parts = hashlib.sha256(source).digest() + bytes.fromhex(digest)
    name = f"{LOCALE_FOLDER}/{language}"
    kept = compiled.get(name) if compiled is not None else None
    if kept is not None and kept.startswith(parts):
        return Interface(language, gettext.GNUTranslations(BytesIO(kept[len(parts) :])), digest)
    told = Report()
    mo = _checked_and_compiled(language, path, data, source, told)
    report.take_over(told)
    if mo is None:
        return None
    if compiled is not None and not len(told):
        compiled.put(name, parts + mo)
    return Interface(language, gettext.GNUTranslations(BytesIO(mo)), digest)


def _checked_and_compiled(language: str, path: Path, data: bytes, source: bytes, report: Report) -> bytes | None:
    """A translation in gettext's form; None if it can't be read. What is wrong with it stands in the report."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    mo = BytesIO()
    try:
        catalog = read_po(BytesIO(data), locale=language, abort_invalid=True)
        write_mo(mo, catalog)
        gettext.GNUTranslations(BytesIO(mo.getvalue()))  # raises ValueError for an impossible rule of plurals
    except (PoFileError, ValueError) as error:
        report.error("broken-translation", f"the translation can't be read: {error}", Location(path.as_posix()))
        return None
    for missing in _untranslated(catalog, _source_messages(source)):
        report.error(
            "untranslated-text",
            f"the interface text {missing!r} has no translation into {language!r}",
            Location(path.as_posix()),
            "translate it in this file",
        )
    for message in catalog:
        for unknown in _unknown_values(message):
            report.error(
                "broken-translation",
                f"a translation of {_english(message)!r} has {unknown}, which the English text has not",
                Location(path.as_posix()),
                "write it as in the English text",
            )
    return mo.getvalue()


def _untranslated(catalog: Catalog, wanted: Iterable[Message]) -> Iterator[str]:
    for message in wanted:
        translated = catalog.get(message.id)
        forms = translated.string if translated is not None else ""
        complete = all(forms) if isinstance(forms, tuple) else bool(forms)
        if not complete or translated is None or translated.fuzzy:
            yield _english(message)


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _unknown_values(message: Message) -> Iterator[str]:
    """Places for values in a translation that would be filled with nothing: "%(cuont)s"."""
    if not message.id:
        return
    source = message.id if isinstance(message.id, str) else " ".join(message.id)
    known = set(_VALUE.findall(source))
    forms = (message.string,) if isinstance(message.string, str) else message.string or ()
    for form in forms:
        yield from (value for value in _VALUE.findall(form) if known and value not in known)
