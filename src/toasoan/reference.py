"""The pages of docs/reference/ that the code itself can write: settings, front matter, commands, theme.

`python -m toasoan.reference` writes them into a checkout; with `--check` it writes nothing and tells which ones
no longer say what the code says. All but `main` is pure: from classes and parsers to text.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import inspect
import json
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from toasoan import cli
from toasoan.content.front_matter import (
    CorrectionFields,
    FrontMatter,
    ImportRecord,
    PhotoFields,
    TranslatedFields,
    VideoFields,
    format_document,
)
from toasoan.content.static_pages import PageFields
from toasoan.deploy_settings import DeploySettings, FolderDeploy, GitDeploy, S3Deploy, SshDeploy
from toasoan.described_fields import attribute_docstrings, keys
from toasoan.files import write_text
from toasoan.model.article import Translation
from toasoan.settings import (
    BudgetSettings,
    CommentsSettings,
    FeedsSettings,
    HeadersSettings,
    HomeChoice,
    HomeSettings,
    LanguageSettings,
    OrganizationSettings,
    PagesSettings,
    PhotoSettings,
    PoliciesSettings,
    PublisherList,
    PublisherSettings,
    RedirectsSettings,
    RobotsSettings,
    SecuritySettings,
    SiteSettings,
    TermList,
    WrongWord,
)
from toasoan.terminal import Terminal
from toasoan.theme import theme_folder

CHECKOUT = Path(__file__).resolve().parents[2]

NOTICE = "<!-- Made from the code by `python -m toasoan.reference`: change the code, not this page. -->"

EXAMPLE = FrontMatter(
    title="A day at the market",
    language="en",
    slug="mot-ngay-o-cho",
    date=dt.date(2025, 12, 17),
    section="local",
    tags=("markets", "Da Nang"),
    authors=("Gia Huy",),
    publisher="Báo Chính Phủ",
    source_url="https://baochinhphu.vn/mot-ngay-o-cho.htm",
    story="mot-ngay-o-cho",
    summary="Before sunrise the fish is already sold.",
    translation=Translation.HUMAN,
    images=(
        PhotoFields("2025/market.jpg", alt="A woman lays out fish", caption="The market at five.", credit="Gia Huy"),
    ),
)


# ---- the pages


SITE_TABLES: Mapping[str, type[Any]] = {
    "site/site.toml": SiteSettings,
    "[languages.xx]": LanguageSettings,
    "[pages]": PagesSettings,
    "[photos]": PhotoSettings,
    "[feeds]": FeedsSettings,
    "[organization]": OrganizationSettings,
    "[organization.policies]": PoliciesSettings,
    "[redirects]": RedirectsSettings,
    "[headers]": HeadersSettings,
    "[robots]": RobotsSettings,
    "[security]": SecuritySettings,
    "[budgets]": BudgetSettings,
    "[comments]": CommentsSettings,
    "[deploy.NAME]": DeploySettings,
    "[deploy.NAME] of a folder": FolderDeploy,
    "[deploy.NAME] of a server": SshDeploy,
    "[deploy.NAME] of an S3 store": S3Deploy,
    "[deploy.NAME] of a Git branch": GitDeploy,
}
"""The tables of `site/site.toml`, the file itself first, by their headings in docs/reference/settings.md."""


_SAID_BELOW: Mapping[str, Sequence[str]] = {
    "[comments]": ("[Let readers comment](../how-to/comments.md) says how to come by such a server.",),
    "[deploy.NAME]": (
        "[Put a portal online](../how-to/put-it-online.md) leads to what to do for each kind of host.",
    ),
}
"""Where to read on, below a table."""

_TERMS = """[[term]]
vi = "Văn phòng Chính phủ"
en = "Government Office | Office of the Government"

[[wrong]]
language = "fr"
text = "Chiffre"
right = "Personnalités"
"""


def settings_page() -> str:
    """docs/reference/settings.md."""
    return _page(
        "Settings",
        "What the files `site/site.toml`, `site/publishers.toml`, `site/home.toml` and `site/terms.toml` may hold. "
        "A key that is not named here is a mistake.",
        *(
            words
            for heading, cls in SITE_TABLES.items()
            for words in (_part(heading, cls), *_SAID_BELOW.get(heading, ()))
        ),
        "A new portal begins with this file:",
        _fenced("toml", _starter("site/site.toml")),
        _part("site/publishers.toml", PublisherList),
        "The file may be missing.",
        _part("[publishers.key]", PublisherSettings),
        _fenced("toml", _starter("site/publishers.toml")),
        _part("site/home.toml", HomeSettings),
        "The file may be missing. To change it makes the home pages anew and nothing else.",
        _part("[languages.xx] in site/home.toml", HomeChoice),
        _fenced("toml", _starter("site/home.toml")),
        _part("site/terms.toml", TermList),
        "The file may be missing. [Work with translators](../how-to/work-with-translators.md) tells what it is for.",
        _part("[[wrong]] in site/terms.toml", WrongWord),
        _fenced("toml", _TERMS),
    )


def front_matter_page() -> str:
    """docs/reference/front-matter.md."""
    return _page(
        "Front matter",
        "What may stand between the two lines `+++` at the top of an article. Only the title is required. "
        "A field that is not named here is a mistake.",
        _fenced("markdown", format_document(EXAMPLE, "The text of the article, in Markdown.\n\n![](image:1)")),
        "YAML between two lines `---` is read too, with the same fields. In YAML `yes` and `no` are texts; "
        "only `true` and `false` are truth values. Aliases, tags and keys that stand twice are refused.",
        _part("The fields of an article", FrontMatter),
        _part("[[images]]", PhotoFields),
        "Without `src` the place of the photo gets a drawn cover, with the caption and credit below it.",
        _part("[[videos]]", VideoFields),
        _part("[[corrections]]", CorrectionFields),
        _part("[translated]", TranslatedFields),
        _part("[import]", ImportRecord),
        _part("The fields of a static page", PageFields),
        "For the files below `site/pages/<language>/`.",
    )


def theme_page() -> str:
    """docs/reference/theme.md."""
    templates = theme_folder("templates")
    parts = [
        _table(
            ("Template", "What it makes"),
            tuple(
                (f"`{part}/{path.name}`", _said_at_the_top(path))
                for path in sorted((templates / part).glob("*.html"))
            ),
        )
        for part in ("layouts", "partials")
    ]
    macros = tuple(
        (f"`{path.name}`", f"`{macro}`", said)
        for path in sorted((templates / "macros").glob("*.html"))
        for said, macro in _MACRO.findall(path.read_text(encoding="utf-8"))
    )
    tokens = dict.fromkeys(_TOKEN.findall((theme_folder("static") / "css/tokens.css").read_text(encoding="utf-8")))
    return _page(
        "Theme",
        "What the theme is made of. [Change the look](../how-to/change-the-look.md) says how a portal puts something "
        "of its own in place of a part. `toasoan styleguide` shows all pieces on one page.",
        "## Layouts",
        "One for each kind of page; `base.html` is the frame of all of them.",
        parts[0],
        "## Partials",
        parts[1],
        "## Macros",
        "Pieces that know their arguments only.",
        _table(("File in `macros/`", "Call", "What it is"), macros),
        "## Tokens",
        "Variables in `static/css/tokens.css`. Colours have a value for the day and one for the night.",
        _table(("Token", "What it is for"), tuple((f"`{name}`", said) for name, said in tokens)),
    )


_MACRO = re.compile(r"\{#-? (.+?) #\}\n\{% macro (\w+\(.*?\))")
_TOKEN = re.compile(r"(--[\w-]+): .+?; /\* (.+?) \*/")


def _said_at_the_top(template: Path) -> str:
    found = re.match(r"\{# (.+?) #\}", template.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{template} does not say what it makes")
    return " ".join(found[1].split())


def commands_page() -> str:
    """docs/reference/commands.md."""
    parser = cli.command_line()
    return _page(
        "Commands",
        f"{parser.description} The commands work in the folder that holds `site/`; `--root` names another one.",
        "Results go to standard output, diagnostics to standard error. With `--json` the result is one JSON object "
        "on standard output; diagnostics are a list in it. Colours appear on a terminal only, and never where the "
        "environment variable `NO_COLOR` is set.",
        *(part for command in commands() for part in _command_parts(command)),
        "## Exit codes",
        _table(
            ("Code", "Meaning"),
            (
                (str(cli.EXIT_OK), "Done. Warnings do not change this."),
                (
                    str(cli.EXIT_SITE_HAS_ERRORS),
                    "The portal or a raw text has errors, or the disk refuses; each mistake is told.",
                ),
                (str(cli.EXIT_WRONG_USAGE), "Wrong usage: an unknown word, a missing folder, a port in use."),
                ("130", "Interrupted with Ctrl-C."),
            ),
        ),
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/reference/settings.md": settings_page,
    "docs/reference/front-matter.md": front_matter_page,
    "docs/reference/commands.md": commands_page,
    "docs/reference/theme.md": theme_page,
}
"""The generated pages by their paths in a checkout."""


def out_of_date(checkout: Path) -> tuple[str, ...]:
    """The generated pages that do not say what the code says."""
    return tuple(path for path, page in PAGES.items() if _text_of(checkout / path) != page())


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


# ---- dataclasses into tables


def type_words(wanted: Any, many: bool = False) -> str:
    """A type in words: "text", "list of texts", "one of `original`, `human`, `machine`"."""
    origin, arguments = get_origin(wanted), get_args(wanted)
    s = "s" if many else ""
    if origin in (Union, types.UnionType):
        kinds = (type_words(kind, many) for kind in arguments if kind is not types.NoneType)
        return " or ".join(dict.fromkeys(kinds))
    if origin is Literal:
        return " or ".join(f"`{word}`" for word in arguments)
    if origin is tuple:
        return f"list{s} of {type_words(arguments[0], many=True)}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"table{s} of {type_words(arguments[1], many=True)}"
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return f"one of {', '.join(f'`{choice}`' for choice in wanted)}"
    return _WORDS.get(wanted, "table") + s


_WORDS: Mapping[Any, str] = {
    bool: "true or false",
    str: "text",
    int: "whole number",
    dt.date: "date",
    dt.datetime: "date with a time",
}


def default_words(field: dataclasses.Field[Any]) -> str:
    """What holds where a key is absent."""
    if field.default_factory is not dataclasses.MISSING:
        return "empty"
    if field.default is dataclasses.MISSING:
        return "required"
    if field.default is None:
        return "none"
    return "empty" if field.default == () else f"`{json.dumps(field.default, ensure_ascii=False)}`"


def _part(heading: str, cls: type[Any]) -> str:
    hints, said = get_type_hints(cls), attribute_docstrings(cls)
    inherited = {
        it.name for base in cls.__bases__ if dataclasses.is_dataclass(base) for it in dataclasses.fields(base)
    }
    rows = (
        (f"`{key}`", type_words(hints[field.name]), default_words(field), said.get(field.name, ""))
        for key, field in zip(keys(cls), dataclasses.fields(cls), strict=True)
        if field.name not in inherited
    )
    table = _table(("Key", "Type", "If absent", "Meaning"), rows)
    title = f"`{heading}`" if heading.startswith(("[", "site/")) else heading
    return f"## {title}\n\n{inspect.getdoc(cls)}\n\n{table}"


# ---- commands


def commands() -> Iterator[argparse.ArgumentParser]:
    """The parser of each command, in the order of `toasoan --help`."""
    for action in cli.command_line()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def options(command: argparse.ArgumentParser) -> tuple[argparse.Action, ...]:
    """What a command takes besides --help: its words first, then its options."""
    own = [action for action in command._actions if not isinstance(action, argparse._HelpAction)]
    return tuple(sorted(own, key=lambda action: bool(action.option_strings)))


def _command_parts(command: argparse.ArgumentParser) -> Iterator[str]:
    taken = options(command)
    optional = [f"[{_spelled(action)}]" for action in taken if action.option_strings]
    words = [_spelled(action) for action in taken if not action.option_strings]
    yield f"## {command.prog}"
    yield str(command.description)
    yield _fenced("text", " ".join([command.prog, *optional, *words]))
    yield _table(("Argument", "Meaning"), ((f"`{_spelled(action)}`", str(action.help)) for action in taken))
    example = str(command.epilog).partition("\n")[2].strip()
    yield f"Example:\n\n{_fenced('sh', example)}"


def _spelled(action: argparse.Action) -> str:
    """ "--port N", "PATH ...", "article"."""
    metavar = action.metavar or (action.choices and "|".join(action.choices)) or action.dest.upper()
    if not action.option_strings:
        return f"{metavar} ..." if action.nargs == "+" else str(metavar)
    return action.option_strings[-1] if action.nargs == 0 else f"{action.option_strings[-1]} {metavar}"


# ---- Markdown


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((NOTICE, f"# {title}", *parts)) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text.strip()}\n```"


def _starter(path: str) -> str:
    """A file of the portal that `toasoan init` lays out."""
    return (resources.files("toasoan") / "starter" / path).read_text(encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Write the generated pages, or say which are out of date; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m toasoan.reference", description="Write the reference pages.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")
    checks = parser.parse_args(arguments).check
    terminal = Terminal(as_json=False)
    if not (CHECKOUT / "pyproject.toml").is_file():
        terminal.complain("this is no checkout, so it has no docs/", "run it from the sources")
        return cli.EXIT_WRONG_USAGE
    stale = out_of_date(CHECKOUT)
    for path in stale:
        if checks:
            terminal.complain(f"{path} is out of date", "run `python -m toasoan.reference`")
        else:
            write_text(CHECKOUT / path, PAGES[path]())
            terminal.say(f"{path} written")
    return cli.EXIT_SITE_HAS_ERRORS if checks and stale else cli.EXIT_OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
