"""Which articles are versions of one story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toasoan.model.article import Article, ArticleId, Translation
from toasoan.web_address import parts_of


def canonical_source(url: str) -> str:
    """A source address without what does not tell two pages apart.

    That is: http or https, "www.", the case of the host, the slash at the end and the fragment.
    """
    parts = parts_of(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def story_keys(articles: Iterable[Article]) -> Mapping[ArticleId, str]:
    """The story of each article; versions of one story have the same key.

    In order of authority: the key in the front matter; that of an article with the same source; the article's
    own slug, if it is an original whose slug others name as their story; the source; the article alone.
    """
    articles = tuple(articles)
    named = {article.story for article in articles if article.story}
    named_by_source: dict[str, str] = {}
    for article in articles:
        if article.story and article.source_url:
            source = canonical_source(article.source_url)
            named_by_source[source] = min(article.story, named_by_source.get(source, article.story))
    return {article.id: _key(article, named, named_by_source) for article in articles}


def _key(article: Article, named: set[str], named_by_source: Mapping[str, str]) -> str:
    if article.story:
        return article.story
    source = canonical_source(article.source_url) if article.source_url else ""
    if source in named_by_source:
        return named_by_source[source]
    if article.slug in named and article.translation is Translation.ORIGINAL:
        return article.slug
    return f"source:{source}" if source else f"article:{article.id}"
