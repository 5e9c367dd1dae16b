"""The block at the top of an article's file: its fields, read and written.

TOML between lines of `+++` is what this program writes; YAML between `---` is read too. Reading what was
written gives the same values (a property test holds it).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from toasoan.diagnostics import Location, Report
from toasoan.model.article import Status, Translation
from toasoan.toml import NO_SUCH_DAY, KeyPath, TomlDocument, TomlError, read_toml
from toasoan.toml_format import format_toml
from toasoan.typed_table import Source, read_table

LONGEST = 256 * 1024
"""Characters of front matter that are read at most: more is a mistake, or somebody's attack."""


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """Where an imported article came from, and how each field was come by. For people; the build ignores it."""

    file: str
    """Name of the raw file."""

    sha256: str
    """Of the raw file's bytes, in hexadecimal."""

    found: tuple[str, ...] = ()
    """Fields that the text states."""

    missing: tuple[str, ...] = ()
    """Fields that it neither states nor lets one work out."""

    derived: Mapping[str, str] = field(default_factory=dict)
    """Fields that were worked out, each with the rule and the evidence."""

    suggested: Mapping[str, str] = field(default_factory=dict)
    """Values that a person may want to take over, each with the evidence; they are used nowhere."""


@dataclass(frozen=True, slots=True)
class PhotoFields:
    """A photograph of an article; caption and credit are shown even where the picture itself is lost."""

    src: str | None = None
    """A file below `site/media/`, or an https address that is used as it is; absent where there is no picture."""

    alt: str | None = None
    """What the picture shows, for those who can't see it; the caption serves where it is absent."""

    caption: str | None = None
    """What readers are told below the picture."""

    credit: str | None = None
    """Who took it, without the word "photo": "VGP/Gia Huy"; where it is absent, whom the file's own metadata name."""


@dataclass(frozen=True, slots=True)
class VideoFields:
    """A video of an article."""

    src: str
    """A file below `site/media/` (MP4 or WebM), the https address of a file or of a stream (HLS, `.m3u8`), or the
    address of its page on YouTube, Vimeo, Dailymotion or TikTok."""

    poster: str | None = None
    """A photo below `site/media/` that stands in its place until it plays."""

    mp4: str | None = None
    """The same as a file, for browsers that can't play streams."""

    alt: str | None = None
    """What it shows, for those who can't see it; the caption serves where it is absent."""

    caption: str | None = None
    """What readers are told below it."""

    credit: str | None = None
    """Who made it."""

    subtitles: Mapping[str, str] = field(default_factory=dict)
    """Files below `site/media/` (WebVTT) by the language of their words."""

    silent: bool | None = None
    """Whether nobody speaks in it, so that it needs no subtitles."""

    seconds: int | None = None
    """How long it is."""


@dataclass(frozen=True, slots=True)
class CorrectionFields:
    """What was corrected after the article had appeared; readers see it above the text."""

    text: str
    """What was wrong and what is right, in the article's language."""

    date: dt.date | dt.datetime | None = None
    """When it was corrected."""


@dataclass(frozen=True, slots=True)
class TranslatedFields:
    """Of what an article is the translation, so that people are told what has changed since; the build ignores it."""

    language: str
    """Of the version that was translated."""

    parts: tuple[str, ...] = ()
    """What was translated, each part by its name and a short digest of its words: "title:8f14e45f"."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of an article's front matter, as its file has them."""

    title: str
    """The headline."""

    language: str | None = None
    """BCP 47 tag; the language of the folder where it is absent."""

    slug: str | None = None
    """Last part of the address; the file's name where it is absent."""

    date: dt.date | dt.datetime | None = None
    """When it was published: a day, or a moment (in the portal's time zone where it names none)."""

    publish_at: dt.datetime | None = None
    """The moment before which nobody is to see it (in the portal's time zone where it names none). If `date` is
    absent or earlier, this is the date of publication."""

    expires: dt.date | dt.datetime | None = None
    """When it is to go again, as where a licence ends: from that day or moment on it is on no page and in no list,
    feed or search."""

    updated: dt.date | dt.datetime | None = None
    """When readers last got a changed text; a later correction counts in any case."""

    aliases: tuple[str, ...] = ()
    """Addresses that lead to it besides its own, such as those that it had on an earlier site: "/news/123.html"."""

    section: str | None = None
    """Key of a section in `site.toml`."""

    tags: tuple[str, ...] = ()
    """Topics, in the article's language."""

    authors: tuple[str, ...] = ()
    """Names as the byline has them."""

    publisher: str | None = None
    """Name of the press agency."""

    source_url: str | None = None
    """Address of the agency's original."""

    story: str | None = None
    """The same text in all language versions of a story ties them together."""

    summary: str | None = None
    """The lede: two or three sentences."""

    translation: Translation | None = None
    """"original", "human" or "machine"."""

    status: Status = Status.PUBLISHED
    """"published", "draft" or "withdrawn"."""

    images: tuple[PhotoFields, ...] = ()
    """A table `[[images]]` for each photo; `![](image:1)` in the text places the first one."""

    photo_series: bool | None = None
    """Whether the photos tell the story: those that the text does not place then follow it, each in full width."""

    videos: tuple[VideoFields, ...] = ()
    """A table `[[videos]]` for each video; `![](video:1)` in the text places the first one."""

    corrections: tuple[CorrectionFields, ...] = ()
    """A table `[[corrections]]` for each correction."""

    comments: bool | None = None
    """`false` closes the article to new comments; those that are there stay."""

    translated: TranslatedFields | None = None
    """Table `[translated]`, written when a translation is taken in or said to be up to date."""

    import_: ImportRecord | None = None
    """Table `[import]`, written by import."""


KIND = "front matter field"
_FENCES = ("+++", "---")
_LIKE_A_DATE = re.compile(r"[\w-]+\s*=\s*\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart: its fields, its text, and the line on which the text begins."""

    front_matter: FrontMatter
    body: str
    body_line: int
    source: Source
    """For pointing at a field of this file."""


@dataclass(frozen=True, slots=True)
class Block:
    """Any file with front matter, its fields not yet looked at."""

    values: Mapping[str, Any]
    line_of: Callable[[KeyPath], int]
    body: str
    body_line: int
    assigns: str = " = "
    """What stands between a field's name and its value."""

    def source(self, path: str, kind: str) -> Source:
        """For pointing at a field of the file."""
        return Source(path, self.line_of, kind, self.assigns)


def read_document(text: str, path: str, report: Report) -> Document | None:
    """Take the text of an article's file apart; None if its front matter is wrong, which the report then has."""
    block = read_block(text, path, report)
    if block is None:
        return None
    source = block.source(path, KIND)
    # `import` is a word of Python's own: its field is called `import_`.
    values = {"import_" if key == "import" else key: value for key, value in block.values.items()}
    fields_read = read_table(FrontMatter, values, (), source, report)
    return None if fields_read is None else Document(fields_read, block.body, block.body_line, source)


def read_block(text: str, path: str, report: Report) -> Block | None:
    """Part front matter from text; None if that can't be done, which the report then has."""
    parts = _split(text, path, report)
    if parts is None:
        return None
    try:
        table = read_toml(parts.block) if parts.fence == "+++" else _read_yaml(parts.block)
    except TomlError as error:
        _tell_broken(error, parts, path, report)
        return None

    def line_of(key: KeyPath) -> int:
        """Front matter begins on the second line; the file as a whole is its first."""
        key = ("import", *key[1:]) if key[:1] == ("import_",) else key
        return table.line_of(key) + 1 if key else 1

    return Block(table.values, line_of, parts.body, parts.body_line, " = " if parts.fence == "+++" else ": ")


def _read_yaml(block: str) -> TomlDocument:
    # Few portals have any, and the library takes long to load.
    from toasoan.content.yaml_block import read_yaml

    return read_yaml(block)


@dataclass(frozen=True, slots=True)
class _Parts:
    fence: str
    block: str
    body: str
    body_line: int


def _tell_broken(error: TomlError, parts: _Parts, path: str, report: Report) -> None:
    lines = parts.block.split("\n")
    written = lines[error.line - 1].strip() if 0 < error.line <= len(lines) else ""
    if error.message == NO_SUCH_DAY or _LIKE_A_DATE.match(written):
        report.error(
            "impossible-date",
            f"{NO_SUCH_DAY}: {written}",
            Location(path, error.line + 1),
            "write year, month and day as in 2025-12-17, or a moment as in 2025-12-17T09:36:00+07:00",
        )
        return
    report.error(
        "broken-front-matter",
        f"the front matter can't be read: {error.message}",
        Location(path, error.line + 1),
        _quoting_hint(written),
    )


def _split(text: str, path: str, report: Report) -> _Parts | None:
    first_line, _, _ = text.partition("\n")
    fence = first_line.rstrip()
    if fence not in _FENCES:
        report.error(
            "no-front-matter",
            "the file does not begin with front matter",
            Location(path, 1),
            'begin with a line +++, then title = "…" and the other fields, then a line +++',
        )
        return None
    closing = _closing_line(text, fence, len(first_line))
    if closing is None:
        report.error(
            "broken-front-matter",
            f"the front matter is not closed: there is no second line {fence}",
            Location(path, 1),
            f"put a line {fence} between the fields and the text",
        )
        return None
    block, body = text[len(first_line) + 1 : closing.start], text[closing.stop + 1 :]
    if len(block) > LONGEST:
        report.error("huge-front-matter", f"the front matter is longer than {LONGEST} characters", Location(path, 1))
        return None
    leading = len(body) - len(body.lstrip("\n"))
    return _Parts(fence, block, body.strip("\n"), block.count("\n") + 3 + leading)


def read_body(text: str, path: str, report: Report) -> tuple[str, int] | None:
    """The text below the front matter, which is not looked at, and its first line; None if they can't be parted."""
    parts = _split(text, path, report)
    return None if parts is None else (parts.body, parts.body_line)


def _closing_line(text: str, fence: str, after: int) -> slice | None:
    """The first line that has the fence and at most blanks behind it; the line before it ends at `after` or later."""
    while (line_feed := text.find(f"\n{fence}", after)) >= 0:
        start = line_feed + 1
        after = text.find("\n", start)
        after = len(text) if after < 0 else after
        if not text[start + len(fence) : after].strip(" \t"):
            return slice(start, after)
    return None


def _quoting_hint(line: str) -> str | None:
    """Most broken front matter is a title with quotation marks in it."""
    if line.count('"') > 2:
        return 'write \\" for a quotation mark inside a text, or put the text between single quotes'
    return None


def format_document(front_matter: FrontMatter, body: str) -> str:
    """The text of an article's file: fields in their usual order, those without a value left out."""
    return f"+++\n{format_front_matter(front_matter)}+++\n\n{body.strip(chr(10))}\n"


def with_field(text: str, name: str, value: str) -> str:
    """The text of a file with one more field at the top of its front matter, and all else as it stands."""
    first, _, rest = text.partition("\n")
    assigns = " = " if first.lstrip("\ufeff").startswith("+++") else ": "
    end = "\r\n" if first.endswith("\r") else "\n"
    return f"{first}\n{name}{assigns}{json.dumps(value, ensure_ascii=False)}{end}{rest}"


def format_front_matter(front_matter: FrontMatter) -> str:
    """The fields as TOML, plain values first, then tables."""
    return format_toml(front_matter)
