"""`toasoan translations`: what is missing and stale, what differs, and the way to translators and back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from toasoan.config import Config, read_config
from toasoan.content.articles import in_nfc
from toasoan.content.front_matter import read_document
from toasoan.content.front_matter_edit import NotEditableError, edited
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.files import write_text
from toasoan.model.article import Article, Status, Translation
from toasoan.terminal import Terminal
from toasoan.translations.beginning import path_of_translation, story_to_name
from toasoan.translations.comparison import VersionText, changes_of_original, told_of_change
from toasoan.translations.exchange import (
    Exchange,
    ExchangedPart,
    ExchangeFormat,
    NotReadableError,
    must_have_toolkit,
    read_exchange,
    written,
)
from toasoan.translations.families import Coverage, Family, coverage
from toasoan.translations.overview import (
    StaleTranslation,
    all_discrepancies,
    read_families,
    read_version,
    stale_translations,
)
from toasoan.translations.parts import name_of, parts_of
from toasoan.translations.staleness import Change, as_table, record_of
from toasoan.translations.taking_back import WouldLoseTextError, counterparts, is_draft, translated
from toasoan.translations.terms import read_terms

DEFAULT_FOLDER = Path("translations")
LONGEST = 16 << 20
"""Bytes of a translator's file that are read at most."""


class ImpossibleTaskError(Exception):
    """What was asked for can't be done; nothing was written."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def look_after_translations(options: argparse.Namespace, terminal: Terminal, report: Report) -> None:
    """Carry out `toasoan translations`. Raises ImpossibleTaskError, ToolkitMissingError."""
    config = read_config(options.root, report)
    if config is None:
        terminal.tell(report)
        terminal.result({}, report)
        return
    if options.language is not None and options.language not in config.languages:
        hint = did_you_mean(options.language, config.languages) or f"it has {', '.join(config.languages)}"
        raise ImpossibleTaskError(f"this portal has no language {options.language!r}", hint)
    if options.action in ("export", "take"):
        must_have_toolkit()
    found = read_families(options.root, config, options.jobs, report)
    command = _Command(options, config, found, terminal, report)
    match options.action:
        case "status":
            command.tell_status()
        case "check":
            command.tell_discrepancies()
        case "export":
            command.export()
        case "take":
            command.take()
        case _:
            command.note_as_done()


class _Command:
    """What the command works with, whatever it is asked for."""

    def __init__(
        self, options: argparse.Namespace, config: Config, found: Sequence[Family], terminal: Terminal, report: Report
    ) -> None:
        self._options = options
        self._root: Path = options.root
        self._config = config
        self._families = found
        self._terminal = terminal
        self._report = report

    @property
    def _languages(self) -> tuple[str, ...]:
        wanted: str | None = self._options.language
        return (wanted,) if wanted else tuple(self._config.languages)

    # ---- what is there

    def tell_status(self) -> None:
        stale: dict[str, list[StaleTranslation]] = {}
        for it in stale_translations(self._root, self._families, self._options.jobs):
            stale.setdefault(it.article.language, []).append(it)
        found = coverage(self._families, self._config)
        for tag in self._languages:
            for it in stale.get(tag, ()):
                _tell_stale(it, self._report)
        self._terminal.tell(self._report)
        self._terminal.result(
            {
                "languages": {
                    tag: {
                        **_as_dict(found[tag].get("")),
                        "sections": {key: _as_dict(it) for key, it in found[tag].items() if key},
                        "stale": [_stale_as_dict(it) for it in stale.get(tag, ())],
                    }
                    for tag in self._languages
                }
            },
            self._report,
        )
        heads = ("language", "stories", "there", "original", "by machine", "drafts", "missing", "stale")
        self._terminal.table(heads, [self._row(tag, found[tag], len(stale.get(tag, ()))) for tag in self._languages])
        sections = [key for key in self._config.sections if any(key in found[tag] for tag in found)]
        if sections:
            main = self._config.main_language.tag
            names = [self._config.sections[key].names[main] for key in sections]
            rows = [
                (self._config.languages[tag].endonym, *(_share(found[tag].get(key)) for key in sections))
                for tag in self._languages
            ]
            self._terminal.table(("there of each section", *names), rows)

    def _row(self, tag: str, found: Mapping[str, Coverage], stale: int) -> tuple[str, ...]:
        whole = found.get("", Coverage(0, 0, 0, 0, 0))
        numbers = (whole.stories, whole.present, whole.original, whole.machine, whole.draft, whole.missing, stale)
        return self._config.languages[tag].endonym, *map(str, numbers)

    # ---- what differs

    def tell_discrepancies(self) -> None:
        terms = read_terms(self._root, tuple(self._config.languages), self._report)
        wanted = self._wanted() if self._options.what else self._families
        count = 0
        found = all_discrepancies(self._root, wanted, terms, frozenset(self._languages), self._options.jobs)
        for article, told in found:
            for fault in told:
                count += 1
                self._report.warning(fault.code, fault.message, Location(article.path, fault.line), fault.hint)
        self._terminal.tell(self._report)
        self._terminal.result({"discrepancies": count}, self._report)
        self._terminal.say(f"{count} places to look at" if count else "nothing to look at")

    # ---- to translators

    def export(self) -> None:
        language: str | None = self._options.language
        if language is None:
            raise ImpossibleTaskError("an export needs a language", "name it with --language")
        chosen = self._wanted() if self._options.what else self._in_need_of(language)
        made = []
        for family in chosen:
            exchange = self._exchange(family, language)
            if exchange is not None:
                as_ = ExchangeFormat(self._options.format)
                folder: Path = self._options.to or DEFAULT_FOLDER
                file = folder / language / f"{family.original.slug}{as_.ending}"
                write_text(file, written(exchange, as_).decode("utf-8"))
                made.append(file)
        self._terminal.tell(self._report)
        self._terminal.result({"files": [file.as_posix() for file in made]}, self._report)
        self._terminal.say(*map(str, made))
        self._terminal.say(
            f"{len(made)} files for translators" if made else "there is nothing to translate into this language"
        )

    def _in_need_of(self, language: str) -> Iterator[Family]:
        """The stories that readers see and that have no version in a language, or a stale one."""
        stale = {it.article.path for it in stale_translations(self._root, self._families, self._options.jobs)}
        for family in self._families:
            version = family.version_in(language)
            if family.original.status is Status.PUBLISHED and (version is None or version.path in stale):
                yield family

    def _exchange(self, family: Family, language: str) -> Exchange | None:
        original, own = read_version(self._root, family.original), family.version_in(language)
        if original is None or own is family.original:
            return None
        there = read_version(self._root, own) if own else None
        before = (
            counterparts(original.document, there.document, (original.article.language, language)) if there else {}
        )
        stale = _stale_keys(original, there)
        parts = tuple(
            ExchangedPart(part.key, part.words, before.get(part.key, ""), _note(part.key), part.key not in stale)
            for part in parts_of(original.document)
        )
        return Exchange(original.article.path, original.article.language, language, parts)

    # ---- and back

    def take(self) -> None:
        if not self._options.what:
            raise ImpossibleTaskError("nothing to take in", "name the files that came back")
        made = [path for name in self._options.what if (path := self._taken(Path(name))) is not None]
        self._terminal.tell(self._report)
        self._terminal.result({"files": made}, self._report)
        self._terminal.say(*made)

    def _taken(self, file: Path) -> str | None:
        try:
            if file.stat().st_size > LONGEST:
                raise NotReadableError(f"it has more than {LONGEST >> 20} MB")
            exchange = read_exchange(file.read_bytes())
        except (OSError, NotReadableError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self._report.error("broken-translation-file", f"it can't be taken in: {reason}", Location(str(file)))
            return None
        family = next((it for it in self._families if it.original.path == exchange.original), None)
        original = read_version(self._root, family.original) if family else None
        if family is None or original is None or exchange.into not in self._config.languages:
            message = f"the portal has no original {exchange.original}, or no language {exchange.into!r}"
            self._report.error("broken-translation-file", message, Location(str(file)))
            return None
        return self._put(file, exchange, family, original)

    def _put(self, file: Path, exchange: Exchange, family: Family, original: VersionText) -> str | None:
        own = family.version_in(exchange.into)
        path = own.path if own else path_of_translation(family.original, exchange.into)
        there = self._with_text(own) if own else None
        if (own is not None and there is None) or (own is None and (self._root / path).exists()):
            self._report.error("not-taken-in", "the file in its place can't be read", Location(path))
            return None
        origin = Translation.MACHINE if self._options.machine else Translation.HUMAN
        try:
            made = translated(exchange.parts, original.document, family.original, exchange.into, there, origin)
        except WouldLoseTextError as error:
            message = f"it has text that the original lacks; {file} would replace it"
            hint = "take that text out, or into the original, and run the command again"
            self._report.error("not-taken-in", message, Location(path, error.line), hint)
            return None
        except NotEditableError as error:
            self._report.error("not-taken-in", f"it can't be changed: {error}", Location(path))
            return None
        missing = ", ".join(name_of(part.key) for part in made.missing)
        if made.missing and there is not None and not is_draft(there[1]):
            message = f"readers see it, and there is no translation of {missing}"
            self._report.error("not-taken-in", message, Location(path), f"translate these in {file} too")
            return None
        if made.missing:
            message = f"there is no translation yet of {missing}: these stand in the words of the original"
            self._report.warning("incomplete-translation", message, Location(path))
        for part in made.outdated:
            message = f"{name_of(part.key)} of the original has changed since it went to the translator"
            self._report.warning("stale-translation", message, Location(path), f"see {family.original.path}")
        write_text(self._root / path, made.text)
        self._tie(family)
        return path

    def _with_text(self, article: Article) -> tuple[str, Any] | None:
        try:
            text = decode_utf8((self._root / article.path).read_bytes())
        except (OSError, NotUtf8Error):
            return None
        document = read_document(in_nfc(text.replace("\r\n", "\n")), article.path, Report())
        return None if document is None else (text, document)

    def _tie(self, family: Family) -> None:
        """Have the original name the story, so that both are known to be one."""
        original = family.original
        if original.named_story is None and len(family.versions) == 1:
            there = self._with_text(original)
            if there is not None:
                try:
                    write_text(self._root / original.path, edited(there[0], {("story",): story_to_name(original)}))
                except NotEditableError as error:
                    hint = f'add story: "{story_to_name(original)}" to its front matter'
                    self._report.warning("story-not-written", str(error), Location(original.path), hint)

    def note_as_done(self) -> None:
        """Note that translations are up to date with their originals as these are now."""
        if not self._options.what:
            raise ImpossibleTaskError("nothing to note", "name the translations that are up to date")
        made = []
        for article, family in self._named_translations():
            original, there = read_version(self._root, family.original), self._with_text(article)
            if original is None or there is None:
                continue
            record = record_of(original.article.language, parts_of(original.document))
            try:
                write_text(self._root / article.path, edited(there[0], {("translated",): as_table(record)}))
                made.append(article.path)
            except NotEditableError as error:
                self._report.error("not-taken-in", f"it can't be changed: {error}", Location(article.path))
        self._terminal.tell(self._report)
        self._terminal.result({"files": made}, self._report)
        self._terminal.say(*made)

    # ---- what the command names

    def _wanted(self) -> list[Family]:
        """The stories that were named by a slug or a file."""
        return [self._family_of(name) for name in self._options.what]

    def _family_of(self, name: str) -> Family:
        asked = Path(name).resolve()
        for family in self._families:
            for article in family.versions:
                if (self._root / article.path).resolve() == asked or name in (article.slug, str(article.id)):
                    return family
        slugs = [article.slug for family in self._families for article in family.versions]
        hint = did_you_mean(name, slugs) or "name it by its slug or its file"
        raise ImpossibleTaskError(f"there is no article {name!r}", hint)

    def _named_translations(self) -> Iterator[tuple[Article, Family]]:
        for name in self._options.what:
            family, asked = self._family_of(name), Path(name).resolve()
            for article in family.translations:
                is_file = (self._root / article.path).resolve() == asked or name == str(article.id)
                if is_file or (article.language == self._options.language and not asked.exists()):
                    yield article, family


def _note(key: str) -> str:
    name = name_of(key)
    return (
        f"{name[0].upper()}{name[1:]}; keep the marks of Markdown: **bold**, [link](address), - for items of a list"
    )


def _stale_keys(original: VersionText, own: VersionText | None) -> frozenset[str]:
    changes = changes_of_original(original, own) if own else None
    return frozenset(part.key for part in changes or () if part.change is not Change.GONE)


def _tell_stale(it: StaleTranslation, report: Report) -> None:
    if not it.parts:
        message = f"its original {it.original.path} has changed since"
        report.warning("stale-translation", message, Location(it.article.path))
    for part in it.parts:
        report.warning(
            "stale-translation", told_of_change(part), Location(it.article.path), f"see {it.original.path}"
        )


def _stale_as_dict(it: StaleTranslation) -> dict[str, Any]:
    parts = [{"part": part.key, "change": str(part.change), "line": part.line} for part in it.parts]
    return {"file": it.article.path, "original": it.original.path, "parts": parts}


def _as_dict(found: Coverage | None) -> dict[str, int]:
    whole = found or Coverage(0, 0, 0, 0, 0)
    return {
        "stories": whole.stories,
        "present": whole.present,
        "original": whole.original,
        "machine": whole.machine,
        "draft": whole.draft,
        "missing": whole.missing,
    }


def _share(found: Coverage | None) -> str:
    return f"{found.present} of {found.stories}" if found else "–"
