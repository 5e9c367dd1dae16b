"""Whether language versions name each other, as search engines ask: one that is not named back may be ignored.

After https://developers.google.com/search/docs/specialty/international/localized-versions: each version names itself
and all others with full addresses, and all of them name the same ones. A page is looked at when it is made, for its
own words; what must agree between pages is looked at when all are made, by digests, so that the cost grows with the
pages that were made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape

from toasoan import routes
from toasoan.diagnostics import Location, Report
from toasoan.plan import Page
from toasoan.routes import Site
from toasoan.source_files import content_digest
from toasoan.state import State

_LANGUAGE = re.compile(r"<html\b[^>]*?\slang=\"?([^\s\">]+)")
_LINK = re.compile(r"<link\s[^>]*?\brel=\"?(?:canonical|alternate)\b[^>]*>")
_ATTRIBUTE = re.compile(r"\b([a-z]+)=(?:\"([^\"]*)\"|([^\s\">]+))")
_HEAD_ENDS = "</head>"


def versions_digest(page: Page) -> bytes | None:
    """What tells the set of language versions that a page names from all other sets; None if it names none."""
    if not page.alternates:
        return None
    return content_digest(repr((sorted(page.alternates.items()), page.x_default)).encode("utf-8", "surrogatepass"))


def check_head(html: str, page: Page, site: Site, layout: str, report: Report) -> None:
    """Tell where the head of a page that search engines may list is not what the portal knows of the page.

    Templates of a portal's own may have forgotten it, or got it wrong.
    """
    head = html[: html.find(_HEAD_ENDS)]
    at, hint = Location(f"templates/{layout}"), f"it happened on {page.address}; compare it with partials/head.html"
    found = _LANGUAGE.search(head)
    if found is None or found[1] != page.language:
        said = f"{found[1]!r}" if found else "none"
        message = f"the page is in {page.language!r}, but the language of <html> is {said}"
        report.error("wrong-page-language", message, at, hint)
    wanted = site.absolute(page.address)
    named = {tag: site.absolute(address) for tag, address in (page.alternates or {}).items()}
    if page.x_default:
        named["x-default"] = site.absolute(page.x_default)
    if page.alternates and page.alternates.get(page.language) != page.address:
        report.error("wrong-alternates", "the page does not name itself among its language versions", at, hint)
    if _is_written_as_usual(head, wanted, named):
        return
    canonical, alternates = _links(head)
    if canonical != wanted:
        said = f"{canonical!r}" if canonical else "missing"
        report.error("wrong-canonical", f"the canonical address should be {wanted!r}, and is {said}", at, hint)
    if alternates != named:
        wrong = sorted(tag for tag in alternates.keys() | named.keys() if alternates.get(tag) != named.get(tag))
        report.error("wrong-alternates", f"language versions are missing or wrong: {', '.join(wrong)}", at, hint)


def _is_written_as_usual(head: str, canonical: str, named: Mapping[str, str]) -> bool:
    """Whether a head says all in the words of the theme, which is found out in a third of the time."""
    return (
        head.count("hreflang=") == len(named)
        and head.count('rel="canonical"') == 1
        and f'<link rel="canonical" href="{canonical}">' in head
        and all(f'<link rel="alternate" hreflang="{tag}" href="{address}">' in head for tag, address in named.items())
    )


def _links(head: str) -> tuple[str | None, dict[str, str]]:
    """The canonical address and those of the language versions in a head."""
    canonical, alternates = None, {}
    for link in _LINK.findall(head):
        values = {name: unescape(quoted or bare) for name, quoted, bare in _ATTRIBUTE.findall(link)}
        if values.get("rel") == "canonical":
            canonical = values.get("href")
        elif "hreflang" in values:
            alternates[values["hreflang"]] = values.get("href", "")
    return canonical, alternates


def check_versions(state: State, touched: Collection[bytes] | None, report: Report) -> None:
    """Tell each page whose language versions do not all name the same ones.

    Each page names itself among its versions, which `check_head` makes sure of. So if as many pages name a set as the
    set has members, they are its members, and each is there. `touched` are the sets that may have changed; None for
    all.
    """
    counted = "SELECT versions, version_count, count(*) FROM output WHERE versions"
    if touched is None:
        rows = state.rows(f"{counted} IS NOT NULL GROUP BY versions HAVING count(*) <> version_count")
        wrong = [digest for digest, _, _ in rows]
    else:
        wrong = []
        for digest in touched:
            _, wanted, named = state.row(f"{counted} = ?", digest)
            if named and wanted != named:
                wrong.append(digest)
    for path, wanted in _pages(state, sorted(wrong)):
        report.error(
            "versions-disagree",
            f"{routes.address_of(path)} names {wanted} language versions, which do not all name the same ones",
            Location(path),
            "build from nothing, for the state may be wrong: run `toasoan build --verify`",
        )


def _pages(state: State, digests: Collection[bytes]) -> Iterator[tuple[str, int]]:
    for digest in digests:
        yield from state.rows("SELECT path, version_count FROM output WHERE versions = ? ORDER BY path", digest)
