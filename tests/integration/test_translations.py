"""`toasoan translations`: what is missing and stale, what differs, to translators and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import SETTINGS, built, portal, text_of, write
from toasoan import cli
from toasoan.content.front_matter import FrontMatter, PhotoFields, read_document
from toasoan.diagnostics import Report
from toasoan.model.article import Status, Translation

VI = "Sáng 17/12/2025, Văn phòng Chính phủ họp với 391 người.\n\n## Kết quả\n\n![](image:1)\n\nHọp xong."
EN = (
    "On December 17, 2025 the Government Office met with 391 people.\n\n## Results\n\n![](image:1)\n\n"
    "The meeting ended."
)
IMAGES = (PhotoFields(caption="Ảnh"),)


def original(body: str = VI, **fields: Any) -> str:
    return text_of("Họp", body, **{"story": "hop", "translation": Translation.ORIGINAL, "images": IMAGES, **fields})


def translation(body: str = EN, **fields: Any) -> str:
    images = (PhotoFields(caption="Photo"),)
    return text_of("Meeting", body, **{"story": "hop", "translation": Translation.HUMAN, "images": images, **fields})


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "vi/hop.md": original(section="local"),
        "en/hop.md": translation(section="local"),
        "vi/mot-minh.md": text_of("Một mình", "Chữ.", section="heritage", translation=Translation.ORIGINAL),
    }
    monkeypatch.chdir(tmp_path)
    return portal(tmp_path / "portal", files)


def run(root: Path, *arguments: str, code: int = 0) -> None:
    assert cli.run(["translations", *arguments, "--root", str(root), "--jobs", "1"]) == code


def told(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert cli.run(["translations", *arguments, "--root", str(root), "--jobs", "1", "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def fields_of(root: Path, path: str) -> FrontMatter:
    document = read_document((root / path).read_text("utf-8"), path, Report())
    assert document
    return document.front_matter


# ---- coverage


def test_coverage_by_language_and_section(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    languages = told(root, capsys)["languages"]

    assert languages["vi"] == {
        "stories": 2, "present": 2, "original": 2, "machine": 0, "draft": 0, "missing": 0, "stale": [],
        "sections": {
            "heritage": {"stories": 1, "present": 1, "original": 1, "machine": 0, "draft": 0, "missing": 0},
            "local": {"stories": 1, "present": 1, "original": 1, "machine": 0, "draft": 0, "missing": 0},
        },
    }  # fmt: skip
    assert (languages["en"]["present"], languages["en"]["missing"]) == (1, 1)
    assert languages["en"]["sections"]["heritage"]["missing"] == 1


def test_people_get_tables(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root)

    shown = capsys.readouterr().out
    assert "Tiếng Việt" in shown
    assert "1 of 1" in shown


def test_drafts_and_machines_are_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "site/content/en/hop.md", translation(status=Status.DRAFT, translation=Translation.MACHINE))

    english = told(root, capsys, "--language", "en")["languages"]["en"]

    assert (english["machine"], english["draft"], english["present"]) == (1, 1, 1)


def test_withdrawn_versions_are_none(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "site/content/en/hop.md", translation(status=Status.WITHDRAWN))

    assert told(root, capsys)["languages"]["en"]["present"] == 0


# ---- staleness


def test_what_changed_since_it_was_said_to_be_up_to_date(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, "done", "site/content/en/hop.md" if Path("site").exists() else str(root / "site/content/en/hop.md"))
    assert told(root, capsys)["languages"]["en"]["stale"] == []
    write(
        root,
        "site/content/vi/hop.md",
        original(VI.replace("391", "392").replace("Họp xong.", "Họp xong.\n\nHết."), section="local"),
    )

    stale = told(root, capsys)["languages"]["en"]["stale"]

    assert stale == [
        {
            "file": "site/content/en/hop.md",
            "original": "site/content/vi/hop.md",
            "parts": [
                {"part": "text.1", "change": "changed", "line": 12},
                {"part": "text.5", "change": "added", "line": 20},
            ],
        }
    ]
    lines = (root / "site/content/vi/hop.md").read_text("utf-8").split("\n")
    assert [lines[part["line"] - 1] for part in stale[0]["parts"]] == [
        VI.split("\n")[0].replace("391", "392"),
        "Hết.",
    ]


def test_a_note_that_all_is_up_to_date_changes_nothing_else_and_no_page(root: Path) -> None:
    built(root)
    before = (root / "site/content/en/hop.md").read_text("utf-8")

    run(root, "done", "hop", "--language", "en")

    after = (root / "site/content/en/hop.md").read_text("utf-8")
    assert after.startswith(before.split("+++")[1].join(["+++", ""])[:40])
    assert fields_of(root, "site/content/en/hop.md").translated
    pages = {path: path.read_bytes() for path in (root / "public").rglob("*.html")}
    built(root)
    assert pages == {path: path.read_bytes() for path in (root / "public").rglob("*.html")}


def test_dates_tell_where_nobody_noted_anything(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import datetime as dt

    write(root, "site/content/en/hop.md", translation(date=dt.date(2025, 12, 18)))
    write(root, "site/content/vi/hop.md", original(date=dt.date(2025, 12, 17), updated=dt.date(2025, 12, 20)))

    found = told(root, capsys)

    assert [it["parts"] for it in found["languages"]["en"]["stale"]] == [[]]
    assert [it["code"] for it in found["diagnostics"]] == ["stale-translation"]


# ---- differences


def test_a_true_translation_has_none(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "site/terms.toml", '[[term]]\nvi = "Văn phòng Chính phủ"\nen = "Government Office"\n')

    assert told(root, capsys, "check")["discrepancies"] == 0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("391", "319", [("other-number", 12), ("other-number", 12)]),
        ("December 17", "December 18", [("other-date", 12), ("other-date", 12)]),
        ("the Government Office", "the Cabinet", [("other-term", 1)]),
        ("\n\nThe meeting ended.", "", [("missing-passage", 16)]),
        ("ended.", "ended.\n\n## More", [("added-passage", 20)]),
        ("people", "peoples of Chiffre", [("wrong-term", 1)]),
    ],
)
def test_each_difference_is_told_where_it_stands(
    before: str, after: str, expected: list[tuple[str, int]], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = '[[term]]\nvi = "Văn phòng Chính phủ"\nen = "Government Office"\n'
    wrong = '[[wrong]]\nlanguage = "en"\ntext = "Chiffre"\nright = "People"\n'
    write(root, "site/terms.toml", terms + wrong)
    assert before in EN
    write(root, "site/content/en/hop.md", translation(EN.replace(before, after), section="local"))

    found = told(root, capsys, "check")["diagnostics"]

    assert [(it["code"], it["line"]) for it in found] == expected
    assert {it["path"] for it in found} == {"site/content/en/hop.md"}


def test_one_story_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "site/content/en/hop.md", translation(EN.replace("391", "319")))

    assert told(root, capsys, "check", "mot-minh")["discrepancies"] == 0
    assert told(root, capsys, "check", "hop")["discrepancies"] == 2


# ---- to translators and back


def replaced(file: Path, words: dict[str, str]) -> None:
    """Translate a file as a translator's tool does."""
    from translate.storage.pypo import pofile
    from translate.storage.xliff2 import Xliff2File

    kind: Any = Xliff2File if file.suffix == ".xlf" else pofile
    store = kind.parsefile(str(file))
    for unit in store.units:
        if unit.source in words:
            unit.target = words[unit.source]
            unit.marktranslated() if hasattr(unit, "marktranslated") else unit.markfuzzy(False)
    store.save()


WORDS = {"Một mình": "Alone", "Chữ.": "Letters."}


@pytest.mark.parametrize(("as_", "ending"), [("xliff", ".xlf"), ("po", ".po")])
def test_a_new_translation_goes_out_and_comes_back(as_: str, ending: str, root: Path) -> None:
    run(root, "export", "--language", "en", "--format", as_)
    file = Path("translations/en") / f"mot-minh{ending}"
    assert [it.name for it in file.parent.iterdir()] == [file.name]  # the other one is there, and not stale
    replaced(file, WORDS)

    run(root, "take", str(file))

    fields = fields_of(root, "site/content/en/mot-minh.md")
    assert (fields.title, fields.story, fields.language) == ("Alone", "mot-minh", "en")
    assert (fields.status, fields.translation) == (Status.DRAFT, Translation.HUMAN)
    assert fields.translated
    assert (root / "site/content/en/mot-minh.md").read_text("utf-8").endswith("+++\n\nLetters.\n")
    assert fields_of(root, "site/content/vi/mot-minh.md").story == "mot-minh"
    built(root)


def test_a_machine_may_have_translated(root: Path) -> None:
    run(root, "export", "mot-minh", "--language", "en")
    replaced(Path("translations/en/mot-minh.xlf"), WORDS)

    run(root, "take", "translations/en/mot-minh.xlf", "--machine")

    assert fields_of(root, "site/content/en/mot-minh.md").translation is Translation.MACHINE


def test_a_file_that_comes_back_as_it_went_loses_nothing(root: Path) -> None:
    """Of a translation that is there, the words go out with it."""
    before = (root / "site/content/en/hop.md").read_text("utf-8")
    run(root, "export", "hop", "--language", "en")

    run(root, "take", "translations/en/hop.xlf")

    after = (root / "site/content/en/hop.md").read_text("utf-8")
    head, _, record = after.partition("\n[translated]\n")
    assert record
    assert head + "+++" + after.rpartition("+++")[2] == before


def test_comments_in_front_matter_stay(root: Path) -> None:
    text = (root / "site/content/en/hop.md").read_text("utf-8").replace("+++\n", "+++\n# Ask Lan.\n", 1)
    write(root, "site/content/en/hop.md", text)
    run(root, "export", "hop", "--language", "en")
    replaced(Path("translations/en/hop.xlf"), {"Họp": "The meeting"})

    run(root, "take", "translations/en/hop.xlf")

    assert '# Ask Lan.\ntitle = "The meeting"' in (root / "site/content/en/hop.md").read_text("utf-8")


def test_only_what_is_missing_or_stale_goes_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, "done", "hop", "--language", "en")
    write(root, "site/content/vi/hop.md", original(VI.replace("391", "400"), section="local"))

    files = told(root, capsys, "export", "--language", "en")["files"]

    assert sorted(files) == ["translations/en/hop.xlf", "translations/en/mot-minh.xlf"]
    text = Path("translations/en/hop.xlf").read_text("utf-8")
    # What has changed is given with its old words as a proposal, all else as translated.
    assert text.count('state="initial"') == 1
    assert "with 391 people." in text


def test_what_changed_while_it_was_away_is_told_and_stays_stale(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, "export", "mot-minh", "--language", "en")
    replaced(Path("translations/en/mot-minh.xlf"), WORDS)
    write(root, "site/content/vi/mot-minh.md", text_of("Một mình", "Chữ mới.", translation=Translation.ORIGINAL))

    found = told(root, capsys, "take", "translations/en/mot-minh.xlf")

    assert [it["code"] for it in found["diagnostics"]] == ["stale-translation"]
    assert (root / "site/content/en/mot-minh.md").read_text("utf-8").endswith("Letters.\n")
    stale = told(root, capsys)["languages"]["en"]["stale"]
    assert [[part["part"] for part in it["parts"]] for it in stale] == [["text.1"]]


def test_passages_that_moved_find_their_words(root: Path) -> None:
    run(root, "export", "hop", "--language", "en")
    write(root, "site/content/vi/hop.md", original(f"Mở đầu.\n\n{VI}", section="local"))
    replaced(Path("translations/en/hop.xlf"), {"Họp xong.": "It ended."})

    run(
        root, "take", "translations/en/hop.xlf", code=1
    )  # there is no translation of the new passage, and readers see it
    write(root, "site/content/en/hop.md", translation(status=Status.DRAFT))
    run(root, "take", "translations/en/hop.xlf")

    body = (root / "site/content/en/hop.md").read_text("utf-8").rpartition("+++\n\n")[2]
    assert body == f"Mở đầu.\n\n{EN.replace('The meeting ended.', 'It ended.')}\n"


def test_an_incomplete_translation_is_a_draft_and_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, "export", "mot-minh", "--language", "en")
    replaced(Path("translations/en/mot-minh.xlf"), {"Chữ.": "Letters."})

    found = told(root, capsys, "take", "translations/en/mot-minh.xlf")

    assert [it["code"] for it in found["diagnostics"]] == ["incomplete-translation"]
    assert fields_of(root, "site/content/en/mot-minh.md").status is Status.DRAFT


def test_text_that_the_original_lacks_is_never_lost(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, "export", "hop", "--language", "en")
    write(root, "site/content/en/hop.md", translation(f"{EN}\n\n## A translator's note"))
    before = (root / "site/content/en/hop.md").read_bytes()

    found = told(root, capsys, "take", "translations/en/hop.xlf", code=1)

    assert [(it["code"], it["line"]) for it in found["diagnostics"]] == [("not-taken-in", 19)]
    assert (root / "site/content/en/hop.md").read_bytes() == before


def test_paragraphs_that_a_translator_joined_are_not_replaced_by_the_originals(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has translated the two by themselves, so there would be nothing but the original's words."""
    many = "\n\n".join(
        f"Câu số {n} kể chuyện chợ nổi ở miền Tây với {n} chiếc thuyền chở trái cây." for n in range(51, 59)
    )
    other = [
        f"Sentence {n} tells of the floating market in the west with {n} boats full of fruit." for n in range(51, 59)
    ]
    other[2:4] = [" ".join(other[2:4])]
    write(root, "site/content/vi/hop.md", original(many))
    write(root, "site/content/en/hop.md", translation("\n\n".join(other), status=Status.DRAFT))
    run(root, "export", "hop", "--language", "en")
    before = (root / "site/content/en/hop.md").read_bytes()

    assert told(root, capsys, "take", "translations/en/hop.xlf", code=1)["diagnostics"][0]["code"] == "not-taken-in"

    assert (root / "site/content/en/hop.md").read_bytes() == before


def test_tags_that_the_original_lacks_stay(root: Path) -> None:
    write(root, "site/content/vi/hop.md", original(tags=("họp",)))
    write(root, "site/content/en/hop.md", translation(tags=("meeting", "Hanoi"), status=Status.DRAFT))
    run(root, "export", "hop", "--language", "en")
    replaced(Path("translations/en/hop.xlf"), {"họp": "meetings"})

    run(root, "take", "translations/en/hop.xlf")

    assert fields_of(root, "site/content/en/hop.md").tags == ("meeting", "Hanoi")


def test_yaml_is_not_touched(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        root, "site/content/en/hop.md", f"---\ntitle: Meeting\nstory: hop\nimages:\n- caption: Photo\n---\n\n{EN}\n"
    )
    before = (root / "site/content/en/hop.md").read_bytes()
    run(root, "export", "hop", "--language", "en")

    assert told(root, capsys, "take", "translations/en/hop.xlf", code=1)["diagnostics"][0]["code"] == "not-taken-in"
    assert (root / "site/content/en/hop.md").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("no XLIFF", "it can't be taken in"),
        (
            'msgid ""\nmsgstr "X-Article: a.md\\nX-Source-Language: vi\\nLanguage: en\\n"\n',
            "the portal has no original a.md",
        ),
    ],
)
def test_other_files_are_told(content: str, words: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(root.parent, "x.po", content)

    found = told(root, capsys, "take", str(file), str(root.parent / "not-there.po"), code=1)["diagnostics"]

    assert [it["code"] for it in found] == ["broken-translation-file"] * 2
    assert any(words in it["message"] for it in found)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export"], "an export needs a language"),
        (["export", "--language", "xx"], "no language 'xx'"),
        (["check", "hopp"], "no article 'hopp'"),
        (["take"], "nothing to take in"),
        (["done"], "nothing to note"),
    ],
)
def test_impossible_tasks_are_refused(
    arguments: list[str], words: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, *arguments, code=2)

    assert words in capsys.readouterr().err


def test_without_the_toolkit_people_are_told_what_to_install(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    run(root, "export", "--language", "en", code=2)

    assert "toasoan[translations]" in capsys.readouterr().err
    assert SETTINGS  # nothing was written
    assert not Path("translations").exists()
