"""Files changed at the desk: nothing that others saved is ever overwritten, and everything can be brought back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.builders import config, portal, write
from toasoan.content.front_matter import read_document
from toasoan.content.front_matter_edit import NotEditableError
from toasoan.desk.editing import ConflictError, Editing, NoSuchFileError, WrongValuesError
from toasoan.desk.form import values_of
from toasoan.desk.history import MOST, History
from toasoan.diagnostics import Report

PATH = "site/content/vi/cho.md"
FILE = """+++
# Ask Lan.
title = "Chợ"
date = 2025-12-17

[[images]]
caption = "Thuyền"
+++

Chữ.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return portal(tmp_path, {"vi/cho.md": FILE})


@pytest.fixture
def editing(root: Path) -> Editing:
    return Editing(root, config())


def text(root: Path) -> str:
    return (root / PATH).read_bytes().decode()


def test_a_field_and_the_text_are_saved_and_all_else_stays(root: Path, editing: Editing) -> None:
    opened = editing.opened(PATH)

    saved = editing.save(PATH, opened.digest, {"title": "Chợ nổi", "section": "local"}, "Mới.")

    assert text(root) == FILE.replace('"Chợ"', '"Chợ nổi"').replace("Chữ.", "Mới.").replace(
        "date = 2025-12-17\n", 'date = 2025-12-17\nsection = "local"\n'
    )
    assert saved.digest == editing.opened(PATH).digest


def test_a_form_that_comes_back_as_it_went_changes_nothing(root: Path, editing: Editing) -> None:
    opened = editing.opened(PATH)
    assert opened.values is not None
    assert opened.document is not None

    editing.save(PATH, opened.digest, opened.values, opened.document.body)

    assert text(root) == FILE
    assert editing.history(PATH) == ()


@pytest.mark.parametrize("act", ["fields", "whole", "bring back"])
def test_what_others_saved_meanwhile_is_never_overwritten(act: str, root: Path, editing: Editing) -> None:
    opened = editing.opened(PATH)
    editing.save(PATH, opened.digest, {"title": "Một"}, "Chữ.")
    opened = editing.opened(PATH)
    write(root, PATH, text(root).replace("Chữ.", "Chữ của người khác."))
    theirs = text(root)

    acts = {
        "fields": lambda: editing.save(PATH, opened.digest, {"title": "Hai"}, "Chữ của tôi."),
        "whole": lambda: editing.save_whole(PATH, opened.digest, "x"),
        "bring back": lambda: editing.bring_back(PATH, opened.digest),
    }
    with pytest.raises(ConflictError) as caught:
        acts[act]()

    assert text(root) == theirs
    assert caught.value.now.text == theirs


def test_what_is_saved_in_the_last_moment_is_not_overwritten(
    root: Path, editing: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first look and the writing somebody saves."""
    opened, keep = editing.opened(PATH), History.keep

    def save_meanwhile(self: History, path: str, data: bytes) -> None:
        write(root, PATH, "theirs")
        keep(self, path, data)

    monkeypatch.setattr(History, "keep", save_meanwhile)
    with pytest.raises(ConflictError):
        editing.save(PATH, opened.digest, {"title": "Của tôi"}, "Chữ.")

    assert text(root) == "theirs"


def test_undo_and_undo_of_it(root: Path, editing: Editing) -> None:
    opened = editing.opened(PATH)
    saved = editing.save(PATH, opened.digest, {"title": "Một"}, "Chữ.")
    one = text(root)

    undone = editing.bring_back(PATH, saved.digest)
    assert text(root) == FILE
    editing.bring_back(PATH, undone.digest)
    assert text(root) == one


def test_any_earlier_text_can_be_had(root: Path, editing: Editing) -> None:
    opened = editing.opened(PATH)
    for title in ("Một", "Hai", "Ba"):
        opened = editing.save(PATH, opened.digest, {"title": title}, "Chữ.")

    older = editing.history(PATH)
    assert len(older) == 3
    assert "Một" in (editing.older(PATH, older[1].number) or "")
    editing.bring_back(PATH, opened.digest, older[2].number)
    assert text(root) == FILE
    with pytest.raises(NoSuchFileError):
        editing.bring_back(PATH, editing.opened(PATH).digest, 99)


def test_history_does_not_grow_for_ever(root: Path) -> None:
    history = History(root)
    for number in range(MOST + 10):
        history.keep(PATH, str(number).encode())

    numbers = [it.number for it in history.of(PATH)]
    assert len(numbers) == MOST
    assert history.text(PATH, numbers[0]) == str(MOST + 9).encode()


def test_dates_lists_photos_and_corrections(root: Path, editing: Editing) -> None:
    opened = editing.opened(PATH)
    values = {
        "date": "2025-12-18 09:36",
        "tags": "chợ, sông,",
        "images": [{"caption": "Ghe", "credit": "Lan"}, {"src": "b.jpg", "caption": ""}, {"src": "", "caption": " "}],
        "corrections": [{"text": "Sai tên.", "date": "2025-12-19"}],
    }

    editing.save(PATH, opened.digest, values, "Chữ.")

    document = read_document(text(root), PATH, Report())
    assert document
    front = document.front_matter
    assert front.date == dt.datetime(2025, 12, 18, 9, 36)  # noqa: DTZ001  # as people write it
    assert front.tags == ("chợ", "sông")
    assert [(it.src, it.caption, it.credit) for it in front.images] == [(None, "Ghe", "Lan"), ("b.jpg", None, None)]
    assert [(it.text, it.date) for it in front.corrections] == [("Sai tên.", dt.date(2025, 12, 19))]
    assert "# Ask Lan." in text(root)
    assert values_of(front)["date"] == "2025-12-18 09:36"


def test_two_rows_that_say_the_same_are_two(root: Path, editing: Editing) -> None:
    opened = editing.opened(PATH)

    editing.save(PATH, opened.digest, {"images": [{"caption": "Thuyền"}, {"caption": "A"}, {"caption": "A"}]}, "Chữ.")

    document = read_document(text(root), PATH, Report())
    assert document
    assert [it.caption for it in document.front_matter.images] == ["Thuyền", "A", "A"]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"date": "yesterday"}, {"date"}),
        ({"date": "2025-02-31", "title": " "}, {"date", "title"}),
        ({"corrections": [{"text": "", "date": "2025-01-01"}]}, {"corrections.0.text"}),
        ({"corrections": [{"text": "x", "date": "2025"}]}, {"corrections.0.date"}),
    ],
)
def test_all_that_is_wrong_is_told_at_once_and_nothing_written(
    values: dict[str, object], wrong: set[str], root: Path, editing: Editing
) -> None:
    with pytest.raises(WrongValuesError) as caught:
        editing.save(PATH, editing.opened(PATH).digest, values, "Mới.")

    assert set(caught.value.wrong) == wrong
    assert text(root) == FILE


def test_an_emptied_field_goes(root: Path, editing: Editing) -> None:
    editing.save(PATH, editing.opened(PATH).digest, {"date": ""}, "Chữ.")

    assert text(root) == FILE.replace("date = 2025-12-17\n", "")


@pytest.mark.parametrize("broken", ["---\ntitle: Chợ\n---\n\nChữ.\n", '+++\ntitle = "Chợ\n+++\n\nChữ.\n'])
def test_what_has_no_form_is_edited_as_a_whole(broken: str, root: Path, editing: Editing) -> None:
    write(root, PATH, broken)
    opened = editing.opened(PATH)

    assert opened.only_whole
    assert opened.values is None
    with pytest.raises(NotEditableError):
        editing.save(PATH, opened.digest, {"title": "Mới"}, "Chữ.")
    editing.save_whole(PATH, opened.digest, FILE)
    assert text(root) == FILE


def test_mistakes_are_told(root: Path, editing: Editing) -> None:
    opened = editing.save(PATH, editing.opened(PATH).digest, {"section": "nowhere"}, "Chữ.")

    assert [it.code for it in opened.found] == ["unknown-section"]


def test_line_ends_stay_as_they_were(root: Path, editing: Editing) -> None:
    write(root, PATH, FILE.replace("\n", "\r\n"))

    opened = editing.save(PATH, editing.opened(PATH).digest, {"title": "Mới"}, "Một.\n\nHai.")
    assert text(root).count("\r\n") == text(root).count("\n")
    editing.save_whole(PATH, opened.digest, opened.text.replace("Hai", "Ba"))
    assert "Ba.\r\n" in text(root)


@pytest.mark.parametrize(
    "path",
    [
        "site/site.toml", "site/content/vi/../../site.toml", "../secret.md", "/etc/passwd", "site/content/vi/none.md",
        "site/content/vi/cho.md\0", "site/content/vi/link.md", "", "site/content",
    ],
)  # fmt: skip
def test_only_articles_can_be_opened(path: str, root: Path, editing: Editing) -> None:
    write(root.parent, "secret.md", "secret")
    (root / "site/content/vi/link.md").symlink_to(root.parent / "secret.md")

    with pytest.raises(NoSuchFileError):
        editing.opened(path)
