"""What people decide about a portal, read and checked: `Config` is all that the rest of the program gets of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from toasoan import cldr
from toasoan.content_security_policy import EXTENSIBLE, source_fault
from toasoan.deploy_settings import setting_faults
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.model.language import Language
from toasoan.model.publisher import Publisher
from toasoan.model.section import Section
from toasoan.portal_folders import HOME_FILE, PUBLISHERS_FILE, SETTINGS_FILE
from toasoan.settings import (
    FORMATS_OF_ONE_FILE,
    ORIGINAL,
    CommentsSettings,
    HeadersSettings,
    HomeSettings,
    PublisherList,
    SecuritySettings,
    SiteSettings,
)
from toasoan.slug import slug_fault, slug_of
from toasoan.source_text import read_source
from toasoan.toml import KeyPath, TomlDocument, TomlError, read_toml
from toasoan.typed_table import Source, read_table
from toasoan.web_address import parts_of, path_fault

T = TypeVar("T")

RESERVED_KEYS = frozenset(["agency", "archive", "author", "photos", "tag", "videos"])
"""Words in addresses that no section can have."""

_ADDRESS = r"""[^\s?#"'<>\\^`{|}\x00-\x1f]+"""
"""Characters of an address without a query or a fragment."""

_LINK = r"""[^\s"'<>\\^`{|}\x00-\x1f]+"""
"""Characters of an address that may have both."""


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
    site = read_settings(root, report)
    publishers: tuple[Publisher, ...] = ()
    if (root / PUBLISHERS_FILE).exists():
        listed = _read_file(root, PUBLISHERS_FILE, PublisherList, report)
        publishers = _publishers(*listed, report) if listed else ()
    home = read_home(root, report)
    if site is None or home is None or report.has_errors:
        return None
    _check_home_languages(home, site, report)
    return Config(
        site,
        {tag: (known or {}).get(tag) or cldr.language(tag) for tag in site.languages},
        {key: Section(key, names) for key, names in site.sections.items()},
        publishers,
        home,
    )


def read_settings(root: Path, report: Report) -> SiteSettings | None:
    """What `site/site.toml` below `root` says; None if it can't be read. All mistakes stand in the report."""
    settings = _read_file(root, SETTINGS_FILE, SiteSettings, report)
    if settings is None:
        return None
    _check_values(*settings, report)
    return settings[0]


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
    if fault := _site_address_fault(site.base_url, "base_url", "https://portal.example"):
        report.error("wrong-base-url", fault[0], source.at(("base_url",)), fault[1])
    if site.comments is not None:
        fault = _site_address_fault(site.comments.server, "comments.server", "https://comments.portal.example")
        if fault:
            report.error("wrong-comments-server", fault[0], source.at(("comments", "server")), fault[1])
    if site.security is not None:
        _check_security(site.security, source, report)
    for url, at in (
        (site.feeds.hub, ("feeds", "hub")),
        (site.photos.license, ("photos", "license")),
        (site.security.policy if site.security else None, ("security", "policy")),
        *((address, ("organization", "same_as")) for address in site.organization.same_as),
    ):
        if url is not None:
            _check_address(url, at, source, report)
    if len(of_one_file := [it for it in site.redirects.formats if it in FORMATS_OF_ONE_FILE]) > 1:
        report.error(
            "formats-of-one-file",
            f"{' and '.join(repr(str(it)) for it in of_one_file)} are written into one file, '_redirects'",
            source.at(("redirects", "formats")),
            "name one of them: for a second host use a folder of settings of its own",
        )
    for form in site.redirects.old_forms:
        if "{slug}" not in form or path_fault(form.replace("{slug}", "a").replace("{language}", "a")):
            report.error(
                "wrong-old-form",
                f"'redirects.old_forms' has {form!r}, which is no form of an article's address",
                source.at(("redirects", "old_forms")),
                'write it as in "/{slug}/" or "/{language}/{slug}.html"',
            )
    if not _is_time_zone(site.time_zone):
        report.error(
            "unknown-time-zone",
            f"there is no time zone {site.time_zone!r}",
            source.at(("time_zone",)),
            did_you_mean(site.time_zone, available_timezones()) or 'write it as "Asia/Ho_Chi_Minh"',
        )
    for name, value, least in (
        ("articles_per_page", site.articles_per_page, 1),
        ("related_count", site.related_count, 0),
        ("headers.max_age", site.headers.max_age, 0),
        ("headers.hsts_days", site.headers.hsts_days, 0),
    ):
        if value < least:
            report.error("too-small", f"{name!r} must be at least {least}", source.at(tuple(name.split("."))))
    _check_headers(site.headers, source, report)
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
    for tag in site.pages.parallel_texts:
        if tag != ORIGINAL and tag not in site.languages:
            report.error(
                "language-not-listed",
                f"'pages.parallel_texts' names {tag!r}, which is no language of this portal",
                source.at(("pages", "parallel_texts")),
                did_you_mean(tag, [ORIGINAL, *site.languages]) or f"remove it, or add a table [languages.{tag}]",
            )
    for name, deploy in site.deploy.items():
        for wrong in setting_faults(name, deploy):
            place = ("deploy", name, wrong.key)
            report.error("wrong-deploy", f"{'.'.join(place)!r}: {wrong.message}", source.at(place), wrong.hint)
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


def _site_address_fault(url: str, name: str, example: str) -> tuple[str, str] | None:
    """What is wrong with the address of a site, to which paths are added, and a hint; None if nothing is."""
    key = name.rpartition(".")[2]
    if not _is_on_the_web(url) or "@" in parts_of(url).netloc or not re.fullmatch(_ADDRESS, url):
        return f"{name!r} is {url!r}, which is no address of a site", f'write it as {key} = "{example}"'
    if url.endswith("/"):
        return f"{name!r} ends with a slash", f'write it as {key} = "{url.rstrip("/")}"'
    return None


def _check_address(url: str, at: KeyPath, source: Source, report: Report) -> None:
    """Whether a setting is the address of something on the web."""
    if not _is_on_the_web(url) or not re.fullmatch(_LINK, url):
        report.error(
            "wrong-address",
            f"{'.'.join(map(str, at))!r} is {url!r}, which is no address on the web",
            source.at(at),
            'write it in full, as in "https://portal.example/page"',
        )


def _is_on_the_web(url: str) -> bool:
    parts = parts_of(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _check_security(security: SecuritySettings, source: Source, report: Report) -> None:
    for contact in security.contact:
        if not contact.startswith(("mailto:", "tel:")) or not re.fullmatch(_LINK, contact):
            _check_address(contact, ("security", "contact"), source, report)
    if not security.contact:
        hint = 'contact = ["mailto:security@portal.example"]'
        report.error("wrong-address", "'security.contact' names nobody", source.at(("security", "contact")), hint)


def _check_headers(headers: HeadersSettings, source: Source, report: Report) -> None:
    for directive, sources in headers.allow.items():
        at = ("headers", "allow", directive)
        if directive not in EXTENSIBLE:
            report.error(
                "unknown-directive",
                f"'headers.allow' has {directive!r}, which is no directive that sources can be added to",
                source.at(at),
                did_you_mean(directive, EXTENSIBLE) or f"use one of these: {', '.join(EXTENSIBLE)}",
            )
            continue
        for one in sources:
            if fault := source_fault(directive, one):
                report.error(
                    "wrong-source",
                    f"'headers.allow.{directive}' has {one!r}, {fault}",
                    source.at(at),
                    f'name each host, as in {directive} = ["https://stats.example"]',
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
