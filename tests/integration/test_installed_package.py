"""The README's second way: the package installed from its wheel, away from the checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(REPOSITORY)], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, which comes before the checkout on the path."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def toasoan(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-m", "toasoan", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_the_wheel_carries_the_theme_and_the_starter(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "toasoan/theme/templates/layouts/article.html",
        "toasoan/theme/templates/locale/uk.po",
        "toasoan/theme/static/fonts/head-latin-vi.woff2",
        "toasoan/starter/site/site.toml",
        "toasoan/ingest/words/ru.toml",
        "toasoan/desk/browser/edit.html",
        "toasoan/desk/browser/editor.js",
        "toasoan/py.typed",
    ):
        assert name in names


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    where = "from toasoan.theme import theme_folder; print(theme_folder('templates'))"
    told = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert Path(told.stdout.strip()) == installed / "toasoan/theme/templates"


def test_a_newcomer_gets_a_portal_that_builds(installed: Path, tmp_path: Path) -> None:
    assert toasoan(installed, tmp_path, "init", "my-portal").returncode == 0
    portal = tmp_path / "my-portal"
    new = toasoan(installed, portal, "new", "article", "Buổi sáng ở Huế", "--section", "local")
    assert new.returncode == 0, new.stderr
    built = toasoan(installed, portal, "build", "--json")
    assert built.returncode == 0, built.stderr
    assert json.loads(built.stdout)["languages"] == {"vi": 1, "en": 1}
    assert (portal / "site/public/vi/xin-chao/index.html").is_file()
    assert toasoan(installed, portal, "check").returncode == 0


def test_a_second_init_harms_nothing(installed: Path, tmp_path: Path) -> None:
    toasoan(installed, tmp_path, "init", "my-portal")
    settings = tmp_path / "my-portal/site/site.toml"
    settings.write_text(settings.read_text("utf-8").replace("Tin mới", "Của tôi"), "utf-8")
    again = toasoan(installed, tmp_path, "init", "my-portal")
    assert again.returncode == 2
    assert "already has a portal" in again.stderr
    assert "Của tôi" in settings.read_text("utf-8")


def test_every_command_that_the_readme_names_exists(installed: Path, tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    named = set(re.findall(r"\btoasoan ([a-z]+)\b", readme)) - {"is"}
    assert named >= {"init", "import", "new", "build", "serve", "check"}
    for command in named:
        assert toasoan(installed, tmp_path, command, "--help").returncode == 0, command


def test_every_make_target_that_the_readme_names_exists() -> None:
    readme, makefile = (REPOSITORY / "README.md").read_text("utf-8"), (REPOSITORY / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"\bmake ([a-z-]+)\b", readme)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
