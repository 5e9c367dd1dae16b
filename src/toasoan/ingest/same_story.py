"""Which imported articles may be one story in several languages: a suggestion for a person, never a decision. Pure.

A translation keeps the numbers of its original, its names as far as the letters go, and its paragraphs. Two articles
about one event share some of that as well, so a pair is suggested only if nearly all of it agrees, and nothing speaks
against it: another day, another part of a series, another source on the same host.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from sys import intern

from toasoan.catalog.signature import names, number_weight, numbers
from toasoan.catalog.story import canonical_source

LEAST_CONFIDENCE = 60
"""From which on a pair is worth a person's look."""

LEAST_EVIDENCE = 6
"""Weight of the numbers that two articles must share: two telling ones, or some round ones."""

FURTHEST = timedelta(days=3)
"""A translation appears so many days after its original at most."""

MOST_HOLDERS = 200
"""A number that more articles state says nothing of any two of them."""

NUMBERS_COUNT, NAMES_COUNT, PARAGRAPHS_COUNT = 0.55, 0.3, 0.15
"""What each kind of evidence counts in the confidence."""

_IN_TITLE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells, as far as its translations must tell it too."""

    article: str
    """Path of its file, relative to the portal's root."""

    language: str
    story: str | None
    """Key of its story, where it has one."""

    day: date | None
    source: str | None
    """Its source in canonical form."""

    in_title: frozenset[str]
    """Numbers in the title: those of the parts of a series differ, and those of the years of an event."""

    numbers: Mapping[str, int]
    """Those of the text, with what each says."""

    names: str
    """Keys of names, one on each line, for a set takes ten times the room; empty where the script has no capitals."""

    paragraphs: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two articles that may be one story."""

    articles: tuple[str, str]
    """Paths, in order."""

    confidence: int
    """In percent; a measure for putting suggestions in order, no probability."""

    because: str


def told_by(
    article: str,
    language: str,
    story: str | None,
    day: date | None,
    source_url: str | None,
    title: str,
    markdown: str,
) -> Told:
    """What an article tells."""
    text = f"{title}\n{markdown}"
    # The same numbers stand in many articles: one text for each is enough.
    weights = {intern(number): weight for number in numbers(text) if (weight := number_weight(number))}
    return Told(
        article,
        language,
        story,
        day,
        canonical_source(source_url) if source_url else None,
        frozenset(_IN_TITLE.findall(title)),
        weights,
        "\n".join(sorted(set(names(text, language)))),
        sum(bool(block.strip()) and not block.startswith(("#", "![")) for block in markdown.split("\n\n")),
    )


def suggestions(told: Sequence[Told], fresh: Iterable[str]) -> list[Suggestion]:
    """Pairs that may be one story, at least one of each being among `fresh`; the surest first."""
    by_path = {one.article: one for one in told}
    wanted = set(fresh)
    found = [
        suggestion
        for one, other in _pairs_with_common_numbers(told)
        if (one in wanted or other in wanted) and (suggestion := suggested(by_path[one], by_path[other]))
    ]
    return sorted(found, key=lambda it: (-it.confidence, it.articles))


def suggested(one: Told, other: Told) -> Suggestion | None:
    """Two articles as a suggestion; None if they are no two versions of a story, or are known to be."""
    if one.language == other.language or _is_known(one, other):
        return None
    if _speaks_against(one, other):
        return None
    shared = {number: one.numbers[number] for number in one.numbers.keys() & other.numbers.keys()}
    weight = sum(shared.values())
    if weight < LEAST_EVIDENCE:
        return None
    all_weights = sum({**one.numbers, **other.numbers}.values())
    parts = [(NUMBERS_COUNT, weight / all_weights)]
    own_names, other_names = set(one.names.split("\n")), set(other.names.split("\n"))
    common_names = own_names & other_names if one.names and other.names else set()
    if one.names and other.names:
        parts.append((NAMES_COUNT, len(common_names) / min(len(own_names), len(other_names))))
    fewer, more = sorted((one.paragraphs, other.paragraphs))
    parts.append((PARAGRAPHS_COUNT, fewer / more if more else 0.0))
    confidence = round(100 * sum(count * share for count, share in parts) / sum(count for count, _ in parts))
    if confidence < LEAST_CONFIDENCE:
        return None
    first, second = sorted((one.article, other.article))
    return Suggestion((first, second), confidence, _because(shared, common_names, one, other))


def _is_known(one: Told, other: Told) -> bool:
    """Whether the catalog takes the two for one story already: see `catalog/story.py`."""
    return (one.story is not None and one.story == other.story) or (
        one.source is not None and one.source == other.source
    )


def _speaks_against(one: Told, other: Told) -> bool:
    if one.day and other.day and abs(one.day - other.day) > FURTHEST:
        return True
    if one.in_title and other.in_title and one.in_title != other.in_title:
        return True
    return one.source is not None and other.source is not None and _host(one.source) == _host(other.source)


def _host(source: str) -> str:
    return source.partition("/")[0]


def _because(shared: Mapping[str, int], common_names: Collection[str], one: Told, other: Told) -> str:
    telling = sorted(shared, key=lambda number: (-shared[number], number))[:6]
    parts = [f"{len(shared)} common numbers ({', '.join(telling)})"]
    if common_names:
        parts.append(f"{len(common_names)} common names")
    parts.append(f"{one.paragraphs} and {other.paragraphs} paragraphs")
    if one.day and one.day == other.day:
        parts.append(f"both of {one.day}")
    return "; ".join(parts)


def _pairs_with_common_numbers(told: Iterable[Told]) -> Iterator[tuple[str, str]]:
    holders: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        for number in one.numbers:
            holders[number].append(one)
    shared: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, of_number in holders.items():
        if len(of_number) <= MOST_HOLDERS:
            for one, other in combinations(of_number, 2):
                if one.language != other.language:
                    shared[one.article, other.article] += one.numbers[number]
    for pair, weight in shared.items():
        if weight >= LEAST_EVIDENCE:
            yield pair
