"""What a deploy will do, made of what a host has and what it shall have."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toasoan.deploy.built_portal import step_of
from toasoan.deploy.deploying import gone_from_now_on
from toasoan.deploy.host import Limits, Work
from toasoan.deploy.hosts.folder_host import FolderHost
from toasoan.deploy.plan import Manner, Plan, WantedFile, broken_limits, plan
from toasoan.deploy.release import Release, ReleaseFile

IDS = ("20260101T000000Z-0000", "20260102T000000Z-0000", "20260103T000000Z-0000")
NOW = 1_000_000
HOUR = 3600


class InPlace(FolderHost):
    """A host whose readers see each file as it is put."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.in_place = True


def host(*, in_place: bool = False) -> FolderHost:
    from pathlib import Path

    return InPlace(Path("x")) if in_place else FolderHost(Path("x"))


def release(files: Mapping[str, str], gone: Mapping[str, int] | None = None) -> Release:
    """A release of files by their digests; some are gone since a moment."""
    there = {path: ReleaseFile(digest, 1) for path, digest in files.items()}
    return Release(
        IDS[0], there | {path: ReleaseFile("old", 1, gone=moment) for path, moment in (gone or {}).items()}
    )


def planned(
    current: Release | None,
    wanted: Mapping[str, str],
    unfinished: Work | None = None,
    *,
    grace: int = HOUR,
    at_once: tuple[str, ...] = (),
    in_place: bool = False,
) -> Plan:
    files = {path: WantedFile(ReleaseFile(digest, 1), step_of(path, "")) for path, digest in wanted.items()}
    return plan(IDS[1], current, unfinished, files, Manner(NOW, grace, at_once), host(in_place=in_place))


def paths(plan_: Plan) -> list[str]:
    return [it.path for it in plan_.all_puts]


def test_what_pages_load_comes_first_then_new_pages_then_changed_ones_then_lists_then_feeds() -> None:
    current = release({"vi/index.html": "1", "vi/a/index.html": "1", "sitemap.xml": "1", "assets/a.css": "1"})
    wanted = {
        "sitemap.xml": "2", "vi/index.html": "2", "vi/a/index.html": "2", "vi/b/index.html": "1",
        "assets/b.css": "1", "assets/a.css": "2", "vi/tag/new/atom.xml": "1",
    }  # fmt: skip
    files = {path: WantedFile(ReleaseFile(digest, 1), step_of(path, "list" if path == "vi/index.html" else ""))
             for path, digest in wanted.items()}  # fmt: skip
    made = plan(IDS[1], current, None, files, Manner(NOW, HOUR), host())
    assert paths(made) == [
        "assets/a.css", "assets/b.css", "vi/b/index.html", "vi/tag/new/atom.xml", "vi/a/index.html",
        "vi/index.html", "sitemap.xml",
    ]  # fmt: skip


def test_a_file_that_leaves_the_portal_stays_until_its_time_is_over() -> None:
    made = planned(release({"a.html": "1", "b.html": "1"}), {"a.html": "1"})
    assert (made.leaving, made.removals) == (("b.html",), ())
    assert made.release.files["b.html"].gone == NOW
    early = planned(release({"a.html": "1"}, {"b.html": NOW - HOUR + 1}), {"a.html": "1"})
    assert (early.leaving, early.removals, early.release.files["b.html"].gone) == ((), (), NOW - HOUR + 1)
    late = planned(release({"a.html": "1"}, {"b.html": NOW - HOUR}), {"a.html": "1"})
    assert late.removals == ("b.html",)
    assert set(late.release.files) == {"a.html"}


def test_the_time_of_what_leaves_begins_with_the_switch() -> None:
    made = planned(release({"a.html": "1", "b.html": "1"}, {"c.html": 17_000}), {"a.html": "1"}, grace=10_000_000)
    switched = gone_from_now_on(made)
    assert (switched.files["b.html"].gone or 0) > NOW
    assert switched.files["c.html"].gone == 17_000


def test_what_left_just_now_goes_at_once_if_it_is_told_to() -> None:
    current = release({"a.html": "1"}, {"b.html": NOW + 2})  # the moment of a switch is rounded up
    assert planned(current, {"a.html": "1"}, grace=0).removals == ("b.html",)
    assert planned(current, {"a.html": "1"}, grace=1).removals == ()


def test_a_file_that_comes_back_is_of_the_portal_again() -> None:
    current = Release(IDS[0], {"a.html": ReleaseFile("1", 1, gone=NOW - 10)})
    made = planned(current, {"a.html": "1"})
    assert made.all_puts == ()
    assert made.release.files["a.html"].gone is None


def test_what_was_withdrawn_goes_at_once() -> None:
    made = planned(release({"vi/a/index.html": "1", "vi/ab/index.html": "1"}), {}, at_once=("vi/a/",))
    assert made.removals == ("vi/a/index.html",)
    assert made.leaving == ("vi/a/index.html", "vi/ab/index.html")


@pytest.mark.parametrize(("old", "new"), [("a", "a/index.html"), ("a/b/c.html", "a/b")])
def test_a_file_in_the_place_of_a_folder_goes_before(old: str, new: str) -> None:
    made = planned(release({old: "1"}), {new: "1"})
    assert (made.in_the_way, made.removals) == ((old,), ())
    assert old not in made.release.files
    assert planned(release({old: "1"}), {new: "1"}, in_place=True).in_the_way == ()


def test_a_file_of_age_in_the_place_of_a_folder_goes_before() -> None:
    made = planned(release({}, {"a": 0}), {"a/index.html": "1"})
    assert (made.in_the_way, made.removals) == (("a",), ())


def work(touched: Mapping[str, str | None], done: Mapping[str, str]) -> Work:
    def files(given: Mapping[str, str | None]) -> dict[str, ReleaseFile | None]:
        return {path: None if digest is None else ReleaseFile(digest, 1) for path, digest in given.items()}

    return Work(IDS[2], IDS[0], "x", files(touched), {path: ReleaseFile(it, 1) for path, it in done.items()})


def test_after_a_cut_only_what_is_known_to_be_done_is_not_put_again() -> None:
    current = release({"a.html": "1", "b.html": "1", "c.html": "1"})
    cut = work({"a.html": "2", "b.html": "2"}, {"a.html": "2"})
    assert paths(planned(current, {"a.html": "2", "b.html": "2", "c.html": "1"}, cut)) == ["b.html"]
    # Whatever the cut deploy may have begun is put again, even if the portal is as it was before.
    assert paths(planned(current, {"a.html": "1", "b.html": "1", "c.html": "1"}, cut)) == ["a.html", "b.html"]


def test_after_a_cut_what_readers_may_have_seen_stays_for_a_while() -> None:
    current = release({"a.html": "1"})
    cut = work({"new.html": "1", "a.html": "2"}, {"new.html": "1"})
    assert planned(current, {"a.html": "1"}, cut).removals == ("new.html",)
    in_place = planned(current, {"a.html": "1"}, cut, in_place=True)
    assert in_place.removals == ()
    assert in_place.release.files["new.html"].gone == NOW


def test_limits_are_named() -> None:
    it = Release(IDS[0], {"a": ReleaseFile("1", 3_000_000), "b": ReleaseFile("1", 1)})
    assert list(broken_limits(it, Limits("Pages", files=2, bytes=4_000_000, largest=5_000_000))) == []
    found = list(broken_limits(it, Limits("Pages", files=1, bytes=2_000_000, largest=2_500_000)))
    assert "Pages takes 1 files" in found[0]
    assert len(found) == 3
    assert "a has 3.0 MB" in found[2]


names = st.sampled_from(["a.html", "b/index.html", "b", "c.css", "d/e/index.html", "d", "feed.xml"])
digests = st.sampled_from(["1", "2"])


@given(
    st.dictionaries(names, digests), st.dictionaries(names, st.integers(NOW - 2 * HOUR, NOW)),
    st.dictionaries(names, digests), st.booleans(),
)  # fmt: skip
def test_whoever_does_what_a_plan_says_has_what_is_wanted_and_what_stays(
    before: Mapping[str, str], gone: Mapping[str, int], wanted: Mapping[str, str], in_place: bool
) -> None:
    current = release({path: it for path, it in before.items() if path not in gone}, gone)
    made = planned(current, wanted, in_place=in_place)
    there = {path: file.digest for path, file in current.files.items()}
    for path in (*made.in_the_way, *made.removals):
        del there[path]
    there |= {it.path: it.file.digest for it in made.all_puts}
    assert there == {path: file.digest for path, file in made.release.files.items()}
    assert {path: file.digest for path, file in made.release.present.items()} == wanted
    assert set(made.leaving) <= set(before)
    assert made.unchanged + len(made.all_puts) == len(wanted)
