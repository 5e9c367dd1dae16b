"""Addresses at which readers may still look for a page: those that its file names, and those of an earlier site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from toasoan import routes
from toasoan.config import Config
from toasoan.content.static_pages import StaticPage
from toasoan.model.article import Article


class FormerAddress(NamedTuple):
    """An address that leads to a page today."""

    address: str
    is_alias: bool
    """Whether the page's file names it; else it is of a form that all addresses once had, and yields to others."""


def former_addresses(page: Article | StaticPage, config: Config) -> Iterator[FormerAddress]:
    """The addresses that an article or a static page has had, as far as its file and the settings know."""
    for alias in page.aliases:
        yield FormerAddress(routes.with_slash(alias), True)
    settings = config.settings.redirects
    if isinstance(page, StaticPage) or not settings.old_forms:
        return
    if settings.before and page.published and page.published.day >= settings.before:
        return
    for form in settings.old_forms:
        if "{language}" in form or page.language == config.main_language.tag:
            former = form.replace("{language}", page.language).replace("{slug}", page.slug)
            yield FormerAddress(routes.with_slash(former), False)
