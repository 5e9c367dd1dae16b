import os
import signal
from itertools import pairwise
from pathlib import Path

import pytest

from toasoan.parallel import CHUNK, in_parallel, in_stretches, meanwhile

MANY = tuple(range(3 * CHUNK + 1))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_things(jobs: int) -> None:
    assert list(in_parallel(lambda thing: thing * 2, MANY, jobs)) == [thing * 2 for thing in MANY]


def test_many_things_are_shared_among_processes() -> None:
    assert os.getpid() not in set(in_parallel(lambda _: os.getpid(), MANY, 2))


def test_for_few_things_no_process_is_started() -> None:
    assert set(in_parallel(lambda _: os.getpid(), MANY[:CHUNK], 2)) == {os.getpid()}


def test_what_the_work_raises_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_parallel(lambda thing: 1 // (thing - CHUNK), MANY, 2))


def test_whoever_stops_early_leaves_nothing_behind() -> None:
    results = in_parallel(lambda thing: thing, MANY, 2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(in_parallel(lambda thing: -thing, MANY, 2))[1] == -1


def test_a_killed_worker_costs_no_result(tmp_path: Path) -> None:
    killed = tmp_path / "killed"

    def work(thing: int) -> int:
        if thing == CHUNK and not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return thing * 2

    assert list(in_parallel(work, MANY, 2)) == [thing * 2 for thing in MANY]
    assert killed.exists()


def test_workers_that_are_always_killed_are_done_without(tmp_path: Path) -> None:
    parent = os.getpid()

    def work(thing: int) -> int:
        if thing == CHUNK and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return thing

    assert list(in_parallel(work, MANY, 2)) == list(MANY)


def test_in_stretches_each_worker_keeps_to_what_stands_beside_each_other() -> None:
    results = list(in_stretches(lambda thing: (thing, os.getpid()), tuple(range(40 * CHUNK)), 2))
    assert sorted(thing for thing, _ in results) == list(range(40 * CHUNK))
    by_thing = [process for _, process in sorted(results)]
    changes = sum(one != next_one for one, next_one in pairwise(by_thing))
    assert len(set(by_thing)) == 2
    assert changes <= 3  # one in the middle, and where one helped the other


def test_in_stretches_a_killed_worker_costs_no_result(tmp_path: Path) -> None:
    killed = tmp_path / "killed"

    def work(thing: int) -> int:
        if thing == 2 * CHUNK and not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return thing

    assert sorted(in_stretches(work, MANY, 2)) == list(MANY)


def test_a_fault_that_can_not_travel_is_told_all_the_same() -> None:
    class LocalError(Exception):
        pass

    def work(thing: int) -> int:
        raise LocalError(f"thing {thing}")

    with pytest.raises(RuntimeError, match="thing"):
        list(in_parallel(work, MANY, 2))


def test_what_is_done_meanwhile_is_done_by_another_process() -> None:
    assert meanwhile(lambda: [str(os.getpid()), "phở"])() not in (None, [str(os.getpid()), "phở"])


def test_what_fails_meanwhile_is_left_to_the_caller() -> None:
    assert meanwhile(lambda: [str(1 // 0)])() is None


def test_who_is_killed_meanwhile_is_not_waited_for() -> None:
    def work() -> list[str]:
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    assert meanwhile(work)() is None
