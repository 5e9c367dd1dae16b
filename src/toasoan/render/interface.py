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

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from toasoan.diagnostics import Location, Report
from toasoan.portal_folders import SETTINGS_FILE

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


def read_interfaces(languages: Iterable[str], folders: Iterable[Path], report: Report) -> Mapping[str, Interface]:
    """The interface of each language, looked for in `folders` in turn; what is missing stands in the report."""
    places = tuple(folders)
    wanted = _source_messages(places)
    interfaces = {}
    for language in languages:
        interface = _read_interface(language, places, wanted, report)
        if interface is not None:
            interfaces[language] = interface
    return interfaces


def _source_messages(folders: Iterable[Path]) -> tuple[Message, ...]:
    for folder in folders:
        if (folder / SOURCE_TEXTS).is_file():
            with (folder / SOURCE_TEXTS).open("rb") as file:
                return tuple(message for message in read_po(file) if message.id)
    return ()


def _read_interface(
    language: str, folders: tuple[Path, ...], wanted: tuple[Message, ...], report: Report
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
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, abort_invalid=True)
        compiled = _compiled(catalog)
    except (PoFileError, ValueError) as error:
        report.error("broken-translation", f"the translation can't be read: {error}", Location(path.as_posix()))
        return None
    for missing in _untranslated(catalog, wanted):
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
    return Interface(language, compiled, hashlib.sha256(path.read_bytes()).hexdigest())


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


def _compiled(catalog: Catalog) -> gettext.NullTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
