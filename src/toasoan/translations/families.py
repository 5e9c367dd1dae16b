"""The stories of a portal with their versions: what there is of each, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from toasoan.catalog.story import first_version, story_keys
from toasoan.config import Config
from toasoan.model.article import Article, Status


@dataclass(frozen=True, slots=True)
class Family:
    """A story in all its languages."""

    story: str
    versions: tuple[Article, ...]
    """In the order of the portal's languages; drafts too, withdrawn ones not."""

    original: Article
    """What the others are translations of, as far as one knows."""

    def version_in(self, language: str) -> Article | None:
        """The version in a language; None if there is none."""
        return next((it for it in self.versions if it.language == language), None)

    @property
    def translations(self) -> tuple[Article, ...]:
        """The versions but the original."""
        return tuple(it for it in self.versions if it is not self.original)


def families(articles: Iterable[Article], config: Config) -> tuple[Family, ...]:
    """The stories, the newest first; those without a date stand last."""
    there = [article for article in articles if article.status is not Status.WITHDRAWN]
    stories, order = story_keys(there), {tag: place for place, tag in enumerate(config.languages)}
    by_story: dict[str, list[Article]] = {}
    for article in sorted(there, key=lambda it: (order[it.language], it.path)):
        by_story.setdefault(stories[article.path], []).append(article)
    found = [Family(story, tuple(versions), first_version(versions)) for story, versions in by_story.items()]
    return tuple(sorted(found, key=_newest_first))


def _newest_first(family: Family) -> tuple[float, str]:
    published = family.original.published
    return (-published.instant.timestamp() if published else float("inf"), family.story)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what there is a language has."""

    stories: int
    present: int
    original: int
    machine: int
    draft: int

    @property
    def missing(self) -> int:
        """Stories without a version in the language."""
        return self.stories - self.present


def coverage(found: Iterable[Family], config: Config) -> Mapping[str, Mapping[str, Coverage]]:
    """Coverage by language and section; "" stands for all sections together."""
    families_ = tuple(found)
    sections = ["", *config.sections]
    of_section = {key: [it for it in families_ if key in ("", it.original.section)] for key in sections}
    return {
        tag: {key: _coverage(tag, of_section[key]) for key in sections if of_section[key]} for tag in config.languages
    }


def _coverage(language: str, found: Iterable[Family]) -> Coverage:
    families_ = tuple(found)
    versions = tuple(_present(families_, language))
    return Coverage(
        stories=len(families_),
        present=len(versions),
        original=sum(it.is_original for it in versions),
        machine=sum(it.translation == "machine" for it in versions),
        draft=sum(it.status is Status.DRAFT for it in versions),
    )


def _present(found: Iterable[Family], language: str) -> Iterator[Article]:
    for family in found:
        version = family.version_in(language)
        if version is not None:
            yield version
