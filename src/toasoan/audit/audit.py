"""All that is looked at in a built portal: every file in workers, then what only the whole shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from toasoan import routes
from toasoan.audit.addresses import Addresses
from toasoan.audit.facts import Facts, Feed, Page, Sitemap, Text, written
from toasoan.audit.feeds import read_feed
from toasoan.audit.findings import Findings
from toasoan.audit.links import leads_of
from toasoan.audit.memory import Memory
from toasoan.audit.page import read_page
from toasoan.audit.sitemaps import read_sitemap
from toasoan.audit.texts import read_text
from toasoan.audit.versions import missing_static_pages, texts_that_lead_abroad
from toasoan.audit.weights import Weights, compressed_size
from toasoan.audit.whole import Whole
from toasoan.build_result import Progress
from toasoan.config import Config
from toasoan.diagnostics import Location
from toasoan.incremental.sources import identity
from toasoan.parallel import in_parallel
from toasoan.routes import Site
from toasoan.state import State, path_of
from toasoan.targets import Target

_FILE, _TEXT = "file ", "text "
"""What tells the files of the output from the texts of articles."""

_FEEDS = ("feed.xml", "atom.xml", "feed.json", "feeds.opml")
_MADE = frozenset(Target)
_WEIGHED = (".css", ".js", ".woff2")


@dataclass(frozen=True, slots=True)
class BuiltPortal:
    """A portal and a folder into which it was built."""

    root: Path
    folder: Path
    config: Config
    state: State
    """What the build that wrote the folder knows of it."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was looked at."""

    pages: int
    feeds: int
    sitemaps: int
    outside: dict[str, list[str]]
    """Links to pages elsewhere, each with the files of the portal that have it."""


def audit(portal: BuiltPortal, memory: Path, jobs: int, progress: Progress, findings: Findings) -> Audited:
    """Look at all files of a built portal; what is found in each alone is kept in the file `memory`."""
    state, settings = portal.state, portal.config.settings
    rows = tuple(state.rows("SELECT path, kind, digest FROM output WHERE kind NOT IN ('', 'redirect')"))
    files = frozenset(path for path, _, _ in rows)
    moved = dict(state.rows("SELECT address, target FROM redirect WHERE target IS NOT NULL"))
    addresses = Addresses(Site(settings.base_url), files, moved)
    sizes = {path: compressed_size(path, _data(portal, path)) for path in files if path.endswith(_WEIGHED)}
    weights, whole = Weights(settings.budgets, sizes), Whole(addresses, findings)
    wanted = sorted([*_files(rows), *_texts(portal.state)])
    done = count(1)

    def take(name: str, facts: Facts) -> None:
        path = name[len(_FILE) :]
        progress("looking at files", next(done), len(wanted))
        match facts:
            case Page():
                leads = leads_of(facts, path, addresses)
                whole.take_page(path, facts, leads)
                exact = partial(_exact_size, portal, path)
                findings.add(path, weights.faults(facts.size, exact, leads.loaded))
            case Feed():
                whole.take_feed(path, facts)
            case Sitemap():
                whole.take_sitemap(path, facts)
            case Text():
                for fault in facts.faults:
                    findings.add_at(Location(path), fault)

    languages = {path_of(path): str(tag) for path, tag in state.rows("SELECT path, language FROM article")}
    look = partial(_look, portal.root, portal.folder, addresses.site, languages)
    kept = Memory(memory, f"{identity()} {settings.base_url}")
    kept.go_through(wanted, lambda names: in_parallel(look, names, jobs), take)
    whole.tell(lambda path: read_page(_data(portal, path), "").ids)
    for place, fault in texts_that_lead_abroad(state):
        findings.add_at(place, fault)
    for place, fault in missing_static_pages(state, tuple(portal.config.languages)):
        findings.add_at(place, fault)
    return Audited(whole.pages, whole.feeds, whole.sitemaps, whole.outside)


def _files(rows: Iterable[tuple[str, str, bytes]]) -> Iterator[tuple[str, str]]:
    return ((f"{_FILE}{path}", digest.hex()) for path, kind, digest in rows if _is_looked_at(path, kind))


def _texts(state: State) -> Iterator[tuple[str, str]]:
    rows = state.rows("SELECT article.path, source.digest FROM article JOIN source ON source.path = article.path")
    return ((f"{_TEXT}{path_of(path)}", digest.hex()) for path, digest in rows)


def _look(root: Path, folder: Path, site: Site, languages: Mapping[str, str], name: str) -> str:
    return written(_facts(root, folder, site, languages, name))


def _facts(root: Path, folder: Path, site: Site, languages: Mapping[str, str], name: str) -> Facts:
    path = name[len(_FILE) :]
    if name.startswith(_TEXT):
        return read_text(root, path, languages[path])
    data, address = (folder / path).read_bytes(), site.absolute(routes.address_of(path))
    if path.endswith((".html", ".htm")):
        return read_page(data, address)
    return read_feed(data, address) if path.rpartition("/")[2] in _FEEDS else read_sitemap(data)


def _is_looked_at(path: str, kind: str) -> bool:
    """Whether a file is a page, feed or sitemap of the portal's; HTML among an editor's own files is the editor's."""
    name = path.rpartition("/")[2]
    if path.endswith((".html", ".htm")):
        return kind in _MADE
    return name in _FEEDS or (name.startswith("sitemap") and name.endswith(".xml"))


def _data(portal: BuiltPortal, path: str) -> bytes:
    return (portal.folder / path).read_bytes()


def _exact_size(portal: BuiltPortal, path: str) -> int:
    return compressed_size(path, _data(portal, path))
