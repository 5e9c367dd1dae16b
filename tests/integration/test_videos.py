"""Videos and photo series on their way to readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.builders import SETTINGS, built, codes, portal, text_of, tree, write
from tests.pictures import photo
from toasoan.build import build
from toasoan.content.front_matter import PhotoFields, VideoFields
from toasoan.content.video_hosts import hosted_video

FILES: dict[str, str | bytes] = {
    "media/a.mp4": b"film",
    "media/a.vi.vtt": b"WEBVTT",
    "media/a.en.vtt": b"WEBVTT",
    "media/a.png": photo(),
}
TALKING = VideoFields("a.mp4", "a.png", alt="Phà", subtitles={"en": "a.en.vtt", "vi": "a.vi.vtt"}, seconds=124)


def with_video(folder: Path, *videos: VideoFields, body: str = "Chữ.", settings: str = SETTINGS, **more: Any) -> Path:
    """A portal with an article and its videos."""
    return portal(folder, {**FILES, "vi/pha.md": text_of("Phà", body, videos=videos, **more)}, settings)


def page(root: Path, path: str = "vi/pha") -> html.HtmlElement:
    return html.fromstring((root / "public" / path / "index.html").read_text("utf-8"))


def video_data(root: Path) -> dict[str, Any]:
    graph = json.loads(page(root).xpath("string(//script[@type='application/ld+json'])"))["@graph"]
    (video,) = graph[0]["video"]
    return dict(video)


def test_a_film_is_played_with_the_subtitles_of_the_articles_language_first(tmp_path: Path) -> None:
    root = with_video(tmp_path, TALKING)
    built(root)

    (player,) = page(root).xpath("//figure[contains(@class, 'hero')]/video")
    assert player.get("preload") == "none"
    assert player.xpath("//source/@src") == ["/media/a.mp4"]
    assert [(it.get("srclang"), it.get("default")) for it in player.xpath("//track")] == [("vi", ""), ("en", None)]
    published = tree(root / "public")
    assert {"media/a.mp4", "media/a.vi.vtt", "media/a.en.vtt", player.get("poster").removeprefix("/")} <= set(
        published
    )
    assert video_data(root)["duration"] == "PT124S"
    assert video_data(root)["contentUrl"] == "https://portal.example/media/a.mp4"


def test_a_video_of_another_site_is_a_picture_that_leads_there(tmp_path: Path) -> None:
    root = with_video(tmp_path, VideoFields("https://youtu.be/dQw4w9WgXcQ", "a.png", alt="Phà"))
    built(root)

    (link,) = page(root).xpath("//figure[contains(@class, 'hero')]/a")
    assert link.get("href") == "https://youtu.be/dQw4w9WgXcQ"
    assert link.get("data-player") == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"
    assert page(root).xpath("//iframe") == []
    assert video_data(root)["embedUrl"] == link.get("data-player")


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=9", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1"),
        ("https://www.dailymotion.com/video/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
        ("https://www.tiktok.com/@vnn/video/7312345678901234567", "https://www.tiktok.com/player/v1/7312345678901234567?autoplay=1"),
        ("http://www.youtube.com/watch?v=dQw4w9WgXcQ", None),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", None),
        ("https://www.youtube.com/watch?v=%22onload%3D", None),
        ("https://www.youtube.com/channel/UC1", None),
        ("https://vimeo.com/about", None),
    ],
)  # fmt: skip
def test_the_page_of_a_video_tells_its_player(address: str, player: str | None) -> None:
    found = hosted_video(address)

    assert (found.player if found else None) == player


def test_a_stream_has_a_file_for_browsers_that_play_none(tmp_path: Path) -> None:
    root = with_video(tmp_path, VideoFields("https://cdn.example/a/live.m3u8", mp4="a.mp4", silent=True))
    built(root)

    assert [(it.get("src"), it.get("type")) for it in page(root).xpath("//video//source")] == [
        ("https://cdn.example/a/live.m3u8", "application/vnd.apple.mpegurl"),
        ("/media/a.mp4", "video/mp4"),
    ]


def test_a_video_stands_where_the_text_places_it_and_in_feeds_as_a_link(tmp_path: Path) -> None:
    root = with_video(tmp_path, TALKING, body="Một.\n\n![](video:1)\n\nHai.")
    built(root)

    body = page(root).xpath("//div[@class='body']")[0]
    assert [it.tag for it in body] == ["p", "figure", "p"]
    assert "https://portal.example/media/a.mp4" in (root / "public/vi/feed.xml").read_text("utf-8")


def test_articles_with_videos_have_a_list_and_a_place_on_the_home_page(tmp_path: Path) -> None:
    root = with_video(tmp_path, TALKING)
    built(root)

    assert page(root, "vi/videos").xpath("//main//h2/a/@href") == ["/vi/pha/"]
    assert page(root, "vi").xpath("//section[@aria-labelledby='videos']//h3/a/@href") == ["/vi/pha/"]

    without = with_video(tmp_path / "without", TALKING, settings=f"{SETTINGS}\n[pages]\nvideos = false\n")
    built(without)
    assert not (without / "public/vi/videos").exists()
    assert page(without, "vi").xpath("//section[@aria-labelledby='videos']") == []


@pytest.mark.parametrize(
    ("video", "told"),
    [
        (VideoFields("b.mp4", silent=True), "missing-video"),
        (VideoFields("../site.toml", silent=True), "wrong-video"),
        (VideoFields("a.png", silent=True), "wrong-video"),
        (VideoFields("local.m3u8", silent=True), "wrong-video"),
        (VideoFields("http://x.example/a.mp4", silent=True), "wrong-video"),
        (VideoFields("https://x.example/watch/7", silent=True), "wrong-video"),
        (VideoFields("javascript:alert(1)//.mp4", silent=True), "wrong-video"),
        (VideoFields("a.mp4", mp4="a.png", silent=True), "wrong-video"),
        (VideoFields("a.mp4", "b.png", silent=True), "missing-image"),
        (VideoFields("a.mp4", "a.mp4", silent=True), "broken-photo"),
        (VideoFields("a.mp4", subtitles={"vi": "a.srt"}), "wrong-subtitles"),
        (VideoFields("a.mp4", subtitles={"tieng-viet": "a.vi.vtt"}), "wrong-subtitles"),
        (VideoFields("a.mp4", subtitles={"vi": "b.vtt"}), "missing-video"),
        (VideoFields("a.mp4"), "no-subtitles"),
    ],
)
def test_what_is_wrong_with_a_video_is_told(video: VideoFields, told: str, tmp_path: Path) -> None:
    root = with_video(tmp_path, video)

    assert codes(build(root, root / "public").report) == [told]


def test_a_place_for_a_video_that_is_not_listed_is_told(tmp_path: Path) -> None:
    root = with_video(tmp_path, TALKING, body="Chữ.\n\n![](video:2)")

    assert codes(build(root, root / "public").report) == ["no-such-video"]


# ---- photo series


def series(folder: Path, body: str = "Chữ.", settings: str = SETTINGS, **more: Any) -> Path:
    photos = tuple(PhotoFields(f"{n}.png", f"Ảnh {n}", credit="VGP") for n in (1, 2, 3))
    media: dict[str, str | bytes] = {f"media/{n}.png": photo((n, n, n)) for n in (1, 2, 3)}
    return portal(folder, {**media, "vi/pha.md": text_of("Phà", body, images=photos, **more)}, settings)


def test_photos_that_the_text_does_not_place_lead_to_the_page_of_all(tmp_path: Path) -> None:
    root = series(tmp_path, "Chữ.\n\n![](image:2)")
    built(root)

    assert page(root).xpath("//ul[@class='strip']//a/@href") == ["/vi/pha/photos/#photo-3"]
    gallery = page(root, "vi/pha/photos")
    assert gallery.xpath("//ol/li/@id") == ["photo-1", "photo-2", "photo-3"]
    steps = [it.xpath(".//a/@href") for it in gallery.xpath("//p[@class='steps']")]
    assert steps == [["#photo-2"], ["#photo-1", "#photo-3"], ["#photo-2"]]
    assert gallery.xpath("//main//a[@href='/vi/pha/']")
    assert "/vi/pha/photos/" in "".join(
        data.decode() for path, data in tree(root / "public").items() if "sitemap" in path
    )


@pytest.mark.parametrize("way", ["series", "no galleries"])
def test_a_photo_series_follows_the_text_in_full_width(way: str, tmp_path: Path) -> None:
    settings = SETTINGS if way == "series" else f"{SETTINGS}\n[pages]\ngalleries = false\n"
    root = series(tmp_path, settings=settings, photo_series=way == "series")
    built(root)

    assert len(page(root).xpath("//figure[contains(@class, 'fig')]")) == 3
    assert page(root).xpath("//ul[@class='strip']") == []
    assert (root / "public/vi/pha/photos").exists() is (way == "series")


def test_a_gallery_knows_its_other_languages(tmp_path: Path) -> None:
    root = series(tmp_path, story="pha")
    photos = tuple(PhotoFields(f"{n}.png", "A photo", credit="VGP") for n in (1, 2))
    write(root, "site/content/en/ferry.md", text_of("Ferry", story="pha", images=photos))
    built(root)

    assert page(root, "vi/pha/photos").xpath("//link[@hreflang='en']/@href") == [
        "https://portal.example/en/ferry/photos/"
    ]
    write(root, "site/content/en/ferry.md", text_of("Ferry", story="pha", images=photos[:1]))
    built(root)

    assert page(root, "vi/pha/photos").xpath("//link[@hreflang='en']") == []
    assert not (root / "public/en/ferry/photos").exists()
