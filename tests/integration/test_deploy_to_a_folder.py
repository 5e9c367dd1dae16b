"""Deploys to a folder of this machine: whole releases, kept files, the way back, and faults of the disk."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import brotli
import pytest

from tests.builders import REPOSITORY, SETTINGS, built, text_of, write
from tests.deploys import change, deployed, portal_with, removed, texts_of, whole_tree
from toasoan.build import build
from toasoan.deploy.hosts.folder_host import FolderHost
from toasoan.deploy_command import ImpossibleDeployError
from toasoan.files import acting_through

FOLDER = 'kind = "folder"\npath = "www"\n'
QUICK = f'{FOLDER}grace = "0s"\nmost_deletions = 100\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return portal_with(tmp_path / "portal", FOLDER)


def seen(root: Path) -> dict[str, bytes]:
    """What readers get."""
    return whole_tree(root / "www/current")


def public(root: Path) -> dict[str, bytes]:
    """What was built for readers."""
    return {path: data for path, data in whole_tree(root / "public").items() if not path.startswith(".toasoan")}


def test_readers_get_what_was_built_and_its_compressed_forms(root: Path) -> None:
    assert deployed(root, "there").is_fine
    files = seen(root)
    wanted = public(root)
    assert texts_of(files) == wanted
    page = wanted["vi/a/index.html"]
    assert gzip.decompress(files["vi/a/index.html.gz"]) == page
    assert brotli.decompress(files["vi/a/index.html.br"]) == page
    assert not any(path.endswith((".jpg.gz", ".woff2.br")) for path in files)


def test_addresses_are_recorded_once_they_are_online(root: Path) -> None:
    deployed(root, "there", "--dry-run")
    assert not (root / "site/urls.jsonl").exists()
    deployed(root, "there")
    assert '"/vi/a/"' in (root / "site/urls.jsonl").read_text()


def test_addresses_are_recorded_also_if_that_was_cut_short(root: Path) -> None:
    deployed(root, "there")
    (root / "site/urls.jsonl").unlink()
    deployed(root, "there")
    assert '"/vi/a/"' in (root / "site/urls.jsonl").read_text()


def test_only_what_changed_is_put_and_the_rest_shares_its_room(root: Path) -> None:
    first = deployed(root, "there").values
    change(root, "vi/a.md", "Another")
    second = deployed(root, "there").values
    assert 0 < second["put"] < first["put"] / 2
    assert second["base"] == first["release"]
    folders = [root / "www/releases" / it for it in (first["release"], second["release"])]
    style = next(path for path in seen(root) if path.startswith("assets/css/") and path.endswith(".css"))
    assert (folders[0] / style).samefile(folders[1] / style)
    assert "Another" in (folders[1] / "vi/a/index.html").read_text()
    assert "Another" not in (folders[0] / "vi/a/index.html").read_text()


def test_nothing_is_done_where_nothing_changed(root: Path) -> None:
    first = deployed(root, "there").values["release"]
    again = deployed(root, "there").values
    assert (again["release"], again["put"]) == (first, 0)
    assert len(list((root / "www/releases").glob("2*Z-????"))) == 1


def test_a_plan_touches_nothing(root: Path) -> None:
    outcome = deployed(root, "there", "--dry-run")
    assert outcome.values["put"] > 0
    assert not (root / "www/current").exists()
    assert not list((root / "www/releases").glob("*.gz"))


def test_what_left_the_portal_stays_for_a_while_and_then_goes(tmp_path: Path) -> None:
    root = portal_with(tmp_path / "portal", f'{FOLDER}grace = "2s"\nmost_deletions = 100\n')
    deployed(root, "there")
    removed(root, "en/b.md")
    outcome = deployed(root, "there")
    assert "en/b/index.html" in outcome.values["leaving"]
    assert "en/b/index.html" in seen(root)
    time.sleep(4)
    outcome = deployed(root, "there")
    assert "en/b/index.html" in outcome.values["removed"]
    assert not (root / "www/current/en/b").exists()


def test_a_withdrawn_article_goes_at_once(root: Path) -> None:
    deployed(root, "there")
    write(root, "site/content/en/b.md", text_of("B", status="withdrawn"))
    built(root)
    deployed(root, "there", "--yes")
    assert "en/b/index.html" not in seen(root)


def test_whoever_wants_it_has_everything_go_at_once(root: Path) -> None:
    deployed(root, "there")
    removed(root, "en/b.md")
    deployed(root, "there", "--yes", "--at-once")
    assert "en/b/index.html" not in seen(root)


def test_a_file_makes_room_for_a_folder_of_its_name(tmp_path: Path) -> None:
    root = portal_with(tmp_path / "portal", f"{FOLDER}most_deletions = 100\n")
    deployed(root, "there")
    host = FolderHost(root / "www")
    (release,) = host.standing().releases
    # As if an earlier portal had had a file where the folder of an article is to be.
    listed = host.read_release(release)
    style = next(iter(listed.files.values()))
    (root / "www/releases" / release / "vi/c").write_text("old")
    files = {**listed.files, "vi/c": style}
    (root / f"www/releases/{release}.files.gz").write_bytes(type(listed)(release, files).as_bytes)
    shutil.rmtree(root / ".toasoan/deploy")
    write(root, "site/content/vi/c.md", text_of("C"))
    built(root)
    assert deployed(root, "there").is_fine
    assert "vi/c/index.html" in seen(root)


def test_one_can_go_back_and_further_back(root: Path) -> None:
    trees = []
    for title in ("One", "Two", "Three"):
        change(root, "vi/a.md", title)
        deployed(root, "there")
        trees.append(texts_of(seen(root)))
    assert deployed(root, "there", "--rollback").is_fine
    now = texts_of(seen(root))
    assert trees[1].items() <= now.items()
    assert set(trees[2]) <= set(now), "readers of the page before need its files still"
    assert deployed(root, "there", "--rollback").is_fine
    assert trees[0].items() <= texts_of(seen(root)).items()
    outcome = deployed(root, "there", "--rollback")
    assert outcome.codes == ["no-such-release"]


def test_one_can_go_back_to_a_release_by_its_name(root: Path) -> None:
    first = deployed(root, "there").values["release"]
    change(root, "vi/a.md", "Two")
    deployed(root, "there")
    change(root, "vi/a.md", "Three")
    deployed(root, "there")
    assert deployed(root, "there", "--rollback", first[:19]).is_fine
    assert "<title>A" in (root / "www/current/vi/a/index.html").read_text()
    assert deployed(root, "there", "--rollback", "2019").codes == ["no-such-release"]


def test_the_releases_that_are_kept_are_listed(root: Path) -> None:
    ids = [deployed(root, "there").values["release"]]
    for title in ("Two", "Three", "Four"):
        change(root, "vi/a.md", title)
        ids.append(deployed(root, "there", "--keep", "2").values["release"])
    listed = deployed(root, "there", "--list").values["releases"]
    assert [it["release"] for it in listed] == ids[:1:-1]
    assert [it["current"] for it in listed] == [True, False]


def test_a_release_is_right_that_was_made_of_an_old_ones_folder(tmp_path: Path) -> None:
    root = portal_with(tmp_path / "portal", f"{QUICK}keep = 1\n")
    for number in range(6):
        change(root, "vi/a.md", f"Number {number}")
        if number == 3:
            removed(root, "en/b.md")
        assert deployed(root, "there").is_fine
        assert texts_of(seen(root)) == public(root)
        if number > 1:
            assert list((root / "www/releases").glob(".spare-*"))


def test_a_spare_folder_of_which_nobody_knows_what_it_has_is_not_used(tmp_path: Path) -> None:
    root = portal_with(tmp_path / "portal", f"{QUICK}keep = 1\n")
    for title in ("One", "Two"):
        change(root, "vi/a.md", title)
        assert deployed(root, "there").is_fine
    (spare,) = (root / "www/releases").glob(".spare-*")
    write(root, f"www/releases/{spare.name.removeprefix('.spare-')}.files.gz", b"half of it")
    shutil.rmtree(root / ".toasoan/deploy")
    change(root, "vi/a.md", "Three")
    assert deployed(root, "there").is_fine
    wanted = {path: data for path, data in whole_tree(root / "public").items() if not path.startswith(".toasoan")}
    assert texts_of(seen(root)) == wanted


def test_a_deploy_that_takes_much_away_asks(root: Path) -> None:
    deployed(root, "there")
    for path in ("vi/a.md", "en/b.md"):
        removed(root, path)
    before = seen(root)
    outcome = deployed(root, "there")
    assert outcome.codes == ["many-deletions"]
    assert seen(root) == before
    assert deployed(root, "there", "--yes").is_fine


@pytest.mark.parametrize("damage", ["missing", "shorter", "empty"])
def test_an_output_folder_that_is_not_whole_is_refused(root: Path, damage: str) -> None:
    page = root / "public/vi/a/index.html"
    if damage == "missing":
        page.unlink()
    elif damage == "shorter":
        page.write_bytes(page.read_bytes()[:-10])
    else:
        shutil.rmtree(root / "public")
        (root / "public").mkdir()
    outcome = deployed(root, "there")
    assert outcome.codes == ["not-as-built"]
    assert not (root / "www/current").exists()


@pytest.mark.parametrize("compress", ["true", "false"])
def test_a_file_that_was_changed_without_a_trace_is_noticed(tmp_path: Path, compress: str) -> None:
    root = portal_with(tmp_path / "portal", f"{FOLDER}compress = {compress}\n")
    page = root / "public/vi/a/index.html"
    page.write_bytes(page.read_bytes().replace(b"<title>A", b"<title>E"))
    outcome = deployed(root, "there")
    assert outcome.codes == ["not-as-built"]
    assert not (root / "www/current").exists()


def test_after_a_build_that_failed_nothing_is_deployed_until_it_is_mended(root: Path) -> None:
    deployed(root, "there")
    before = seen(root)
    write(root, "site/content/vi/broken.md", "no front matter")
    assert build(root, root / "public").published is None
    assert deployed(root, "there").codes == ["not-as-built"]
    assert seen(root) == before
    (root / "site/content/vi/broken.md").unlink()
    built(root)
    assert deployed(root, "there").is_fine


@pytest.mark.parametrize("step", [17, pytest.param(1, marks=pytest.mark.long)])
def test_a_fault_at_any_act_leaves_readers_with_a_whole_release_and_the_next_deploy_goes_on(
    tmp_path: Path, step: int
) -> None:
    root = portal_with(tmp_path / "portal", f"{QUICK}keep = 2\n")
    for title in ("One", "Two", "Three"):  # from the third on there is a folder that nobody wants any more
        change(root, "vi/a.md", title)
        deployed(root, "there")
    write(root, "site/content/vi/a.md", text_of("Four"))
    write(root, "site/content/vi/new.md", text_of("New"))
    removed(root, "en/b.md")
    kept = tmp_path / "kept"
    subprocess.run(["cp", "-a", root / "www", kept], check=True)
    old, acts, faults, limit = seen(root), 0, 0, 0

    def watch(act: str, path: Path) -> None:
        nonlocal acts
        if "/www/" in f"{path}/" and act != "remove-folder":  # a folder that stays is no fault
            acts += 1
            if acts == limit:
                raise OSError(errno.ENOSPC, "No space left on device", str(path))

    while True:
        limit, acts = limit + (1 if limit < 12 else step), 0
        with acting_through(watch):
            outcome = deployed(root, "there")
        if acts < limit:
            assert outcome.is_fine
            break
        faults += 1
        assert outcome.codes == ["host-refuses"]
        assert "No space left" in outcome.text
        assert seen(root) == old or texts_of(seen(root)) == public(root)
        assert deployed(root, "there").is_fine
        assert texts_of(seen(root)) == public(root)
        shutil.rmtree(root / "www")
        subprocess.run(["cp", "-a", kept, root / "www"], check=True)
    assert faults > 20


def test_a_deploy_that_is_cut_short_twice_forgets_nothing_that_was_touched(tmp_path: Path) -> None:
    root = portal_with(tmp_path / "portal", QUICK)
    deployed(root, "there")

    def cut_at(act: str, ending: str) -> None:
        def watch(acts: str, path: Path) -> None:
            if acts == act and path.name.endswith(ending) and "/www/" in f"{path}/":
                raise OSError(errno.EIO, "Input/output error", str(path))

        with acting_through(watch):
            assert deployed(root, "there").codes == ["host-refuses"]

    change(root, "vi/a.md", "Worse")
    cut_at("write", ".files.gz")  # all is put, and noted as done
    change(root, "en/b.md", "B too")
    cut_at("append", ".journal")  # what was done before is not touched again
    change(root, "vi/a.md", "A")
    assert deployed(root, "there").is_fine
    assert texts_of(seen(root)) == public(root)


def test_a_release_that_no_reader_saw_is_none_to_go_back_to(root: Path) -> None:
    first = deployed(root, "there").values["release"]
    change(root, "vi/a.md", "Unseen")

    def watch(act: str, path: Path) -> None:
        if (act, path.name) == ("replace", "current"):
            raise OSError(errno.EIO, "Input/output error", str(path))

    with acting_through(watch):
        assert deployed(root, "there").codes == ["host-refuses"]
    assert [it["release"] for it in deployed(root, "there", "--list").values["releases"]] == [first]
    change(root, "vi/a.md", "Seen")
    second = deployed(root, "there").values["release"]
    assert [it["release"] for it in deployed(root, "there", "--list").values["releases"]] == [second, first]
    assert public(root).items() <= texts_of(seen(root)).items()


CHILD = """
import os, sys
from pathlib import Path
from toasoan.files import acting_through
from tests.deploys import deployed
left = int(sys.argv[2])
def watch(act, path):
    global left
    if "/www/" in f"{path}/":
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
with acting_through(watch):
    outcome = deployed(Path(sys.argv[1]), "there")
sys.exit(0 if outcome.is_fine else 1)
"""


def test_a_deploy_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    root = portal_with(tmp_path / "portal", QUICK)
    deployed(root, "there")
    for act in (2, 5, 15, 40, 80):
        change(root, "vi/a.md", f"Killed at {act}")
        before = seen(root)
        done = subprocess.run([sys.executable, "-c", CHILD, str(root), str(act)], check=False, cwd=REPOSITORY)
        assert done.returncode in (-9, 0)
        if done.returncode == 0:
            break
        after = seen(root)
        assert after == before or "Killed" in after["vi/a/index.html"].decode()
        assert deployed(root, "there").is_fine
        assert texts_of(seen(root)) == public(root)


def test_of_two_deploys_at_once_one_is_told_who_the_other_is(root: Path) -> None:
    with FolderHost(root / "www").locked("Lan on the newsroom's machine"):
        outcome = deployed(root, "there")
        assert outcome.codes == ["deploy-under-way"]
        assert "Lan on the newsroom's machine" in outcome.text
    assert deployed(root, "there").is_fine


def test_a_deploy_waits_for_another_one_if_it_is_told_to(root: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from toasoan.deploy.hosts.folder_host import FolderHost\n"
        "with FolderHost(Path(sys.argv[1])).locked('other'):\n    print('held', flush=True); time.sleep(2)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(root / "www")], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert deployed(root, "there", "--wait", "30").is_fine


def test_a_command_runs_once_readers_see_the_release(tmp_path: Path) -> None:
    after = 'after = ["sh", "-c", "cat www/current/release.txt > told"]'
    root = portal_with(tmp_path / "portal", f"{FOLDER}{after}\n")
    release = deployed(root, "there").values["release"]
    assert (root / "told").read_text() == f"{release}\n"


def test_a_command_that_fails_takes_the_host_back(tmp_path: Path) -> None:
    root = portal_with(tmp_path / "portal", FOLDER)
    first = deployed(root, "there").values["release"]
    old = texts_of(seen(root))
    settings = (root / "site/site.toml").read_text()
    command = f'after = ["sh", "-c", "grep -q Worse {root}/www/current/vi/a/index.html && exit 3; exit 0"]'
    write(root, "site/site.toml", f"{settings}{command}\n")
    change(root, "vi/a.md", "Worse")
    outcome = deployed(root, "there")
    assert outcome.codes == ["live-check"]
    assert outcome.values["went_back_to"] == first
    assert old.items() <= texts_of(seen(root)).items()


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="needs a file system of its own")
def test_a_disk_that_is_full_is_told_and_harms_nobody(root: Path) -> None:
    deployed(root, "there")
    before = seen(root)
    change(root, "vi/a.md", "Two")
    shutil.copytree(root / "www", root / "kept", symlinks=True)
    program = (
        "import sys; from pathlib import Path; from tests.deploys import deployed\n"
        "o = deployed(Path(sys.argv[1]), 'there'); print(o.codes, o.text); sys.exit(0 if o.is_fine else 1)"
    )
    script = (
        f"mount -t tmpfs tmpfs {root}/www && cp -a {root}/kept/. {root}/www/ || exit 9\n"
        f"used=$(df -k --output=used {root}/www | tail -1)\n"
        f"mount -o remount,size=$((used + $1))k {root}/www || exit 9\n"
        f'{sys.executable} -c "$2" {root}; status=$?\n'
        f"rm -rf {root}/result; cp -a {root}/www {root}/result; exit $status"
    )
    told = 0
    for room in (20, 60, 100, 140, 100_000):
        run = ["unshare", "-m", "sh", "-c", script, "sh", str(room), program]
        done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=REPOSITORY)
        assert done.returncode in (0, 1), done.stderr
        result = whole_tree(root / "result/current")
        if done.returncode == 1:
            told += 1
            assert "host-refuses" in done.stdout
            assert "No space left on device" in done.stdout
            assert result == before
        else:
            assert b"Two" in result["vi/a/index.html"]
    assert told > 1
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ('kind = "ftp"\npath = "x"', "must be one of folder, ssh, s3, git"),
        ('path = "x"', "'deploy.there.kind' is missing"),
        (f'{FOLDER}grace = "soon"', "is no time"),
        ('kind = "folder"\npath = "site/www"', "can't be put into"),
        (f"{FOLDER}keep = 0", "at least 1"),
        (f'{FOLDER}url = "portal.example"', "no address of a site"),
        ('kind = "git"\nremote = "https://me:hush@host.example/x.git"', "a password in it"),
        ('kind = "git"\nremote = "ext::sh -c x"', "Git would run a command"),
        ('kind = "ssh"\nhost = "-oProxyCommand=x"\npath = "/x"', "take it for an option"),
        ('kind = "ssh"\nhost = "h"\npath = "/x"\nidentity = "site/key"', "must not lie in site/"),
        ('kind = "s3"\nbucket = "b"\nprefix = "/x/"', "without slashes"),
    ],
)
def test_settings_that_no_host_would_understand_are_told_with_their_line(
    tmp_path: Path, table: str, word: str
) -> None:
    root = tmp_path / "portal"
    write(root, "site/site.toml", f"{SETTINGS}\n[deploy.there]\n{table}\n")
    outcome = deployed(root, "there")
    assert word in outcome.text
    assert "site/site.toml:" in outcome.text
    assert "hush" not in outcome.text


def test_a_place_that_the_settings_do_not_have_is_asked_about(root: Path, tmp_path: Path) -> None:
    with pytest.raises(ImpossibleDeployError) as refused:
        deployed(root, "their")
    assert refused.value.hint == "did you mean 'there'?"
    assert deployed(root, "--dry-run").is_fine, "the only one need not be named"
    bare = tmp_path / "bare"
    write(bare, "site/site.toml", SETTINGS)
    with pytest.raises(ImpossibleDeployError, match="names no place"):
        deployed(bare, "there")
