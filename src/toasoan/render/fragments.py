"""Pieces that many pages have in common, rendered once and kept: cards, and the parts of the shell.

A piece depends on its arguments and on the language only, so keeping it changes no byte of any page.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from toasoan.render.edition import CARDS_KEPT
from toasoan.render.views import Card, Shell

CARD_TEMPLATE = "macros/card.html"
"""Every template may use `card` without naming it."""


def add_fragments(environment: Environment) -> None:
    """Give templates `card(it, …)` and `shell_part(template, current)`, which render a piece once and keep it."""

    @cache  # one for each language
    def cards_of(language: str) -> Any:
        return environment.get_template(CARD_TEMPLATE).make_module({"language": language})

    @lru_cache(maxsize=CARDS_KEPT)  # a card's identity is its key
    def rendered_card(language: str, it: Card, style: tuple[tuple[str, object], ...]) -> Markup:
        return Markup(cards_of(language).card(it, **dict(style)))  # noqa: S704  # the template's own output

    @cache  # a few for each language
    def rendered_shell_part(template: str, shell: Shell, current: str | None) -> Markup:
        values = {"shell": shell, "current": current, "language": shell.language}
        return Markup(environment.get_template(template).render(values))  # noqa: S704  # the template's own output

    @pass_context
    def card(context: Context, it: Card, **style: object) -> Markup:
        return rendered_card(context["language"], it, tuple(sorted(style.items())))

    @pass_context
    def shell_part(context: Context, template: str, current: str | None = None) -> Markup:
        return rendered_shell_part(template, context["page"].shell, current)

    environment.globals["card"] = card
    environment.globals["shell_part"] = shell_part
