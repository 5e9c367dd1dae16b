"""Deploys to a store that speaks S3: a real one, on this machine, with lines that are cut and others at work."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import re
import shutil
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import brotli
import pytest

from tests.builders import SETTINGS, built, config, portal, text_of, tree, write
from tests.reading import links
from tests.s3_server import KEY, LOOSE, SECRET, Between, Refusing, Store, between, refusing, running_store
from tests.servers import free_port
from toasoan import routes
from toasoan.cli import run
from toasoan.deploy.host import HostError, LockLostError, Put, Work
from toasoan.deploy.hosts import s3_store
from toasoan.deploy.hosts.s3_host import S3Host
from toasoan.deploy.release import Release, ReleaseFile
from toasoan.deploy_settings import S3Deploy

STATE = "_toasoan/state.json"
MARK = "release.txt"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with running_store(tmp_path_factory.mktemp("store")) as running:
        running.bucket("portal")
        running.bucket(LOOSE)
        yield running


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The keys of the store, and nothing of whoever runs the tests."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


_numbers = itertools.count()


@pytest.fixture
def prefix() -> str:
    """A folder in the bucket that nobody else uses."""
    return f"portal-{next(_numbers)}"


# ---- a portal and what a store has of it


@dataclass
class Newsroom:
    """A portal on one machine, with a store as its host."""

    root: Path
    store: Store
    prefix: str
    said: str = ""
    """What the last command said."""

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write articles, or take them out, and build."""
        for path, text in files.items():
            if text is None:
                (self.root / "site/content" / path).unlink()
            else:
                write(self.root, f"site/content/{path}", text)
        built(self.root)

    def deploy(self, *options: str) -> int:
        """Run the command, with the output that is there."""
        with StringIO() as heard, redirect_stdout(heard), redirect_stderr(heard):
            status = run(["deploy", "--root", str(self.root), "--to", str(self.root / "public"), "--yes", *options])
            self.said = heard.getvalue()
        return status

    def settle(self, endpoint: str | None = None, **more: object) -> None:
        """Name the store in the settings."""
        values = {
            "kind": "s3",
            "bucket": "portal",
            "prefix": self.prefix,
            "endpoint": endpoint or self.store.address,
            "grace": "0s",
            **more,
        }
        lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items() if value is not None)
        write(self.root, "site/site.toml", f"{SETTINGS}{PAGES}\n[deploy.store]\n{lines}")

    @property
    def wanted(self) -> dict[str, bytes]:
        """What was built."""
        return tree(self.root / "public")


PAGES = """
[pages]
months = false
agencies = false
photos = false
videos = false
search = false
share_images = false
json_feeds = false
atom_feeds = false
parallel_texts = []
"""

FIRST: Mapping[str, str | None] = {
    "vi/a.md": text_of("Bến thuyền", "Chữ của bài."),
    "en/b.md": text_of("Boats", "A text. " * 300),
    "en/c.md": text_of("Ferries", "Another text."),
}
THEN: Mapping[str, str | None] = {
    "vi/a.md": text_of("Bến thuyền", "Chữ khác."),
    "en/c.md": None,
    "en/d.md": text_of("Oars", "A new text."),
}


@pytest.fixture
def newsroom(tmp_path: Path, store: Store, prefix: str) -> Newsroom:
    """A portal that was built."""
    portal(tmp_path / "portal")
    it = Newsroom(tmp_path / "portal", store, prefix)
    it.settle()
    it.write(FIRST)
    return it


@dataclass(frozen=True)
class Stored:
    """An object of the store."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> bytes:
        """The body as it was built."""
        coding = self.headers.get("Content-Encoding")
        if coding == "gzip":
            return gzip.decompress(self.body)
        return bytes(brotli.decompress(self.body)) if coding == "br" else self.body


def objects(store: Store, prefix: str, bucket: str = "portal") -> dict[str, Stored]:
    """All objects below a prefix, fetched as readers fetch them."""
    found = {}
    for key in store.keys(bucket):
        if key.startswith(f"{prefix}/"):
            with urllib.request.urlopen(f"{store.address}/{bucket}/{quote(key)}", timeout=10) as answer:
                found[key.removeprefix(f"{prefix}/")] = Stored(answer.read(), dict(answer.headers))
    return found


def readable(store: Store, prefix: str, bucket: str = "portal") -> dict[str, Stored]:
    """What readers may ask for."""
    return {
        path: it
        for path, it in objects(store, prefix, bucket).items()
        if not path.startswith("_toasoan/") and path != MARK
    }


def texts(found: Mapping[str, Stored]) -> dict[str, bytes]:
    return {path: it.text for path, it in found.items()}


def state(store: Store, prefix: str, bucket: str = "portal") -> dict[str, Any]:
    """What the object that is both lock and switch says."""
    answer = store.client.get_object(Bucket=bucket, Key=f"{prefix}/{STATE}")
    return dict(json.loads(answer["Body"].read()))


def dead_ends(found: Mapping[str, Stored]) -> list[tuple[str, str]]:
    """Links of pages to files of the portal that are not there."""
    site = routes.Site("")
    return [
        (path, link)
        for path, it in found.items()
        if path.endswith(".html")
        for link in links(it.text.decode())
        if link.startswith("/")
        and (address := site.address(re.sub(r"[?#].*", "", link))) is not None
        and routes.file_of(address) not in found
    ]


# ---- putting


def test_the_first_deploy_puts_all_that_was_built(newsroom: Newsroom) -> None:
    assert newsroom.deploy() == 0, newsroom.said

    found = readable(newsroom.store, newsroom.prefix)
    assert texts(found) == newsroom.wanted
    assert dead_ends(found) == []
    now = state(newsroom.store, newsroom.prefix)
    assert (now["claim"], now["unfinished"], now["releases"]) == (None, None, [now["current"]])
    assert objects(newsroom.store, newsroom.prefix)[MARK].text == f"{now['current']}\n".encode()
    assert "ignores conditional writes" not in newsroom.said
    assert "can't send security headers" in newsroom.said


def test_pages_are_sent_with_their_types_their_caching_and_compressed(newsroom: Newsroom) -> None:
    assert newsroom.deploy() == 0, newsroom.said

    found = readable(newsroom.store, newsroom.prefix)
    page, (style,) = found["en/b/index.html"], [it for path, it in found.items() if path.startswith("assets/css/")]
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert page.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.body) == newsroom.wanted["en/b/index.html"]
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in style.headers["Cache-Control"]
    (font, *_) = [it for path, it in found.items() if path.endswith(".woff2")]
    assert font.headers["Content-Type"] == "font/woff2"
    assert "Content-Encoding" not in font.headers


@pytest.mark.parametrize("encoding", ["br", "none"])
def test_texts_are_encoded_as_the_settings_say(newsroom: Newsroom, encoding: str) -> None:
    newsroom.settle(encoding=encoding)

    assert newsroom.deploy() == 0, newsroom.said

    found = readable(newsroom.store, newsroom.prefix)
    assert found["en/b/index.html"].headers.get("Content-Encoding") == (encoding if encoding == "br" else None)
    assert texts(found) == newsroom.wanted


def test_a_portal_may_have_a_whole_bucket(newsroom: Newsroom) -> None:
    bucket = newsroom.store.bucket("whole")
    newsroom.settle(bucket=bucket, prefix="")

    assert newsroom.deploy() == 0, newsroom.said

    keys = newsroom.store.keys(bucket)
    assert {key for key in keys if not key.startswith("_toasoan/")} == {*newsroom.wanted, MARK}


def test_a_second_deploy_puts_only_what_changed(newsroom: Newsroom) -> None:
    assert newsroom.deploy() == 0, newsroom.said
    before = newsroom.wanted
    newsroom.write({"vi/a.md": THEN["vi/a.md"], "en/d.md": THEN["en/d.md"]})
    with between(newsroom.store) as line:
        newsroom.settle(line.address)
        assert newsroom.deploy() == 0, newsroom.said

    of_portal = f"PUT /portal/{newsroom.prefix}/"
    put = {asked.removeprefix(of_portal) for asked in line.asked if asked.startswith(of_portal)}
    changed = {path for path, data in newsroom.wanted.items() if before.get(path) != data}
    assert {unquote(path) for path in put if not path.startswith("_toasoan/")} == {*changed, MARK}
    replaced = changed & before.keys()
    assert len([asked for asked in line.asked if asked.startswith("HEAD")]) == len(replaced)
    assert len([asked for asked in line.asked if asked.startswith("COPY")]) == len(replaced)
    # The state: read, claimed, tried, three acts, let go. Besides: the journal, a part for each of the steps with
    # something in it, the pool, the list of the release, lists and journals to clear away.
    assert len(line.asked) - len(put) - 2 * len(replaced) < 15
    assert texts(readable(newsroom.store, newsroom.prefix)) == newsroom.wanted


def test_a_deploy_with_nothing_new_touches_nothing(newsroom: Newsroom) -> None:
    assert newsroom.deploy() == 0, newsroom.said
    with between(newsroom.store) as line:
        newsroom.settle(line.address)
        assert newsroom.deploy() == 0, newsroom.said

    assert {asked.split()[1].split("?")[0] for asked in line.asked} == {f"/portal/{newsroom.prefix}/{STATE}"}
    assert len(line.asked) == 4


def test_other_headers_are_set_without_sending_files_again(newsroom: Newsroom) -> None:
    assert newsroom.deploy() == 0, newsroom.said
    with between(newsroom.store) as line:
        newsroom.settle(line.address)
        settings = newsroom.root / "site/site.toml"
        settings.write_text(settings.read_text() + "\n[headers]\nmax_age = 30\n")
        built(newsroom.root)
        assert newsroom.deploy() == 0, newsroom.said

    put = [asked for asked in line.asked if asked.startswith("PUT") and "/_toasoan/" not in asked]
    assert put == [f"PUT /portal/{newsroom.prefix}/{MARK}"]
    found = readable(newsroom.store, newsroom.prefix)
    assert found["en/b/index.html"].headers["Cache-Control"] == "public, max-age=30, must-revalidate"
    assert found["en/b/index.html"].headers["Content-Encoding"] == "gzip"
    assert texts(found) == newsroom.wanted


def test_files_of_others_are_left_alone(newsroom: Newsroom) -> None:
    newsroom.store.client.put_object(Bucket="portal", Key=f"{newsroom.prefix}/own/verify.txt", Body=b"mine")

    assert newsroom.deploy() == 0, newsroom.said
    newsroom.write(THEN)
    assert newsroom.deploy() == 0, newsroom.said

    found = texts(readable(newsroom.store, newsroom.prefix))
    assert found.pop("own/verify.txt") == b"mine"
    assert found == newsroom.wanted


# ---- going back, and what stays


def test_going_back_restores_files_and_headers(newsroom: Newsroom) -> None:
    assert newsroom.deploy() == 0, newsroom.said
    before = readable(newsroom.store, newsroom.prefix)
    newsroom.write(THEN)
    assert newsroom.deploy() == 0, newsroom.said
    assert texts(readable(newsroom.store, newsroom.prefix)) != texts(before)

    assert newsroom.deploy("--rollback") == 0, newsroom.said

    after = readable(newsroom.store, newsroom.prefix)
    assert {path: it.body for path, it in after.items()} == {path: it.body for path, it in before.items()}
    kept = ("Content-Type", "Content-Encoding", "Cache-Control")
    assert {path: [it.headers.get(name) for name in kept] for path, it in after.items()} == {
        path: [it.headers.get(name) for name in kept] for path, it in before.items()
    }


def test_one_can_go_back_and_forth(newsroom: Newsroom) -> None:
    newsroom.settle(keep=10)
    trees = []
    for number in range(3):
        changed = {"vi/a.md": text_of("Bến thuyền", f"Chữ {number}.")}
        newsroom.write({**changed, f"en/n{number}.md": text_of(f"N {number}")})
        assert newsroom.deploy() == 0, newsroom.said
        trees.append((state(newsroom.store, newsroom.prefix)["current"], newsroom.wanted))

    for number in (0, 2, 1, 0):
        release, wanted = trees[number]
        assert newsroom.deploy("--rollback", release) == 0, newsroom.said
        assert texts(readable(newsroom.store, newsroom.prefix)) == wanted


def test_another_machine_can_go_back_as_well(newsroom: Newsroom) -> None:
    assert newsroom.deploy() == 0, newsroom.said
    before = newsroom.wanted
    newsroom.write(THEN)
    assert newsroom.deploy() == 0, newsroom.said
    shutil.rmtree(newsroom.root / ".toasoan/deploy")

    assert newsroom.deploy("--rollback") == 0, newsroom.said

    assert texts(readable(newsroom.store, newsroom.prefix)) == before


def test_a_page_that_left_stays_for_the_grace_and_goes_afterwards(newsroom: Newsroom) -> None:
    newsroom.settle(grace="2s")
    assert newsroom.deploy() == 0, newsroom.said
    newsroom.write({"en/c.md": None})
    assert newsroom.deploy() == 0, newsroom.said
    assert "en/c/index.html" in readable(newsroom.store, newsroom.prefix)

    time.sleep(4)
    assert newsroom.deploy() == 0, newsroom.said

    assert texts(readable(newsroom.store, newsroom.prefix)) == newsroom.wanted
    (*_, first) = state(newsroom.store, newsroom.prefix)["releases"]
    assert newsroom.deploy("--rollback", first) == 0, newsroom.said
    assert "en/c/index.html" in readable(newsroom.store, newsroom.prefix)


def test_what_no_kept_release_needs_is_forgotten(newsroom: Newsroom) -> None:
    newsroom.settle(keep=2)
    for number in range(4):
        newsroom.write({"vi/a.md": text_of("Bến thuyền", f"Chữ {number}.")})
        assert newsroom.deploy() == 0, newsroom.said

    own = {path: it for path, it in objects(newsroom.store, newsroom.prefix).items() if path.startswith("_toasoan/")}
    releases = state(newsroom.store, newsroom.prefix)["releases"]
    assert len(releases) == 2
    assert {path for path in own if "/releases/" in path} == {f"_toasoan/releases/{it}.gz" for it in releases}
    assert not [path for path in own if "/journal/" in path]
    lists = [gzip.decompress(own[f"_toasoan/releases/{it}.gz"].body).decode() for it in releases]
    pool = [path.rpartition("/")[2] for path in own if "/pool/" in path]
    assert pool
    assert [digest for digest in pool if digest not in lists[1]] == []


def test_bodies_in_the_pool_are_what_their_names_say_whoever_wrote_into_the_bucket(newsroom: Newsroom) -> None:
    assert newsroom.deploy() == 0, newsroom.said
    body = b"of another deploy"
    newsroom.store.client.put_object(
        Bucket="portal", Key=f"{newsroom.prefix}/vi/a/index.html", Body=body, Metadata={"toasoan": hashed(body)}
    )
    newsroom.write(THEN)

    assert newsroom.deploy() == 0, newsroom.said

    assert false_bodies(newsroom) == []
    assert newsroom.deploy("--rollback") == 1
    assert "vi/a/index.html of the release" in newsroom.said


def hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def false_bodies(newsroom: Newsroom) -> list[str]:
    """Bodies of the pool that are not what their names say."""
    return [
        path
        for path, it in objects(newsroom.store, newsroom.prefix).items()
        if path.startswith("_toasoan/pool/") and hashed(it.text) != path.rpartition("/")[2].partition(".")[0]
    ]


# ---- two at once


def host_of(newsroom: Newsroom, **more: Any) -> S3Host:
    """The same host, as somebody else has it."""
    values = {"bucket": "portal", "endpoint": newsroom.store.address, **more}
    return S3Host(S3Deploy(kind="s3", prefix=newsroom.prefix, **values), config().settings)


A_RELEASE = Release("20250101T000000Z-abcd", {})


def test_two_at_once_are_refused_and_told_who_is_there(newsroom: Newsroom) -> None:
    with host_of(newsroom).locked("Lan on her laptop"):
        assert newsroom.deploy() == 1
        assert "another deploy is under way: Lan on her laptop" in newsroom.said
    assert readable(newsroom.store, newsroom.prefix) == {}

    assert newsroom.deploy() == 0, newsroom.said


def test_a_claim_is_let_go_when_a_deploy_fails(newsroom: Newsroom) -> None:
    with pytest.raises(ZeroDivisionError), host_of(newsroom).locked("Lan"):
        raise ZeroDivisionError

    assert newsroom.deploy() == 0, newsroom.said


def test_a_deploy_that_takes_long_keeps_its_claim(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(S3Host, "RENEW_AFTER", 0.2)
    monkeypatch.setattr(S3Host, "STALE_AFTER", 3.0)
    with host_of(newsroom).locked("Lan"):
        time.sleep(5.5)
        assert newsroom.deploy() == 1
        assert "another deploy is under way: Lan" in newsroom.said


def test_a_dead_deploy_is_taken_over_after_a_while(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(S3Host, "STALE_AFTER", 3.0)
    dead: dict[str, object] = {"format": 1, "current": None, "releases": [], "unfinished": None, "turn": 1}
    body = json.dumps({**dead, "claim": {"by": "Lan", "token": "1"}})
    newsroom.store.client.put_object(Bucket="portal", Key=f"{newsroom.prefix}/{STATE}", Body=body)
    assert newsroom.deploy() == 1
    assert "another deploy is under way: Lan" in newsroom.said

    assert newsroom.deploy("--wait", "20") == 0, newsroom.said


@pytest.mark.parametrize("heeds_conditions", [True, False])
def test_who_was_taken_over_does_not_switch(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, heeds_conditions: bool
) -> None:
    with between(newsroom.store) as line:
        line.heeds_conditions = heeds_conditions
        newsroom.settle(line.address, bucket=LOOSE)
        monkeypatch.setattr(S3Host, "RENEW_AFTER", 1000.0)
        asleep = host_of(newsroom, bucket=LOOSE, endpoint=line.address)
        with ExitStack() as awake:
            awake.enter_context(pytest.raises(LockLostError))
            awake.enter_context(asleep.locked("Lan"))
            asleep.begin(Work(A_RELEASE.id, None, "Lan", {}), asleep.read_release)
            monkeypatch.setattr(S3Host, "STALE_AFTER", -1.0)
            assert newsroom.deploy() == 0, newsroom.said
            now = state(newsroom.store, newsroom.prefix, LOOSE)
            asleep.switch(A_RELEASE)

    assert state(newsroom.store, newsroom.prefix, LOOSE) == now
    assert now["current"] != A_RELEASE.id


def test_who_was_taken_over_puts_nothing_more(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = write(tmp_path, "old.html", "old")
    put = Put("vi/a/index.html", ReleaseFile(hashed(b"old"), 3), None)
    monkeypatch.setattr(S3Host, "RENEW_AFTER", 0.3)
    asleep = host_of(newsroom)
    with ExitStack() as awake:
        awake.enter_context(pytest.raises(LockLostError))
        awake.enter_context(asleep.locked("Lan"))
        asleep.begin(Work(A_RELEASE.id, None, "Lan", {}), asleep.read_release)
        monkeypatch.setattr(S3Host, "STALE_AFTER", -1.0)
        assert newsroom.deploy() == 0, newsroom.said
        time.sleep(0.6)
        asleep.put([put], lambda _: file)

    assert texts(readable(newsroom.store, newsroom.prefix)) == newsroom.wanted


def test_a_store_that_ignores_conditions_is_told_and_used_with_care(newsroom: Newsroom) -> None:
    with between(newsroom.store) as line:
        line.heeds_conditions = False
        newsroom.settle(line.address, bucket=LOOSE)

        assert newsroom.deploy() == 0, newsroom.said
        assert newsroom.said.count("this store ignores conditional writes") == 1
        assert texts(readable(newsroom.store, newsroom.prefix, LOOSE)) == newsroom.wanted

        with host_of(newsroom, bucket=LOOSE, endpoint=line.address).locked("Lan"):
            assert newsroom.deploy() == 1
            assert "another deploy is under way: Lan" in newsroom.said


@pytest.mark.parametrize("number", range(1, 7))
def test_an_answer_that_is_lost_is_not_taken_for_somebody_else(newsroom: Newsroom, number: int) -> None:
    """The write was done, and is tried again on a condition that no longer holds: because of the write itself."""
    with between(newsroom.store) as line:
        newsroom.settle(line.address)
        waiting = itertools.count(1)
        line.lost_once = lambda asked: asked.startswith("PUT") and STATE in asked and next(waiting) == number

        assert newsroom.deploy() == 0, newsroom.said

    assert line.lost == 1
    now = state(newsroom.store, newsroom.prefix)
    assert (now["claim"], now["unfinished"], len(now["releases"])) == (None, None, 1)
    assert texts(readable(newsroom.store, newsroom.prefix)) == newsroom.wanted


# ---- lines that are cut


def cut_short(
    newsroom: Newsroom, line: Between, number: int, is_answer_lost: bool, monkeypatch: pytest.MonkeyPatch
) -> bool:
    """Deploy on a line that is cut at a request; gives whether there were so many."""
    line.asked.clear()
    line.cut_at, line.is_answer_lost = number, is_answer_lost
    newsroom.settle(line.address)
    monkeypatch.setattr(S3Host, "STALE_AFTER", -1.0)
    status = newsroom.deploy()
    was_cut = len(line.asked) >= number
    assert was_cut or status == 0, newsroom.said
    line.cut_at = None
    return was_cut


@pytest.mark.parametrize("is_answer_lost", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("every", [23, pytest.param(1, marks=pytest.mark.long)])
def test_whatever_request_is_the_last_readers_find_whole_pages_and_the_next_deploy_completes(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, every: int, is_answer_lost: bool
) -> None:
    monkeypatch.setattr(s3_store, "_TRIES", 1)
    other = Newsroom(newsroom.root.parent / "other", newsroom.store, "")
    shutil.copytree(newsroom.root, other.root)
    other.settle()
    other.write(THEN)
    old, new = newsroom.wanted, other.wanted
    assert newsroom.deploy() == 0, newsroom.said
    first = state(newsroom.store, newsroom.prefix)["current"]
    with between(newsroom.store) as line:
        for number in itertools.count(1, every):
            at = f"cut at {number}"
            other.prefix = copied(newsroom.store, newsroom.prefix, f"{newsroom.prefix}-{number}")

            was_cut = cut_short(other, line, number, is_answer_lost, monkeypatch)

            found = readable(newsroom.store, other.prefix)
            assert [path for path, it in found.items() if it.text not in (old.get(path), new.get(path))] == [], at
            assert dead_ends(found) == [], at
            other.settle()
            assert other.deploy() == 0, f"{at}: {other.said}"
            assert texts(readable(newsroom.store, other.prefix)) == new, at
            assert false_bodies(other) == [], at
            assert other.deploy("--rollback", first) == 0, f"{at}: {other.said}"
            assert texts(readable(newsroom.store, other.prefix)) == old, at
            assert [key for key in objects(newsroom.store, other.prefix) if "/journal/" in key] == [], at
            if not was_cut:
                break
    assert number > 40


def copied(store: Store, prefix: str, target: str) -> str:
    """A copy of all that lies below a prefix."""
    for key in store.keys("portal"):
        if key.startswith(f"{prefix}/"):
            copy = target + key.removeprefix(prefix)
            store.client.copy_object(Bucket="portal", Key=copy, CopySource={"Bucket": "portal", "Key": key})
    return target


@pytest.mark.parametrize("number", [25, 40], ids=["before-the-switch", "behind-it"])
def test_a_deploy_goes_on_even_if_somebody_removed_its_journal(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(s3_store, "_TRIES", 1)
    assert newsroom.deploy() == 0, newsroom.said
    old, first = newsroom.wanted, state(newsroom.store, newsroom.prefix)["current"]
    newsroom.write(THEN)
    with between(newsroom.store) as line:
        assert cut_short(newsroom, line, number, False, monkeypatch)
    for path in objects(newsroom.store, newsroom.prefix):
        if "/journal/" in path:
            newsroom.store.client.delete_object(Bucket="portal", Key=f"{newsroom.prefix}/{path}")
    newsroom.settle()

    assert newsroom.deploy() == 0, newsroom.said

    assert texts(readable(newsroom.store, newsroom.prefix)) == newsroom.wanted
    assert newsroom.deploy("--rollback", first) == 0, newsroom.said
    assert texts(readable(newsroom.store, newsroom.prefix)) == old


# ---- refusals


def is_secret_kept(said: str) -> bool:
    return SECRET not in said and "Signature=" not in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("key", "secret", "told"),
    [
        ("nobody-knows-it", SECRET, "the store does not know the access key"),
        (KEY, f"{SECRET}-", "the secret key does not belong to the access key"),
    ],
)
def test_wrong_keys_are_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, key: str, secret: str, told: str
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)

    assert newsroom.deploy() == 1

    assert told in newsroom.said
    assert "hint: " in newsroom.said
    assert is_secret_kept(newsroom.said)


def test_missing_keys_are_told_with_the_places_for_them(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    assert newsroom.deploy() == 1

    assert "there are no keys for the store" in newsroom.said
    assert "AWS_ACCESS_KEY_ID" in newsroom.said
    assert "~/.aws/" in newsroom.said


def test_a_profile_that_is_not_there_is_told(newsroom: Newsroom) -> None:
    newsroom.settle(profile="nobody")

    assert newsroom.deploy() == 1

    assert "there is no profile 'nobody' in ~/.aws/" in newsroom.said


def test_a_missing_bucket_is_told(newsroom: Newsroom) -> None:
    newsroom.settle(bucket="no-such-bucket")

    assert newsroom.deploy() == 1

    assert "there is no bucket no-such-bucket" in newsroom.said
    assert is_secret_kept(newsroom.said)


def test_an_address_at_which_nobody_answers_is_told(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3_store, "_TRIES", 1)
    newsroom.settle(f"http://127.0.0.1:{free_port()}")

    assert newsroom.deploy() == 1

    assert "no answer from 127.0.0.1" in newsroom.said
    assert is_secret_kept(newsroom.said)


def test_without_boto3_it_is_told_how_to_get_it(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)

    assert newsroom.deploy() == 1

    assert "a deploy to an S3 store needs boto3" in newsroom.said
    assert 'pip install "toasoan[s3]"' in newsroom.said


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Refusing(503, "SlowDown"), "the store asks for patience"),
        (Refusing(507, "InsufficientStorage"), "the store is full"),
        (Refusing(500, "InternalError"), "the store has a fault of its own; it may be full"),
        (Refusing(403, "AccessDenied"), "the store denies access to the bucket portal"),
        (Refusing(403, "RequestTimeTooSkewed"), "this machine's clock is wrong"),
        (Refusing(400, "AuthorizationHeaderMalformed"), "the bucket portal is in another region"),
        (Refusing(400, "ExpiredToken"), "the keys are no longer good"),
        (Refusing(501, "NotImplemented"), "can't do what a deploy asks of it"),
        (Refusing(400, "Odd", f"Got {{authorization}} of {KEY} with {SECRET}"), "the store refuses: Odd: Got"),
        (Refusing(200, said="<html><p>Welcome</p></html>", is_store=False), "is no store"),
        (Refusing(404, said="Not here", is_store=False), "127.0.0.1"),
    ],
    ids=lambda it: it.code if isinstance(it, Refusing) else "",
)
def test_what_a_store_refuses_is_told_in_words_without_secrets(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, answer: Refusing, told: str
) -> None:
    monkeypatch.setattr(s3_store, "_TRIES", 1)
    with refusing(answer):
        newsroom.settle(answer.address)
        assert newsroom.deploy() == 1

    assert told in newsroom.said
    assert is_secret_kept(newsroom.said)
    assert KEY not in newsroom.said


def test_a_state_that_is_none_is_told(newsroom: Newsroom) -> None:
    newsroom.store.client.put_object(Bucket="portal", Key=f"{newsroom.prefix}/{STATE}", Body=b"mine")

    assert newsroom.deploy() == 1

    assert "state.json can't be read" in newsroom.said


def test_a_failure_amid_many_files_stops_the_others(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(s3_store, "_TRIES", 1)
    file = write(tmp_path, "page.html", "page")
    batch = [Put(f"vi/a{number}/index.html", ReleaseFile(hashed(b"page"), 4), None) for number in range(300)]
    with between(newsroom.store) as line, ExitStack() as refused:
        host = host_of(newsroom, endpoint=line.address)
        refused.enter_context(pytest.raises(HostError, match="no answer from"))
        refused.enter_context(host.locked("Lan"))
        host.begin(Work(A_RELEASE.id, None, "Lan", {}), host.read_release)
        line.cut_at = len(line.asked) + 20
        host.put(batch, lambda _: file)

    assert len(line.asked) < 100


# ---- the CDN


def test_the_cdn_is_told_of_pages_that_changed(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert newsroom.deploy() == 0, newsroom.said
    newsroom.write({"vi/a.md": THEN["vi/a.md"]})
    with refusing(Refusing(201, is_store=False)) as cdn:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", cdn.address)
        newsroom.settle(cloudfront="E2EXAMPLE")
        assert newsroom.deploy() == 0, newsroom.said

    ((asked, body),) = cdn.asked
    assert asked.endswith("/distribution/E2EXAMPLE/invalidation")
    told = set(re.findall("<Path>(.+?)</Path>", body))
    assert {"/vi/a/", "/vi/a/index.html", "/vi/feed.xml"} <= told
    assert not {path for path in told if path.startswith(("/en/b/", "/assets/"))}


def test_a_cdn_that_refuses_is_a_warning(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    with refusing(Refusing(403, "AccessDenied")) as cdn:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", cdn.address)
        newsroom.settle(cloudfront="E2EXAMPLE")
        assert newsroom.deploy() == 0, newsroom.said
        newsroom.write(THEN)
        assert newsroom.deploy() == 0, newsroom.said

    assert "CloudFront could not be told to forget changed pages" in newsroom.said


def test_a_cdn_is_told_of_everything_where_too_much_changed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with refusing(Refusing(201, is_store=False)) as cdn:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", cdn.address)
        host = host_of(newsroom, cloudfront="E2EXAMPLE", url="https://portal.example/tin")
        with host.locked("Lan"):
            host.changed([f"vi/a{number}/index.html" for number in range(501)])

    assert re.findall("<Path>(.+?)</Path>", cdn.asked[0][1]) == ["/tin/*"]
