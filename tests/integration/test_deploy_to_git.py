"""Deploys to a branch of a repository: on disk, and behind a real web server of Git that wants a token."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.builders import SETTINGS, write
from tests.deploys import Outcome, change, deployed, portal_with, removed, whole_tree
from tests.git_server import files_of, git, git_server, hook, new_repository, pushes
from toasoan.deploy.host import ListOf, Work
from toasoan.deploy.hosts import git_host
from toasoan.deploy.hosts.git_host import GitHost
from toasoan.deploy_settings import GitDeploy

BESIDE = {".gitlab-ci.yml", ".toasoan-release.gz"}
"""Files that are none of the portal's."""

TOKEN = "token-nobody-may-see-7f3a"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built portal, of whose texts no test takes any away."""
    return portal_with(tmp_path_factory.mktemp("shared") / "portal", 'kind = "folder"\npath = "x"')


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "repositories/portal.git")


@pytest.fixture
def web(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The repository at an address, and the token in the environment."""
    monkeypatch.setenv("PORTAL_TOKEN", TOKEN)
    with git_server(repository.parent, TOKEN) as address:
        yield f"{address}/{repository.name}"


def goes_to(root: Path, remote: object, settings: str = "") -> Path:
    """Have a portal go to a repository, as if for the first time."""
    shutil.rmtree(root / ".toasoan/deploy", ignore_errors=True)
    return with_settings(root, remote, settings)


def with_settings(root: Path, remote: object, settings: str = "") -> Path:
    table = f'[deploy.there]\nkind = "git"\nrecord = false\nremote = "{remote}"\n{settings}\n'
    write(root, "site/site.toml", f"{SETTINGS}\n{table}")
    return root


def fine(root: Path, *words: str) -> Outcome:
    """A deploy that must not fail."""
    outcome = deployed(root, "there", *words)
    assert outcome.is_fine, outcome.text
    return outcome


def portal_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of the portal in a branch, without what only the host needs."""
    return {
        path: data for path, data in files.items() if path not in (".toasoan-release.gz", ".nojekyll", "release.txt")
    }


def built_files(root: Path) -> dict[str, bytes]:
    """What the last build made."""
    return {path: data for path, data in whole_tree(root / "public").items() if not path.startswith(".toasoan")}


def tip(repository: Path) -> str:
    return git(repository, "rev-parse", "pages")


# ---- what goes well


def test_a_portal_is_a_commit_and_then_what_changed(shared: Path, repository: Path) -> None:
    root = goes_to(shared, repository)
    first = fine(root)
    files = files_of(repository)
    assert portal_of(files) == built_files(root)
    assert files[".nojekyll"] == b""
    assert files["release.txt"].decode().strip() == first.values["release"]
    change(root, "vi/a.md", "Another")
    second = fine(root)
    assert 0 < second.values["put"] < first.values["put"] / 2
    assert built_files(root).items() <= portal_of(files_of(repository)).items()
    assert pushes(repository) == 2
    assert (fine(root).values["put"], pushes(repository)) == (0, 2)


def test_what_left_the_portal_stays_for_a_while_and_goes_with_the_push_of_the_next_release(
    repository: Path, tmp_path: Path
) -> None:
    root = portal_with(tmp_path / "portal", 'kind = "folder"\npath = "x"')
    goes_to(root, repository, "most_deletions = 100\nkeep = 3")
    fine(root)
    removed(root, "en/b.md")
    assert "en/b/index.html" in fine(root).values["leaving"]
    assert "en/b/index.html" in files_of(repository)
    assert "en/b/index.html" in fine(root, "--at-once").values["removed"]
    assert portal_of(files_of(repository)) == built_files(root)
    assert pushes(repository) == 3


def test_the_branch_is_cut_down_to_the_releases_that_are_kept(
    shared: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_host, "MOST_COMMITS", 4)
    root = goes_to(shared, repository, "keep = 3")
    ids, counts = [], []
    for number in range(7):
        change(root, "vi/a.md", f"Number {number}")
        ids.append(fine(root).values["release"])
        counts.append(int(git(repository, "rev-list", "--count", "pages")))
    assert counts == [1, 2, 3, 4, 3, 4, 3]
    assert pushes(repository) == 7, "one for each deploy"
    assert [it["release"] for it in fine(root, "--list").values["releases"]] == ids[:3:-1]
    change(root, "vi/a.md", "Number 7")
    fine(root)
    assert fine(root, "--rollback").values["went_back_to"] == ids[6]


def test_a_push_sends_what_changed_and_no_more(shared: Path, repository: Path) -> None:
    git(repository, "config", "receive.unpackLimit", "100000")
    root = goes_to(shared, repository, "keep = 1")
    for number in range(3):
        change(root, "vi/a.md", f"Number {number}")
        fine(root)
    before = len(list((repository / "objects").glob("??/*")))
    change(root, "vi/a.md", "Another")
    fine(root)
    sent = len(list((repository / "objects").glob("??/*"))) - before
    assert 0 < sent < before / 4


def test_one_can_go_back(shared: Path, repository: Path) -> None:
    root = goes_to(shared, repository)
    trees, ids = [], []
    for title in ("One", "Two", "Three"):
        change(root, "vi/a.md", title)
        ids.append(fine(root).values["release"])
        trees.append(portal_of(files_of(repository)))
    assert fine(root, "--rollback").values["went_back_to"] == ids[1]
    assert trees[1].items() <= portal_of(files_of(repository)).items()
    fine(root, "--rollback", ids[0][:19])
    assert trees[0].items() <= portal_of(files_of(repository)).items()
    fine(root)
    assert built_files(root).items() <= portal_of(files_of(repository)).items()


def test_another_machine_goes_on_where_this_one_ended(shared: Path, repository: Path, tmp_path: Path) -> None:
    first = fine(goes_to(shared, repository)).values
    other = portal_with(tmp_path / "other", 'kind = "folder"\npath = "x"')
    change(other, "vi/a.md", "From there")
    second = fine(goes_to(other, repository)).values
    assert second["base"] == first["release"]
    assert second["put"] < first["put"] / 2
    change(shared, "vi/a.md", "From here")
    assert fine(shared).values["base"] == second["release"]


def test_the_portal_may_lie_in_a_folder_of_the_branch(shared: Path, repository: Path) -> None:
    root = goes_to(shared, repository, 'folder = "public"')
    fine(root)
    files = files_of(repository)
    served = {path.removeprefix("public/"): data for path, data in files.items() if path not in BESIDE}
    assert portal_of(served) == built_files(root)
    assert {path for path in files if not path.startswith("public/")} == BESIDE
    assert "public/.nojekyll" in files
    job = yaml.safe_load(files[".gitlab-ci.yml"])["pages"]
    assert job["artifacts"] == {"paths": ["public"]}
    assert job["script"]


@pytest.mark.parametrize(("before", "after"), [("", "public"), ("public", ""), ("public", "www/portal")])
def test_the_portal_moves_with_its_folder(shared: Path, repository: Path, before: str, after: str) -> None:
    root = goes_to(shared, repository, f'folder = "{before}"\ngrace = "0s"')
    release = fine(root).values["release"]
    fine(with_settings(root, repository, f'folder = "{after}"\ngrace = "0s"'))
    folder = f"{after}/" if after else ""
    files = files_of(repository)
    assert (".gitlab-ci.yml" in files) == (after == "public")
    assert {path.removeprefix(folder) for path in files if path not in BESIDE} == {
        *built_files(root),
        ".nojekyll",
        "release.txt",
    }
    assert all(path.startswith(folder) for path in files if path not in BESIDE)
    fine(root, "--rollback", release[:16])
    assert all(path.startswith(folder) for path in files_of(repository) if path not in BESIDE)


def test_the_hosts_own_name_comes_and_goes_even_if_no_page_changed(shared: Path, repository: Path) -> None:
    root = goes_to(shared, repository)
    fine(root)
    assert "CNAME" not in files_of(repository)
    fine(with_settings(root, repository, 'cname = "portal.example"'))
    assert files_of(repository)["CNAME"] == b"portal.example\n"
    assert pushes(repository) == 2
    fine(root)
    assert pushes(repository) == 2
    fine(with_settings(root, repository))
    assert "CNAME" not in files_of(repository)


def test_a_repository_may_be_named_from_the_portals_root(shared: Path) -> None:
    repository = new_repository(shared / "beside.git")
    fine(goes_to(shared, "beside.git"))
    assert pushes(repository) == 1


def test_what_a_hook_of_another_repository_left_in_the_environment_does_not_matter(
    shared: Path, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH", "GIT_INDEX_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    fine(goes_to(shared, repository))
    assert pushes(repository) == 1


# ---- what is refused


def test_a_branch_with_commits_of_somebody_else_is_left_alone(shared: Path, repository: Path) -> None:
    tree = git(repository, "mktree")
    foreign = git(repository, "commit-tree", tree, "-m", "ours")
    git(repository, "update-ref", "refs/heads/pages", foreign)
    outcome = deployed(goes_to(shared, repository), "there")
    assert outcome.codes == ["host-refuses"]
    assert "commits that no deploy made" in outcome.text
    assert tip(repository) == foreign
    git(repository, "update-ref", "-d", "refs/heads/pages")
    fine(shared)
    git(repository, "update-ref", "refs/heads/pages", git(repository, "commit-tree", tree, "-p", "pages", "-m", "x"))
    assert deployed(shared, "there").codes == ["host-refuses"]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_somebody_else_pushed_meanwhile_is_not_overwritten(
    shared: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, is_first: bool
) -> None:
    root = goes_to(shared, repository)
    if not is_first:
        fine(root)
        change(root, "vi/a.md", "Mine")
    begin, others = GitHost.begin, []

    def and_somebody_pushes(host: GitHost, work: Work, list_of: ListOf) -> None:
        begin(host, work, list_of)
        commit = git(repository, "commit-tree", git(repository, "mktree"), "-m", "theirs")
        git(repository, "update-ref", "refs/heads/pages", commit)
        others.append(commit)

    monkeypatch.setattr(GitHost, "begin", and_somebody_pushes)
    outcome = deployed(root, "there")
    assert outcome.codes == ["host-refuses"]
    assert "somebody else deployed in the meantime" in outcome.text
    assert "their release stays" in outcome.text
    assert tip(repository) == others[0]


def test_of_two_deploys_of_one_machine_one_is_told_who_the_other_is(shared: Path, repository: Path) -> None:
    root = goes_to(shared, repository)
    fine(root)
    host = GitHost(GitDeploy(kind="git", remote=str(repository)), root, root / ".toasoan/deploy/there/repository")
    with host.locked("Lan in the newsroom"):
        outcome = deployed(root, "there")
    assert not (root / ".toasoan/deploy/there/repository/toasoan-index").exists()
    assert outcome.codes == ["deploy-under-way"]
    assert "Lan in the newsroom" in outcome.text


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("most_files = 5", "takes 5 files, and there would be"),
        ("most_megabytes = 1", "takes 1 MB, and there would be 3."),
    ],
)
def test_what_the_host_does_not_take_is_told_before_anything_is_pushed(
    repository: Path, tmp_path: Path, limit: str, words: str
) -> None:
    root = portal_with(tmp_path / "portal", 'kind = "folder"\npath = "x"')
    write(root, "site/static/large.bin", bytes(3_000_000))
    change(root, "vi/a.md", "With a large file")
    outcome = deployed(goes_to(root, repository, limit), "there")
    assert set(outcome.codes) == {"host-limit"}
    assert words in outcome.text
    assert pushes(repository) == 0


def test_a_file_that_is_too_large_is_named_before_anything_is_pushed(
    shared: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_host, "LARGEST", 5_000)
    outcome = deployed(goes_to(shared, repository), "there")
    assert set(outcome.codes) == {"host-limit"}
    assert ".css has " in outcome.text
    assert pushes(repository) == 0


def test_a_repository_that_is_not_there_is_told(shared: Path, repository: Path) -> None:
    outcome = deployed(goes_to(shared, repository.with_name("other.git")), "there")
    assert outcome.codes == ["host-refuses"]
    assert "there is no such repository" in outcome.text
    assert "correct `remote`" in outcome.text


def test_a_server_on_which_nobody_listens_is_told(shared: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    outcome = deployed(goes_to(shared, f"http://127.0.0.1:{port}/x.git"), "there")
    assert outcome.codes == ["host-refuses"]
    assert "nobody listens there" in outcome.text


def test_a_host_that_takes_no_push_leaves_readers_what_they_had_and_the_next_deploy_goes_on(
    shared: Path, repository: Path
) -> None:
    root = goes_to(shared, repository)
    fine(root)
    before, commit = files_of(repository), tip(repository)
    change(root, "vi/a.md", "Not yet")
    hook(repository, "pre-receive", "echo 'closed for the night: file not found' >&2; exit 1")
    outcome = deployed(root, "there")
    assert outcome.codes == ["host-refuses"]
    assert "closed for the night" in outcome.text
    assert (files_of(repository), tip(repository)) == (before, commit)
    hook(repository, "pre-receive", "kill -9 $PPID")
    assert deployed(root, "there").codes == ["host-refuses"]
    assert (files_of(repository), tip(repository)) == (before, commit)
    (repository / "hooks/pre-receive").unlink()
    fine(root)
    assert built_files(root).items() <= portal_of(files_of(repository)).items()


# ---- tokens


def test_a_token_opens_the_repository_and_is_seen_nowhere(
    shared: Path, repository: Path, web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace, processes = tmp_path / "trace", tmp_path / "processes"
    monkeypatch.setenv("GIT_TRACE", str(trace))
    hook(
        repository,
        "pre-receive",
        f"for it in /proc/[0-9]*/cmdline; do cat $it >>'{processes}'; done 2>/dev/null; exit 0",
    )
    root = goes_to(shared, web, 'token_variable = "PORTAL_TOKEN"')
    outcome = fine(root)
    assert portal_of(files_of(repository)) == built_files(root)
    assert "remote-http" in trace.read_text()
    assert b"remote-http" in processes.read_bytes()
    for file in (trace, processes, *(it for it in root.rglob("*") if it.is_file())):
        assert TOKEN.encode() not in file.read_bytes(), file
    assert TOKEN not in str(outcome.values)


def test_a_wrong_token_is_told_without_it(shared: Path, web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_TOKEN", "wrong-and-yet-secret")
    outcome = deployed(goes_to(shared, web, 'token_variable = "PORTAL_TOKEN"'), "there")
    assert outcome.codes == ["host-refuses"]
    assert "refuses the password or token" in outcome.text
    assert "token_variable" in outcome.text
    assert "wrong-and-yet-secret" not in f"{outcome.text}{outcome.values}"


def test_a_token_that_is_missing_is_told_by_the_name_of_its_variable(
    shared: Path, web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTAL_TOKEN")
    outcome = deployed(goes_to(shared, web, 'token_variable = "PORTAL_TOKEN"'), "there")
    assert "the environment has no PORTAL_TOKEN" in outcome.text
    outcome = deployed(goes_to(shared, web), "there")
    assert "the host wants a password" in outcome.text


def test_a_repository_that_the_web_does_not_have_is_told(shared: Path, web: str) -> None:
    outcome = deployed(goes_to(shared, f"{web}x", 'token_variable = "PORTAL_TOKEN"'), "there")
    assert outcome.codes == ["host-refuses"]
    assert "there is no such repository" in outcome.text


def test_a_token_in_place_of_its_variables_name_is_refused_and_not_repeated(shared: Path) -> None:
    outcome = deployed(goes_to(shared, "x", f'token_variable = "{TOKEN}"'), "there")
    assert outcome.codes == ["wrong-deploy"]
    assert TOKEN not in outcome.text


def test_what_a_refusing_host_repeats_of_a_token_is_not_told(shared: Path, repository: Path, web: str) -> None:
    hook(repository, "pre-receive", f"echo 'your token {TOKEN} is tired' >&2; exit 1")
    outcome = deployed(goes_to(shared, web, 'token_variable = "PORTAL_TOKEN"'), "there")
    assert "your token *** is tired" in outcome.text
    assert TOKEN not in f"{outcome.text}{outcome.values}"
