"""Pieces that many pages have in common, rendered once and kept: cards, and the parts of the shell.

A piece depends on its arguments and on the language only, so keeping it changes no byte of any page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from toasoan.render.edition import CARDS_KEPT
from toasoan.render.quick_jinja import QuickEnvironment
from toasoan.render.views import Card, Shell


class Fragments:
    """The pieces of all languages."""

    def __init__(self) -> None:
        self._card = lru_cache(maxsize=CARDS_KEPT)(_rendered)  # a card's identity is its key

    def add_to(self, environment: QuickEnvironment, shell: Shell) -> None:
        """Give a language's templates `card(it, …)` and `shell_part(template, current)`."""
        kept_card = self._card

        @cache
        def card_macro() -> Callable[..., str]:
            macro: Callable[..., str] = environment.get_template("macros/card.html").module.card  # type: ignore[attr-defined]
            return macro

        def card(it: Card, **style: object) -> Markup:
            return kept_card(card_macro(), it, **style)

        @cache  # a few
        def kept_part(template: str, current: str | None) -> Markup:
            values = {"shell": shell, "current": current}
            return Markup(environment.get_template(template).render(values))  # noqa: S704  # the template's own output

        def shell_part(template: str, current: str | None = None) -> Markup:
            return kept_part(template, current)

        environment.add_functions(card=card, shell_part=shell_part)


def _rendered(macro: Callable[..., str], it: Card, **style: Any) -> Markup:
    return Markup(macro(it, **style))  # noqa: S704  # the template's own output
