from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.builders import REPOSITORY, write
from toasoan.diagnostics import Report
from toasoan.render.interface import read_interfaces
from toasoan.theme import theme_folder

LOCALE = theme_folder("templates") / "locale"
SHIPPED = sorted(path.stem for path in LOCALE.glob("*.po"))

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {}\\n"\n\n'
FRENCH = HEADER.format("nplurals=2; plural=(n > 1);")
ARTICLES = '\nmsgid "%(count)s article"\nmsgid_plural "%(count)s articles"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'
TEXTS = FRENCH + 'msgid "Home"\nmsgstr ""\n' + ARTICLES.format("", "")


def catalog(data: bytes) -> Catalog:
    return read_po(BytesIO(data))


def read(folder: Path, french: str | None) -> list[str]:
    """What is told of a translation into French of two texts."""
    write(folder, "messages.pot", TEXTS)
    if french is not None:
        write(folder, "fr.po", french)
    report = Report()
    read_interfaces(["en", "fr"], [folder], report)
    return [f"{told.message} [{told.code}]" for told in report]


def test_english_needs_no_translation(tmp_path: Path) -> None:
    english = read_interfaces(["en"], [tmp_path], Report())["en"]

    assert english.text("Home") == "Home"
    assert [english.plural("one", "many", count) for count in (0, 1, 2)] == ["many", "one", "many"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("uk", {0: "статей", 1: "стаття", 2: "статті", 5: "статей", 11: "статей", 21: "стаття", 22: "статті"}),
        ("ru", {1: "статья", 3: "статьи", 12: "статей", 101: "статья"}),
        ("vi", {0: "bài", 1: "bài", 2: "bài"}),
    ],
)
def test_numbers_take_the_form_of_their_language(language: str, forms: dict[int, str]) -> None:
    interface = read_interfaces([language], [LOCALE], Report())[language]

    said = {count: interface.plural("%(count)s article", "%(count)s articles", count) for count in forms}
    assert said == {count: f"%(count)s {word}" for count, word in forms.items()}


@pytest.mark.parametrize("language", SHIPPED)
def test_the_shipped_translations_are_complete(language: str) -> None:
    report = Report()

    read_interfaces([language], [LOCALE], report)

    assert [str(told) for told in report] == []


@pytest.mark.parametrize("language", SHIPPED)
def test_a_shipped_translation_has_no_text_that_is_no_longer_used(language: str) -> None:
    used = {message.id for message in catalog((LOCALE / "messages.pot").read_bytes())}

    assert {message.id for message in catalog((LOCALE / f"{language}.po").read_bytes())} <= used


@pytest.mark.parametrize("language", SHIPPED)
def test_a_shipped_translation_fills_in_the_same_values(language: str) -> None:
    for message in catalog((LOCALE / f"{language}.po").read_bytes()):
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        english = message.id if isinstance(message.id, str) else message.id[1]
        if message.id:
            for form in forms:
                assert set(re.findall(r"%\(\w+\)s", form)) == set(re.findall(r"%\(\w+\)s", english)), english


def test_the_list_of_texts_is_what_the_templates_and_the_program_have(tmp_path: Path) -> None:
    options = ["-k", "say", "-k", "say_counted:1,2", "--no-location", "--sort-output", "--omit-header"]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", *options]

    subprocess.run([*command, "-o", tmp_path / "messages.pot", "."], cwd=REPOSITORY, check=True)

    made = (tmp_path / "messages.pot").read_text("utf-8")
    assert made.strip() == (LOCALE / "messages.pot").read_text("utf-8").strip()


def test_a_complete_translation_is_fine(tmp_path: Path) -> None:
    french = FRENCH + 'msgid "Home"\nmsgstr "Accueil"\n' + ARTICLES.format("%(count)s article", "%(count)s articles")

    assert read(tmp_path, french) == []


def test_a_language_without_a_translation_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, None) == ["the interface has not been translated into 'fr' [no-interface]"]


def test_every_missing_text_is_told(tmp_path: Path) -> None:
    fuzzy = '#, fuzzy\nmsgid "Home"\nmsgstr "Accueil"\n'

    assert read(tmp_path, FRENCH + fuzzy + ARTICLES.format("%(count)s article", "")) == [
        "the interface text '%(count)s article' has no translation into 'fr' [untranslated-text]",
        "the interface text 'Home' has no translation into 'fr' [untranslated-text]",
    ]


@pytest.mark.parametrize("form", ["%(cuont)s articles", "%(count) articles", "%s articles", "100 % articles"])
def test_a_value_that_the_english_text_has_not_is_told(form: str, tmp_path: Path) -> None:
    home = 'msgid "Home"\nmsgstr "100 % Accueil"\n'

    told = read(tmp_path, FRENCH + home + ARTICLES.format("%(count)s article", form))

    assert len(told) == 1
    assert told[0].endswith("which the English text has not [broken-translation]")


@pytest.mark.parametrize(
    "broken",
    [
        'msgid "Home"\nAccueil\n',
        HEADER.format("nplurals=2; plural=import os;") + 'msgid "Home"\nmsgstr "Accueil"\n',
        HEADER.format("nplurals=many; plural=0;"),
        '"Content-Type: text/plain; charset=no-such\\n"\n',
    ],
)
def test_a_translation_that_cannot_be_read_is_told(broken: str, tmp_path: Path) -> None:
    told = read(tmp_path, broken)

    assert told
    assert all("[broken-translation]" in one or "[untranslated-text]" in one for one in told)


def test_a_portals_own_translation_comes_before_the_themes(tmp_path: Path) -> None:
    theirs = (LOCALE / "vi.po").read_text("utf-8")
    write(
        tmp_path,
        "vi.po",
        theirs.replace('msgid "Agencies"\nmsgstr "Cơ quan báo chí"', 'msgid "Agencies"\nmsgstr "Báo"'),
    )

    own = read_interfaces(["vi"], [tmp_path, LOCALE], Report())["vi"]

    assert own.text("Agencies") == "Báo"


def test_a_translation_without_mistakes_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Kept(dict[str, bytes]):
        def put(self, name: str, data: bytes) -> None:
            self[name] = data

    def home(kept: Kept) -> tuple[str, int]:
        report = Report()
        return read_interfaces(["fr"], [tmp_path], report, kept)["fr"].text("Home"), len(report)

    kept = Kept()
    french = HEADER.format("nplurals=2; plural=(n > 1);") + 'msgid "Home"\nmsgstr "{}"\n'
    write(tmp_path, "messages.pot", french.format(""))
    write(tmp_path, "fr.po", french.format("Accueil"))
    assert home(kept) == ("Accueil", 0)
    with monkeypatch.context() as patch:
        patch.setattr("babel.messages.pofile.read_po", None)
        assert home(kept) == ("Accueil", 0)

    write(tmp_path, "fr.po", french.format("Maison"))
    assert home(kept) == ("Maison", 0)
    write(tmp_path, "messages.pot", TEXTS)  # a text that has no translation
    assert home(kept) == ("Maison", 1)
    assert home(kept) == ("Maison", 1)
