"""Whether the pages on which the newsroom tells how it works are there."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from toasoan.catalog.catalog import Catalog
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.portal_folders import PAGES_FOLDER, SETTINGS_FILE
from toasoan.toml import read_toml


def check_policies(catalog: Catalog, root: Path, report: Report) -> None:
    """Tell of policies whose static page no language has: search engines are told nothing of them."""
    policies = catalog.config.settings.organization.policies
    named = {it.name: slug for it in fields(policies) if (slug := getattr(policies, it.name)) is not None}
    if not named:
        return
    slugs = {page.slug for page in catalog.static_pages()}
    for name, slug in named.items():
        if slug not in slugs:
            line_of = read_toml((root / SETTINGS_FILE).read_text(encoding="utf-8")).line_of
            report.error(
                "no-such-page",
                f"no language has a static page {slug!r}",
                Location(SETTINGS_FILE, line_of(("organization", "policies", name))),
                did_you_mean(slug, slugs) or f"write {PAGES_FOLDER}/{catalog.config.main_language.tag}/{slug}.md",
            )
