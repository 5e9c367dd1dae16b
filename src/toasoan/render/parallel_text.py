"""An article beside its version in another language: what says the same stands in one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from toasoan import routes
from toasoan.content.alignment import Pair, alignment
from toasoan.content.markdown import render_body
from toasoan.content.passages import Passage, PassageKind, passages
from toasoan.model.article import Article
from toasoan.plan import ParallelText, Reading, languages_beside
from toasoan.render.edition import Edition
from toasoan.render.figures import Compositor
from toasoan.render.views import (
    Correction,
    Figure,
    PageIn,
    ParallelColumn,
    ParallelRow,
    ParallelTextView,
    Player,
)


def origin_of(version: Article) -> str:
    """Key of the words that say how a version of a story came about."""
    return str(version.translation or "unknown")


def parallel_pages(subject: Reading, edition: Edition) -> Mapping[str, PageIn]:
    """The pages that have an article and another version of its story, by the language of the other one.

    A page in the article's own language is named before one in the other's.
    """
    article, found = subject.article, dict[str, PageIn]()
    beside = languages_beside(subject.versions, edition.config.settings)
    for other in subject.versions:
        if other.language == article.language:
            continue
        if other.language in beside:
            address = routes.parallel_text(article.id, other.language)
            found[other.language] = PageIn(edition.site.link(address), article.language)
        elif article.language in beside:
            address = routes.parallel_text(other.id, article.language)
            found[other.language] = PageIn(edition.site.link(address), other.language)
    return found


def parallel_view(subject: ParallelText, edition: Edition) -> ParallelTextView:
    """What the page of two texts shows."""
    article, other = subject.article, subject.other
    own, others = _Side(article, subject.texts[0], edition), _Side(other, subject.texts[1], edition)
    found = alignment(own.parts, others.parts, (article.language, other.language))
    pairs: Iterable[Pair] = found.pairs
    if not found.is_close:  # all of the one beside all of the other
        pairs = [Pair(tuple(range(len(own.parts))), tuple(range(len(others.parts))))]
    return ParallelTextView(
        own=_column(article, edition),
        other=_column(other, edition),
        agency=edition.agency(article),
        published=edition.when(article.published),
        rows=tuple(row for pair in pairs for row in _rows(pair, own, others)),
    )


def _column(article: Article, edition: Edition) -> ParallelColumn:
    language = edition.config.languages[article.language]
    return ParallelColumn(
        tag=language.tag,
        endonym=language.endonym,
        direction=language.direction,
        link=edition.site.link(routes.article(article.id)),
        origin=origin_of(article),
        title=article.title,
        summary=article.summary,
        corrections=tuple(Correction(edition.day(one.date), one.text) for one in article.corrections),
    )


class _Side:
    """One of the two texts."""

    def __init__(self, article: Article, markdown: str, edition: Edition) -> None:
        self.article = article
        found = passages(markdown)
        self.parts = tuple(it for it in found if it.kind is not PassageKind.DEFINITIONS)
        self._definitions = "".join(f"\n\n{it.markdown}" for it in found if it.kind is PassageKind.DEFINITIONS)
        self._base_path = edition.site.base_path
        self._compositor = Compositor(article, article.story, edition.site)

    def html(self, parts: Sequence[Passage]) -> Markup | None:
        """Passages as HTML, without the anchors of headings: two texts may have the same ones."""
        if not parts:
            return None
        markdown = "\n\n".join(it.markdown for it in parts) + self._definitions
        body = render_body(markdown, self.article.language, self._base_path)
        html = "".join(part for part in body.parts if isinstance(part, str))
        for heading in body.headings:
            html = html.replace(f' id="{heading.anchor}"', "", 1)
        return Markup(html.strip())  # noqa: S704  # markdown-it's own output, raw HTML off

    def media(self, passage: Passage) -> Figure | Player | None:
        """The photo or video that a passage places."""
        if passage.kind is PassageKind.PHOTO and 1 <= passage.number <= len(self.article.photos):
            return self._compositor.figure(passage.number)
        if passage.kind is PassageKind.VIDEO and 1 <= passage.number <= len(self.article.videos):
            return self._compositor.player(passage.number)
        return None

    def caption(self, passage: Passage) -> str | None:
        """What the article says of a photo or video."""
        media = self.media(passage)
        return media.caption if media else None


def _rows(pair: Pair, own: _Side, other: _Side) -> Iterator[ParallelRow]:
    """The rows of a pair; photos and videos, if the own text places them, stand in rows of their own."""
    left, right = [own.parts[place] for place in pair.left], [other.parts[place] for place in pair.right]
    captions = {(it.kind, it.number): other.caption(it) for it in right if not it.has_words}
    gathered: list[Passage] = []
    texts = [it for it in right if _is_text(it)]
    for part in left:
        media = own.media(part)
        if media is None:
            gathered.append(part)
            continue
        if gathered:
            yield ParallelRow(own.html(gathered), other.html(texts))
            gathered, texts = [], []
        yield ParallelRow(None, None, media, captions.get((part.kind, part.number)))
    if gathered or texts:
        yield ParallelRow(own.html(gathered), other.html(texts))


def _is_text(passage: Passage) -> bool:
    return passage.kind not in (PassageKind.PHOTO, PassageKind.VIDEO)
