"""Places: the path and the bytes of an article. No two articles of a language share a slug, whoever wrote them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from toasoan.content.front_matter import LONGEST, format_document
from toasoan.ingest.attempts import Attempt, bytes_of
from toasoan.ingest.draft import Draft
from toasoan.model.article import ArticleId, Status
from toasoan.portal_folders import CONTENT_FOLDER
from toasoan.slug import folded_address, unique_slug


@dataclass(frozen=True, slots=True)
class Place:
    """A draft with its place and the bytes that go there."""

    article: str
    data: bytes
    to_review: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _InUse:
    """Slugs that are taken, but for a file that holds exactly what would be written.

    It names the source and its fingerprint, so only an import of this very item can have written it.
    """

    taken: set[str]
    root: Path
    folder: str
    attempt: Attempt
    draft: Draft
    status: Status

    def __contains__(self, slug: object) -> bool:
        if folded_address(str(slug)) not in self.taken:
            return False
        wanted = _document(self.attempt, self.draft, str(slug), self.status)
        return bytes_of(self.root / f"{self.folder}/{slug}.md") != wanted


def place_kept(attempt: Attempt, draft: Draft, article: str, imported: Mapping[ArticleId, str]) -> Place:
    """An article made again keeps its path, whatever its title has become: readers have its address."""
    twin = _twin(draft, imported, article)
    data = _document(attempt, draft, id_of(article).slug, Status.DRAFT if twin else draft.status)
    return Place(article, data, (*draft.to_review, *_about_twin(twin)))


def place_found(
    attempt: Attempt, draft: Draft, root: Path, taken: set[str], imported: Mapping[ArticleId, str]
) -> Place:
    """A place that is free, or one where a run that was cut short left this very article."""
    day = draft.fields["date"].value
    folder = f"{CONTENT_FOLDER}/{draft.language}/{day.year if day else 'undated'}"
    twin = _twin(draft, imported)
    status = Status.DRAFT if twin else draft.status
    slug = unique_slug(draft.slug, _InUse(taken, root, folder, attempt, draft, status))
    taken.add(folded_address(slug))
    data = _document(attempt, draft, slug, status)
    return Place(f"{folder}/{slug}.md", data, (*draft.to_review, *_about_slug(draft, slug, twin)))


def _twin(draft: Draft, imported: Mapping[ArticleId, str], own: str | None = None) -> str | None:
    """Another imported article that tells the same story in the same language; None if there is none."""
    if draft.fields["story"].value is None:
        return None
    twin = imported.get(ArticleId(draft.language, draft.slug))
    return twin if twin != own else None


def _about_twin(twin: str | None) -> tuple[str, ...]:
    remark = f"the same story in the same language is {twin}: this one is a draft until a person keeps one of them"
    return (remark,) if twin else ()


def _about_slug(draft: Draft, slug: str, twin: str | None) -> tuple[str, ...]:
    if twin:
        return _about_twin(twin)
    return (f"another article has the slug {draft.slug!r}: is it the same one?",) if slug != draft.slug else ()


def _document(attempt: Attempt, draft: Draft, slug: str, status: Status) -> bytes:
    front_matter = replace(draft.front_matter(attempt.name, attempt.sha256, slug), status=status)
    return format_document(front_matter, draft.body).encode()


def has_too_much_front_matter(placed: Place) -> bool:
    """Whether nobody could read the article back: thousands of captions are no article's."""
    return placed.data.find(b"\n+++\n") > LONGEST


def id_of(article: str) -> ArticleId:
    """The language and slug that an article's path below the content folder means."""
    path = PurePosixPath(article)
    return ArticleId(path.parts[2], path.stem)


_SLUG_FIELD = re.compile(r"""^slug\s{0,9}[=:]\s{0,9}["']?([^"'\n]{1,300})""", re.MULTILINE)


def slugs_below(folder: Path) -> Iterator[str]:
    """The folded slugs of all articles in a language's folder: their files' names, and what a person gave instead."""
    for where, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".md"):
                yield folded_address(name.removesuffix(".md"))
                head = (bytes_of(Path(where) / name) or b"")[:20_000].decode("utf-8", errors="replace")
                if given := _SLUG_FIELD.search(head):
                    yield folded_address(given[1].strip())
