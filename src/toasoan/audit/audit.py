"""All that is looked at in a built portal: every file in workers, then what only the whole shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toasoan.audit.addresses import Addresses
from toasoan.audit.feeds import feed_faults
from toasoan.audit.findings import Fault, Findings
from toasoan.audit.page import Page, read_page
from toasoan.audit.sitemaps import Sitemap, read_sitemap
from toasoan.audit.texts import language_faults
from toasoan.audit.versions import missing_static_pages, texts_that_lead_abroad
from toasoan.audit.weights import Weights, compressed_size
from toasoan.audit.whole import Whole
from toasoan.build_result import Progress
from toasoan.config import Config
from toasoan.diagnostics import Location
from toasoan.parallel import in_parallel
from toasoan.routes import Site
from toasoan.state import State, path_of

_FEEDS = ("feed.xml", "atom.xml", "feed.json", "feeds.opml")
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


Looked = Page | Sitemap | tuple[str, tuple[Fault, ...]]


def audit(portal: BuiltPortal, jobs: int, progress: Progress, findings: Findings) -> Audited:
    """Look at all files of a built portal."""
    state, settings = portal.state, portal.config.settings
    files = frozenset(state.rows("SELECT path FROM output WHERE kind NOT IN ('', 'redirect')"))
    moved = dict(state.rows("SELECT address, target FROM redirect WHERE target IS NOT NULL"))
    addresses = Addresses(Site(settings.base_url), files, moved)
    sizes = {path: compressed_size(path, _data(portal, path)) for path in files if path.endswith(_WEIGHED)}
    look = partial(_look, portal.folder, addresses, Weights(settings.budgets, sizes))
    looked_at = sorted(path for path in files if _is_looked_at(path))
    whole, sitemaps, feeds = Whole(addresses), list[Sitemap](), 0
    for done, found in enumerate(in_parallel(look, looked_at, jobs), start=1):
        if isinstance(found, Page):
            findings.add(found.path, found.faults)
            whole.take_page(found)
        elif isinstance(found, Sitemap):
            sitemaps.append(found)
        else:
            feeds += 1
            findings.add(*found)
        progress("looking at files", done, len(looked_at))
    for sitemap in sitemaps:
        findings.add(sitemap.path, (*sitemap.faults, *whole.take_sitemap(sitemap)))
    whole.tell(partial(_data, portal), findings)
    _look_at_texts(portal, jobs, findings)
    return Audited(whole.pages, feeds, len(sitemaps), whole.outside)


def _look_at_texts(portal: BuiltPortal, jobs: int, findings: Findings) -> None:
    rows = portal.state.rows("SELECT path, language FROM article ORDER BY path")
    texts = [(path_of(path), str(language)) for path, language in rows]
    look = partial(_of_text, portal.root)
    for (path, _), faults in zip(texts, in_parallel(look, texts, jobs), strict=True):
        for fault in faults:
            findings.add_at(Location(path), fault)
    for place, fault in texts_that_lead_abroad(portal.state):
        findings.add_at(place, fault)
    for place, fault in missing_static_pages(portal.state, tuple(portal.config.languages)):
        findings.add_at(place, fault)


def _of_text(root: Path, text: tuple[str, str]) -> tuple[Fault, ...]:
    return language_faults(root, *text)


def _look(folder: Path, addresses: Addresses, weights: Weights, path: str) -> Looked:
    data = (folder / path).read_bytes()
    if path.endswith((".html", ".htm")):
        return read_page(path, data, addresses, weights)
    if path.rpartition("/")[2] in _FEEDS:
        return path, tuple(feed_faults(path, data, addresses))
    return read_sitemap(path, data, addresses)


def _is_looked_at(path: str) -> bool:
    name = path.rpartition("/")[2]
    return (
        path.endswith((".html", ".htm")) or name in _FEEDS or (name.startswith("sitemap") and name.endswith(".xml"))
    )


def _data(portal: BuiltPortal, path: str) -> bytes:
    return (portal.folder / path).read_bytes()
