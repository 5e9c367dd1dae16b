from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest

from toasoan.diagnostics import Report
from toasoan.typed_table import Source, read_table


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Wheel:
    size: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Cart:
    name: str
    wheels: tuple[Wheel, ...] = ()
    colour: Colour = Colour.RED
    made: dt.date | dt.datetime | None = None
    spare: Mapping[str, Wheel] | None = None
    covered: bool = False
    import_: Wheel | None = None


CART = {"name": "x"}
DAY = dt.date(2025, 1, 2)


def read(**table: Any) -> tuple[Cart | None, list[str]]:
    report = Report()
    cart = read_table(Cart, table, (), Source("cart.toml", lambda path: len(path)), report)
    return cart, [f"{diagnostic.message} | {diagnostic.hint}" for diagnostic in report]


def test_a_right_table_becomes_the_value_it_describes() -> None:
    made = dt.date(2025, 12, 17)

    assert read(name="Xe", wheels=[{"size": 1}, {"size": 2, "name": "b"}], colour="blue", made=made) == (
        Cart("Xe", (Wheel(1), Wheel(2, "b")), Colour.BLUE, made),
        [],
    )
    assert read(name="Xe", spare={"left": {"size": 3}})[0] == Cart("Xe", spare={"left": Wheel(3)})


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"name": 7}, "'name' must be a text, not the number 7 | write it as name = \"7\""),
        ({"name": DAY}, "'name' must be a text, not the date 2025-01-02 | write it as name = \"2025-01-02\""),
        ({"name": dt.time(7)}, "'name' must be a text, not the time 07:00:00 | write it as name = \"…\""),
        ({"name": True}, "'name' must be a text, not true | write it as name = \"…\""),
        ({}, "the setting 'name' is missing | add name = \"…\""),
        ({"name": "x", "nmae": 1}, "there is no setting 'nmae' | did you mean 'name'?"),
        ({**CART, "covered": 1}, "'covered' must be true or false, not the number 1 | write it as covered = true"),
        ({**CART, "wheels": "one"}, "'wheels' must be a list, not the text 'one' | write it as wheels = [\"one\"]"),
        ({"name": "x", "wheels": [1]}, "'wheels.1' must be a table, not the number 1 | None"),
        ({"name": "x", "wheels": [{"size": 1}, {}]}, "the setting 'wheels.2.size' is missing | add size = 20"),
        ({**CART, "wheels": [{"size": False}]},
         "'wheels.1.size' must be a whole number, not false | write it as size = 20"),
        ({"name": "x", "colour": "blu"}, "'colour' is 'blu', but must be one of red, blue | did you mean 'blue'?"),
        ({"name": "x", "colour": 1}, "'colour' is 1, but must be one of red, blue | None"),
        ({"name": "x", "made": "now"}, "'made' must be a date, not the text 'now' | write it as made = 2025-12-17"),
        ({"name": "x", "spare": []}, "'spare' must be a table, not a list | write it as spare = { … }"),
        ({"name": "x", "import_": {}}, "the setting 'import.size' is missing | add size = 20"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_wrong_table_is_explained(table: dict[str, Any], told: str) -> None:
    assert read(**table) == (None, [told])


def test_all_mistakes_are_found_not_just_the_first() -> None:
    cart, told = read(wheels=[{"size": "a"}, {"size": "b"}], colour="x", made=1)

    assert cart is None
    assert len(told) == 5


def test_hints_are_in_the_language_of_the_file() -> None:
    report = Report()

    read_table(Cart, {"name": 7}, (), Source("cart.yaml", lambda path: 1, assigns=": "), report)

    assert [diagnostic.hint for diagnostic in report] == ['write it as name: "7"']
