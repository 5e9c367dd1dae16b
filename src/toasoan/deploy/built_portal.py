"""The files of a built portal as a deploy wants them: what each is, and when its turn comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toasoan import routes
from toasoan.address_ledger import OnlinePage
from toasoan.deploy.delivery import ENDINGS, encoded_digest, pays
from toasoan.deploy.host import Host
from toasoan.deploy.plan import Step, Wanted, WantedFile
from toasoan.deploy.release import ReleaseFile
from toasoan.incremental.online_pages import online_pages
from toasoan.incremental.redirects import moved_and_gone
from toasoan.model.article import ArticleId
from toasoan.outputs.server_rules.formats import is_rule_file
from toasoan.state import State
from toasoan.targets import Target

_LISTS = frozenset([Target.LIST, Target.LANGUAGE, Target.PORTAL])


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file of the output folder."""

    sha256: str
    size: int
    step: Step


@dataclass(frozen=True, slots=True)
class BuiltPortal:
    """What the last build left."""

    files: Mapping[str, BuiltFile]
    online: tuple[OnlinePage, ...]
    """The pages whose addresses are to be kept."""

    moved: Mapping[str, str]
    """Addresses that lead to others."""

    gone: tuple[str, ...]
    """Addresses whose pages are gone for ever."""

    withdrawn: tuple[str, ...]
    """Beginnings of the paths of articles that editors took back."""


def built_portal(state: State) -> BuiltPortal:
    """The portal that a state knows to be complete."""
    files = {
        path: BuiltFile(bytes(digest).hex(), size, step_of(path, kind))
        for path, kind, digest, size in state.rows("SELECT path, kind, digest, size FROM output")
    }
    return BuiltPortal(
        files,
        tuple(online_pages(state)),
        *moved_and_gone(state),
        tuple(
            routes.file_of(routes.article(ArticleId(language, slug))).removesuffix("index.html")
            for language, slug in state.rows("SELECT language, slug FROM withdrawn ORDER BY language, slug")
        ),
    )


def step_of(path: str, kind: str) -> Step:
    """When the turn of a file comes where it replaces another one."""
    name = path.rpartition("/")[2]
    if name.endswith((".html", ".htm")):
        return Step.LISTS if kind in _LISTS else Step.CHANGED
    if name == "index.json":  # the directory of a search
        return Step.LISTS
    is_for_programs = name.endswith((".xml", ".opml")) or name in ("feed.json", "robots.txt")
    return Step.FEEDS if is_for_programs or is_rule_file(path) else Step.ASSETS


def wanted_files(portal: BuiltPortal, host: Host) -> Wanted:
    """The files that a host shall have for a portal, encoded as that host sends them."""
    return dict(_wanted(portal, host))


def _wanted(portal: BuiltPortal, host: Host) -> Iterator[tuple[str, WantedFile]]:
    for path, built in portal.files.items():
        is_worth_it = pays(path, built.size)
        encoding = host.encoding if is_worth_it else None
        digest = encoded_digest(path, built.sha256, encoding)
        yield path, WantedFile(ReleaseFile(digest, built.size, digest_of_headers(host.headers(path))), built.step)
        for other in host.encodings if is_worth_it else ():
            beside = ReleaseFile(encoded_digest(path, built.sha256, other), built.size)
            yield f"{path}{ENDINGS[other]}", WantedFile(beside, built.step)


def digest_of_headers(headers: Mapping[str, str]) -> str:
    """What tells headers from others; empty for none."""
    return hashlib.sha256(json.dumps(sorted(headers.items())).encode()).hexdigest()[:12] if headers else ""
