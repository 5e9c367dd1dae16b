"""The schemas that editors complete by: they take what the program takes, and refuse what it refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.builders import REPOSITORY
from toasoan.cli import run
from toasoan.scaffold import lay_out_portal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    lay_out_portal(tmp_path)
    assert run(["schema", "--root", str(tmp_path)]) == 0
    return tmp_path


def mistakes(root: Path, name: str, toml: str) -> list[str]:
    """What a schema says of a text in TOML; days and moments are texts to it."""
    schema = json.loads((root / f".schemas/{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    values: Any = json.loads(json.dumps(tomllib.loads(toml), default=str))
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(values)]


@pytest.mark.parametrize("name", ["site", "publishers", "home"])
def test_the_settings_of_a_new_portal_are_right(root: Path, name: str) -> None:
    assert mistakes(root, name, (root / f"site/{name}.toml").read_text("utf-8")) == []


def test_all_articles_of_this_repository_are_right(tmp_path: Path) -> None:
    assert run(["schema", "--root", str(REPOSITORY), "--to", str(tmp_path / ".schemas")]) == 0
    articles = sorted((REPOSITORY / "site/content").rglob("*.md"))
    assert articles
    for article in articles:
        assert mistakes(tmp_path, "article", article.read_text("utf-8").split("+++\n")[1]) == []


@pytest.mark.parametrize(
    ("front_matter", "told"),
    [
        ("", "'title' is a required property"),
        ('title = "T"\ntitel = "T"', "'titel' was unexpected"),
        ('title = "T"\nsection = "sport"', "'sport' is not one of ['heritage', 'current-events', 'local']"),
        ('title = "T"\nlanguage = "fr"', "'fr' is not one of ['vi', 'en']"),
        ('title = "T"\nstatus = "hidden"', "'hidden' is not one of"),
        ('title = "T"\ntags = "a, b"', "'a, b' is not of type 'array'"),
        ('title = "T"\ncomments = "no"', "'no' is not of type 'boolean'"),
        ('title = "T"\n[[images]]\nsource = "a.jpg"', "'source' was unexpected"),
    ],
)
def test_what_the_program_refuses_is_refused(root: Path, front_matter: str, told: str) -> None:
    assert told in " ".join(mistakes(root, "article", front_matter))


def test_each_field_is_offered_with_its_choices_and_its_meaning(root: Path) -> None:
    snippets = json.loads((root / ".schemas/article.code-snippets").read_text("utf-8"))
    assert snippets["section"]["body"] == ['section = "${1|heritage,current-events,local|}"']
    assert snippets["expires"]["body"] == ["expires = $1"]
    assert snippets["tags"]["body"] == ['tags = ["$1"]']
    assert snippets["images"]["body"][:2] == ["[[images]]", 'src = "$1"']
    assert all(it["description"] for it in snippets.values())


def test_without_settings_that_can_be_read_any_language_will_do(tmp_path: Path) -> None:
    assert run(["schema", "--root", str(tmp_path)]) == 0
    assert mistakes(tmp_path, "article", 'title = "T"\nlanguage = "fr"') == []
