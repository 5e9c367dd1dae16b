"""What import does to a portal's folder, and what it never does."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from toasoan.config import Config
from toasoan.content.front_matter import read_document
from toasoan.diagnostics import Report
from toasoan.files import acting_through
from toasoan.ingest import raw_files
from toasoan.ingest.importing import Imported, Outcome, import_files
from toasoan.ingest.review import REVIEW_FILE
from toasoan.model.language import Language
from toasoan.model.section import Section
from toasoan.settings import LanguageSettings, SiteSettings

TEXT = (
    "The museum stands on the bank where the oldest yard once was, and it shows forty boats of the last century, "
    "among them the ferry on which the children of the village have crossed the river to school every morning."
)
SOURCE = "Source: https://baotang.example/bao-tang-thuyen-mo-cua-don-khach-post12345.html"
BYLINE = "Sông HồngSông Hồng17/12/2025"


class Portal:
    """A portal in a folder of its own, with a folder of raw texts beside it."""

    def __init__(self, folder: Path, languages: tuple[str, ...] = ("en", "vi")) -> None:
        self.root = folder / "portal"
        self.raw = folder / "raw"
        self.root.mkdir()
        self.raw.mkdir()
        self.config = Config(
            SiteSettings("Portal", "https://portal.example", dict.fromkeys(languages, LanguageSettings()), {}),
            {tag: Language(tag, tag) for tag in languages},
            {key: Section(key, {}) for key in ("heritage", "political-system")},
            (),
        )
        self.report = Report()

    def put(self, name: str, *lines: str) -> Path:
        path = self.raw / name
        path.write_text("\n".join(lines), "utf-8")
        return path

    def put_bytes(self, name: str, data: bytes) -> Path:
        path = self.raw / name
        path.write_bytes(data)
        return path

    def run(self, *paths: Path, dry_run: bool = False) -> dict[str, Imported]:
        self.report = Report()
        outcomes = import_files(self.root, paths or (self.raw,), self.config, self.report, dry_run)
        return {outcome.source: outcome for outcome in outcomes}

    def article(self, outcome: Imported) -> Path:
        assert outcome.article is not None
        return self.root / outcome.article

    def tree(self) -> dict[str, bytes]:
        """All files but the review queue, which tests/integration/test_review.py looks at."""
        files = {str(p.relative_to(self.root)): p.read_bytes() for p in self.root.rglob("*") if p.is_file()}
        return {path: data for path, data in files.items() if path != REVIEW_FILE}

    @property
    def codes(self) -> list[str]:
        return [diagnostic.code for diagnostic in self.report]


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(tmp_path)


def page(title: str, text: str = TEXT) -> tuple[str, ...]:
    return (title, BYLINE, text)


# --- importing again --------------------------------------------------------------------------------------------


def test_a_new_text_is_written_with_its_receipt_and_its_ledger_row(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))

    outcome = portal.run()["a.txt"]

    assert (outcome.outcome, outcome.article) == (Outcome.WRITTEN, "site/content/en/2025/a-museum-of-boats.md")
    assert sorted(portal.tree()) == [
        "site/content/en/2025/a-museum-of-boats.md",
        "site/import/ledger.jsonl",
        "site/import/receipts/a.json",
    ]


def test_the_ledger_is_sorted_by_raw_file(portal: Portal) -> None:
    portal.put("b.txt", *page("B museum of boats"))
    portal.run()
    portal.put("a.txt", *page("A museum of boats"))
    portal.run()

    rows = [json.loads(line) for line in (portal.root / "site/import/ledger.jsonl").read_text("utf-8").splitlines()]
    assert [row["source"] for row in rows] == ["a.txt", "b.txt"]
    assert set(rows[0]) == {"source", "sha256", "article", "article_sha256"}


def test_an_unchanged_text_is_left_alone_and_still_told_of(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    first = portal.run()["a.txt"]
    before = portal.tree()

    again = portal.run()["a.txt"]

    assert again.outcome is Outcome.UNCHANGED
    assert (again.title, again.language, again.found) == (first.title, first.language, first.found)
    assert portal.tree() == before


def test_a_changed_text_updates_its_article_in_place(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    first = portal.run()["a.txt"]
    portal.put("a.txt", *page("A museum of many boats"))

    outcome = portal.run()["a.txt"]

    assert (outcome.outcome, outcome.article) == (Outcome.UPDATED, first.article)
    assert "many boats" in portal.article(outcome).read_text("utf-8")


@pytest.mark.parametrize("raw_changes", [False, True])
def test_an_edited_article_is_never_touched(portal: Portal, raw_changes: bool) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    article = portal.article(portal.run()["a.txt"])
    article.write_text(article.read_text("utf-8").replace("forty", "forty-one"), "utf-8")
    before = portal.tree()
    if raw_changes:
        portal.put("a.txt", *page("A museum of many boats"))

    outcome = portal.run()["a.txt"]

    assert outcome.outcome is Outcome.KEPT
    assert portal.tree() == before
    assert any("raw file changed" in sentence for sentence in outcome.to_review) == raw_changes


def test_even_an_article_edited_beyond_reading_is_kept(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    portal.article(portal.run()["a.txt"]).write_bytes(b"\xff not even text")

    assert portal.run()["a.txt"].outcome is Outcome.KEPT


def test_a_deleted_article_is_not_made_again(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    portal.article(portal.run()["a.txt"]).unlink()
    before = portal.tree()

    assert portal.run()["a.txt"].outcome is Outcome.REMOVED
    assert portal.tree() == before


def test_without_its_row_a_deleted_article_is_made_again(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    portal.article(portal.run()["a.txt"]).unlink()
    (portal.root / "site/import/ledger.jsonl").write_text("")

    assert portal.run()["a.txt"].outcome is Outcome.WRITTEN


def test_a_run_that_was_cut_short_is_taken_up(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    portal.put("b.txt", *page("A museum of boats"))
    portal.run()
    whole = portal.tree()
    (portal.root / "site/import/ledger.jsonl").unlink()

    portal.run()

    assert portal.tree() == whole


def test_a_changed_language_moves_the_article(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    first = portal.article(portal.run()["a.txt"])
    portal.put(
        "a.txt",
        *page("Bảo tàng thuyền", "Bảo tàng nằm trên bờ sông và trưng bày bốn mươi chiếc thuyền của thế kỷ trước."),
    )

    outcome = portal.run()["a.txt"]

    assert outcome.article == "site/content/vi/2025/bao-tang-thuyen.md"
    assert not first.exists()


def test_a_dry_run_tells_the_same_and_writes_nothing(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    portal.put("b.txt", *page("A museum of boats"))

    told = portal.run(dry_run=True)

    assert portal.tree() == {}
    assert told == portal.run()


def test_progress_is_told(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    portal.put("b.txt", *page("B museum of boats"))
    told: list[tuple[int, int]] = []

    import_files(portal.root, [portal.raw], portal.config, Report(), progress=lambda *done: told.append(done))

    assert told == [(1, 2), (2, 2)]


# --- slugs ------------------------------------------------------------------------------------------------------


def test_a_file_that_import_did_not_write_is_not_overwritten(portal: Portal) -> None:
    own = portal.root / "site/content/en/2025/a-museum-of-boats.md"
    own.parent.mkdir(parents=True)
    own.write_text("mine", "utf-8")
    portal.put("a.txt", *page("A museum of boats"))

    outcome = portal.run()["a.txt"]

    assert own.read_text("utf-8") == "mine"
    assert outcome.article == "site/content/en/2025/a-museum-of-boats-2.md"
    assert any("'a-museum-of-boats'" in sentence for sentence in outcome.to_review)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("1999/a-museum-of-boats.md", "+++\n+++\n"),
        ("A-Museum-of-Boats.md", "+++\n+++\n"),
        ("x/y/other.md", '+++\ntitle = "T"\nslug = "a-museum-of-boats"\n+++\n'),
    ],
)
def test_a_slug_is_unique_in_its_whole_language(portal: Portal, place: str, text: str) -> None:
    taken = portal.root / "site/content/en" / place
    taken.parent.mkdir(parents=True)
    taken.write_text(text, "utf-8")
    portal.put("a.txt", *page("A museum of boats"))

    assert portal.run()["a.txt"].article == "site/content/en/2025/a-museum-of-boats-2.md"


def test_two_articles_of_one_title_get_two_slugs(portal: Portal) -> None:
    portal.put("b.txt", *page("A museum of boats"))
    portal.put("a.txt", *page("A museum of boats", TEXT + " It is open."))

    outcomes = portal.run(portal.raw / "b.txt", portal.raw / "a.txt")

    assert [outcome.article for outcome in outcomes.values()] == [
        "site/content/en/2025/a-museum-of-boats.md",
        "site/content/en/2025/a-museum-of-boats-2.md",
    ]


def test_the_same_story_twice_in_one_language_is_published_once(portal: Portal) -> None:
    portal.put("a.txt", TEXT, SOURCE)
    portal.put("b.txt", TEXT + " It is open.", SOURCE)

    outcomes = portal.run()

    def status(name: str) -> str:
        path = portal.article(outcomes[name])
        document = read_document(path.read_text("utf-8"), path.name, Report())
        assert document is not None
        return str(document.front_matter.status)

    assert (status("a.txt"), status("b.txt")) == ("published", "draft")
    assert any(str(outcomes["a.txt"].article) in sentence for sentence in outcomes["b.txt"].to_review)


# --- raw files of all kinds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-source"),
        (b" \n\n \t\n", "empty-source"),
        ("Vietnam.vn - Nền tảng quảng bá Việt Nam\nComment (0)".encode(), "empty-source"),
        (b"\xff\xfe\x00a", "not-utf8"),
        (TEXT.encode() + b"\n\xc3(", "not-utf8"),
        (b"\x00\x01\x02", "binary-source"),
        (b"<!DOCTYPE html><html><p>Text</p></html>", "unknown-source-language"),
        (b'<?xml version="1.0"?><rss/>', "empty-source"),
        (b'<?xml version="1.0"?><sheet/>', "unknown-source-format"),
        (b'{"rows": []}', "unknown-source-format"),
        (b"%PDF-1.7 ...", "binary-source"),
        (b"0123456789", "unknown-source-language"),
        ("Это музей, и он стоит на берегу реки, где была верфь.".encode(), "unknown-source-language"),
        (b"a\n" * 60_000, "huge-source"),
        ("\n".join(f"{n} of the boats - Photo: {'An ' * 15}{n}" for n in range(9000)).encode(), "huge-source"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_told_and_leaves_nothing_behind(portal: Portal, data: bytes, code: str) -> None:
    portal.put_bytes("a.txt", data)
    portal.put("b.txt", *page("A museum of boats"))

    outcomes = portal.run()

    assert (outcomes["a.txt"].outcome, outcomes["a.txt"].article) == (Outcome.FAILED, None)
    assert outcomes["b.txt"].outcome is Outcome.WRITTEN
    assert portal.codes == [code]
    assert all(diagnostic.location.path.endswith("a.txt") for diagnostic in portal.report)


def test_a_huge_file_is_not_read(portal: Portal) -> None:
    with (portal.raw / "a.txt").open("wb") as sparse:
        sparse.truncate(raw_files.LARGEST + 1)

    assert portal.run()["a.txt"].outcome is Outcome.FAILED
    assert portal.codes == ["huge-source"]


def test_a_failed_text_leaves_its_earlier_article_alone(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))
    portal.run()
    before = portal.tree()
    portal.put("a.txt", "")

    assert portal.run()["a.txt"].outcome is Outcome.FAILED
    assert portal.tree() == before


def test_a_folder_means_its_texts(portal: Portal) -> None:
    for name in ("b.txt", "a.TXT", ".hidden.txt", "notes.md"):
        portal.put(name, *page(f"The boats of {name.strip('.')}"))
    (portal.raw / "folder.txt").mkdir()

    assert list(portal.run()) == ["a.TXT", "b.txt"]


def test_a_folder_without_texts_is_told(portal: Portal) -> None:
    assert portal.run() == {}
    assert portal.codes == ["no-sources"]


def test_a_path_to_nothing_is_told(portal: Portal) -> None:
    assert portal.run(portal.raw / "nothing.txt") == {}
    assert portal.codes == ["no-such-source"]


def test_a_file_that_is_named_twice_is_imported_once(portal: Portal) -> None:
    path = portal.put("a.txt", *page("A museum of boats"))

    assert list(portal.run(path, portal.raw, portal.raw / ".." / "raw" / "a.txt")) == ["a.txt"]


def test_two_raw_files_of_one_name_are_told_apart(portal: Portal, tmp_path: Path) -> None:
    first = portal.put("a.txt", *page("A museum of boats"))
    (tmp_path / "other").mkdir()
    second = tmp_path / "other/a.txt"
    second.write_text("\n".join(page("A museum of cars")), "utf-8")

    outcomes = import_files(portal.root, [second, first], portal.config, portal.report)

    assert [outcome.outcome for outcome in outcomes] == [Outcome.WRITTEN, Outcome.FAILED]
    assert portal.codes == ["source-twice"]


def link_out(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text(TEXT, "utf-8")
    (folder / "a.txt").symlink_to(secret)


def link_to_nothing(folder: Path) -> None:
    (folder / "a.txt").symlink_to("nothing")


def link_to_itself(folder: Path) -> None:
    (folder / "a.txt").symlink_to("a.txt")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")


def listening_socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(folder / "a.txt"))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (link_out, "source-outside-folder"),
        (link_to_nothing, "unreadable-source"),
        (link_to_itself, "unreadable-source"),
        (pipe, "no-regular-source"),
        (listening_socket, "no-regular-source"),
    ],
)
def test_what_is_no_file_of_the_folder_is_skipped(portal: Portal, make: Callable[[Path], None], code: str) -> None:
    make(portal.raw)
    portal.put("b.txt", *page("A museum of boats"))

    assert list(portal.run()) == ["b.txt"]
    assert portal.codes == [code]


def test_a_link_inside_the_folder_is_followed(portal: Portal) -> None:
    portal.put("b.md", *page("A museum of boats"))
    (portal.raw / "a.txt").symlink_to("b.md")

    assert portal.run()["a.txt"].outcome is Outcome.WRITTEN


def test_a_name_that_is_not_utf8_is_skipped(portal: Portal) -> None:
    try:
        Path(os.fsdecode(os.fsencode(portal.raw) + b"/\xff.txt")).write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this file system has only UTF-8 names")

    assert portal.run() == {}
    assert portal.codes == ["unreadable-source"]


def test_a_very_long_name_has_a_receipt_too(portal: Portal) -> None:
    name = "đ" * 125 + ".txt"
    portal.put(name, *page("A museum of boats"))

    assert portal.run()[name].outcome is Outcome.WRITTEN
    assert len(list((portal.root / "site/import/receipts").iterdir())) == 1


# --- the ledger -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        "{",
        "[]",
        '{"source": "a.txt"}',
        '{"source": "a.txt", "sha256": "", "article": "site/content/../../x.md", "article_sha256": ""}',
        '{"source": "a.txt", "sha256": "", "article": "/etc/x.md", "article_sha256": ""}',
        '{"source": "a.txt", "sha256": "", "article": "site/content/x.md", "article_sha256": ""}',
        '{"source": "a.txt", "sha256": 1, "article": "site/content/en/x.md", "article_sha256": ""}',
        '{"source": "a", "sha256": "", "article": "site/content/en/x.md", "article_sha256": ""}\n' * 2,
        "\udcff",
    ],
)
def test_with_a_broken_ledger_nothing_is_imported(portal: Portal, row: str) -> None:
    ledger = portal.root / "site/import/ledger.jsonl"
    ledger.parent.mkdir(parents=True)
    ledger.write_bytes(row.encode(errors="surrogateescape"))
    portal.put("a.txt", *page("A museum of boats"))
    before = portal.tree()

    assert portal.run() == {}
    assert portal.codes == ["broken-ledger"]
    assert portal.tree() == before


def test_a_full_disk_is_told_and_the_next_run_makes_up_for_it(portal: Portal) -> None:
    portal.put("a.txt", *page("A museum of boats"))

    def full(act: str, path: Path) -> None:
        if act == "write" and path.suffix == ".md":
            raise OSError(28, "No space left on device")

    with acting_through(full):
        assert portal.run()["a.txt"].outcome is Outcome.FAILED
    assert portal.codes == ["cannot-write"]
    assert not (portal.root / "site/content").exists() or not list((portal.root / "site/content").rglob("*.md*"))

    assert portal.run()["a.txt"].outcome is Outcome.WRITTEN


# --- receipts ---------------------------------------------------------------------------------------------------


def test_a_receipt_says_what_became_of_every_line(portal: Portal) -> None:
    portal.put("a.txt", "", "A museum of boats", BYLINE, "", TEXT, "Zalo Facebook", "Comment (0)")
    portal.run()

    receipt = json.loads((portal.root / "site/import/receipts/a.json").read_text("utf-8"))

    assert receipt["article"] == "site/content/en/2025/a-museum-of-boats.md"
    assert receipt["lines"] == [
        {"line": 2, "fate": "title"},
        {"line": 3, "fate": "byline"},
        {"line": 5, "fate": "paragraph"},
        {"line": 6, "fate": "dropped", "reason": "share bar"},
        {"line": 7, "fate": "dropped", "reason": "comment count"},
    ]
