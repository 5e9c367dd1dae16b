"""What an editor reads: one little site per mistake, and word for word what is printed about it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.builders import portal, text_of
from toasoan.build import build
from toasoan.cli import run

TESTS = Path(__file__).parents[1]
INVALID = sorted(path for path in (TESTS / "sites_invalid").iterdir() if path.is_dir())
WARNING = sorted(path for path in (TESTS / "sites_warning").iterdir() if path.is_dir())


@pytest.mark.parametrize("site", INVALID, ids=lambda path: path.name)
def test_an_invalid_site_is_explained_and_not_published(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shutil.copytree(site, tmp_path / "portal"))

    exit_code = run(["build", "--to", str(tmp_path / "public")])

    said = capsys.readouterr()
    assert said.err == (site / "expected.txt").read_text("utf-8")
    assert said.out.endswith(": nothing was published\n")
    assert exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["portal"]


@pytest.mark.parametrize("site", INVALID, ids=lambda path: path.name)
def test_a_check_finds_what_a_build_finds(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shutil.copytree(site, tmp_path / "portal"))
    before = sorted(tmp_path.rglob("*"))

    assert run(["check"]) == 1
    assert [it for it in sorted(tmp_path.rglob("*")) if ".toasoan" not in it.parts] == before
    assert capsys.readouterr().err == (site / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("site", WARNING, ids=lambda path: path.name)
def test_a_site_that_only_warns_is_published(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shutil.copytree(site, tmp_path / "portal"))

    assert run(["build", "--to", str(tmp_path / "public")]) == 0
    assert capsys.readouterr().err == (site / "expected.txt").read_text("utf-8")
    assert (tmp_path / "public/index.html").is_file()


def test_nothing_an_invalid_site_says_depends_on_where_it_lies() -> None:
    assert [
        site.name for site in (*INVALID, *WARNING) if str(TESTS) in (site / "expected.txt").read_text("utf-8")
    ] == []


def test_links_and_pipes_are_passed_over_and_told(tmp_path: Path) -> None:
    root = portal(tmp_path / "portal", {"vi/office.md": text_of()})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(text_of("Bí mật"), "utf-8")
    content = root / "site/content/vi"
    (content / "link.md").symlink_to(outside / "secret.md")
    (content / "dangling.md").symlink_to(outside / "gone.md")
    (content / "loop.md").symlink_to(content / "loop.md")
    (content / "folder").symlink_to(outside, target_is_directory=True)
    os.mkfifo(content / "pipe.md")

    result = build(root, tmp_path / "public")

    assert [str(diagnostic) for diagnostic in result.report] == [
        f"site/content/vi/{name}: warning: this is no Markdown file; it is left out [not-an-article]"
        for name in ("dangling.md", "folder", "link.md", "loop.md", "pipe.md")
    ]
    assert result.articles == 1
    assert not (tmp_path / "public/vi/secret").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text_can_be_told_even_as_json(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path)
    odd = os.fsencode(root / "site/content/vi") + b"/caf\xe9.md"
    (root / "site/content/vi").mkdir(parents=True)
    Path(os.fsdecode(odd)).write_text(text_of(), "utf-8")

    assert run(["check", "--root", str(root)]) == 1
    assert run(["check", "--root", str(root), "--json"]) == 1
    assert "caf\\udce9.md" in capfd.readouterr().out
