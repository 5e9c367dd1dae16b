"""`toasoan new`: begins an article, the translation of one, a section or a language."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from toasoan import cldr
from toasoan.config import Config, read_config
from toasoan.content.articles import read_articles
from toasoan.demo.demo_texts import demo_texts
from toasoan.diagnostics import Report, did_you_mean
from toasoan.files import write_text
from toasoan.model.article import Article, Translation
from toasoan.portal_folders import CONTENT_FOLDER, PAGES_FOLDER, SETTINGS_FILE
from toasoan.render.interface import LOCALE_FOLDER
from toasoan.scaffold import new_article
from toasoan.terminal import Terminal
from toasoan.theme import theme_folder
from toasoan.toml_edit import with_language, with_section
from toasoan.translations.beginning import begin_translation, story_to_name


class ImpossibleWishError(Exception):
    """What was asked for can't be begun; nothing was written."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def begin(options: argparse.Namespace, terminal: Terminal, report: Report) -> None:
    """Begin something new, and tell its file. Raises ImpossibleWishError."""
    config = read_config(options.root, report)
    made: tuple[Path, ...] = ()
    if config is not None:
        match options.kind:
            case "article":
                made = (_begin_article(options, config, terminal),)
            case "translation":
                made = _begin_translation(options, config, terminal, report)
            case "section":
                made = _begin_section(options, config, terminal)
            case _:
                made = _begin_language(options, config, terminal)
    terminal.tell(report)
    first = made[0].as_posix() if made else None
    terminal.result({options.kind: first, "files": [path.as_posix() for path in made]}, report)


def _begin_article(options: argparse.Namespace, config: Config, terminal: Terminal) -> Path:
    if not options.what.strip():
        raise ImpossibleWishError("an article needs a title", 'toasoan new article "A title"')
    language = options.language or config.main_language.tag
    _must_be_known(language, config.languages, "language")
    if options.section is not None:
        _must_be_known(options.section, config.sections, "section")
    today = dt.datetime.now(config.zone).date()
    path = new_article(options.root, config, options.what, language, options.section, today)
    terminal.say(f"{path}", '  it is a draft: set its status to "published" when it is ready')
    return path


def _must_be_known(word: str, known: Collection[str], what: str) -> None:
    if word not in known:
        hint = did_you_mean(word, known) or f"it has {', '.join(known)}"
        raise ImpossibleWishError(f"this portal has no {what} {word!r}", hint)


# ---- translations


def _begin_translation(
    options: argparse.Namespace, config: Config, terminal: Terminal, report: Report
) -> tuple[Path, ...]:
    if options.language is None:
        raise ImpossibleWishError("a translation needs a language", "name it with --language")
    _must_be_known(options.language, config.languages, "language")
    articles = tuple(read_articles(options.root, config, Report()))
    original = _original(options.what, articles, options.root, config)
    story = story_to_name(original)
    for other in articles:
        if other.language == options.language and (other.slug == original.slug or other.named_story == story):
            raise ImpossibleWishError(f"{other.path} tells this story in {options.language!r}", "change that file")
    origin = Translation.MACHINE if options.machine else Translation.HUMAN
    try:
        made = begin_translation(options.root, original, options.language, origin, report)
    except FileExistsError as error:
        raise ImpossibleWishError(f"{error} is there already") from error
    notes = (
        "it is a draft in the words of the original: translate it, then publish it",
        f"its story is called {story!r} now: so both are known to be one",
    )
    for path, note in zip(made, notes, strict=False):
        terminal.say(f"{options.root / path}", f"  {note}")
    return tuple(options.root / path for path in made)


def _original(what: str, articles: Collection[Article], root: Path, config: Config) -> Article:
    """The article that somebody means by a slug, a language and a slug, or a file."""
    language, _, slug = what.strip("/").rpartition("/")
    asked = Path(what).resolve()
    found = [it for it in articles if (root / it.path).resolve() == asked]
    found = found or [it for it in articles if it.slug == slug and it.language == (language or it.language)]
    if not found:
        known = {it.slug for it in articles}
        hint = did_you_mean(slug, known) or "name it by its slug, as en/a-day-at-the-market, or by its file"
        raise ImpossibleWishError(f"there is no article {what!r}", hint)
    order = tuple(config.languages)
    return min(found, key=lambda it: (not it.is_original, order.index(it.language)))


# ---- sections and languages


def _begin_section(options: argparse.Namespace, config: Config, terminal: Terminal) -> tuple[Path, ...]:
    key, names = options.what, _names(options.name)
    if key in config.sections:
        raise ImpossibleWishError(f"there is a section {key!r}", f"change it in {SETTINGS_FILE}")
    for tag in names:
        _must_be_known(tag, config.languages, "language")
    names = {**_known_names(key, config.languages), **names}
    missing = [tag for tag in config.languages if tag not in names]
    if missing:
        hint = "add " + " ".join(f'--name {tag}="…"' for tag in missing)
        raise ImpossibleWishError("a section needs a name in every language", hint)
    ordered = {tag: names[tag] for tag in config.languages}
    return _with_settings(options.root, lambda text: with_section(text, key, ordered), terminal)


def _begin_language(options: argparse.Namespace, config: Config, terminal: Terminal) -> tuple[Path, ...]:
    tag, names = options.what, _names(options.name)
    if not cldr.is_language(tag):
        raise ImpossibleWishError(f"{tag!r} is no language that Unicode's CLDR knows", 'write a tag such as "fr"')
    if tag in config.languages:
        raise ImpossibleWishError(f"this portal has the language {tag!r}", f"change it in {SETTINGS_FILE}")
    places = (options.root / "site/templates" / LOCALE_FOLDER, theme_folder("templates") / LOCALE_FOLDER)
    if tag != "en" and not any((place / f"{tag}.po").is_file() for place in places):
        hint = f"put a translation of the theme's texts at {places[0] / tag}.po first"
        raise ImpossibleWishError(f"the interface has not been translated into {tag!r}", hint)
    for key in names:
        _must_be_known(key, config.sections, "section")
    known = {key: found[tag] for key in config.sections if tag in (found := _known_names(key, [tag]))}
    names = {**known, **names}
    missing = [key for key in config.sections if key not in names]
    if missing:
        hint = "add " + " ".join(f'--name {key}="…"' for key in missing)
        raise ImpossibleWishError(f"every section needs a name in {tag!r}", hint)
    made = _with_settings(options.root, lambda text: with_language(text, tag, {}, names), terminal)
    for key in known:
        terminal.say(f"  {key} is called {names[key]!r}")
    terminal.say(f"  its articles go below {CONTENT_FOLDER}/{tag}/, its pages below {PAGES_FOLDER}/{tag}/")
    return made


def _names(given: Collection[str] | None) -> dict[str, str]:
    """Names by key, from texts such as "en=Heritage"."""
    names = {}
    for word in given or ():
        key, sign, name = word.partition("=")
        if not sign or not name.strip():
            raise ImpossibleWishError(f"--name takes a key and a name, not {word!r}", '--name en="Heritage"')
        names[key.strip()] = name.strip()
    return names


def _known_names(key: str, languages: Collection[str]) -> Mapping[str, str]:
    """What the demo portal calls a section, in those languages that it has."""
    names = {}
    for tag in languages:
        try:
            name = demo_texts(tag).sections.get(key)
        except FileNotFoundError:
            continue
        if name:
            names[tag] = name
    return names


def _with_settings(root: Path, changed: Callable[[str], str], terminal: Terminal) -> tuple[Path, ...]:
    """Change the settings, and take that back if they would be wrong."""
    file, report = root / SETTINGS_FILE, Report()
    before = file.read_bytes().decode("utf-8")
    write_text(file, changed(before))
    if read_config(root, report) is None:
        write_text(file, before)
        first = next(iter(report))
        raise ImpossibleWishError(first.message, first.hint)
    terminal.say(f"{file}")
    return (file,)
