"""What is typed, what is said, and with which exit code."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.builders import portal, text_of, tree, write
from toasoan import __version__
from toasoan.cli import command_line, run
from toasoan.diagnostics import Location, Report
from toasoan.terminal import Terminal

COMMANDS = ("init", "import", "build", "serve", "check", "new")


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command line."""
    try:
        exit_code = run([str(word) for word in words])
    except SystemExit as end:
        exit_code = end.code if isinstance(end.code, int) else 1
    output = capsys.readouterr()
    return exit_code, output.out, output.err


def as_json(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    """Exit code and JSON of a command line that says nothing else."""
    exit_code, out, err = said(capsys, *words, "--json")
    assert err == ""
    return exit_code, json.loads(out)


# ---- help


def test_help_names_every_command_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, out, _ = said(capsys, "--help")

    assert exit_code == 0
    assert all(f"  toasoan {command}" in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_of_its_own(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, out, _ = said(capsys, command, "--help")

    assert exit_code == 0
    assert f"example:\n  toasoan {command}" in out


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--version") == (0, f"toasoan {__version__}\n", "")


def test_the_module_can_be_run() -> None:
    told = subprocess.run([sys.executable, "-m", "toasoan", "--version"], capture_output=True, text=True, check=True)

    assert told.stdout == f"toasoan {__version__}\n"


# ---- wrong usage


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("biuld",), "toasoan: there is no command 'biuld'\n  hint: did you mean 'build'?\n"),
        (("build", "--tp", "x"), "toasoan: `toasoan build` does not know '--tp'\n  hint: did you mean '--to'?\n"),
        (("check", "now"), "toasoan: `toasoan check` does not know 'now'\n  hint: did you mean '--now'?\n"),
        (
            ("new", "page", "x"),
            "toasoan: there is no KIND 'page'\n  hint: it must be one of article, translation, section, language\n",
        ),
        (("import", "no/such/file"), "toasoan: there is no no/such/file\n"),
    ],
)
def test_a_wrong_word_gets_a_hint(words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, *words) == (2, "", told)


@pytest.mark.parametrize(
    "words", [(), ("init",), ("serve", "--port", "many"), ("serve", "--port", "99999"), ("new",)]
)
def test_what_is_missing_or_senseless_is_told(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, out, err = said(capsys, *words)

    assert (exit_code, out) == (2, "")
    assert err.startswith("toasoan: ")
    assert "--help`" in err


# ---- init


def test_init_lays_out_a_portal_and_names_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, result = as_json(capsys, "init", tmp_path / "new")

    assert exit_code == 0
    assert sorted(result["files"]) == sorted(str(tmp_path / "new" / path) for path in tree(tmp_path / "new"))


def test_init_lays_no_portal_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    portal(tmp_path)
    before = tree(tmp_path)

    exit_code, _, err = said(capsys, "init", tmp_path)

    assert exit_code == 2
    assert "already has a portal" in err
    assert tree(tmp_path) == before


def test_a_disk_that_refuses_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "file", "")

    exit_code, out, err = said(capsys, "init", tmp_path / "file" / "portal")

    assert (exit_code, out) == (1, "")
    assert err.startswith("toasoan: the disk refuses: ")


# ---- build and check


def test_build_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path, {"vi/office.md": text_of()})

    exit_code, out, err = said(capsys, "build", "--root", root)

    assert (exit_code, err) == (0, "")
    assert out.startswith("1 articles (vi 1, en 0), ")
    assert (root / "site/public/index.html").is_file()


def test_build_tells_machines_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path, {"vi/office.md": text_of()})

    exit_code, result = as_json(capsys, "build", "--root", root, "--to", tmp_path / "out")

    assert exit_code == 0
    assert (result["articles"], result["languages"], result["removed"]) == (1, {"vi": 1, "en": 0}, 0)
    assert result["files"] == result["written"] == len(tree(tmp_path / "out"))
    assert (result["output"], result["diagnostics"]) == (str(tmp_path / "out"), [])


@pytest.mark.parametrize("command", ["build", "check", "import", "new"])
def test_mistakes_are_told_to_machines_too(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path, settings="titel = 'x'\n")
    more: dict[str, list[str | Path]] = {"import": [root], "new": ["article", "A title"]}

    exit_code, result = as_json(capsys, command, *more.get(command, []), "--root", root)

    assert exit_code == 1
    assert {told["code"] for told in result["diagnostics"]} >= {"unknown-setting"}
    assert {"severity", "code", "message", "path", "line", "hint"} == set(result["diagnostics"][0])


def test_check_writes_nothing_but_what_it_remembers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path, {"vi/office.md": text_of()})
    before = tree(root)

    assert said(capsys, "check", "--root", root)[0] == 0
    assert {path: data for path, data in tree(root).items() if not path.startswith(".toasoan/")} == before


# ---- new


def test_new_begins_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path)

    exit_code, result = as_json(capsys, "new", "article", "Chợ nổi", "--section", "local", "--root", root)

    text = Path(result["article"]).read_text("utf-8")
    assert exit_code == 0
    assert 'title = "Chợ nổi"' in text
    assert 'language = "vi"' in text
    assert 'status = "draft"' in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Trà", "--language", "fr"], "this portal has no language 'fr'"),
        (["Trà", "--section", "lokal"], "did you mean 'local'?"),
        (["  "], "an article needs a title"),
    ],
)
def test_new_refuses_what_would_not_build(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = portal(tmp_path)

    exit_code, _, err = said(capsys, "new", "article", *words, "--root", root)

    assert exit_code == 2
    assert told in err
    assert not (root / "site/content").exists()


# ---- colours, pipes and progress


def on_a_terminal(*words: str | Path, **environment: str) -> str:
    """What a person sees who types a command."""
    mine, theirs = pty.openpty()
    environ = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | environment
    with subprocess.Popen(
        [sys.executable, "-m", "toasoan", *map(str, words)], stdout=theirs, stderr=theirs, env=environ
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(mine, 4096)
            except OSError:  # how Linux says that the other side has gone
                break
            if not piece:
                break
            seen += piece
        process.wait()
    os.close(mine)
    return seen.decode().replace("\r\n", "\n")


def test_colours_are_shown_on_a_terminal_unless_somebody_minds(tmp_path: Path) -> None:
    root = portal(tmp_path, settings="titel = 'x'\n")

    assert "\033[31merror\033[0m: there is no setting 'titel'" in on_a_terminal("check", "--root", root)
    assert not re.search(r"\033\[[0-9;]*m", on_a_terminal("check", "--root", root, NO_COLOR="1"))


def test_no_colour_goes_into_a_pipe(tmp_path: Path) -> None:
    root = portal(tmp_path, settings="titel = 'x'\n")

    told = subprocess.run(
        [sys.executable, "-m", "toasoan", "check", "--root", root], capture_output=True, check=False
    )

    assert b"\033[" not in told.stdout + told.stderr
    assert told.returncode == 1


def test_a_coloured_line_has_the_same_words(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.warning("x", "odd", Location("a.md", 3), "mend it")
    terminal = Terminal(as_json=False)

    terminal.tell(report)

    assert capsys.readouterr().err == "a.md:3: warning: odd [x]\n  hint: mend it\n"


def test_machines_hear_nothing_but_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(as_json=True)
    report = Report()
    report.error("x", "odd", Location("a.md"))

    terminal.tell(report)
    terminal.say("words for people")
    with terminal.progress() as progress:
        progress("pages", 1, 1000)
    terminal.result({"name": "Hà Nội"})

    output = capsys.readouterr()
    assert json.loads(output.out) == {"name": "Hà Nội"}
    assert output.err == ""


def test_a_reader_who_leaves_early_is_no_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(Terminal, "say", gone)
    monkeypatch.setattr(sys, "stdout", sys.stdout)

    assert run(["check", "--root", str(portal(tmp_path))]) == 0


def test_an_interrupted_command_ends_as_shells_expect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("toasoan.check_command.build", interrupted)

    assert run(["check", "--root", str(portal(tmp_path))]) == 130


def test_every_option_is_explained() -> None:
    assert "SUPPRESS" not in command_line().format_help()


def test_a_build_can_be_explained_profiled_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path, {"vi/office.md": text_of()})
    words = ("build", "--root", str(root), "--to", str(tmp_path / "out"), "--explain", "--profile", "--verify")

    exit_code, out, _ = said(capsys, *words)

    assert exit_code == 0
    assert "vi/office/index.html: it is built for the first time\n" in out
    assert "ms a page  layouts/article.html (1 pages)\n" in out
    assert out.endswith("verified: not a byte differs\n")

    exit_code, result = as_json(capsys, *words)
    assert (exit_code, result["reasons"], result["differences"]) == (0, {}, [])

    (tmp_path / "out/vi/office/index.html").write_bytes(b"x" * (tmp_path / "out/vi/office/index.html").stat().st_size)
    exit_code, out, _ = said(capsys, *words)
    assert exit_code == 1
    assert out.endswith("vi/office/index.html differs\n1 files differ from a build from nothing\n")


@pytest.mark.parametrize(
    ("option", "epoch", "articles"),
    [
        ([], "1700000000", 0),
        ([], "", 1),
        (["--now", "2024-06-01T00:00:00"], "1700000000", 1),
        (["--now", "2024-05-01"], "", 0),
    ],
)
def test_the_clock_comes_in_by_one_door(
    option: list[str],
    epoch: str,
    articles: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    root = portal(tmp_path, {"vi/office.md": text_of(date=dt.date(2024, 6, 1))})

    _, result = as_json(capsys, "build", "--root", root, "--to", tmp_path / "out", *option)

    assert result["articles"] == articles


def test_a_moment_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, _, err = said(capsys, "build", "--now", "tomorrow")

    assert exit_code == 2
    assert "a moment looks like 2025-12-17T09:36:00+07:00, not 'tomorrow'" in err


def test_names_of_strangers_do_not_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(as_json=False)
    report = Report()
    report.error("x", "it is broken", Location("raw/\x1b[31mred\u202e.txt"))

    terminal.tell(report)
    terminal.say("a\nb\x1b]0;title\x07", "می\u200cخواهم\tدیدن")

    output = capsys.readouterr()
    assert output.err == "raw/\\x1b[31mred\\u202e.txt: error: it is broken [x]\n"
    assert output.out == "a\nb\\x1b]0;title\\x07\nمی\u200cخواهم\tدیدن\n"


@pytest.mark.parametrize("elements", [[], [{"a": "đ\u2028\n", "b": [1, {}]}], [1, None, {"c": {"d": []}}]])
def test_a_result_is_the_same_whether_it_comes_at_once_or_bit_by_bit(
    elements: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report()
    report.error("x", "odd", Location("a\udcff.md"))
    for list_of_all in (elements, iter(elements)):
        Terminal(as_json=True).result({"name": {"x": "Hà Nội"}, "articles": list_of_all}, report)

    printed = capsys.readouterr().out
    assert printed[: len(printed) // 2] == printed[len(printed) // 2 :]
    assert json.loads(printed[: len(printed) // 2])["articles"] == elements


# ---- serve


def test_serve_needs_a_portal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, _, err = said(capsys, "serve", "--root", tmp_path)
    assert exit_code == 1
    assert "site/site.toml" in err


def test_serve_has_no_comments_for_phones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, _, err = said(capsys, "serve", "--lan", "--comments", "--root", portal(tmp_path))
    assert exit_code == 2
    assert "serve --lan has no comments" in err
