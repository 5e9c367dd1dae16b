"""What was seen once is not looked at again, unless it changed or nobody can believe what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from toasoan.audit.facts import Facts, Feed, Page, Sitemap, Text, read, written
from toasoan.audit.findings import Fault, advice
from toasoan.audit.memory import Memory

FAULT = advice(Fault("code", "a message", "a hint", link="/vi/"))
ALL_KINDS: tuple[Facts, ...] = (
    Page("vi", True, (("vi", "https://a.example/"),), ("/",), (), ("/a.css",), ("/b.png",), (), ("id",), 7, "2025",
         None, None, (FAULT,)),
    Feed(("https://a.example/",), (FAULT, Fault("other", "m", "h"))),
    Sitemap(False, True, (("https://a.example/", (("vi", "https://a.example/"),)),), (), ()),
    Text(()),
)  # fmt: skip


@pytest.mark.parametrize("facts", ALL_KINDS, ids=lambda it: type(it).__name__)
def test_facts_are_read_as_they_were_written(facts: Facts) -> None:
    assert read(written(facts)) == facts


class Looker:
    """Looks at files, and notes at which."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def look(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            self.seen.append(name)
            yield written(Feed((name,), ()))


def gone_through(file: Path, wanted: dict[str, str], context: str = "this program") -> tuple[list[str], list[str]]:
    """The files at which somebody looked, and what was told of all."""
    looker, told = Looker(), list[str]()

    def take(name: str, facts: Facts) -> None:
        assert facts == Feed((name,), ())
        told.append(name)

    Memory(file, context).go_through(sorted(wanted.items()), looker.look, take)
    return looker.seen, told


def test_only_what_is_new_or_has_changed_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "memory"
    assert gone_through(file, {"a": "1", "b": "1", "c\t\n": "1"}) == (["a", "b", "c\t\n"],) * 2
    before = file.stat().st_mtime_ns

    assert gone_through(file, {"a": "1", "b": "1", "c\t\n": "1"}) == ([], ["a", "b", "c\t\n"])
    assert file.stat().st_mtime_ns == before

    assert gone_through(file, {"0": "1", "a": "1", "b": "2"}) == (["0", "b"], ["0", "a", "b"])
    assert gone_through(file, {"0": "1", "a": "1", "b": "2"}) == ([], ["0", "a", "b"])
    assert gone_through(file, {"a": "1"}, "another program") == (["a"], ["a"])


@pytest.mark.parametrize("damage", ["empty", "cut short", "no archive", "another line"])
def test_a_memory_that_can_not_be_believed_is_none(damage: str, tmp_path: Path) -> None:
    file = tmp_path / "memory"
    gone_through(file, {"a": "1", "b": "1"})
    data = file.read_bytes()
    file.write_bytes(
        {"empty": b"", "cut short": data[:-6], "no archive": b"a" * 40, "another line": data[::-1]}[damage]
    )

    assert gone_through(file, {"a": "1", "b": "1"}) == (["a", "b"], ["a", "b"])
    assert gone_through(file, {"a": "1", "b": "1"}) == ([], ["a", "b"])
