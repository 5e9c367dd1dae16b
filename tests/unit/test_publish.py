from __future__ import annotations

import json
import shutil
from itertools import count
from pathlib import Path

import pytest

from tests.builders import codes, tree, write
from toasoan.diagnostics import Report
from toasoan.files import TEMPORARY_MARK, Act, acting_through
from toasoan.model.output import Output
from toasoan.publish import MANIFEST, UNFINISHED, Published, publish, read_manifest

OLD = {"index.html": b"old home", "a/index.html": b"old a", "gone/deep/index.html": b"gone", "same.txt": b"same"}
NEW = {"index.html": b"new home", "a/index.html": b"new a!", "b/c/index.html": b"new b", "same.txt": b"same"}


def put(files: dict[str, bytes], destination: Path) -> Published:
    report = Report()
    published = publish([Output(path, data) for path, data in files.items()], destination, report)
    assert codes(report) == []
    assert published is not None
    return published


def refused(files: dict[str, bytes], destination: Path) -> list[str]:
    report = Report()
    assert publish([Output(path, data) for path, data in files.items()], destination, report) is None
    return [diagnostic.message for diagnostic in report]


def visible(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(folder).items() if path != MANIFEST}


def failing_at(number: int) -> Act:
    """A disk that refuses the act of this number and all that follow."""
    acts = count(1)

    def watch(act: str, path: Path) -> None:
        if next(acts) >= number:
            raise OSError(28, "No space left on device", str(path))

    return watch


def test_only_what_changed_is_written_and_what_is_no_longer_wanted_goes(tmp_path: Path) -> None:
    assert put(OLD, tmp_path) == Published(files=4, written=4, removed=0, bytes=21)
    assert put(NEW, tmp_path) == Published(files=4, written=3, removed=1, bytes=23)
    assert put(NEW, tmp_path) == Published(files=4, written=0, removed=0, bytes=23)
    assert visible(tmp_path) == NEW
    assert not (tmp_path / "gone").exists()


def test_other_peoples_files_and_folders_stay(tmp_path: Path) -> None:
    write(tmp_path, "gone/deep/theirs.txt", "theirs")
    put(OLD, tmp_path)
    put(NEW, tmp_path)

    assert visible(tmp_path) == {**NEW, "gone/deep/theirs.txt": b"theirs"}


@pytest.mark.parametrize("path", ["index.html", "a/index.html"])
def test_other_peoples_files_are_not_overwritten(path: str, tmp_path: Path) -> None:
    write(tmp_path, path, "theirs")

    assert refused(OLD, tmp_path) == [f"{path} lies in the output folder, but no build put it there"]
    assert tree(tmp_path) == {path: b"theirs"}


def test_a_folder_where_a_file_would_go_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()

    assert len(refused(OLD, tmp_path)) == 1


def test_a_name_whose_case_changes_is_removed_before_it_is_written(tmp_path: Path) -> None:
    """Where case does not count, it is one file, and removing the old name last would remove the new file."""
    acts: list[str] = []
    put({"Tea/index.html": b"tea", "old": b""}, tmp_path)

    with acting_through(lambda act, path: acts.append(f"{act} {path.relative_to(tmp_path)}")):
        put({"tea/index.html": b"tea"}, tmp_path)

    assert acts.index("delete Tea/index.html") < acts.index("write tea/index.html") < acts.index("delete old")


def test_a_file_may_become_a_folder(tmp_path: Path) -> None:
    put({"media/a": b"file"}, tmp_path)
    put({"media/a/b.png": b"inside"}, tmp_path)

    assert visible(tmp_path) == {"media/a/b.png": b"inside"}


def test_files_that_some_hosts_would_mix_up_are_not_published(tmp_path: Path) -> None:
    assert refused({"media/A.png": b"", "media/a.png": b""}, tmp_path) == [
        "media/a.png and media/A.png would be one file on many hosts"
    ]
    assert refused({"x/feed": b"", "x/feed/index.html": b""}, tmp_path) == ["x/feed would be a file and a folder"]
    assert tree(tmp_path) == {}


def test_a_manifest_that_somebody_broke_makes_everything_foreign(tmp_path: Path) -> None:
    for text in ("", "[]", "{}", '{"files": 1}', "{"):
        write(tmp_path, MANIFEST, text)
        assert read_manifest(tmp_path) == {}


def test_a_manifest_can_have_nothing_outside_removed(tmp_path: Path) -> None:
    theirs = write(tmp_path, "outside/theirs.txt", "theirs")
    files = {"../outside/theirs.txt": "x", str(theirs): "x", "a/../../outside/theirs.txt": "x"}
    write(tmp_path, f"inside/{MANIFEST}", json.dumps({"files": files}))

    put(OLD, tmp_path / "inside")

    assert theirs.read_text() == "theirs"


def test_the_manifest_tells_a_finished_publication_from_one_that_was_cut_short(tmp_path: Path) -> None:
    put(OLD, tmp_path)
    assert UNFINISHED not in read_manifest(tmp_path).values()

    with acting_through(failing_at(4)), pytest.raises(OSError, match="No space"):
        publish([Output(path, data) for path, data in NEW.items()], tmp_path, Report())

    assert UNFINISHED in read_manifest(tmp_path).values()


def test_a_fault_at_any_act_leaves_whole_files_and_the_next_publication_finishes(tmp_path: Path) -> None:
    for start in ({}, OLD):
        acts: list[str] = []
        put(start, tmp_path / f"counted-{len(start)}")
        with acting_through(lambda act, path: acts.append(act)):  # noqa: B023  # used within this turn only
            put(NEW, tmp_path / f"counted-{len(start)}")

        for number in range(1, len(acts) + 1):
            folder = tmp_path / f"{len(start)}-{number}"
            put(start, folder)
            before = visible(folder)
            with acting_through(failing_at(number)):
                try:
                    publish([Output(path, data) for path, data in NEW.items()], folder, Report())
                except OSError:
                    pass
                else:
                    assert acts[number - 1] == "remove-folder"  # an empty folder harms nobody

            for path, data in visible(folder).items():
                assert data in (start.get(path), NEW.get(path)), (number, path)
            assert before.items() & start.items() == start.items()
            put(NEW, folder)
            assert visible(folder) == NEW
            put(start, folder)
            assert visible(folder) == start
            shutil.rmtree(folder)


def test_the_next_publication_may_want_something_else_than_the_one_that_failed(tmp_path: Path) -> None:
    third = {path: data.replace(b"new", b"3rd") for path, data in NEW.items()}
    for number in range(1, 14):
        for wanted in (third, OLD):
            folder = tmp_path / f"{number}-{len(wanted)}-{wanted is OLD}"
            put(OLD, folder)
            with acting_through(failing_at(number)), pytest.raises(OSError, match="No space"):
                publish([Output(path, data) for path, data in NEW.items()], folder, Report())

            put(wanted, folder)

            assert visible(folder) == wanted, number


def test_what_a_killed_build_left_half_written_is_swept_away(tmp_path: Path) -> None:
    put(OLD, tmp_path)
    with acting_through(failing_at(4)), pytest.raises(OSError, match="No space"):
        publish([Output(path, data) for path, data in NEW.items()], tmp_path, Report())
    write(tmp_path, f"a/.index.html.4711{TEMPORARY_MARK}", "hal")

    put(NEW, tmp_path)

    assert visible(tmp_path) == NEW
