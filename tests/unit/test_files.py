from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import tree
from toasoan.files import (
    TEMPORARY_MARK,
    acting_through,
    delete_file,
    make_folder,
    remove_empty_folders,
    write_file,
    write_text,
)


def refusing(*acts: str) -> Callable[[str, Path], None]:
    def watch(act: str, path: Path) -> None:
        if act in acts:
            raise OSError(28, "No space left on device", str(path))

    return watch


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_text(tmp_path / "a/b/c.txt", "Hà Nội\n")

    assert tree(tmp_path) == {"a/b/c.txt": "Hà Nội\n".encode()}


@pytest.mark.parametrize("act", ["write", "replace"])
def test_a_disk_that_refuses_leaves_the_old_file_and_no_other(act: str, tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", b"old")

    with acting_through(refusing(act)), pytest.raises(OSError, match="No space"):
        write_file(tmp_path / "a.txt", b"new")

    assert tree(tmp_path) == {"a.txt": b"old"}


def test_a_name_as_long_as_a_disk_allows_can_be_written(tmp_path: Path) -> None:
    name = "ề" * 85

    write_file(tmp_path / name, b"x")

    assert tree(tmp_path) == {name: b"x"}


def test_every_act_is_announced(tmp_path: Path) -> None:
    acts: list[tuple[str, str]] = []

    with acting_through(lambda act, path: acts.append((act, path.name))):
        write_file(tmp_path / "folder/a", b"")
        make_folder(tmp_path / "folder")
        delete_file(tmp_path / "folder/a")
        remove_empty_folders(tmp_path / "folder", tmp_path)

    assert acts == [
        ("make-folder", "folder"),
        ("write", "a"),
        ("replace", "a"),
        ("delete", "a"),
        ("remove-folder", "folder"),
    ]


def test_watching_ends_with_the_block(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"), acting_through(refusing("write")):
        write_file(tmp_path / "a", b"")

    write_file(tmp_path / "a", b"x")


def test_a_file_that_is_gone_already_is_fine(tmp_path: Path) -> None:
    delete_file(tmp_path / "nothing")


def test_folders_are_removed_upwards_until_one_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "stop/a/b/c").mkdir(parents=True)
    write_file(tmp_path / "stop/a/keep", b"")

    remove_empty_folders(tmp_path / "stop/a/b/c", tmp_path / "stop")

    assert (tmp_path / "stop/a").is_dir()
    assert not (tmp_path / "stop/a/b").exists()


def test_folders_outside_are_never_removed(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside").mkdir()

    remove_empty_folders(tmp_path / "outside", tmp_path / "inside")
    remove_empty_folders(tmp_path / "inside", tmp_path / "inside")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside", "outside"]
    assert not list(tmp_path.rglob(f"*{TEMPORARY_MARK}"))
