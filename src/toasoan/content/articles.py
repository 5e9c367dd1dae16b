"""The files below `site/content/` into articles, with every mistake told where it stands."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toasoan import cldr
from toasoan.config import Config
from toasoan.content.aliases import read_aliases
from toasoan.content.description import description_of
from toasoan.content.front_matter import Document, FrontMatter, read_body, read_document
from toasoan.content.photographs import PhotoFiles, Photographs
from toasoan.content.videos import Videos
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.encoding import readable, without_controls
from toasoan.model.article import Article, ArticleId, Correction, PublicationDate, Status
from toasoan.portal_folders import CONTENT_FOLDER, SETTINGS_FILE
from toasoan.slug import slug_fault
from toasoan.source_files import FoundFile, files_below
from toasoan.source_text import read_source, source_text
from toasoan.web_address import parts_of


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text as it stands in its file, below the front matter."""

    markdown: str
    """`![](image:2)` stands where the second of an article's photos goes."""

    first_line: int
    """The line of the file on which it begins, so that a mistake in it can be found."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What the file of an article gave."""

    report: Report
    article: Article | None = None
    """None if the file has a mistake, or the portal does not publish its language."""

    markdown: str = ""
    first_line: int = 1
    """Of the file, on which its text begins."""

    left_out: str | None = None
    """The language of an article that the portal does not publish."""

    data: bytes = b""
    """The file as it was read."""


def read_articles(root: Path, config: Config, report: Report, files: PhotoFiles | None = None) -> Iterator[Article]:
    """All articles below `root` in a language of the portal, in the order of their paths.

    Drafts and withdrawn ones are among them. A file with a mistake gives no article and at least one diagnostic.
    """
    for file in files_below(root, CONTENT_FOLDER):
        if is_markdown(file):
            read = read_article(root, file.path, config, files=files)
            report.take_over(read.report)
            if read.article is not None:
                yield read.article


def read_article(
    root: Path, path: str, config: Config, now: dt.datetime | None = None, files: PhotoFiles | None = None
) -> ReadFile:
    """The article in the file at `path` below `root`, or what is wrong with it.

    `files` tells what its photos are like; without it nobody looks at them. If the moment `now` is given, an article
    of a later date is not asked for its photos.
    """
    report = Report()
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        report.error("unreadable-file", f"the file can't be read: {error.strerror}", Location(path))
        return ReadFile(report)
    text = source_text(data, path, report)
    document = None if text is None else read_document(in_nfc(text), path, report)
    language = None if document is None else _language_of(document, path, config, report)
    if document is None or language is None:
        return ReadFile(report, data=data)
    if language not in config.languages:
        return ReadFile(report, left_out=language, data=data)
    markdown = without_controls(document.body)
    article = _article(document, path, language, markdown, root, config, report, now, files)
    return ReadFile(report, article, markdown, document.body_line, None, data)


def read_manuscript(root: Path, path: str, report: Report) -> Manuscript | None:
    """The text in the file of an article or static page; None if there is none, which then stands in the report."""
    text = read_source(root, path, report)
    parts = None if text is None else read_body(in_nfc(text), path, report)
    return None if parts is None else Manuscript(without_controls(parts[0]), parts[1])


def in_nfc(text: str) -> str:
    """A text in Unicode's composed form: people see no difference, but searches, slugs and names must not either."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def is_markdown(file: FoundFile) -> bool:
    """Whether a file can be an article or a static page: a plain file with the ending of Markdown."""
    return file.plain and file.path.endswith(".md")


def tell_left_out(counts: Mapping[str, int], report: Report) -> None:
    """Say how many articles wait in languages that the portal does not publish."""
    for language, count in sorted(counts.items()):
        report.warning(
            "language-not-listed",
            f"{count} {'article' if count == 1 else 'articles'} in {language!r} left out: "
            "the portal's configuration does not list this language",
            Location(f"{CONTENT_FOLDER}/{language}"),
            f"add a table [languages.{language}] to {SETTINGS_FILE} to publish them",
        )


def tell_strays(files: Iterable[FoundFile], report: Report) -> None:
    """Say which files among the texts are none: links, devices, other endings."""
    for file in files:
        if not is_markdown(file):
            report.warning("not-an-article", "this is no Markdown file; it is left out", Location(file.path))


def _language_of(document: Document, path: str, config: Config, report: Report) -> str | None:
    """The language that front matter and folder agree on; None if they don't or there is none."""
    named = document.front_matter.language
    parts = Path(path).relative_to(CONTENT_FOLDER).parts
    folder = parts[0] if len(parts) > 1 and cldr.is_language(parts[0]) else None
    if named is None and folder is None:
        report.error(
            "no-language",
            "neither the front matter nor the folder says in which language this is",
            document.source.at(()),
            f'add language{document.source.assigns}"{config.main_language.tag}", '
            f"or move the file below {CONTENT_FOLDER}/<language>/",
        )
        return None
    if named is not None and not cldr.is_language(named):
        report.error(
            "unknown-language",
            f"there is no language {named!r}",
            document.source.at(("language",)),
            did_you_mean(named, config.languages) or f"this portal has {', '.join(config.languages)}",
        )
        return None
    if named is not None and folder is not None and named != folder:
        report.error(
            "language-and-folder",
            f"the article is in {named!r}, but its folder is that of {folder!r}",
            document.source.at(("language",)),
            f"move the file below {CONTENT_FOLDER}/{named}/, or correct the language",
        )
        return None
    return named or folder


@dataclass(frozen=True, slots=True)
class _Checks:
    """What one article's checks look at; each notes what it finds and says whether all is well."""

    root: Path
    config: Config
    document: Document
    report: Report

    @property
    def fields(self) -> FrontMatter:
        return self.document.front_matter

    def slug(self, slug: str) -> bool:
        fault = slug_fault(slug)
        if fault:
            named = self.fields.slug is not None
            what = "slug" if named else "file's name"
            self.report.error(
                "wrong-slug",
                f"the {what} {slug!r} {fault}",
                self.document.source.at(("slug",)) if named else Location(self.document.source.path),
                'use letters, digits and hyphens, as in "hello-world"'
                if named
                else f'rename the file, or add slug{self.document.source.assigns}"…"',
            )
        return fault is None

    def section(self) -> bool:
        section = self.fields.section
        if section is None or section in self.config.sections:
            return True
        self.report.error(
            "unknown-section",
            f"there is no section {section!r} in {SETTINGS_FILE}",
            self.document.source.at(("section",)),
            did_you_mean(section, self.config.sections) or f"this portal has {', '.join(self.config.sections)}",
        )
        return False

    def term(self, published: PublicationDate | None, expires: PublicationDate | None) -> bool:
        if published is None or expires is None or published.instant < expires.instant:
            return True
        self.report.error(
            "expires-before",
            f"the article expires on {expires}, but is published on {published}: nobody would ever see it",
            self.document.source.at(("expires",)),
            "give it a later end, or leave `expires` out",
        )
        return False

    def title(self) -> bool:
        if without_controls(self.fields.title).strip():
            return True
        self.report.error("empty-title", "the title is empty", self.document.source.at(("title",)))
        return False

    def source_url(self) -> bool:
        url = self.fields.source_url
        if url is None or (parts_of(url).scheme in ("http", "https") and parts_of(url).hostname):
            return True
        self.report.error(
            "wrong-address",
            f"the source address {url!r} is no address of a page",
            self.document.source.at(("source_url",)),
            "copy it whole from the browser, with https://",
        )
        return False


def _article(
    document: Document, path: str, language: str, markdown: str, root: Path, config: Config, report: Report,
    now: dt.datetime | None, files: PhotoFiles | None,
) -> Article | None:  # fmt: skip
    fields = document.front_matter
    # A file system may keep names in another Unicode form than people type.
    slug = unicodedata.normalize("NFC", Path(path).stem if fields.slug is None else fields.slug)
    published, expires = _published(fields, config), _publication_date(fields.expires, config)
    is_seen = now is None or is_to_be_seen(published, expires, now)
    checks = _Checks(root, config, document, report)
    sound = [checks.title(), checks.slug(slug), checks.section(), checks.source_url()]
    sound.append(checks.term(published, expires))
    # Nobody notices when a photo goes that no page shows.
    is_shown = fields.status is Status.PUBLISHED and is_seen
    photographs = Photographs(root, config, document.source, report, files if is_shown else None)
    photos, videos = photographs.read(fields.images), Videos(photographs).read(fields.videos)
    aliases = read_aliases(fields.aliases, document.source, report)
    if photos is None or videos is None or aliases is None or not all(sound):
        return None
    title, summary = without_controls(fields.title).strip(), readable(fields.summary)
    corrections = tuple(
        Correction(text, _publication_date(one.date, config))
        for one in fields.corrections
        if (text := readable(one.text))
    )
    return Article(
        id=ArticleId(language, slug),
        title=title,
        path=path,
        description=description_of(title, summary, markdown, language),
        published=published,
        expires=expires,
        updated=_last_change(_publication_date(fields.updated, config), published, corrections),
        section=fields.section,
        tags=_distinct(fields.tags),
        authors=_distinct(fields.authors),
        publisher=readable(fields.publisher),
        source_url=fields.source_url,
        named_story=fields.story,
        summary=summary,
        translation=fields.translation,
        status=fields.status,
        photos=photos,
        videos=videos,
        is_photo_series=bool(fields.photo_series),
        corrections=corrections,
        aliases=aliases,
        takes_comments=fields.comments is not False,
    )


def is_to_be_seen(published: PublicationDate | None, expires: PublicationDate | None, now: dt.datetime) -> bool:
    """Whether readers are to see an article at a moment, as far as its dates say."""
    return (published is None or published.instant <= now) and (expires is None or now < expires.instant)


def _published(fields: FrontMatter, config: Config) -> PublicationDate | None:
    """When an article is published: not before the moment that it is kept back until."""
    given = (_publication_date(fields.date, config), _publication_date(fields.publish_at, config))
    return max(filter(None, given), key=lambda date: date.instant, default=None)


def _last_change(
    updated: PublicationDate | None, published: PublicationDate | None, corrections: tuple[Correction, ...]
) -> PublicationDate | None:
    """When readers last got a changed text: a correction changes it, whether or not `updated` says so."""
    corrected = [
        one.date for one in corrections if one.date and (not published or one.date.instant > published.instant)
    ]
    return max((*corrected, *([updated] if updated else [])), key=lambda date: date.instant, default=None)


def _publication_date(value: dt.date | dt.datetime | None, config: Config) -> PublicationDate | None:
    if value is None:
        return None
    if not isinstance(value, dt.datetime):
        return PublicationDate(dt.datetime.combine(value, dt.time(), config.zone), has_time=False)
    if value.tzinfo is None:
        return PublicationDate(value.replace(tzinfo=config.zone), has_time=True)
    try:
        return PublicationDate(value.astimezone(config.zone), has_time=True)
    except OverflowError:  # the first and last day of the calendar have no other zone
        return PublicationDate(value, has_time=True)


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names without blanks and repetitions, in their order."""
    return tuple(dict.fromkeys(cleaned for name in names if (cleaned := readable(name))))
