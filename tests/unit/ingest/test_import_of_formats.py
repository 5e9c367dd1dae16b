"""What each format states reaches the article, and what a source forbids is honoured."""

from __future__ import annotations

import datetime as dt
import json
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.sources import (
    JPEG,
    TEXT,
    VIETNAMESE,
    atom,
    json_ld,
    news_item,
    ninjs,
    page,
    post,
    rss,
    rss_item,
    wordpress,
)
from tests.unit.ingest.test_import_of_files import Portal
from toasoan.content.front_matter import FrontMatter, read_document
from toasoan.diagnostics import Report
from toasoan.ingest.importing import Imported, Outcome

ZONE = dt.timezone(dt.timedelta(hours=7))
MOMENT = dt.datetime(2025, 12, 17, 9, 36, tzinfo=ZONE)


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(tmp_path)


def one(portal: Portal, name: str, text: str) -> tuple[FrontMatter, str, Imported]:
    """The only article of a source."""
    portal.put(name, text)
    (outcome,) = portal.run().values()
    return (*article(portal, outcome), outcome)


def article(portal: Portal, outcome: Imported) -> tuple[FrontMatter, str]:
    path = portal.article(outcome)
    document = read_document(path.read_text("utf-8"), path.name, Report())
    assert document is not None
    return document.front_matter, document.body


def status_of(portal: Portal, outcome: Imported) -> str:
    return str(article(portal, outcome)[0].status)


# --- saved pages ------------------------------------------------------------------------------------------------


def test_a_page_gives_what_its_json_ld_states(portal: Portal) -> None:
    head = json_ld(
        datePublished="2025-12-17T09:36:00+07:00",
        dateModified="2025-12-18T10:00:00+07:00",
        author=[{"@type": "Person", "name": "An Nguyen"}],
        publisher={"@type": "Organization", "name": "River News"},
        description="Forty boats.",
        keywords="boats, Heritage",
        inLanguage="en",
    )

    fields, body, outcome = one(
        portal, "a.html", page(head + '<link rel="canonical" href="https://a.example/boats">')
    )

    assert (fields.title, fields.language, fields.date) == ("Boats", "en", MOMENT)
    assert fields.updated == dt.datetime(2025, 12, 18, 10, tzinfo=ZONE)
    assert (fields.authors, fields.publisher, fields.summary) == (("An Nguyen",), "River News", "Forty boats.")
    assert (fields.section, fields.tags, fields.source_url) == ("heritage", ("boats",), "https://a.example/boats")
    assert body == TEXT
    assert {"title", "language", "date", "updated", "authors", "publisher", "tags"} <= set(outcome.found)


@pytest.mark.parametrize("wrap", [lambda node: [node], lambda node: {"@graph": [{"@type": "WebSite"}, node]}])
def test_json_ld_is_found_in_lists_and_graphs(portal: Portal, wrap: Any) -> None:
    node = wrap({"@type": ["NewsArticle", "Thing"], "headline": "Boats", "author": {"@id": "#an"}})
    other = {"@id": "#an", "@type": "Person", "name": "An Nguyen"}
    scripts = f'<script type="application/ld+json">{json.dumps([node, other])}</script>'

    assert one(portal, "a.html", page(scripts))[0].authors == ("An Nguyen",)


def test_json_ld_about_other_articles_is_not_taken_for_the_page_s_own(portal: Portal) -> None:
    head = json_ld(headline="Cars", datePublished="2020-01-01") + json_ld(
        headline="Trains", datePublished="2021-01-01"
    )

    fields, _, outcome = one(portal, "a.html", page(head))

    assert (fields.title, fields.date) == ("Boats", None)
    assert any("several articles" in sentence for sentence in outcome.to_review)


def test_meta_elements_stand_in_where_there_is_no_json_ld(portal: Portal) -> None:
    head = (
        '<meta property="og:title" content="Boats | River"><meta property="og:site_name" content="River">'
        '<meta property="article:published_time" content="2025-12-17T09:36:00+07:00">'
        '<meta name="author" content="An Nguyen"><meta property="article:tag" content="boats">'
    )

    fields, _, outcome = one(portal, "a.html", page(head))

    assert (fields.title, fields.date, fields.authors, fields.tags) == ("Boats", MOMENT, ("An Nguyen",), ("boats",))
    assert (fields.publisher, outcome.suggested["publisher"]) == (None, "River: og:site_name")


def test_places_that_disagree_are_listed_and_the_better_one_wins(portal: Portal) -> None:
    head = json_ld(datePublished="2025-12-17T09:36:00+07:00")
    head += '<meta property="article:published_time" content="2024-01-01T00:00:00Z">'

    fields, _, outcome = one(portal, "a.html", page(head))

    assert fields.date == MOMENT
    assert any(s.startswith("date: JSON-LD datePublished says") and "2024-01-01" in s for s in outcome.to_review)


def test_a_language_that_the_text_denies_is_not_believed(portal: Portal) -> None:
    fields, _, outcome = one(portal, "a.html", page(json_ld(inLanguage="vi"), lang="vi"))

    assert fields.language == "en"
    assert "language" in outcome.derived
    assert any("JSON-LD inLanguage says the language is 'vi'" in sentence for sentence in outcome.to_review)


def test_a_date_that_cannot_be_read_or_be_right_is_missing(portal: Portal) -> None:
    fields, _, outcome = one(portal, "a.html", page(json_ld(datePublished="yesterday", dateModified="1970-01-01")))

    assert (fields.date, fields.updated) == (None, None)
    assert "date" in outcome.missing
    assert any("«yesterday»" in sentence for sentence in outcome.to_review)


def test_the_vietnamese_page_ties_the_story_together(portal: Portal) -> None:
    head = '<link rel="alternate" hreflang="vi" href="https://a.example/vi/bao-tang-thuyen-mo-cua-12345.html">'

    assert one(portal, "a.html", page(head))[0].story == "bao-tang-thuyen-mo-cua"


def test_a_saved_picture_goes_to_the_media_folder_and_a_remote_one_is_noted(portal: Portal) -> None:
    (portal.raw / "a_files").mkdir()
    (portal.raw / "a_files/boat 1.jpg").write_bytes(JPEG)
    (portal.raw / "a_files/evil.svg").write_bytes(b"<svg onload='x()'/>")
    pictures = "".join(
        f"<figure><img src='{src}'><figcaption>{src}</figcaption></figure>"
        for src in ("a_files/boat%201.jpg", "a_files/evil.svg", "../secret.jpg", "https://a.example/far.jpg")
    )
    (portal.raw.parent / "secret.jpg").write_bytes(JPEG)

    fields, body, outcome = one(
        portal, "a.html", page(body=f"<article><h1>Boats</h1><p>{TEXT}</p>{pictures}</article>")
    )

    files = [path for path in portal.tree() if path.startswith("site/media/")]
    assert [f"site/media/{photo.src}" for photo in fields.images if photo.src] == files
    assert [bool(photo.src) for photo in fields.images] == [True, False, False, False]
    assert body.count("](image:") == 4
    assert any("--fetch-media" in sentence for sentence in outcome.to_review)


def test_an_unmarked_page_is_read_and_a_person_asked_to_look(portal: Portal) -> None:
    body = (
        f"<div><a href='/'>Home</a></div><div><h1>Boats</h1><p>{TEXT}</p><p>{TEXT}</p></div><div><p>Short</p></div>"
    )

    _, text, outcome = one(portal, "a.html", page(body=body))

    assert TEXT in text
    assert "Short" not in text
    receipt = json.loads((portal.root / "site/import/receipts/a.html.json").read_text("utf-8"))
    if find_spec("trafilatura"):
        return
    assert any("doesn't mark its article" in sentence for sentence in outcome.to_review)
    assert {"part": "p", "fate": "dropped", "text": "Short", "reason": "stands outside of the article"} in receipt[
        "parts"
    ]


def test_trafilatura_finds_the_place_of_an_article_and_loses_nothing_of_it(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ModuleType("trafilatura")
    found.__spec__ = ModuleSpec("trafilatura", None)
    found.extract = lambda text, **_: f"{TEXT}\nMore of it."  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "trafilatura", found)
    own = f"<h1>Boats</h1><p>{TEXT}</p><h2>Yards</h2><ul><li>one</li></ul><p>More of it.</p>"
    longer = f"<div><p>{TEXT.replace('boats', 'cars') * 3}</p></div>"

    _, body, outcome = one(portal, "a.html", page(body=f"{longer}<div><section>{own}</section></div>"))

    assert body == f"{TEXT}\n\n## Yards\n\n- one\n\nMore of it."
    assert not any("doesn't mark" in sentence for sentence in outcome.to_review)


def test_nothing_hostile_survives(portal: Portal) -> None:
    evil = (
        f"<article><h1>Boats</h1><p onclick='x()'>{TEXT} <a href='javascript:x()'>click</a> [a](javascript:x) "
        "![b](file:///etc/passwd) &lt;script&gt;x()&lt;/script&gt;</p><script>x()</script><p>+++</p>"
        "<p># no heading</p></article>"
    )

    fields, body, _ = one(portal, "a.html", page(body=evil))

    assert body.split("\n\n")[1:] == ["+++", "\\# no heading"]
    assert "click \\[a](javascript:x) !\\[b](file:///etc/passwd) \\<script>x()\\</script>" in body
    assert fields.title == "Boats"


# --- feeds ------------------------------------------------------------------------------------------------------


def test_an_rss_feed_gives_one_article_for_each_item(portal: Portal) -> None:
    more = (
        "<link>https://river.example/boats</link><pubDate>Wed, 17 Dec 2025 09:36:00 +0700</pubDate>"
        "<dc:creator>An</dc:creator><category>Heritage</category><category>boats</category>"
        "<description>&lt;b&gt;Forty&lt;/b&gt; boats.</description>"
        '<media:content url="https://river.example/a.jpg" medium="image">'
        "<media:description>A ferry</media:description><media:credit>Linh</media:credit></media:content>"
    )
    portal.put("feed.xml", rss(rss_item(1, more), rss_item(2)))

    outcomes = portal.run()

    assert list(outcomes) == ["feed.xml#https://river.example/1", "feed.xml#https://river.example/2"]
    fields, body = article(portal, outcomes["feed.xml#https://river.example/1"])
    assert (fields.title, fields.date, fields.authors) == ("Boats 1", MOMENT, ("An",))
    assert (fields.section, fields.tags, fields.summary) == ("heritage", ("boats",), "Forty boats.")
    assert (fields.source_url, fields.images[0].caption, fields.images[0].credit) == (
        "https://river.example/boats",
        "A ferry",
        "Linh",
    )
    assert body == f"![](image:1)\n\n{TEXT}"


def test_an_atom_feed_gives_one_article_for_each_entry(portal: Portal) -> None:
    entry = (
        "<id>tag:river.example,2025:1</id><title type='html'>Boats &amp;amp; rivers</title>"
        "<published>2025-12-17T09:36:00+07:00</published><updated>2025-12-18T00:00:00Z</updated>"
        "<author><name>An</name></author><link href='https://river.example/1'/>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{TEXT}</p></div></content>"
    )

    fields, body, outcome = one(portal, "feed.atom", atom(entry))

    assert outcome.source == "feed.atom#tag:river.example,2025:1"
    assert (fields.title, fields.date, fields.authors, body) == ("Boats & rivers", MOMENT, ("An",), TEXT)


def test_a_date_in_a_zone_that_nobody_knows_is_only_a_day(portal: Portal) -> None:
    fields, _, _ = one(portal, "f.xml", rss(rss_item(1, "<pubDate>Wed, 17 Dec 2025 09:36:00 ICT</pubDate>")))

    assert fields.date == dt.date(2025, 12, 17)


def test_an_item_twice_in_a_feed_is_imported_once(portal: Portal) -> None:
    portal.put("feed.xml", rss(rss_item(1), rss_item(1)))

    portal.run()

    assert portal.codes == ["source-twice"]
    assert len(list((portal.root / "site/content").rglob("*.md"))) == 1


def test_the_same_item_in_a_later_feed_is_not_imported_twice(portal: Portal) -> None:
    portal.put("monday.xml", rss(rss_item(1)))
    portal.run()
    portal.put("tuesday.xml", rss(rss_item(1, "<category>x</category>"), rss_item(2)))

    outcomes = portal.run()

    assert [str(outcome.outcome) for outcome in outcomes.values()] == ["unchanged", "superseded", "written"]
    assert [str(outcome.outcome) for outcome in portal.run().values()] == ["unchanged", "superseded", "unchanged"]


# --- WordPress --------------------------------------------------------------------------------------------------


def test_a_wordpress_post_brings_its_author_tags_dates_slug_and_pictures(portal: Portal) -> None:
    channel = (
        "<title>River</title><language>en-US</language><wp:author><wp:author_login>an</wp:author_login>"
        "<wp:author_display_name>An Tran</wp:author_display_name></wp:author>"
    )
    more = (
        "<dc:creator>an</dc:creator><category domain='category' nicename='heritage'>Heritage</category>"
        "<category domain='post_tag' nicename='boats'>boats</category><excerpt:encoded>Forty boats.</excerpt:encoded>"
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    )
    attachment = (
        "<title>x</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>"
        "<wp:attachment_url>https://wp.example/a.jpg</wp:attachment_url><excerpt:encoded>A ferry</excerpt:encoded>"
    )
    yard = "[caption id='b']<img src='https://wp.example/b.jpg'> A yard[/caption]"
    text = f"{TEXT}\n\nSecond. [gallery ids='1']\n\n{yard}"
    portal.put("export.xml", wordpress(post(7, "publish", more, text), attachment, channel=channel))

    (outcome,) = portal.run().values()

    fields, body = article(portal, outcome)
    assert (outcome.source, Path(str(outcome.article)).name) == ("export.xml#7", "boats-7.md")
    assert (fields.date, fields.authors, fields.section) == (MOMENT, ("An Tran",), "heritage")
    assert (fields.tags, fields.summary) == (("boats",), "Forty boats.")
    assert [photo.caption for photo in fields.images] == ["A ferry", "A yard"]
    assert body == f"![](image:1)\n\n{TEXT}\n\nSecond.\n\n![](image:2)"


@pytest.mark.parametrize("status", ["draft", "private", "pending", "future", "anything"])
def test_a_wordpress_post_that_is_not_public_there_is_a_draft_here(portal: Portal, status: str) -> None:
    assert one(portal, "e.xml", wordpress(post(7, status)))[0].status == "draft"


def test_a_wordpress_post_with_a_password_is_a_draft(portal: Portal) -> None:
    assert (
        one(portal, "e.xml", wordpress(post(7, "publish", "<wp:post_password>x</wp:post_password>")))[0].status
        == "draft"
    )


def test_a_wordpress_post_in_the_trash_is_never_made_and_withdraws_what_was(portal: Portal) -> None:
    portal.put("e.xml", wordpress(post(7, "trash"), post(8)))
    assert [str(outcome.outcome) for outcome in portal.run().values()] == ["skipped", "written"]
    portal.put("e.xml", wordpress(post(7, "trash"), post(8, "trash")))

    outcomes = portal.run()

    assert [str(outcome.outcome) for outcome in outcomes.values()] == ["skipped", "withdrawn"]
    assert status_of(portal, outcomes["e.xml#8"]) == "withdrawn"


# --- ninjs and NewsML-G2 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item",
    [
        ninjs(byline="By An Nguyen", description_text="Forty boats.", subject=[{"name": "boats"}]),
        ninjs(
            headline=None, body_xhtml=None, headlines=[{"role": "main", "value": "Boats"}], by="An Nguyen",
            bodies=[
                {"contenttype": "text/plain", "value": "plain"},
                {"contenttype": "text/html", "value": f"<p>{TEXT}</p>"},
            ],
            descriptions=[{"value": "Forty boats."}], subjects=[{"name": "boats"}],
        ),
    ],
    ids=["1.x", "2.x"],
)  # fmt: skip
def test_ninjs_gives_its_fields(portal: Portal, item: dict[str, Any]) -> None:
    fields, body, outcome = one(portal, "a.json", json.dumps(item))

    assert (fields.title, fields.authors, fields.summary, fields.tags) == (
        "Boats",
        ("An Nguyen",),
        "Forty boats.",
        ("boats",),
    )
    assert body == TEXT
    assert (fields.date, "date" in outcome.derived) == (dt.datetime(2025, 12, 17, 2, 36, tzinfo=dt.UTC), True)


SMALL = {"href": "https://a.example/s.jpg", "width": 9}
LARGE = {"href": "https://a.example/l.jpg", "width": 99}


@pytest.mark.parametrize(
    ("renditions", "associations_are"), [({"s": SMALL, "l": LARGE}, dict), ([SMALL, LARGE], list)], ids=["1.x", "2.x"]
)
def test_pictures_that_belong_to_a_ninjs_text_come_with_it(
    portal: Portal, renditions: Any, associations_are: type
) -> None:
    picture = {"type": "picture", "description_text": "A ferry", "byline": "Linh", "renditions": renditions}
    associations = {"main": picture} if associations_are is dict else [picture]

    fields, _, _ = one(portal, "a.json", json.dumps(ninjs(associations=associations)))

    receipt = (portal.root / "site/import/receipts/a.json.json").read_text("utf-8")
    assert (fields.images[0].caption, fields.images[0].credit) == ("A ferry", "Linh")
    assert "https://a.example/l.jpg" in receipt
    assert "https://a.example/s.jpg" not in receipt


def as_ninjs(status: str, version: str, **more: Any) -> str:
    return json.dumps(ninjs(pubstatus=status, versioncreated=f"2025-12-{version}T00:00:00Z", **more))


def as_newsml(status: str, version: str, **more: Any) -> str:
    embargo = f"<embargoed>{more['embargoed']}</embargoed>" if "embargoed" in more else ""
    note = f"<edNote>{more['ednote']}</edNote>" if "ednote" in more else ""
    return news_item(version=int(version), meta=f'<pubStatus qcode="stat:{status}"/>{embargo}{note}')


BOTH = pytest.mark.parametrize("made", [as_ninjs, as_newsml])


@BOTH
@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_canceled_article_is_withdrawn_whatever_its_file_is_called(
    portal: Portal, made: Any, names: tuple[str, str]
) -> None:
    portal.put(f"{names[0]}.xml", made("usable", "17"))
    (first,) = portal.run().values()
    portal.put(f"{names[1]}.xml", made("canceled", "18"))

    outcomes = portal.run()

    assert sorted(str(outcome.outcome) for outcome in outcomes.values()) in (
        ["superseded", "withdrawn"],
        ["unchanged", "withdrawn"],
    )
    assert status_of(portal, first) == "withdrawn"
    portal.run()
    assert status_of(portal, first) == "withdrawn"


@BOTH
def test_a_cancellation_that_comes_before_its_article_still_counts(portal: Portal, made: Any) -> None:
    portal.put("a.xml", made("canceled", "18"))
    portal.put("b.xml", made("usable", "17"))

    assert [str(outcome.outcome) for outcome in portal.run().values()] == ["skipped", "skipped"]
    assert not (portal.root / "site/content").exists()


@BOTH
def test_a_withheld_article_is_a_draft(portal: Portal, made: Any) -> None:
    assert one(portal, "a.xml", made("withheld", "17"))[0].status == "draft"


@BOTH
def test_an_article_under_embargo_is_dated_when_it_ends(portal: Portal, made: Any) -> None:
    fields, _, outcome = one(portal, "a.xml", made("usable", "17", embargoed="2099-01-01T00:00:00Z"))

    assert fields.date == dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    assert any("embargo" in sentence for sentence in outcome.to_review)


@BOTH
def test_an_embargo_that_cannot_be_read_makes_a_draft(portal: Portal, made: Any) -> None:
    assert one(portal, "a.xml", made("usable", "17", embargoed="until Friday"))[0].status == "draft"


@pytest.mark.parametrize("said", ["", " ", "soon", 1, True])
def test_an_embargo_of_ninjs_without_a_moment_makes_a_draft(portal: Portal, said: object) -> None:
    fields, _, _ = one(portal, "a.json", json.dumps(ninjs(embargoed=said)))
    assert str(fields.status) == "draft"


def test_an_embargo_of_ninjs_that_is_null_is_none(portal: Portal) -> None:
    fields, _, _ = one(portal, "a.json", json.dumps(ninjs(embargoed=None)))
    assert str(fields.status) == "published"


@BOTH
def test_notes_to_editors_are_shown(portal: Portal, made: Any) -> None:
    assert (
        "note to editors: Check names"
        in one(portal, "a.xml", made("usable", "17", ednote="Check names"))[2].to_review
    )


@BOTH
def test_a_newer_version_in_another_file_updates_the_article(portal: Portal, made: Any) -> None:
    portal.put("a.xml", made("usable", "17"))
    portal.run()
    portal.put("b.xml", made("usable", "18"))

    assert [str(outcome.outcome) for outcome in portal.run().values()] == ["unchanged", "updated"]
    assert [str(outcome.outcome) for outcome in portal.run().values()] == ["superseded", "unchanged"]
    assert len(list((portal.root / "site/content").rglob("*.md"))) == 1


def test_a_withdrawn_article_that_a_person_edited_is_told_as_an_error(portal: Portal) -> None:
    portal.put("a.json", as_ninjs("usable", "17"))
    path = portal.article(next(iter(portal.run().values())))
    path.write_text(path.read_text("utf-8").replace("forty", "forty-one"), "utf-8")
    portal.put("a.json", as_ninjs("canceled", "18"))

    (outcome,) = portal.run().values()

    assert (outcome.outcome, portal.codes) == (Outcome.KEPT, ["withdrawn-but-edited"])
    assert "forty-one" in path.read_text("utf-8")


def test_a_news_message_brings_texts_with_the_pictures_of_their_package(portal: Portal) -> None:
    picture = (
        '<newsItem guid="urn:x:pic"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta>'
        "<creditline>Linh</creditline><description>A ferry</description></contentMeta><contentSet>"
        '<remoteContent href="https://a.example/a.jpg" width="900"/></contentSet></newsItem>'
    )
    package = (
        '<packageItem guid="urn:x:pkg"><groupSet><group><itemRef residref="urn:x:text"/>'
        '<itemRef residref="urn:x:pic"/></group></groupSet></packageItem>'
    )
    texts = news_item("urn:x:text") + news_item("urn:x:other")
    portal.put("m.xml", f"<newsMessage><itemSet>{package}{picture}{texts}</itemSet></newsMessage>")

    outcomes = portal.run()

    assert list(outcomes) == ["m.xml#urn:x:text", "m.xml#urn:x:other"]
    photos = [article(portal, outcome)[0].images for outcome in outcomes.values()]
    assert [(photo[0].caption, photo[0].credit) if photo else None for photo in photos] == [("A ferry", "Linh"), None]


def test_nitf_inside_newsml_is_read(portal: Portal) -> None:
    nitf = (
        f"<nitf><body><body.head><hedline><hl1>No</hl1></hedline></body.head><body.content><p>{TEXT}</p><hl2>Yards</hl2>"
        '<media><media-reference source="https://a.example/a.jpg"/><media-caption>A ferry</media-caption></media>'
        "</body.content></body></nitf>"
    )
    item = news_item().replace(
        '<html xmlns="http://www.w3.org/1999/xhtml"><body>' + f"<p>{TEXT}</p></body></html>", nitf
    )

    fields, body, _ = one(portal, "a.xml", item)

    assert body == f"{TEXT}\n\n## Yards\n\n![](image:1)"
    assert fields.images[0].caption == "A ferry"


# --- all of them ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.txt", page()),
        ("x.json", rss(rss_item())),
        ("x.html", json.dumps(ninjs())),
        ("x.xml", page(lang="en")),
        ("x.zip", wordpress(post())),
    ],
)
def test_bytes_say_what_a_source_is_and_endings_do_not(portal: Portal, name: str, text: str) -> None:
    assert one(portal, name, text)[2].outcome is Outcome.WRITTEN


@pytest.mark.parametrize("text", [page(), rss(rss_item()), wordpress(post()), json.dumps(ninjs()), news_item()])
def test_an_import_of_the_same_source_changes_nothing(portal: Portal, text: str) -> None:
    one(portal, "a.xml", text)
    before = portal.tree()

    (again,) = portal.run().values()

    assert again.outcome is Outcome.UNCHANGED
    assert portal.tree() == before


def test_where_both_changed_the_person_s_text_stays_and_the_difference_is_shown(portal: Portal) -> None:
    fields, _, outcome = one(portal, "a.html", page())
    path = portal.article(outcome)
    path.write_text(path.read_text("utf-8").replace("forty boats", "41 boats"), "utf-8")
    before = portal.tree()
    portal.put("a.html", page().replace("forty boats", "fifty boats"))

    (again,) = portal.run().values()

    assert (again.outcome, portal.tree()) == (Outcome.KEPT, before)
    assert [line[:1] for line in again.difference.split("\n") if "boats" in line and "museum" in line] == ["-", "+"]
    assert fields.title == "Boats"


def test_a_receipt_has_the_fate_of_every_field_and_part(portal: Portal) -> None:
    one(portal, "a.html", page(json_ld(datePublished="2025-12-17")))

    receipt = json.loads((portal.root / "site/import/receipts/a.html.json").read_text("utf-8"))

    assert {"field": "date", "origin": "found", "where": "JSON-LD datePublished", "value": "2025-12-17"} in receipt[
        "fields"
    ]
    assert [(part["part"], part["fate"]) for part in receipt["parts"]][-2:] == [("h1", "dropped"), ("p", "paragraph")]
    assert {
        "part": "the only h1",
        "fate": "dropped",
        "text": "Boats",
        "reason": "another place is trusted more",
    } in receipt["parts"]


def test_a_vietnamese_text_in_a_feed_that_says_english_is_vietnamese(portal: Portal) -> None:
    assert one(portal, "f.xml", rss(rss_item(1, text=VIETNAMESE)))[0].language == "vi"


def test_control_characters_around_what_is_left_out_do_no_harm(portal: Portal) -> None:
    inside = f"<p>{TEXT} The \x04ferry <span class='share'>Share</span> came\x0c home.</p>"
    _, body, _ = one(portal, "a.html", page(body=f"<article><h1>Boats</h1><p>{TEXT}</p>{inside}</article>"))

    assert "The ferry came home." in body
