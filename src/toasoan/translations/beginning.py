"""The file of a translation that is begun: where it lies, and what it takes over from its original."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from toasoan.content.front_matter import FrontMatter
from toasoan.model.article import Article, Status, Translation
from toasoan.portal_folders import CONTENT_FOLDER


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
