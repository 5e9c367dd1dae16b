"""`toasoan serve --comments` where something is in its way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import portal, text_of, write
from toasoan.cli import run
from toasoan.preview import comments_server
from toasoan.preview.server import PREVIEW_FOLDER
from toasoan.workshop import Workshop


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return portal(tmp_path, {"en/jars.md": text_of("Jars")})


def test_without_isso_it_says_how_to_get_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(comments_server, "is_installed", lambda: False)

    assert run(["serve", "--comments", "--root", str(root)]) == 2

    assert capsys.readouterr().err == (
        'toasoan: serve --comments needs Isso, which is not installed\n  hint: pip install "toasoan[comments]"\n'
    )
    assert not (root / ".toasoan").exists()


def test_an_isso_that_does_not_start_is_told_and_leaves_nothing_locked(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, ".toasoan/comments/comments.db", "no database " * 1000)

    assert run(["serve", "--comments", "--root", str(root), "--port", "0"]) == 1

    said = capsys.readouterr().err
    assert said.startswith("toasoan: Isso does not start: ")
    assert "file is not a database" in said
    assert "Traceback" not in said
    Workshop(root, root / PREVIEW_FOLDER).close()


def test_a_second_preview_leaves_the_server_of_the_first_alone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = Workshop(root, root / PREVIEW_FOLDER)
    settings = write(root, ".toasoan/comments/isso.cfg", "of the first")

    assert run(["serve", "--comments", "--root", str(root), "--port", "0"]) == 1

    assert "previews this portal already" in capsys.readouterr().err
    assert settings.read_text("utf-8") == "of the first"
    first.close()
