"""The catalog: every index that a reader can walk through, looked up as it is needed.

It lies in the state's tables, so its size is the disk's affair; articles that were looked at lately are remembered.
`update.py` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from toasoan.catalog.record import article_of, moment_at
from toasoan.config import Config
from toasoan.content.static_pages import StaticPage
from toasoan.model.article import Article
from toasoan.model.month import Month
from toasoan.state import State, path_of

Numbers = tuple[int, ...]
"""Articles by the catalog's numbers, newest first; those without a date stand last, by slug."""

REMEMBERED = 6_000
"""Articles that each process remembers at most, about 3 KB each: a bound on memory, not on the portal."""


class ListKind(StrEnum):
    """What a list brings together."""

    LANGUAGE = "language"
    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"
    AGENCY = "agency"
    PHOTOS = "photos"
    """Articles that have a photograph."""

    VIDEOS = "videos"
    """Articles that have a video."""


class Role(StrEnum):
    """Why an article's page names another one."""

    RELATED = "related"
    SAME_SECTION = "section"
    SAME_AUTHOR = "author"


ROLES = tuple(Role)
"""In the order in which the state numbers them."""


@dataclass(frozen=True, slots=True)
class ArticleList:
    """A list of articles in one language: all of them, a section, a tag, an author, an agency."""

    number: int
    """The catalog's own for it."""

    language: str
    kind: ListKind
    key: str
    """Key of the section; the folded name of a tag, author or agency; "" for a whole language."""

    slug: str
    """Last part of its address; it differs from those of all other lists of its kind in this language."""

    name: str
    """Of a tag, author or agency; "" where the language decides what it is called."""

    name_language: str | None
    """Tag of the language that the name is in, where it is known and may differ from the page's."""

    count: int


_LIST = "SELECT number, language, kind, key, slug, name, name_language, count FROM list"


class Catalog:
    """What is published, for looking up."""

    def __init__(self, state: State, config: Config) -> None:
        self.state = state
        self.config = config
        self.article = lru_cache(maxsize=REMEMBERED)(self._article)
        """The article of a number."""

        self.story_of = lru_cache(maxsize=4 * REMEMBERED)(self._story_of)
        """The story of the article of a number."""

        self.version_for = lru_cache(maxsize=4 * REMEMBERED)(self._version_for)
        """The number of the version of a story that a reader of a language gets."""

        self.list_of = lru_cache(maxsize=REMEMBERED)(self._list_of)
        """A list by language, kind and key; None if nothing is in it."""

    def _article(self, number: int) -> Article:
        found = self.state.row("SELECT record, story FROM article WHERE number = ?", number)
        if found is None:
            raise LookupError(f"the catalog has no article {number}")
        return article_of(found[0], number, found[1])

    def article_numbered(self, number: int) -> Article | None:
        """The article of a number; None if there is none any more."""
        try:
            return self.article(number)
        except LookupError:
            return None

    def _story_of(self, number: int) -> str:
        return str(self.state.row("SELECT story FROM article WHERE number = ?", number))

    def number_of(self, language: str, slug: str) -> int | None:
        """The number of a language's article with a slug; None if there is none."""
        found: int | None = self.state.row(
            "SELECT number FROM article WHERE slug = ? AND language = ? ORDER BY path", slug, language
        )
        return found

    def forget(self) -> None:
        """Look everything up again: something has changed."""
        for kept in (self.article, self.story_of, self.version_for, self.list_of):
            kept.cache_clear()

    def articles(self, numbers: Sequence[int]) -> tuple[Article, ...]:
        """Several articles."""
        return tuple([self.article(number) for number in numbers])

    def versions(self, story: str) -> tuple[Article, ...]:
        """All language versions of a story, in the order of the portal's languages."""
        order = list(self.config.languages)
        found = self.articles(tuple(self.state.rows("SELECT number FROM article WHERE story = ?", story)))
        return tuple(sorted(found, key=lambda article: (order.index(article.language), article.path)))

    def withdrawn_versions(self, story: str) -> tuple[Article, ...]:
        """What was withdrawn of a story in languages that have no other version of it, in the portal's order."""
        order = list(self.config.languages)
        there = frozenset(self.state.rows("SELECT language FROM article WHERE story = ?", story))
        rows = self.state.rows("SELECT language, record FROM withdrawn WHERE story = ? ORDER BY path", story)
        found = {language: article_of(record, 0, story) for language, record in rows if language not in there}
        return tuple([found[language] for language in order if language in found])

    def _version_for(self, language: str, story: str) -> int:
        # Theirs, else the original, else the first.
        order = list(self.config.languages)
        found = self.state.rows("SELECT number, language, original, path FROM article WHERE story = ?", story)
        return int(min(found, key=lambda row: (row[1] != language, not row[2], order.index(row[1]), row[3]))[0])

    def shown_beside(self, number: int) -> Mapping[Role, Numbers]:
        """The other articles that an article's page names."""
        found: dict[Role, list[int]] = {role: [] for role in Role}
        for role, other in self.state.rows(
            "SELECT role, other FROM shown WHERE article = ? ORDER BY role, place", number
        ):
            found[ROLES[role]].append(other)
        return {role: tuple(others) for role, others in found.items()}

    def list_numbered(self, number: int) -> ArticleList | None:
        """A list by its number; None if there is none any more."""
        return next(self._lists("WHERE number = ?", number), None)

    def _list_of(self, language: str, kind: ListKind, key: str) -> ArticleList | None:
        return next(self._lists("WHERE language = ? AND kind = ? AND key = ?", language, kind, key), None)

    def lists(self, language: str, kind: ListKind) -> tuple[ArticleList, ...]:
        """All lists of a kind that have an article: agencies with most articles first, others by name."""
        found = [it for it in self._lists("WHERE language = ? AND kind = ?", language, kind) if it.count]
        if kind is ListKind.AGENCY:
            return tuple(sorted(found, key=lambda it: (-it.count, it.name.casefold(), it.slug)))
        return tuple(sorted(found, key=lambda it: (it.name.casefold(), it.slug)))

    def lists_named(self, language: str, slugs: Collection[str]) -> tuple[ArticleList, ...]:
        """All lists of a language whose slug is among some, those without an article too."""
        found = (self._lists("WHERE language = ? AND slug = ?", language, slug) for slug in sorted(slugs))
        return tuple(chain.from_iterable(found))

    def _lists(self, where: str, *values: object) -> Iterator[ArticleList]:
        for number, language, kind, *others in self.state.rows(f"{_LIST} {where}", *values):
            yield ArticleList(number, language, ListKind(kind), *others)

    def count(self, language: str, kind: ListKind = ListKind.LANGUAGE, key: str = "") -> int:
        """How many articles are in a list; 0 where there is no such list."""
        found = self.state.row(
            "SELECT count FROM list WHERE language = ? AND kind = ? AND key = ?", language, kind, key
        )
        return found or 0

    def newest(self, language: str, limit: int, section: str | None = None) -> Numbers:
        """The newest articles of a language, or of one of its sections."""
        if section:
            return self.newest_in(language, ListKind.SECTION, section, limit)
        return self.newest_in(language, ListKind.LANGUAGE, "", limit)

    def newest_in(self, language: str, kind: ListKind, key: str, limit: int) -> Numbers:
        """The newest articles of a list."""
        return tuple(
            self.state.rows(
                "SELECT article FROM member JOIN list ON list = number WHERE language = ? AND kind = ? AND key = ?"
                " ORDER BY moment, member.slug, article LIMIT ?",
                language, kind, key, limit,
            )
        )  # fmt: skip

    def newest_since(self, language: str, instant: datetime, limit: int) -> Numbers:
        """The articles of a language that appeared after a moment, the newest first."""
        return tuple(
            self.state.rows(
                "SELECT article FROM member JOIN list ON list = number WHERE language = ? AND kind = ? AND key = ''"
                " AND moment < ? ORDER BY moment, member.slug, article LIMIT ?",
                language, ListKind.LANGUAGE, moment_at(instant), limit,
            )
        )  # fmt: skip

    def is_dated(self, list_number: int) -> bool:
        """Whether the date of any article of a list is known."""
        return self.state.row("SELECT 1 FROM list_month WHERE list = ? LIMIT 1", list_number) is not None

    def members(self, list_number: int) -> tuple[tuple[int, int], ...]:
        """All articles of a list, each with the number of its month, 0 for none."""
        return tuple(
            self.state.rows(
                "SELECT article, month FROM member WHERE list = ? ORDER BY moment, slug, article", list_number
            )
        )

    def revision(self, number: int) -> int:
        """Grows whenever something of an article changes that other pages may show."""
        return int(self.state.row("SELECT revision FROM article WHERE number = ?", number))

    def languages_with(self, kind: ListKind, slug: str, month: Month | None = None) -> frozenset[str]:
        """The languages in which a list of this kind and slug has articles, of a month where one is named."""
        if month is None:
            found = self.state.rows("SELECT language FROM list WHERE kind = ? AND slug = ? AND count > 0", kind, slug)
        else:
            found = self.state.rows(
                "SELECT language FROM list WHERE kind = ? AND slug = ?"
                " AND EXISTS (SELECT 1 FROM list_month WHERE list = number AND month = ?)",
                kind, slug, month.as_number,
            )  # fmt: skip
        return frozenset(found)

    def slug_of(self, language: str, kind: ListKind, name: str) -> str | None:
        """The slug of the list of a tag, author or agency; None if there is none."""
        found = self.state.row(
            "SELECT slug FROM list WHERE language = ? AND kind = ? AND key = ?", language, kind, name.casefold()
        )
        return None if found is None else str(found)

    def static_pages(self, language: str | None = None) -> tuple[StaticPage, ...]:
        """The static pages, of all languages or of one, in the order of their paths."""
        return tuple(
            StaticPage(found_language, slug, title, path_of(path), description, tuple(json.loads(aliases)))
            for path, found_language, slug, title, description, aliases in self.state.rows(
                "SELECT path, language, slug, title, description, aliases FROM static_page ORDER BY path"
            )
            if language in (None, found_language)
        )
