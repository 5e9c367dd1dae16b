"""What readers search with, brought up to date: the segments that changed are made anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from toasoan import routes
from toasoan.catalog.likeness import UNDATED
from toasoan.config import Config
from toasoan.incremental.order import Order
from toasoan.model.article import Article
from toasoan.parallel import LEAST, in_parallel
from toasoan.production import MadeFile, Production, made_file
from toasoan.render.edition import Edition
from toasoan.search.directory import DIRECTORY, FoundCard, Told, Trait, card_files, directory, named, trait_file
from toasoan.search.entry import folding_of, search_entry
from toasoan.search.segments import Dated, segments
from toasoan.search.shards import shards
from toasoan.state import State
from toasoan.targets import Target

INDEX = "index"
"""Kind of these files in the state; their keys are languages, or languages with segments: "vi", "vi/newest/0"."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_ARTICLES = (
    "SELECT member.article, member.moment, revision, digest FROM list JOIN member ON list = list.number"
    " JOIN article ON article.number = member.article JOIN search_entry ON search_entry.article = member.article"
    " WHERE list.language = ? AND kind = 'language'"
    " ORDER BY member.moment DESC, member.slug DESC, member.article DESC"
)
"""Those of a language, the oldest first."""


class MadeSegment(NamedTuple):
    """A segment whose files wait for publication."""

    language: str
    name: str
    inputs: bytes
    """A digest of all that it was made from."""

    told: str
    """What the directory tells of it, as JSON."""

    files: Sequence[MadeFile]


class _Wanted(NamedTuple):
    language: str
    name: str
    inputs: bytes
    articles: tuple[int, ...]


def entry_of(article: Article, markdown: str, config: Config) -> bytes:
    """What an article is found by."""
    said = [(it.caption, it.alt) for it in article.photos] + [(it.caption, it.alt) for it in article.videos]
    captions = [words for pair in said for words in pair if words]
    agency = config.agency_named(article.publisher).name if article.publisher else ""
    lede = [article.summary or "", *article.tags, *article.authors, agency, *captions]
    return search_entry(article.title, lede, markdown, folding_of(article.language))


def languages_to_index(state: State, languages: Iterable[str], everything: bool) -> tuple[str, ...]:
    """Those of which something is due."""
    due = set(state.rows("SELECT key FROM due WHERE kind = ?", Target.SEARCH))
    return tuple(tag for tag in languages if everything or tag in due)


def segments_gone(state: State, language: str) -> tuple[str, ...]:
    """Names of segments that a language had and has no longer, from now on forgotten."""
    now = {it.name for it in segments(_dated(state, language))}
    gone = [it for it in state.rows("SELECT name FROM search_segment WHERE language = ?", language) if it not in now]
    for name in gone:
        state.run("DELETE FROM search_segment WHERE language = ? AND name = ?", language, name)
    return tuple(gone)


def made_segments(
    production: Production, order: Order, languages: Sequence[str], is_first: bool
) -> Iterator[MadeSegment]:
    """The segments of languages that are not as they were, made; the largest first, each by one process."""
    state = production.catalog.state
    wanted = sorted(
        (it for tag in languages for it in _changed_segments(state, tag)), key=lambda it: -len(it.articles)
    )
    # Workers look articles up in the file: it has them if so many were due that pages were shared among workers.
    is_saved = is_first or state.row("SELECT count(*) FROM due") >= LEAST
    made = in_parallel(lambda it: _made(production, it), wanted, order.jobs if is_saved else 1, 1)
    for done, segment in enumerate(made, start=1):
        yield segment
        order.progress("search", done, len(wanted))


def note_segment(state: State, it: MadeSegment) -> None:
    """Note what a segment was made from, and what the directory tells of it."""
    state.run("INSERT OR REPLACE INTO search_segment VALUES (?, ?, ?, ?)", it.language, it.name, it.inputs, it.told)


def directory_of(state: State, language: str) -> tuple[str, bytes]:
    """The path and the content of a language's directory, once all its segments are noted."""
    told = dict(state.rows("SELECT name, told FROM search_segment WHERE language = ?", language))
    names = [it.name for it in segments(_dated(state, language))]
    data = directory(language, [Told(*json.loads(told[name])) for name in names])
    return routes.file_of(routes.search_file(language, DIRECTORY)), data


def _dated(state: State, language: str) -> list[Dated]:
    return [Dated(number, _day(moment)) for number, moment, _, _ in state.rows(_ARTICLES, language)]


def _day(moment: int) -> tuple[int, int, int] | None:
    if moment == UNDATED:
        return None
    day = _EPOCH - timedelta(microseconds=moment)
    return day.year, day.month, day.day


def _changed_segments(state: State, language: str) -> Iterator[_Wanted]:
    known = {
        name: inputs
        for name, inputs, told in state.rows(
            "SELECT name, inputs, told FROM search_segment WHERE language = ?", language
        )
        if _lies_there(state, f"{language}/{name}", Told(*json.loads(told)))
    }
    rows = {row[0]: row for row in state.rows(_ARTICLES, language)}
    for segment in segments([Dated(number, _day(moment)) for number, moment, _, _ in rows.values()]):
        seen = hashlib.sha256(repr([rows[number] for number in segment.articles]).encode()).digest()
        if known.get(segment.name) != seen:
            yield _Wanted(language, segment.name, seen, segment.articles)


def _lies_there(state: State, key: str, told: Told) -> bool:
    """Whether the output folder still has the files of a segment."""
    files = state.row("SELECT count(*) FROM output WHERE kind = ? AND key = ? AND digest IS NOT NULL", INDEX, key)
    return bool(files == len({*told.cards, *(name for _, name in told.shards), told.traits}))


def _made(production: Production, it: _Wanted) -> MadeSegment:
    state, edition = production.catalog.state, production.editions[it.language]
    files: dict[str, MadeFile] = {}

    def put(data: bytes, ending: str) -> str:
        name = named(it.name, data, ending)
        path = routes.file_of(routes.search_file(it.language, name))
        if path not in files:
            files[path] = made_file(state, production.staging, path, data)
        return name

    read = "SELECT entry FROM search_entry WHERE article = ?"
    entries = (state.row(read, number) for number in it.articles)
    lines = [
        (shard.start, put(shard.text.encode("utf-8", "surrogatepass"), ".txt"))
        for shard in shards(entries, folding_of(it.language))
    ]
    articles = production.catalog.articles(it.articles)
    cards = [put(data, ".json") for data in card_files([_card(article, edition) for article in articles])]
    traits = put(trait_file([_trait(article, edition) for article in articles]), ".json")
    told = json.dumps(Told(len(articles), lines, cards, traits), ensure_ascii=False)
    return MadeSegment(it.language, it.name, it.inputs, told, tuple(files.values()))


def _card(article: Article, edition: Edition) -> FoundCard:
    card = edition.new_card(article.number, other_inks=False)
    smallest = (card.picture.webp or card.picture.src).partition(" ")[0]
    when, section = card.when, card.section
    return FoundCard(
        card.link, card.title, article.summary or article.description, when.words if when else "",
        _day_of(article), section.name if section else "", smallest,
    )  # fmt: skip


def _trait(article: Article, edition: Edition) -> Trait:
    agency = edition.agency(article)
    return Trait(article.section or "", agency.name if agency else "", _day_of(article))


def _day_of(article: Article) -> str:
    return article.published.day.isoformat() if article.published else ""
