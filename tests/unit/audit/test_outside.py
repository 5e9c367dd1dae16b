"""Pages elsewhere are asked for politely, and what they said is remembered."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.host import Host
from toasoan.audit.outside import KEPT, KEPT_IF_GONE, OutsideLinks, outside_faults


def told(file: Path, host: Host, *paths: str, now: float = 1_000_000, pause: float = 0) -> dict[str, list[str]]:
    """What is told of pages of the host."""
    base = f"http://127.0.0.1:{host.server_address[1]}"
    links = OutsideLinks(file, now, frozenset({"127.0.0.1"}), pause)
    heard = links.look([f"{base}{path}" for path in paths], lambda *_: None)
    return {
        link.removeprefix(base): [it.message.replace(base, "") for it in outside_faults(link, said)]
        for link, said in heard.items()
    }


def test_what_is_gone_or_moved_for_good_is_told_and_nothing_else(tmp_path: Path, host: Host) -> None:
    paths = ("/there#part", "/gone", "/moved", "/for-now", "/closed", "/no-head")

    assert told(tmp_path / "links.json", host, *paths) == {
        "/there": [],
        "/gone": ["/gone is not there any more: the host answers 410"],
        "/moved": ["/moved has moved to /new"],
        "/for-now": [],
        "/closed": [],
        "/no-head": [],
    }
    methods = [(method, path) for method, path, _ in host.asked]
    assert ("GET", "/there") not in methods  # nobody needs the page
    assert ("GET", "/no-head") in methods


def test_a_host_is_asked_one_thing_after_the_other_with_a_pause(tmp_path: Path, host: Host) -> None:
    told(tmp_path / "links.json", host, *(f"/{number}" for number in range(4)), pause=0.05)

    times = [at for _, _, at in host.asked]
    assert host.most_at_once == 1
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(times))


def test_what_was_heard_is_believed_for_days_and_a_bad_answer_for_one(tmp_path: Path, host: Host) -> None:
    file = tmp_path / "links.json"
    told(file, host, "/there", "/gone")
    asked = len(host.asked)

    assert told(file, host, "/there", "/gone")["/gone"] != []
    assert len(host.asked) == asked

    told(file, host, "/there", "/gone", now=1_000_000 + KEPT_IF_GONE)
    assert {path for _, path, _ in host.asked[asked:]} == {"/gone"}

    asked = len(host.asked)
    told(file, host, "/there", now=1_000_000 + KEPT)
    assert {path for _, path, _ in host.asked[asked:]} == {"/there"}


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"a": {"status": 200}}', b"\xff"])
def test_a_damaged_memory_is_no_memory(damage: bytes, tmp_path: Path, host: Host) -> None:
    (tmp_path / "links.json").write_bytes(damage)

    assert told(tmp_path / "links.json", host, "/there") == {"/there": []}


def test_a_private_network_is_not_asked(tmp_path: Path, host: Host) -> None:
    link = f"http://127.0.0.1:{host.server_address[1]}/there"

    heard = OutsideLinks(tmp_path / "links.json", 0).look([link], lambda *_: None)

    assert [it.code for it in outside_faults(link, heard[link])] == ["dead-outside-link"]
    assert host.asked == []


def test_a_host_that_is_not_there_is_told(tmp_path: Path) -> None:
    links = OutsideLinks(tmp_path / "links.json", 0, frozenset({"127.0.0.1"}))

    heard = links.look(["http://127.0.0.1:9/"], lambda *_: None)

    (fault,) = outside_faults("http://127.0.0.1:9/", heard["http://127.0.0.1:9/"])
    assert fault.message.startswith("http://127.0.0.1:9/ can't be reached: ")
