"""While one deploy follows the other, no reader finds a broken link: real servers, and readers who never rest."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import SETTINGS, built, text_of, write
from tests.deploys import deployed, portal_with
from tests.readers import Met, reading
from tests.s3_server import KEY, SECRET, Store, running_store
from tests.servers import Configured, caddy, nginx, running
from toasoan import deploy_command
from toasoan.deploy.deploying import Found, carry_out
from toasoan.deploy.host import Host
from toasoan.deploy.plan import Plan

FIGURES = logging.getLogger(__name__)
"""`pytest --log-file=FILE --log-file-level=INFO` writes them down."""

GRACE = 3
RULES = '\n[redirects]\nformats = ["nginx", "caddy"]\n[pages]\nshare_images = false\n'
FOLDER = f'kind = "folder"\npath = "www"\ngrace = "{GRACE}s"\nmost_deletions = 100\nkeep = 3\n'
STARTS = ("/", "/vi/", "/en/", "/vi/heritage/")


def edit(root: Path, number: int) -> None:
    """What a newsroom does between two deploys: news come, an old article goes, another look, other tags."""
    for language in ("vi", "en"):
        text = text_of(f"News {number}", tags=[f"tag-{number % 3}", f"only-{number}"], section="heritage")
        write(root, f"site/content/{language}/news-{number}.md", text)
        (root / f"site/content/{language}/news-{number - 5}.md").unlink(missing_ok=True)
    write(root, "site/content/vi/a.md", text_of(f"A {number}"))
    if number % 4 == 0:
        write(root, "site/static/css/own.css", f"body {{ --edition: {number}; }}\n")
    built(root)


def portal(root: Path) -> Path:
    portal_with(root, FOLDER, SETTINGS + RULES)
    for number in range(5):
        edit(root, number)
    return root


def read_during(
    root: Path, folder: Path, server: Configured, own: Path, put_online: Callable[[], None], deploys: int
) -> Met:
    """What readers met while a portal was edited and put online again and again."""
    put_online()
    own.mkdir()
    with running(server, folder, "", own) as there, reading(there.port, STARTS, GRACE) as met:
        for number in range(5, 5 + deploys):
            edit(root, number)
            put_online()
            time.sleep(0.2)
    return met[0]


@pytest.mark.parametrize("deploys", [8, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.parametrize("server", [nginx, caddy])
def test_nobody_finds_a_broken_link(tmp_path: Path, server: Configured, deploys: int) -> None:
    root = portal(tmp_path / "portal")

    def put_online() -> None:
        outcome = deployed(root, "there")
        assert outcome.is_fine, outcome.text

    met = read_during(root, root / "www/current", server, tmp_path / "own", put_online, deploys)
    FIGURES.info("%s: %d deploys, %d visits, %d requests", server.__name__, deploys, met.visits, met.requests)
    assert met.broken == []
    assert met.visits > 10 * deploys
    assert met.requests > 5 * met.visits, "pages were read, with what they need"


def test_files_copied_in_the_wrong_order_break_many_links(tmp_path: Path) -> None:
    """That the readers notice: what is gone is removed first, lists come before pages, what pages load comes last."""
    root = portal(tmp_path / "portal")
    folder = tmp_path / "www"

    def put_online() -> None:
        files = sorted(it.relative_to(root / "public") for it in (root / "public").rglob("*") if it.is_file())
        there = [it.relative_to(folder) for it in folder.rglob("*") if it.is_file()]
        for path in set(there) - set(files):
            (folder / path).unlink()
        for path in sorted(files, key=lambda it: (it.parts[0] == "assets", len(it.parts))):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / "public" / path, folder / path)
            time.sleep(0.004)

    met = read_during(root, folder, nginx, tmp_path / "own", put_online, 6)
    FIGURES.info("in the wrong order: %d visits, %d broken links", met.visits, len(met.broken))
    assert len(met.broken) > 20


S3 = """kind = "s3"
bucket = "portal"
endpoint = "{endpoint}"
region = "us-east-1"
grace = "{grace}s"
most_deletions = 100
keep = 3
"""
KEYS = {
    "AWS_ACCESS_KEY_ID": KEY,
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_CONFIG_FILE": "/nowhere",
    "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with an empty bucket, and the keys to it."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "store").mkdir()
    with running_store(tmp_path / "store") as running_:
        running_.bucket("portal")
        yield running_


def read_store_during(root: Path, store: Store, grace: int, deploys: int) -> Met:
    """What readers met while a portal was edited and put into a store again and again."""
    settings = SETTINGS.replace("https://portal.example", "https://portal.example/portal") + RULES
    portal_with(root, S3.format(endpoint=store.address, grace=grace), settings)
    for number in range(5):
        edit(root, number)
    put_into_store(root)
    starts = [f"/portal{start}" for start in STARTS]
    with reading(int(store.address.rpartition(":")[2]), starts, GRACE, keys=True) as met:
        for number in range(5, 5 + deploys):
            edit(root, number)
            put_into_store(root)
    return met[0]


def put_into_store(root: Path) -> None:
    outcome = deployed(root, "there")
    assert outcome.is_fine, outcome.text


@pytest.mark.parametrize("deploys", [6, pytest.param(50, marks=pytest.mark.long)])
def test_nobody_finds_a_broken_link_in_a_store(tmp_path: Path, store: Store, deploys: int) -> None:
    met = read_store_during(tmp_path / "portal", store, GRACE, deploys)
    FIGURES.info("S3: %d deploys, %d visits, %d requests", deploys, met.visits, met.requests)
    assert met.broken == []
    assert met.visits > 10 * deploys
    assert met.requests > 5 * met.visits, "pages were read, with what they need"


def test_files_put_into_a_store_in_the_wrong_order_break_many_links(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def backwards(plan: Plan, found: Found, host: Host, *rest: Any) -> Plan:
        puts = {step: plan.puts[step] for step in sorted(plan.puts, reverse=True)}
        return carry_out(replace(plan, puts=puts), found, host, *rest)

    monkeypatch.setattr(deploy_command, "carry_out", backwards)
    met = read_store_during(tmp_path / "portal", store, 0, 6)
    FIGURES.info("S3 in the wrong order: %d visits, %d broken links", met.visits, len(met.broken))
    assert len(met.broken) > 20
