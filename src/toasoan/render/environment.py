"""Jinja, set up for this portal. The one door to it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from toasoan.content.foreign import fragments, has_fragments
from toasoan.render.edition import Edition
from toasoan.render.fragments import KEPT_MACROS, Fragments
from toasoan.render.quick_jinja import QuickEnvironment
from toasoan.render.views import Shell
from toasoan.state import State

_TEMPLATE_NAME = re.compile(r"""["']([\w./-]+\.html)["']""")
TEXTS_KEPT = 1_000
"""Texts of templates that each language keeps at most."""

_PACKAGE = Path(__file__).resolve().parents[1]


class _CompiledTemplates(BytecodeCache):
    """Templates in Python's form, the same for all languages, and kept in the state for the next build.

    Jinja knows by their source whether they still hold.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what there is of its template."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            stored = self._state.row("SELECT code FROM template WHERE name = ?", bucket.key)
            if stored is not None:
                bucket.bytecode_from_string(stored)
                self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket has."""
        self._remember(bucket)
        if not self._state.is_for_reading:
            self._state.run("INSERT OR REPLACE INTO template VALUES (?, ?)", bucket.key, bucket.bytecode_to_string())

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


Environments = dict[str, tuple[Shell, Environment]]
"""By language, with what was put into it: kept from one build of a process to the next, while neither settings nor
theme change."""


class Templates:
    """The templates of all languages.

    There is an environment for each language, so that its texts need not be looked for in what a page shows, and
    macros need not be made anew for each page.
    """

    def __init__(
        self, folders: Iterable[Path], editions: Mapping[str, Edition], state: State, kept: Environments
    ) -> None:
        """From `folders`, the first one that has a template winning. `state` keeps them in Python's form."""
        loader = FileSystemLoader([str(folder) for folder in folders])
        compiled, fragments = _CompiledTemplates(state), Fragments()

        @cache
        def environment_of(language: str) -> Environment:
            shell, known = editions[language].shell, kept.get(language)
            if known is not None and known[0] == shell:
                return known[1]
            environment = _environment(loader, compiled, editions[language])
            fragments.add_to(environment, shell)
            kept[language] = shell, environment
            return environment

        self.named: Callable[[str, str], Template] = cache(
            lambda language, name: environment_of(language).get_template(name)
        )
        """A template of a language."""

        self._any = environment_of(next(iter(editions)))

    def sources(self, name: str) -> Mapping[str, str]:
        """A template and all that it extends, includes, imports or names as a text, with their sources.

        The kept macros, which any template can call, are among them.

        What can't be read or parsed is left out: rendering will tell why.
        """
        found: dict[str, str] = {}
        waiting = [name, *KEPT_MACROS.values()]
        while waiting:
            wanted = waiting.pop()
            if wanted in found or self._any.loader is None:
                continue
            try:
                source, _, _ = self._any.loader.get_source(self._any, wanted)
            except (TemplateError, UnicodeDecodeError):
                continue
            found[wanted] = source
            waiting += _TEMPLATE_NAME.findall(source)
        return found


def _environment(loader: BaseLoader, compiled: BytecodeCache, edition: Edition) -> QuickEnvironment:
    """Jinja for one language; what a template misses is a mistake.

    `asset("images/x.png")` is the link of a file below `static/`.
    """
    interface = edition.interface
    environment = QuickEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,  # templates do not change in mid-build
        cache_size=-1,
        bytecode_cache=compiled,
    )

    @lru_cache(maxsize=TEXTS_KEPT)
    def plain_text(english: str) -> Markup:
        return Markup(interface.text(english)) % {}  # noqa: S704  # the translators' own HTML, as Jinja has it

    def text(english: str, /, **values: object) -> Markup:
        """As Jinja's own, which asks the context of each page for what depends on the language alone."""
        return Markup(interface.text(english)) % values if values else plain_text(english)  # noqa: S704

    def plural(one: str, many: str, count: int, /, **values: object) -> Markup:
        return Markup(interface.plural(one, many, count)) % {"num": count, **values}  # noqa: S704  # the same

    def asset_link(name: str) -> str:
        try:
            return edition.asset(name)
        except KeyError:
            raise UndefinedError(f"there is no file static/{name}") from None

    def foreign(text: str) -> Markup:
        return with_foreign_marked(text, edition.tag)

    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # values are put in by the functions themselves
    environment.add_functions(_=text, gettext=text, ngettext=plural, asset=asset_link)
    environment.globals["language"] = edition.tag
    environment.filters["foreign"] = foreign
    return environment


def with_foreign_marked(text: str, language: str) -> Markup:
    """A text with the Vietnamese names in it marked as Vietnamese, for screen readers and fonts."""
    if not has_fragments(text, language):
        return escape(text)
    return Markup("").join(  # each piece is escaped before it is joined
        Markup('<span lang="{}">{}</span>').format(piece.language, piece.text)
        if piece.language
        else escape(piece.text)
        for piece in fragments(text, language)
    )


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
