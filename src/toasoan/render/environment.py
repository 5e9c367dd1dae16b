"""Jinja, set up for this portal. The one door to it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup, escape

from toasoan.content.foreign import fragments
from toasoan.render.fragments import CARD_TEMPLATE, add_fragments
from toasoan.render.interface import Interface
from toasoan.state import State

_TEMPLATE_NAME = re.compile(r"""["']([\w./-]+\.html)["']""")
_PACKAGE = Path(__file__).resolve().parents[1]


class _CompiledTemplates(BytecodeCache):
    """Templates in Python's form, kept in the state. Jinja knows by their source whether they still hold."""

    def __init__(self, state: State) -> None:
        self._state = state

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._state.row("SELECT code FROM template WHERE name = ?", bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not self._state.is_inherited:
            self._state.run("INSERT OR REPLACE INTO template VALUES (?, ?)", bucket.key, bucket.bytecode_to_string())


def make_environment(
    folders: Iterable[Path],
    interfaces: Mapping[str, Interface],
    asset: Callable[[str], str],
    state: State,
) -> Environment:
    """Templates from `folders`, the first one that has a template winning; what a template misses is a mistake.

    Texts of the interface come in the language that the template's `language` names; `asset("images/x.png")` is
    the link of a file below `static/`. `state` keeps templates in Python's form, so that the next build need
    not translate them.
    """
    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,  # templates do not change in mid-build
        cache_size=-1,
        bytecode_cache=_CompiledTemplates(state),
    )

    @pass_context
    def text(context: Context, english: str) -> str:
        return interfaces[context["language"]].text(english)

    @pass_context
    def plural(context: Context, one: str, many: str, count: int) -> str:
        return interfaces[context["language"]].plural(one, many, count)

    environment.install_gettext_callables(text, plural, newstyle=True)  # type: ignore[attr-defined]

    def asset_link(name: str) -> str:
        try:
            return asset(name)
        except KeyError:
            raise UndefinedError(f"there is no file static/{name}") from None

    environment.globals["asset"] = asset_link
    add_fragments(environment)
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


def templates_of(environment: Environment, name: str) -> Mapping[str, str]:
    """The sources of a template, of all that it extends, includes, imports or names as a text, and of cards.

    What can't be read or parsed is left out: rendering will tell why.
    """
    found: dict[str, str] = {}
    waiting = [name, CARD_TEMPLATE]
    while waiting:
        wanted = waiting.pop()
        if wanted in found or environment.loader is None:
            continue
        try:
            source, _, _ = environment.loader.get_source(environment, wanted)
        except (TemplateError, UnicodeDecodeError):
            continue
        found[wanted] = source
        waiting += _TEMPLATE_NAME.findall(source)
    return found


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """A mistake in a template."""

    path: str
    line: int
    reason: str


def template_fault(error: Exception) -> TemplateFault | None:
    """Where a mistake in a template is; None if the error is this program's own."""
    if isinstance(error, TemplateSyntaxError):
        return TemplateFault(
            error.filename or error.name or "template", error.lineno, error.message or "syntax error"
        )
    if isinstance(error, UnicodeDecodeError):
        return TemplateFault("site/templates", 0, f"one of the templates is not UTF-8: {error.reason}")
    places = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    filename, line = next((place for place in reversed(places) if place[0].endswith(".html")), ("template", 0))
    if isinstance(error, TemplateNotFound):
        return TemplateFault(filename, line, f"there is no template {error.name!r}")
    if isinstance(error, TemplateError):
        return TemplateFault(filename, line, str(error))
    deepest = Path(places[-1][0])
    if line and not (deepest.suffix == ".py" and deepest.is_relative_to(_PACKAGE)):
        return TemplateFault(filename, line, f"{error} ({type(error).__name__})")
    return None
