"""The process that builds for the preview: it is heard from at once, and what it makes in the end is whole."""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import built, portal, text_of, tree, write
from toasoan.answer import JustMade
from toasoan.lock import LockedError
from toasoan.preview.builder import (
    Answered,
    Asked,
    Builder,
    Built,
    Changed,
    Ended,
    Failed,
    Message,
    Portal,
    ReadSoFar,
)
from toasoan.workshop import TakenIn

ARTICLES = 120


class Heard:
    """A builder, and what it says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.builder = Builder(Portal(root, root / "preview", None, None, 2))
        self.builder.wait_until_open()
        self._said: queue.Queue[Message] = queue.Queue()
        self.builder.listen(self._said.put)

    def until(self, kind: type) -> list[Message]:
        """What it says up to the first message of a kind."""
        said: list[Message] = []
        while not said or not isinstance(said[-1], kind):
            said.append(self._said.get(timeout=240))
            assert isinstance(said[-1], kind) or not isinstance(said[-1], Ended)
        return said


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Heard]:
    root = portal(tmp_path, {f"vi/t{number}.md": text_of(f"Tin {number}") for number in range(ARTICLES)})
    heard = Heard(root)
    yield heard
    heard.builder.end()


def test_it_says_how_far_it_has_read_and_makes_the_rest_in_silence(heard: Heard) -> None:
    heard.builder.tell(Changed(None))
    reading = heard.until(TakenIn)
    assert [it for it in reading if isinstance(it, ReadSoFar)] == [ReadSoFar(100, ARTICLES)]
    # The rest is made by a fork: two processes must not speak at once.
    assert len(heard.until(Built)) == 1


def test_a_change_ends_the_making_of_the_rest(heard: Heard, tmp_path: Path) -> None:
    heard.builder.tell(Changed(None))
    heard.until(TakenIn)
    for number in range(12):
        time.sleep(0.05 * number)  # so that it is met at one moment and another, also while it publishes
        text = write(heard.root, "site/content/vi/t7.md", text_of(f"Khác {number}"))
        heard.builder.tell(Changed(frozenset([text])))
        heard.until(TakenIn)
        heard.builder.tell(Asked(number, "vi/t7/index.html"))
        answer = heard.until(Answered)[-1]
        assert isinstance(answer, Answered)
        assert isinstance(answer.answer, JustMade)
        assert f"Khác {number}".encode() in answer.answer.data
    heard.until(Built)
    built(heard.root, tmp_path / "clean")
    assert tree(heard.root / "preview") == tree(tmp_path / "clean")


def test_it_has_the_portal_for_itself(heard: Heard) -> None:
    with pytest.raises(LockedError):
        Heard(heard.root)


def test_it_goes_on_after_a_failure_of_the_disk(heard: Heard, tmp_path: Path) -> None:
    (heard.root / "preview").write_text("a file where a folder is to be")
    heard.builder.tell(Changed(None))
    heard.until(TakenIn)
    assert "the disk refuses" in str(heard.until(Failed)[-1])
    (heard.root / "preview").unlink()
    text = write(heard.root, "site/content/vi/t7.md", text_of("Khác"))
    heard.builder.tell(Changed(frozenset([text])))
    heard.until(Built)
    built(heard.root, tmp_path / "clean")
    assert tree(heard.root / "preview") == tree(tmp_path / "clean")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="nothing else tells the children of a process")
def test_it_says_so_if_the_making_of_the_rest_is_killed(heard: Heard, tmp_path: Path) -> None:
    heard.builder.tell(Changed(None))
    heard.until(TakenIn)
    builder = heard.builder._process.pid
    children = Path(f"/proc/{builder}/task/{builder}/children")
    while not (rest := children.read_text().split()):
        time.sleep(0.01)
    os.kill(int(rest[0]), signal.SIGKILL)
    failed = heard.until(Failed)[-1]
    assert failed == Failed("the process that made the rest was killed")
    heard.builder.tell(Changed(frozenset()))
    heard.until(Built)
    built(heard.root, tmp_path / "clean")
    assert tree(heard.root / "preview") == tree(tmp_path / "clean")


def test_it_ends_with_what_it_had_kept(heard: Heard) -> None:
    heard.builder.tell(Changed(None))
    heard.until(Built)
    heard.builder.end()
    again = Heard(heard.root)
    again.builder.tell(Changed(None))
    said = again.until(TakenIn)
    assert isinstance(said[-1], TakenIn)
    assert said[-1].is_finished
    again.builder.end()
