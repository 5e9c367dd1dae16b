"""The editors' own photos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.content.articles import MEDIA_FOLDER
from toasoan.model.output import Output
from toasoan.pictures import own_files


def media_files(catalog: Catalog, root: Path) -> Iterator[Output]:
    """The files that published articles show; others, of drafts say, stay where they are."""
    wanted = {
        src for versions in catalog.stories.values() for article in versions for src in own_files(article.photos)
    }
    for src in sorted(wanted):
        yield Output(routes.file_of(routes.media(src)), (root / MEDIA_FOLDER / src).read_bytes())
