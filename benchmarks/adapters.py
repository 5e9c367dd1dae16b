"""An article of the corpus as a source file of each program: where it lies, and what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from corpus import LANGUAGES, SECTIONS, Article

SourceFile = tuple[str, str]
"""Path below the portal, and text."""


def for_toasoan(article: Article) -> SourceFile:
    """TOML front matter, a folder for each language and year."""
    fields = {
        "title": article.title,
        "language": article.language,
        "slug": article.slug,
        "section": article.section,
        "tags": article.tags,
        "authors": [article.author],
        "publisher": article.publisher,
        "source_url": article.source_url,
        "story": article.story,
        "summary": article.summary,
    }
    # JSON's texts and lists of texts are TOML's as well; a date stands without quotes.
    lines = [f"{name} = {_quoted(value)}" for name, value in fields.items()]
    lines.append(f"date = {article.date:%Y-%m-%dT%H:%M:%SZ}")
    for photo in article.photos:
        words = {"src": photo.address, "alt": photo.caption, "caption": photo.caption, "credit": photo.credit}
        lines += ["", "[[images]]", *(f"{name} = {_quoted(value)}" for name, value in words.items())]
    path = f"site/content/{article.language}/{article.date.year}/{article.slug}.md"
    # The first photo stands above the text by itself, the second one where the text places it: below, as elsewhere.
    return path, f"{_between('+++', lines)}{article.body}\n![](image:2)\n"


def for_hugo(article: Article) -> SourceFile:
    """YAML front matter; section, tags and author are taxonomies."""
    fields = {
        "title": article.title,
        "slug": article.slug,
        "translationKey": article.story,
        "categories": [article.section],
        "tags": article.tags,
        "authors": [article.author],
        **_common_fields(article),
    }
    # JSON's texts and lists of texts are YAML's as well.
    lines = [f"{name}: {_quoted(value)}" for name, value in fields.items()]
    lines.append(f"date: {article.date:%Y-%m-%dT%H:%M:%SZ}")
    return f"content/{article.language}/articles/{article.slug}.md", _between("---", lines) + article.body


def sections_for_hugo() -> Iterable[SourceFile]:
    """Hugo makes feeds of those terms only that ask for one."""
    for language in LANGUAGES:
        for section in SECTIONS:
            text = _between("---", [f"title: {section}", "outputs: [html, rss]"])
            yield f"content/{language}/categories/{section}/_index.md", text


def for_pelican(article: Article) -> SourceFile:
    """Lines of metadata; sections and tags carry their language, for Pelican has one space of names for all."""
    fields = {
        "Title": article.title,
        "Slug": article.slug,
        "Date": f"{article.date:%Y-%m-%d %H:%M}",
        "Lang": article.language,
        "Story": article.story,
        "Category": f"{article.language} {article.section}",
        "Tags": ", ".join(f"{article.language} {tag}" for tag in article.tags),
        "Author": article.author,
        **{name.capitalize(): value for name, value in _common_fields(article).items()},
    }
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return f"content/{article.language}/{article.slug}.md", "\n".join((*lines, "", article.body))


def write_source(portal: Path, source: SourceFile) -> None:
    """Put a source file into the portal that lies at `portal`."""
    path, text = source
    file = portal / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _common_fields(article: Article) -> Mapping[str, str]:
    """What Hugo and Pelican have no names of their own for."""
    first, second = article.photos
    return {
        "publisher": article.publisher,
        "source": article.source_url,
        "summary": article.summary,
        "image1": first.address,
        "caption1": first.caption,
        "credit1": first.credit,
        "image2": second.address,
        "caption2": second.caption,
        "credit2": second.credit,
    }


def _between(fence: str, lines: Iterable[str]) -> str:
    return "\n".join((fence, *lines, fence, "", ""))


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
