"""What templates see: frozen values, complete and in the reader's language. Templates decide nothing.

An address here is a link as `href` has it; a time is both for machines and in words.

Most views are named tuples: to make such a class takes a quarter of the time, and each small build makes them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from toasoan.content.markdown import Heading
from toasoan.model.language import Direction
from toasoan.pictures import Picture


class Named(NamedTuple):
    """A name that may be in another language than the page, and may lead somewhere."""

    name: str
    link: str | None = None
    language: str | None = None
    """Where it differs from the page's."""


class When(NamedTuple):
    """A date, or a date with a time."""

    machine: str
    """For `<time datetime>`."""

    words: str
    clock: str | None = None
    """The time of day alone, where it is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """An article in a list. There is one for each article and language, so cards are told apart by identity."""

    title: str
    link: str
    picture: Picture
    agency: Named | None
    when: When | None
    summary: str | None
    section: Named | None
    language: str | None = None
    """Tag, where it differs from the page's."""

    language_name: str | None = None
    """The same in its own words: "Tiếng Việt"."""

    has_video: bool = False

    direction: Direction | None = None
    """Where it differs from the page's."""


class SwitchEntry(NamedTuple):
    """A language in the language switch."""

    tag: str
    endonym: str
    direction: Direction
    link: str
    current: bool
    same_page: bool
    """Whether it leads to this very page in that language; if not, to its home page."""

    parallel: PageIn | None = None
    """The page that has this text and the one in that language."""


class CorrectedVersion(NamedTuple):
    """Another language version of an article, in which something was corrected that may be wrong here as well."""

    tag: str
    endonym: str
    direction: Direction
    link: str
    when: When | None


class WithdrawnVersion(NamedTuple):
    """Another language version of an article that was taken back, perhaps for what this one says as well."""

    tag: str
    endonym: str
    direction: Direction
    when: When | None


class PageIn(NamedTuple):
    """A page of the portal, with the language it is in."""

    link: str
    tag: str


class Version(NamedTuple):
    """Another language version of an article."""

    tag: str
    endonym: str
    direction: Direction
    link: str
    origin: str
    """Key of the words that say how it came about: "original", "human", "machine" or "unknown"."""

    parallel: PageIn | None = None
    """The page that has both texts."""


class Figure(NamedTuple):
    """A photo with its words."""

    picture: Picture
    alt: str
    caption: str | None
    credit: str | None
    first: bool
    """Whether it is the first picture of the page, which is loaded at once."""

    number: int = 0
    """Of the photo among the article's, from 1."""

    @property
    def is_video(self) -> bool:
        """No."""
        return False


class Track(NamedTuple):
    """Subtitles of a video."""

    link: str
    language: str
    name: str
    """Of the language, in its own words."""

    is_default: bool


class Player(NamedTuple):
    """A video with its words."""

    poster: Picture
    poster_link: str
    """The same as one file."""

    link: str
    """The file or stream, or its page on another site."""

    type: str | None
    """Media type; None for a video on another site."""

    mp4: str | None
    """The same as a file, for browsers that can't play the stream."""

    host: str | None
    """Name of the other site."""

    player: str | None
    """Address of the other site's player, which is loaded when the reader asks for it and not before."""

    alt: str
    caption: str | None
    credit: str | None
    tracks: tuple[Track, ...]
    first: bool

    @property
    def is_video(self) -> bool:
        """Yes."""
        return True


class GalleryPhoto(NamedTuple):
    """A photo on the page of an article's photos."""

    figure: Figure
    place: str
    """Which one it is, in the language's digits: "3"."""

    previous: int | None
    """Number of the photo before it."""

    next: int | None


class PhotoCard(NamedTuple):
    """An article for its photograph's sake."""

    card: Card
    figure: Figure


class Correction(NamedTuple):
    """What was corrected in an article."""

    when: When | None
    text: str


class Original(NamedTuple):
    """Where a translated article's original is."""

    link: str
    title: str | None
    """None where it lies on the agency's own site."""

    language: str | None


class SourceLine(NamedTuple):
    """Where an article comes from."""

    agency: Named | None
    link: str | None
    """None where the address of the original is lost."""

    host: str | None


class ShareTarget(NamedTuple):
    """A place at which readers can share a page."""

    name: str
    link: str


class CommentView(NamedTuple):
    """A reader's comment, with the answers to it."""

    anchor: str
    """Id of its element: "comment_12"."""

    number: int
    author: str | None
    when: When
    text: Markup
    replies: tuple[CommentView, ...]


class CommentsView(NamedTuple):
    """The comments on an article."""

    anchor: str
    """Id of their element."""

    count_words: str | None
    """How many there are, in words; None for none."""

    threads: tuple[CommentView, ...]
    are_open: bool
    """Whether readers may write more."""

    server: str
    page: str
    """What the server knows the page by."""

    longest_name: int
    longest_text: int


class ArticleView(NamedTuple):
    """An article's page."""

    title: str
    summary: str | None
    section: Named | None
    agency: Named | None
    authors: tuple[Named, ...]
    after_authors: tuple[str, ...]
    """What stands after each of them, as the language lists names."""

    published: When | None
    updated: When | None
    reading_time: str
    photo_count: str | None
    """How many photos it has, in words; None for fewer than two."""

    gallery: str | None
    """Link of the page with all of them; None for fewer than two."""

    machine_translated: bool
    original: Original | None
    corrections: tuple[Correction, ...]
    corrected_versions: tuple[CorrectedVersion, ...]
    withdrawn_versions: tuple[WithdrawnVersion, ...]
    hero: Figure | Player | None
    parts: tuple[Markup | Figure | Player, ...]
    rest: tuple[Figure, ...]
    """Photos that the text does not place."""

    is_photo_series: bool
    """Whether these are shown large."""

    headings: tuple[Heading, ...]
    source: SourceLine
    tags: tuple[Named, ...]
    share: tuple[ShareTarget, ...]
    versions: tuple[Version, ...]
    related: tuple[Card, ...]
    same_section: tuple[Card, ...]
    same_author: tuple[Card, ...]
    comments: CommentsView | None
    """None on a portal without comments."""


class GalleryView(NamedTuple):
    """The photos of an article, large."""

    title: str
    article: str
    """Link of the article."""

    photos: tuple[GalleryPhoto, ...]
    total: str
    """How many there are, in the language's digits."""


class ParallelColumn(NamedTuple):
    """A version of a story, as one of the two on a page."""

    tag: str
    endonym: str
    direction: Direction
    link: str
    """Of its own page."""

    origin: str
    """As `Version.origin`."""

    title: str
    summary: str | None
    corrections: tuple[Correction, ...]


class ParallelRow(NamedTuple):
    """What says the same in two languages: texts, or a photo or video with the words that both have for it."""

    own: Markup | None
    other: Markup | None
    media: Figure | Player | None = None
    caption: str | None = None
    """In the other language."""


class ParallelTextView(NamedTuple):
    """An article beside its version in another language."""

    own: ParallelColumn
    other: ParallelColumn
    agency: Named | None
    published: When | None
    rows: tuple[ParallelRow, ...]


class Block(NamedTuple):
    """A section on the home page."""

    heading: Named
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Something with articles, and how many it has."""

    name: Named
    count: int
    count_words: str


class HomeView(NamedTuple):
    """A language's home page."""

    lead: Card | None
    pinned: tuple[Card, ...]
    newest: tuple[Card, ...]
    newest_link: str
    blocks: tuple[Block, ...]
    videos: tuple[Card, ...]
    videos_link: str
    videos_after: int
    """After how many blocks of sections these stand."""

    photos: tuple[PhotoCard, ...]
    photos_link: str
    agencies: tuple[Counted, ...]
    agencies_link: str


class PageLink(NamedTuple):
    """A page of a list in the pager."""

    label: str
    link: str
    current: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list."""

    heading: Named
    kind: str
    """"language", "section", "tag", "author", "agency", "photos" or "month"."""

    count_words: str | None
    """Articles on all pages; the front page says it, for every other one would change with each new article."""

    cards: tuple[Card, ...]
    photos: tuple[PhotoCard, ...]
    """The same articles with their photographs; empty but for the list of photographs."""

    lead: bool
    """Whether the first card stands out."""

    pages: tuple[PageLink, ...]
    newer: str | None
    older: str | None
    months: tuple[Counted, ...]
    feed: str | None
    atom: str | None
    json_feed: str | None


class AgencyIndexView(NamedTuple):
    """The list of all agencies."""

    agencies: tuple[Counted, ...]


class SectionOption(NamedTuple):
    """A section by which readers filter what they find."""

    key: str
    name: str


class SearchView(NamedTuple):
    """The page on which a language is searched."""

    link: str
    """Of the page itself; the files that it searches with lie beside it."""

    sections: tuple[SectionOption, ...]
    agencies: tuple[str, ...]
    tags: tuple[Named, ...]
    """Those with most articles, by name."""


class StaticView(NamedTuple):
    """A static page."""

    title: str
    body: Markup


class NotFoundView(NamedTuple):
    """The page for an address that does not exist."""

    newest: tuple[Card, ...]
    languages: tuple[SwitchEntry, ...]
    """All languages of the portal on the page that a host shows to everybody; none on those of one language."""


class ChooserView(NamedTuple):
    """The root page."""

    languages: tuple[SwitchEntry, ...]


View = (
    ArticleView | GalleryView | ParallelTextView | HomeView | ListView | AgencyIndexView | SearchView | StaticView
    | NotFoundView | ChooserView
)  # fmt: skip


class FeedLink(NamedTuple):
    """A feed that the page's head names."""

    title: str
    link: str
    type: str


class Alternate(NamedTuple):
    """A page's address in another language, for search engines."""

    tag: str
    address: str


class Head(NamedTuple):
    """What a page's `<head>` says."""

    title: str
    description: str
    canonical: str
    alternates: tuple[Alternate, ...]
    feeds: tuple[FeedLink, ...]
    share_image: str
    share_image_alt: str
    og_type: str
    og_locale: str
    og_other_locales: tuple[str, ...]
    published: str | None
    modified: str | None
    section: str | None
    tags: tuple[str, ...]
    indexable: bool
    structured_data: Markup | None
    """JSON-LD, safe inside a script element."""

    font: str | None
    """The headline face's file for this language's script, to be loaded early; None where the system's serves."""


class Shell(NamedTuple):
    """What all pages of a language have in common."""

    language: str
    direction: Direction
    endonym: str
    portal: str
    """The portal's name."""

    portal_language: str | None
    """Tag of the language that the name is in, where it is not the page's."""

    tagline: str | None
    description: str | None
    home: str
    sections: tuple[Named, ...]
    static_pages: tuple[Named, ...]
    archive: str | None
    search: str | None
    agencies: str | None
    rss: str | None
    opml: str
    json_feed: str | None
    stylesheet: str
    script: str
    seal: str
    favicon: str
    manifest: str
    touch_icon: str


class PageView(NamedTuple):
    """A whole page."""

    shell: Shell
    head: Head
    switch: tuple[SwitchEntry, ...]
    crumbs: tuple[Named, ...]
    view: View
    current_section: str | None = None
    """Link of the section to which the page belongs."""
