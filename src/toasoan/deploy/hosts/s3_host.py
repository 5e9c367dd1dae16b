"""A bucket of a store that speaks S3, or a folder in it. Readers see each file as soon as it is put.

The files of the portal lie at their paths. Below `_toasoan/` lies what deploys need: the state (lock and switch in
one), the lists of releases, the journal in parts, and the pool: bodies that were replaced or removed, but belong to a
release that could be gone back to, by their digests.

For each file of each kept release, its body is in its place or in the pool. That holds after every single request: a
body goes into the pool before its place is touched. And a body in the pool is always what its name says, whatever
was cut short before: each object carries the digest of its own body, written together with it by one request. Only by
that digest, never by what a list says of the place, is it named in the pool; and the copy is made on the condition
that the object is still the one that was asked for its digest.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from toasoan import routes
from toasoan.deploy import release as releases
from toasoan.deploy.delivery import encoding_of
from toasoan.deploy.host import Bodies, HostError, Limits, ListOf, Put, Standing, Work
from toasoan.deploy.hosts.s3_state import HeldState
from toasoan.deploy.hosts.s3_store import AT_ONCE, Described, Store
from toasoan.deploy.journal import done_line, journal_in, journal_lines
from toasoan.deploy.release import Release
from toasoan.deploy_settings import S3Deploy
from toasoan.response_headers import cache_control, content_type
from toasoan.settings import SiteSettings

OWN = "_toasoan/"
RELEASES = f"{OWN}releases/"
JOURNAL = f"{OWN}journal/"
POOL = f"{OWN}pool/"

MOST_BYTES = 5_000_000_000
"""Of one object that is put by one request."""

MOST_INVALIDATIONS = 1_000
"""Addresses that CloudFront is told one by one; so many are free of charge each month."""

_MARK = routes.file_of(routes.RELEASE)
"""Tells which release is there, so nobody goes back to an earlier one."""

NO_SECURITY_HEADERS = (
    "a store can't send security headers such as Content-Security-Policy: let the CDN before it add them "
    "(docs/how-to/deploy-to-s3.md)"
)
NO_CONDITIONS = "this store ignores conditional writes: two deploys at once would not be kept apart"


@dataclass
class S3Host:
    """A bucket, or a folder in it."""

    settings: S3Deploy
    site: SiteSettings
    cache: Path | None = None
    """A folder of this machine with lists of releases, by id; what it lacks is fetched."""

    STALE_AFTER: ClassVar[float] = 120.0
    """Seconds without news after which a deploy counts as dead."""

    RENEW_AFTER: ClassVar[float] = 20.0
    """Seconds after which a deploy tells that it is alive."""

    def __post_init__(self) -> None:
        it = self.settings
        self._store = Store(it)
        self._held = HeldState(self._store, self.STALE_AFTER, self.RENEW_AFTER)
        where = f"{it.bucket}/{it.prefix}" if it.prefix else it.bucket
        self.name = f"the bucket {where}" + (f" at {self._store.place}" if it.endpoint else "")
        self.in_place = True
        self.encodings: tuple[str, ...] = ()
        self.encoding: str | None = None if it.encoding == "none" else it.encoding
        self.limits = Limits("a store", largest=MOST_BYTES)
        # Where the real address is looked at, that look says what is missing there, CDN and all.
        self.warnings: list[str] = [] if it.url else [NO_SECURITY_HEADERS]
        self._start_afresh()

    def _start_afresh(self) -> None:
        self._lists: dict[str, Release] = {}
        self._pool: set[str] | None = None
        self._doubtful: Collection[str] = frozenset()
        """Paths that a deploy which was cut short may have touched."""

        self._journal = ""
        self._parts = 0
        self._one_body = threading.Lock()

    def headers(self, path: str) -> Mapping[str, str]:
        """What a store keeps with a file and sends to readers."""
        return {"Content-Type": content_type(path), "Cache-Control": cache_control(path, self.site)}

    @contextmanager
    def locked(self, who: str) -> Iterator[None]:
        """Claim the state. Raises HostBusyError, HostError."""
        self._store.connect()
        self._start_afresh()
        with self._held.claimed(who):
            if not self._held.keeps_conditions and NO_CONDITIONS not in self.warnings:
                self.warnings.append(NO_CONDITIONS)
            yield

    # ---- what is there

    def standing(self) -> Standing:
        """What the state and the journal say."""
        state = self._held.state
        work = self._work(state.unfinished) if state.unfinished else None
        self._doubtful = frozenset(work.touched) if work else frozenset()
        return Standing(state.current, state.releases, work)

    def _work(self, release_id: str) -> Work:
        """The journal of a deploy that was cut short."""
        parts = (self._store.read(key) for key in sorted(self._store.keys(f"{JOURNAL}{release_id}/")))
        text = b"".join(part.data for part in parts if part is not None).decode("utf-8", "surrogateescape")
        return journal_in(text) or self._work_without_journal(release_id)

    def _work_without_journal(self, release_id: str) -> Work:
        """What a deploy must be thought to have touched, if somebody has removed its journal."""
        state = self._held.state
        there = self.read_release(state.current).files if state.current else {}
        if release_id != state.current:
            return Work(release_id, state.current, "?", there)
        before = self._list_of(state.releases[1]) if len(state.releases) > 1 else None
        removed = before.files.keys() - there.keys() if before else ()
        return Work(release_id, None, "?", dict.fromkeys(removed))

    def read_release(self, release_id: str) -> Release:
        """A list of a release. Raises HostError if there is none."""
        if (release := self._list_of(release_id)) is None:
            raise HostError(f"the list of the release {release_id} can't be read", "choose another release")
        return release

    def _list_of(self, release_id: str) -> Release | None:
        if release_id not in self._lists and (found := self._cached(release_id) or self._fetched(release_id)):
            self._lists[release_id] = found
        return self._lists.get(release_id)

    def _cached(self, release_id: str) -> Release | None:
        try:
            return releases.read((self.cache / f"{release_id}.gz").read_bytes()) if self.cache else None
        except (OSError, releases.NoReleaseError):
            return None

    def _fetched(self, release_id: str) -> Release | None:
        found = self._store.read(_list_key(release_id))
        try:
            return releases.read(found.data) if found else None
        except releases.NoReleaseError:
            return None

    def _bodies_of(self, kept: Sequence[str]) -> Iterator[tuple[str, str]]:
        """All paths of releases, with the digest that each has there; of a list that is lost nothing is known."""
        for release_id in kept:
            if (release := self._list_of(release_id)) is not None:
                yield from ((path, file.digest) for path, file in release.present.items() if path != _MARK)

    # ---- putting

    def begin(self, work: Work, list_of: ListOf) -> None:
        """Write the first part of the journal, and then into the state that there is one."""
        self._held.hold()
        self._journal, self._parts = f"{JOURNAL}{work.release}/", 0
        self._note(journal_lines(work))
        self._held.change(unfinished=work.release)

    def _note(self, lines: str) -> None:
        self._store.write(f"{self._journal}{self._parts:06}", lines.encode("utf-8", "surrogateescape"))
        self._parts += 1

    def put(self, batch: Sequence[Put], bodies: Bodies) -> None:
        """Put files, several at a time, and note in the journal that this is done."""
        if any(self._may_replace(put) for put in batch):
            self._pooled()  # before there are several threads
        stop = threading.Event()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            tasks = [pool.submit(self._put_one, put, bodies, stop) for put in batch]
            try:
                done, _ = wait(tasks, return_when=FIRST_EXCEPTION)
            finally:
                stop.set()  # for tasks that wait when one has failed, or when somebody has pressed Ctrl+C
                pool.shutdown(cancel_futures=True)
        for task in done:
            task.result()
        self._note("".join(done_line(put.path, put.file) for put in batch))

    def _put_one(self, put: Put, bodies: Bodies, stop: threading.Event) -> None:
        if stop.is_set():
            return
        self._held.hold()
        digest, headers = put.file.digest, dict(self.headers(put.path))
        if encoding := encoding_of(digest):
            headers["Content-Encoding"] = encoding
        there = self._store.describe(put.path) if self._is_to_be_described(put) else None
        if there is not None and there.digest == digest:
            # Put before a cut, or back where it was, or only its headers are others.
            if there.headers != headers:
                self._copied(put.path, put.path, put, there.etag, headers)
            return
        if there is not None:
            self._keep(put.path, there)
        if put.origin is not None:
            self._copied(f"{POOL}{digest}", put.path, put, None, headers)
            return
        with self._one_body:  # whoever gives the bodies need not expect several threads
            file = bodies(put)
        self._store.put(put.path, file, digest, headers)

    def _may_replace(self, put: Put) -> bool:
        return put.path != _MARK and (put.replaces is not None or put.path in self._doubtful)

    def _is_to_be_described(self, put: Put) -> bool:
        """Whether there may be something in a file's place that a kept release needs, or the file itself."""
        if not self._may_replace(put):
            return False
        if put.replaces is None or put.path in self._doubtful:
            return True
        return put.replaces.digest == put.file.digest or put.replaces.digest not in self._pooled()

    def _copied(self, source: str, target: str, put: Put, etag: str | None, headers: Mapping[str, str]) -> None:
        if not self._store.copy(source, target, etag, put.file.digest, headers):
            wanted_of = f" of the release {put.origin}" if put.origin else ""
            raise HostError(f"{put.path}{wanted_of} is no longer there", "build, and deploy anew")

    # ---- the pool

    def _pooled(self) -> set[str]:
        """The digests in the pool."""
        if self._pool is None:
            self._pool = {key.removeprefix(POOL) for key in self._store.keys(POOL)}
        return self._pool

    def _keep(self, path: str, there: Described) -> None:
        """Have a body in the pool before it loses its place."""
        digest = there.digest
        if digest is None or path == _MARK or digest in self._pooled():  # without a digest it is no deploy's
            return
        if not self._store.copy(path, f"{POOL}{digest}", there.etag):
            raise HostError(f"somebody else has changed {path} meanwhile", "deploy again")
        self._pooled().add(digest)

    # ---- the switch and after

    def switch(self, release: Release) -> None:
        """Write a release's list, and then into the state that it is the current one."""
        self._held.hold()
        self._store.write(_list_key(release.id), release.as_bytes)
        self._lists[release.id] = release
        others = tuple(it for it in self._held.state.releases if it != release.id)
        self._held.change(current=release.id, releases=(release.id, *others))

    def after_switch(self) -> None:
        """Nothing: a store has nothing to reload."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files; bodies that a kept release needs go into the pool before."""
        if not paths:
            return
        self._held.hold()
        leaving = frozenset(paths)
        needed = {
            path
            for path, digest in self._bodies_of(self._held.state.releases)
            if path in leaving and digest not in self._pooled()
        }
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(self._keep_what_is_at, sorted(needed)):
                self._held.hold()
        self._store.delete(paths)

    def _keep_what_is_at(self, path: str) -> None:
        if (there := self._store.describe(path)) is not None:
            self._keep(path, there)

    def finish(self, kept: Sequence[str]) -> None:
        """Forget releases, with the bodies that no other needs; then close the journal.

        Bodies go before lists, for by a list that should not be there the next deploy sees that there is more to do;
        and the journal is closed when all else is done.
        """
        known = tuple(it for it in kept if it in self._held.state.releases)
        if known != self._held.state.releases:
            self._held.change(releases=known)
        own_lists = frozenset(map(_list_key, known))
        lists = [key for key in self._store.keys(RELEASES) if key not in own_lists]
        journals = list(self._store.keys(JOURNAL))
        if lists:
            needed = {digest for _, digest in self._bodies_of(known)}
            self._store.delete([f"{POOL}{digest}" for digest in sorted(self._pooled() - needed)])
            self._pool = self._pooled() & needed
        self._store.delete([*lists, *(key for key in journals if not key.startswith(self._journal))])
        self._held.change(unfinished=None)
        self._store.delete(key for key in journals if key.startswith(self._journal))

    def changed(self, paths: Sequence[str]) -> None:
        """Tell CloudFront, if there is one. What goes wrong is a warning: readers see the release already."""
        if self.settings.cloudfront is None or not paths:
            return
        site = routes.Site(self.settings.url or self.site.base_url)
        # The CDN may know a page by its folder or, where a function completes addresses, by its file.
        forms = dict.fromkeys(form for path in paths for form in (routes.address_of(path), routes.ROOT + path))
        items = [site.link(form) for form in forms]
        if len(items) > MOST_INVALIDATIONS:
            items = [site.link(routes.ROOT) + "*"]
        try:
            self._store.forget_in_cloudfront(self.settings.cloudfront, items, secrets.token_hex(8))
        except HostError as error:
            self.warnings.append(f"CloudFront could not be told to forget changed pages: {error}")


def _list_key(release_id: str) -> str:
    return f"{RELEASES}{release_id}.gz"
