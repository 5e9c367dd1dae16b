"""Pieces that many pages have in common, rendered once and kept: cards, names, parts of the shell.

A piece depends on its arguments and on the language only, so keeping it changes no byte of any page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import UndefinedError
from markupsafe import Markup

from toasoan.render.edition import CARDS_KEPT, NAMES_KEPT
from toasoan.render.quick_jinja import QuickEnvironment
from toasoan.render.views import Shell

CARD = "macros/card.html"
LOOKS = 3
"""Most cards are shown in so many ways: in lists, beside an article, in a row."""

KEPT_MACROS: Mapping[str, str] = {
    "card": CARD,
    "named": "macros/named.html",
    "plain": "macros/named.html",
    "crumbs": "macros/crumbs.html",
    "section_head": "macros/section_head.html",
}
"""Macros that every template has at hand, with the templates in which they are."""


class Fragments:
    """The pieces of all languages."""

    def __init__(self) -> None:
        self._cards = lru_cache(maxsize=LOOKS * CARDS_KEPT)(_rendered)  # a card's identity is its key
        self._small = lru_cache(maxsize=NAMES_KEPT)(_rendered)

    def add_to(self, environment: QuickEnvironment, shell: Shell) -> None:
        """Give a language's templates the kept macros, and `shell_part(template, current)`."""
        for name, template in KEPT_MACROS.items():
            kept = self._cards if template == CARD else self._small
            environment.add_functions(**{name: _kept_macro(environment, template, name, kept)})

        @cache  # a few
        def kept_part(template: str, current: str | None) -> Markup:
            values = {"shell": shell, "current": current}
            return Markup(environment.get_template(template).render(values))  # noqa: S704  # the template's own output

        def shell_part(template: str, current: str | None = None) -> Markup:
            return kept_part(template, current)

        environment.add_functions(shell_part=shell_part)


def _kept_macro(
    environment: QuickEnvironment, template: str, name: str, kept: Callable[..., Markup]
) -> Callable[..., Markup]:
    @cache
    def macro() -> Callable[..., str]:
        found: Callable[..., str] | None = getattr(environment.get_template(template).module, name, None)
        if found is None:
            raise UndefinedError(f"{template} has no macro {name!r}")
        return found

    def rendered(*args: object, **style: object) -> Markup:
        return kept(macro(), *args, **style)

    return rendered


def _rendered(macro: Callable[..., str], /, *args: Any, **style: Any) -> Markup:
    return Markup(macro(*args, **style))  # noqa: S704  # the template's own output
