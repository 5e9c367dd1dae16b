"""What makes the state of another version of the program worthless, and what does not."""

from __future__ import annotations

from pathlib import Path

from toasoan.incremental.sources import program_files


def test_compiled_files_that_come_and_go_leave_the_program_the_same(tmp_path: Path) -> None:
    package = tmp_path / "toasoan"
    (package / "render").mkdir(parents=True)
    (package / "render/page.py").write_text("a = 1\n")
    before = program_files(package)

    for folder in (package / "__pycache__", package / "render/__pycache__"):
        folder.mkdir()
        (folder / "page.cpython-311.pyc").write_bytes(b"compiled")
    (package / "empty").mkdir()

    assert before
    assert program_files(package) == before


def test_another_version_of_a_file_makes_another_program(tmp_path: Path) -> None:
    package = tmp_path / "toasoan"
    package.mkdir()
    (package / "page.py").write_text("a = 1\n")
    before = program_files(package)

    (package / "page.py").write_text("a = 12\n")

    assert program_files(package) != before
