"""Jinja, set up for this portal. The one door to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from toasoan.content.foreign import fragments
from toasoan.render.interface import Interface


def make_environment(folders: Iterable[Path], interfaces: Mapping[str, Interface]) -> Environment:
    """Templates from `folders`, the first one that has a template winning; what a template misses is a mistake.

    Texts of the interface come in the language that the template's `language` names.
    """
    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )

    @pass_context
    def text(context: Context, english: str) -> str:
        return interfaces[context["language"]].text(english)

    @pass_context
    def plural(context: Context, one: str, many: str, count: int) -> str:
        return interfaces[context["language"]].plural(one, many, count)

    environment.install_gettext_callables(text, plural, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["foreign"] = with_foreign_marked
    return environment


@pass_context
def with_foreign_marked(context: Context, text: str) -> Markup:
    """A text with the Vietnamese names in it marked as Vietnamese, for screen readers and fonts."""
    return Markup("").join(  # each piece is escaped before it is joined
        Markup('<span lang="{}">{}</span>').format(piece.language, piece.text)
        if piece.language
        else escape(piece.text)
        for piece in fragments(text, context["language"])
    )


def template_fault(error: Exception) -> tuple[str, int, str] | None:
    """Template, line and reason of a mistake in a template; None if the error is something else."""
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name or "template", error.lineno, error.message or "syntax error"
    if isinstance(error, TemplateError | UndefinedError):
        filename, line = _deepest_template(error)
        return filename, line, str(error)
    return None


def _deepest_template(error: Exception) -> tuple[str, int]:
    place: tuple[str, int] = ("template", 0)
    trace: Any = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith((".html", ".xml")):
            place = (filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
