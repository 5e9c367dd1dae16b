from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest
from jinja2 import DictLoader, StrictUndefined, UndefinedError

from toasoan.render.fragments import Fragments
from toasoan.render.quick_jinja import QuickEnvironment
from toasoan.render.views import Named, Shell

TEMPLATES = {
    "macros/named.html": "{% macro named(thing) -%} {{ noted(thing.name) }} in {{ language }} {%- endmacro %}",
    "partials/nav.html": "{{ noted(shell) }}, at {{ current }}",
}


class Portal:
    """Templates of two languages that note what they are given."""

    def __init__(self, templates: Mapping[str, str] = TEMPLATES) -> None:
        self.noted: list[str] = []
        fragments = Fragments()
        self.environments = dict(self._environments(fragments, templates))

    def _environments(
        self, fragments: Fragments, templates: Mapping[str, str]
    ) -> Iterator[tuple[str, QuickEnvironment]]:
        for language in ("vi", "en"):
            environment = QuickEnvironment(loader=DictLoader(templates), undefined=StrictUndefined, autoescape=True)
            environment.globals["language"] = language
            environment.add_functions(noted=self._note)
            fragments.add_to(environment, cast("Shell", f"shell of {language}"))
            yield language, environment

    def _note(self, text: str) -> str:
        self.noted.append(text)
        return text

    def rendered(self, language: str, source: str, **values: Any) -> str:
        return self.environments[language].from_string(source).render(**values)


def test_a_name_is_rendered_once_for_each_language() -> None:
    portal, source = Portal(), "{{ named(it) }}"

    texts = [portal.rendered(language, source, it=Named("A & B")) for language in ("vi", "en", "vi", "en")]

    assert texts == ["A &amp; B in vi", "A &amp; B in en"] * 2
    assert portal.noted == ["A & B", "A & B"]


def test_names_that_differ_are_told_apart() -> None:
    portal = Portal()

    assert portal.rendered("vi", "{{ named(it) }}", it=Named("A")) == "A in vi"
    assert portal.rendered("vi", "{{ named(it) }}", it=Named("B")) == "B in vi"


def test_a_part_of_the_shell_is_rendered_once_for_each_place_in_it() -> None:
    portal, source = Portal(), "{{ shell_part('partials/nav.html', at) }}"

    texts = [portal.rendered("en", source, at=at) for at in ("/a/", "/b/", "/a/")]

    assert texts == ["shell of en, at /a/", "shell of en, at /b/", "shell of en, at /a/"]
    assert portal.noted == ["shell of en"] * 2


def test_a_macro_that_is_not_there_is_a_mistake_in_the_template() -> None:
    with pytest.raises(UndefinedError, match=r"macros/named.html has no macro 'plain'"):
        Portal().rendered("vi", "{{ plain(it) }}", it=Named("A"))


def test_a_macro_of_the_same_name_that_a_template_imports_comes_first() -> None:
    portal = Portal({**TEMPLATES, "macros/mine.html": "{% macro named(thing) %}mine{% endmacro %}"})

    assert portal.rendered("vi", "{% from 'macros/mine.html' import named %}{{ named(1) }}") == "mine"
