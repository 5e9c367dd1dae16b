"""Deploys to a server of one's own, with a real OpenSSH: what goes well, what is refused, and what is cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploys import change, deployed, portal_with, removed, texts_of, whole_tree
from tests.ssh_server import SSHD, SshServer, ssh_server

pytestmark = pytest.mark.skipif(not Path(SSHD).exists(), reason="needs an OpenSSH server")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(params=["rsync", "sftp"])
def transfer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """The folder on the server."""
    return tmp_path / "www"


def seen(www: Path) -> dict[str, bytes]:
    """What readers get."""
    return whole_tree(www / "current")


def built_files(root: Path) -> dict[str, bytes]:
    """What the last build made."""
    return {path: data for path, data in whole_tree(root / "public").items() if not path.startswith(".toasoan")}


def test_a_portal_is_put_on_a_server_and_then_what_changed(
    server: SshServer, transfer: str, www: Path, tmp_path: Path
) -> None:
    root = portal_with(tmp_path / "portal", server.settings(www, transfer=transfer))
    first = deployed(root, "there")
    assert first.is_fine, first.text
    before = seen(www)
    assert texts_of(before) == built_files(root)
    change(root, "vi/a.md", "Another")
    second = deployed(root, "there")
    assert second.is_fine, second.text
    assert 0 < second.values["put"] < first.values["put"] / 2
    assert texts_of(seen(www)) == built_files(root)
    folders = [www / "releases" / it.values["release"] for it in (first, second)]
    assert whole_tree(folders[0]) == before, "an earlier release stays as it was"
    style = next(path for path in before if path.startswith("assets/css/") and path.endswith(".css"))
    assert os.path.samefile(folders[0] / style, folders[1] / style)
