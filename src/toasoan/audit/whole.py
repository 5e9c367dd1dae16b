"""What only the whole of a portal shows: pages that nobody links to, versions that do not name each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from toasoan import routes
from toasoan.audit.addresses import Addresses
from toasoan.audit.findings import Fault, Findings, advice
from toasoan.audit.page import Page, ids_of, missing_part
from toasoan.audit.sitemaps import Sitemap, wrong_sitemap

Versions = tuple[tuple[str, str], ...]


class Whole:
    """What is known of all pages and sitemaps together; take them in one by one, then tell."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._indexed: set[str] = set()
        self._led_to: set[str] = set()
        self._parts: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._versions: dict[Versions, list[str]] = {}
        self._changed: dict[str, tuple[str, str]] = {}
        """Articles that changed after publication, by absolute address: when, and when they were published."""

        self._translations: list[tuple[str, str, str]] = []
        self._mapped: set[str] = set()
        self._sitemaps: set[str] = set()
        self._indexes: list[Sitemap] = []
        self.outside: dict[str, list[str]] = {}
        """Pages elsewhere, each with those of the portal that lead there."""

        self.pages = 0

    def take_page(self, page: Page) -> None:
        """Take in a page."""
        self.pages += 1
        self._led_to.update(page.leads_to)
        for link, file, fragment in page.parts:
            self._parts.setdefault((file, fragment), []).append((page.path, link))
        for link in page.outside:
            self.outside.setdefault(link, []).append(page.path)
        if not page.is_indexed:
            return
        self._indexed.add(page.path)
        if page.alternates:
            self._versions.setdefault(page.alternates, []).append(page.path)
        if page.modified and page.published and page.modified > page.published:
            own = self._addresses.site.absolute(routes.address_of(page.path))
            self._changed[own] = page.modified, page.published
        if page.original and page.modified:
            self._translations.append((page.path, page.original, page.modified))

    def take_sitemap(self, sitemap: Sitemap) -> Iterator[Fault]:
        """Take in a sitemap, once all pages have been; gives what is wrong with it beside them."""
        if sitemap.is_index:
            self._indexes.append(sitemap)
            return
        self._sitemaps.add(sitemap.path)
        for name in sitemap.names:
            if name not in self._indexed:
                yield wrong_sitemap(f"it names {routes.address_of(name)}, which search engines are not to list")
        if sitemap.is_news:
            return
        self._mapped.update(sitemap.names)
        for name, versions in sitemap.alternates:
            if versions and name not in self._versions.get(versions, ()):
                yield wrong_sitemap(f"the language versions of {routes.address_of(name)} are not those of the page")

    def tell(self, data_of: Callable[[str], bytes], findings: Findings) -> None:
        """Tell what is wrong, when everything was taken in."""
        for index in self._indexes:
            for path in sorted(self._sitemaps - set(index.names)):
                findings.add(index.path, [wrong_sitemap(f"it does not name {path}")])
        if self._indexes:
            for path in sorted(self._indexed - self._mapped):
                findings.add(path, [wrong_sitemap("no sitemap names the page")])
        for path, fault in self._missing_parts(data_of):
            findings.add(path, [fault])
        for path, fault in self._disagreeing():
            findings.add(path, [fault])
        for path, fault in self._stale():
            findings.add(path, [fault])
        for path in sorted(self._indexed - self._led_to):
            if not _is_front_door(path):
                fault = Fault("lost-page", "no other page links to it", "link to it, from the navigation for example")
                findings.add(path, [advice(fault)])

    def _missing_parts(self, data_of: Callable[[str], bytes]) -> Iterator[tuple[str, Fault]]:
        known: dict[str, frozenset[str]] = {}
        for (file, fragment), links in sorted(self._parts.items()):
            if not file.endswith((".html", ".htm")) or fragment == "top":
                continue
            if file not in known:
                known[file] = ids_of(data_of(file))
            if fragment not in known[file]:
                for path, link in links:
                    yield path, missing_part(link, routes.address_of(file), fragment)

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
            changed, _ = self._changed.get(original, ("", ""))
            if changed and _moment(changed) > _moment(modified):
                message = f"its original {original} changed on {changed[:10]}, and this translation has not since"
                hint = "bring it up to date and set `updated`"
                yield path, advice(Fault("stale-translation", message, hint))


def _moment(text: str) -> str:
    """What moments of one portal can be compared by."""
    return text[:19]


def _is_front_door(path: str) -> bool:
    """Whether readers come to a page without a link: to the portal itself."""
    return "/" not in path
