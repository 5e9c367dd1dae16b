"""Lists of releases, and journals, as they are kept."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toasoan.deploy import release as releases
from toasoan.deploy.host import Work
from toasoan.deploy.journal import done_line, journal_in, journal_lines
from toasoan.deploy.release import NoReleaseError, Release, ReleaseFile, is_release_id, made_at, new_release_id
from toasoan.deploy_settings import seconds_of

ID = "20260101T000000Z-00ff"
paths = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\0"), min_size=1)
files = st.builds(
    ReleaseFile, st.text("0123456789abcdef.br", max_size=8), st.integers(0, 2**40), st.text("0af", max_size=3),
    st.none() | st.integers(0, 2**40),
)  # fmt: skip
sent = st.builds(
    ReleaseFile, st.text("0af", min_size=1, max_size=8), st.integers(0, 2**40), st.text("0af", max_size=3)
)


@given(st.dictionaries(paths, files))
def test_a_list_reads_back_the_same(given_files: dict[str, ReleaseFile]) -> None:
    release = Release(ID, given_files, "20250101T000000Z-0000")
    assert releases.read(release.as_bytes) == release


def test_a_list_is_the_same_bytes_whatever_the_order() -> None:
    one, other = ReleaseFile("1", 1), ReleaseFile("2", 2)
    assert Release(ID, {"a": one, "b": other}).as_bytes == Release(ID, {"b": other, "a": one}).as_bytes


@pytest.mark.parametrize("kept", [0, 5, 40, -1])
def test_half_of_a_list_is_none(kept: int) -> None:
    data = Release(ID, {f"file-{number}": ReleaseFile("1", number) for number in range(9)}).as_bytes
    with pytest.raises(NoReleaseError):
        releases.read(data[:kept])
    text = gzip.decompress(data)
    with pytest.raises(NoReleaseError):
        releases.read(gzip.compress(text[: text.rindex(b"\n")]))


def test_a_list_of_a_later_program_is_left_alone() -> None:
    with pytest.raises(NoReleaseError, match="later version"):
        releases.read(gzip.compress(b'{"format": 2, "release": "x", "files": 0}'))


def test_ids_sort_by_time_even_where_clocks_disagree() -> None:
    now = datetime(2026, 1, 2, 3, 4, 5, 999, tzinfo=UTC)
    first = new_release_id(now, None)
    assert is_release_id(first)
    assert made_at(first) == now.replace(microsecond=0)
    second = new_release_id(now.replace(year=2020), first)
    assert second > first
    assert not is_release_id("../../etc")


@given(st.dictionaries(paths, st.none() | sent), st.dictionaries(paths, sent))
def test_a_journal_reads_back_the_same(touched: dict[str, ReleaseFile | None], done: dict[str, ReleaseFile]) -> None:
    work = Work(ID, None, "Lan – Hà Nội", touched, done)
    assert journal_in(journal_lines(work)) == work


def test_half_a_line_of_a_journal_is_not_done() -> None:
    work = Work(ID, None, "x", {"a": ReleaseFile("1", 1), "b": ReleaseFile("1", 1)})
    whole = journal_lines(work) + done_line("a", ReleaseFile("1", 1))
    half = whole + done_line("b", ReleaseFile("1", 1))[:-3]
    found = journal_in(half)
    assert found is not None
    assert set(found.done) == {"a"}


def test_a_journal_that_is_not_whole_touched_nothing() -> None:
    text = journal_lines(Work(ID, None, "x", {"a": None, "b": None}))
    assert journal_in(text[: text.rindex("[")]) is None
    assert journal_in("") is None


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1800), ("24h", 86400), ("7d", 604800), ("1w", None), ("h", None)]
)
def test_times_are_written_with_their_unit(text: str, seconds: int | None) -> None:
    assert seconds_of(text) == seconds
