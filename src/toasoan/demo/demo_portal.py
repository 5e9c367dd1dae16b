"""The demo portal laid out as files, as a newsroom would keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toasoan.content.front_matter import FrontMatter, PhotoFields, VideoFields, format_document
from toasoan.content.static_pages import PageFields
from toasoan.demo.clips import CLIPS, SECONDS, clip
from toasoan.demo.demo_texts import LANGUAGES, StoryText, demo_texts
from toasoan.files import write_file, write_text
from toasoan.model.article import Translation
from toasoan.portal_folders import (
    CONTENT_FOLDER,
    HOME_FILE,
    MEDIA_FOLDER,
    PAGES_FOLDER,
    PUBLISHERS_FILE,
    SETTINGS_FILE,
)
from toasoan.scaffold import FolderInUseError
from toasoan.settings import HomeSettings, LanguageSettings, PublisherList, PublisherSettings, SiteSettings
from toasoan.toml_format import format_toml

TITLE = "Tòa soạn"
ADDRESS = "https://demo.example"
ZONE = dt.timezone(dt.timedelta(hours=7))
NEWEST = dt.datetime(2026, 1, 17, 9, 40, tzinfo=ZONE)
"""When the newest original appeared: a fixed day, so that each demo is the same to the byte."""

BETWEEN_STORIES = dt.timedelta(hours=17, minutes=25)
UNTIL_TRANSLATED = dt.timedelta(minutes=13)
"""Each version appears a little later than the one before it, in the order of the languages."""

BY_MACHINE = 6
"""Every so-manieth translation is marked as a machine's."""

AGENCIES: Mapping[str, str] = {
    "song-may": "Sông Mây",
    "hai-dang": "Hải Đăng",
    "ruong-bac-thang": "Ruộng Bậc Thang",
    "dam-sen": "Đầm Sen",
    "ben-song": "Bến Sông",
}
"""Invented agencies, by key."""


@dataclass(frozen=True, slots=True)
class _Story:
    """What is the same in all languages."""

    key: str
    section: str
    agency: str
    author: str | None


STORIES = (
    _Story("bell-casters", "heritage", "song-may", "Mai Thanh Vân"),
    _Story("night-ferry", "current-events", "hai-dang", "Lý Quang Huy"),
    _Story("library-boat", "local", "dam-sen", "Mai Thanh Vân"),
    _Story("lotus-thread", "product", "dam-sen", None),
    _Story("comet-night", "current-events", "hai-dang", "Lý Quang Huy"),
    _Story("clock-mender", "figure", "ben-song", "Ngô Bảo Trân"),
    _Story("tea-letters", "enterprise", "ruong-bac-thang", "Ngô Bảo Trân"),
    _Story("terrace-songs", "heritage", "ruong-bac-thang", "Mai Thanh Vân"),
    _Story("bridge-opens", "current-events", "hai-dang", None),
    _Story("plain-budget", "political-system", "song-may", "Đào Minh Khôi"),
    _Story("kite-teacher", "figure", "ben-song", None),
    _Story("coffee-mushrooms", "enterprise", "ruong-bac-thang", "Ngô Bảo Trân"),
    _Story("fog-harvest", "local", "ruong-bac-thang", "Mai Thanh Vân"),
    _Story("salt-flower", "product", "dam-sen", None),
    _Story("paper-makers", "heritage", "song-may", "Mai Thanh Vân"),
    _Story("tree-count", "current-events", "hai-dang", "Đào Minh Khôi"),
    _Story("bee-keeper", "figure", "ben-song", "Ngô Bảo Trân"),
    _Story("open-council", "political-system", "song-may", "Đào Minh Khôi"),
    _Story("repair-street", "enterprise", "ben-song", None),
    _Story("market-scale", "local", "dam-sen", "Lý Quang Huy"),
    _Story("blue-ceramic", "product", "song-may", None),
    _Story("gong-lesson", "heritage", "ruong-bac-thang", None),
    _Story("flood-drill", "current-events", "hai-dang", "Lý Quang Huy"),
    _Story("radio-voice", "figure", "hai-dang", "Ngô Bảo Trân"),
    _Story("one-window", "political-system", "song-may", "Đào Minh Khôi"),
    _Story("solar-ice", "enterprise", "hai-dang", None),
    _Story("mountain-bus", "local", "ruong-bac-thang", None),
    _Story("palm-hats", "product", "ben-song", None),
    _Story("stone-stele", "heritage", "song-may", "Mai Thanh Vân"),
    _Story("train-sleeper", "current-events", "hai-dang", None),
    _Story("bamboo-bikes", "enterprise", "ben-song", "Ngô Bảo Trân"),
    _Story("youth-vote", "political-system", "song-may", "Đào Minh Khôi"),
    _Story("turtle-beach", "local", "hai-dang", "Lý Quang Huy"),
    _Story("silk-repair", "product", "ben-song", "Ngô Bảo Trân"),
    _Story("shadow-theatre", "heritage", "dam-sen", None),
    _Story("honey-ginger", "product", "dam-sen", None),
)
"""The newest first."""

LEAD = "bell-casters"
PINNED = ("library-boat", "comet-night", "terrace-songs", "fog-harvest")

ALL_ARTICLES = len(STORIES) * len(LANGUAGES)


def lay_out_demo(folder: Path, articles: int = ALL_ARTICLES, draw: Callable[[str, int], bytes] | None = None) -> int:
    """Put the demo portal into a folder; gives how many articles it has.

    With more than `ALL_ARTICLES` the stories come again, numbered and older; with fewer the oldest are left out.
    `draw` gives the photograph of a story by its key and number, as JPEG; None for a portal without photographs.
    Raises FolderInUseError where the folder has a portal.
    """
    if (folder / SETTINGS_FILE).exists():
        raise FolderInUseError(folder)
    write_text(folder / SETTINGS_FILE, format_toml(_settings()))
    write_text(folder / PUBLISHERS_FILE, format_toml(_publishers()))
    for language in LANGUAGES:
        for slug, page in demo_texts(language).pages.items():
            fields = format_toml(PageFields(page.title, page.summary))
            write_text(folder / PAGES_FOLDER / language / f"{slug}.md", f"+++\n{fields}+++\n\n{page.body.strip()}\n")
    photographed = draw is not None
    drawn, filmed, slugs = set(), set(), set()
    made = 0
    for place, story, language in _versions():
        if made == articles:
            break
        text = _texts(language)[story.key]
        for number in range(1, len(text.captions) + 1):
            if draw is not None and (story.key, number) not in drawn:
                drawn.add((story.key, number))
                write_file(folder / MEDIA_FOLDER / photo_name(story.key, number), draw(story.key, number))
        if photographed and story.key in CLIPS and story.key not in filmed:
            filmed.add(story.key)
            write_file(folder / MEDIA_FOLDER / video_name(story.key), clip(story.key))
        slug, document = _article(place, story, language, text, photographed)
        write_text(folder / CONTENT_FOLDER / language / f"{slug}.md", document)
        made += 1
        slugs.add(slug)
    choice = HomeSettings(LEAD, tuple(slug for slug in PINNED if slug in slugs))
    write_text(folder / HOME_FILE, format_toml(choice))
    return made


def photo_name(key: str, number: int) -> str:
    """The file of a photograph, below the folder of media."""
    return f"{key}-{number}.jpg"


def video_name(key: str) -> str:
    """The file of a video, below the folder of media."""
    return f"{key}.mp4"


def _texts(language: str) -> Mapping[str, StoryText]:
    return {story.key: story for story in demo_texts(language).stories}


def _versions() -> Iterator[tuple[int, _Story, str]]:
    """Story after story in all languages, for ever, each with its place."""
    place = 0
    while True:
        for story in STORIES:
            for language in LANGUAGES:
                yield place, story, language
            place += 1


def _article(place: int, story: _Story, language: str, text: StoryText, photographed: bool) -> tuple[str, str]:
    """The slug and the file's text of one version of a story."""
    again = place // len(STORIES)
    slug = f"{story.key}-{again + 1}" if again else story.key
    order = LANGUAGES.index(language)
    published = NEWEST - place * BETWEEN_STORIES + order * UNTIL_TRANSLATED
    is_machine = bool(order) and (order + place) % BY_MACHINE == 0
    credit = story.author or AGENCIES[story.agency]
    photos = tuple(
        PhotoFields(photo_name(story.key, number), alt, caption, credit)
        for number, (caption, alt) in enumerate(zip(text.captions, text.alts, strict=True), start=1)
    )
    videos: tuple[VideoFields, ...] = ()
    if story.key in CLIPS:
        still, photos = photos[0], ()
        clip_fields = VideoFields(
            video_name(story.key),
            still.src,
            alt=still.alt,
            caption=still.caption,
            credit=credit,
            silent=True,
            seconds=SECONDS,
        )
        videos = (clip_fields,)
    fields = FrontMatter(
        title=f"{text.title} ({again + 1})" if again else text.title,
        slug=slug,
        date=published,
        section=story.section,
        tags=text.tags,
        authors=(story.author,) if story.author else (),
        publisher=AGENCIES[story.agency],
        source_url=f"https://{story.agency}.example/{slug}" if story.agency != "dam-sen" else None,
        story=slug,
        summary=text.summary,
        translation=Translation.ORIGINAL if not order else Translation.MACHINE if is_machine else Translation.HUMAN,
        images=photos if photographed else (),
        videos=videos if photographed else (),
    )
    body = text.body.strip()
    if photographed and len(photos) > 1:
        # The first photograph stands at the top by itself.
        first, _, rest = body.partition("\n\n")
        body = f"{first}\n\n![](image:2)\n\n{rest}"
    return slug, format_document(fields, body)


def _settings() -> SiteSettings:
    texts = {tag: demo_texts(tag) for tag in LANGUAGES}
    return SiteSettings(
        title=TITLE,
        base_url=ADDRESS,
        languages={tag: LanguageSettings(None, it.tagline, it.description) for tag, it in texts.items()},
        sections={key: {tag: it.sections[key] for tag, it in texts.items()} for key in texts["en"].sections},
        articles_per_page=12,
        related_count=4,
    )


def _publishers() -> PublisherList:
    return PublisherList({key: PublisherSettings(name, "vi", (f"{key}.example",)) for key, name in AGENCIES.items()})
