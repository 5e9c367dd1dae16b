"""Whether what editors put first on the home pages is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toasoan.catalog.catalog import Catalog
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.portal_folders import HOME_FILE
from toasoan.settings import HomeChoice, HomeSettings
from toasoan.toml import KeyPath, read_toml


def check_home(catalog: Catalog, root: Path, report: Report) -> None:
    """Tell of slugs in `site/home.toml` that no published article has: a warning, for articles come and go."""
    home, state = catalog.config.home, catalog.state
    lost: list[tuple[KeyPath, str, str, str, tuple[str, ...]]] = [
        (key, slug, "no published article has the slug", "SELECT DISTINCT slug FROM article", ())
        for key, slug in _slugs(home, ())
        if state.row("SELECT 1 FROM article WHERE slug = ? LIMIT 1", slug) is None
    ]
    for tag, choice in home.languages.items():
        lost += [
            (key, slug, f"no published article in {tag!r} has the slug",
             "SELECT slug FROM article WHERE language = ?", (tag,))
            for key, slug in _slugs(choice, ("languages", tag))
            if catalog.number_of(tag, slug) is None
        ]  # fmt: skip
    if not lost:
        return
    line_of = read_toml((root / HOME_FILE).read_text(encoding="utf-8")).line_of
    for key, slug, what, others, values in lost:
        report.warning(
            "not-on-home",
            f"{what} {slug!r}, so the home page goes without it",
            Location(HOME_FILE, line_of(key)),
            did_you_mean(slug, state.rows(others, *values)) or "a slug is the last part of an article's address",
        )


def _slugs(choice: HomeSettings | HomeChoice, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Each slug with the key at which it stands."""
    if choice.lead:
        yield (*at, "lead"), choice.lead
    for slug in dict.fromkeys(choice.pinned or ()):
        yield (*at, "pinned"), slug
