"""Jinja, quicker where it does for every single value what a page needs once or never. It renders the same bytes.

A page of a portal puts some hundred and fifty values into its template and makes some forty calls. Jinja makes
`Markup` of each value, although the text goes into the page right away; asks each callable twice whether it wants the
context; and looks for the names that all templates have through a chain of two mappings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from types import CodeType, FunctionType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # its C, without its questions


def written(value: object) -> str:
    """What stands in a page for a value: `escape`, as a plain text."""
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class _Generator(CodeGenerator):
    """Templates into Python that writes values with `written`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.written(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Context(Context):
    """Names and values of a template; calls go straight to macros and to functions that want nothing else."""

    @internalcode
    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call `obj`, as Jinja would."""
        kind = type(obj)
        if kind is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return obj(self.eval_ctx, *args, **kwargs)
        if kind is FunctionType and obj in self.environment.plain_functions:  # type: ignore[attr-defined]
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return obj(*args, **kwargs)
        return super().call(obj, *args, **kwargs)


class _Template(Template):
    """A template that hands one text on to the one that extends or includes it, not every bit through all of them."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002  # Jinja's name for it
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """A template from its Python form."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func = _whole(template.root_render_func)
        return template


def _whole(render: Callable[[Context], Iterable[str]]) -> Callable[[Context], Iterator[str]]:
    @internalcode
    def rendered(context: Context) -> Iterator[str]:
        yield "".join(render(context))

    return rendered


class QuickEnvironment(Environment):
    """An environment whose globals are complete before its first template is loaded."""

    code_generator_class = _Generator
    context_class = _Context
    template_class = _Template

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.written = written
        self.plain_functions: set[Callable[..., Any]] = set()

    def add_functions(self, **functions: Callable[..., Any]) -> None:
        """Give templates functions that want neither the context nor the environment."""
        self.globals |= functions
        self.plain_functions |= set(functions.values())

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that a template finds, which are those of all templates."""
        return super().make_globals(d) if d else self.globals
