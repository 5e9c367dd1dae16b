"""What the clock alone makes due, and how cron, a timer or a workflow is told."""

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.builders import SETTINGS, portal, text_of, write
from tests.pictures import photo
from toasoan.build import build, nothing_due
from toasoan.build_result import no_progress
from toasoan.cli import run
from toasoan.content.front_matter import PhotoFields
from toasoan.publish import MANIFEST

NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC)
APPEARS = dt.datetime(2025, 6, 3, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def build_at(root: Path, moment: dt.datetime) -> dt.datetime | None:
    result = build(root, root / "public", no_progress, 1, moment)
    assert not result.report.has_errors
    return result.next_due


def scheduled(folder: Path) -> Path:
    return portal(folder, {"vi/cu.md": text_of("Cũ", date=dt.date(2020, 1, 1)), "vi/moi.md": text_of(date=APPEARS)})


def test_a_build_says_when_the_next_article_appears(tmp_path: Path) -> None:
    root = scheduled(tmp_path)

    assert build_at(root, NOON) == APPEARS
    assert build_at(root, NOON) == APPEARS
    assert not (root / "public/vi/moi").exists()


def test_news_that_are_no_longer_news_make_a_build_due(tmp_path: Path) -> None:
    root = scheduled(tmp_path)

    assert build_at(root, APPEARS) == APPEARS + dt.timedelta(days=2)
    assert (root / "public/vi/moi/index.html").exists()
    assert build_at(root, APPEARS + dt.timedelta(days=2)) is None


def test_nothing_is_due_until_the_moment_comes(tmp_path: Path) -> None:
    root = scheduled(tmp_path)
    assert nothing_due(root, root / "public", NOON) is None  # it was never built
    build_at(root, NOON)

    nothing = nothing_due(root, root / "public", APPEARS - dt.timedelta(seconds=1))
    assert nothing is not None
    assert nothing.until == APPEARS
    assert nothing_due(root, root / "public", APPEARS) is None
    assert nothing_due(root, root / "public", NOON - dt.timedelta(days=1)) is None  # the clock was set back


def test_build_due_builds_when_something_is_due_and_else_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = scheduled(tmp_path)

    def due(moment: dt.datetime) -> dict[str, object]:
        assert run(["build", "--root", str(root), "--due", "--json", "--now", moment.isoformat()]) == 0
        told: dict[str, object] = json.loads(capsys.readouterr().out)
        return told

    assert due(NOON)["written"]
    write(root, "site/content/vi/sua.md", text_of("Sửa", date=dt.date(2020, 1, 2)))
    assert due(NOON + dt.timedelta(hours=1)) == {
        "due": False, "next_due": "2025-06-03T01:00:00+00:00", "diagnostics": []
    }  # fmt: skip
    assert not (root / "site/public/vi/sua").exists()
    assert due(APPEARS)["written"]
    assert (root / "site/public/vi/moi/index.html").exists()


def test_the_moment_is_told_in_words_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = scheduled(tmp_path)
    run(["build", "--root", str(root), "--now", NOON.isoformat()])
    assert "next build due: 2025-06-03T01:00:00+00:00" in capsys.readouterr().out
    run(["build", "--root", str(root), "--due", "--now", NOON.isoformat()])
    assert capsys.readouterr().out == "nothing is due\nnext build due: 2025-06-03T01:00:00+00:00\n"


MARK = "Zxqv"
"""What stands in everything of an article that nobody is to see."""


def secret(number: int, **fields: object) -> str:
    image = PhotoFields(f"{MARK.lower()}-photo.jpg", f"{MARK} alt", f"{MARK} caption", f"{MARK} credit")
    return text_of(
        f"{MARK} title", slug=f"{MARK.lower()}-{number}", summary=f"{MARK} lede", tags=(f"{MARK} tag",),
        authors=(f"{MARK} author",), publisher=f"{MARK} agency", section="local", story=f"{MARK.lower()}-story",
        source_url=f"https://agency.example/{MARK}", images=(image,), body=f"{MARK} says so.", **fields,
    )  # fmt: skip


def where_it_is_told(folder: Path) -> list[str]:
    """Files of an output folder in whose name or content the article is to be found, also in what is compressed."""
    found = []
    for file in sorted(folder.rglob("*")):
        data = file.read_bytes() if file.is_file() else b""
        if MARK.lower() in file.name.lower() or MARK.lower().encode() in data.lower():
            found.append(file.relative_to(folder).as_posix())
    return found


def portal_with_a_secret(folder: Path, **fields: object) -> Path:
    settings = f"{SETTINGS}\n[pages]\nshare_images = true\njson_feeds = true\natom_feeds = true\nsearch = true\n"
    others = {f"vi/t{number}.md": text_of(f"Tin {number}", date=dt.date(2025, 5, number + 1)) for number in range(9)}
    root = portal(folder, {**others, "vi/kin.md": secret(1, **fields), "en/kin.md": secret(1, **fields)}, settings)
    (root / "site/media").mkdir()
    (root / "site/media" / f"{MARK.lower()}-photo.jpg").write_bytes(photo(size=(900, 506), format="JPEG"))
    return root


@pytest.mark.parametrize("field", ["date", "publish_at"])
def test_nothing_under_embargo_is_anywhere_in_the_output(tmp_path: Path, field: str) -> None:
    root = portal_with_a_secret(tmp_path, **{field: APPEARS})

    assert build_at(root, NOON) is not None
    assert where_it_is_told(root / "public") == []
    build_at(root, APPEARS)
    told = where_it_is_told(root / "public")
    for part in ("vi/index.html", "vi/feed.xml", "sitemap-", "vi/search/", "media/", "vi/local/", "vi/tag/"):
        assert any(part in path for path in told), part
    build_at(root, NOON)  # the clock was set back
    assert where_it_is_told(root / "public") in ([], [MANIFEST])  # which remembers what was removed


def test_an_article_that_has_expired_is_nowhere_in_the_output(tmp_path: Path) -> None:
    ends = APPEARS + dt.timedelta(hours=5)
    root = portal_with_a_secret(tmp_path, publish_at=APPEARS, expires=ends)

    assert build_at(root, NOON) == APPEARS
    assert build_at(root, APPEARS) == ends
    assert where_it_is_told(root / "public")
    assert nothing_due(root, root / "public", ends) is None
    build_at(root, ends)
    assert where_it_is_told(root / "public") in ([], [MANIFEST])
    assert build_at(root, ends - dt.timedelta(seconds=1)) == ends  # the clock was set back
    assert where_it_is_told(root / "public")


def test_an_embargo_is_the_date_that_readers_see(tmp_path: Path) -> None:
    early, late = dt.date(2025, 1, 1), APPEARS + dt.timedelta(days=9)
    articles = {
        "vi/a.md": text_of("A", publish_at=APPEARS),
        "vi/b.md": text_of("B", publish_at=APPEARS, date=early),
        "vi/c.md": text_of("C", publish_at=APPEARS, date=late),
    }
    root = portal(tmp_path, articles)

    assert build_at(root, APPEARS - dt.timedelta(seconds=1)) == APPEARS
    build_at(root, APPEARS)
    for slug in ("a", "b"):
        assert 'datetime="2025-06-03T08:00:00+07:00"' in (root / f"public/vi/{slug}/index.html").read_text("utf-8")
    assert not (root / "public/vi/c").exists()
