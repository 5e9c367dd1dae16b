"""The desk as an editor uses it: a text is changed, seen, saved, in conflict with another, brought back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.browser.test_preview_in_chromium import served_preview
from tests.builders import portal, text_of, write
from tests.pictures import RED, photo
from toasoan.content.front_matter import read_document
from toasoan.content.front_matter_edit import edited
from toasoan.diagnostics import Report
from toasoan.ingest.review import REVIEW_FILE
from toasoan.model.article import Status, Translation
from toasoan.translations.parts import parts_of
from toasoan.translations.staleness import record_of

SETTINGS = """title = "Tòa soạn"
base_url = "https://portal.example"

[languages.vi]
[languages.en]
[languages.ar]

[sections.local]
vi = "Địa phương"
en = "Regions"
ar = "أماكن"
"""
MARKET = "site/content/vi/cho.md"
VI = "Chợ họp từ sáng sớm.\n\n## Thuyền\n\nThuyền đến từ khắp nơi."
EN = "The market opens at dawn.\n\n## Boats\n\nBoats come from everywhere."

REVIEW = f"""
[[article]]
path = "{MARKET}"
source = "a.txt"
look_at = ["no publisher is known"]
done = false

[[same_story]]
articles = ["site/content/en/day.md", "site/content/vi/ngay.md"]
confidence = 80
because = "the same numbers"
answer = ""
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    day = dt.date(2025, 12, 1)
    market = text_of("Chợ nổi", VI, story="cho", translation=Translation.ORIGINAL, date=day, section="local")
    market = market.replace("+++\n", "+++\n# Ask Lan.\n", 1)
    document = read_document(market, MARKET, Report())
    assert document
    record = record_of("vi", parts_of(document))
    files: dict[str, str | bytes] = {
        "vi/cho.md": market,
        "en/cho.md": text_of(
            "Floating market", EN, story="cho", translation=Translation.HUMAN, date=day, translated=record
        ),
        "vi/ngay.md": text_of("Một ngày", status=Status.DRAFT),
        "en/day.md": text_of("A day", status=Status.DRAFT),
        "import/review.toml": REVIEW,
    }
    return portal(tmp_path, files, SETTINGS)


@pytest.fixture
def desk(root: Path) -> Iterator[str]:
    with served_preview(root) as address:
        yield f"{address}/_desk"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda message: mistakes.append(message.text) if "Content Security" in message.text else None)
    yield page
    page.close()
    assert mistakes == []


def opened(page: Page, desk: str, path: str = MARKET) -> None:
    page.goto(f"{desk}/edit?path={path}")
    expect(page.locator("#state")).to_have_text("Saved")


def text(root: Path, path: str = MARKET) -> str:
    return (root / path).read_text("utf-8")


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_text("Saved")
    expect(page.locator("#save")).to_be_disabled()


# ---- the loop: edit, look, save, conflict, undo


def test_what_is_written_is_seen_saved_and_on_the_page(page: Page, desk: str, root: Path) -> None:
    before = text(root)
    opened(page, desk)
    expect(page.frame_locator("#proof").locator("h1")).to_have_text("Chợ nổi")

    page.get_by_label("Text in Markdown").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nMột câu **mới**.")
    expect(page.frame_locator("#proof").locator("strong")).to_have_text("mới")
    page.get_by_label("Headline").fill("Chợ nổi Cái Răng")
    expect(page.frame_locator("#proof").locator("h1")).to_have_text("Chợ nổi Cái Răng")
    expect(page.locator("#state")).to_have_text("Not saved")
    assert text(root) == before

    page.keyboard.press("Control+s")
    saved(page)

    assert text(root) == before.replace("Chợ nổi", "Chợ nổi Cái Răng").replace(
        "khắp nơi.", "khắp nơi.\n\nMột câu **mới**."
    )
    page.goto(desk.replace("/_desk", "/vi/cho/"))
    expect(page.locator("h1")).to_have_text("Chợ nổi Cái Răng")


def test_a_change_on_disk_meanwhile_is_never_overwritten_and_joined_where_it_can_be(
    page: Page, desk: str, root: Path
) -> None:
    opened(page, desk)
    page.get_by_label("Headline").fill("Của tôi")
    write(root, MARKET, text(root).replace("khắp nơi.", "mọi nơi."))
    theirs = text(root)

    page.locator("#save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You changed other things than they did")
    assert text(root) == theirs
    dialog.get_by_role("button").click()
    expect(page.get_by_label("Headline")).to_have_value("Của tôi")
    expect(page.get_by_label("Text in Markdown")).to_contain_text("mọi nơi.")
    expect(page.locator("#state")).to_have_text("Not saved")

    page.locator("#save").click()
    saved(page)
    assert text(root) == theirs.replace('"Chợ nổi"', '"Của tôi"')


def test_a_photo_is_seen_before_it_is_saved(page: Page, desk: str, root: Path) -> None:
    write(root, "site/media/boat.png", photo(RED))
    opened(page, desk)
    page.get_by_text("Photos").click()
    page.get_by_role("button", name="Add a photo").click()
    page.get_by_label("File below site/media/").fill("boat.png")
    page.get_by_label("Caption").fill("Thuyền")
    page.get_by_label("Text in Markdown").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\n![](image:1)")

    picture = page.frame_locator("#proof").locator("img")
    expect(picture).to_be_visible()
    expect(page.frame_locator("#proof").locator("figcaption")).to_have_text("Thuyền")
    page.wait_for_function("document.querySelector('#proof').contentDocument.querySelector('img').naturalWidth > 0")
    page.locator("#save").click()
    saved(page)
    assert '[[images]]\nsrc = "boat.png"\ncaption = "Thuyền"\n' in text(root)


def test_a_row_that_nobody_filled_in_moves_no_other(page: Page, desk: str, root: Path) -> None:
    opened(page, desk)
    page.get_by_text("Photos").click()
    for _ in range(3):
        page.get_by_role("button", name="Add a photo").click()
    page.get_by_role("group", name="Photo 2").get_by_label("Caption").fill("Một")
    page.get_by_role("group", name="Photo 3").get_by_label("Caption").fill("Hai")
    page.locator("#save").click()
    saved(page)
    expect(page.get_by_role("group", name="Photo")).to_have_count(2)
    page.get_by_role("group", name="Photo 2").get_by_label("Caption").fill("Ba")
    page.locator("#save").click()
    saved(page)

    document = read_document(text(root), MARKET, Report())
    assert document
    assert [it.caption for it in document.front_matter.images] == ["Một", "Ba"]


def test_where_both_changed_the_same_theirs_stays_and_mine_can_be_copied(page: Page, desk: str, root: Path) -> None:
    opened(page, desk)
    page.get_by_label("Headline").fill("Của tôi")
    write(root, MARKET, text(root).replace('"Chợ nổi"', '"Của họ"'))
    theirs = text(root)

    page.locator("#save").click()
    expect(page.get_by_label("What you wrote")).to_have_value(re.compile("Của tôi"))
    expect(page.get_by_label("The file now")).to_have_value(re.compile("Của họ"))
    page.get_by_role("dialog").get_by_role("button").click()

    expect(page.get_by_label("Headline")).to_have_value("Của họ")
    assert text(root) == theirs


def test_undo_brings_back_what_was_there(page: Page, desk: str, root: Path) -> None:
    before = text(root)
    opened(page, desk)
    expect(page.locator("#undo")).to_be_disabled()
    page.get_by_label("Headline").fill("Khác")
    page.locator("#save").click()
    saved(page)

    page.locator("#undo").click()
    expect(page.get_by_label("Headline")).to_have_value("Chợ nổi")
    assert text(root) == before

    page.get_by_role("button", name="Earlier texts").click()
    page.get_by_role("button", name="Bring back").first.click()
    expect(page.get_by_label("Headline")).to_have_value("Khác")
    assert "Khác" in text(root)


def test_what_is_wrong_is_told_at_its_field(page: Page, desk: str, root: Path) -> None:
    before = text(root)
    opened(page, desk)
    page.get_by_label("Date", exact=True).fill("yesterday")
    page.locator("#save").click()

    expect(page.get_by_label("Date", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Date", exact=True)).to_be_focused()
    expect(page.locator("#message")).to_contain_text("can't be saved")
    assert text(root) == before


def test_mistakes_in_the_text_lead_to_their_line(page: Page, desk: str) -> None:
    opened(page, desk)
    page.get_by_label("Text in Markdown").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\n[nowhere](page.html)")

    fault = page.get_by_role("button", name=re.compile("Line 7: the link"))
    expect(fault).to_be_visible()
    fault.click()
    expect(page.locator(".cm-content")).to_be_focused()


def test_the_whole_file_can_be_edited(page: Page, desk: str, root: Path) -> None:
    opened(page, desk)
    page.get_by_role("button", name="Edit the whole file").click()
    expect(page.get_by_label("The whole file")).to_contain_text("# Ask Lan.")
    page.get_by_label("The whole file").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("Hết.")
    page.locator("#save").click()
    saved(page)

    assert text(root).endswith("khắp nơi.\nHết.")


def test_without_the_bundled_editor_a_plain_field_serves(page: Page, desk: str, root: Path) -> None:
    def without(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace('name="has-editor" content="true"', 'name="has-editor" content="false"')
        route.fulfill(response=response, body=body)

    page.route(re.compile(r"/_desk/edit\?"), without)
    opened(page, desk)
    area = page.locator("#text textarea")
    area.fill("Chữ khác.")
    page.locator("#save").click()
    saved(page)

    assert text(root).endswith("+++\n\nChữ khác.\n")


def test_a_text_from_right_to_left_is_written_so(page: Page, desk: str, root: Path) -> None:
    write(root, "site/content/ar/cho.md", text_of("سوق", "نص عربي.", story="cho"))
    opened(page, desk, "site/content/ar/cho.md")

    expect(page.get_by_label("Text in Markdown")).to_have_attribute("dir", "rtl")
    expect(page.get_by_label("Headline")).to_have_attribute("dir", "rtl")
    expect(page.frame_locator("#proof").locator("html")).to_have_attribute("dir", "rtl")


# ---- stories, translations, the queue


def test_stories_with_their_languages(page: Page, desk: str) -> None:
    page.goto(f"{desk}/")
    story = page.locator(".story", has_text="Chợ nổi")

    expect(story.get_by_role("link", name=re.compile("^vi"))).to_contain_text("original")
    expect(story.get_by_role("button", name=re.compile("^ar"))).to_contain_text("missing")
    expect(page.get_by_role("button", name=re.compile("^Drafts"))).to_have_text("Drafts (2)")


def test_drafts_and_search(page: Page, desk: str) -> None:
    page.goto(f"{desk}/")
    page.get_by_role("button", name=re.compile("^Drafts")).click()
    expect(page.locator(".story")).to_have_count(2)
    page.get_by_label("Search titles").fill("mot ngay")
    page.keyboard.press("Enter")
    expect(page.locator(".story h2")).to_have_text(["Một ngày"])


def test_a_changed_original_makes_its_translation_stale_until_it_is_looked_at(
    page: Page, desk: str, root: Path
) -> None:
    opened(page, desk)
    page.get_by_label("Text in Markdown").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Lúc 5 giờ. ")
    page.locator("#save").click()
    saved(page)

    page.goto(f"{desk}/#show=stale")
    expect(page.locator(".story h2")).to_have_text(["Chợ nổi"])
    page.get_by_role("link", name=re.compile("^en.*stale")).click()
    expect(page.locator("#beside")).to_contain_text("passage 1 of the original has changed")
    expect(page.get_by_role("region", name="The original")).to_contain_text("Lúc 5 giờ.")
    page.get_by_role("button", name="This translation is up to date").click()
    expect(page.locator("#beside")).not_to_contain_text("has changed")

    page.goto(f"{desk}/#show=stale")
    expect(page.locator("#content")).to_contain_text("There is nothing here.")
    assert "[translated]" in text(root, "site/content/en/cho.md")


def test_a_missing_translation_is_begun_with_one_click(page: Page, desk: str, root: Path) -> None:
    page.goto(f"{desk}/")
    page.locator(".story", has_text="Chợ nổi").get_by_role("button", name=re.compile("^ar")).click()

    expect(page.get_by_label("Headline")).to_have_value("Chợ nổi")
    expect(page.get_by_label("Status")).to_have_value("draft")
    assert 'story = "cho"' in text(root, "site/content/ar/cho.md")


def test_numbers_that_differ_are_told_beside_the_form(page: Page, desk: str, root: Path) -> None:
    file = "site/content/en/cho.md"
    write(root, file, edited(text(root, file), {}, EN.replace("Boats come", "In 1999 boats come")))
    opened(page, desk, file)

    expect(page.locator("#beside")).to_contain_text("the number 1999 is not in the original")


def test_the_queue_is_decided_with_one_click_each(page: Page, desk: str, root: Path) -> None:
    page.goto(f"{desk}/")
    page.get_by_role("button", name="To review (2)").click()
    page.get_by_role("button", name="Two stories").click()
    expect(page.get_by_role("button", name="To review (1)")).to_be_visible()
    page.get_by_role("button", name="Looked at").click()
    expect(page.locator("#content")).to_contain_text("Nothing waits for a decision.")

    queue = text(root, REVIEW_FILE)
    assert 'answer = "no"' in queue
    assert "done = true" in queue


def test_what_the_last_build_found_leads_to_its_line(page: Page, desk: str, root: Path) -> None:
    write(root, MARKET, text(root).replace('section = "local"', 'section = "nowhere"'))
    page.goto(f"{desk}/#show=found")
    link = page.get_by_role("link", name=re.compile("cho.md:"))
    for _ in range(20):
        if link.count():
            break
        page.wait_for_timeout(200)
        page.evaluate("dispatchEvent(new Event('focus'))")
    link.click()

    expect(page.locator("#beside")).to_contain_text("there is no section 'nowhere'")


# ---- for everybody


@pytest.mark.parametrize("place", ["stories", "review", "edit", "conflict"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(place: str, width: int, scheme: str, page: Page, desk: str, root: Path) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    if place == "conflict":
        opened(page, desk)
        page.get_by_label("Headline").fill("Của tôi")
        write(root, MARKET, text(root).replace('"Chợ nổi"', '"Của họ"'))
        page.locator("#save").click()
        expect(page.get_by_role("dialog")).to_be_visible()
    elif place == "edit":
        opened(page, desk, "site/content/en/cho.md")
        for summary in page.locator("summary").all():
            summary.click()
    else:
        page.goto(f"{desk}/" + ("#show=review" if place == "review" else ""))
        expect(page.locator(".story, .entry").first).to_be_visible()

    found = Axe().run(page).response["violations"]

    assert [(it["id"], [node["target"] for node in it["nodes"]]) for it in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_all_is_done_with_the_keyboard(page: Page, desk: str, root: Path) -> None:
    """From the list to a story, through its fields to the text, out of it again, and saved."""
    page.goto(f"{desk}/")
    link = page.locator(".story h2 a", has_text="Chợ nổi")
    expect(link).to_be_visible()
    for _ in range(60):
        if link.evaluate("it => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Saved")

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"nobody gets to {selector}")

    tab_to("#field-title")
    page.keyboard.press("End")
    page.keyboard.type("!")
    tab_to(".cm-content")
    page.keyboard.type("Sáng. ")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.cm-content')")
    page.keyboard.press("Control+s")
    saved(page)

    assert 'title = "Chợ nổi!"' in text(root)
    assert "\n\nSáng. Chợ họp" in text(root)


def test_leaving_with_unsaved_words_is_asked_about(page: Page, desk: str) -> None:
    opened(page, desk)
    page.get_by_label("Headline").fill("Khác")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto(f"{desk}/")

    assert asked == ["beforeunload"]


def test_hostile_words_do_nothing(page: Page, desk: str, root: Path) -> None:
    hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    file = text_of(
        hostile, f"{hostile}\n\n[x](javascript:alert(3))", summary=hostile, tags=(hostile,), date=dt.date(2026, 1, 1)
    )
    write(root, "site/content/vi/xau.md", file)
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.goto(f"{desk}/")
    expect(page.locator(".story").first).to_contain_text("onerror")
    opened(page, desk, "site/content/vi/xau.md")
    expect(page.frame_locator("#proof").locator("h1")).to_contain_text("onerror")
    page.wait_for_timeout(300)

    assert asked == []
    assert page.frame_locator("#proof").locator("script, img[onerror]").count() == 0
