"""Share images in builds: which articles have one, what has them drawn anew, and what is kept."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.builders import SETTINGS, built, codes, portal, text_of, tree, write
from tests.pictures import photo
from toasoan.build import build, forget_state
from toasoan.content.front_matter import PhotoFields
from toasoan.incremental import share_pictures, sources
from toasoan.share_images import typesetting
from toasoan.share_images.fonts import fonts_below, system_folders
from toasoan.theme import theme_folder

MORE = SETTINGS.replace("[languages.en]", "[languages.en]\n\n[languages.th]").replace(
    'en = "Heritage"', 'en = "Heritage"\nth = "มรดก"'
).replace('en = "Regions"', 'en = "Regions"\nth = "ท้องถิ่น"')  # fmt: skip


PHOTOS = (PhotoFields("a.jpg", "Bình", credit="An"),)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "media/a.jpg": photo("red", (1600, 900), format="JPEG"),
        "vi/pottery.md": text_of(
            "Gốm Bát Tràng", section="heritage", images=(PhotoFields("a.jpg", "Bình", credit="An"),)
        ),
        "vi/market.md": text_of("Chợ nổi", section="local"),
        "en/market.md": text_of("Floating market", section="local"),
    }
    return portal(tmp_path, files)


def named_by(root: Path, page: str) -> str:
    """The file that a page names as its share image."""
    html = (root / "public" / page / "index.html").read_text("utf-8")
    (found,) = re.findall(r'property="og:image" content="https://portal\.example/([^"]+)"', html)
    return str(found)


def shared(root: Path) -> set[str]:
    return {path for path in tree(root / "public") if path.startswith("share/")}


def test_each_article_has_a_picture_of_its_own(root: Path) -> None:
    built(root)

    named = {named_by(root, page) for page in ("vi/pottery", "vi/market", "en/market")}
    assert named == shared(root)
    assert len(named) == 3
    assert {Image.open(BytesIO(tree(root / "public")[path])).size for path in named} == {(1200, 630)}


def test_its_page_says_what_is_on_it(root: Path) -> None:
    built(root)

    html = (root / "public/vi/market/index.html").read_text("utf-8")
    assert '<meta property="og:image:alt" content="Chợ nổi">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert f'"image":["https://portal.example/{named_by(root, "vi/market")}"]' in html


def test_pages_that_are_no_articles_have_the_portals_own(root: Path) -> None:
    built(root)

    assert named_by(root, "vi").startswith("assets/images/share.")


def test_a_portal_can_do_without(root: Path) -> None:
    built(root)
    write(root, "site/site.toml", f"{SETTINGS}\n[pages]\nshare_images = false\n")
    built(root)

    assert shared(root) == set()
    assert named_by(root, "vi/market").startswith("assets/images/share.")


def test_a_new_title_draws_one_picture(root: Path) -> None:
    built(root)
    before = shared(root)
    write(root, "site/content/vi/market.md", text_of("Chợ nổi Cái Răng", section="local"))
    result = built(root)

    assert len(shared(root) - before) == len(before - shared(root)) == 1
    assert {path for path in result.reasons if path.startswith("share/")} == shared(root) - before


def test_a_new_text_draws_none(root: Path) -> None:
    built(root)
    before = shared(root)
    write(root, "site/content/vi/market.md", text_of("Chợ nổi", "Chữ khác.", section="local"))
    result = built(root)

    assert shared(root) == before
    assert not any(path.startswith("share/") for path in result.reasons)


def test_another_photo_makes_the_page_of_its_article_due_and_no_other_articles(root: Path) -> None:
    built(root)
    before = named_by(root, "vi/pottery")
    write(root, "site/media/a.jpg", photo("blue", (1600, 900), format="JPEG"))
    result = built(root)

    assert named_by(root, "vi/pottery") != before
    assert before not in shared(root)
    assert {"vi/pottery/index.html", named_by(root, "vi/pottery")} <= set(result.reasons)
    assert {"vi/market/index.html", "en/market/index.html"}.isdisjoint(result.reasons)


def test_a_font_of_the_portal_draws_the_pictures_of_its_language_anew(root: Path) -> None:
    built(root)
    before = {page: named_by(root, page) for page in ("vi/market", "en/market")}
    cut = (theme_folder("static") / "fonts/head-cyrillic.woff2").read_bytes()
    write(root, "site/fonts/en.woff2", cut)
    built(root)

    assert named_by(root, "en/market") != before["en/market"]
    assert named_by(root, "vi/market") == before["vi/market"]


def test_a_language_without_a_font_is_told_of_once_and_keeps_the_portals_picture(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "fonts_below", lambda folders: {})
    write(root, "site/site.toml", MORE)
    for slug in ("one", "two"):
        write(root, f"site/content/th/{slug}.md", text_of("เห็ด", slug=slug))

    results = [build(root, root / "public") for _ in range(2)]

    for result in results:  # the second one finds nothing changed
        (told,) = result.report
        assert told.code == "no-share-font"
        assert "2 articles in 'th'" in told.message
        assert told.hint is not None
        assert "fonts-noto-core" in told.hint
        assert "site/fonts/th.ttf" in told.hint
    assert named_by(root, "th/one").startswith("assets/images/share.")


def test_a_font_that_is_installed_later_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system = fonts_below(system_folders())
    if "NotoSansThai-Bold.ttf" not in system or not typesetting.shapes_text():
        pytest.skip("no Noto fonts, or no FriBiDi")
    monkeypatch.setattr(sources, "fonts_below", lambda folders: {})
    write(root, "site/site.toml", MORE)
    write(root, "site/content/th/one.md", text_of("เห็ด"))
    assert codes(build(root, root / "public").report) == ["no-share-font"]

    monkeypatch.setattr(sources, "fonts_below", lambda folders: system)
    built(root)

    assert named_by(root, "th/one").startswith("share/")


def test_without_raqm_only_scripts_that_join_letters_go_without(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("share_images.typesetting", "share_images.share_image", "render.share_image"):
        monkeypatch.setattr(f"toasoan.{module}.shapes_text", lambda: False)
    write(root, "site/site.toml", MORE)
    write(root, "site/content/th/one.md", text_of("เห็ด"))

    assert codes(build(root, root / "public").report) == ["no-text-shaping"]
    assert named_by(root, "vi/market").startswith("share/")


def test_what_was_drawn_once_is_not_drawn_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(root)
    before = tree(root / "public")
    forget_state(root, root / "public")
    monkeypatch.setattr(share_pictures, "_drawn", None)

    built(root)
    built(root, root / "elsewhere")

    assert tree(root / "public") == before == tree(root / "elsewhere")


def test_a_damaged_picture_in_the_store_is_drawn_again(root: Path) -> None:
    built(root)
    before = tree(root / "public")
    for file in (root / ".toasoan/share").iterdir():
        file.write_bytes(file.read_bytes()[:-100] + bytes(100))
    forget_state(root, root / "public")
    built(root, root / "elsewhere")

    assert tree(root / "elsewhere") == before


def test_a_lost_picture_comes_back(root: Path) -> None:
    built(root)
    before = tree(root / "public")
    for file in (root / "public/share").iterdir():
        file.unlink()
    built(root)

    assert tree(root / "public") == before


def test_the_store_does_not_grow_for_ever(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toasoan.incremental.share_picture_store.FEW", 0)
    built(root)
    for number in range(6):
        write(root, "site/content/vi/market.md", text_of(f"Chợ nổi {number}"))
        built(root)

    assert len(list((root / ".toasoan/share").iterdir())) <= 2 * 3 + 1


def test_a_check_draws_nothing(root: Path) -> None:
    assert codes(build(root, None).report) == []

    assert not (root / ".toasoan").exists()


def test_pictures_do_not_depend_on_the_number_of_processes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(160):
        write(root, f"site/content/en/note-{number}.md", text_of(f"Note {number % 20}", section="heritage"))
    built(root)
    before = tree(root / "public")
    (root / ".toasoan").rename(root / "aside")
    build(root, root / "elsewhere", jobs=2)

    assert tree(root / "elsewhere") == before
