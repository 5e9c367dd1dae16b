"""Deploys to a server of one's own, with a real OpenSSH: what goes well, what is refused, and what is cut."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.builders import REPOSITORY, SETTINGS, built, text_of, write
from tests.deploys import Outcome, change, cutting_proxy, deployed, portal_with, removed, texts_of, whole_tree
from tests.ssh_server import SSHD, SshServer, new_key, ssh_server
from toasoan.deploy.host import HostBusyError, HostError
from toasoan.deploy.hosts import ssh_connection, ssh_host
from toasoan.deploy.hosts.ssh_connection import SshConnection
from toasoan.deploy.release_folder import LOCK, RELEASES
from toasoan.deploy_settings import SshDeploy

pytestmark = pytest.mark.skipif(not Path(SSHD).exists(), reason="needs an OpenSSH server")

ODD = 'Bà Lan\'s  "www" [1] $HOME `id` -y; 100%'
"""A folder's name that a shell would take apart."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(params=["rsync", "sftp"])
def transfer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built portal, of whose texts no test takes any away."""
    return portal_with(tmp_path_factory.mktemp("shared") / "portal", 'kind = "folder"\npath = "x"')


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """The folder on the server."""
    return tmp_path / "www"


def goes_to(root: Path, table: str) -> Path:
    """Have a portal go somewhere else."""
    write(root, "site/site.toml", f"{SETTINGS}\n[deploy.there]\nrecord = false\n{table}")
    return root


def fine(root: Path, *words: str) -> Outcome:
    """A deploy that must not fail."""
    outcome = deployed(root, "there", *words)
    assert outcome.is_fine, outcome.text
    return outcome


def seen(www: Path) -> dict[str, bytes]:
    """What readers get."""
    return whole_tree(www / "current")


def built_files(root: Path) -> dict[str, bytes]:
    """What the last build made."""
    return {path: data for path, data in whole_tree(root / "public").items() if not path.startswith(".toasoan")}


def beside(www: Path) -> set[str]:
    """What lies among the releases that is none."""
    return {it.name for it in (www / "releases").iterdir() if not it.name.startswith("2")}


# ---- what goes well


def test_a_portal_is_put_on_a_server_and_then_what_changed(
    server: SshServer, transfer: str, shared: Path, www: Path
) -> None:
    root = goes_to(shared, server.settings(www, transfer=transfer))
    first = fine(root)
    before = seen(www)
    assert built_files(root).items() <= texts_of(before).items()
    change(root, "vi/a.md", f"Another by {transfer}")
    second = fine(root)
    assert 0 < second.values["put"] < first.values["put"] / 2
    assert built_files(root).items() <= texts_of(seen(www)).items()
    folders = [www / "releases" / it.values["release"] for it in (first, second)]
    assert whole_tree(folders[0]) == before, "an earlier release stays as it was"
    style = next(path for path in before if path.startswith("assets/css/") and path.endswith(".css"))
    assert (folders[0] / style).samefile(folders[1] / style)
    assert beside(www) == {".lock", ".lock.owner", ".given"}
    again = fine(root)
    assert (again.values["release"], again.values["put"]) == (second.values["release"], 0)


def test_folders_may_have_any_name_there_and_here(server: SshServer, transfer: str, tmp_path: Path) -> None:
    folder = tmp_path / f"here {ODD}"
    table = server.settings(tmp_path / f"there {ODD}", transfer=transfer, identity="keys/my 100% key")
    root = portal_with(folder, table)
    (folder / "keys").mkdir()
    shutil.copy(server.identity, folder / "keys/my 100% key")
    write(root, "site/static/Ảnh 'đẹp' [x] \"50%\".txt", "odd")
    write(root, "site/static/-rf", "odd")
    built(root)
    fine(root)
    change(root, "vi/a.md", "Two")
    removed(root, "en/b.md")
    fine(root, "--at-once", "--yes")
    assert texts_of(seen(tmp_path / f"there {ODD}")) == built_files(root)


def test_everybody_may_read_what_is_put_there(server: SshServer, transfer: str, shared: Path, www: Path) -> None:
    root = goes_to(shared, server.settings(www, transfer=transfer))
    pages = list((root / "public").rglob("*.html"))
    for page in pages:
        page.chmod(0o600)
    fine(root)
    for file in (www / "current/").rglob("*"):
        assert file.stat().st_mode & 0o777 == (0o755 if file.is_dir() else 0o644), file


def test_what_left_the_portal_stays_for_a_while_and_goes_when_it_is_told_to(
    server: SshServer, www: Path, tmp_path: Path
) -> None:
    root = portal_with(tmp_path / "portal", server.settings(www, most_deletions=100))
    fine(root)
    removed(root, "en/b.md")
    assert "en/b/index.html" in fine(root).values["leaving"]
    assert "en/b/index.html" in seen(www)
    assert "en/b/index.html" in fine(root, "--at-once").values["removed"]
    assert not (www / "current/en/b").exists()


def test_one_can_go_back_and_see_where_to(server: SshServer, shared: Path, www: Path) -> None:
    root = goes_to(shared, server.settings(www))
    trees, ids = [], []
    for title in ("One", "Two", "Three"):
        change(root, "vi/a.md", title)
        ids.append(fine(root).values["release"])
        trees.append(texts_of(seen(www)))
    assert fine(root, "--rollback").values["went_back_to"] == ids[1]
    assert trees[1].items() <= texts_of(seen(www)).items()
    fine(root, "--rollback", ids[0][:19])
    assert trees[0].items() <= texts_of(seen(www)).items()
    assert deployed(root, "there", "--rollback", "2019").codes == ["no-such-release"]
    listed = fine(root, "--list").values["releases"]
    assert [it["release"] for it in listed[2:]] == ids[::-1]
    assert [it["current"] for it in listed] == [True, False, False, False, False]


def test_a_release_is_right_that_was_made_of_an_old_ones_folder(server: SshServer, www: Path, tmp_path: Path) -> None:
    root = portal_with(tmp_path / "portal", server.settings(www, keep=1, grace="0s", most_deletions=100))
    for number in range(5):
        change(root, "vi/a.md", f"Number {number}")
        if number == 3:
            removed(root, "en/b.md")
        fine(root)
        assert texts_of(seen(www)) == built_files(root)
        assert any(name.startswith(".spare-") for name in beside(www)) == (number > 0)
        assert len(list((www / "releases").glob("2*Z-????"))) == 1


def test_a_spare_folder_of_which_nobody_knows_what_it_has_is_not_used(
    server: SshServer, shared: Path, www: Path
) -> None:
    root = goes_to(shared, server.settings(www, keep=1, grace="0s"))
    for title in ("One", "Two"):
        change(root, "vi/a.md", title)
        fine(root)
    (spare,) = (www / "releases").glob(".spare-*")
    (www / "releases" / f"{spare.name.removeprefix('.spare-')}.files.gz").write_bytes(b"half of it")
    shutil.rmtree(root / ".toasoan/deploy")
    change(root, "vi/a.md", "Three")
    fine(root)
    assert texts_of(seen(www)) == built_files(root)


def test_a_command_runs_on_the_server_once_readers_see_the_release(
    server: SshServer, shared: Path, www: Path
) -> None:
    root = goes_to(shared, server.settings(www, after=("sh", "-c", "cat current/release.txt >told; echo fine")))
    release = fine(root).values["release"]
    assert (www / "told").read_text() == f"{release}\n"


def test_what_a_command_leaves_running_holds_up_nobody(server: SshServer, shared: Path, www: Path) -> None:
    root = goes_to(shared, server.settings(www, after=("sh", "-c", "sleep 600 & echo $! >running")))
    start = time.monotonic()
    fine(root)
    try:
        change(root, "vi/a.md", "While it runs")
        fine(root)
        assert time.monotonic() - start < 60
    finally:
        subprocess.run(["kill", (www / "running").read_text().strip()], check=True)


@pytest.mark.parametrize("keep", [1, 5])
def test_a_command_that_fails_takes_the_host_back(server: SshServer, shared: Path, www: Path, keep: int) -> None:
    fails = "grep -q Worse current/vi/a/index.html && { echo 'no good' >&2; exit 3; }; exit 0"
    root = goes_to(shared, server.settings(www, keep=keep, after=("sh", "-c", fails)))
    for title in ("Good", "Better"):
        change(root, "vi/a.md", title)
        release = fine(root).values["release"]
    old = texts_of(seen(www))
    change(root, "vi/a.md", "Worse")
    outcome = deployed(root, "there")
    assert outcome.codes == ["live-check"]
    assert "no good" in outcome.text
    assert outcome.values["went_back_to"] == release
    assert old.items() <= texts_of(seen(www)).items()
    change(root, "vi/a.md", "Best")
    fine(root)
    assert built_files(root).items() <= texts_of(seen(www)).items()


def test_a_command_that_always_fails_is_told_and_the_host_goes_back_all_the_same(
    server: SshServer, shared: Path, www: Path
) -> None:
    root = goes_to(shared, server.settings(www, after=("no-such-program",)))
    outcome = deployed(root, "there")
    assert outcome.codes == ["live-check"]
    assert "no-such-program" in outcome.text
    before = built_files(root)
    change(root, "vi/a.md", "Something else")
    outcome = deployed(root, "there")
    assert set(outcome.codes) == {"live-check"}
    assert before.items() <= texts_of(seen(www)).items()
    assert not (www / "releases/.journal").exists()


def test_a_release_that_no_reader_saw_is_nothing_to_go_back_to(server: SshServer, shared: Path, www: Path) -> None:
    root = goes_to(shared, server.settings(www))
    release = fine(root).values["release"]
    later = "20991231T000000Z-0000"  # as if the connection had been cut before the switch
    for ending in ("", ".files.gz"):
        subprocess.run(
            ["cp", "-al", f"{www}/releases/{release}{ending}", f"{www}/releases/{later}{ending}"], check=True
        )
    assert [it["release"] for it in fine(root, "--list").values["releases"]] == [release]
    change(root, "vi/a.md", "Another one")
    fine(root)
    assert not (www / "releases" / later).exists()


# ---- what is refused


def _refusals(server: SshServer, tmp_path: Path) -> dict[str, tuple[dict[str, Any], Sequence[str]]]:
    """Settings with which nothing can be done, and words that must be told of them."""
    other, secret = new_key(tmp_path / "other"), write(tmp_path, "secret", "hush-hush-hush\n")
    opened = Path(shutil.copy(server.identity, tmp_path / "opened"))
    secret.chmod(0o600)
    opened.chmod(0o644)
    unknown = write(tmp_path, "unknown", "")
    changed = write(tmp_path, "changed", f"[127.0.0.1]:{server.port} {(tmp_path / 'other.pub').read_text()}")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = int(listener.getsockname()[1])
    return {
        "wrong key": ({"identity": other}, ["refuses the key", "authorized_keys"]),
        "no key": ({"identity": secret}, ["refuses the key"]),
        "missing key": ({"identity": "keys/none"}, ["there is no file keys/none", "`identity`"]),
        "open key": ({"identity": opened}, ["can be read by others", "chmod 600"]),
        "unknown server": ({"known_hosts": unknown}, ["does not know the server's key", "known_hosts"]),
        "changed server": ({"known_hosts": changed}, ["not the one that this machine knows", "ask whoever runs"]),
        "missing known hosts": ({"known_hosts": "none"}, ["there is no file none"]),
        "nobody listens": ({"port": closed}, ["nobody listens there", "start the server"]),
        "no such name": ({"host": "no-such-host.invalid"}, ["no server of this name", "correct `host`"]),
        "no folder": ({"path": "/dev/null/www"}, ["cannot create directory", "/dev/null"]),
    }


@pytest.mark.parametrize(
    "what",
    [
        "wrong key",
        "no key",
        "missing key",
        "open key",
        "unknown server",
        "changed server",
        "missing known hosts",
        "nobody listens",
        "no such name",
        "no folder",
    ],
)
def test_what_a_deploy_fails_for_is_told_with_help_and_without_secrets(
    server: SshServer, shared: Path, www: Path, tmp_path: Path, what: str
) -> None:
    settings, words = _refusals(server, tmp_path)[what]
    outcome = deployed(goes_to(shared, server.settings(settings.pop("path", www), **settings)), "there")
    assert outcome.codes == ["host-refuses"]
    for word in words:
        assert word in outcome.text
    assert "hint:" in outcome.text
    for secret in ("hush", "PRIVATE KEY-", *server.identity.read_text().splitlines()[1:3]):
        assert secret not in outcome.text
    assert not www.exists()


def test_a_server_that_says_nothing_is_not_waited_for_long(
    shared: Path, server: SshServer, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh_connection, "CONNECT", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        root = goes_to(shared, server.settings(www, port=silent.getsockname()[1]))
        outcome = deployed(root, "there")
    assert outcome.codes == ["host-refuses"]
    assert "does not answer" in outcome.text


def test_a_folder_that_no_deploy_made_is_not_touched(server: SshServer, shared: Path, www: Path) -> None:
    write(www, "current/index.html", "somebody's")
    outcome = deployed(goes_to(shared, server.settings(www)), "there")
    assert outcome.codes == ["host-refuses"]
    assert "current is no symbolic link" in outcome.text
    assert seen(www) == {"index.html": b"somebody's"}


def tools(folder: Path, *missing: str) -> Path:
    """A folder with the programs that a server has, but for some."""
    folder.mkdir()
    for name in (*ssh_connection.NEEDED, "bash", "mkdir", "readlink", "rsync", "sh", "sync", "tail"):
        found = shutil.which(name)
        if found and name not in missing:
            (folder / name).symlink_to(found)
    return folder


def test_a_server_without_a_program_is_refused_by_its_name(shared: Path, www: Path, tmp_path: Path) -> None:
    with ssh_server(tmp_path / "s", f"SetEnv PATH={tools(tmp_path / 'bin', 'flock')}") as server:
        outcome = deployed(goes_to(shared, server.settings(www)), "there")
        assert outcome.codes == ["host-refuses"]
        assert "there is no program 'flock'" in outcome.text
        assert not www.exists()


@pytest.mark.parametrize("name", ["cp", "mv"])
def test_a_server_whose_programs_are_not_gnus_is_told_so(shared: Path, www: Path, tmp_path: Path, name: str) -> None:
    folder = tools(tmp_path / "bin", name)
    program = f'#!/bin/sh\ncase "$*" in *-T*|*--parents*) echo "{name}: illegal option" >&2; exit 64;; esac\n'
    write(folder, name, f'{program}exec {shutil.which(name)} "$@"\n').chmod(0o755)
    with ssh_server(tmp_path / "s", f"SetEnv PATH={folder}") as server:
        outcome = deployed(goes_to(shared, server.settings(www)), "there")
        assert outcome.codes == ["host-refuses"]
        assert f"{name}: illegal option" in outcome.text
        assert "GNU" in outcome.text
        assert not (www / "current").exists()


def test_a_release_without_a_list_is_never_what_readers_see(shared: Path, www: Path, tmp_path: Path) -> None:
    folder = tools(tmp_path / "bin", "cat")
    fails = 'case $(readlink /proc/$$/fd/1) in *.files.gz.new) echo "cat: write error" >&2; exit 1;; esac'
    write(folder, "cat", f'#!/bin/sh\n{fails}\nexec {shutil.which("cat")} "$@"\n').chmod(0o755)
    with ssh_server(tmp_path / "s", f"SetEnv PATH={folder}") as server:
        outcome = deployed(goes_to(shared, server.settings(www)), "there")
        assert outcome.codes == ["host-refuses"]
        assert "cat: write error" in outcome.text
        assert not (www / "current").exists()


def test_without_rsync_files_go_by_sftp_unless_rsync_was_asked_for(shared: Path, www: Path, tmp_path: Path) -> None:
    with ssh_server(tmp_path / "s", f"SetEnv PATH={tools(tmp_path / 'bin', 'rsync')}") as server:
        outcome = deployed(goes_to(shared, server.settings(www, transfer="rsync")), "there")
        assert "rsync is not on both machines" in outcome.text
        assert 'transfer = "sftp"' in outcome.text
        fine(goes_to(shared, server.settings(www)))
    assert texts_of(seen(www)) == built_files(shared)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("ForceCommand internal-sftp", ["no shell for this user", "only use sftp"]),
        ("ForceCommand echo This account is not available.; exit 1", ["no shell", "account is not available"]),
        ("ForceCommand printf half; sleep 30", ["no shell for this user (half)"]),
        ("MaxSessions 1", ["one session", "MaxSessions"]),
        ('ForceCommand echo Welcome; eval "$SSH_ORIGINAL_COMMAND"', ["prints something", ".bashrc"]),
    ],
)
def test_a_server_that_lets_a_user_do_too_little_is_told_so(
    shared: Path, www: Path, tmp_path: Path, option: str, words: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh_connection, "ANSWER", 2)
    monkeypatch.setattr(ssh_connection, "END", 2)
    with ssh_server(tmp_path / "s", option) as server:
        start = time.monotonic()
        outcome = deployed(goes_to(shared, server.settings(www)), "there")
        assert outcome.codes == ["host-refuses"]
        for word in words:
            assert word in outcome.text
        assert time.monotonic() - start < 20
        assert not (www / "current").exists()


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="needs a file system of its own")
def test_a_servers_full_disk_is_told_and_harms_no_reader(
    shared: Path, transfer: str, www: Path, tmp_path: Path
) -> None:
    www.mkdir()
    mounted = ("unshare", "-m", "sh", "-c", f'mount -t tmpfs -o size=32m tmpfs {www} && exec "$@"', "sh")
    with ssh_server(tmp_path / "s", before=mounted) as server:
        there = Path(f"/proc/{server.process}/root{www}")
        root = goes_to(shared, server.settings(www, transfer=transfer, grace="0s"))
        fine(root)
        filler, before, told = there / "filler", seen(there), 0
        change(root, "vi/a.md", f"Too much for it by {transfer}")
        for room in (0, 8, 24, 48, 96, 192):
            # A file takes whole pages.
            space = os.statvfs(there)
            filler.write_bytes(bytes(space.f_bavail * space.f_frsize - room * 1024))
            outcome = deployed(root, "there")
            filler.unlink()
            if outcome.is_fine:
                break
            told += 1
            assert outcome.codes == ["host-refuses"]
            assert "the server's disk is full" in outcome.text
            assert "make room there" in outcome.text
            assert seen(there) == before
        assert told > 1
        fine(root)
        assert texts_of(seen(there)) == built_files(root)


# ---- two at once


def connection(server: SshServer, www: Path) -> SshConnection:
    """Another deploy's connection."""
    settings = SshDeploy(
        kind="ssh",
        host="127.0.0.1",
        path=str(www),
        port=server.port,
        identity=str(server.identity),
        known_hosts=str(server.known_hosts),
    )
    return SshConnection(settings, Path(), RELEASES, LOCK)


def test_of_two_deploys_at_once_one_is_told_who_the_other_is(server: SshServer, shared: Path, www: Path) -> None:
    root = goes_to(shared, server.settings(www))
    with connection(server, www).opened('Lan\'s "machine" in the newsroom'):
        outcome = deployed(root, "there")
        assert outcome.codes == ["deploy-under-way"]
        assert 'Lan\'s "machine" in the newsroom' in outcome.text
        assert "--wait" in outcome.text
    fine(root)


def test_a_deploy_waits_for_another_one_if_it_is_told_to(server: SshServer, shared: Path, www: Path) -> None:
    held, ended = threading.Event(), []

    def hold() -> None:
        with connection(server, www).opened("Lan"):
            held.set()
            time.sleep(1.5)
            ended.append(time.monotonic())

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(30)
    fine(goes_to(shared, server.settings(www)), "--wait", "60")
    assert ended
    other.join()


@pytest.mark.parametrize(
    ("script", "given", "length"), [(b"touch do", b"", 0), (b"touch done", b"half", 8), (b"touch done", b"", 8)]
)
def test_half_a_command_does_nothing(server: SshServer, www: Path, script: bytes, given: bytes, length: int) -> None:
    there = connection(server, www)
    with there.opened("Lan"):
        head = f"{len(b'touch done')} {length}".ljust(ssh_connection.HEAD - 1).encode()
        there._send(b"!" + head + b"\n" + script + given)
    assert _seconds_until_free(server, www) < 10
    assert not list(www.glob("do*"))


def test_what_a_deploy_that_was_killed_goes_on_sending_is_in_no_release(
    server: SshServer, transfer: str, shared: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = goes_to(shared, server.settings(www, transfer=transfer, grace="0s"))
    carried, sent = ssh_host._carried, list[Path]()

    def killed(command: Sequence[str], given: bytes) -> None:
        carried(command, given)
        sent.extend((www / "releases").glob(".arriving-*"))
        raise HostError("killed")

    def while_it_still_sends(command: Sequence[str], given: bytes) -> None:
        carried(command, given)
        write(sent[0], "late/index.html", "late")

    monkeypatch.setattr(ssh_host, "_carried", killed)
    assert deployed(root, "there").codes == ["host-refuses"]
    monkeypatch.setattr(ssh_host, "_carried", while_it_still_sends)
    fine(root)
    assert texts_of(seen(www)) == built_files(root)
    monkeypatch.setattr(ssh_host, "_carried", carried)
    change(root, "vi/a.md", f"After what was late by {transfer}")
    fine(root)
    assert not any(it.startswith(".arriving") for it in beside(www))


CHILD = """
import os, subprocess, sys
from pathlib import Path
from toasoan.deploy.hosts import ssh_host
from tests.deploys import deployed

def carried(command, given):
    sending = subprocess.Popen(command, stdin=subprocess.PIPE)
    sending.stdin.write(given[: len(given) // 2 if sys.argv[2] == "half" else None])
    sending.stdin.flush()
    os.kill(os.getpid(), 9)

ssh_host._carried = carried
deployed(Path(sys.argv[1]), "there")
"""


@pytest.mark.parametrize("part", ["half", "all"])
def test_after_a_deploy_was_killed_the_next_one_is_let_in_and_whole(
    server: SshServer, transfer: str, shared: Path, www: Path, part: str
) -> None:
    root = goes_to(shared, server.settings(www, transfer=transfer, grace="0s"))
    fine(root)
    before = seen(www)
    change(root, "vi/a.md", f"Killed during {part} of {transfer}")
    environment = {**os.environ, "PYTHONPATH": f"{REPOSITORY / 'src'}:{REPOSITORY}"}
    run = [sys.executable, "-c", CHILD, str(root), part]
    assert subprocess.run(run, check=False, env=environment, cwd=REPOSITORY, timeout=60).returncode == -9
    start = time.monotonic()
    assert seen(www) == before
    change(root, "vi/a.md", f"After that of {transfer}")
    fine(root, "--wait", "20")
    assert time.monotonic() - start < 15
    assert texts_of(seen(www)) == built_files(root)
    assert not any(name.startswith((".next", ".arriving")) for name in beside(www))


# ---- cuts


def _cut(server: SshServer, transfer: str, folder: Path, times: int) -> int:
    """Cut a deploy so often, after pieces of traffic from all over it; gives how often it failed."""
    www, kept = folder / "www", folder / "kept"
    with cutting_proxy(server.port) as proxy:
        options: dict[str, object] = {"transfer": transfer, "grace": "0s", "most_deletions": 100, "keep": 2}
        cut = server.through(proxy.port).settings(www, **options)
        uncut = server.settings(www, **options)
        root = portal_with(folder / "portal", uncut)
        for title in ("Two", "Three"):
            fine(root)
            change(root, "vi/a.md", title)
        fine(root)  # from now on there is a spare folder
        change(root, "vi/a.md", "Four")
        write(root, "site/content/vi/new.md", text_of("New"))
        removed(root, "en/b.md")
        new, old = built_files(root), texts_of(seen(www))
        subprocess.run(["cp", "-a", str(www), str(kept)], check=True)

        def restored() -> None:
            subprocess.run(["rm", "-rf", str(www)], check=True)
            subprocess.run(["cp", "-a", str(kept), str(www)], check=True)

        proxy.cut_after(None)
        fine(goes_to(root, cut))
        faults, total = 0, proxy.passed
        # The last pieces are where the switch is.
        points = {*range(6, total, max(total // times, 1)), *range(total - 12, total, 4)}
        for pieces in sorted(points):
            restored()
            proxy.cut_after(pieces)
            outcome = deployed(goes_to(root, cut), "there")
            where = f"after {pieces} of {total} pieces"
            assert texts_of(seen(www)) in (old, new), where
            faults += not outcome.is_fine
            assert set(outcome.codes) <= {"host-refuses"}, outcome.text
            assert _seconds_until_free(server, www) < 10, f"the lock was not let go of {where}"
            fine(goes_to(root, uncut))
            assert texts_of(seen(www)) == new, where
            assert not any(it.startswith((".next", ".journal", ".arriving")) for it in beside(www)), where
        assert fine(root).values["put"] == 0
        return faults


def _seconds_until_free(server: SshServer, www: Path) -> float:
    """How long a lock is held yet."""
    start = time.monotonic()
    while True:
        try:
            with connection(server, www).opened("somebody who waits"):
                return time.monotonic() - start
        except HostBusyError:
            time.sleep(0.1)


def test_a_connection_that_is_cut_leaves_readers_with_a_whole_release_and_the_next_deploy_goes_on(
    server: SshServer, tmp_path: Path
) -> None:
    assert _cut(server, "rsync", tmp_path, 3) > 3


@pytest.mark.long
def test_it_does_so_wherever_it_is_cut(server: SshServer, transfer: str, tmp_path: Path) -> None:
    assert _cut(server, transfer, tmp_path, 150) > 30
