import datetime as dt
from pathlib import Path

import pytest

from tests.builders import built, config, page_text, portal, text_of, tree, write
from toasoan.build import build
from toasoan.config import Config, read_config
from toasoan.diagnostics import Report
from toasoan.scaffold import FolderInUseError, lay_out_portal, new_article

TODAY = dt.date(2025, 12, 17)


def config_of(root: Path) -> Config:
    read = read_config(root, Report())
    assert read is not None
    return read


def test_a_new_portal_builds(tmp_path: Path) -> None:
    made = lay_out_portal(tmp_path / "portal")

    assert {path.relative_to(tmp_path / "portal").as_posix() for path in made} == set(tree(tmp_path / "portal"))
    assert (tmp_path / "portal/.gitignore").is_file()
    assert built(tmp_path / "portal").articles == 2


def test_files_that_are_there_already_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", "mine\n")

    made = lay_out_portal(tmp_path)

    assert tmp_path / ".gitignore" not in made
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


def test_a_portal_is_never_laid_over_another(tmp_path: Path) -> None:
    portal(tmp_path)
    before = tree(tmp_path)

    with pytest.raises(FolderInUseError):
        lay_out_portal(tmp_path)

    assert tree(tmp_path) == before


def test_a_new_article_is_a_draft_that_builds_when_it_is_published(tmp_path: Path) -> None:
    root = portal(tmp_path)

    path = new_article(root, config_of(root), 'Chợ "nổi": một ngày', "vi", "local", TODAY)

    assert path == root / "site/content/vi/2025/cho-noi-mot-ngay.md"
    assert build(root, None).articles == 0
    path.write_text(path.read_text("utf-8").replace('"draft"', '"published"'), "utf-8")
    assert built(root).articles == 1


def test_a_new_article_takes_no_address_that_is_taken(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/2020/tea.md": text_of("Trà"), "pages/vi/about.md": page_text()})

    first = new_article(root, config(), "Tea", "vi", None, TODAY)
    second = new_article(root, config(), "Tea", "vi", None, TODAY)
    others = [new_article(root, config(), title, "vi", None, TODAY) for title in ("Heritage", "About", "Archive")]

    assert [path.stem for path in (first, second)] == ["tea-2", "tea-3"]
    assert [path.stem for path in others] == ["heritage-2", "about-2", "archive-2"]
