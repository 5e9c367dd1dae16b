"""Translations at the desk: what has changed or differs, a new one begun, one said to be up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toasoan.config import Config
from toasoan.content.articles import read_article
from toasoan.content.front_matter_edit import NotEditableError, edited
from toasoan.desk.editing import Editing, NoSuchFileError, Opened
from toasoan.desk.index import Story
from toasoan.diagnostics import Report
from toasoan.model.article import Article, Translation
from toasoan.translations.beginning import begin_translation
from toasoan.translations.comparison import told_of_change
from toasoan.translations.overview import discrepancies_of, read_version, stale_translation
from toasoan.translations.parts import parts_of
from toasoan.translations.staleness import as_table, record_of
from toasoan.translations.terms import read_terms


def told_of_translation(root: Path, config: Config, story: Story, path: str) -> dict[str, Any] | None:
    """What to look at in a translation; None for an original, and where there is none."""
    if story.original is None or story.original == path:
        return None
    original, article = _article(root, config, story.original), _article(root, config, path)
    if original is None or article is None:
        return None
    stale = stale_translation(root, original, article)
    terms = read_terms(root, tuple(config.languages), Report())
    theirs = read_version(root, original)
    return {
        "original": original.path,
        "original_text": theirs.document.body if theirs else "",
        "original_title": original.title,
        "original_language": original.language,
        "original_direction": config.languages[original.language].direction,
        "is_stale": stale is not None,
        "changes": [told_of_change(part) for part in stale.parts] if stale else [],
        "differences": [
            {"message": it.message, "line": it.line, "hint": it.hint}
            for it in discrepancies_of(root, original, article, terms)
        ],
    }


def _article(root: Path, config: Config, path: str) -> Article | None:
    return read_article(root, path, config).article


def begun(root: Path, config: Config, story: Story | None, path: str, language: str) -> tuple[str, ...]:
    """Begin the translation of a story; gives the files that were written, the translation first.

    Raises NoSuchFileError, NotEditableError.
    """
    original = _article(root, config, (story.original if story else None) or path)
    if original is None:
        raise NoSuchFileError(path)
    if story is None or language not in story.missing:
        raise NotEditableError(f"there is a version in {language!r}, or the portal has no such language")
    report = Report()
    try:
        made = begin_translation(root, original, language, Translation.HUMAN, report)
    except FileExistsError as error:
        raise NotEditableError(f"{error} is there already") from error
    if not made:
        raise NotEditableError(str(next(iter(report))))
    return made


def noted_as_done(
    root: Path, config: Config, editing: Editing, story: Story | None, path: str, digest: str
) -> Opened:
    """Note that a translation is up to date with its original as it is now.

    Raises ConflictError, NoSuchFileError, NotEditableError.
    """
    article = _article(root, config, story.original) if story and story.original else None
    original = read_version(root, article) if article else None
    if original is None:
        raise NoSuchFileError(path)
    record = record_of(original.article.language, parts_of(original.document))
    text = edited(editing.opened(path).text, {("translated",): as_table(record)})
    return editing.save_whole(path, digest, text)
