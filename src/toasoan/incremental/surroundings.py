"""What pages show besides what they are about: frame, words, templates, theme files. Where that changes, all go."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from toasoan.catalog.catalog import Catalog
from toasoan.content.static_pages import StaticPage
from toasoan.plan import (
    AgencyIndex,
    Chooser,
    Gallery,
    Home,
    Listing,
    NotFound,
    ParallelText,
    Reading,
    Search,
)
from toasoan.render.edition import Edition
from toasoan.render.pages import LAYOUTS
from toasoan.state import State
from toasoan.targets import Target, due

Surroundings = Mapping[tuple[str, str], bytes]
"""A digest by language and layout."""

TARGETS: Mapping[type, Target] = {
    Chooser: Target.PORTAL,
    Home: Target.LANGUAGE,
    Reading: Target.ARTICLE,
    Gallery: Target.ARTICLE,
    ParallelText: Target.PARALLEL_TEXT,
    Listing: Target.LIST,
    AgencyIndex: Target.LANGUAGE,
    Search: Target.LANGUAGE,
    StaticPage: Target.STATIC_PAGE,
    NotFound: Target.LANGUAGE,
}
"""The target to which pages of each kind belong."""


def surroundings(
    editions: Mapping[str, Edition],
    words: Mapping[str, str],
    theme: Mapping[str, str],
    layouts: Mapping[str, str],
    fonts: Mapping[str, object] | None = None,
) -> tuple[Surroundings, Mapping[str, str]]:
    """The digests, and the parts that they are made of, by a name that says what each is.

    They are made from digests of the interface texts by language, links of the theme's files by name, digests of the
    templates by layout, and the fonts of share images by language.
    """
    assets = "a file of the theme"
    parts = {assets: _digest(sorted(theme.items()))}
    templates = {layout: f"the template {layout}, or one that it uses," for layout in LAYOUTS.values()}
    frames = {tag: f"what all pages in {tag!r} have around them" for tag in editions}
    texts = {tag: f"a text of the interface in {tag!r}" for tag in editions}
    parts |= {name: layouts[layout] for layout, name in templates.items()}
    parts |= {frames[tag]: _digest(edition.shell) for tag, edition in editions.items()}
    parts |= {texts[tag]: words[tag] for tag in editions}
    pictures = {tag: f"a font for share images in {tag!r}" for tag in fonts or ()}
    parts |= {pictures[tag]: _digest(given) for tag, given in (fonts or {}).items()}
    made = {
        (tag, layout): _digest(
            [
                *(parts[name] for name in (assets, templates[layout], frames[tag], texts[tag])),
                parts[pictures[tag]] if layout == LAYOUTS[Reading] and tag in pictures else None,
            ]
        )
        for tag in editions
        for layout in LAYOUTS.values()
    }
    return {key: value.encode() for key, value in made.items()}, parts


def note_due(state: State, catalog: Catalog, now: Surroundings, parts: Mapping[str, str]) -> None:
    """Note as due all pages whose surroundings are others than at the last build, and note the new ones."""
    before, old_parts = state.fact("surroundings") or {}, state.fact("parts") or {}
    changed = [name for name, digest in parts.items() if old_parts.get(name) != digest]
    reason = f"{changed[0]} changed" if changed else "what is around it changed"
    for kind, layout in LAYOUTS.items():
        for tag in catalog.config.languages:
            if before.get(f"{tag} {layout}") != now[tag, layout].decode():
                _due_all(state, TARGETS[kind], tag, reason, catalog.config.main_language.tag)
    state.note("surroundings", {f"{tag} {layout}": digest.decode() for (tag, layout), digest in now.items()})
    state.note("parts", dict(parts))


def _due_all(state: State, target: Target, language: str, reason: str, main_language: str) -> None:
    """Note all targets of a kind in one language."""
    match target:
        case Target.ARTICLE:
            keys = "SELECT 'article', number, ?1 FROM article WHERE language = ?2"
        case Target.PARALLEL_TEXT:
            keys = "SELECT 'parallel', number, ?1 FROM article WHERE language = ?2"
        case Target.LIST:
            keys = "SELECT 'list', number, ?1 FROM list WHERE language = ?2"
        case Target.STATIC_PAGE:
            keys = "SELECT 'page', language || '/' || slug, ?1 FROM static_page WHERE language = ?2"
        case _:
            due(state, Target.LANGUAGE, language, reason)
            due(state, Target.FEEDS, language, reason)
            if language == main_language:
                due(state, Target.PORTAL, "", reason)
            return
    state.run(f"INSERT OR IGNORE INTO due {keys}", reason, language)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()
