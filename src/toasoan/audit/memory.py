"""What earlier checks saw in files that have not changed since, in one compressed file; without it time is lost."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from toasoan.audit.facts import Facts, read
from toasoan.files import move, write_parts

BLOCK = 1 << 20
"""Bytes that are read at once."""

Wanted = tuple[str, str]
"""The name of a file, and the digest of what is in it."""


class Memory:
    """Facts of files by their names, in the order of these; of one file at a time, however many there are."""

    def __init__(self, file: Path, context: str) -> None:
        """`context` is a line that tells on what else facts depend, such as the program itself."""
        self._file = file
        self._context = context

    def go_through(
        self,
        wanted: Sequence[Wanted],
        look: Callable[[Sequence[str]], Iterator[str]],
        take: Callable[[str, Facts], None],
    ) -> None:
        """Have `take` get the facts of each file of `wanted`, which stand in order, and remember them.

        `look` finds out those of files that are new or have changed, and gives them as `written`.
        """
        known = self._digests()
        new = look([name for name, digest in wanted if known.get(name) != digest])

        def lines() -> Iterator[str]:
            old = self._lines()
            for name, digest in wanted:
                if known.get(name) == digest:
                    line = next(line for there, _, line in old if there == name)
                else:
                    line = next(new)
                take(name, read(line))
                yield f"{json.dumps(name)}\t{digest}\t{line}"

        if known == dict(wanted):
            for _ in lines():
                pass
            return
        staged = self._file.with_suffix(".new")
        write_parts(staged, self._compressed(lines()))
        move(staged, self._file)

    def _compressed(self, lines: Iterator[str]) -> Iterator[bytes]:
        packing = zlib.compressobj(1)
        yield packing.compress(f"{self._context}\n".encode())
        for line in lines:
            yield packing.compress(f"{line}\n".encode("utf-8", "surrogatepass"))
        yield packing.flush()

    def _digests(self) -> dict[str, str]:
        """The digests of all files that are known; none if what is remembered can't be believed."""
        try:
            return {name: digest for name, digest, _ in self._lines()}
        except (OSError, ValueError, zlib.error):
            return {}

    def _lines(self) -> Iterator[tuple[str, str, str]]:
        """The name, the digest and the facts of each file. Raises what damaged files raise."""
        lines = self._text_lines()
        if next(lines, None) != self._context:
            return
        for line in lines:
            name, digest, facts = line.split("\t", 2)
            yield json.loads(name), digest, facts

    def _text_lines(self) -> Iterator[str]:
        unpacking, rest = zlib.decompressobj(), b""
        with self._file.open("rb") as file:
            while block := file.read(BLOCK):
                *lines, rest = (rest + unpacking.decompress(block)).split(b"\n")
                yield from (line.decode("utf-8", "surrogatepass") for line in lines)
        if not unpacking.eof or rest:
            raise ValueError("the file was cut short")
