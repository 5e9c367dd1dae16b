"""What is remembered from one build to the next, in one SQLite file for each output folder.

It is a cache and nothing else: whoever deletes it loses time. A seal beside it holds its checksum, so a file that
was damaged, cut short or written by another version is never believed; it is thrown away and made anew.

The tables: `fact`, `source`, `folder`, `photo` and `static_page` say what was read; `article`, `withdrawn`, `list`,
`member`, `posting` and `shown` are the catalog, `search_entry` what articles are found by, `search_segment` what
of that lies in the output folder; `due` names what has to be made, `output` what was made and lies in
the output folder, `link`, `need`, `former`, `feed_item` and `share_image` what was found on the way; `online` is the
ledger of addresses, `redirect` what becomes of those that lead to no page.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any
from weakref import WeakSet

from toasoan.files import delete_file, make_folder, write_parts, write_text

VERSION = 9
"""Of the tables; a state of another version is not read."""

PART = 8 << 20
"""Bytes of a state that have a checksum of their own: one thread reads a part, while others read others."""

THREADS = min(4, os.cpu_count() or 1)
"""That read a state at once."""

LONG_WAIT = 120_000
"""Milliseconds for which a look at the file waits for another process that writes it."""

BLOCK = 256 << 10
"""Bytes that are read at once: what stays in the processor's own memory until it is counted in."""

_SCHEMA = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
    path BLOB PRIMARY KEY, size INTEGER, written INTEGER, changed INTEGER, node INTEGER,
    digest BLOB, diagnostics TEXT, left_out TEXT, due_at INTEGER
) WITHOUT ROWID;
CREATE INDEX source_said ON source (path, diagnostics) WHERE diagnostics IS NOT NULL;
CREATE INDEX source_left_out ON source (left_out) WHERE left_out IS NOT NULL;
CREATE INDEX source_due ON source (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE photo (
    path BLOB PRIMARY KEY, size INTEGER, written INTEGER, changed INTEGER, node INTEGER, said TEXT
) WITHOUT ROWID;
CREATE TABLE folder (path BLOB PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE static_page (
    path BLOB PRIMARY KEY, language TEXT, slug TEXT, title TEXT, description TEXT, aliases TEXT
) WITHOUT ROWID;

CREATE TABLE article (
    number INTEGER PRIMARY KEY, path BLOB UNIQUE, language TEXT, slug TEXT, moment INTEGER, month INTEGER,
    story TEXT, named_story TEXT, source TEXT, original INTEGER, folded TEXT, text BLOB, record BLOB, signature BLOB,
    revision INTEGER
);
CREATE INDEX article_slug ON article (slug);
CREATE INDEX article_folded ON article (folded);
CREATE INDEX article_source ON article (source, named_story) WHERE source IS NOT NULL;
CREATE INDEX article_named ON article (named_story) WHERE named_story IS NOT NULL;
CREATE INDEX article_story ON article (story, language);
CREATE TABLE withdrawn (
    path BLOB PRIMARY KEY, language TEXT, slug TEXT, story TEXT, named_story TEXT, source TEXT, original INTEGER,
    record BLOB
) WITHOUT ROWID;
CREATE INDEX withdrawn_story ON withdrawn (story);
CREATE TABLE list (
    number INTEGER PRIMARY KEY, language TEXT, kind TEXT, key TEXT, base TEXT, slug TEXT, name TEXT,
    name_language TEXT, count INTEGER, UNIQUE (language, kind, key)
);
CREATE INDEX list_slug ON list (kind, slug);
CREATE TABLE member (
    list INTEGER, moment INTEGER, slug TEXT, article INTEGER, month INTEGER, spelling TEXT,
    PRIMARY KEY (list, moment, slug, article)
) WITHOUT ROWID;
CREATE TABLE list_month (list INTEGER, month INTEGER, count INTEGER, PRIMARY KEY (list, month)) WITHOUT ROWID;
CREATE TABLE posting (
    feature INTEGER, moment INTEGER, lot INTEGER, article INTEGER, weight INTEGER,
    PRIMARY KEY (feature, moment, lot, article)
) WITHOUT ROWID;
CREATE TABLE shown (
    article INTEGER, role INTEGER, place INTEGER, other INTEGER, PRIMARY KEY (article, role, place)
) WITHOUT ROWID;
CREATE INDEX shown_other ON shown (other);
CREATE TABLE sample (language TEXT, path BLOB, words TEXT, PRIMARY KEY (language, path)) WITHOUT ROWID;

CREATE TABLE search_entry (article INTEGER PRIMARY KEY, digest BLOB, entry BLOB);
CREATE TABLE search_segment (language TEXT, name TEXT, inputs BLOB, told TEXT, PRIMARY KEY (language, name))
    WITHOUT ROWID;

CREATE TABLE due (kind TEXT, key TEXT, reason TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE template (name TEXT PRIMARY KEY, code BLOB) WITHOUT ROWID;
CREATE TABLE output (
    path TEXT PRIMARY KEY, folded TEXT, kind TEXT, key TEXT, digest BLOB, size INTEGER, inputs BLOB,
    entry TEXT, part TEXT, versions BLOB, version_count INTEGER, waits INTEGER
) WITHOUT ROWID;
CREATE INDEX output_size ON output (path, size);
CREATE INDEX output_target ON output (kind, key);
CREATE INDEX output_folded ON output (folded);
CREATE INDEX output_waits ON output (waits) WHERE waits > 0;
CREATE INDEX output_versions ON output (versions, version_count) WHERE versions IS NOT NULL;
CREATE INDEX output_part ON output (part) WHERE part IS NOT NULL;
CREATE TABLE link (kind TEXT, key TEXT, place INTEGER, address TEXT, line INTEGER, PRIMARY KEY (kind, key, place))
    WITHOUT ROWID;
CREATE TABLE need (
    path TEXT, kind TEXT, key TEXT, what TEXT, origin TEXT, more TEXT, PRIMARY KEY (path, kind, key)
) WITHOUT ROWID;
CREATE INDEX need_target ON need (kind, key);
CREATE INDEX need_origin ON need (origin) WHERE what <> 'cover';
CREATE TABLE former (
    address TEXT, kind TEXT, key TEXT, file TEXT, is_alias INTEGER, PRIMARY KEY (address, kind, key)
) WITHOUT ROWID;
CREATE INDEX former_target ON former (kind, key);
CREATE TABLE online (address TEXT PRIMARY KEY, file TEXT, source BLOB, story TEXT) WITHOUT ROWID;
CREATE TABLE redirect (address TEXT PRIMARY KEY, target TEXT) WITHOUT ROWID;
CREATE TABLE feed_item (article INTEGER PRIMARY KEY, rss BLOB, json BLOB);
CREATE TABLE share_image (article INTEGER PRIMARY KEY, path TEXT, photo TEXT, look TEXT);
"""

FINDINGS = ("output", "link", "need", "former", "feed_item", "share_image")
"""What is noted while targets are made."""

_PARTS_OF_SCHEMA = """SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE sql IS NOT NULL
    ORDER BY type DESC"""
"""Tables before their indexes."""

CATALOG = (
    "fact", "source", "folder", "static_page", "article", "withdrawn", "list", "member", "list_month", "posting",
    "shown", "sample", "search_entry", "search_segment", "due", "link", "need", "former", "online", "redirect",
    "feed_item", "share_image",
)  # fmt: skip
"""Everything but what lies in the output folder."""


class State:
    """An open state. Forks of this process read it through connections of their own, once it is saved."""

    def __init__(self, file: Path, is_new: bool, stays_open: bool = False) -> None:
        self.file = file
        self._stays_open = stays_open
        self._is_sealed = True
        self.is_for_reading = False
        """Whether another process may be writing: a fork of the one that opened the state, or that one meanwhile."""

        self.connection = _connect(file)
        """For reading and, in the process that opened the state, for writing."""

        if is_new:
            self.connection.executescript(_SCHEMA)
        self.connection.execute("BEGIN")
        _open_states.add(self)

    def connect_anew(self) -> None:
        """Read through a connection of its own, in a fork of the process that opened the state."""
        self.is_for_reading = True
        # The parent's connection must not be closed here: that would drop its locks on the file.
        _inherited.append(self.connection)
        self.connection = _connect(self.file)
        self.connection.execute("BEGIN")  # one look at the file for all that follows

    def leave_to_others(self) -> None:
        """Keep all changes, and let a fork of this process change the file from now on.

        What is read meanwhile is to be followed by `look_away`, or the fork would wait for it.
        """
        self.seal()
        self.is_for_reading = True
        # Whoever writes down what a whole build found takes longer than others wait by default.
        self.connection.execute(f"PRAGMA busy_timeout = {LONG_WAIT}")

    def take_over(self) -> None:
        """Change the file again, once no other process does."""
        self.look_away()
        self.is_for_reading = False

    def look_away(self) -> None:
        """Let other processes write what they have; what is read next is what is there then."""
        self.connection.rollback()
        self.connection.execute("BEGIN")

    def rows(self, query: str, *values: object) -> Iterator[Any]:
        """What a query finds, row by row; rows of one column as plain values."""
        found = self.connection.execute(query, values)
        return (row[0] for row in found) if len(found.description) == 1 else found

    def row(self, query: str, *values: object) -> Any:
        """The first thing that a query finds; None if there is nothing."""
        found = self.connection.execute(query, values).fetchone()
        return found[0] if found is not None and len(found) == 1 else found

    def run(self, statement: str, *values: object) -> int:
        """Change something; gives how many rows were."""
        return self.connection.execute(statement, values).rowcount

    def run_each(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Change something for each row of values."""
        self.connection.executemany(statement, rows)

    def fact(self, name: str) -> Any:
        """A fact that was noted; None if it never was."""
        text = self.row("SELECT value FROM fact WHERE name = ?", name)
        return None if text is None else json.loads(text)

    def note(self, name: str, value: object) -> None:
        """Note a fact, as JSON."""
        self.run("INSERT OR REPLACE INTO fact VALUES (?, ?)", name, json.dumps(value, ensure_ascii=False))

    def forget_catalog(self) -> None:
        """Begin anew, knowing nothing but what lies in the output folder."""
        for table in CATALOG:
            self.run(f"DELETE FROM {table}")  # noqa: S608  # names of our own

    def save(self) -> None:
        """Keep all changes, for forks of this process. Until the seal is set anew, nobody else believes the file."""
        delete_file(_seal_of(self.file))
        self.connection.commit()
        self.connection.execute("BEGIN")

    def seal(self) -> None:
        """Keep all changes and vouch for the file; that of a state which stays open is vouched for in the end."""
        self.save()
        if self._stays_open:
            self._is_sealed = False
        else:
            write_text(_seal_of(self.file), _seal_text(self.file))

    def set_aside(self, *tables: str) -> None:
        """Have what comes into some empty tables go into others beside the file until `bring_together`.

        While forks read the file nothing can be written to it, so this would have to wait in memory. SQLite looks for
        a table among the temporary ones first, so all statements find these and not those in the file. Forks do not
        see them.
        """
        for kind, name, table, sql in tuple(self.rows(_PARTS_OF_SCHEMA)):
            if table in tables:
                self.run(sql.replace(f"CREATE {kind.upper()} {name}", f"CREATE {kind.upper()} temp.{name}", 1))

    def bring_together(self, *tables: str) -> None:
        """Put what was set aside into the file."""
        aside = set(self.rows("SELECT name FROM temp.sqlite_master WHERE type = 'table'"))
        self.run("PRAGMA cache_spill = ON")
        for table in tables:
            if table in aside:
                self.run(f"INSERT INTO main.{table} SELECT * FROM temp.{table}")  # noqa: S608  # names of our own
                self.run(f"DROP TABLE temp.{table}")
        self.run("PRAGMA cache_spill = OFF")

    def mark(self) -> None:
        """Begin something that may have to be taken back."""
        self.connection.execute("SAVEPOINT mark")

    def return_to_mark(self) -> None:
        """Take back all changes since the mark."""
        self.connection.execute("ROLLBACK TO mark")

    def abandon(self) -> None:
        """Close the state without vouching for it: something happened that nobody foresaw."""
        self._is_sealed = True
        delete_file(_seal_of(self.file))
        self.close()

    def close(self) -> None:
        """Drop what was not saved."""
        _open_states.discard(self)
        self.connection.rollback()
        self.connection.close()
        if not self._is_sealed:
            write_text(_seal_of(self.file), _seal_text(self.file))


_open_states: WeakSet[State] = WeakSet()

_inherited: list[sqlite3.Connection] = []
"""Connections of the process that this one is a fork of: kept, so that nobody closes them."""


def _connect_anew() -> None:
    for state in tuple(_open_states):
        state.connect_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_connect_anew)


def stored_path(path: str) -> bytes:
    """A path as the state keeps it: names of files may hold bytes that are no text."""
    return path.encode("utf-8", "surrogateescape")


def path_of(stored: bytes) -> str:
    """A path that the state kept."""
    return stored.decode("utf-8", "surrogateescape")


def open_state(file: Path, stays_open: bool = False) -> State:
    """The state in a file; an empty one where there is none that can be believed.

    One that `stays_open` for many builds is sealed when it is closed only: then none of them reads the whole file.
    """
    make_folder(file.parent)
    if _is_sound(file):
        try:
            return State(file, is_new=False, stays_open=stays_open)
        except sqlite3.Error:
            pass
    for leftover in (_seal_of(file), file, file.with_name(f"{file.name}-journal")):
        delete_file(leftover)
    return State(file, is_new=True, stays_open=stays_open)


def begin_like(file: Path, other: Path) -> None:
    """Begin a state as a copy of another one, if there is one; whether that may be believed is found out as ever."""
    for source, target in ((other, file), (_seal_of(other), _seal_of(file))):
        try:
            with source.open("rb") as opened:
                write_parts(target, iter(lambda: opened.read(PART), b""))
        except FileNotFoundError:
            return


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    # The seal does what waiting for the disk would do, and the journal can stay in memory.
    connection.executescript(
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -16000;"
        "PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -8000;"
        # A page that is written early would have to wait for the readers.
        "PRAGMA cache_spill = OFF;"
    )
    return connection


def _seal_of(file: Path) -> Path:
    return file.with_suffix(".seal")


def unchecked_rows(file: Path, query: str) -> list[Any]:
    """What a query finds in a state that nobody vouches for yet: use it only if the state turns out to be sound.

    Nothing is written. Raises sqlite3.Error where there is nothing to be found.
    """
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        return connection.execute(query).fetchall()


def _is_sound(file: Path) -> bool:
    try:
        return _seal_of(file).read_text("ascii", "replace") == _seal_text(file)
    except OSError:
        return False


def _seal_text(file: Path) -> str:
    """The seal that goes with a file: its size and the checksum of each part. Raises what reading raises."""
    size = file.stat().st_size
    starts = range(0, size, PART)
    left = iter(starts)
    sums: dict[int, int] = {}
    errors: list[OSError] = []

    def work() -> None:
        try:
            for start in left:
                sums[start] = _checksum(file, start, min(PART, size - start))
        except OSError as error:
            errors.append(error)

    helpers = [Thread(target=work) for _ in range(min(THREADS, len(starts)) - 1)]
    for thread in helpers:
        thread.start()
    work()
    for thread in helpers:
        thread.join()
    if errors:
        raise errors[0]
    return f"{VERSION} {size} {' '.join(f'{sums[start]:08x}' for start in starts)}\n"


def _checksum(file: Path, start: int, length: int) -> int:
    """CRC-32 of a part of a file."""
    total, block = 0, memoryview(bytearray(BLOCK))
    with file.open("rb", buffering=0) as opened:
        opened.seek(start)
        while length and (count := opened.readinto(block[:length])):
            total = zlib.crc32(block[:count], total)
            length -= count
    return total
