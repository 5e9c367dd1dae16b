from __future__ import annotations

import hashlib
import json
import shutil
from itertools import count
from pathlib import Path

import pytest

from tests.builders import codes, tree, write
from toasoan.diagnostics import Report
from toasoan.files import Act, acting_through
from toasoan.publish import MANIFEST, STAGING, UNFINISHED, NewFile, Staging, publish, read_manifest

OLD = {"index.html": b"old home", "a/index.html": b"old a", "gone/deep/index.html": b"gone", "same.txt": b"same"}
NEW = {"index.html": b"new home", "a/index.html": b"new a!", "b/c/index.html": b"new b", "same.txt": b"same"}


def publish_all(files: dict[str, bytes], destination: Path, report: Report) -> tuple[int, int] | None:
    """Have an output folder hold just these files, as a build does; gives how many were written and removed."""
    before = read_manifest(destination)
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    staging = Staging(destination)
    staging.clear()
    new = [NewFile(path, hash_, path in before) for path, hash_ in hashes.items() if before.get(path) != hash_]
    for file in new:
        staging.put(file.path, files[file.path])
    gone = sorted(before.keys() - files.keys())
    return (len(new), len(gone)) if publish(new, gone, staging, destination, report) else None


def put(files: dict[str, bytes], destination: Path) -> tuple[int, int]:
    report = Report()
    published = publish_all(files, destination, report)
    assert codes(report) == []
    assert published is not None
    return published


def refused(files: dict[str, bytes], destination: Path) -> list[str]:
    report = Report()
    assert publish_all(files, destination, report) is None
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
    assert put(OLD, tmp_path) == (4, 0)
    assert put(NEW, tmp_path) == (3, 1)
    assert put(NEW, tmp_path) == (0, 0)
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

    assert acts.index("delete Tea/index.html") < acts.index("move tea/index.html") < acts.index("delete old")


def test_a_file_may_become_a_folder(tmp_path: Path) -> None:
    put({"media/a": b"file"}, tmp_path)
    put({"media/a/b.png": b"inside"}, tmp_path)

    assert visible(tmp_path) == {"media/a/b.png": b"inside"}


def test_a_manifest_that_somebody_broke_makes_everything_foreign(tmp_path: Path) -> None:
    for text in ("", "[]", "{}", '["a", 1]', '["a", "b", "c"]', '["a", "no hash"]', "{", '["a/index.ht'):
        write(tmp_path, MANIFEST, text)
        assert read_manifest(tmp_path) == {}


def test_a_manifest_can_have_nothing_outside_removed(tmp_path: Path) -> None:
    theirs = write(tmp_path, "outside/theirs.txt", "theirs")
    paths = ["../outside/theirs.txt", str(theirs), "a/../../outside/theirs.txt"]
    write(tmp_path, f"inside/{MANIFEST}", "".join(f"{json.dumps([path, 64 * 'a'])}\n" for path in paths))

    put(OLD, tmp_path / "inside")

    assert theirs.read_text() == "theirs"


def test_the_manifest_tells_a_finished_publication_from_one_that_was_cut_short(tmp_path: Path) -> None:
    put(OLD, tmp_path)
    assert UNFINISHED not in read_manifest(tmp_path).values()

    with acting_through(failing_at(6)), pytest.raises(OSError, match="No space"):
        publish_all(NEW, tmp_path, Report())

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
                    publish_all(NEW, folder, Report())
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
    for number in range(1, 11):
        for wanted in (third, OLD):
            folder = tmp_path / f"{number}-{len(wanted)}-{wanted is OLD}"
            put(OLD, folder)
            with acting_through(failing_at(number)), pytest.raises(OSError, match="No space"):
                publish_all(NEW, folder, Report())

            put(wanted, folder)

            assert visible(folder) == wanted, number


def test_what_a_killed_build_left_half_written_is_swept_away(tmp_path: Path) -> None:
    put(OLD, tmp_path)
    write(tmp_path, f"{STAGING}/a/index.html", "hal")
    (tmp_path / MANIFEST).write_text(f'{(tmp_path / MANIFEST).read_text()}["b/inde')

    put(NEW, tmp_path)

    assert visible(tmp_path) == NEW
    assert not (tmp_path / STAGING).exists()


def test_a_manifest_can_begin_anew(tmp_path: Path) -> None:
    put(OLD, tmp_path)
    put(NEW, tmp_path)
    staging, hash_ = Staging(tmp_path), 64 * "a"
    staging.put("new.txt", b"new")
    kept = {**read_manifest(tmp_path), "new.txt": hash_}

    publish([NewFile("new.txt", hash_, False)], [], staging, tmp_path, Report(), lambda: kept.items())

    assert read_manifest(tmp_path) == kept
    assert len((tmp_path / MANIFEST).read_text().splitlines()) == len(kept)


def test_half_a_line_at_the_end_of_a_manifest_spoils_no_other(tmp_path: Path) -> None:
    put(OLD, tmp_path)
    (tmp_path / MANIFEST).write_text(f'{(tmp_path / MANIFEST).read_text()}["b/inde')

    with acting_through(failing_at(6)), pytest.raises(OSError, match="No space"):
        publish_all({"index.html": b"new home"}, tmp_path, Report())
    with acting_through(failing_at(4)), pytest.raises(OSError, match="No space"):
        publish_all({"index.html": b"new home"}, tmp_path, Report())

    assert read_manifest(tmp_path)["index.html"] == UNFINISHED
