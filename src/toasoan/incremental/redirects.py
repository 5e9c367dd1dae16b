"""Addresses at which there is no page: where each of them leads, or that its page is gone.

Three things know of such addresses: the files of pages, which name aliases; the ledger of all that was ever online;
and the settings, which tell what addresses looked like on an earlier site. A page that is there goes before all.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toasoan import routes
from toasoan.address_ledger import read_ledger
from toasoan.catalog.record import article_of
from toasoan.config import Config
from toasoan.diagnostics import Location, Report
from toasoan.incremental.sources import Snapshot, SourceChanges, digest_of, forget_source, note_source
from toasoan.model.article import ArticleId
from toasoan.outputs.server_rules.rules import Rules
from toasoan.portal_folders import ADDRESS_LEDGER
from toasoan.slug import folded_address
from toasoan.source_files import settled
from toasoan.state import State, path_of, stored_path
from toasoan.targets import Target, due, text_of

REDIRECT = "redirect"
"""The kind of the files that lead on from an address; a page of another kind may take the place of one. Files without
a kind are those of an earlier build that nobody has asked for yet: they count as gone."""

Redirects = Mapping[str, str | None]
"""Addresses, each with that of the page to which it leads; None where the page is gone."""

_FORMER = """SELECT former.address, former.kind, former.key, output.path FROM former
    LEFT JOIN output ON output.path = former.file AND output.kind NOT IN ('', 'redirect')
    LEFT JOIN article ON former.kind = 'article' AND article.number = former.key
    WHERE is_alias = ? ORDER BY former.address, former.kind, article.path, former.key"""
"""Of two that claim an address the first by its file gets it: numbers of articles depend on what was there before."""

_LOST = """SELECT online.address, online.source, online.story FROM online
    LEFT JOIN output ON output.path = online.file AND output.kind NOT IN ('', 'redirect')
    WHERE output.path IS NULL ORDER BY online.address"""


def look_at_ledger(state: State, root: Path, seen: Snapshot, changes: SourceChanges) -> None:
    """Take in the ledger of addresses if it changed."""
    within = changes.within(ADDRESS_LEDGER)
    if not within:
        return
    report = Report()
    pages = read_ledger(root, report)
    state.run("DELETE FROM online")
    state.run_each(
        "INSERT INTO online VALUES (?, ?, ?, ?)",
        [
            (page.address, routes.file_of(page.address), page.source and stored_path(page.source), page.story)
            for page in pages.values()
        ],
    )
    if within.gone:
        forget_source(state, ADDRESS_LEDGER)
    else:
        stamp = settled(seen.files[ADDRESS_LEDGER], seen.taken_ns)
        note_source(state, ADDRESS_LEDGER, stamp, digest_of(root, ADDRESS_LEDGER), report)
    due(state, Target.REDIRECTS, "", f"{ADDRESS_LEDGER} changed")


def redirects(state: State, report: Report) -> Redirects:
    """What becomes of all addresses that are known and have no page; aliases that can't be kept are told."""
    found: dict[str, str | None] = {}
    owners: dict[str, str] = {}
    for address, kind, key, page in state.rows(_FORMER, True):
        text = text_of(state, kind, key)
        if page is not None:
            report.error(
                "alias-in-use",
                f"the alias {address} is the address of a page that is there",
                Location(text),
                "remove the alias, or give that page another address",
            )
        elif address in owners:
            report.error(
                "alias-twice",
                f"the alias {address} is also one of {owners[address]}",
                Location(text),
                "leave it with one of them",
            )
        else:
            found[address], owners[address] = _address_of(kind, key, state), text
    for address, source, story in state.rows(_LOST):
        if address not in found:
            found[address] = _successor(address, source, story, state)
    for path, record in state.rows("SELECT path, record FROM withdrawn ORDER BY path"):
        for alias in map(routes.with_slash, article_of(record, 0, path_of(path)).aliases):
            if not _is_there(alias, state):
                found.setdefault(alias, None)
    for address, kind, key, page in state.rows(_FORMER, False):
        if page is None and found.get(address) is None:
            found[address] = _address_of(kind, key, state)
    return found


def _address_of(kind: str, key: str, state: State) -> str:
    if kind == Target.ARTICLE:
        return routes.article(ArticleId(*state.row("SELECT language, slug FROM article WHERE number = ?", int(key))))
    return routes.static_page(*key.split("/", 1))


def _successor(address: str, source: bytes | None, story: str | None, state: State) -> str | None:
    """Where a page has moved: its file may have another slug, its story another file."""
    language = address.split("/")[1]
    found = state.row("SELECT language, slug FROM article WHERE path = ?", source)
    if found is None and story is not None:
        found = state.row("SELECT language, slug FROM article WHERE story = ? AND language = ?", story, language)
    if found is None:
        return None
    id_ = ArticleId(*found)
    gallery = routes.gallery(id_)
    is_gallery = address == routes.gallery(ArticleId(language, address.split("/")[2]))
    return gallery if is_gallery and _is_there(gallery, state) else routes.article(id_)


def _is_there(address: str, state: State) -> bool:
    query = "SELECT 1 FROM output WHERE path = ? AND kind NOT IN ('', 'redirect')"
    return state.row(query, routes.file_of(address)) is not None


def pages_that_lead_on(found: Redirects, state: State) -> Mapping[str, str]:
    """The files of pages that lead on, each with the address to which it leads.

    There is none where a browser would not take the file for a page, or where file systems would put it in the place
    of another file or of a folder.
    """
    pages: dict[str, str] = {}
    files: set[str] = set()
    folders: set[str] = set()
    for address, target in sorted(found.items()):
        path = routes.file_of(address)
        folded = folded_address(path)
        above = [folded[:place] for place, letter in enumerate(folded) if letter == "/"]
        if target is None or not path.endswith((".html", ".htm")) or folded in files or folded in folders:
            continue
        if files.isdisjoint(above) and not any(_is_taken(it, state) for it in (folded, *above)):
            pages[path] = target
            files.add(folded)
            folders.update(above)
    return pages


def _is_taken(folded: str, state: State) -> bool:
    """Whether a page or file that is there has the place of another one, on hosts that ignore case."""
    there = "FROM output WHERE kind NOT IN ('', 'redirect') AND"
    if state.row(f"SELECT 1 {there} folded = ? LIMIT 1", folded):  # a text of our own
        return True
    # The ending tells files from folders; the file of a page would have to be a folder.
    inside = f"SELECT 1 {there} folded > ? AND folded < ? LIMIT 1"
    is_file = folded.endswith((".html", ".htm"))
    return is_file and state.row(inside, f"{folded}/", f"{folded}0") is not None


def note_redirects(state: State, found: Redirects) -> None:
    """Have the state know what becomes of which address."""
    state.run("DELETE FROM redirect")
    state.run_each("INSERT INTO redirect VALUES (?, ?)", found.items())


def known_rules(state: State, config: Config) -> Rules:
    """What servers and hosts are to be told after a build: addresses that have moved, those that are gone."""
    return Rules(*moved_and_gone(state), config)


def moved_and_gone(state: State) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Addresses that lead to others, and addresses whose pages are gone for ever, both in their order."""
    found = dict(state.rows("SELECT address, target FROM redirect ORDER BY address"))
    moved = {address: target for address, target in found.items() if target is not None}
    return moved, tuple(address for address, target in found.items() if target is None)


def count_redirects(state: State) -> tuple[int, int]:
    """How many addresses lead on, and how many are gone for ever."""
    moved, gone = state.row("SELECT count(target), count(*) - count(target) FROM redirect")
    return int(moved), int(gone)
