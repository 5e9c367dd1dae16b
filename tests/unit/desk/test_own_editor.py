"""The editor of one's own: only one with a window, told the file and the line, and never waited for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from toasoan.desk.own_editor import open_in_editor, own_editor


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with editors that note how they were called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("code", "gedit", "vim", "strange"):
        file = folder / name
        noted = f'printf "%s|" "$@" > {tmp_path}/called.part && mv {tmp_path}/called.part {tmp_path}/called'
        file.write_text(f"#!/bin/sh\n{noted}\nsleep 1\n")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return tmp_path


def called(folder: Path) -> str:
    for _ in range(100):
        if (folder / "called").exists():
            return (folder / "called").read_text()
        time.sleep(0.05)
    return "nobody"


@pytest.mark.parametrize(
    ("visual", "editor", "expected"),
    [
        ("", "", None),
        ("code --wait", "vim", "code"),
        ("", "gedit", "gedit"),
        ("vim", "gedit", "gedit"),
        ("", "vim", None),
        ("/nowhere/code", "", None),
        ("not-there", "", None),
        ("'unclosed", "gedit", "gedit"),
    ],
)
def test_which_one(
    visual: str, editor: str, expected: str | None, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", visual)
    monkeypatch.setenv("EDITOR", editor)

    assert own_editor() == expected


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("code --wait", "--wait|--goto|{file}:7|"),
        ("gedit", "+7|{file}|"),
        ("strange", "{file}|"),
    ],
)
def test_it_is_told_the_file_and_the_line(
    editor: str, expected: str, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    file = programs / "a b; echo.md"
    begun = time.monotonic()

    assert open_in_editor(file, 7)

    assert time.monotonic() - begun < 0.9  # it is not waited for
    assert called(programs) == expected.format(file=file)


def test_without_one_nothing_is_begun(programs: Path) -> None:
    assert not open_in_editor(programs / "a.md", 1)
    assert not (programs / "called").exists()
