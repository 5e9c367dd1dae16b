"""One language's edition of the portal: what the making of each of its pages needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from toasoan import cldr, routes
from toasoan.catalog.catalog import Catalog, Term, agency_named
from toasoan.config import Config
from toasoan.content.static_pages import StaticPage
from toasoan.model.article import Article, PublicationDate
from toasoan.model.language import Language
from toasoan.pictures import lead_picture
from toasoan.render.interface import Interface
from toasoan.render.views import Card, Counted, Named, Shell, When
from toasoan.routes import Site
from toasoan.slug import slug_of

HEADLINE_FONTS = {"Latn": "head-latin-vi.woff2", "Cyrl": "head-cyrillic.woff2"}
"""The cut of the headline face for a script, by ISO 15924 code; other scripts use fonts of the reader's system."""

CARDS_KEPT = 20_000
"""Cards that are kept at most, as values and as HTML, about 1 KB each: a bound on memory, not on the portal."""


@dataclass(frozen=True)
class Edition:
    """A language's edition."""

    language: Language
    config: Config
    site: Site
    catalog: Catalog
    interface: Interface
    static_pages: tuple[StaticPage, ...]
    asset: Callable[[str], str]
    """From the name of a file of the theme to its address."""

    @property
    def tag(self) -> str:
        """The language's tag."""
        return self.language.tag

    def say(self, english: str, **values: object) -> str:
        """A text of the interface, with values put in."""
        return self.interface.text(english) % values if values else self.interface.text(english)

    def say_counted(self, one: str, many: str, count: int) -> str:
        """A text of the interface that goes with a number, which is written with the language's own digits."""
        return self.interface.plural(one, many, count) % {"count": cldr.number(count, self.tag)}

    def section_name(self, key: str) -> str:
        """What readers of this language call a section."""
        return self.config.sections[key].names[self.tag]

    def section_link(self, key: str | None) -> Named | None:
        """A section with its address; None for none."""
        if key is None:
            return None
        return Named(self.section_name(key), self.site.link(routes.section(self.tag, key)))

    def agency(self, article: Article) -> Named | None:
        """An article's agency with the address of its list; None where it is unknown."""
        if article.publisher is None:
            return None
        agency = agency_named(article.publisher, self.config)
        slug = self._agency_slugs[article.language].get(agency.name.casefold())
        link = self.site.link(routes.agency(article.language, slug)) if slug else None
        return Named(agency.name, link, self.foreign(agency.language))

    @cached_property
    def _agency_slugs(self) -> Mapping[str, Mapping[str, str]]:
        """By language, for its agencies that have a list, from folded name to slug."""
        return {
            tag: {term.name.casefold(): term.slug for term in index.agencies}
            for tag, index in self.catalog.languages.items()
        }

    def link(self, address: str | None) -> str | None:
        """The link of an address; None for none."""
        return self.site.link(address) if address else None

    def author(self, article: Article, name: str) -> Named:
        """One of an article's authors with the address of their list."""
        slug = self._author_slugs.get(name.casefold(), slug_of(name, self.tag))
        return Named(name, self.site.link(routes.author(article.language, slug)))

    def tag_link(self, name: str) -> Named:
        """A tag with the address of its list."""
        slug = self._tag_slugs[name.casefold()]
        return Named(name, self.site.link(routes.tag(self.tag, slug)))

    @cached_property
    def _author_slugs(self) -> Mapping[str, str]:
        return {term.name.casefold(): term.slug for term in self.catalog.languages[self.tag].authors}

    @cached_property
    def _tag_slugs(self) -> Mapping[str, str]:
        return {term.name.casefold(): term.slug for term in self.catalog.languages[self.tag].tags}

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

    @cached_property
    def card(self) -> Callable[[Article], Card]:
        """An article in a list; one of another language is marked as such."""
        return lru_cache(maxsize=CARDS_KEPT)(self._card)

    def _card(self, article: Article) -> Card:
        language = self.config.languages[article.language]
        foreign = article.language != self.tag
        return Card(
            title=article.title,
            link=self.site.link(routes.article(article.id)),
            picture=lead_picture(article, self.catalog.story_of[article.id], self.site),
            agency=self.agency(article),
            when=self.day(article.published),
            summary=article.summary,
            section=None if foreign else self.section_link(article.section),
            language=article.language if foreign else None,
            language_name=language.endonym if foreign else None,
            direction=language.direction if language.direction != self.language.direction else None,
        )

    def cards(self, articles: Iterable[Article]) -> tuple[Card, ...]:
        """Several articles in a list."""
        return tuple(self.card(article) for article in articles)

    def counted(self, name: Named, count: int) -> Counted:
        """Something with its number of articles in words."""
        return Counted(name, count, self.say_counted("%(count)s article", "%(count)s articles", count))

    def counted_agencies(self, agencies: Iterable[Term]) -> tuple[Counted, ...]:
        """Agencies with their numbers of articles."""
        return tuple(
            self.counted(
                Named(
                    agency.name,
                    self.site.link(routes.agency(self.tag, agency.slug)),
                    self.foreign(agency.name_language),
                ),
                len(agency.articles),
            )
            for agency in agencies
        )

    @property
    def headline_font(self) -> str | None:
        """Address of the headline face for this language's script; None where the reader's system has to serve."""
        file = HEADLINE_FONTS.get(cldr.script(self.tag))
        return self.asset(f"fonts/{file}") if file else None

    @cached_property
    def shell(self) -> Shell:
        """What all pages of this edition have in common."""
        settings = self.config.settings.languages[self.tag]
        index = self.catalog.languages[self.tag]
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
                for key, articles in index.sections.items()
                if articles
            ),
            static_pages=tuple(
                Named(page.title, self.site.link(routes.static_page(page.language, page.slug)))
                for page in self.static_pages
                if page.language == self.tag
            ),
            archive=self.site.link(routes.archive(self.tag)) if index.articles else None,
            agencies=self.site.link(routes.agencies(self.tag)) if index.agencies else None,
            rss=self.site.link(routes.rss(home)),
            json_feed=self.link(routes.json_feed(home) if self.config.settings.pages.json_feeds else None),
            stylesheet=self.asset("css/style.css"),
            script=self.asset("js/enhance.js"),
            seal=self.asset("images/seal.svg"),
            favicon=self.asset("images/favicon.svg"),
            touch_icon=self.asset("images/apple-touch-icon.png"),
        )
