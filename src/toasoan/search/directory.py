"""The files that lead a browser to what it looks for: a directory of the language, and cards of what is found."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from toasoan.search.folding import as_data

FORMAT = 1
"""Of all files of the index; a script of another one asks for its own."""

CARDS = 16
"""Articles whose cards share a file."""

DIRECTORY = "index.json"
"""The one file whose name does not change with what is in it."""


class FoundCard(NamedTuple):
    """An article as a list of what was found shows it; the browser gets it as a list in this order."""

    link: str
    title: str
    summary: str
    date: str
    """In words, as other lists have it; empty where nobody knows."""

    day: str
    """ISO 8601; empty where nobody knows."""

    section: str
    picture: str
    """Link of a small one."""


class Trait(NamedTuple):
    """What an article can be filtered by."""

    section: str
    """Key; empty for none."""

    agency: str
    """Name; empty for none."""

    day: str
    """ISO 8601; empty where nobody knows."""


class Told(NamedTuple):
    """What the directory tells of a segment."""

    size: int
    shards: Sequence[tuple[str, str]]
    """Where each starts, and the name of its file."""

    cards: Sequence[str]
    """Names of their files, each with the cards of `CARDS` articles."""

    traits: str
    """Name of the file by which articles are filtered."""


def named(segment: str, data: bytes, ending: str) -> str:
    """The name of a segment's file, which changes with what is in it, so that browsers may keep the file for ever.

    No other segment has a file of this name.
    """
    digest = hashlib.blake2b(data, digest_size=8, key=segment.encode()).digest()
    return base64.b32encode(digest).decode().rstrip("=").lower() + ending


def card_files(cards: Sequence[FoundCard]) -> Iterator[bytes]:
    """The cards of a segment's articles, file by file."""
    for start in range(0, len(cards), CARDS):
        yield _json([list(card) for card in cards[start : start + CARDS]])


def trait_file(traits: Sequence[Trait]) -> bytes:
    """What the articles of a segment can be filtered by."""
    sections, agencies = _distinct(it.section for it in traits), _distinct(it.agency for it in traits)
    rows = [[sections[it.section], agencies[it.agency], it.day] for it in traits]
    return _json({"sections": list(sections), "agencies": list(agencies), "rows": rows})


def directory(language: str, segments: Iterable[Told]) -> bytes:
    """What a browser reads first: where everything is, and how words are folded. Segments come oldest first."""
    told = [
        {
            "size": it.size,
            "shards": "\n".join(f"{start} {name}" for start, name in it.shards),
            "cards": " ".join(it.cards),
            "traits": it.traits,
        }
        for it in segments
    ]
    return _json({"format": FORMAT, "perCards": CARDS, "folding": as_data(language), "segments": told})


def _distinct(values: Iterable[str]) -> Mapping[str, int]:
    return {value: place for place, value in enumerate(dict.fromkeys(values))}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
