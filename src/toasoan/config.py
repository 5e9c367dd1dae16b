"""What people decide about a portal: `site/site.toml`, `site/publishers.toml` and, for home pages, `site/home.toml`.

`SiteSettings`, `LanguageSettings`, `PublisherSettings` and `HomeSettings` say which keys the files may have; `Config`
is what the rest of the program gets, complete and checked. docs/reference/settings.md is made from these classes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from toasoan import cldr
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.model.language import Language
from toasoan.model.publisher import Publisher
from toasoan.model.section import Section
from toasoan.portal_folders import HOME_FILE, PUBLISHERS_FILE, SETTINGS_FILE
from toasoan.slug import slug_fault, slug_of
from toasoan.source_text import read_source
from toasoan.toml import TomlDocument, TomlError, read_toml
from toasoan.typed_table import Source, read_table
from toasoan.web_address import parts_of

T = TypeVar("T")

RESERVED_KEYS = frozenset(["agency", "archive", "author", "photos", "tag", "videos"])
"""Words in addresses that no section can have."""

_ADDRESS = r"""[^\s?#"'<>\\^`{|}\x00-\x1f]+"""
"""Characters of an address without a query or a fragment."""

_LINK = r"""[^\s"'<>\\^`{|}\x00-\x1f]+"""
"""Characters of an address that may have both."""


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """A table `[languages.xx]`: what differs in one language. An empty table is enough."""

    title: str | None = None
    """The portal's name in this language, where it differs from the main one."""

    tagline: str | None = None
    """One line below the name."""

    description: str | None = None
    """What the portal is, in a sentence or two: for the footer and for search engines."""


@dataclass(frozen=True, slots=True)
class PagesSettings:
    """The table `[pages]`: kinds of pages and files that a portal can do without."""

    months: bool = True
    """Archives by month, of each language and section; without them these lists are numbered like all others."""

    agencies: bool = True
    """A list for each press agency, and one of all agencies."""

    photos: bool = True
    """A list of the articles with photographs, which shows these large; the home page has the newest of them."""

    videos: bool = True
    """A list of the articles with videos; the home page has the newest of them."""

    galleries: bool = True
    """A page for each article with several photographs, which shows these large, one after the other."""

    json_feeds: bool = True
    """Every page of a list also as a JSON Feed, for programs."""

    atom_feeds: bool = True
    """An Atom feed for each tag, author and agency; languages and sections have RSS feeds with full texts."""

    share_images: bool = True
    """A picture for each article with its headline, shown with links to it; without them the theme's serves all."""


@dataclass(frozen=True, slots=True)
class FeedsSettings:
    """The table `[feeds]`: how feeds reach their readers."""

    hub: str | None = None
    """Address of a WebSub hub, which tells programs of new articles at once: "https://hub.example/"."""


class Crawlers(StrEnum):
    """What programs may do that gather texts for language models."""

    OPEN = "open"
    CITE = "cite"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RobotsSettings:
    """The table `[robots]`: what `robots.txt` asks of programs. Search engines may read everything in any case."""

    crawlers: Crawlers = Crawlers.OPEN
    """Programs for language models: `open` lets all of them read, `cite` those that answer questions and name their
    sources but not those that train on what they read, `closed` neither."""


@dataclass(frozen=True, slots=True)
class SecuritySettings:
    """The table `[security]`: whom to tell of a hole in the portal; without it there is no `security.txt`."""

    contact: tuple[str, ...]
    """Addresses, the preferred one first: "mailto:security@portal.example" or "https://portal.example/report"."""

    expires: dt.date
    """The day from which on nobody should rely on it; within a year, as RFC 9116 recommends."""

    policy: str | None = None
    """Address of a page that says how such reports are dealt with."""

    languages: tuple[str, ...] = ()
    """Tags of languages in which reports are understood; all languages of the portal if none is named."""


@dataclass(frozen=True, slots=True)
class PoliciesSettings:
    """The table `[organization.policies]`: slugs of the static pages that tell how the newsroom works.

    Search engines are told of those that a language has.
    """

    publishing_principles: str | None = None
    """How the newsroom works."""

    corrections: str | None = None
    """How mistakes are corrected."""

    ethics: str | None = None
    """What the newsroom does and does not do."""

    diversity: str | None = None
    """Who works there and who is heard."""

    masthead: str | None = None
    """Who is responsible."""

    ownership: str | None = None
    """To whom the portal belongs and who pays for it."""

    unnamed_sources: str | None = None
    """When sources are not named."""

    verification: str | None = None
    """How facts are checked."""

    feedback: str | None = None
    """How readers can answer."""


@dataclass(frozen=True, slots=True)
class OrganizationSettings:
    """The table `[organization]`: what search engines are told of the newsroom besides the portal's name."""

    legal_name: str | None = None
    """As it stands in the register."""

    email: str | None = None
    """Where the newsroom can be written to."""

    same_as: tuple[str, ...] = ()
    """Addresses of its pages elsewhere: an encyclopedia's, those on social networks."""

    policies: PoliciesSettings = field(default_factory=PoliciesSettings)
    """Slugs of the static pages that tell how the newsroom works."""


class CreditRule(StrEnum):
    """What a portal says of photographs that name nobody."""

    REQUIRED = "required"
    WANTED = "wanted"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class PhotoSettings:
    """The table `[photos]`: what is asked of photographs."""

    credit: CreditRule = CreditRule.WANTED
    """Whether a photograph must name who took it: if not, `required` makes that an error, `wanted` a warning."""

    license: str | None = None
    """Address of the page that says what others may do with the photographs; search engines are told of it."""


@dataclass(frozen=True, slots=True)
class CommentsSettings:
    """The table `[comments]`: readers may comment on articles. A portal without it has no comments."""

    server: str
    """Address of an Isso server, without a slash at the end: "https://comments.portal.example"."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The file `site/site.toml`."""

    title: str
    """The portal's name."""

    base_url: str
    """Where the portal will live, with https:// and without a slash at the end: "https://portal.example"."""

    languages: Mapping[str, LanguageSettings]
    """One table for each language of the portal, by BCP 47 tag; the first one is the main language."""

    sections: Mapping[str, Mapping[str, str]]
    """One table for each section, in the order readers see them: its name in every language of the portal."""

    time_zone: str = "Asia/Ho_Chi_Minh"
    """IANA name of the zone in which dates are meant and shown."""

    articles_per_page: int = 20
    """How many articles a numbered page of a list has; a list's front page shows up to twice as many."""

    related_count: int = 5
    """How many related articles an article page names at most."""

    pages: PagesSettings = field(default_factory=PagesSettings)
    """What the portal can do without."""

    photos: PhotoSettings = field(default_factory=PhotoSettings)
    """What is asked of photographs."""

    organization: OrganizationSettings = field(default_factory=OrganizationSettings)
    """What search engines are told of the newsroom."""

    robots: RobotsSettings = field(default_factory=RobotsSettings)
    """What `robots.txt` asks of programs."""

    security: SecuritySettings | None = None
    """Whom to tell of a hole in the portal."""

    feeds: FeedsSettings = field(default_factory=FeedsSettings)
    """How feeds reach their readers."""

    comments: CommentsSettings | None = None
    """Where readers' comments are kept; without it there are none."""


@dataclass(frozen=True, slots=True)
class PublisherSettings:
    """A table `[publishers.key]` of `site/publishers.toml`: one press agency."""

    name: str
    """As the agency writes itself."""

    language: str | None = None
    """Tag of the language of the name, so that screen readers say it right."""

    hosts: tuple[str, ...] = ()
    """Hosts of its pages, without "www."; import recognises the agency of an article by them."""

    spellings: tuple[str, ...] = ()
    """Other ways in which articles write the name."""


@dataclass(frozen=True, slots=True)
class PublisherList:
    """The file `site/publishers.toml`."""

    publishers: Mapping[str, PublisherSettings] = field(default_factory=dict)
    """One table for each agency. Agencies that are not listed are allowed: they go by the name in the article."""


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """A table `[languages.xx]` of `site/home.toml`: what is first in one language."""

    lead: str | None = None
    """Slug of the article at the top; the newest one stands there where nothing is named."""

    pinned: tuple[str, ...] | None = None
    """Slugs of the articles below it, in this order; an empty list for none."""


@dataclass(frozen=True, slots=True)
class HomeSettings:
    """The file `site/home.toml`: what editors put first on the home pages."""

    lead: str | None = None
    """Slug of the article at the top, in every language that has it; else the newest one stands there."""

    pinned: tuple[str, ...] = ()
    """Slugs of the articles below it, in this order; languages that do not have one go without."""

    languages: Mapping[str, HomeChoice] = field(default_factory=dict)
    """One table for each language in which something else is first."""

    def choice(self, language: str) -> HomeChoice:
        """What is first in a language: its own word where it has one, else that for all."""
        own = self.languages.get(language, HomeChoice())
        return HomeChoice(own.lead or self.lead, self.pinned if own.pinned is None else own.pinned)


@dataclass(frozen=True)
class Config:
    """A portal's configuration, checked: every language exists, every section has all its names."""

    settings: SiteSettings
    languages: Mapping[str, Language]
    """By tag, in the order of the file; the first one is the main language."""

    sections: Mapping[str, Section]
    """By key, in the order of the file."""

    publishers: tuple[Publisher, ...]
    home: HomeSettings = field(default_factory=HomeSettings)

    @property
    def main_language(self) -> Language:
        """The language for readers of whom nothing is known."""
        return next(iter(self.languages.values()))

    @cached_property
    def zone(self) -> ZoneInfo:
        """The portal's time zone."""
        return ZoneInfo(self.settings.time_zone)

    def title(self, language: str) -> str:
        """The portal's name as readers of a language see it."""
        return self.settings.languages[language].title or self.settings.title

    @cached_property
    def _publishers_by_name(self) -> Mapping[str, Publisher]:
        return {
            name.casefold(): publisher
            for publisher in self.publishers
            for name in (publisher.name, *publisher.spellings)
        }

    def publisher_named(self, name: str) -> Publisher | None:
        """The listed agency of this name or spelling; None if the list has none."""
        return self._publishers_by_name.get(name.casefold())

    def agency_named(self, name: str) -> Publisher:
        """The listed agency of a name; for others one is made of the name itself."""
        return self.publisher_named(name) or Publisher(slug_of(name, "vi"), name)

    def publisher_of_address(self, url: str) -> Publisher | None:
        """The listed agency on whose host an address lies, subdomains included; None if there is none."""
        host = (parts_of(url).hostname or "").removeprefix("www.")
        for publisher in self.publishers:
            if any(host == own or host.endswith(f".{own}") for own in publisher.hosts):
                return publisher
        return None


def with_comments_server(config: Config, server: str) -> Config:
    """The same portal with another comments server, as the preview has one of its own."""
    return replace(config, settings=replace(config.settings, comments=CommentsSettings(server)))


def read_config(root: Path, report: Report, known: Mapping[str, Language] | None = None) -> Config | None:
    """Read a portal's configuration below `root`; None if it has mistakes, which then stand in the report.

    Languages that are `known` already need not be looked up.
    """
    settings = _read_file(root, SETTINGS_FILE, SiteSettings, report)
    if settings is not None:
        _check_values(*settings, report)
    publishers: tuple[Publisher, ...] = ()
    if (root / PUBLISHERS_FILE).exists():
        listed = _read_file(root, PUBLISHERS_FILE, PublisherList, report)
        publishers = _publishers(*listed, report) if listed else ()
    home = read_home(root, report)
    if settings is None or home is None or report.has_errors:
        return None
    site, _ = settings
    _check_home_languages(home, site, report)
    return Config(
        site,
        {tag: (known or {}).get(tag) or cldr.language(tag) for tag in site.languages},
        {key: Section(key, names) for key, names in site.sections.items()},
        publishers,
        home,
    )


def read_home(root: Path, report: Report) -> HomeSettings | None:
    """What editors put first, below `root`; None if the file has mistakes, which then stand in the report."""
    if not (root / HOME_FILE).exists():
        return HomeSettings()
    found = _read_file(root, HOME_FILE, HomeSettings, report)
    return found[0] if found else None


def _check_home_languages(home: HomeSettings, site: SiteSettings, report: Report) -> None:
    for tag in home.languages:
        if tag not in site.languages:
            report.error(
                "language-not-listed",
                f"{tag!r} is no language of this portal",
                Location(HOME_FILE),
                did_you_mean(tag, site.languages) or f"remove [languages.{tag}]",
            )


def _read_file(root: Path, path: str, cls: type[T], report: Report) -> tuple[T, Source] | None:
    document = read_toml_file(root, path, report)
    if document is None:
        return None
    source = Source(path, document.line_of)
    read = read_table(cls, document.values, (), source, report)
    return None if read is None else (read, source)


def read_toml_file(root: Path, path: str, report: Report) -> TomlDocument | None:
    """The TOML file at `path` below `root`; None if it can't be read, which then stands in the report."""
    if not (root / path).exists():
        report.error(
            "no-portal",
            "there is no such file, so this is no portal",
            Location(path),
            "run the command in the folder that holds site/, name that folder with --root, or try `toasoan init`",
        )
        return None
    text = read_source(root, path, report)
    try:
        return None if text is None else read_toml(text)
    except TomlError as error:
        report.error("broken-toml", error.message, Location(path, error.line), "see https://toml.io for the rules")
        return None


def _check_values(site: SiteSettings, source: Source, report: Report) -> None:
    _check_base_url(site.base_url, source, report)
    if site.comments is not None:
        _check_comments_server(site.comments.server, source, report)
    if site.feeds.hub is not None:
        _check_address(site.feeds.hub, ("feeds", "hub"), source, report)
    if site.photos.license is not None:
        _check_address(site.photos.license, ("photos", "license"), source, report)
    if site.security is not None:
        _check_security(site.security, source, report)
    for address in site.organization.same_as:
        _check_address(address, ("organization", "same_as"), source, report)
    if not _is_time_zone(site.time_zone):
        report.error(
            "unknown-time-zone",
            f"there is no time zone {site.time_zone!r}",
            source.at(("time_zone",)),
            did_you_mean(site.time_zone, available_timezones()) or 'write it as "Asia/Ho_Chi_Minh"',
        )
    for key, least in (("articles_per_page", 1), ("related_count", 0)):
        if getattr(site, key) < least:
            report.error("too-small", f"{key!r} must be at least {least}", source.at((key,)))
    if not site.languages:
        report.error("no-language", "the portal has no language", source.at(()), "add a table [languages.vi]")
    for tag in site.languages:
        if not cldr.is_language(tag):
            report.error(
                "unknown-language",
                f"there is no language {tag!r}",
                source.at(("languages", tag)),
                'use its BCP 47 tag: "vi" for Vietnamese, "uk" for Ukrainian',
            )
    for key, names in site.sections.items():
        _check_section(key, names, site, source, report)


def _is_time_zone(name: str) -> bool:
    """Whether a zone is known by just this name. To list all zones takes long, so that is done in doubt only."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return name in _USUAL_ZONES or name in available_timezones()


_USUAL_ZONES = frozenset(["Asia/Ho_Chi_Minh", "Asia/Bangkok", "Europe/Kyiv", "Europe/Moscow", "Europe/London", "UTC"])
"""Zones that need not be looked for in the list; in their usual spelling, for some systems ignore case."""


def _check_base_url(url: str, source: Source, report: Report) -> None:
    parts = parts_of(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not re.fullmatch(_ADDRESS, url):
        report.error(
            "wrong-base-url",
            f"'base_url' is {url!r}, which is no address of a site",
            source.at(("base_url",)),
            'write it as base_url = "https://portal.example"',
        )
    elif url.endswith("/"):
        report.error(
            "wrong-base-url",
            "'base_url' ends with a slash",
            source.at(("base_url",)),
            f'write it as base_url = "{url.rstrip("/")}"',
        )


def _check_address(url: str, at: tuple[str, ...], source: Source, report: Report) -> None:
    """Whether a setting is the address of something on the web."""
    parts = parts_of(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not re.fullmatch(_LINK, url):
        report.error(
            "wrong-address",
            f"{'.'.join(map(str, at))!r} is {url!r}, which is no address on the web",
            source.at(at),
            'write it in full, as in "https://portal.example/page"',
        )


def _check_security(security: SecuritySettings, source: Source, report: Report) -> None:
    for contact in security.contact:
        if not contact.startswith(("mailto:", "tel:")) or not re.fullmatch(_LINK, contact):
            _check_address(contact, ("security", "contact"), source, report)
    if security.policy is not None:
        _check_address(security.policy, ("security", "policy"), source, report)
    if not security.contact:
        message = "'security.contact' names nobody"
        report.error(
            "wrong-address", message, source.at(("security",)), 'contact = ["mailto:security@portal.example"]'
        )


def _check_comments_server(url: str, source: Source, report: Report) -> None:
    parts = parts_of(url)
    is_address = parts.scheme in ("http", "https") and parts.hostname and re.fullmatch(_ADDRESS, url)
    if not is_address or "@" in parts.netloc or url.endswith("/"):
        report.error(
            "wrong-comments-server",
            f"'comments.server' is {url!r}, which is no address of a comments server",
            source.at(("comments", "server")),
            'write it without a slash at the end, as in server = "https://comments.portal.example"',
        )


def _check_section(key: str, names: Mapping[str, str], site: SiteSettings, source: Source, report: Report) -> None:
    at = ("sections", key)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or slug_fault(key):
        report.error(
            "wrong-section-key",
            f"a section can't be called {key!r}",
            source.at(at),
            'it stands in addresses: use small letters, digits and hyphens, as in "current-events"',
        )
    elif key in RESERVED_KEYS:
        report.error(
            "wrong-section-key",
            f"a section can't be called {key!r}: the portal has lists of its own at this address",
            source.at(at),
            "use another word",
        )
    for tag in names:
        if tag not in site.languages:
            report.error(
                "language-not-listed",
                f"section {key!r} has a name in {tag!r}, which is no language of this portal",
                source.at((*at, tag)),
                did_you_mean(tag, site.languages) or f"remove it, or add a table [languages.{tag}]",
            )
    for tag in site.languages:
        if not names.get(tag, "").strip():
            report.error(
                "section-without-name",
                f"section {key!r} has no name in {tag!r}",
                source.at(at),
                f'add {tag} = "…" below [sections.{key}]',
            )


def _publishers(listed: PublisherList, source: Source, report: Report) -> tuple[Publisher, ...]:
    owner: dict[str, str] = {}
    for key, settings in listed.publishers.items():
        at = ("publishers", key)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
            report.error(
                "wrong-publisher-key",
                f"an agency's key can't be {key!r}",
                source.at(at),
                'it stands in addresses: use small letters, digits and hyphens, as in "bao-chinh-phu"',
            )
        if settings.language is not None and not cldr.is_language(settings.language):
            report.error(
                "unknown-language", f"there is no language {settings.language!r}", source.at((*at, "language"))
            )
        for name in {n.casefold() for n in (settings.name, *settings.spellings, *settings.hosts)}:
            if name in owner:
                report.error(
                    "agency-twice",
                    f"{name!r} belongs to two agencies, {owner[name]!r} and {key!r}",
                    source.at(at),
                    "leave it with one of them",
                )
            owner[name] = key
    return tuple(Publisher(key, p.name, p.language, p.hosts, p.spellings) for key, p in listed.publishers.items())
