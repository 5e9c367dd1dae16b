"""The file of a translation that is begun: where it lies, and what it takes over from its original."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from toasoan.content.front_matter import FrontMatter, format_document, read_document, with_field
from toasoan.diagnostics import Report
from toasoan.files import write_file, write_text
from toasoan.model.article import Article, Status, Translation
from toasoan.portal_folders import CONTENT_FOLDER
from toasoan.source_text import read_source


def path_of_translation(original: Article, language: str) -> str:
    """Where the translation of an article lies: as deep below the folder of its language as the original."""
    below = PurePosixPath(original.path).relative_to(CONTENT_FOLDER)
    if below.parts[0] == original.language:
        below = below.relative_to(original.language)
    return (PurePosixPath(CONTENT_FOLDER) / language / below).as_posix()


def begun_translation(fields: FrontMatter, original: Article, language: str, origin: Translation) -> FrontMatter:
    """The fields of a translation that is a draft still; its words are those of the original."""
    return replace(
        fields,
        language=language,
        slug=original.slug,
        story=story_to_name(original),
        translation=origin,
        status=Status.DRAFT,
        aliases=(),
        corrections=(),
        updated=None,
        translated=None,
        import_=None,
    )


def story_to_name(original: Article) -> str:
    """What ties an article and its translations together."""
    return original.named_story or original.slug


def begin_translation(
    root: Path, original: Article, language: str, origin: Translation, report: Report
) -> tuple[str, ...]:
    """Lay out the file of a translation, a draft in the words of its original, and have both name their story.

    Gives the files that were written, the translation first; none if the original can't be read, which the report
    then has. Raises FileExistsError.
    """
    text = read_source(root, original.path, report)
    document = None if text is None else read_document(text, original.path, report)
    if document is None:
        return ()
    path = path_of_translation(original, language)
    if (root / path).exists():
        raise FileExistsError(path)
    fields = begun_translation(document.front_matter, original, language, origin)
    write_text(root / path, format_document(fields, document.body.strip("\n")))
    if original.named_story is not None:
        return (path,)
    # A file that is edited keeps its line ends, its comments and the order of its fields.
    raw = (root / original.path).read_bytes().decode("utf-8")
    write_file(root / original.path, with_field(raw, "story", story_to_name(original)).encode())
    return path, original.path
