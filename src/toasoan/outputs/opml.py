"""OPML 2.0 (http://opml.org/spec2.opml): the feeds of the portal as a list that feed readers can take in at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toasoan import routes
from toasoan.catalog.catalog import Catalog, ListKind
from toasoan.plan import atom_lies_at, front_of
from toasoan.render.edition import Edition
from toasoan.routes import Site
from toasoan.xml_text import xml_attribute, xml_text


class _Feed(NamedTuple):
    name: str
    address: str
    page: str


def opml_of_portal(title: str, languages: Iterable[tuple[str, str]], site: Site) -> bytes:
    """The list that leads to those of the languages, which are given by tag and name."""
    lists = "".join(
        f'<outline type="include" text={xml_attribute(name)} language={xml_attribute(tag)}'
        f" url={xml_attribute(site.absolute(routes.opml(routes.home(tag))))}/>\n"
        for tag, name in languages
    )
    return _opml(title, lists)


def opml_of_language(edition: Edition, catalog: Catalog) -> bytes:
    """All feeds of a language: its own, those of its sections, agencies, tags and authors."""
    site, tag, shell = edition.site, edition.tag, edition.shell
    home = routes.home(tag)
    outlines = [_outline(_Feed(shell.portal, routes.rss(home), home), tag, site)]
    sections = [
        _Feed(edition.section_name(key), routes.rss(page), page)
        for key in edition.config.sections
        for page in [routes.section(tag, key)]
        if catalog.count(tag, ListKind.SECTION, key)
    ]
    outlines.append(_group(edition.say("Sections"), sections, tag, site))
    groups = (
        (ListKind.AGENCY, edition.say("Agencies")),
        (ListKind.TAG, edition.say("Tags")),
        (ListKind.AUTHOR, edition.say("Authors")),
    )
    outlines += [_group(name, list(_feeds(kind, tag, catalog)), tag, site) for kind, name in groups]
    return _opml(f"{shell.portal} ({edition.language.endonym})", "".join(outlines))


def _feeds(kind: ListKind, tag: str, catalog: Catalog) -> Iterator[_Feed]:
    # By name, agencies too: which of them has the most articles changes daily, and nobody wants their order to.
    for it in sorted(catalog.lists(tag, kind), key=lambda it: (it.name.casefold(), it.slug)):
        if address := atom_lies_at(it, catalog):
            yield _Feed(it.name, address, front_of(tag, kind, it.slug, None))


def _group(name: str, feeds: list[_Feed], tag: str, site: Site) -> str:
    if not feeds:
        return ""
    return f"<outline text={xml_attribute(name)}>\n{''.join(_outline(it, tag, site) for it in feeds)}</outline>\n"


def _outline(feed: _Feed, tag: str, site: Site) -> str:
    return (
        f'<outline type="rss" text={xml_attribute(feed.name)} xmlUrl={xml_attribute(site.absolute(feed.address))}'
        f" htmlUrl={xml_attribute(site.absolute(feed.page))} language={xml_attribute(tag)}/>\n"
    )


def _opml(title: str, outlines: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<opml version="2.0">\n<head><title>{xml_text(title)}</title></head>\n<body>\n{outlines}</body>\n</opml>\n'
    ).encode()
