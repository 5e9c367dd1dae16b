"""The words of a segment, cut into files so small that a browser reads little of what it does not look for.

A line for each term: its key, its form where that differs, and the articles that have it. Lines stand in the order of
their keys, so whatever begins with the same letters stands together. Files end where the letters say so: an article
that comes or goes seldom moves the end of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from toasoan.search.entry import ALPHABET, IN_LEDE, words_of
from toasoan.search.folding import Folding

LIMIT = 24_000
"""Characters of a file, some 10 KB compressed; one with a single key may have more."""

COMMON = 32
"""Articles from which on a word that most of a segment have is told only of those that have it in title or lede."""

COMMON_MARK = "!"
"""Stands before the articles of such a word: that others lack it says nothing."""

_SIZE = len(ALPHABET)
_HEAVY = frozenset(ALPHABET[IN_LEDE * 4 :])


class Shard(NamedTuple):
    """A file with terms."""

    start: str
    """No key in it comes before this; it holds all keys from here on to the start of the next file."""

    text: str


class _Line(NamedTuple):
    key: str
    text: str


def shards(entries: Iterable[bytes], folding: Folding) -> Iterator[Shard]:
    """The files of a segment, from the entries of its articles in their order."""
    lines = _lines(entries, folding)
    for start, lines_of_one in _cut(lines, 0):
        yield Shard(start, "\n".join([line.text for line in lines_of_one]))


def _lines(entries: Iterable[bytes], folding: Folding) -> list[_Line]:
    articles: defaultdict[str, list[str]] = defaultdict(list)
    count = 0
    for number, entry in enumerate(entries):
        code = ALPHABET[number // _SIZE] + ALPHABET[number % _SIZE]
        for form, said in zip(*words_of(entry), strict=True):
            articles[form].append(code + said)
        count = number + 1
    return sorted(_line(key, form, found, count) for form, found in articles.items() for key in folding.keys(form))


def _line(key: str, form: str, postings: list[str], count: int) -> _Line:
    mark = ""
    if len(postings) >= COMMON and 2 * len(postings) > count:
        mark = COMMON_MARK
        postings = [it for it in postings if it[2] in _HEAVY]
    return _Line(key, f"{key} {form if form != key else ''} {mark}{''.join(postings)}")


def _cut(lines: Sequence[_Line], depth: int) -> Iterator[tuple[str, list[_Line]]]:
    """Files of lines that have their first `depth` letters in common; each ends where the next letter differs."""
    start, gathered, size = "", list[_Line](), 0
    for letter, group in groupby(lines, key=lambda line: line.key[: depth + 1]):
        found = list(group)
        here = sum(len(line.text) + 1 for line in found)
        if gathered and size + here > LIMIT:
            yield start, gathered
            start, gathered, size = "", [], 0
        if here > LIMIT and len(letter) > depth:
            yield from _cut(found, depth + 1)
            continue
        start = start or letter
        gathered += found
        size += here
    if gathered:
        yield start, gathered
