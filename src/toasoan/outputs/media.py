"""The editors' own files: photos, and what texts link to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.content.articles import MEDIA_FOLDER
from toasoan.content.markdown import Body
from toasoan.model.output import Output
from toasoan.pictures import own_files
from toasoan.web_address import parts_of


def media_files(catalog: Catalog, bodies: Mapping[str, Body], root: Path) -> Iterator[Output]:
    """The files that published articles show or link to; others, of drafts say, stay where they are."""
    shown = {
        src for versions in catalog.stories.values() for article in versions for src in own_files(article.photos)
    }
    linked = {src for body in bodies.values() for src in existing_media(body, root)}
    for src in sorted(shown | linked):
        yield Output(routes.file_of(routes.media(src)), (root / MEDIA_FOLDER / src).read_bytes())


def existing_media(body: Body, root: Path) -> Iterator[str]:
    """Those of the files below `site/media/` that a text links to and that exist."""
    media = (root / MEDIA_FOLDER).resolve()
    for link in body.links:
        path = unquote(parts_of(link.address).path)
        src = path.removeprefix(routes.media(""))
        if src == path or "\0" in src:
            continue
        file = (media / src).resolve()
        if media in file.parents and file.is_file():
            yield src
