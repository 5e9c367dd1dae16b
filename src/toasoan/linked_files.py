"""The editors' own files that texts link to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from toasoan import routes
from toasoan.content.markdown import Body
from toasoan.portal_folders import MEDIA_FOLDER
from toasoan.web_address import parts_of


def linked_files(body: Body, root: Path) -> Iterator[str]:
    """Those of the files below `site/media/` that a text links to and that exist, relative to that folder."""
    for link in body.links:
        if not link.address.startswith("/"):
            continue
        path = unquote(parts_of(link.address).path)
        src = path.removeprefix(routes.media(""))
        if src == path or "\0" in src:
            continue
        media = (root / MEDIA_FOLDER).resolve()
        file = (media / src).resolve()
        if media in file.parents and file.is_file():
            yield src
