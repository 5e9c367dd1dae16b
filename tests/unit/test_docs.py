"""The documentation says what the code does: nothing is left out, nothing is made up, no link leads nowhere."""

from __future__ import annotations

import ast
import dataclasses
import re
import tomllib
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from tests.builders import REPOSITORY
from toasoan import reference
from toasoan.content.front_matter import (
    KIND,
    CorrectionFields,
    FrontMatter,
    ImportRecord,
    PhotoFields,
    TranslatedFields,
    VideoFields,
)
from toasoan.content.static_pages import PageFields
from toasoan.described_fields import keys
from toasoan.settings import (
    HomeChoice,
    HomeSettings,
    PublisherList,
    PublisherSettings,
    SiteSettings,
    TermList,
    WrongWord,
)

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCES = CHECKOUT / "src" / "toasoan"
REFERENCE = CHECKOUT / "docs" / "reference"
DIAGNOSTICS = (REFERENCE / "diagnostics.md").read_text(encoding="utf-8")

TOP = [CHECKOUT / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING")]
PAGES = [*sorted((CHECKOUT / "docs").rglob("*.md")), *TOP]


def _documented_codes() -> list[str]:
    return re.findall(r"^## `(.+)`$", DIAGNOSTICS, re.MULTILINE)


# ---- the reference has everything


@pytest.mark.parametrize("path", reference.PAGES)
def test_a_generated_page_says_what_the_code_says(path: str) -> None:
    assert (CHECKOUT / path).read_text(encoding="utf-8") == reference.PAGES[path](), "run `make reference`"


def test_a_page_that_is_not_there_is_out_of_date(tmp_path: Path) -> None:
    assert reference.out_of_date(tmp_path) == tuple(reference.PAGES)


@pytest.mark.parametrize("command", list(reference.commands()), ids=lambda command: command.prog)
def test_every_command_is_documented_with_its_options_and_an_example(command: ArgumentParser) -> None:
    part = _part("commands.md", command.prog)

    assert re.search(rf"```sh\n{command.prog}\b", part)
    for action in reference.options(command):
        assert action.help, f"{action.dest} has no help"
        assert action.help in part


def test_every_table_of_the_settings_is_documented() -> None:
    settings = (REPOSITORY / "docs/reference/settings.md").read_text("utf-8")

    for name, kind in get_type_hints(SiteSettings).items():
        if any(dataclasses.is_dataclass(it) for it in (kind, *get_args(kind))) and name != "languages":
            assert f"## `[{name}]`" in settings


@pytest.mark.parametrize(
    ("page", "heading", "cls"),
    [
        *(("settings.md", f"`{heading}`", cls) for heading, cls in reference.SITE_TABLES.items()),
        ("settings.md", "`site/publishers.toml`", PublisherList),
        ("settings.md", "`[publishers.key]`", PublisherSettings),
        ("settings.md", "`site/home.toml`", HomeSettings),
        ("settings.md", "`[languages.xx] in site/home.toml`", HomeChoice),
        ("settings.md", "`site/terms.toml`", TermList),
        ("settings.md", "`[[wrong]] in site/terms.toml`", WrongWord),
        ("front-matter.md", "The fields of an article", FrontMatter),
        ("front-matter.md", "`[[images]]`", PhotoFields),
        ("front-matter.md", "`[[videos]]`", VideoFields),
        ("front-matter.md", "`[[corrections]]`", CorrectionFields),
        ("front-matter.md", "`[translated]`", TranslatedFields),
        ("front-matter.md", "`[import]`", ImportRecord),
        ("front-matter.md", "The fields of a static page", PageFields),
    ],
)
def test_every_setting_and_field_is_documented(page: str, heading: str, cls: type[object]) -> None:
    documented = re.findall(r"^\| `([^`]+)` \|", _part(page, heading), re.MULTILINE)

    own = tuple(key for key in keys(cls) if not any(key in keys(base) for base in bases_of(cls)))
    assert tuple(documented) == own


def bases_of(cls: type[object]) -> list[type[object]]:
    """What else is a table: its fields are documented there."""
    return [base for base in cls.__bases__ if dataclasses.is_dataclass(base)]


def test_every_diagnostic_is_documented() -> None:
    assert set(_diagnostics_of_the_program()) - set(_documented_codes()) == set()


def test_no_diagnostic_is_documented_that_does_not_exist() -> None:
    assert set(_documented_codes()) - set(_diagnostics_of_the_program()) == set()


def test_diagnostics_stand_in_the_order_of_the_alphabet() -> None:
    codes = _documented_codes()

    assert codes == sorted(set(codes))


@pytest.mark.parametrize("code", _documented_codes())
def test_an_example_of_a_diagnostic_is_worded_as_the_program_words_it(code: str) -> None:
    example = re.search(rf"```text\n.+?: (?:error|warning): (.+) \[{code}\]\n", _part("diagnostics.md", f"`{code}`"))

    assert example
    assert any(re.fullmatch(wording, example[1]) for wording in _diagnostics_of_the_program()[code])


@pytest.mark.parametrize("code", _documented_codes())
def test_a_diagnostic_has_a_way_out(code: str) -> None:
    assert re.search(r"\n```\n\n\S", _part("diagnostics.md", f"`{code}`"))


def test_every_address_is_documented() -> None:
    """By the literal words in the functions of routes.py: "feed.xml", "agency", "archive"."""
    page = (REFERENCE / "urls-and-files.md").read_text(encoding="utf-8")
    words = {
        word
        for text in _literal_texts(SOURCES / "routes.py")
        for word in re.findall(r"[a-z0-9]+\.(?:html|xml|json|txt)|(?<=/)[a-z]+(?=/)", text)
    }

    assert {"agency", "archive", "tag", "feed.xml", "404.html"} <= words
    assert {word for word in words if word not in page} == set()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    names = {re.split(r"[\[<>=~!; ]", line, maxsplit=1)[0] for line in wanted}
    page = (CHECKOUT / "docs/explanation/dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z][\w, -]+) \|", page, re.MULTILINE | re.IGNORECASE)
    explained = {name for row in rows for name in row.split(", ")} - {"Library"}

    assert explained == names


def test_a_library_is_imported_where_its_reason_says_and_nowhere_else() -> None:
    page = (CHECKOUT / "docs/explanation/dependencies.md").read_text(encoding="utf-8")
    doors = {
        library: set(re.findall(r"`([\w/]+\.py)`", where))
        for library, where in re.findall(r"^\| ([\w-]+) \| [^|]+ \| (`.+?) \|", page, re.MULTILINE)
    }

    assert len(doors) > 5
    assert {library: _importers_of(library) for library in doors} == doors


# ---- links lead somewhere


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_links_lead_to_files_and_headings_that_exist(page: Path) -> None:
    broken = [link for link in _relative_links(page) if not _exists(link, page)]

    assert broken == []


@pytest.mark.parametrize("page", sorted((CHECKOUT / "docs").rglob("*.md")), ids=lambda page: page.stem)
def test_every_page_is_found_from_the_index(page: Path) -> None:
    index = CHECKOUT / "docs" / "README.md"
    listed = {(index.parent / link.partition("#")[0]).resolve() for link in _relative_links(index)}

    assert page == index or page in listed


# ---- ARCHITECTURE.md is true


def test_every_room_of_the_package_has_a_floor() -> None:
    rooms = {path.stem for path in SOURCES.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    floors = _floors()

    assert sorted(room for floor in floors for room in floor) == sorted(rooms - {"__init__"})


def test_imports_point_down() -> None:
    height = {room: -number for number, floor in enumerate(_floors()) for room in floor}
    upwards = [
        f"{path.relative_to(SOURCES)} imports {imported}"
        for path in sorted(SOURCES.rglob("*.py"))
        for imported in _imported_rooms(path)
        if imported != _room(path) and height[imported] >= height[_room(path)]
    ]

    assert upwards == []


# ---- helpers


def _part(page: str, heading: str) -> str:
    """What stands below a heading of the second level."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return next(part for part in parts if part.startswith(f"{heading}\n"))


@cache
def _diagnostics_of_the_program() -> Mapping[str, set[str]]:
    """The codes that modules give to `report.error`, `report.warning` and `Fault`, with patterns of the messages."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _tells(node.func):
                for code in _codes_of(node.args[0], path):
                    found[code].add(_pattern_of(node.args[1]))
    return found


def _tells(callee: ast.expr) -> bool:
    if isinstance(callee, ast.Attribute):
        return callee.attr in ("error", "warning") and "report" in ast.unparse(callee)
    return isinstance(callee, ast.Name) and callee.id in ("Fault", "Discrepancy")


def _codes_of(code: ast.expr, path: Path) -> Iterator[str]:
    if isinstance(code, ast.Constant):
        yield str(code.value)
    elif isinstance(code, ast.JoinedStr):  # f"unknown-{kind}": typed_table.py serves settings and front matter
        start = code.values[0]
        assert isinstance(start, ast.Constant)
        yield from (f"{start.value!s}{kind.replace(' ', '-')}" for kind in ("setting", KIND))
    else:
        assert ast.unparse(code) == "fault.code", f"{path.name}: a code must stand as a literal text"


def _pattern_of(message: ast.expr) -> str:
    """A regular expression of all texts that an expression may give."""
    if isinstance(message, ast.Constant):
        return re.escape(str(message.value))
    if isinstance(message, ast.JoinedStr):
        return "".join(map(_pattern_of, message.values))
    if isinstance(message, ast.BinOp):
        return _pattern_of(message.left) + _pattern_of(message.right)
    if isinstance(message, ast.IfExp):
        return f"({_pattern_of(message.body)}|{_pattern_of(message.orelse)})"
    return ".*"


def _literal_texts(path: Path) -> Iterator[str]:
    """The literal parts of the texts that a module's functions return, and its constants; no docstrings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Return | ast.Assign) and node.value is not None:
            for inner in ast.walk(node.value):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.value


def _relative_links(page: Path) -> Iterator[str]:
    text = re.sub(r"^( *)```.*?^\1```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        if not re.match(r"[a-z]+:", link):
            yield link


def _exists(link: str, page: Path) -> bool:
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _floors() -> list[list[str]]:
    """The floors that ARCHITECTURE.md names, the highest first."""
    text = (CHECKOUT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    found = re.search(r"```text floors\n(.*?)```", text, re.DOTALL)
    assert found
    return [line.split() for line in found[1].splitlines()]


def _room(path: Path) -> str:
    return path.relative_to(SOURCES).parts[0].removesuffix(".py")


def _imported_rooms(path: Path) -> set[str]:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "toasoan":
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom | ast.Import):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
            if module.startswith("toasoan."):
                imported.add(module.split(".")[1])
    return imported - {"__version__"}


def _importers_of(library: str) -> set[str]:
    imports = [name for name, owners in packages_distributions().items() if library in map(str.lower, owners)]
    return {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        for name in imports
        if re.search(rf"^\s*(from|import) {re.escape(name)}\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
