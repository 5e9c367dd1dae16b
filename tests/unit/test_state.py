from __future__ import annotations

from pathlib import Path

import pytest

from toasoan.state import CATALOG, State, open_state


def sealed(file: Path) -> None:
    state = open_state(file)
    state.note("answer", 42)
    state.seal()
    state.close()


def remembers(file: Path) -> bool:
    state = open_state(file)
    answer = state.fact("answer")
    state.close()
    return bool(answer == 42)


def test_what_was_sealed_is_believed(tmp_path: Path) -> None:
    sealed(tmp_path / "s.sqlite")

    assert remembers(tmp_path / "s.sqlite")


def test_what_was_not_sealed_never_was(tmp_path: Path) -> None:
    sealed(tmp_path / "s.sqlite")
    state = open_state(tmp_path / "s.sqlite")
    state.note("answer", 43)
    state.close()
    assert remembers(tmp_path / "s.sqlite")

    state = open_state(tmp_path / "s.sqlite")
    state.save()
    state.close()
    assert not remembers(tmp_path / "s.sqlite")


@pytest.mark.parametrize("at", [0, 99, 5_000, -1])
def test_a_state_of_which_a_bit_was_changed_is_thrown_away(at: int, tmp_path: Path) -> None:
    file = tmp_path / "s.sqlite"
    sealed(file)
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)

    assert not remembers(file)


@pytest.mark.parametrize("at", [0, 4_096, 9_000, 12_287, 12_288, -1])
def test_a_bit_in_any_part_of_a_state_is_missed(at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toasoan.state.PART", 12_288)
    monkeypatch.setattr("toasoan.state.BLOCK", 1_000)
    monkeypatch.setattr("toasoan.state.THREADS", 3)
    file = tmp_path / "s.sqlite"
    sealed(file)
    assert len(file.with_suffix(".seal").read_text("ascii").split()) > 5
    assert remembers(file)
    data = bytearray(file.read_bytes())
    data[at] ^= 0x80
    file.write_bytes(data)

    assert not remembers(file)


def test_a_state_that_was_cut_short_or_is_none_is_thrown_away(tmp_path: Path) -> None:
    file = tmp_path / "s.sqlite"
    for data in (b"", b"nonsense"):
        sealed(file)
        file.write_bytes(data)
        assert not remembers(file)
    sealed(file)
    file.with_suffix(".seal").unlink()
    assert not remembers(file)


def test_what_came_after_a_mark_can_be_taken_back(tmp_path: Path) -> None:
    state = open_state(tmp_path / "s.sqlite")
    state.note("answer", 42)
    state.mark()
    state.note("answer", 43)
    state.return_to_mark()

    assert state.fact("answer") == 42
    state.close()


def test_all_tables_can_be_forgotten_but_those_that_settings_do_not_change() -> None:
    state = State(Path(":memory:"), is_new=True)
    tables = set(state.rows("SELECT name FROM sqlite_master WHERE type = 'table'"))

    assert tables - set(CATALOG) == {"output", "photo", "template"}
