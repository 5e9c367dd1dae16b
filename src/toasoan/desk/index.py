"""What lies in the content folder, drafts and all, as a table that is quickly searched and cheaply kept up to date.

It is a cache: a file that can't be believed is thrown away and made anew. A row knows its file by size and time, so
after the first time only files that changed are read.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from toasoan.catalog.story import Claim, story_keys_of
from toasoan.config import Config
from toasoan.content.articles import in_nfc, is_markdown, read_article
from toasoan.content.front_matter import TranslatedFields, read_document
from toasoan.diagnostics import Report, Severity
from toasoan.files import delete_file, make_folder
from toasoan.model.article import Article, ArticleId, Status
from toasoan.portal_folders import CONTENT_FOLDER, PUBLISHERS_FILE, SETTINGS_FILE
from toasoan.search.folding import folded
from toasoan.source_files import files_below
from toasoan.source_text import read_source
from toasoan.translations.parts import Part, parts_of
from toasoan.translations.staleness import changes_since

VERSION = 3
"""Of the table: another one is thrown away."""

AT_ONCE = 100
"""Files that are read before others may ask."""

_TABLE = """
CREATE TABLE article (
    path TEXT PRIMARY KEY, size INTEGER, written INTEGER, language TEXT, slug TEXT, title TEXT, folded TEXT,
    status TEXT, published REAL, expires REAL, changed REAL, words REAL, section TEXT, origin TEXT,
    named_story TEXT, source TEXT, original INTEGER, story TEXT, translated TEXT, problem TEXT, stale TEXT
) WITHOUT ROWID;
CREATE TABLE parts (path TEXT PRIMARY KEY, told TEXT) WITHOUT ROWID;
CREATE TABLE settings (digest TEXT);
CREATE INDEX article_story ON article (story);
CREATE INDEX article_stale ON article (stale) WHERE stale IS NOT NULL;
"""


class Show(StrEnum):
    """Which stories are shown."""

    ALL = "all"
    DRAFTS = "drafts"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    MISTAKES = "mistakes"


_WHERE: Mapping[Show, str] = {
    Show.ALL: "1",
    Show.DRAFTS: "status = 'draft'",
    Show.SCHEDULED: "status = 'published' AND published > :now",
    Show.PUBLISHED: "status = 'published' AND (published IS NULL OR published <= :now)",
    Show.WITHDRAWN: "status = 'withdrawn'",
    Show.STALE: "stale IS NOT NULL",
    Show.MISTAKES: "problem IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class Version:
    """A file of a story."""

    path: str
    language: str
    title: str
    state: str
    """"draft", "scheduled", "published", "expired", "withdrawn" or "mistaken"."""

    origin: str
    """"original", "human", "machine", or "" where nobody said."""

    published: str | None
    problem: str | None
    stale: tuple[str, ...] | None
    """Keys of what has changed in the original since; empty where dates alone tell; None if nothing has."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story with what there is of it."""

    key: str
    title: str
    section: str | None
    versions: tuple[Version, ...]
    missing: tuple[str, ...]
    """Languages of the portal without a version."""

    original: str | None
    """The file that others are translations of."""


class DeskIndex:
    """The table. One thread at a time may use it."""

    def __init__(self, root: Path, config: Config, file: Path) -> None:
        self._root = root
        self._config = config
        make_folder(file.parent)
        self._database = _opened(file)
        self._begin_anew_after_other_settings()
        self._waiting: list[str] = []
        self._has_looked = False

    def _begin_anew_after_other_settings(self) -> None:
        """What is a mistake, and which files are the portal's at all, depends on its settings."""
        settings = blake2b(b"".join(map(_bytes_of, (self._root / SETTINGS_FILE, self._root / PUBLISHERS_FILE))))
        before = self._database.execute("SELECT digest FROM settings").fetchone()
        if before != (settings.hexdigest(),):
            self._database.execute("DELETE FROM article")
            self._database.execute("DELETE FROM parts")
            self._database.execute("DELETE FROM settings")
            self._database.execute("INSERT INTO settings VALUES (?)", (settings.hexdigest(),))
            self._database.commit()

    @property
    def is_complete(self) -> bool:
        """Whether every file is in it as it is now."""
        return self._has_looked and not self._waiting

    @property
    def waiting(self) -> int:
        """Files that are to be read."""
        return len(self._waiting)

    def look(self, paths: Collection[str] | None = None) -> None:
        """Find out which files are to be read; if `paths` are given, only they can have changed."""
        if paths is None or any(map(_may_be_a_folder, paths)):
            there = {file.path: file for file in files_below(self._root, CONTENT_FOLDER) if is_markdown(file)}
            known = dict[str, tuple[int, int]]()
            for path, size, written in self._database.execute("SELECT path, size, written FROM article"):
                known[path] = (size, written)
            gone = known.keys() - there.keys()
            changed = [path for path in there if _stamp(self._root / path) != known.get(path)]
            self._has_looked = True
        else:
            own = [path for path in paths if path.startswith(f"{CONTENT_FOLDER}/") and path.endswith(".md")]
            gone = {path for path in own if not (self._root / path).is_file()}
            changed = [path for path in own if path not in gone]
        self._database.executemany("DELETE FROM article WHERE path = ?", [(path,) for path in gone])
        self._database.executemany("DELETE FROM parts WHERE path = ?", [(path,) for path in gone])
        self._waiting = sorted({*self._waiting, *changed} - gone)
        if gone and not self._waiting:
            self._settle()

    def read_some(self) -> bool:
        """Read some of the files that wait; tells whether there are more."""
        now, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        rows = [row for path in now if (row := self._row(path)) is not None]
        # They are large and seldom asked for: beside the others they would make every search slow.
        parts = [(row["path"], row.pop("parts", None)) for row in rows]
        self._database.executemany("INSERT OR REPLACE INTO parts VALUES (?, ?)", parts)
        names = ", ".join(f":{name}" for name in _COLUMNS)
        self._database.executemany(f"INSERT OR REPLACE INTO article VALUES ({names})", rows)  # noqa: S608
        if now and not self._waiting:
            self._settle()
        self._database.commit()
        return bool(self._waiting)

    def _row(self, path: str) -> dict[str, Any] | None:
        stamp = _stamp(self._root / path)
        if stamp is None:
            return None
        read = read_article(self._root, path, self._config)
        row: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"path": path, "size": stamp[0], "written": stamp[1]}
        problem = next((it for it in read.report if it.severity is Severity.ERROR), None)
        if read.article is None:
            words = problem.message if problem else f"the portal does not publish {read.left_out!r}"
            return row | {"language": path.split("/")[2], "title": Path(path).stem, "folded": "", "problem": words}
        text = read_source(self._root, path, Report())
        document = None if text is None else read_document(in_nfc(text), path, Report())
        if document is not None:
            record = document.front_matter.translated
            row["parts"] = json.dumps([[part.key, part.digest, part.line] for part in parts_of(document)])
            row["translated"] = json.dumps([record.language, record.parts]) if record else None
        return row | _columns_of(read.article)

    def _settle(self) -> None:
        """Find out anew what depends on several files: stories, and which translations are stale."""
        rows = self._database.execute("SELECT path, language, slug, named_story, source, original FROM article")
        claims = {
            path: Claim(ArticleId(language, slug), named, source, bool(original))
            for path, language, slug, named, source, original in rows
            if slug is not None
        }
        keys = story_keys_of(claims)
        self._database.executemany(
            "UPDATE article SET story = ?1 WHERE path = ?2 AND story IS NOT ?1",
            [(key, path) for path, key in keys.items()],
        )
        self._database.execute("UPDATE article SET story = 'file:' || path WHERE slug IS NULL")
        self._database.execute("UPDATE article SET stale = NULL WHERE stale IS NOT NULL")
        order = {tag: place for place, tag in enumerate(self._config.languages)}
        columns = "story, path, language, original, changed, words, translated"
        several = "SELECT story FROM article WHERE status <> 'withdrawn' GROUP BY story HAVING count(*) > 1"
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in self._database.execute(
            f"SELECT {columns} FROM article WHERE status <> 'withdrawn' AND story IN ({several})"  # noqa: S608
        ):
            found.setdefault(row[0], []).append(row)
        stale = []
        for versions in found.values():
            first = min(versions, key=lambda it: (not it[3], order.get(it[2], len(order)), it[1]))
            others = [it for it in versions if it is not first]
            stale += [(told, it[1]) for it in others if (told := self._stale(first, it)) is not None]
        self._database.executemany("UPDATE article SET stale = ? WHERE path = ?", stale)
        self._database.commit()

    def _stale(self, original: tuple[Any, ...], translation: tuple[Any, ...]) -> str | None:
        """What makes a translation stale, as JSON; None if nothing does."""
        _, path, language, _, changed, _, _ = original
        _, _, _, _, _, words, translated = translation
        record, now = None, list[Part]()
        if translated:
            remembered = json.loads(translated)
            record = TranslatedFields(remembered[0], tuple(remembered[1]))
            told = self._database.execute("SELECT told FROM parts WHERE path = ?", (path,)).fetchone()
            now = [
                Part(key, "", line, digest) for key, digest, line in json.loads(told[0] if told and told[0] else "[]")
            ]
        found = changes_since(record, language, now, changed, words)
        return None if found is None else json.dumps([it.key for it in found])

    # ---- looking up

    def counts(self, now: dt.datetime) -> Mapping[Show, int]:
        """How many files there are of each kind; of `all`, how many stories."""
        found = {
            show: self._one(f"SELECT count(*) FROM article WHERE {where}", now)  # noqa: S608
            for show, where in _WHERE.items()
        }
        return {**found, Show.ALL: self._one("SELECT count(DISTINCT story) FROM article", now)}

    def _one(self, query: str, now: dt.datetime) -> int:
        return int(self._database.execute(query, {"now": now.timestamp()}).fetchone()[0])

    def stories(
        self, show: Show, words: str, now: dt.datetime, first: int, count: int
    ) -> tuple[tuple[Story, ...], int]:
        """Stories of a kind in which all words are found, the newest first, and how many there are in all."""
        where, values = _WHERE[show], dict[str, Any](now=now.timestamp(), first=first, count=count)
        for place, word in enumerate(folded(words.casefold()).split()):
            where += f" AND folded LIKE :word{place} ESCAPE '\\'"
            values[f"word{place}"] = f"%{_literal(word)}%"
        chosen = f"FROM article WHERE story IN (SELECT story FROM article WHERE {where})"  # noqa: S608
        total = int(self._database.execute(f"SELECT count(DISTINCT story) {chosen}", values).fetchone()[0])
        keys = self._database.execute(
            f"SELECT story {chosen} GROUP BY story"
            " ORDER BY max(published) IS NULL, max(published) DESC, story LIMIT :count OFFSET :first",
            values,
        ).fetchall()
        return tuple(self._story(key, now) for (key,) in keys), total

    def story_of(self, path: str, now: dt.datetime) -> Story | None:
        """The story that a file belongs to; None if the file is not known."""
        found = self._database.execute("SELECT story FROM article WHERE path = ?", (path,)).fetchone()
        return None if found is None or found[0] is None else self._story(found[0], now)

    def _story(self, key: str, now: dt.datetime) -> Story:
        order = {tag: place for place, tag in enumerate(self._config.languages)}
        rows = self._database.execute(
            "SELECT path, language, title, status, origin, published, expires, problem, stale, section, original"
            " FROM article WHERE story = ?",
            (key,),
        ).fetchall()
        rows.sort(key=lambda row: (order.get(row[1], len(order)), row[0]))
        versions = tuple(_version(row, now.timestamp(), self._config.zone) for row in rows)
        there = [row for row in rows if row[3] != Status.WITHDRAWN]
        first = min(there or rows, key=lambda row: not row[10])
        languages = {row[1] for row in there}
        missing = tuple(tag for tag in self._config.languages if tag not in languages)
        return Story(key, first[2], first[9], versions, missing, first[0] if there else None)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


_COLUMNS = (
    "path", "size", "written", "language", "slug", "title", "folded", "status", "published", "expires", "changed",
    "words", "section", "origin", "named_story", "source", "original", "story", "translated", "problem", "stale",
)  # fmt: skip


def _opened(file: Path) -> sqlite3.Connection:
    for _ in range(2):
        database = sqlite3.connect(file, check_same_thread=False)
        try:
            database.execute("PRAGMA journal_mode = MEMORY")
            database.execute("PRAGMA synchronous = OFF")
            if database.execute("PRAGMA quick_check").fetchone() == ("ok",):
                version = database.execute("PRAGMA user_version").fetchone()[0]
                if version == 0:
                    database.executescript(_TABLE)
                    database.execute(f"PRAGMA user_version = {VERSION}")
                    return database
                if version == VERSION:
                    return database
        except sqlite3.DatabaseError:
            pass
        database.close()
        delete_file(file)
    raise OSError(f"{file} can't be used")


def _may_be_a_folder(path: str) -> bool:
    """Whether several articles may have come or gone with a path."""
    return path.startswith(f"{CONTENT_FOLDER}/") and not path.endswith(".md")


def _bytes_of(file: Path) -> bytes:
    """What a file has; nothing if there is none."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _columns_of(article: Article) -> dict[str, Any]:
    claim = Claim.of(article)
    return {
        "language": article.language,
        "slug": article.slug,
        "title": article.title,
        "folded": folded(f"{article.title} {article.slug} {article.path}".casefold()),
        "status": str(article.status),
        "published": article.published.instant.timestamp() if article.published else None,
        "expires": article.expires.instant.timestamp() if article.expires else None,
        "changed": article.last_change.timestamp() if article.last_change else None,
        "words": article.last_words.timestamp() if article.last_words else None,
        "section": article.section,
        "origin": str(article.translation or ""),
        "named_story": claim.named_story,
        "source": claim.source,
        "original": claim.original,
    }


def _version(row: tuple[Any, ...], now: float, zone: ZoneInfo) -> Version:
    path, language, title, status, origin, published, expires, problem, stale, _, _ = row
    state = status or "mistaken"
    if status == Status.PUBLISHED:
        state = "scheduled" if published and published > now else "expired" if expires and expires <= now else status
    day = dt.datetime.fromtimestamp(published, zone).date().isoformat() if published is not None else None
    keys = None if stale is None else tuple(json.loads(stale))
    return Version(path, language, title, state, origin or "", day, problem, keys)


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
