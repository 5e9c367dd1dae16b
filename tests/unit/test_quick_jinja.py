from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from jinja2 import StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from toasoan.render.quick_jinja import QuickEnvironment, written
from toasoan.render.share import share_targets


def rendered(source: str, **values: object) -> str:
    environment = QuickEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.add_functions(doubled=lambda text, times=2: text * times)
    environment.globals["told"] = told
    return environment.from_string(source).render(**values)


@pass_context
def told(context: Context, name: str) -> object:
    return context[name]


class Drawing:
    def __html__(self) -> str:
        return "<svg>"


@pytest.mark.parametrize(
    "value", ["", "plain", "Tòa soạn", "<a href='x'>\"&amp;\"</a>", 7, None, Markup("<b>"), Drawing(), ["<"]]
)
def test_a_value_is_written_as_it_is_escaped(value: object) -> None:
    assert written(value) == str(escape(value))
    assert rendered("{{ value }}", value=value) == str(escape(value))


def test_nothing_is_escaped_where_a_template_says_so() -> None:
    assert rendered("{% autoescape false %}{{ value }}{% endautoescape %}{{ value }}", value="<") == "<&lt;"


def test_what_a_macro_makes_is_not_escaped_again() -> None:
    assert rendered("{% macro bold(it) %}<b>{{ it }}</b>{% endmacro %}{{ bold('&') }}") == "<b>&amp;</b>"


def test_a_function_gets_what_the_template_gives_and_nothing_else() -> None:
    assert rendered("{% for it in 'ab' %}{{ doubled(it, times=3) }}{% endfor %}") == "aaabbb"


def test_a_function_that_wants_the_context_gets_it() -> None:
    assert rendered("{{ told('page') }}", page="<here>") == "&lt;here&gt;"


def test_a_missing_value_is_a_mistake() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ nothing }}")
    with pytest.raises(UndefinedError):
        rendered("{{ nothing() }}")


def test_blocks_are_filled_and_ask_for_what_they_replace() -> None:
    environment = QuickEnvironment(autoescape=True)
    base = environment.from_string("<{% block main %}old {{ it }}{% endblock %}>")

    page = environment.from_string("{% extends base %}{% block main %}new, {{ super() }}{% endblock %}")

    assert page.render(base=base, it="&") == "<new, old &amp;>"


@pytest.mark.parametrize(
    "title", ["Plain words", "Làng gốm Bát Tràng: 50% + 1 & more?", "Новини В’єтнаму", "a_b-c.d~e"]
)
def test_a_shared_link_says_the_address_and_the_title(title: str) -> None:
    address = "https://portal.example/báo/vi/a/?b=c&d"

    zalo, _, x = (target.link for target in share_targets(address, title))

    assert parse_qs(urlsplit(x).query) == {"url": [address], "text": [title]}
    assert x.endswith(urlencode({"url": address, "text": title}))
    assert zalo.endswith(urlencode({"url": address}))
