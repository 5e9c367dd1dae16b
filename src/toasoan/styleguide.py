"""The style guide: every macro of a portal's theme in four scripts, by day and by night, on one page.

It is for designers, and no part of the portal. It shows the theme as the portal has it, its own templates and style
sheets included, with invented texts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toasoan import cldr, routes
from toasoan.catalog.catalog import Catalog, ListKind
from toasoan.catalog.signature import signature
from toasoan.catalog.update import Update
from toasoan.config import Config
from toasoan.demo.demo_texts import StoryText, demo_texts
from toasoan.diagnostics import Location, Report
from toasoan.files import write_file
from toasoan.incremental.preparation import theme_folders
from toasoan.model.article import Article, ArticleId, Photo, PublicationDate
from toasoan.model.section import Section
from toasoan.outputs.assets import Assets, assets
from toasoan.pictures import Picture
from toasoan.render.edition import Edition
from toasoan.render.environment import Templates, template_fault
from toasoan.render.interface import LOCALE_FOLDER, read_interfaces
from toasoan.render.pages import editions
from toasoan.render.views import Card, Counted, Figure, Named, PageIn, PhotoCard, Player, Version
from toasoan.routes import Site
from toasoan.settings import LanguageSettings, SiteSettings
from toasoan.state import State

LANGUAGES = ("vi", "uk", "ar", "ja")
"""Latin letters with stacked marks, Cyrillic, right to left, no spaces between words."""

LAYOUT = "layouts/styleguide.html"
PIECES = "layouts/styleguide_pieces.html"
SHOWN = 5
"""Stories that the pieces show."""

_DAY = dt.datetime(2026, 1, 17, 9, 40, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@dataclass(frozen=True, slots=True)
class Samples:
    """What the pieces of one language are shown with."""

    cards: tuple[Card, ...]
    crumbs: tuple[Named, ...]
    photo: Figure
    drawing: Figure
    player: Player
    version: Version
    photos: tuple[PhotoCard, ...]
    agencies: tuple[Counted, ...]
    correction: str


@dataclass(frozen=True, slots=True)
class Part:
    """The pieces in one language, rendered."""

    tag: str
    endonym: str
    direction: str
    html: str
    """The templates' own output."""


def write_styleguide(root: Path, folder: Path, report: Report) -> bool:
    """Write the style guide of the portal below `root` into a folder; False if the theme has mistakes."""
    site = Site("https://styleguide.example")
    theme = assets(theme_folders(root, "static"), site, report)
    interfaces = read_interfaces(LANGUAGES, theme_folders(root, "templates", LOCALE_FOLDER), report)
    if report.has_errors:
        return False
    catalog = _catalog()
    by_language = editions(catalog, interfaces, theme.link)
    templates = Templates(theme_folders(root, "templates"), by_language, catalog.state, {})
    try:
        parts = [_part(edition, templates) for edition in by_language.values()]
        first = by_language[LANGUAGES[0]]
        page = templates.named(first.tag, LAYOUT).render(parts=parts, shell=first.shell, font=first.headline_font)
    except Exception as error:
        fault = template_fault(error)
        if fault is None:
            raise
        report.error("template-mistake", fault.reason, Location(fault.path, fault.line))
        return False
    # Its links are relative, so that it can be looked at without a server.
    write_file(folder / "index.html", page.replace('="/', '="').encode())
    _write_theme(folder, theme, catalog)
    return True


def _write_theme(folder: Path, theme: Assets, catalog: Catalog) -> None:
    from toasoan.covers.cover import cover
    from toasoan.pictures import cover_of

    for output in theme.outputs:
        write_file(folder / output.path, output.data)
    for number in tuple(catalog.state.rows("SELECT number FROM article")):
        article = catalog.article(number)
        drawn = cover_of(article, article.story)
        svg = cover(drawn.section, drawn.key).encode()
        write_file(folder / routes.file_of(routes.cover(drawn.name)), svg)


def _part(edition: Edition, templates: Templates) -> Part:
    html = templates.named(edition.tag, PIECES).render(samples=_samples(edition), shell=edition.shell)
    language = edition.language
    return Part(language.tag, language.endonym, language.direction, html)


def _samples(edition: Edition) -> Samples:
    story = demo_texts(edition.tag).stories[0]
    cards = edition.cards(edition.catalog.newest(edition.tag, SHOWN))
    drawn = cards[0].picture
    photo = Figure(Picture(drawn.src, drawn=False), story.alts[0], story.captions[0], "Mai Thanh Vân", first=False)
    return Samples(
        cards=cards,
        crumbs=(edition.home, *(edition.shell.sections[:1])),
        photo=photo,
        drawing=Figure(drawn, "", story.captions[0], "Mai Thanh Vân", first=False),
        player=Player(
            poster=drawn,
            poster_link=drawn.src,
            link="#",
            type=None,
            mp4=None,
            host="YouTube",
            player="about:blank",
            alt=story.alts[0],
            caption=story.captions[0],
            credit="Mai Thanh Vân",
            tracks=(),
            first=False,
        ),
        version=Version("vi", "Tiếng Việt", "ltr", "#", "original", PageIn("#", edition.tag)),
        photos=tuple(PhotoCard(card, photo._replace(picture=card.picture)) for card in cards),
        agencies=edition.counted_agencies(edition.catalog.lists(edition.tag, ListKind.AGENCY)),
        correction=story.summary,
    )


def _catalog() -> Catalog:
    """A few stories in memory."""
    config = _config()
    catalog = Catalog(State(Path(":memory:"), is_new=True), config)
    update = Update(catalog, is_first=True)
    for article in _articles():
        described = signature(article.title, article.summary, article.tags, article.language, "", frozenset())
        update.put(article, b"", described)
    update.settle(lambda numbers: ())
    return catalog


def _config() -> Config:
    texts = {tag: demo_texts(tag) for tag in LANGUAGES}
    names = {key: {tag: it.sections[key] for tag, it in texts.items()} for key in texts[LANGUAGES[0]].sections}
    languages = {tag: LanguageSettings(None, it.tagline, it.description) for tag, it in texts.items()}
    return Config(
        SiteSettings("Tòa soạn", "https://styleguide.example", languages, names),
        {tag: cldr.language(tag) for tag in LANGUAGES},
        {key: Section(key, of_key) for key, of_key in names.items()},
        (),
    )


def _articles() -> Iterator[Article]:
    for tag in LANGUAGES:
        texts = demo_texts(tag)
        for place, (story, section) in enumerate(zip(texts.stories[:SHOWN], texts.sections, strict=False)):
            yield _article(tag, story, section, place)


def _article(tag: str, story: StoryText, section: str, place: int) -> Article:
    return Article(
        id=ArticleId(tag, story.key),
        title=story.title,
        path=f"{tag}/{story.key}.md",
        published=PublicationDate(_DAY - dt.timedelta(hours=19 * place), has_time=True),
        section=section,
        tags=story.tags,
        authors=("Mai Thanh Vân",),
        publisher=("Sông Mây", "Hải Đăng")[place % 2],
        named_story=story.key,
        summary=story.summary,
        photos=(Photo(caption=story.captions[0]),) if story.captions else (),
    )
