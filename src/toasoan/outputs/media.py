"""The editors' own files: photos, and what texts link to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.content.articles import MEDIA_FOLDER
from toasoan.content.markdown import Body
from toasoan.linked_files import linked_files
from toasoan.model.output import Output
from toasoan.pictures import own_files


def media_files(catalog: Catalog, bodies: Mapping[str, Body], root: Path) -> Iterator[Output]:
    """The files that published articles show or link to; others, of drafts say, stay where they are."""
    shown = {
        src for versions in catalog.stories.values() for article in versions for src in own_files(article.photos)
    }
    linked = {src for body in bodies.values() for src in linked_files(body, root)}
    for src in sorted(shown | linked):
        yield Output(routes.file_of(routes.media(src)), (root / MEDIA_FOLDER / src).read_bytes())
