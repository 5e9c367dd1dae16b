"""One language's edition of the portal: what the making of each of its pages needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from toasoan import cldr, routes
from toasoan.catalog.catalog import ArticleList, Catalog, ListKind
from toasoan.config import Config
from toasoan.covers.look import Look
from toasoan.model.article import Article, PublicationDate
from toasoan.model.language import Language
from toasoan.pictures import in_other_inks, lead_picture
from toasoan.render.interface import Interface
from toasoan.render.share_image import SharePictures
from toasoan.render.views import Card, Counted, FeedLink, Named, Shell, SwitchEntry, When
from toasoan.routes import Site
from toasoan.slug import slug_of

HEADLINE_FONTS = {"Latn": "head-latin-vi.woff2", "Cyrl": "head-cyrillic.woff2"}
"""The cut of the headline face for a script, by ISO 15924 code; other scripts use fonts of the reader's system."""

CARDS_KEPT = 8_000
"""Cards that each process keeps at most, about 1.5 KB each: a bound on its memory, not on the portal."""

NAMES_KEPT = 5_000
"""Tags, authors and agencies of a language that each process keeps with their addresses at most."""


@dataclass(frozen=True)
class Edition:
    """A language's edition."""

    language: Language
    config: Config
    site: Site
    catalog: Catalog
    interface: Interface
    asset: Callable[[str], str]
    """From the name of a file of the theme to its address."""

    kept_card: Callable[[str, int, bool], Card]
    """From an edition's tag and an article's number to the card of that article in that edition; the last argument
    says whether its cover is to have its other inks."""

    share_pictures: SharePictures | None = None
    """None where articles have the portal's own share image."""

    @property
    def tag(self) -> str:
        """The language's tag."""
        return self.language.tag

    def say(self, english: str, **values: object) -> str:
        """A text of the interface, with values put in."""
        return self.interface.text(english) % values if values else self.interface.text(english)

    def say_counted(self, one: str, many: str, count: int, name: str = "count") -> str:
        """A text of the interface that goes with a number, which is written with the language's own digits.

        `name` is what the text calls the number.
        """
        return self.interface.plural(one, many, count) % {name: cldr.number(count, self.tag)}

    def section_name(self, key: str) -> str:
        """What readers of this language call a section."""
        return self.config.sections[key].names[self.tag]

    def section_link(self, key: str | None) -> Named | None:
        """A section with its address; None for none."""
        return None if key is None else self._section_link(key)

    @cached_property
    def _section_link(self) -> Callable[[str], Named]:
        return cache(lambda key: Named(self.section_name(key), self.site.link(routes.section(self.tag, key))))

    def agency(self, article: Article) -> Named | None:
        """An article's agency with the address of its list; None where it is unknown."""
        if article.publisher is None:
            return None
        return self._of_list(ListKind.AGENCY, article.language, article.publisher)

    @cached_property
    def _of_list(self) -> Callable[[ListKind, str, str], Named]:
        """A tag, author or agency as articles of a language name it."""
        return lru_cache(maxsize=NAMES_KEPT)(self._named)

    def _named(self, kind: ListKind, language: str, name: str) -> Named:
        if kind is ListKind.AGENCY:
            agency = self.config.agency_named(name)
            slug = self.catalog.slug_of(language, kind, agency.name)
            link = self.site.link(routes.agency(language, slug)) if slug else None
            return Named(agency.name, link, self.foreign(agency.language))
        address = routes.tag if kind is ListKind.TAG else routes.author
        slug = self.catalog.slug_of(language, kind, name) or slug_of(name, self.tag)
        return Named(name, self.site.link(address(language, slug)))

    def link(self, address: str | None) -> str | None:
        """The link of an address; None for none."""
        return self.site.link(address) if address else None

    def author(self, article: Article, name: str) -> Named:
        """One of an article's authors with the address of their list."""
        return self._of_list(ListKind.AUTHOR, article.language, name)

    def tag_link(self, name: str) -> Named:
        """A tag with the address of its list."""
        return self._of_list(ListKind.TAG, self.tag, name)

    def foreign(self, language: str | None) -> str | None:
        """A language's tag where it is not this edition's, else None: for `lang` attributes."""
        return None if language == self.tag else language

    def when(self, date: PublicationDate | None) -> When | None:
        """A date in words, with the time where it is known."""
        if date is None:
            return None
        if not date.has_time:
            return When(str(date), cldr.long_date(date.day, self.tag))
        return When(str(date), cldr.long_moment(date.instant, self.tag), cldr.clock(date.instant, self.tag))

    def day(self, date: PublicationDate | None) -> When | None:
        """A date in words without the time, as lists have it."""
        if date is None:
            return None
        clock = cldr.clock(date.instant, self.tag) if date.has_time else None
        return When(str(date), cldr.long_date(date.day, self.tag), clock)

    def card(self, number: int) -> Card:
        """An article in a list, by its number."""
        return self.kept_card(self.tag, number, False)

    def new_card(self, number: int, other_inks: bool) -> Card:
        """A card of an article; one in another language is marked as such."""
        if other_inks:
            card = self.card(number)
            return replace(card, picture=in_other_inks(card.picture))
        article = self.catalog.article(number)
        language = self.config.languages[article.language]
        foreign = article.language != self.tag
        return Card(
            title=article.title,
            link=self.site.link(routes.article(article.id)),
            picture=lead_picture(article, article.story, self.site),
            agency=self.agency(article),
            when=self.day(article.published),
            summary=article.summary,
            section=None if foreign else self.section_link(article.section),
            has_video=bool(article.videos),
            language=article.language if foreign else None,
            language_name=language.endonym if foreign else None,
            direction=language.direction if language.direction != self.language.direction else None,
        )

    def cards(self, numbers: Iterable[int]) -> tuple[Card, ...]:
        """Several articles in a list. No two neighbours have covers of the same look."""
        kept, tag = self.kept_card, self.tag
        cards: list[Card] = []
        before: Look | None = None
        for number in numbers:
            card = kept(tag, number, False)
            look = card.picture.look
            if look is not None and look == before:
                card = kept(tag, number, True)
                look = card.picture.look
            cards.append(card)
            before = look
        return tuple(cards)

    def counted(self, name: Named, count: int) -> Counted:
        """Something with its number of articles in words."""
        return Counted(name, count, self.say_counted("%(count)s article", "%(count)s articles", count))

    def counted_agencies(self, agencies: Iterable[ArticleList]) -> tuple[Counted, ...]:
        """Agencies with their numbers of articles."""
        return tuple(
            self.counted(
                Named(
                    agency.name,
                    self.site.link(routes.agency(self.tag, agency.slug)),
                    self.foreign(agency.name_language),
                ),
                agency.count,
            )
            for agency in agencies
        )

    @cached_property
    def headline_font(self) -> str | None:
        """Address of the headline face for this language's script; None where the reader's system has to serve."""
        file = HEADLINE_FONTS.get(cldr.script(self.tag))
        return self.asset(f"fonts/{file}") if file else None

    @cached_property
    def home(self) -> Named:
        """Where the way to each page begins."""
        return Named(self.say("Home"), self.shell.home)

    @cached_property
    def homes(self) -> tuple[SwitchEntry, ...]:
        """The home page of each language, for pages that do not exist in it."""
        return tuple(
            SwitchEntry(
                other.tag,
                other.endonym,
                other.direction,
                self.site.link(routes.home(other.tag)),
                current=False,
                same_page=False,
            )
            for other in self.config.languages.values()
        )

    @cached_property
    def feeds(self) -> tuple[FeedLink, ...]:
        """The feeds of the language, which pages name that have none of their own."""
        return feed_links(self.shell.portal, self.shell.rss, self.shell.json_feed)

    @cached_property
    def locale(self) -> str:
        """The language as Open Graph wants it."""
        return cldr.with_territory(self.tag)

    @cached_property
    def share_image(self) -> str:
        """The picture of a link that readers share, with its full address; most articles have their own."""
        return self.site.origin + self.asset("images/share.png")

    def share_image_of(self, article: Article | None) -> str | None:
        """An article's own picture, with its full address; None if it has none."""
        picture = self.share_pictures.of(article) if self.share_pictures and article else None
        return self.site.absolute(picture.address) if picture else None

    @cached_property
    def shell(self) -> Shell:
        """What all pages of this edition have in common."""
        settings = self.config.settings.languages[self.tag]
        home = routes.home(self.tag)
        return Shell(
            language=self.tag,
            direction=self.language.direction,
            endonym=self.language.endonym,
            portal=self.config.title(self.tag),
            portal_language=None if settings.title else self.foreign(self.config.main_language.tag),
            tagline=settings.tagline,
            description=settings.description,
            home=self.site.link(home),
            sections=tuple(
                Named(self.section_name(key), self.site.link(routes.section(self.tag, key)))
                for key in self.config.sections
                if self.catalog.count(self.tag, ListKind.SECTION, key)
            ),
            static_pages=tuple(
                Named(page.title, self.site.link(routes.static_page(page.language, page.slug)))
                for page in self.catalog.static_pages(self.tag)
            ),
            archive=self.site.link(routes.archive(self.tag)) if self.catalog.count(self.tag) else None,
            agencies=self.site.link(routes.agencies(self.tag))
            if self.catalog.lists(self.tag, ListKind.AGENCY)
            else None,
            search=self.link(routes.search(self.tag) if self.config.settings.pages.search else None),
            rss=self.site.link(routes.rss(home)),
            opml=self.site.link(routes.opml(home)),
            json_feed=self.link(routes.json_feed(home) if self.config.settings.pages.json_feeds else None),
            stylesheet=self.asset("css/style.css"),
            script=self.asset("js/enhance.js"),
            seal=self.asset("images/seal.svg"),
            favicon=self.asset("images/favicon.svg"),
            manifest=self.site.link(routes.web_app_manifest(self.tag)),
            touch_icon=self.asset("images/apple-touch-icon.png"),
        )


def feed_links(name: str, rss: str | None, json_feed: str | None, atom: str | None = None) -> tuple[FeedLink, ...]:
    """The feeds that a page's head names, of those that there are."""
    feeds = ((rss, "application/rss+xml"), (atom, "application/atom+xml"), (json_feed, "application/feed+json"))
    return tuple([FeedLink(name, link, kind) for link, kind in feeds if link])
