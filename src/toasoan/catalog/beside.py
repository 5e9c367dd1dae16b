"""The other articles that an article's page names: related ones, and its neighbours."""

from __future__ import annotations

from toasoan.catalog.catalog import Catalog, ListKind, Numbers, Role
from toasoan.catalog.likeness import Holders, likest
from toasoan.catalog.neighbours import Standing, neighbours, reach
from toasoan.catalog.postings import place_of, signature_of
from toasoan.catalog.record import moment_of
from toasoan.model.article import Article


def shown_beside(number: int, catalog: Catalog, holders: Holders) -> tuple[int, dict[Role, Numbers]]:
    """An article's number, and the others that its page names: none of them twice, none of its own story."""
    article = catalog.article(number)
    seen = set(catalog.state.rows("SELECT number FROM article WHERE story = ?", article.story))
    shown: dict[Role, Numbers] = {Role.RELATED: _related(article, catalog, holders)}
    seen.update(shown[Role.RELATED])
    for role, kind, keys in (
        (Role.SAME_SECTION, ListKind.SECTION, [article.section] if article.section else []),
        (Role.SAME_AUTHOR, ListKind.AUTHOR, [name.casefold() for name in article.authors]),
    ):
        lists = [found for key in keys if (found := catalog.list_of(article.language, kind, key))]
        at: Standing = (moment_of(article.published), article.slug, number)
        each_way = reach(catalog.config.settings.related_count)
        shown[role] = neighbours(catalog.state, [it.number for it in lists], at, each_way, seen)
        seen.update(shown[role])
    return number, shown


def _related(article: Article, catalog: Catalog, holders: Holders) -> Numbers:
    """The likest stories, each named once, in the reader's language where it has that."""
    limit = catalog.config.settings.related_count
    stories = dict.fromkeys([article.story])
    for other in likest(signature_of(article.number, catalog.state), place_of(article), holders):
        if len(stories) > limit:
            break
        stories[catalog.story_of(other)] = None
    others = list(stories)[1 : limit + 1]
    return tuple(catalog.version_for(article.language, story) for story in others)
