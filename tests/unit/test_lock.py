from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from toasoan.lock import LockedError, locked

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such lock on Windows")


def try_to_lock(file: Path) -> str:
    code = (
        "import sys; from pathlib import Path; from toasoan.lock import LockedError, locked\n"
        "try:\n    with locked(Path(sys.argv[1])): print('free')\n"
        "except LockedError as error: print(error.process)"
    )
    return subprocess.run(
        [sys.executable, "-c", code, file], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_lock_names_the_process_that_holds_it_and_is_free_afterwards(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"):
        assert try_to_lock(tmp_path / "lock") == str(os.getpid())

    assert try_to_lock(tmp_path / "lock") == "free"


def test_a_lock_holds_within_a_process_too(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"), pytest.raises(LockedError), locked(tmp_path / "lock"):
        pass


def test_a_fork_that_lives_on_holds_no_lock(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    done = context.Event()
    with locked(tmp_path / "lock"):
        worker = context.Process(target=done.wait)
        worker.start()

    assert try_to_lock(tmp_path / "lock") == "free"
    done.set()
    worker.join()
