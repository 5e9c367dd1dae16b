"""The articles in `site/` are what importing the seeds gives."""

from __future__ import annotations

import shutil
from pathlib import Path

from toasoan.config import read_config
from toasoan.diagnostics import Report
from toasoan.ingest.importing import import_files

REPOSITORY = Path(__file__).resolve().parents[2]
IMPORTED = ("content", "import")


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_importing_the_seeds_into_an_empty_folder_gives_the_committed_files(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    for name in ("site.toml", "publishers.toml"):
        shutil.copy(REPOSITORY / "site" / name, tmp_path / "site" / name)
    report = Report()
    config = read_config(tmp_path, report)
    assert config is not None
    import_files(tmp_path, [REPOSITORY / "seeds"], config, report)
    assert not report.has_errors
    for folder in IMPORTED:
        imported = files_below(tmp_path / "site" / folder)
        assert imported, folder
        assert imported == files_below(REPOSITORY / "site" / folder)
