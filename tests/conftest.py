"""What all tests share: a small budget for properties, and the tiny site built once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("tests.builders", "tests.reading")

from tests.builders import built, copy_of, tree  # noqa: E402
from tests.host import Host, running_host  # noqa: E402
from toasoan.build_result import BuildResult  # noqa: E402

COMMON = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("suite", COMMON, max_examples=60, derandomize=True)
settings.register_profile("search", COMMON, max_examples=2000)
settings.load_profile(os.environ.get("PROPERTIES", "suite"))
"""`PROPERTIES=search pytest tests/property` looks for new mistakes; the usual run tries the same texts each time."""


@dataclass(frozen=True)
class BuiltSite:
    """A site and what a build made of it; nobody changes either."""

    root: Path
    folder: Path
    result: BuildResult
    files: dict[str, bytes]

    @property
    def pages(self) -> dict[str, str]:
        """The HTML files by their paths."""
        return {path: data.decode() for path, data in self.files.items() if path.endswith(".html")}


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """tests/sites/tiny, built."""
    root = copy_of("tiny", tmp_path_factory.mktemp("tiny") / "portal")
    folder = root.parent / "public"
    result = built(root, folder)
    return BuiltSite(root, folder, result, tree(folder))


@pytest.fixture
def host() -> Iterator[Host]:
    with running_host() as server:
        yield server
