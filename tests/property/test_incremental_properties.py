"""Whatever happens to a portal: a build that makes only what is due gives the bytes of one from nothing."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.builders import SETTINGS, page_text, portal, text_of, tree, write
from tests.pictures import RED, exif, photo
from toasoan.build import build, forget_state
from toasoan.content.front_matter import CorrectionFields, PhotoFields, VideoFields
from toasoan.diagnostics import Report
from toasoan.model.article import Status, Translation
from toasoan.record_command import record_addresses
from toasoan.theme import theme_folder

LATER = dt.date(2025, 6, 20)
NOW = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)
BODIES = (
    "Lò gốm Bát Tràng nung suốt đêm.",
    "Lò gốm Bát Tràng nung 1.250 bình, thợ gốm Bát Tràng bán 391 bình.",
    "The Bat Trang kiln fired 1,250 jars and sold 391 of them in Bat Trang.",
    "## Một\n\n## Hai\n\n## Ba\n\nĐọc [bài kia](/vi/bai-1/) và [danh sách](/vi/archive/).",
    "![](image:1)\n\nChữ.",
    "Xem [bảng](/media/b.txt).",
)
fields = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Gốm Bát Tràng", "Chợ nổi", "Bat Trang pottery", "Lúa & gạo", "Một tựa"]),
        "body": st.sampled_from(BODIES),
        "date": st.sampled_from(
            [None, dt.date(2025, 6, 1), dt.date(2025, 6, 2), dt.date(2025, 5, 31), dt.date(2025, 8, 1)]
        ),
        "section": st.sampled_from([None, "local", "local", "heritage"]),
        "tags": st.sampled_from([(), ("Gốm",), ("gốm", "chợ"), ("Gôm",), ("gom",)]),
        "authors": st.sampled_from([(), ("Lê Lan",), ("Lê Làn",), ("Lê Lan", "An")]),
        "publisher": st.sampled_from([None, "Báo Thử", "BÁO THỬ", "Bao Thư"]),
        "story": st.sampled_from([None, None, "one", "bai-1"]),
        "source_url": st.sampled_from([None, None, "https://baothu.example/1", "https://baothu.example/2"]),
        "summary": st.sampled_from([None, "Tóm tắt.", "A summary."]),
        "translation": st.sampled_from([None, Translation.ORIGINAL, Translation.MACHINE]),
        "status": st.sampled_from([Status.PUBLISHED] * 5 + [Status.DRAFT, Status.WITHDRAWN]),
        "comments": st.sampled_from([None, None, False]),
        "corrections": st.sampled_from([(), (), (CorrectionFields("Sai."),), (CorrectionFields("Sai.", LATER),)]),
        "aliases": st.sampled_from([(), (), (), ("/cu/1",), ("/Cu/1/", "/cu/2.html"), ("/vi/bai-1/",)]),
        "images": st.sampled_from(
            [
                (),
                (PhotoFields(caption="Ảnh", credit="An"),),
                (PhotoFields("a.png", alt="Bình gốm"),),
                (PhotoFields("a.png", credit="An"), PhotoFields("c.png", "Chợ", credit="Lê Lan")),
            ]
        ),
        "photo_series": st.booleans(),
        "videos": st.sampled_from(
            [
                (),
                (),
                (VideoFields("b.mp4", "c.png", silent=True),),
                (VideoFields("https://vimeo.com/12345678"),),
            ]
        ),
    }
)
languages = st.sampled_from(["vi", "en"])
names = st.sampled_from([f"bai-{number}" for number in range(8)])


NAMED = photo(exif=exif(Artist="Gia Huy"))
COMMENTS = '[comments]\nserver = "https://comments.portal.example"\n'


class Portal(RuleBasedStateMachine):
    """A portal to which editors, developers and accidents do all kinds of things."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="toasoan-test-"))
        self.articles: dict[str, dict[str, Any]] = {}
        self.builds = 0

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @initialize(given=st.lists(fields, min_size=4, max_size=7))
    def lay_out(self, given: list[dict[str, Any]]) -> None:
        portal(
            self.root,
            {
                "media/a.png": photo(),
                "media/b.txt": b"text",
                "media/b.mp4": b"film",
                "media/c.png": photo(RED),
                "pages/vi/about.md": page_text(),
            },
            SETTINGS + COMMENTS,
        )
        for number, one in enumerate(given):
            self._put(f"{('vi', 'vi', 'en')[number % 3]}/bai-{number}", {**one, "body": BODIES[number % 3]})

    def _put(self, name: str, one: dict[str, Any]) -> None:
        # Mistakes are the matter of other tests: here the photo of a text is always there.
        one = {**one, "images": one["images"] or (PhotoFields(caption="Ảnh"),)} if "image:1" in one["body"] else one
        self.articles[name] = one
        write(self.root, f"site/content/{name}.md", text_of(**one))

    # ---- editors

    @rule(language=languages, name=names, one=fields)
    def write_article(self, language: str, name: str, one: dict[str, Any]) -> None:
        self._put(f"{language}/{name}", one)

    @precondition(lambda self: self.articles)
    @rule(data=st.data(), one=fields, what=st.sampled_from(["title", "body", "date", "section", "tags", "authors"]))
    def edit_article(self, data: st.DataObject, one: dict[str, Any], what: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.articles)))
        self._put(name, {**self.articles[name], what: one[what]})

    @precondition(lambda self: self.articles)
    @rule(
        data=st.data(),
        one=fields,
        what=st.sampled_from(
            [
                "story",
                "source_url",
                "translation",
                "status",
                "images",
                "videos",
                "photo_series",
                "aliases",
                "corrections",
            ]
        ),
    )
    def change_what_it_belongs_to(self, data: st.DataObject, one: dict[str, Any], what: str) -> None:
        self.edit_article(data, one, what)

    @precondition(lambda self: self.articles)
    @rule(data=st.data(), language=languages, name=names)
    def move_article(self, data: st.DataObject, language: str, name: str) -> None:
        before = data.draw(st.sampled_from(sorted(self.articles)))
        one = self.articles.pop(before)
        (self.root / f"site/content/{before}.md").unlink()
        self._put(f"{language}/{name}", one)

    @precondition(lambda self: self.articles)
    @rule(data=st.data())
    def delete_article(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.articles)))
        del self.articles[name]
        (self.root / f"site/content/{name}.md").unlink()

    @rule(there=st.booleans(), language=languages)
    def change_static_page(self, there: bool, language: str) -> None:
        file = self.root / f"site/pages/{language}/about.md"
        if there:
            write(self.root, f"site/pages/{language}/about.md", page_text(f"About {self.builds}"))
        else:
            file.unlink(missing_ok=True)

    @rule(
        file=st.sampled_from(["a.png", "c.png", "b.txt", "b.mp4"]),
        data=st.sampled_from([photo(), photo(RED), NAMED, b"text", None]),
    )
    def change_media(self, file: str, data: bytes | None) -> None:
        if data is None:
            (self.root / "site/media" / file).unlink(missing_ok=True)
        else:
            write(self.root, f"site/media/{file}", data)

    @rule(
        language=languages,
        name=names,
        comments=st.sampled_from([None, None, None, [], [1], [1], [1, 2], "broken"]),
    )
    def change_comments(self, language: str, name: str, comments: list[int] | str | None) -> None:
        path = f"site/comments/{language}/{name}.json"
        if comments is None:
            (self.root / path).unlink(missing_ok=True)
        else:
            tables = [{"id": it, "date": "2025-06-01T01:00:00Z", "text": f"Hay {self.builds}"} for it in comments]
            write(self.root, path, comments if isinstance(comments, str) else json.dumps(tables))

    @precondition(lambda self: self.articles)
    @rule(data=st.data(), comments=st.sampled_from([None, [1], [1, 2, 3]]))
    def change_comments_of_an_article(self, data: st.DataObject, comments: list[int] | None) -> None:
        language, _, name = data.draw(st.sampled_from(sorted(self.articles))).partition("/")
        self.change_comments(language, name, comments)

    # ---- developers

    @rule(
        setting=st.sampled_from(
            [
                "articles_per_page = 2",
                "related_count = 1",
                'title = "Khác"',
                "[pages]\nmonths = false",
                COMMENTS,
                COMMENTS,
                "[pages]\nshare_images = false",
                '[redirects]\nformats = ["html", "nginx", "caddy", "redirects-file"]\nold_forms = ["/{slug}/"]',
                '[redirects]\nformats = ["nginx", "caddy"]\n[headers]\nallow = { img-src = ["https://p.example"] }',
                "",
            ]
        )
    )
    def change_settings(self, setting: str) -> None:
        lines = SETTINGS.removeprefix('title = "Tin thử"\n') if setting.startswith("title") else SETTINGS
        text = f"{lines}\n{setting}\n" if setting.startswith("[") else f"{setting}\n{lines}"
        write(self.root, "site/site.toml", text)

    @rule(lead=st.sampled_from([None, "bai-1", "bai-2", "gone"]), pinned=st.lists(names, max_size=3))
    def choose_for_home(self, lead: str | None, pinned: list[str]) -> None:
        line = f'lead = "{lead}"\n' if lead else ""
        own = f"[languages.en]\npinned = {json.dumps(pinned[:1])}\n"
        write(self.root, "site/home.toml", f"{line}pinned = {json.dumps(pinned)}\n{own}")

    @rule(name=st.sampled_from(["Báo Thử", "Báo Khác"]))
    def list_agency(self, name: str) -> None:
        write(self.root, "site/publishers.toml", f'[publishers.bao-thu]\nname = "{name}"\nspellings = ["Bao Thu"]\n')

    @rule(
        there=st.booleans(),
        template=st.sampled_from(
            ["layouts/list.html", "layouts/article.html", "macros/card.html", "partials/nav.html"]
        ),
    )
    def change_template(self, there: bool, template: str) -> None:
        own = self.root / "site/templates" / template
        if there:
            text = (theme_folder("templates") / template).read_text("utf-8")
            write(self.root, f"site/templates/{template}", text.replace('class="', f'class="own{self.builds} '))
        else:
            own.unlink(missing_ok=True)

    @rule()
    def change_translation(self) -> None:
        text = (theme_folder("templates") / "locale/vi.po").read_text("utf-8")
        write(self.root, "site/templates/locale/vi.po", text.replace("Mới nhất", f"Mới nhất {self.builds}"))

    @rule(
        font=st.sampled_from(["head-cyrillic.woff2", "head-latin-vi.woff2", None]), name=st.sampled_from(["vi", "x"])
    )
    def change_font(self, font: str | None, name: str) -> None:
        own = self.root / f"site/fonts/{name}.woff2"
        if font is None:
            own.unlink(missing_ok=True)
        else:
            write(self.root, f"site/fonts/{name}.woff2", (theme_folder("static") / "fonts" / font).read_bytes())

    @rule(colour=st.sampled_from(["red", "blue"]))
    def change_style(self, colour: str) -> None:
        write(self.root, "site/static/css/own.css", f"body {{ color: {colour} }}")

    @rule()
    def put_online(self) -> None:
        record_addresses(self.root, self.root / "public", Report())

    # ---- accidents

    @rule()
    def lose_state(self) -> None:
        forget_state(self.root, self.root / "public")

    @rule(at=st.floats(0, 1))
    def damage_state(self, at: float) -> None:
        for file in (self.root / ".toasoan").glob("*.sqlite"):
            data = bytearray(file.read_bytes())
            data[int(at * (len(data) - 1))] ^= 0xFF
            file.write_bytes(data)

    @rule(data=st.data(), and_lose_state=st.booleans())
    def damage_output(self, data: st.DataObject, and_lose_state: bool) -> None:
        files = sorted(path for path in (self.root / "public").rglob("*.*") if path.is_file())
        if files:
            file = data.draw(st.sampled_from(files))
            file.write_bytes(file.read_bytes() + b"x")
        if and_lose_state:
            self.lose_state()

    @rule(data=st.data(), is_gone=st.booleans())
    def damage_share_images(self, data: st.DataObject, is_gone: bool) -> None:
        kept = sorted((self.root / ".toasoan/share").glob("*.jpg"))
        if kept:
            file = data.draw(st.sampled_from(kept))
            file.write_bytes(b"" if is_gone else file.read_bytes()[:-40] + bytes(40))

    # ---- what always holds

    @invariant()
    def incremental_is_clean(self) -> None:
        if not (self.root / "site").exists():
            return
        self.builds += 1
        output, clean = self.root / "public", self.root / f"clean-{self.builds}"
        before = tree(output) if output.exists() else {}
        result = build(self.root, output, now=NOW)
        # What was drawn before must not stand in for what would be drawn now.
        kept = self.root / ".toasoan/share"
        if kept.exists():
            kept.rename(self.root / "aside")
        again = build(self.root, clean, now=NOW)
        if kept.exists():
            shutil.rmtree(kept)
        if (aside := self.root / "aside").exists():
            aside.rename(kept)
        told, told_again = [str(it) for it in result.report], [str(it) for it in again.report]
        assert told == told_again, sorted(set(told) ^ set(told_again))
        if result.published is None:
            assert (tree(output) if output.exists() else {}) == before
        else:
            there, wanted = tree(output), tree(clean)
            assert sorted(there) == sorted(wanted)
            differing = [path for path in wanted if there[path] != wanted[path]]
            assert differing == [], (differing, there[differing[0]], wanted[differing[0]])
            assert (result.articles, result.pages, result.redirects) == (again.articles, again.pages, again.redirects)
            settled = build(self.root, output, now=NOW)
            assert settled.published is not None
            assert settled.published.written == settled.published.removed == 0
        forget_state(self.root, clean)
        shutil.rmtree(clean, ignore_errors=True)


def test_any_chain_of_changes_gives_the_bytes_of_a_clean_build() -> None:
    run_state_machine_as_test(Portal, settings=settings(max_examples=10, stateful_step_count=12))


@pytest.mark.long
def test_many_long_chains_of_changes_do() -> None:
    run_state_machine_as_test(
        Portal, settings=settings(max_examples=60, stateful_step_count=25, phases=[Phase.generate])
    )
