"""Which articles are versions of one story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from toasoan.model.article import Article, ArticleId
from toasoan.web_address import parts_of


def canonical_source(url: str) -> str:
    """A source address without what does not tell two pages apart.

    That is: http or https, "www.", the case of the host, the slash at the end and the fragment.
    """
    parts = parts_of(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def story_keys(articles: Iterable[Article]) -> Mapping[str, str]:
    """The story of each of all articles, by its path: what a build finds out in its tables, by the same rule."""
    return story_keys_of({article.path: Claim.of(article) for article in articles})


def story_keys_of(claims: Mapping[str, Claim]) -> Mapping[str, str]:
    """The same for claims, by any keys."""
    named = frozenset(claim.named_story for claim in claims.values() if claim.named_story)
    for_source: dict[str, str] = {}
    for claim in claims.values():
        if claim.source and claim.named_story:
            for_source[claim.source] = min(claim.named_story, for_source.get(claim.source, claim.named_story))
    return {path: story_key(claim, for_source.get, named.__contains__) for path, claim in claims.items()}


@dataclass(frozen=True, slots=True)
class Claim:
    """What an article says of the story it belongs to."""

    id: ArticleId
    named_story: str | None
    source: str | None
    """Its source in canonical form."""

    original: bool

    @staticmethod
    def of(article: Article) -> Claim:
        """The claim of an article."""
        source = canonical_source(article.source_url) if article.source_url else None
        return Claim(article.id, article.named_story, source, article.is_original)


def story_key(claim: Claim, named_for_source: Callable[[str], str | None], is_named: Callable[[str], bool]) -> str:
    """The story of an article; versions of one story have the same key.

    In order of authority: the key in the front matter; that of an article with the same source (the first by letters
    where several name one); the article's own slug, if it is an original whose slug others name as their story; the
    source; the article alone. A key depends on articles of the same source and on those that name its slug, and on
    no others; withdrawn ones count, so that a story stays what it is when one of its versions goes.
    """
    if claim.named_story:
        return claim.named_story
    if claim.source and (named := named_for_source(claim.source)):
        return named
    if claim.original and is_named(claim.id.slug):
        return claim.id.slug
    return f"source:{claim.source}" if claim.source else f"article:{claim.id}"


def first_version(versions: Sequence[Article]) -> Article:
    """The version that the others come after: the original, else the first one in the portal's order."""
    return min(versions, key=lambda version: not version.is_original)
