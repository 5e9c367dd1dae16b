"""The covers drawn for articles without photos."""

from __future__ import annotations

from collections.abc import Iterator

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.covers import cover
from toasoan.model.output import Output
from toasoan.pictures import Cover, covers_of


def cover_files(catalog: Catalog) -> Iterator[Output]:
    """Each cover once: the language versions of a story share theirs."""
    wanted: dict[Cover, None] = {}
    for versions in catalog.stories.values():
        for article in versions:
            wanted |= dict.fromkeys(covers_of(article, catalog.story_of[article.id]))
    for drawing in wanted:
        svg = cover(drawing.section, drawing.key)
        yield Output(routes.file_of(routes.cover(drawing.name)), svg.encode("utf-8"))
