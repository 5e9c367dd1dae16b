"""Fetched comments into their files: those that differ are written, those without comments removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toasoan.content.comments import article_of_file, comments_file, format_comments
from toasoan.files import delete_file, remove_empty_folders, write_text
from toasoan.model.article import ArticleId
from toasoan.model.comment import Comment
from toasoan.routes import Site, article_at
from toasoan.slug import slug_fault
from toasoan.source_files import files_below


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What became of files, by their paths relative to the portal's root."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def by_article(
    comments: Mapping[str, Sequence[Comment]], site: Site, languages: Collection[str]
) -> Mapping[ArticleId, Sequence[Comment]]:
    """Comments by article, from those by the link of a page: links are made by whoever writes to the server.

    Those on pages that can be no articles of the portal are left out.
    """
    found: dict[ArticleId, Sequence[Comment]] = {}
    for link, of_page in comments.items():
        address = site.address(link)
        id_ = None if address is None else article_at(address)
        if id_ is not None and id_.language in languages and slug_fault(id_.slug) is None:
            found[id_] = (*found.get(id_, ()), *of_page)
    return found


def kept_files(root: Path, folder: str) -> tuple[str, ...]:
    """The files of comments below a folder."""
    found = files_below(root, folder)
    return tuple(it.path for it in found if it.plain and article_of_file(it.path, folder) is not None)


def keep_comments(root: Path, folder: str, comments: Mapping[ArticleId, Sequence[Comment]]) -> FileChanges:
    """Have the files below a folder hold these comments and no others; files that do so already stay untouched."""
    written = []
    wanted = {comments_file(id_, folder): of_article for id_, of_article in comments.items() if of_article}
    for path, of_article in sorted(wanted.items()):
        text, file = format_comments(of_article), root / path
        if not file.is_file() or file.read_bytes() != text.encode():
            write_text(file, text)
            written.append(path)
    removed = [path for path in kept_files(root, folder) if path not in wanted]
    for path in removed:
        delete_file(root / path)
        remove_empty_folders((root / path).parent, root / folder)
    return FileChanges(tuple(written), tuple(removed))
