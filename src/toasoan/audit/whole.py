"""What only the whole of a portal shows: pages that nobody links to, versions that do not name each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from toasoan import routes
from toasoan.audit.addresses import Addresses
from toasoan.audit.facts import Feed, Page, Pairs, Sitemap
from toasoan.audit.feeds import faults_between
from toasoan.audit.findings import Fault, Findings, advice
from toasoan.audit.links import Leads, missing_part
from toasoan.audit.sitemaps import missing_pictures, named_files, wrong_sitemap


class Whole:
    """What is known of all pages and sitemaps together; take them in one by one, then tell."""

    def __init__(self, addresses: Addresses, findings: Findings) -> None:
        self._addresses = addresses
        self._findings = findings
        self._indexed: set[str] = set()
        self._led_to: set[str] = set()
        self._parts: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._versions: dict[Pairs, list[str]] = {}
        self._changed: dict[str, str] = {}
        """When articles changed after publication, by absolute address."""

        self._translations: list[tuple[str, str, str]] = []
        self._sitemaps: dict[str, Sitemap] = {}
        self.outside: dict[str, list[str]] = {}
        """Pages elsewhere, each with those of the portal that lead there."""

        self.pages = 0
        self.feeds = 0

    @property
    def sitemaps(self) -> int:
        """How many were taken in."""
        return len(self._sitemaps)

    def take_page(self, path: str, page: Page, leads: Leads) -> None:
        """Take in a page and where it leads."""
        self.pages += 1
        self._findings.add(path, (*page.faults, *leads.faults))
        self._led_to.update(leads.to)
        for link, file, fragment in leads.parts:
            self._parts.setdefault((file, fragment), []).append((path, link))
        for link in leads.outside:
            self.outside.setdefault(link, []).append(path)
        if not page.is_indexed:
            return
        self._indexed.add(path)
        if page.alternates:
            self._versions.setdefault(page.alternates, []).append(path)
        if page.modified and page.published and page.modified > page.published:
            self._changed[self._addresses.site.absolute(routes.address_of(path))] = page.modified
        if page.original and page.modified:
            self._translations.append((path, page.original, page.modified))

    def take_feed(self, path: str, feed: Feed) -> None:
        """Take in a feed."""
        self.feeds += 1
        self._findings.add(path, (*feed.faults, *faults_between(feed, self._addresses)))

    def take_sitemap(self, path: str, sitemap: Sitemap) -> None:
        """Take in a sitemap."""
        self._sitemaps[path] = sitemap
        self._findings.add(path, (*sitemap.faults, *missing_pictures(sitemap, self._addresses)))

    def tell(self, ids_of: Callable[[str], Collection[str]]) -> None:
        """Tell what is wrong, when everything was taken in. `ids_of` knows the parts of a page."""
        for path, fault in (
            *self._of_sitemaps(),
            *self._missing_parts(ids_of),
            *self._disagreeing(),
            *self._stale(),
            *self._lost(),
        ):
            self._findings.add(path, [fault])

    def _of_sitemaps(self) -> Iterator[tuple[str, Fault]]:
        mapped: set[str] = set()
        listed: set[str] = set()
        for path, sitemap in self._sitemaps.items():
            for name, versions, fault in named_files(sitemap, self._addresses):
                if name is None:
                    yield path, fault or wrong_sitemap("it names nothing")
                elif sitemap.is_index:
                    listed.add(name)
                elif name not in self._indexed:
                    message = f"it names {routes.address_of(name)}, which search engines are not to list"
                    yield path, wrong_sitemap(message)
                elif not sitemap.is_news:
                    mapped.add(name)
                    if versions and name not in self._versions.get(versions, ()):
                        message = f"the language versions of {routes.address_of(name)} are not those of the page"
                        yield path, wrong_sitemap(message)
        indexes = [path for path, sitemap in self._sitemaps.items() if sitemap.is_index]
        for index in indexes:
            for path in sorted(self._sitemaps.keys() - listed - {*indexes}):
                yield index, wrong_sitemap(f"it does not name {path}")
        if indexes:
            yield from ((path, wrong_sitemap("no sitemap names the page")) for path in sorted(self._indexed - mapped))

    def _missing_parts(self, ids_of: Callable[[str], Collection[str]]) -> Iterator[tuple[str, Fault]]:
        known: dict[str, Collection[str]] = {}
        for (file, fragment), links in sorted(self._parts.items()):
            if not file.endswith((".html", ".htm")) or fragment == "top":
                continue
            if file not in known:
                known[file] = ids_of(file)
            if fragment not in known[file]:
                for path, link in links:
                    yield path, missing_part(link, file, fragment)

    def _disagreeing(self) -> Iterator[tuple[str, Fault]]:
        """Pages of which not all versions name the same ones."""
        for versions, paths in sorted(self._versions.items(), key=lambda it: it[1]):
            named = {self._addresses.goal(link, "/").file for language, link in versions if language != "x-default"}
            for path in paths:
                if path not in named:
                    message = "the page does not name itself among its language versions"
                    yield path, Fault("wrong-alternates", message, "compare it with partials/head.html")
            for missing in sorted(named.difference(paths), key=str):
                message = f"it names {missing} as a language version, which does not name the same ones"
                yield paths[0], Fault("versions-disagree", message, "compare both with partials/head.html")

    def _stale(self) -> Iterator[tuple[str, Fault]]:
        for path, original, modified in self._translations:
            changed = self._changed.get(original)
            if changed and _moment(changed) > _moment(modified):
                message = f"its original {original} changed on {changed[:10]}, and this translation has not since"
                hint = "bring it up to date and set `updated`"
                yield path, advice(Fault("stale-translation", message, hint))

    def _lost(self) -> Iterator[tuple[str, Fault]]:
        for path in sorted(self._indexed - self._led_to):
            if not _is_front_door(path):
                fault = Fault("lost-page", "no other page links to it", "link to it, from the navigation for example")
                yield path, advice(fault)


def _moment(text: str) -> str:
    """What moments of one portal can be compared by."""
    return text[:19]


def _is_front_door(path: str) -> bool:
    """Whether readers come to a page without a link: to the portal itself."""
    return "/" not in path
