"""A portal that one process builds again and again: it finds what it is told of, and makes what others make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import built, copy_of, text_of, tree, write
from toasoan.files import acting_through
from toasoan.lock import LockedError
from toasoan.workshop import Workshop


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of("tiny", tmp_path / "tiny")


@pytest.fixture
def workshop(root: Path) -> Iterator[Workshop]:
    workshop = Workshop(root, root / "preview")
    yield workshop
    workshop.close()


def assert_is_clean(root: Path, folder: Path) -> None:
    built(root, folder)
    assert tree(root / "preview") == tree(folder)


def test_it_builds_what_it_is_told_of(root: Path, workshop: Workshop, tmp_path: Path) -> None:
    assert workshop.build().published is not None
    text = root / "site/content/vi/2025/cho-noi.md"
    text.write_text(text.read_text("utf-8").replace("Chợ", "Phiên chợ"), "utf-8")
    new = write(root, "site/content/en/2025/new.md", text_of("New", section="local"))

    assert workshop.build({text}).published is not None
    assert "en/new/index.html" not in tree(root / "preview")
    assert workshop.build({new}).published is not None
    assert_is_clean(root, tmp_path / "one")

    new.unlink()
    assert workshop.build({new}).published is not None
    assert_is_clean(root, tmp_path / "two")


@pytest.mark.parametrize("path", ["site/site.toml", "site/templates/layouts/list.html", "site/content/en/x/y.md"])
def test_it_looks_at_everything_where_more_than_a_text_changed(
    path: str, root: Path, workshop: Workshop, tmp_path: Path
) -> None:
    workshop.build()
    text = write(root, "site/content/en/2025/new.md", text_of("New"))
    other = {
        "site/site.toml": (root / "site/site.toml").read_text("utf-8") + "\n# more\n",
        "site/content/en/x/y.md": text_of("Y"),
    }.get(path, '{% extends "layouts/base.html" %}{% block main %}<p>{{ page.view.count_words }}</p>{% endblock %}')
    changed = write(root, path, other)

    assert workshop.build({text, changed, changed.parent}).published is not None
    assert_is_clean(root, tmp_path / "clean")


def test_after_a_mistake_it_goes_on(root: Path, workshop: Workshop, tmp_path: Path) -> None:
    workshop.build()
    before = tree(root / "preview")
    wrong = write(root, "site/content/en/2025/new.md", "+++\n")
    assert workshop.build({wrong}).published is None
    assert tree(root / "preview") == before

    write(root, "site/content/en/2025/new.md", text_of("New"))
    assert workshop.build({wrong}).published is not None
    assert_is_clean(root, tmp_path / "clean")


def test_it_remembers_when_it_is_opened_again(root: Path) -> None:
    first = Workshop(root, root / "preview")
    first.build()
    first.close()

    second = Workshop(root, root / "preview")
    result = second.build()
    second.close()

    assert result.published is not None
    assert result.published.written == 0
    assert "reading" not in result.stages


def test_there_is_one_for_a_folder(root: Path, workshop: Workshop) -> None:
    with pytest.raises(LockedError):
        Workshop(root, root / "preview")


def test_a_new_portal_is_built_whole_only_once(root: Path, workshop: Workshop) -> None:
    workshop.build()
    text = root / "site/content/vi/2025/cho-noi.md"
    text.write_text(text.read_text("utf-8") + "\nThêm.\n", "utf-8")

    result = workshop.build({text})

    assert sum(time.pages for time in result.templates.values()) < 20  # of 45


def test_after_a_fault_of_the_disk_it_begins_from_nothing(root: Path, workshop: Workshop, tmp_path: Path) -> None:
    workshop.build()
    text = root / "site/content/vi/2025/cho-noi.md"
    text.write_text(text.read_text("utf-8").replace("Chợ", "Phiên chợ"), "utf-8")

    def full(act: str, path: Path) -> None:
        if act == "move":
            raise OSError(28, "No space left on device", str(path))

    with acting_through(full), pytest.raises(OSError, match="No space"):
        workshop.build({text})

    assert workshop.build(set()).published is not None
    assert_is_clean(root, tmp_path / "clean")
