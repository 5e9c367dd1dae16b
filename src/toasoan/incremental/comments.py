"""Files of comments that changed: looked at, and the pages of their articles noted as due."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toasoan.content.comments import article_of_file, comments_of
from toasoan.diagnostics import Location, Report
from toasoan.incremental.sources import Snapshot, SourceChanges, forget_source, note_source
from toasoan.model.article import ArticleId
from toasoan.source_files import content_digest, settled
from toasoan.state import State
from toasoan.targets import Target, due


def look_at_comments(state: State, root: Path, seen: Snapshot, changes: SourceChanges) -> None:
    """Note what changed files of comments are like and what is wrong with them, and which pages show them."""
    within = changes.within(seen.comments_folder)
    for path in sorted(within.changed):
        report = Report()
        data = _bytes_at(root / path, path, report)
        if data is not None and article_of_file(path, seen.comments_folder):
            comments_of(data, path, report)
        stamp = settled(seen.files[path], seen.taken_ns)
        note_source(state, path, stamp, None if data is None else content_digest(data), report)
    for path in within.gone:
        forget_source(state, path)
    for path in sorted(within.changed | within.gone):
        id_ = article_of_file(path, seen.comments_folder)
        if id_ is not None:
            # Two articles may claim one address until somebody mends that: it is not known which of them stays.
            for number in tuple(
                state.rows("SELECT number FROM article WHERE slug = ? AND language = ?", id_.slug, id_.language)
            ):
                due(state, Target.ARTICLE, number, f"{path} changed")


def _bytes_at(file: Path, path: str, report: Report) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError as error:
        report.error("unreadable-file", f"the file can't be read: {error.strerror}", Location(path))
        return None


def files_of_comments(seen: Snapshot) -> Mapping[ArticleId, str]:
    """The file with the comments on each article that has one."""
    below = f"{seen.comments_folder}/"
    paths = sorted(path for path in seen.others if path.startswith(below))
    return {id_: path for path in paths if (id_ := article_of_file(path, seen.comments_folder))}


def tell_lost_comments(state: State, seen: Snapshot, report: Report) -> None:
    """Tell of comments that nobody sees: a warning, for articles come and go."""
    below = f"{seen.comments_folder}/"
    for path in seen.others:
        if not path.startswith(below):
            continue
        id_ = article_of_file(path, seen.comments_folder)
        query = "SELECT 1 FROM article WHERE slug = ? AND language = ? LIMIT 1"
        if id_ is None or state.row(query, id_.slug, id_.language) is None:
            report.warning(
                "comments-without-article",
                f"there is no published article {str(id_)!r}, so nobody sees these comments"
                if id_
                else "this is no file of comments",
                Location(path),
                "remove the file, or publish the article"
                if id_
                else f"comments lie in {below}<language>/<slug>.json: move the file elsewhere",
            )
